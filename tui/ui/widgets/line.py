"""A region of a line or more that asks a function for its lines, and repaints without a layout."""

from collections.abc import Callable, Sequence

from rich.segment import Segment
from rich.text import Text
from textual import events
from textual.geometry import Region
from textual.strip import Strip

from tui.papers.text import clean
from tui.ui.draw import strip_of
from tui.ui.look import GLYPHS, Glyphs
from tui.ui.widgets.frameless import Frameless

Lines = Callable[[int, int], Sequence[Text]]


class Line(Frameless, inherit_bindings=False):
    """Shows what `lines(width, height)` gives, laid on its own background.

    The glyphs' translation is applied to all words but those styled as THEIRS. `clicked` is told the
    column of a click.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = "Line { height: 1; }"

    def __init__(
        self,
        lines: Lines,
        *,
        glyphs: Glyphs = GLYPHS,
        clicked: Callable[[int], None] | None = None,
        id: str | None = None,  # noqa: A002 - Textual's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._lines, self._glyphs, self._clicked = lines, glyphs, clicked
        self._strips: list[Strip] | None = None

    def say(self, lines: Lines | None = None) -> None:
        """Ask again what to show, from now on another function if one is given."""
        if lines is not None:
            self._lines = lines
        before, self._strips = self._strips, None
        if before and len(before) > 1 and lines is None and len(before) == len(now := self._asked()):
            changed = [y for y, (old, new) in enumerate(zip(before, now, strict=True)) if old != new]
            if not changed:
                return
            self.refresh(*(Region(0, y, self.content_size.width, 1) for y in changed))
        else:
            self.refresh()

    def _asked(self) -> list[Strip]:
        if self._strips is None:
            width, height = self.content_size
            asked = self._lines(width, height) if width and height else ()
            self._strips = [self._strip(line) for line in asked]
        return self._strips

    def render_line(self, y: int) -> Strip:
        """One line, drawn when the screen wants it."""
        width, style = self.content_size.width, self.visual_style.rich_style
        strips = self._asked()
        return strips[y].adjust_cell_length(width, style) if y < len(strips) else Strip.blank(width, style)

    def _strip(self, line: Text) -> Strip:
        return Strip(
            [
                Segment(self._worded(text, bool(style and style.meta.get("theirs"))), style)
                for text, style, _ in strip_of(line, self.app.console)
                if text
            ]
        )

    def _worded(self, text: str, theirs: bool) -> str:
        if self._glyphs.words and not theirs:
            text = text.translate(self._glyphs.words)
        return text if text.isprintable() else clean(text)

    def on_resize(self) -> None:
        """The function is asked for other lines."""
        self._strips = None

    def notify_style_update(self) -> None:
        """The theme or a class changed."""
        super().notify_style_update()
        self._strips = None

    def on_click(self, event: events.Click) -> None:
        """Tell who wants to know the column."""
        offset = event.get_content_offset(self)
        if self._clicked and offset is not None:
            event.stop()
            self._clicked(offset.x)
