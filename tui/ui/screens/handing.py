"""What leaves papertui: opened addresses, written files, notes lent to an editor. The doors were given."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from tui.papers.paper import Paper
from tui.papers.query import parse
from tui.papers.saying import counted
from tui.papers.text import clean
from tui.papers.view import View
from tui.ui.facts import link_name
from tui.ui.messages import Piece
from tui.ui.screens.copying import Copying
from tui.ui.screens.questions import choosing, exporting

if TYPE_CHECKING:
    from tui.ui.screens.triage import TriageScreen

#: keys for links to choose from: as many as there may be of them; o and q are taken
_CHOICES = "123456789abcdefghijklmn"

#: characters that an address takes where it is only named: at most, and where there is no room for these
_LONGEST, _SHORTEST = 48, 12


class Handing:
    """Copy, browse, export and the editor, for a triage screen."""

    def __init__(self, screen: "TriageScreen") -> None:
        self._screen = screen
        self._copying = Copying(screen)

    def ask_copy(self) -> None:
        """Ask what of the papers to copy."""
        self._copying.ask()

    def copy(self, text: str, what: str, say: Callable[[Piece], None]) -> None:
        """Copy any text; `say` is told which way it went."""
        self._copying.copy(text, f"the {what}", say)

    def edit_note(self, count: int = 1) -> None:
        """Have the note written in the user's own editor. Raises PapertuiError."""
        from tui.ui.screens.noting import Noting

        papers = self._screen.deciding.reached(count)
        if papers:
            Noting(self._screen, papers).edit()
        else:
            self._screen.deciding.lack()

    # -- browse -------------------------------------------------------------------------------

    def browse(self) -> None:
        """Open the paper's link, or let one be chosen, or look its title up."""
        screen = self._screen
        paper = screen.papers.paper
        if paper is None:
            screen.say(("No paper here to look up.", "plain"))
            return
        links = list(screen.given.link_of(paper))
        if len(links) > 1:
            options = [
                (key, _named(link), partial(self._open, link, f"opened {_short(link)}"))
                for key, link in zip(_CHOICES, links, strict=False)
            ]
            screen.ask(choosing("Open which?", options, {"enter": "1", "o": "1"}))
        elif links:
            self._open(links[0], f"opened {_short(links[0])}")
        else:
            self._look_up(paper)

    def _look_up(self, paper: Paper) -> None:
        address = self._screen.given.search.replace("{title}", quote(clean(paper.title), safe=""))
        host = urlsplit(address).hostname or "the web"
        self._open(address, f"No link known; searching for the title at {host}.")

    def _open(self, address: str, words: str) -> None:
        screen = self._screen
        screen.say((words, "plain"))
        if screen.given.browses_here():
            if not screen.app.lend(partial(screen.given.browse, address)):
                self._no_browser(address)
            return

        def through() -> None:
            if not screen.given.browse(address):
                screen.app.call_from_thread(self._no_browser, address)

        screen.run_worker(through, thread=True, group="browse", exit_on_error=False)

    def _no_browser(self, address: str) -> None:
        words = "No browser here; the address is copied: "
        room = max(self._screen.bars.room - len(words), _SHORTEST)
        self._copying.put(address, [(words, "plain"), (_short(address, min(room, _LONGEST)), "soft")])

    # -- export -------------------------------------------------------------------------------

    def ask_export(self) -> None:
        """Ask where the selected papers go, or the starred ones where none are selected."""
        screen = self._screen
        if screen.selecting:
            number = len(screen.deciding.reached())
            what = counted(number, "selected paper")
            screen.ask(exporting(screen, f"write {what} to", what, self._write) if number else None)
        elif number := screen.library.counts()["starred"]:
            screen.ask(exporting(screen, "export to", counted(number, "starred paper"), self._write))
        else:
            screen.say(
                ("Nothing starred yet. ", "plain"),
                (screen.key("paper.star"), "key"),
                (" keeps a paper.", "soft"),
            )

    def _to_write(self) -> list[Paper]:
        """The selected papers as they are listed, or the starred ones in the order of the view."""
        screen = self._screen
        if screen.selecting:
            return [*screen.deciding.reached()]
        view = View("starred", parse("is:starred")).ordered(screen.desk.view.order, screen.desk.view.reverse)
        return screen.library.list(view)

    def _write(self, path: Path) -> None:
        """Write the papers there. Raises PapertuiError."""
        screen, papers, export = self._screen, self._to_write(), self._screen.export_for(path)
        before = screen.given.papers_in(path, export.count)
        screen.given.write_file(path, export.write(screen.library, papers))
        screen.export_path = str(path)
        lost = sum(1 for paper in papers if paper.id in screen.library.unreadable)
        was = "" if before is None else f" (was {before:,})"
        words = f"wrote {counted(len(papers), 'paper')} to "
        screen.say((words, "plain"), (clean(str(path)), "strong"), (was, "soft"))
        if lost:
            screen.add((f"{lost:,} of them without the abstract, which cannot be read.", "error"))


def _named(link: str) -> str:
    """What a link leads to, where that can be told, and where it is."""
    name = link_name(link)
    return f"{name} {_short(link)}" if name else _short(link)


def _short(link: str, most: int = _LONGEST) -> str:
    """An address without its scheme, in so many cells."""
    shown = clean(link).removeprefix("https://").removeprefix("http://")
    return shown if len(shown) <= most else f"{shown[: most - 1]}…"
