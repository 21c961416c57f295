"""Cards: one paper at a time, another layout of the same list; every key means what it means there."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from tui.papers.query import All
from tui.ui.verdicts import VERDICTS

if TYPE_CHECKING:
    from datetime import datetime

    from tui.ui.screens.triage import TriageScreen

#: what is done to the paper under the cursor: nothing, while no card is there
_OF_A_PAPER = frozenset(
    {
        *VERDICTS,
        *("paper.tag", "paper.tag_again", "paper.untag", "paper.note", "note.editor", "repeat.last"),
        *("paper.why", "paper.browse", "paper.copy", "page.done", "select.toggle", "select.range"),
        *("select.extend_down", "select.extend_up"),
    }
)


class Cards:
    """Lays a triage screen out as cards, and as a list again.

    The deck is what of the rows was undecided when it was dealt, or all of them where nothing was; it
    lies on the desk in their place, so that the list's cursor is on the card that is seen. `ended` is
    whether the last undecided one was just decided: its summary stands there until the next move.
    """

    def __init__(self, screen: "TriageScreen") -> None:
        self._screen = screen
        self.is_on = self.ended = False
        #: whether the deck was dealt to be decided, and which cards of it still are to be
        self.sweeps, self.left = False, set[str]()
        self._met: dict[tuple[str, All], set[str]] = {}
        self._began: datetime | None = None
        self._made, self._wanted = 0, ""

    # -- on and off ---------------------------------------------------------------------------

    def toggle(self) -> None:
        """From list to cards, and back."""
        if self.is_on:
            self._gather()
        elif self._screen.desk.rows:
            self._spread()
        else:
            self._screen.say(("No paper here to lay out as cards.", "plain"))

    def _spread(self) -> None:
        from tui.ui.screens.card_drawing import lines_of  # none of it is needed for a start

        screen = self._screen
        if screen.reading:
            screen.read(False)
        self._met.clear()
        self._began, self._made = screen.library.now, len(screen.library.made)
        self.is_on = True
        screen.add_class("cards")
        screen.bars.show(*lines_of(screen))
        screen.say()
        screen.lay(self._first())
        screen.share_again()

    def _gather(self) -> None:
        screen, here = self._screen, self._screen.papers.paper
        self.is_on = self.ended = False
        screen.remove_class("cards")
        screen.desk.put_back()
        screen.bars.show()
        screen.lay(here.id if here else "")
        screen.share_again()

    def _first(self) -> str:
        """The paper to begin with: the one under the cursor, or the next that is undecided, or the last."""
        desk, cursor = self._screen.desk, self._screen.papers.cursor
        index: int | None = cursor
        if not desk.is_undecided(cursor):
            index = desk.undecided(cursor)
            index = desk.undecided(cursor, -1) if index is None else index
        return desk.rows[cursor if index is None else index].id

    # -- the deck -----------------------------------------------------------------------------

    def keep(self, paper_id: str) -> None:
        """Have this paper in the next deck, decided or not."""
        self._wanted = paper_id

    def deal(self) -> None:
        """Make a deck of the rows on the desk. What was decided from it stays in it while the rows do."""
        screen, here = self._screen, self._screen.papers.paper
        desk, triage = screen.desk, screen.library.triage
        desk.put_back()
        if not screen.library.papers:
            self._gather()
            return
        undecided = {paper.id for paper in desk.rows if triage(paper.id).undecided}
        kept = {self._wanted} | ({here.id} if here and self._met else set())
        met = self._met.setdefault((desk.view.name, desk.view.filter), set())
        met |= undecided
        deck = [paper for paper in desk.rows if paper.id in met or paper.id in kept] if met else []
        self.sweeps, self.left, self.ended, self._wanted = bool(met), undecided, False, ""
        if 0 < len(deck) < len(desk.rows):
            desk.pick(deck)

    def renew(self, paper_ids: Collection[str]) -> None:
        """Take in that these papers were decided, or are undecided again."""
        screen = self._screen
        mine, self._made = len(screen.library.made) > self._made, len(screen.library.made)
        if not self.is_on:
            return
        before, ended = len(self.left), self.ended
        for paper_id in paper_ids:
            if screen.desk.index_of(paper_id) is None:
                continue
            if screen.library.triage(paper_id).undecided:
                self.left.add(paper_id)
            else:
                self.left.discard(paper_id)
        self.ended = self.sweeps and not self.left and (ended or (mine and before > 0))
        if self.ended != ended:
            screen.show_paper()
            screen.bars.renew_place()

    def moved(self) -> None:
        """The cursor is on another card, or on this one again."""
        self.ended = False

    def refuses(self, command_id: str) -> bool:
        """Whether a command finds no card to act on, as the deck has ended; the way up shows the last one."""
        screen = self._screen
        if not self.ended:
            return False
        if command_id in ("list.up", "paper.open", "list.page_up", "list.half_up"):
            self.moved()
            screen.show_paper()
            return True
        if command_id in _OF_A_PAPER:
            screen.say(
                ("No card here any more; ", "plain"),
                (screen.key("history.undo"), "key"),
                (" takes the last act back, ", "soft"),
                (screen.key("list.up"), "key"),
                (" shows the last card.", "soft"),
            )
        return command_id in _OF_A_PAPER

    def after(self, command_id: str) -> None:
        """A command was done: one that changed what is selected may have left the cursor where it was."""
        if self.is_on and (command_id.startswith("select.") or command_id == "app.back"):
            self._screen.show_paper(keep_scroll=True)

    # -- how far it is ------------------------------------------------------------------------

    @property
    def behind(self) -> float:
        """How much of the deck is decided, 0 to 1; where it was dealt to be looked through, is passed."""
        rows, cursor = len(self._screen.desk.rows), self._screen.papers.cursor
        if not rows:
            return 0.0
        return (rows - len(self.left)) / rows if self.sweeps else (cursor + 1) / rows

    @property
    def seconds_left(self) -> float | None:
        """How long the rest takes at the pace so far; None where that is not known yet."""
        pace = self._screen.sitting.pace
        return pace * len(self.left) if pace is not None and self.sweeps else None

    @property
    def seconds(self) -> float:
        """How long ago the cards began."""
        now = self._screen.library.now
        return (now - (self._began or now)).total_seconds()

    def states(self) -> Sequence[str]:
        """What became of the cards that have been decided: starred, later or read, one a paper."""
        view, triage = self._screen.desk.view, self._screen.library.triage
        met = self._met.get((view.name, view.filter), set())
        return [triage(paper_id).state for paper_id in met if not triage(paper_id).undecided]
