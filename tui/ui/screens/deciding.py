"""What decides: verdicts, tags, notes, whole pages, undo and redo; each one call of the library."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from tui.papers.forgetting import Loss
from tui.papers.library import Takeback
from tui.papers.paper import Paper
from tui.papers.saying import act as act_words
from tui.papers.saying import counted, forgot
from tui.papers.text import clean
from tui.papers.triage import TAG, VERBS, Decision
from tui.ui.messages import acted, takes_back
from tui.ui.screens import reach
from tui.ui.screens.stepping import step, turn_page
from tui.ui.screens.turning import turned
from tui.ui.verdicts import ASKED, Act, verdict

if TYPE_CHECKING:
    from tui.ui.screens.triage import TriageScreen

#: what is said where taking back changes nothing; the others were "already" so
_SO = {"unstar": "was not starred", "unread": "was not read", "now": "was not put off"}
_Result = TypeVar("_Result")
Sets = Mapping[str, bool | str]


class Deciding:
    """The acts of a triage screen, and the last of them to repeat."""

    def __init__(self, screen: "TriageScreen") -> None:
        self._screen = screen
        self._again: Callable[[Sequence[Paper]], object] | None = None
        self.last_tags: Sets = {}

    # -- reach --------------------------------------------------------------------------------

    def reached(self, count: int = 1) -> Sequence[Paper]:
        """The papers that an act is about now: those selected, else so many from the cursor on."""
        return reach.reached(self._screen, count)

    def sure(
        self,
        words: str,
        papers: Sequence[Paper],
        act: Callable[[], object],
        *,
        yes: str = "",
        sets: Sets | None = None,
    ) -> None:
        """Do it as soon as it is our turn, but ask first where it reaches many papers off the screen.

        `words` ask, with a {} where the papers stand: "Mark {} read"; `yes` is what the key y then does, else
        the words with "them". With `sets` only papers that these would change are counted.
        """
        screen, do = self._screen, partial(self._screen.waiting.attempt, act)
        papers, unseen = self._far(papers, sets)
        if unseen:
            yes = yes or (words[:1].lower() + words[1:]).replace("{}", "them", 1)
            screen.ask(reach.sure(screen, words, yes, len(papers), unseen, do))
        else:
            do()

    def asks(self, papers: Sequence[Paper], sets: Sets) -> bool:
        """Whether setting this on these papers is asked about first."""
        return self._far(papers, sets)[1] > 0

    def _far(self, papers: Sequence[Paper], sets: Sets | None) -> tuple[Sequence[Paper], int]:
        """The papers it would change, and how many of them are off the screen where that is to be asked."""
        if sets is not None and reach.off_screen(self._screen, papers):
            touched = set(self._screen.library.changed_by((paper.id for paper in papers), sets))
            papers = [paper for paper in papers if paper.id in touched]
        return papers, reach.off_screen(self._screen, papers)

    def lack(self) -> None:
        """Say why there is no paper to act on."""
        self._screen.say((f"{reach.lack(self._screen)}.", "plain"))

    # -- verdicts -----------------------------------------------------------------------------

    def verdict(self, command_id: str, count: int = 1) -> None:
        """Let a verdict key act on what is selected, or on so many papers from the cursor on."""
        if papers := self.reached(count):
            triage = self._screen.library.triage
            self._act(verdict(command_id, *(triage(paper.id) for paper in papers)), papers)
        else:
            self.lack()

    def act(self, act: Act, papers: Sequence[Paper]) -> None:
        """Let an act of any kind be done on these papers, to be repeated as a verdict is."""
        self._act(act, papers)

    def _act(self, act: Act, papers: Sequence[Paper]) -> None:
        self._again = partial(self._act, act)
        question, yes = ASKED.get(act.verb) or (f"Have {{}} {act_words(act.verb, act.sets)}", "do it")
        self.sure(question, papers, partial(self._acted, act, papers), yes=yes, sets=act.sets)

    def _acted(self, act: Act, papers: Sequence[Paper]) -> None:
        changed = self.decide(act.verb, papers, act.sets)
        if changed is None:
            return
        if changed is False:
            so = _SO.get(act.verb) or f"already {act_words(act.verb, act.sets)}"
            self._screen.say(*acted(so, papers))
        self._screen.selecting.acted(papers)
        if act.steps:
            step(self._screen, papers[-1])

    def decide(self, verb: str, papers: Sequence[Paper], sets: Sets, many: str = "") -> bool | None:
        """Decide, show it and say it; False where all was so already, None where it could not be kept."""
        screen = self._screen
        keys = [paper.id for paper in papers]
        made = self._kept(lambda: screen.library.decide(verb, keys, sets) or False)
        if not isinstance(made, Decision):
            return made
        changed = [paper for key in made.papers if (paper := screen.library.paper(key))]
        screen.selecting.settle()
        screen.repaint(made.papers)
        undo = screen.key("history.undo")
        screen.say(*acted(act_words(verb, sets), changed, many), *takes_back(undo, len(changed)))
        return True

    def _kept(self, write: Callable[[], _Result]) -> _Result | None:
        return self._screen.waiting.kept(write)

    def repeat(self, count: int = 1) -> None:
        """The last act on what is selected, or on so many papers from the cursor on."""
        if self._again is None:
            self._screen.say(("No act to repeat yet.", "plain"))
        elif papers := self.reached(count):
            self._again(papers)
        else:
            self.lack()

    # -- many at once -------------------------------------------------------------------------

    def page_done(self) -> None:
        """What is undecided among the rows wholly on the screen becomes read, and the page turns."""
        screen = self._screen
        shown = screen.shown_rows()
        papers = [screen.desk.rows[i] for i in shown if screen.desk.is_undecided(i)]
        screen.waiting.attempt(partial(self._page_done, shown, papers))

    def _page_done(self, shown: range, papers: Sequence[Paper]) -> None:
        self._screen.selecting.settle()
        if papers:
            many = f"{counted(len(papers), 'paper')} of this page"
            if not self.decide("done", papers, VERBS["done"], many):
                return
        else:
            self._screen.say(("Nothing undecided on this page.", "plain"))
        turn_page(self._screen, shown)

    def shown_read(self) -> None:
        """All that is undecided in the list becomes read; asks where that reaches off the screen."""
        screen = self._screen
        papers = [paper for i, paper in enumerate(screen.desk.rows) if screen.desk.is_undecided(i)]
        if not papers:
            screen.say(("Nothing undecided here.", "plain"))
            return
        question, yes = ASKED["done"]
        self.sure(question, papers, partial(self.decide, "done", papers, VERBS["done"]), yes=yes)

    # -- tags and notes -----------------------------------------------------------------------

    def set_tags(self, papers: Sequence[Paper], sets: Sets) -> bool | None:
        """Put tags on and take them off, as one decision that can be repeated; as `decide` returns.

        Where there was nothing to take off, the act before it is what is repeated.
        """
        before = self.last_tags, self._again
        self.last_tags = sets
        self._again = lambda papers: self.tag(papers, sets)
        verb = "tag" if any(sets.values()) else "untag"
        changed = self.decide(verb, papers, sets)
        if changed is False:
            so = "already " + act_words(verb, sets)
            if verb == "untag":
                self.last_tags, self._again = before
                so = f"not tagged {_named(sets, False)}"
            self._screen.say(*acted(so, papers))
        return changed

    def tag(self, papers: Sequence[Paper], sets: Sets) -> None:
        """The same, asking first where it reaches far."""
        self.sure(_tag_words(sets), papers, partial(self.set_tags, papers, sets), sets=sets)

    def tag_again(self, count: int = 1) -> None:
        """The tags given last."""
        screen = self._screen
        if not self.last_tags:
            screen.say(
                ("No tag to repeat yet; ", "plain"),
                (screen.key("paper.tag"), "key"),
                (" asks for one.", "plain"),
            )
        elif papers := self.reached(count):
            self.tag(papers, self.last_tags)
        else:
            self.lack()

    def set_note(self, papers: Sequence[Paper], note: str) -> bool | None:
        """Keep a note, the same of all, or take it off where it is empty; as `decide` returns."""
        changed = self.decide("note", papers, {"note": note})
        if changed is False:
            self._screen.say(("The note is as it was.", "plain"))
        return changed

    # -- forgetting ---------------------------------------------------------------------------

    def forget(self, loss: Loss) -> None:
        """Take papers out of a digest, show what is left and say what became of them."""
        self._screen.waiting.attempt(partial(self._forget, loss))

    def _forget(self, loss: Loss) -> None:
        screen = self._screen
        made = self._kept(lambda: screen.library.forget(loss) or False)
        if not isinstance(made, Decision):
            return
        screen.repaint(made.papers)
        stay = f", {loss.stay:,} {'stays' if loss.stay == 1 else 'stay'}" if loss.stay else ""
        words = f"{forgot(made.sets, digest=screen.library.digest_name)}: "
        words += f"{counted(loss.leave, 'paper is', 'papers are')} gone{stay}"
        back = " brings it back" if len(made.papers) == 1 else " brings them back"
        screen.say((f"{words}  ", "plain"), (screen.key("history.undo"), "key"), (back, "soft"))

    # -- taking back --------------------------------------------------------------------------

    def undo(self) -> None:
        """Take back the last act made here."""
        self._screen.waiting.attempt(self._undo)

    def _undo(self) -> None:
        made = self._kept(lambda: self._screen.library.undo() or False)
        self._turned("took back: ", made, "Nothing to take back.")

    def redo(self) -> None:
        """Do again what was undone last."""
        self._screen.waiting.attempt(self._redo)

    def _redo(self) -> None:
        made = self._kept(lambda: self._screen.library.redo() or False)
        self._turned("did again: ", made, "Nothing to do again.")

    def _turned(self, words: str, made: "Takeback | bool | None", nothing: str) -> None:
        screen = self._screen
        if not isinstance(made, Takeback):
            if made is False:
                screen.say((nothing, "plain"))
            return
        papers = [paper for key in made.papers if (paper := screen.library.paper(key))]
        screen.selecting.settle()
        screen.repaint(made.papers)
        is_all_there = len(papers) == len(made.papers)
        how = screen.going.find_again(papers) if is_all_there else ""
        screen.say(*turned(screen.library, words, made), (how, "soft"))


def _tag_words(sets: Sets) -> str:
    """What is asked before so many papers are tagged."""
    on, off = _named(sets, True), _named(sets, False)
    if on:
        return f"Tag {{}} with {on}" + (f" and take {off} off" if off else "")
    return f"Free {{}} of {off}"


def _named(sets: Sets, on: bool) -> str:
    """The tags that are put on, or those that are taken off."""
    return " ".join(f"#{clean(name.removeprefix(TAG))}" for name, value in sets.items() if bool(value) is on)
