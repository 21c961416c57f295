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
    """`is_open` while letters are typed into it; `text` is what was looked for last.

    Once a text is kept, no key is taken before its acts are there: it would act on another.
    """

    def __init__(self, screen: "HistoryScreen") -> None:
        self._screen = screen
        self.input = PromptInput(placeholder="words of what was done, or of a title", id="words")
        self.is_open, self.text = False, ""
        self._number, self._going, self._held = 0, False, False

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
        screen = self._screen
        if not self.is_open or key.key in _ABOUT:
            return False
        if key.key in ("escape", "ctrl+c", "ctrl+g"):
            self.drop()
        elif key.key == "enter":
            self.typed()
            self.open(False)
            if self._going:
                self._held, screen.ready = True, False
        else:
            await self.input.press(key)
        return True

    def typed(self) -> None:
        """Find what stands in the line now."""
        if (text := self.input.value.strip()) != self.text:
            self.look(text)

    def look(self, text: str | None = None) -> None:
        """Find these words, or once more those that were looked for."""
        screen = self._screen
        self.text = self.text if text is None else text
        self._number += 1
        self._going = bool(self.text)
        if not self.text:
            screen.show(screen.acts.log.ids)
            return
        number, words, library = self._number, self.text, screen.library

        def search() -> None:
            worker = get_current_worker()
            breathe = breather(lambda: number != self._number or worker.is_cancelled)
            title, papers, ids = library.texts.title, library.everything, None
            shown = screen.acts.shown
            with suppress(Stopped, LibraryError):
                ids = found(words, screen.acts.log, papers, title, library.home, breathe, shown)
            screen.call_later(self._hear, number, ids)

        screen.run_worker(search, thread=True, group="history", exit_on_error=False)

    def _hear(self, number: int, ids: list[str] | None) -> None:
        """Show what was found; where nothing could be read, what is shown stays."""
        if number == self._number:
            self._going = False
            if ids is not None:
                self._screen.show(ids)
            if self._held:
                self._held = False
                self._screen.go_on()
