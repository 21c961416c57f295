"""The papers on the desk: a view, its rows as they were when it was opened, and the places gone back to.

What was decided stays in its row until the view is left or refreshed. No Textual here.
"""

from collections.abc import Sequence
from contextlib import suppress

import msgspec

from tui.errors import UsageError
from tui.papers.library import Library
from tui.papers.paper import Paper
from tui.papers.query import EVERYTHING, All
from tui.papers.view import BUILT_IN, View

#: how many places are remembered to go back to
JUMPS = 100


class Desk:
    """Rows and the view they belong to; the cursor is the list's."""

    def __init__(self, library: Library, view: View) -> None:
        self.library = library
        self.view = view
        self.rows: list[Paper] = []
        self._whole: list[Paper] = []
        self._index: dict[str, int] = {}
        self._at = ""
        self._seen: dict[str, str] = {}
        self._jumps: list[str] = []
        self.deal()

    def deal(self) -> None:
        """Lay out the view's papers as they are now."""
        self._spread(self.library.list(self.view.narrowed(EVERYTHING)))

    def _spread(self, whole: list[Paper]) -> None:
        """Lay out these papers as far as the filter wants them."""
        self._whole = self.rows = whole
        if self.view.filter:
            found = {paper.id for paper in self.library.list(self._everything.narrowed(self.view.filter))}
            self.rows = [paper for paper in whole if paper.id in found]
        self._index = {paper.id: index for index, paper in enumerate(self.rows)}

    @property
    def _everything(self) -> View:
        return View("all", order=self.view.order, reverse=self.view.reverse)

    @property
    def whole(self) -> int:
        """How many rows there are without the filter."""
        return len(self._whole)

    def index_of(self, paper_id: str) -> int | None:
        """The row of a paper."""
        return self._index.get(paper_id)

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
        """Change to a built-in view, keeping filter and order; returns the paper to go to.

        `at` is the paper the cursor is on: it is stayed with where the view holds it, else the one
        that was last looked at there.
        """
        self._seen[self.view.name] = at
        view = next(view for view in BUILT_IN if view.name == name)
        self.view = view.ordered(self.view.order, self.view.reverse).narrowed(self.view.filter)
        self.deal()
        return at if at in self._index else self._seen.get(name, at)

    def beside(self, step: int) -> str:
        """The name of the view so many tabs on; the tabs do not wrap."""
        names = [view.name for view in BUILT_IN]
        return names[min(max(names.index(self.view.name) + step, 0), len(names) - 1)]

    def narrow(self, filter_: All = EVERYTHING, at: str = "") -> str:
        """Show only what the filter wants of the rows; returns the paper to go to.

        That is `at` or the nearest to it in the view; where nothing had been found, as it was before.
        What was decided here is found with the rest.
        """
        self.view = self.view.narrowed(filter_)
        self._spread(self._whole)
        self._at = at or self._at
        return self._near(self._whole, self._at)

    def again(self, at: str) -> str:
        """Lay out the view anew; returns the paper to go to: this one or its nearest neighbour."""
        before = self.rows
        self.deal()
        return self._near(before, at)

    def _near(self, among: Sequence[Paper], at: str) -> str:
        """The paper, or the first below it in this list that is on the desk, or the first above it."""
        if at in self._index:
            return at
        place = next((i for i, paper in enumerate(among) if paper.id == at), 0)
        near = (*among[place:], *reversed(among[:place]))
        return next((paper.id for paper in near if paper.id in self._index), at)

    def order(self, order: str, reverse: bool = False) -> None:
        """The same papers in another order."""
        self.view = self.view.ordered(order, reverse)
        self._spread(self._arranged(self._whole))

    def _arranged(self, papers: Sequence[Paper]) -> list[Paper]:
        """These papers in the view's order."""
        kept = {paper.id for paper in papers}
        return [paper for paper in self.library.list(self._everything) if paper.id in kept]

    def found_in_all(self) -> int:
        """How many papers the filter finds in the whole library."""
        return len(self.library.list(View("all").narrowed(self.view.filter)))

    # -- going back ---------------------------------------------------------------------------

    def leave(self, paper_id: str) -> None:
        """Remember where one was before a jump."""
        if paper_id and self._jumps[-1:] != [paper_id]:
            self._jumps = [*self._jumps, paper_id][-JUMPS:]

    def back(self, at: str) -> str | None:
        """The place of the last jump that is on the desk and not where one is."""
        while self._jumps:
            paper_id = self._jumps.pop()
            if paper_id != at and paper_id in self._index:
                return paper_id
        return None

    def renew(self) -> None:
        """Show the rows as the library now knows them, after papers came or were joined."""
        found = [self.library.paper(paper.id) for paper in self._whole]
        papers = {paper.id: paper for paper in found if paper}
        for paper in self.library.list(self.view.narrowed(EVERYTHING)):
            papers.setdefault(paper.id, paper)
        self._spread(self._arranged(list(papers.values())))


def opening(view: str, order: str, reverse: bool, filter_: All) -> View:
    """The view to begin with; names that are not known fall back on the first."""
    found = next((v for v in BUILT_IN if v.name == view), BUILT_IN[0])
    with suppress(UsageError):
        found = found.ordered(order, reverse)
    return msgspec.structs.replace(found, filter=filter_)
