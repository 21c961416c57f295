"""Where the user goes on a triage screen: along the list, to other views and orders, and back."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.papers.paper import Paper
from tui.papers.query import EVERYTHING, All, Query, in_words
from tui.papers.saying import counted
from tui.papers.text import clean
from tui.papers.view import View
from tui.ui.messages import Piece
from tui.ui.screens.stepping import undecided_above

if TYPE_CHECKING:
    from tui.ui.screens.triage import TriageScreen


class Going:
    """Moves the cursor of a triage screen and changes what its list holds; nothing is decided here."""

    def __init__(self, screen: "TriageScreen") -> None:
        self._screen = screen

    # -- along the list -----------------------------------------------------------------------

    def move(self, by: int) -> None:
        """So many papers down, up where negative; at an end it says so."""
        self.turn(self._screen.papers.move, by)

    def turn(self, turn: Callable[[int], None], by: int) -> None:
        """So many pages or halves of them, back where negative."""
        before = self._screen.papers.cursor
        turn(by)
        self._at_an_end(before, by)

    def _at_an_end(self, before: int, by: int) -> None:
        screen = self._screen
        if screen.papers.cursor == before and screen.desk.rows:
            screen.bars.say((f"This is the {'last' if by > 0 else 'first'} one.", "soft"), passing=True)

    def jump(self, index: int) -> None:
        """To a row, from the end where negative; this place can be gone back to."""
        before = self._screen.papers.cursor
        self.leave_here()
        self._screen.papers.go(index)
        self._at_an_end(before, -1 if index == 0 else 1)

    def next(self, step: int) -> None:
        """To the next undecided paper, or the last one above."""
        index = self._screen.desk.undecided(self._screen.papers.cursor, step)
        if index is None:
            where = "below" if step > 0 else "above"
            above = undecided_above(self._screen, self._screen.papers.cursor) if step > 0 else []
            self._screen.bars.say(
                (f"No undecided paper {where}.{' ' * bool(above)}", "soft"), *above, passing=True
            )
        else:
            self.jump(index)

    def back(self) -> None:
        """To the place before the last jump."""
        screen, here, rows = self._screen, self._screen.papers.paper, self._screen.desk.rows
        paper_id = screen.desk.back(here.id if here else "")
        if paper_id is None:
            screen.bars.say(("Nowhere to go back to yet.", "soft"), passing=True)
        elif screen.desk.rows is not rows:
            screen.lay(paper_id)
            screen.bars.say((f"back in {_where(screen.desk.view)}", "soft"), passing=True)
        else:
            screen.papers.go(screen.desk.index_of(paper_id) or 0)

    def page_abstract(self) -> None:
        """A page on; at its end, to the next undecided paper."""
        if not self._screen.pane.page(1):
            self.next(1)

    def leave_here(self) -> None:
        """Remember this place, to be gone back to."""
        if paper := self._screen.papers.paper:
            self._screen.desk.leave(paper.id)

    def find_again(self, papers: list[Paper]) -> str:
        """Put the cursor on the first of these, wherever that is; says what had to be left for it."""
        if not papers:
            return ""
        screen, desk, paper, how = self._screen, self._screen.desk, papers[0], ""
        self.leave_here()
        if desk.index_of(paper.id) is None:
            screen.cards.keep(paper.id)
            desk.renew()
            if desk.index_of(paper.id) is None and desk.view.filter:
                desk.narrow()
                how = "; the filter was dropped"
            if desk.index_of(paper.id) is None:
                desk.open("all", paper.id)
                how = "; shown in all"
            screen.lay(paper.id)
        screen.papers.go(desk.index_of(paper.id) or 0)
        return how

    # -- what the list holds ------------------------------------------------------------------

    def narrow(self, query: All, at: Paper | None) -> None:
        """Show only what a query finds, the cursor on its paper or the nearest one."""
        screen = self._screen
        if query != screen.desk.view.filter:
            screen.lay(screen.desk.narrow(query, at.id if at else ""))

    def narrow_to(self, term: Query) -> None:
        """Have this term in the filter, in place of others of its kind; where it is there, let go of it."""
        screen = self._screen
        terms = screen.desk.view.filter.terms
        kept = [one for one in terms if type(one) is not type(term)]
        query = All((*kept, *(() if term in terms else (term,))))
        self.narrow(query, screen.papers.paper)
        screen.say((f"{clean(in_words(query))}: {counted(len(screen.desk.rows), 'paper')}", "plain"))

    def show_found(self, query: All) -> None:
        """All papers that a query finds, whatever view is open: `ctrl+o` goes back where one was."""
        screen, here = self._screen, self._screen.papers.paper
        self.leave_here()
        screen.desk.view = screen.desk.view.narrowed(query)
        screen.lay(screen.desk.open("all", here.id if here else ""))
        screen.say((f"{clean(in_words(query))}: {counted(len(screen.desk.rows), 'paper')}", "plain"))

    def drop_filter(self) -> None:
        """Show the whole view again."""
        screen = self._screen
        if screen.desk.view.filter:
            self.narrow(EVERYTHING, screen.papers.paper)
            screen.say()
        else:
            screen.bars.say(("No filter here to drop.", "soft"), passing=True)

    def show_view(self, name: str) -> None:
        """Change to a view, staying on the paper where it is held there too."""
        screen, here = self._screen, self._screen.papers.paper
        if name == screen.desk.view.name:
            screen.bars.say((f"{clean(name)} is open already.", "soft"), passing=True)
            return
        self.leave_here()
        screen.lay(screen.desk.open(name, here.id if here else ""))
        screen.say()

    def show_saved(self, name: str) -> None:
        """The view that was made of what is shown, the cursor on its paper."""
        screen, here = self._screen, self._screen.papers.paper
        screen.desk.view = screen.desk.view.narrowed(EVERYTHING)
        screen.lay(screen.desk.open(name, here.id if here else ""))
        screen.say(("saved the view ", "plain"), (clean(name), "strong"))

    def show_order(self, order: str, reverse: bool) -> None:
        """The same papers in another order, the cursor on its paper."""
        screen, here = self._screen, self._screen.papers.paper
        screen.desk.order(order, reverse)
        screen.lay(here.id if here else "")
        screen.say((screen.desk.order_words, "plain"))

    def refresh(self) -> None:
        """Let what was decided go, and what came in come."""
        screen, here = self._screen, self._screen.papers.paper
        screen.lay(screen.desk.again(here.id if here else ""), keep_scroll=True)
        screen.say((f"{clean(screen.desk.view.name)}: {counted(len(screen.desk.rows), 'paper')}", "plain"))

    # -- letting go ---------------------------------------------------------------------------

    def let_go(self) -> None:
        """Of one thing: the range, the selection, cards or reader, the filter; then say how to leave."""
        screen = self._screen
        view = screen.desk.view
        if screen.selecting:
            self._let_go_of_selected()
        elif screen.cards.is_on and (screen.desk.rows or not view.filter):
            screen.cards.toggle()
        elif screen.reading and not screen.cards.is_on:
            screen.read(False)
        elif view.filter:
            self.drop_filter()
        else:
            whole = {"inbox": "This is the whole inbox", "all": "This is all there is"}
            screen.bars.say(
                (f"{whole.get(view.name, f'This is the whole of {clean(view.name)}')}; ", "soft"),
                (screen.key("app.quit") or screen.key("app.quit_now"), "key"),
                (" quits.", "soft"),
                passing=True,
            )

    def _let_go_of_selected(self) -> None:
        """Of the range, else of all that is selected; where nothing is left of it, say what is next."""
        screen = self._screen
        number = screen.selecting.let_go()
        if screen.selecting:
            return
        nexts = (
            "closes the abstract" if screen.reading else "drops the filter" if screen.desk.view.filter else ""
        )
        said: list[Piece] = [(f"Let go of {counted(number, 'paper')}.", "soft")]
        if nexts:
            said += [(" ", "soft"), (screen.key("app.back"), "key"), (f" {nexts}.", "soft")]
        screen.bars.say(*said, passing=True)

    def close(self) -> None:
        """What is open; from the list, papertui."""
        if self._screen.cards.is_on:
            self._screen.cards.toggle()
        elif self._screen.reading:
            self._screen.read(False)
        else:
            self._screen.app.exit()


def _where(view: View) -> str:
    """A view and its filter, as they are named in a message."""
    return clean(f"{view.name} / {view.filter}" if view.filter else view.name)
