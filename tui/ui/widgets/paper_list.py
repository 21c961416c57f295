"""The list of papers, two lines each, drawn on demand: its cost does not grow with the number of papers."""

from collections.abc import Callable, Iterable, Sequence

from rich.text import Text
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.papers.paper import Paper
from tui.ui.draw import strip_of
from tui.ui.widgets.frameless import Frameless

Rows = tuple[Strip, Strip]
#: draws a paper: the paper, its index, the width, whether the cursor is on it
Paint = Callable[[Paper, int, int, bool], Rows]

_HEIGHT = 2
_WHEEL = 3
_INDENT = 3  # where the titles stand


class PaperList(Frameless, ScrollView, can_focus=True, inherit_bindings=False):
    """Rows under a cursor. Only whole rows are drawn; an odd last line stays blank.

    It has no keys of its own: the screen calls its methods. Whoever watches `cursor` is told at once,
    so that what follows the cursor is drawn in the same frame.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = "PaperList { overflow: hidden hidden; scrollbar-size: 0 0; }"

    cursor: reactive[int] = reactive(0, repaint=False, init=False)

    class Opened(Message):
        """A paper was clicked twice."""

        def __init__(self, control: "PaperList", paper: Paper) -> None:
            super().__init__()
            self._control, self.paper = control, paper

        @property
        def control(self) -> "PaperList":
            """The list."""
            return self._control

    class Stretched(Message):
        """A row was clicked with shift held: what is selected goes on to there."""

        def __init__(self, control: "PaperList", row: int) -> None:
            super().__init__()
            self._control, self.row = control, row

        @property
        def control(self) -> "PaperList":
            """The list."""
            return self._control

    def __init__(
        self,
        paint: Paint,
        *,
        empty: Callable[[int], Sequence[Text]] = lambda width: (),
        id: str | None = None,  # noqa: A002 - Textual's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._paint, self._empty = paint, empty
        self._papers: Sequence[Paper] = ()
        self._places: dict[str, int] | None = {}
        self._words: tuple[str, ...] = ()
        self._drawn: tuple[int, Rows] | None = None

    # -- what is shown ------------------------------------------------------------------------

    @property
    def papers(self) -> Sequence[Paper]:
        """The papers in the order of their rows."""
        return self._papers

    @property
    def paper(self) -> Paper | None:
        """The paper under the cursor."""
        return self._papers[self.cursor] if self._papers else None

    @property
    def words(self) -> tuple[str, ...]:
        """The folded words to mark in the titles."""
        return self._words

    def index_of(self, paper_id: str) -> int | None:
        """The row of a paper, None where it is not in the list."""
        if (paper := self.paper) and paper.id == paper_id:
            return self.cursor
        if self._places is None:
            self._places = {paper.id: index for index, paper in enumerate(self._papers)}
        return self._places.get(paper_id)

    def set_rows(self, papers: Sequence[Paper], cursor: int = 0, *, keep_scroll: bool = False) -> None:
        """Show other papers, in constant time. Watchers of the cursor are told once, even where it stays.

        With `keep_scroll` the cursor's row stays on its line of the screen as far as the ends allow.
        """
        line = self.above
        self._papers, self._places = papers, None
        self.set_reactive(PaperList.cursor, self.validate_cursor(cursor))
        self._scroll_row(self.cursor - line if keep_scroll else 0)
        self.reveal()
        self.refresh()
        self.mutate_reactive(PaperList.cursor)

    def set_words(self, words: Iterable[str]) -> None:
        """Mark other words in the titles."""
        words = tuple(words)
        if words != self._words:
            self._words = words
            self.refresh_rows()

    def refresh_row(self, index: int) -> None:
        """Draw one row again: its paper's triage or selection changed."""
        if index in self.shown_rows():
            self.refresh_lines(index * _HEIGHT, _HEIGHT)

    def refresh_rows(self, indexes: Iterable[int] | None = None) -> None:
        """Draw these rows again, or all."""
        if indexes is None:
            self.refresh()
        else:
            for index in indexes:
                self.refresh_row(index)

    # -- the cursor ---------------------------------------------------------------------------

    def move(self, by: int) -> None:
        """The cursor so many rows down, up where negative; nothing wraps."""
        self.cursor += by
        self.reveal()

    def go(self, index: int, *, top: bool = False) -> None:
        """The cursor to a row, from the end where negative; with `top`, that row first on the screen."""
        if index < 0:
            index += len(self._papers)
        if top:
            self._scroll_row(index)
        self.cursor = index
        self.reveal()

    def page(self, by: int) -> None:
        """Turn so many pages; the cursor stays on its line of the screen. A list unseen has a row a page."""
        self._turn(by * (self._page if self.display else 1))

    def half_page(self, by: int) -> None:
        """Turn so many half pages."""
        self._turn(by * (max(1, self._page // 2) if self.display else 1))

    def _turn(self, rows: int) -> None:
        self.reveal()
        self._scroll_row(self._top + rows)
        self.move(rows)

    def reveal(self) -> None:
        """Bring the cursor back on the screen: just so from nearby, in the middle from afar."""
        top, page, cursor = self._top, self._page, self.cursor
        if not self.container_size.height or top <= cursor < top + page:
            return
        if top - page <= cursor < top + 2 * page:
            self._scroll_row(cursor if cursor < top else cursor - page + 1)
        else:
            self._scroll_row(cursor - page // 2)

    def validate_cursor(self, cursor: int) -> int:
        """A row there is, or 0."""
        return max(0, min(cursor, len(self._papers) - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Only the row left and the row reached are drawn again."""
        if old != new:
            for index in (old, new):
                if index in self.shown_rows():
                    self.refresh_lines(index * _HEIGHT, _HEIGHT)
            self.reveal()

    # -- the place ----------------------------------------------------------------------------

    def shown_rows(self) -> range:
        """The rows wholly on the screen."""
        return range(self._top, min(self._top + self.container_size.height // _HEIGHT, len(self._papers)))

    @property
    def above(self) -> int:
        """How many rows stand above the cursor's on the screen."""
        return self.cursor - self._top

    def stand(self, above: int) -> None:
        """Have so many rows above the cursor's, as far as the ends allow and the cursor is seen."""
        self._scroll_row(self.cursor - above)
        self.reveal()

    @property
    def max_scroll_y(self) -> int:
        """The line that is first on the screen when the last row is on it."""
        return max(0, len(self._papers) - self._page) * _HEIGHT

    @property
    def _page(self) -> int:
        return max(1, self.container_size.height // _HEIGHT)

    @property
    def _top(self) -> int:
        return self.scroll_offset.y // _HEIGHT

    def _scroll_row(self, index: int) -> None:
        y = min(max(index * _HEIGHT, 0), self.max_scroll_y)
        if y != self.scroll_offset.y:
            self.set_scroll(None, y)
            self.refresh()

    def on_resize(self) -> None:
        """No half row at the top, no empty rows at the end, the cursor on the screen."""
        self._scroll_row(self._top)
        self.reveal()

    # -- the mouse ----------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        """A click takes the cursor along, a second one opens the paper; with shift it selects up to there."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        index = self._top + offset.y // _HEIGHT
        if index not in self.shown_rows():
            return
        if event.shift:
            self.post_message(self.Stretched(self, index))
        else:
            self.cursor = index
            if event.chain == 2:
                self.post_message(self.Opened(self, self._papers[index]))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the list under the cursor, which stays on its paper."""
        event.stop()
        self._scroll_row(self._top + _WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves the list under the cursor, which stays on its paper."""
        event.stop()
        self._scroll_row(self._top - _WHEEL)

    # -- drawing ------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """One line, drawn when the screen wants it."""
        width, height = self.container_size
        if not self._papers:
            return self._empty_line(y, width, height)
        place, part = divmod(y, _HEIGHT)
        index = self._top + place
        if index not in self.shown_rows():
            return Strip.blank(width, self.visual_style.rich_style)
        if part == 0 or self._drawn is None or self._drawn[0] != index:
            self._drawn = index, self._paint(self._papers[index], index, width, index == self.cursor)
        return self._drawn[1][part]

    def _empty_line(self, y: int, width: int, height: int) -> Strip:
        style = self.visual_style.rich_style
        lines = self._empty(max(width - 2 * _INDENT, 1))
        place = y - max(0, (height - len(lines)) // 2)
        if not 0 <= place < len(lines):
            return Strip.blank(width, style)
        words = strip_of(lines[place], self.app.console).apply_style(style)
        return words.crop_pad(words.cell_length, _INDENT, 0, style).adjust_cell_length(width, style)
