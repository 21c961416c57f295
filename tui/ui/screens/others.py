"""What comes to a triage screen's library meanwhile, from other processes or by an import from here."""

from typing import TYPE_CHECKING

from tui.errors import LibraryError
from tui.papers.saying import counted
from tui.ui.messages import Message
from tui.ui.screens.waiting import reason

if TYPE_CHECKING:
    from tui.ui.screens.triage import TriageScreen

#: seconds between two looks at what other processes did
LOOK = 0.5


class Others:
    """Takes in on a triage screen what others did, and says it."""

    def __init__(self, screen: "TriageScreen") -> None:
        self._screen, self._known = screen, screen.library.papers
        self._wrong = ""

    def look(self) -> None:
        """Take in what other processes did; the cursor stays on its paper. Remember where that is."""
        screen, library = self._screen, self._screen.library
        if screen.first_run.is_reading:
            return
        screen.save()
        if settle := library.settle():
            screen.run_worker(settle, thread=True, group="settle", exit_on_error=False)
        try:
            screen.given.standing()
            came, changed = library.refresh()
            if came:
                screen.lay_anew()
        except LibraryError as error:
            if reason(error) != self._wrong:
                self._wrong = reason(error)
                screen.say((self._wrong, "error"))
            return
        self._wrong = ""
        new = len(library.papers.keys() - self._known.keys()) if came else 0
        self._known = library.papers
        if came or changed:
            screen.repaint(changed)
        if new or changed:
            screen.say((self._came(new, len(changed)), "plain"))

    def arrived(self, message: Message) -> None:
        """Show in the inbox what was imported from here, and say it."""
        screen = self._screen
        screen.library.refresh()
        self._known = screen.library.papers
        if self._known:
            screen.desk.narrow()
            screen.lay(screen.desk.open("inbox", ""), anew=True)
            screen.prompt.look()
        screen.say(*message)

    def _came(self, new: int, changed: int) -> str:
        """What others did, in words."""
        parts = [counted(new, "new paper")] if new else []
        parts += [counted(changed, "change")] if changed else []
        inbox = "" if len(parts) > 1 else f": now {self._screen.library.counts()['inbox']:,} in the inbox"
        return f"{' and '.join(parts)} came from another papertui{inbox}"
