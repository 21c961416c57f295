"""The papers selected on a triage screen: one by one, as a range that movement extends, or all there are."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from tui.papers.paper import Paper
from tui.papers.saying import counted

if TYPE_CHECKING:
    from tui.ui.screens.triage import TriageScreen

#: so few selected papers are looked up in the list one by one; for more the list is gone through
FEW = 1_000
_NONE = range(0)


class _Range(Struct, frozen=True):
    """Where a range began: the row, and its paper. A sticky one is extended by every movement."""

    start: int
    paper: str
    sticky: bool


class Selecting:
    """What is selected, by paper id, and the range begun, if any.

    It is true while anything is selected. What is selected stays so through filters, orders and imports,
    and is let go of with the view.
    """

    def __init__(self, screen: "TriageScreen", remembered: str) -> None:
        library = screen.library
        found = [paper for key in remembered.split() if (paper := library.paper(key))]
        self._screen = screen
        self.chosen: set[str] = {paper.id for paper in found}
        self._view = screen.desk.view.name
        self._range: _Range | None = None
        self._covered = _NONE
        self._extending = False
        #: None until it is counted; what is selected in the list does not change it
        self._elsewhere: int | None = None
        #: how many of them were decided already, after so many changes
        self._decided: tuple[int, int] | None = None
        self._written: str | None = " ".join(paper.id for paper in found)

    # -- what is selected ---------------------------------------------------------------------

    def __bool__(self) -> bool:
        return bool(self.chosen) or self._range is not None

    def holds(self, paper_id: str, row: int) -> bool:
        """Whether the paper of this row is selected."""
        return row in self._covered or paper_id in self.chosen

    @property
    def papers(self) -> list[Paper]:
        """The selected papers that the list holds, in its order."""
        papers, chosen, covered = self._screen.papers, self.chosen, self._covered
        rows = papers.papers
        if len(chosen) > FEW:
            return [paper for row, paper in enumerate(rows) if row in covered or paper.id in chosen]
        found = {row for paper_id in chosen if (row := papers.index_of(paper_id)) is not None}
        return [rows[row] for row in sorted(found.union(covered))]

    @property
    def ranging(self) -> int:
        """How many papers the range covers that movement extends; 0 without one."""
        return len(self._covered) if self._range and self._range.sticky else 0

    @property
    def number(self) -> int:
        """How many papers are selected, in the list or not."""
        rows = self._screen.papers.papers
        fresh = (
            sum(rows[row].id not in self.chosen for row in self._covered)
            if self.chosen
            else len(self._covered)
        )
        return len(self.chosen) + fresh

    @property
    def elsewhere(self) -> int:
        """How many of them are not in the list."""
        if self._elsewhere is None:
            papers, chosen = self._screen.papers, self.chosen
            if len(chosen) > FEW:
                listed = sum(paper.id in chosen for paper in papers.papers)
            else:
                listed = sum(papers.index_of(paper_id) is not None for paper_id in chosen)
            self._elsewhere = len(chosen) - listed
        return self._elsewhere

    @property
    def decided(self) -> int:
        """How many of those in the list are decided already."""
        changes, triage = self._screen.library.changes, self._screen.library.triage
        if self._decided is None or self._decided[0] != changes:
            self._decided = changes, sum(not triage(paper.id).undecided for paper in self.papers)
        return self._decided[1]

    @property
    def written(self) -> str:
        """The ids of all that is selected, parted by blanks: what is remembered over a restart."""
        if self._range is not None:
            rows = self._screen.papers.papers
            return " ".join(sorted(self.chosen.union(rows[row].id for row in self._covered)))
        if self._written is None:
            self._written = " ".join(sorted(self.chosen))  # the same whatever the hashes: it is compared
        return self._written

    # -- what selects -------------------------------------------------------------------------

    def toggle(self, count: int = 1) -> None:
        """Select the paper under the cursor, or let go of it, and step down; so many from there on.

        In a range it ends that, as nothing there is left to be selected.
        """
        papers = self._screen.papers
        if self._refused():
            return
        if self._range is not None:
            self.settle()
            self._changed()
        else:
            rows = range(papers.cursor, min(papers.cursor + count, len(papers.papers)))
            self.chosen ^= {papers.papers[row].id for row in rows}
            papers.move(count)
            self._changed(rows)

    def range(self) -> None:
        """Begin a range that every movement extends, or end it, keeping what it covers."""
        if self._refused():
            return
        if self._range is not None and self._range.sticky:
            self.settle()
        else:
            self.settle()
            self._begin(sticky=True)
        self._changed()

    def all(self) -> None:
        """Select all that the list holds, or let go of it."""
        if self._refused():
            return
        self.settle()
        listed = {paper.id for paper in self._screen.papers.papers}
        if listed <= self.chosen:
            self.chosen -= listed
            self._changed()
            self._screen.bars.say((f"Let go of {counted(len(listed), 'paper')}.", "soft"), passing=True)
        else:
            self.chosen |= listed
            self._changed()

    def invert(self) -> None:
        """Select what is not selected in the list, and let go of the rest of it."""
        if self._refused():
            return
        self.settle()
        self.chosen ^= {paper.id for paper in self._screen.papers.papers}
        self._changed()

    def extend(self, by: int) -> None:
        """Select from here so many on, up where negative; going anywhere else ends it."""
        self.extend_to(self._screen.papers.cursor + by)

    def extend_to(self, row: int) -> None:
        """Select from the cursor, or from where that began, to this row, and go there."""
        if self._refused():
            return
        if self._range is None:
            self._begin(sticky=False)
        self._extending = True
        self._screen.papers.go(max(row, 0))
        self._extending = False
        self._changed()

    def _refused(self) -> bool:
        if not self._screen.papers.papers:
            self._screen.say(("No paper here to select.", "plain"))
            return True
        return False

    def _begin(self, *, sticky: bool) -> None:
        papers = self._screen.papers
        if paper := papers.paper:
            self._range = _Range(papers.cursor, paper.id, sticky)
            self._covered = range(papers.cursor, papers.cursor + 1)

    def _changed(self, rows: Iterable[int] | None = None) -> None:
        """Draw what is selected now, in these rows or anywhere, and let the hints about it be seen."""
        self._written = self._decided = None
        self._screen.papers.refresh_rows(rows)
        self._screen.say()

    # -- what ends it -------------------------------------------------------------------------

    def settle(self) -> None:
        """End the range, keeping what it covers."""
        if self._range is not None:
            rows = self._screen.papers.papers
            self.chosen.update(rows[row].id for row in self._covered)
            self._drop_range()

    def let_go(self) -> int:
        """Of the range, else of all: how many papers that were."""
        number = len(self._covered) or len(self.chosen)
        if self._range is not None:
            self._drop_range()
        else:
            self.chosen.clear()
            self._elsewhere = 0
        self._changed()
        return number

    def acted(self, papers: Sequence[Paper]) -> None:
        """Let go of these, as a verdict does; what was selected elsewhere stays so."""
        if self:
            self.settle()
            self.chosen.difference_update(paper.id for paper in papers)
            self._written = self._decided = None
            self._screen.papers.refresh_rows()

    def _drop_range(self) -> None:
        self._range, self._covered = None, _NONE
        self._written = self._decided = None

    # -- what happens around it ---------------------------------------------------------------

    def moved(self) -> None:
        """The cursor is elsewhere: the range goes along, or ends where it is not sticky."""
        if self._range is None:
            return
        if not (self._range.sticky or self._extending):
            self.settle()
            return
        papers, before = self._screen.papers, self._covered
        first, last = sorted((self._range.start, papers.cursor))
        self._covered = range(first, last + 1)
        for row in papers.shown_rows():
            if (row in before) != (row in self._covered):
                papers.refresh_row(row)

    def leaving(self, row: int, *, anew: bool) -> None:
        """Other rows are about to be shown, the cursor on this one: selected are papers, not rows.

        With `anew` they are the same papers and what came meanwhile: a range still begins where it did.
        """
        screen, begun = self._screen, self._range
        if not (anew and begun and begun.sticky):
            self.settle()
        if self._view != screen.desk.view.name:
            self._view = screen.desk.view.name
            self.chosen.clear()
        if anew:
            home = screen.library.paper
            self.chosen = {paper.id for paper_id in self.chosen if (paper := home(paper_id))}
            if self._range and (first := home(self._range.paper)):
                start = screen.desk.index_of(first.id)
                self._range = _Range(row if start is None else start, first.id, sticky=True)
        self._covered, self._elsewhere = _NONE, None
        self._written = self._decided = None
