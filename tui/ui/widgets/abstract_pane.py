"""The text at the side of the list: drawn line by line, so that another paper's text costs no layout."""

from collections.abc import Callable, Sequence

from rich.text import Text
from textual import events
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.ui.draw import strip_of
from tui.ui.widgets.frameless import Frameless

#: prose in longer lines than this is hard to follow
WIDEST = 88
_WHEEL = 3
_STALE = Size(-1, -1)

Lines = Callable[[int], Sequence[Strip]]


class AbstractPane(Frameless, ScrollView, can_focus=False, inherit_bindings=False):
    """Shows the lines a function gives for a width of at most 88 cells; it is asked anew at every size.

    Where the text goes on, the last line says so in the words of `more(lines below)`.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = "AbstractPane { overflow: hidden hidden; scrollbar-size: 0 0; }"

    def __init__(
        self,
        more: Callable[[int], Text],
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._more = more
        self._lines: Lines = lambda width: ()
        self._strips: list[Strip] = []
        self._size_asked = _STALE

    # -- what is shown ------------------------------------------------------------------------

    def show(self, lines: Lines, *, keep_scroll: bool = False) -> None:
        """Show these lines from their first, or from where the text stands now."""
        self._lines = lines
        self._size_asked = _STALE
        self._scroll_line(self.scroll_offset.y if keep_scroll else 0)

    @property
    def at_end(self) -> bool:
        """Whether the last line is on the screen."""
        return self.scroll_offset.y >= self.max_scroll_y

    @property
    def max_scroll_y(self) -> int:
        """The first line on the screen when the last one is."""
        return max(0, len(self._asked()) - self.container_size.height)

    # -- moving -------------------------------------------------------------------------------

    def scroll_by_lines(self, by: int) -> bool:
        """Scroll so many lines, up where negative; whether there was anywhere to go."""
        before = self.scroll_offset.y
        self._scroll_line(before + by)
        return self.scroll_offset.y != before

    def page(self, by: int) -> bool:
        """Scroll by pages, so that the first line not seen becomes the first; False at the end."""
        return self.scroll_by_lines(by * max(1, self.container_size.height - 1))

    def _scroll_line(self, y: int) -> None:
        self.set_scroll(None, min(max(y, 0), self.max_scroll_y))
        self.refresh()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel."""
        event.stop()
        self.scroll_by_lines(_WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel."""
        event.stop()
        self.scroll_by_lines(-_WHEEL)

    def on_resize(self) -> None:
        """Other lines, from about the same place."""
        self._scroll_line(self.scroll_offset.y)

    def notify_style_update(self) -> None:
        """The theme or a class changed."""
        super().notify_style_update()
        self._size_asked = _STALE

    # -- drawing ------------------------------------------------------------------------------

    def _asked(self) -> list[Strip]:
        size = self.container_size
        if size != self._size_asked:
            self._size_asked, width = size, min(size.width, WIDEST)
            style = self.visual_style.rich_style
            self._strips = [line.apply_style(style) for line in self._lines(width)] if width else []
        return self._strips

    def render_line(self, y: int) -> Strip:
        """One line, drawn when the screen wants it."""
        strips, style = self._asked(), self.visual_style.rich_style
        (width, height), place = self.container_size, y + self.scroll_offset.y
        below = len(strips) - place
        if y == height - 1 > 0 and below > 1:
            words = strip_of(self._more(below), self.app.console).apply_style(style)
            left = max(min(width, WIDEST) - words.cell_length, 0)
            strip = words.crop_pad(words.cell_length, left, 0, style)
        elif below > 0:
            strip = strips[place]
        else:
            return Strip.blank(width, style)
        return strip.adjust_cell_length(width, style)
