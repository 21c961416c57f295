"""The text at the side of the list: drawn line by line, so that another paper's text costs no layout."""

from collections.abc import Callable, Sequence
from itertools import zip_longest

from rich.text import Text
from textual import events
from textual.geometry import Region, Size
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
        before = self._strips if self._size_asked == self.container_size else None
        self._lines, self._size_asked = lines, _STALE
        at = self.scroll_offset.y
        if before is None or (at and not keep_scroll) or at > self.max_scroll_y:
            self._scroll_line(at if keep_scroll else 0)
        else:
            self._refresh_changed(before)

    def _refresh_changed(self, before: Sequence[Strip]) -> None:
        """Draw the lines that are others than these: below a short text nothing is sent again."""
        now, at, (width, height) = self._asked(), self.scroll_offset.y, self.container_size
        changed = {
            y
            for y, (old, new) in enumerate(zip_longest(before[at:], now[at:]))
            if y < height and (old is None or new is None or old != new)
        }
        if len(before) != len(now):
            changed.add(height - 1)  # where it says how much is below
        if changed:
            self.refresh(*(Region(0, y, width, 1) for y in changed))

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
            self._strips = [*self._lines(width)] if width else []
        return self._strips

    def render_line(self, y: int) -> Strip:
        """One line, drawn when the screen wants it."""
        strips, style = self._asked(), self.visual_style.rich_style
        (width, height), place = self.container_size, y + self.scroll_offset.y
        below = len(strips) - place
        if y == height - 1 > 0 and below > 1:
            words = strip_of(self._more(below), self.app.console).apply_style(style)
            left = max(min(width, WIDEST) - words.cell_length, 0)
            return words.crop_pad(words.cell_length, left, 0, style)
        return strips[place] if below > 0 else Strip.blank(width, style)
