"""The field a note is written in: lines that wrap and scroll, given their keys as they come."""

from collections.abc import Callable
from types import MappingProxyType

from textual import events
from textual.binding import Binding
from textual.widgets import TextArea

from tui.ui.widgets.prompt import seen_lines

#: what breaks a line: enter keeps the note, and shift+enter is a key of its own on few terminals
BREAKS = ("alt+enter", "ctrl+j", "shift+enter")


class NoteArea(TextArea):
    """Calls `resized` once its text is wrapped anew."""

    DEFAULT_CSS = """
    NoteArea, NoteArea:focus {
        border: none; width: 1fr; height: 100%; padding: 0; scrollbar-size: 0 0;
        background: $panel; background-tint: $foreground 0%; color: $foreground;
    }
    """
    _EDITING = MappingProxyType({b.key: b.action for b in Binding.make_bindings(TextArea.BINDINGS)})

    def __init__(self, resized: Callable[[], object], *, id: str) -> None:  # noqa: A002
        super().__init__(id=id, compact=True, highlight_cursor_line=False)
        self._resized = resized
        self.cursor_blink = self.match_cursor_bracket = False

    @property
    def height_of_text(self) -> int:
        """The lines that the text takes, wrapped."""
        return self.wrapped_document.height

    @property
    def line_of_cursor(self) -> int:
        """The wrapped line that the cursor is on, from 1."""
        return self.wrapped_document.location_to_offset(self.cursor_location).y + 1

    def begin(self, text: str) -> None:
        """Put another text in, the cursor at its end; one that is there already stays as it is."""
        if text != self.text:
            self.load_text(text)
            self.move_cursor(self.document.end)

    async def press(self, key: events.Key) -> None:
        """Let a key act on the text; one that it has no use for goes nowhere."""
        if key.key in BREAKS:
            self._put("\n")
        elif key.is_printable and key.character:
            self.put(key.character)
        elif action := self._EDITING.get(key.key):
            await self.run_action(action)

    def put(self, text: str) -> None:
        """Put a text in at the cursor, without what could not be seen."""
        self._put(seen_lines(text))

    def _put(self, text: str) -> None:
        self.replace(text, *self.selection, maintain_selection_offset=False)

    def on_resize(self) -> None:
        """Tell of it when the text is wrapped to the new width."""
        self.call_next(self._resized)
