"""Lines that go to the screen as a widget keeps them, where blanks are all that stands around them."""

from itertools import chain
from typing import Any, Self

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.ui.draw import joined


class Frameless(Widget, inherit_bindings=False):
    """A widget by the line with padding at most: it has neither border nor outline, tint nor opacity.

    Textual lays each line anew for these, and with the old line loses what it knew of it: the bytes that it
    is sent as. Here a line that is drawn as before is the same line.
    """

    def __init__(self, **named: Any) -> None:
        super().__init__(**named)
        self._kept: dict[int, Strip] = {}
        self._kept_for: object = None

    def refresh(self, *regions: Region, **how: Any) -> Self:
        """Draw the lines again that these parts are in, or all; whole lines, as only these are kept."""
        if not regions:
            self._kept_for = None
            return super().refresh(**how)
        left, width = self.styles.padding.left, self.region.width
        lines = [Region(-left, region.y, width, region.height) for region in regions]
        for y in chain.from_iterable(region.line_range for region in lines):
            self._kept.pop(y, None)
        return super().refresh(*lines, **how)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of this part of the widget, padded."""
        top, right, _, left = self.styles.padding
        (width, height), background = self.content_size, self.background_colors[1]
        style, filters = self.visual_style.rich_style, self.get_line_filters()
        made_for = width, height, left, right, background, style, filters
        if made_for != self._kept_for:
            self._kept, self._kept_for = {}, made_for
        kept, lines = self._kept, []
        for y in range(crop.y - top, crop.bottom - top):
            line = kept.get(y)
            if line is None:
                line = self.render_line(y) if 0 <= y < height else Strip.blank(width, style)
                if left or right or line.cell_length != width:
                    line = padded(line, left, width, right, style)
                else:
                    line = line.apply_style(style)
                for filter_ in filters:
                    line = line.apply_filter(filter_, background)
                kept[y] = line
            lines.append(line)
        if crop.column_span == (0, left + width + right):
            return lines
        return [line.crop(*crop.column_span) for line in lines]


def padded(line: Strip, left: int, width: int, right: int, style: Style) -> Strip:
    """The line laid on this style in so many cells, blanks around it."""
    line = line.crop(0, width)
    ends = Segment(" " * left, style), Segment(" " * (width - line.cell_length + right), style)
    pieces = (piece for piece in (ends[0], *Segment.apply_style(line, style), ends[1]) if piece.text)
    return Strip(joined(pieces), left + width + right)
