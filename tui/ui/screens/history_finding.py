"""The find line of a history: words of what was done, or of a title, looked for in a thread."""

from contextlib import suppress
from typing import TYPE_CHECKING

from textual import events
from textual.worker import get_current_worker

from tui.errors import LibraryError
from tui.papers.history import found
from tui.papers.search import Stopped, breather
from tui.ui.widgets.prompt import PromptInput

if TYPE_CHECKING:
    from tui.ui.screens.history import HistoryScreen

#: keys that go about in what was found while it is typed
_ABOUT = ("down", "up", "pagedown", "pageup")


class HistoryFinding:
    """`is_open` while letters are typed into it; `text` is what was looked for last."""

    def __init__(self, screen: "HistoryScreen") -> None:
        self._screen = screen
        self.input = PromptInput(placeholder="words of what was done, or of a title", id="words")
        self.is_open, self.text = False, ""
        self._number = 0

    def open(self, on: bool = True) -> None:
        """Take letters from now on, or no more; what was found stays."""
        screen, self.is_open = self._screen, on
        screen.set_class(on, "finding")
        screen.set_focus(self.input if on else None)
        screen.renew()

    def drop(self) -> None:
        """Show all acts again."""
        self.input.value = ""
        self.open(False)
        self.look("")

    async def take(self, key: events.Key) -> bool:
        """Deal with a key, unless it is one that goes about."""
        if not self.is_open or key.key in _ABOUT:
            return False
        if key.key in ("escape", "ctrl+c", "ctrl+g"):
            self.drop()
        elif key.key == "enter":
            self.open(False)
        else:
            await self.input.press(key)
        return True

    def look(self, text: str | None = None) -> None:
        """Find these words, or once more those that were looked for."""
        screen = self._screen
        self.text = self.text if text is None else text
        self._number += 1
        if not self.text:
            screen.show(screen.acts.log.ids)
            return
        number, words, library = self._number, self.text, screen.library

        def search() -> None:
            worker = get_current_worker()
            breathe = breather(lambda: number != self._number or worker.is_cancelled)
            with suppress(Stopped, LibraryError):
                title, papers = library.texts.title, library.everything
                ids = found(words, screen.acts.log, papers, title, library.home, breathe)
                screen.call_later(self._hear, number, ids)

        screen.run_worker(search, thread=True, group="history", exit_on_error=False)

    def _hear(self, number: int, ids: list[str]) -> None:
        if number == self._number:
            self._screen.show(ids)
