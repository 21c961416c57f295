"""The papers on the desk: a view, its rows as they were when it was opened, and the places gone back to.

What was decided stays in its row until the view is left or refreshed. No Textual here.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence, Set
from contextlib import suppress

import msgspec
from msgspec import Struct

from tui.errors import UsageError
from tui.papers.close import holds
from tui.papers.library import Library
from tui.papers.paper import Paper
from tui.papers.query import EVERYTHING, All, Fuzzy
from tui.papers.view import TABS, View, Views
from tui.ui.looking import Found, Looking

#: how many places are remembered to go back to
JUMPS = 100
#: so many rows are looked through for a paper before each is given its number: one begins near the top
NEAR = 1_000
#: among so many papers a filter is looked for at once; among more, in titles first
SOON = 2_000


class Jump(Struct, frozen=True):
    """A place that can be gone back to."""

    view: str
    filter: All
    paper: str


class Desk:
    """Rows and the view they belong to; the cursor is the list's."""

    def __init__(self, library: Library, view: View) -> None:
        self.library = library
        self.view = view
        self.rows: Sequence[Paper] = []
        #: the words to mark in the rows, and whether abstracts were not looked through for them yet
        self.words: tuple[str, ...] = ()
        self.unfinished = False
        self._whole: list[Paper] = []
        self._picked_from: Found | None = None
        self._places: Mapping[str, int] | None = None
        self._in_order = True
        self.finder = library.finder([])
        self._order = view.order, view.reverse
        self._at = ""
        self._seen: dict[str, str] = {}
        self._jumps: list[Jump] = []
        self.deal()

    def deal(self) -> None:
        """Lay out the view's papers as they are now."""
        self._spread(self.library.list(self.view.narrowed(EVERYTHING)))

    def _spread(self, whole: list[Paper]) -> None:
        """Lay out these papers as far as the filter wants them."""
        self._whole, self._places = whole, None
        self.finder = self.library.finder(whole)
        self._take(self._found())

    def _found(self) -> Found | None:
        """What the filter finds at once; None where all of it has to be looked for first."""
        query = self.view.filter
        if not query:
            return Found(self._whole, ())
        if self.is_small or not query.needs_text:
            return self.looking().whole()
        return Found(self.finder.titles(query), query.wanted)

    def _take(self, found: Found | None) -> None:
        found = found or Found([], ())
        self._picked_from = None
        self.rows, self.words, self._in_order = found.papers, found.words, found.in_order
        query = self.view.filter
        self.unfinished = bool(query) and query.needs_text and not self.is_small

    @property
    def is_small(self) -> bool:
        """Whether there are so few papers that nobody waits for a search."""
        return len(self._whole) <= SOON

    def looking(self, query: All | None = None) -> Looking:
        """A search for this, or for the filter, to be done here or in a thread."""
        query = self.view.filter if query is None else query
        best_first = self.view.order == "relevance"
        return Looking(self.library, self.finder, query, best_first, self.view.reverse)

    @property
    def order_words(self) -> str:
        """The order that the rows are in: the best match first, while a `~word` narrows them."""
        if holds(self.view.filter, Fuzzy):
            return self.view.ordered("relevance").order_words
        return self.view.order_words

    @property
    def whole(self) -> int:
        """How many rows there are without the filter."""
        return len(self._whole)

    @property
    def _place(self) -> Mapping[str, int]:
        """Where each paper stands in the whole view."""
        if self._places is None:
            self._places = {paper.id: index for index, paper in enumerate(self._whole)}
        return self._places

    def _before(self, place: int) -> int:
        """How many rows stand before this place of the whole view."""
        if self.rows is self._whole:
            return place
        places = self._place
        return bisect_left(self.rows, place, key=lambda paper: places[paper.id])

    def index_of(self, paper_id: str) -> int | None:
        """The row of a paper."""
        if not self._in_order:
            return _row_of(paper_id, self.rows)
        if self._places is None:
            row = _row_of(paper_id, self.rows[:NEAR])
            if row is not None or not paper_id:
                return row
        place = self._place.get(paper_id)
        if place is None:
            return None
        row = self._before(place)
        return row if row < len(self.rows) and self.rows[row].id == paper_id else None

    def is_undecided(self, index: int) -> bool:
        """Whether the paper of this row is still to be decided."""
        return self.library.triage(self.rows[index].id).undecided

    def undecided(self, start: int, step: int = 1) -> int | None:
        """The next row from here, without it, that is still to be decided."""
        index = start + step
        while 0 <= index < len(self.rows):
            if self.is_undecided(index):
                return index
            index += step
        return None

    def undecided_above(self, index: int) -> int:
        """How many rows above are still to be decided."""
        return sum(self.is_undecided(i) for i in range(min(index, len(self.rows))))

    # -- views --------------------------------------------------------------------------------

    def open(self, name: str, at: str) -> str:
        """Change to a view, keeping filter and order; returns the paper to go to.

        `at` is the paper the cursor is on: it is stayed with where the view holds it, else the one
        that was last looked at there, or the nearest. A view with an order of its own is shown in it.
        """
        self._seen[self.view.name] = at
        view = next(view for view in self.library.views if view.name == name)
        if (view.order, view.reverse) == ("digest", False):
            view = view.ordered(*self._order)
        self.view = view.narrowed(self.view.filter)
        self.deal()
        if self.index_of(at) is not None:
            return at
        seen = self._seen.get(name, at)
        return seen if self.index_of(seen) is not None else self._near(self._everything(), seen)

    def beside(self, step: int) -> str:
        """The name of the view so many tabs on; the tabs do not wrap."""
        names = [view.name for view in in_tabs(self.library.views)]
        return names[min(max(names.index(self.view.name) + step, 0), len(names) - 1)]

    def narrow(self, filter_: All = EVERYTHING, at: str = "") -> str:
        """Show only what the filter wants of the rows; returns the paper to go to.

        That is `at` or the nearest to it in the view; where nothing had been found, as it was before.
        What was decided here is found with the rest.
        """
        self.view = self.view.narrowed(filter_)
        self._take(self._found())
        return self.to(at)

    def show(self, filter_: All, found: Found, at: str = "", *, unfinished: bool = False) -> str:
        """Show what a filter has found; returns the paper to go to, as `narrow` does."""
        self.view, self._picked_from = self.view.narrowed(filter_), None
        self.rows, self.words, self._in_order = found.papers, found.words, found.in_order
        self.unfinished = unfinished
        return self.to(at)

    def shown(self) -> Found:
        """What is shown, to be shown again; all of it, where only some was picked."""
        return self._picked_from or Found(self.rows, self.words, self._in_order)

    def pick(self, papers: Sequence[Paper]) -> None:
        """Have only these of the rows on the desk, until they are put back or other rows are shown."""
        self._picked_from, self.rows = self.shown(), papers

    def put_back(self) -> None:
        """Have all rows on the desk again."""
        if self._picked_from is not None:
            self.rows, self._picked_from = self._picked_from.papers, None

    def to(self, at: str = "") -> str:
        """The paper to go to: this one, or the nearest to it in the view."""
        self._at = at or self._at
        if self._places is None and self._in_order and self.rows:
            above = _row_of(self._at, self._whole[:NEAR])
            if above is not None:
                return self._near_top({paper.id for paper in self._whole[:above]})
        place = self._place.get(self._at)
        if self.index_of(self._at) is not None or not self.rows or place is None:
            return self._at if place is not None else self.rows[0].id if self.rows else self._at
        if not self._in_order:
            return self.rows[0].id
        return self.rows[min(self._before(place), len(self.rows) - 1)].id

    def _near_top(self, above: Set[str]) -> str:
        """The first paper shown that is none of these, which the view begins with; or the last shown."""
        return next((paper.id for paper in self.rows if paper.id not in above), self.rows[-1].id)

    def again(self, at: str) -> str:
        """Lay out the view anew; returns the paper to go to: this one or its nearest neighbour."""
        before = self.rows
        self.deal()
        return self._near(before, at)

    def _near(self, among: Sequence[Paper], at: str) -> str:
        """The paper, or the first below it in this list that is on the desk, or the first above it."""
        if self.index_of(at) is not None:
            return at
        place = _row_of(at, among) or 0
        near = (*among[place:], *reversed(among[:place]))
        here = {paper.id for paper in self.rows}
        return next((paper.id for paper in near if paper.id in here), at)

    def order(self, order: str, reverse: bool = False) -> None:
        """The same papers in another order."""
        self.view = self.view.ordered(order, reverse)
        self._order = order, reverse
        self._spread(self._arranged(self._whole))

    def _arranged(self, papers: Sequence[Paper]) -> list[Paper]:
        """These papers in the view's order."""
        kept = {paper.id for paper in papers}
        return [paper for paper in self._everything() if paper.id in kept]

    def _everything(self) -> list[Paper]:
        """All papers in the view's order."""
        return self.library.list(View("all", order=self.view.order, reverse=self.view.reverse))

    # -- going back ---------------------------------------------------------------------------

    def leave(self, paper_id: str) -> None:
        """Remember where one was before a jump: the paper, and the view and filter it was seen in."""
        jump = Jump(self.view.name, self.view.filter, paper_id)
        if paper_id and self._jumps[-1:] != [jump]:
            self._jumps = [*self._jumps, jump][-JUMPS:]

    def back(self, at: str) -> str | None:
        """Go back to the place before the last jump, its view and filter opened again, if that is not here.

        Returns the paper to go to: the one left, or the nearest to it that the view still holds; None where
        there is no place left.
        """
        while self._jumps:
            jump = self._jumps.pop()
            if (jump.view, jump.filter) == (self.view.name, self.view.filter):
                if jump.paper != at and self.index_of(jump.paper) is not None:
                    return jump.paper
            elif jump.view == self.view.name:
                return self.narrow(jump.filter, jump.paper)
            elif any(view.name == jump.view for view in self.library.views):
                self.view = self.view.narrowed(jump.filter)
                self.open(jump.view, at)
                return self.nearest(jump.paper)
        return None

    def nearest(self, paper_id: str) -> str:
        """The paper, where the desk holds it or may yet; else the nearest to it that the desk holds."""
        if self.unfinished or not (paper_id and self.rows):
            return paper_id
        return paper_id if self.index_of(paper_id) is not None else self._near(self._everything(), paper_id)

    def renew(self, at: str = "") -> str:
        """Show the rows as the library now knows them, after papers came, left or were joined.

        Returns the paper to go to: this one or its nearest neighbour, of those that stand where they stood.
        """
        found = [self.library.paper(paper.id) for paper in self._whole]
        papers = {paper.id: paper for paper in found if paper}
        for paper in self.library.list(self.view.narrowed(EVERYTHING)):
            papers.setdefault(paper.id, paper)
        stayed = [paper for paper in self.rows if paper.id == at or papers.get(paper.id) == paper]
        self._spread(self._arranged(list(papers.values())))
        return self._near(stayed, at)


def _row_of(paper_id: str, papers: Sequence[Paper]) -> int | None:
    return next((row for row, paper in enumerate(papers) if paper.id == paper_id), None)


def in_tabs(views: Views) -> list[View]:
    """The views in the order of their tabs, their digits and their lines: what always holds papers first."""
    first = {view.name for view in TABS}
    return [*TABS, *(view for view in views if view.name not in first)]


def opening(views: Views, view: str, order: str, reverse: bool, filter_: All) -> View:
    """The view to begin with; names that are not known fall back on the first."""
    found = views.get(view) or TABS[0]
    with suppress(UsageError):
        found = found.ordered(order, reverse)
    return msgspec.structs.replace(found, filter=filter_)
