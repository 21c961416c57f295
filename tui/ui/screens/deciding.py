"""What decides: verdicts, tags, notes, whole pages, undo and redo; each one call of the library."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from tui.papers.library import Takeback
from tui.papers.paper import Paper
from tui.papers.saying import act as act_words
from tui.papers.saying import counted
from tui.papers.triage import Decision
from tui.ui.messages import Piece, acted, takes_back
from tui.ui.screens.turning import turned
from tui.ui.verdicts import Act, verdict
from tui.ui.widgets.prompt import Answer, Question

if TYPE_CHECKING:
    from tui.ui.screens.triage import TriageScreen

#: what is said where taking back changes nothing; the others were "already" so
_SO = {"unstar": "was not starred", "unread": "was not read", "now": "was not put off"}
_Result = TypeVar("_Result")
#: an act on more papers than this asks first, if some of them are off the screen
MANY = 10


class Deciding:
    """The acts of a triage screen, and the last of them to repeat."""

    def __init__(self, screen: "TriageScreen") -> None:
        self._screen = screen
        self._again: Callable[[Paper], object] | None = None
        self.last_tags: Mapping[str, bool | str] = {}

    # -- verdicts -----------------------------------------------------------------------------

    def verdict(self, command_id: str, count: int = 1) -> None:
        """Let a verdict key act on the paper under the cursor, or on so many from there on."""
        screen, papers = self._screen, self.reached(count)
        if not papers:
            screen.say(("No paper here.", "plain"))
            return
        self._act(verdict(command_id, screen.library.triage(papers[0].id)), papers)

    def reached(self, count: int = 1) -> Sequence[Paper]:
        """The papers that an act is about now: so many from the cursor on."""
        start = self._screen.papers.cursor
        return self._screen.desk.rows[start : start + count]

    def _act(self, act: Act, papers: Sequence[Paper]) -> None:
        self._again = lambda paper: self._act(act, [paper])
        self._screen.waiting.attempt(partial(self._acted, act, papers))

    def _acted(self, act: Act, papers: Sequence[Paper]) -> None:
        changed = self.decide(act.verb, papers, act.sets)
        if changed is False:
            so = _SO.get(act.verb) or f"already {act_words(act.verb, act.sets)}"
            self._screen.say(*acted(so, papers))
        if changed is not None and act.steps:
            self._step(papers[-1])

    def decide(
        self, verb: str, papers: Sequence[Paper], sets: Mapping[str, bool | str], many: str = ""
    ) -> bool | None:
        """Decide, show it and say it; False where all was so already, None where it could not be kept."""
        screen = self._screen
        keys = [paper.id for paper in papers]
        made = self._kept(lambda: screen.library.decide(verb, keys, sets) or False)
        if not isinstance(made, Decision):
            return made
        changed = [paper for key in made.papers if (paper := screen.library.paper(key))]
        screen.repaint(made.papers)
        undo = screen.key("history.undo")
        screen.say(*acted(act_words(verb, sets), changed, many), *takes_back(undo, len(changed)))
        return True

    def _kept(self, write: Callable[[], _Result]) -> _Result | None:
        return self._screen.waiting.kept(write)

    def _step(self, last: Paper) -> None:
        """Go on from the last paper of an act, as the user has it."""
        screen, desk = self._screen, self._screen.desk
        index = desk.index_of(last.id)
        advance = screen.given.advance
        if index is None or advance == "stay":
            return
        if advance == "next-undecided" and desk.view.name == "inbox":
            following = desk.undecided(index)
            if following is None:
                screen.add(*self._at_end(index))
            else:
                screen.papers.go(following)
        elif index + 1 < len(desk.rows):
            screen.papers.go(index + 1)
        else:
            screen.add(("This is the last one.", "soft"))

    def _at_end(self, index: int) -> list[Piece]:
        screen = self._screen
        above = screen.desk.undecided_above(index)
        if above:
            first, following = screen.key("list.first"), screen.key("list.next_unread")
            here = "these" if screen.desk.view.filter else "the inbox"
            words = f"Last one of {here}. {above:,} above {'is' if above == 1 else 'are'} still undecided: "
            keys = first if screen.desk.is_undecided(0) else f"{first} {following}"
            return [(words, "soft"), (keys, "key")]
        if screen.desk.view.filter:
            return [
                ("All of these are decided. ", "soft"),
                (screen.key("app.back"), "key"),
                (" shows the others.", "soft"),
            ]
        starred = screen.library.counts()["starred"]
        if not starred:
            return [("The inbox is empty.", "soft")]
        return [
            ("The inbox is empty. ", "soft"),
            (screen.key("export.write"), "key"),
            (f" writes the {starred} starred.", "soft"),
        ]

    def repeat(self) -> None:
        """The last act on the paper under the cursor."""
        screen = self._screen
        if screen.papers.paper is None or self._again is None:
            screen.say(("No act to repeat yet.", "plain"))
        else:
            self._again(screen.papers.paper)

    # -- many at once -------------------------------------------------------------------------

    def page_done(self) -> None:
        """What is undecided among the rows wholly on the screen becomes read, and the page turns."""
        screen = self._screen
        shown = screen.shown_rows()
        papers = [screen.desk.rows[i] for i in shown if screen.desk.is_undecided(i)]
        screen.waiting.attempt(partial(self._page_done, shown, papers))

    def _page_done(self, shown: range, papers: Sequence[Paper]) -> None:
        screen = self._screen
        done = Act("done", verdict("paper.done", screen.library.triage("")).sets)
        if papers:
            many = f"{counted(len(papers), 'paper')} of this page"
            if not self.decide(done.verb, papers, done.sets, many):
                return
        else:
            screen.say(("Nothing undecided on this page.", "plain"))
        if shown.stop >= len(screen.desk.rows):
            screen.add(*self._at_end(shown.stop))
            return
        screen.papers.go(shown.stop, top=True)
        following = screen.desk.undecided(shown.stop - 1)
        if following is not None:
            screen.papers.go(following)

    def shown_read(self) -> None:
        """All that is undecided in the list becomes read; asks where that reaches off the screen."""
        screen = self._screen
        papers = [paper for i, paper in enumerate(screen.desk.rows) if screen.desk.is_undecided(i)]
        seen = screen.shown_rows()
        hidden = sum(1 for i in range(len(screen.desk.rows)) if i not in seen and screen.desk.is_undecided(i))
        if not papers:
            screen.say(("Nothing undecided here.", "plain"))
        elif len(papers) <= MANY or not hidden:
            self._read(papers)
        else:
            question = f"Mark {len(papers):,} papers read, {hidden:,} of them not on the screen?"
            keys: list[Piece] = [
                ("y", "key"),
                (" mark them   ", "plain"),
                ("any other key", "key"),
                (" leaves them", "plain"),
            ]
            left = lambda text: screen.say(("Left as they were.", "plain"))  # noqa: E731
            screen.ask(
                Question(
                    question,
                    lambda text: Answer(under=keys),
                    left=left,
                    choices={"y": lambda: self._read(papers)},
                )
            )

    def _read(self, papers: Sequence[Paper]) -> None:
        act = verdict("paper.mark_read", self._screen.library.triage(papers[0].id))
        self._screen.waiting.attempt(partial(self.decide, "done", papers, act.sets))

    # -- tags and notes -----------------------------------------------------------------------

    def set_tags(self, papers: Sequence[Paper], sets: Mapping[str, bool | str]) -> bool | None:
        """Put tags on and take them off, as one decision that can be repeated; as `decide` returns."""
        self.last_tags = sets
        self._again = lambda paper: self._tag([paper], sets)
        verb = "tag" if any(sets.values()) else "untag"
        changed = self.decide(verb, papers, sets)
        if changed is False:
            self._screen.say(*acted("already " + act_words(verb, sets), papers))
        return changed

    def _tag(self, papers: Sequence[Paper], sets: Mapping[str, bool | str]) -> None:
        self._screen.waiting.attempt(partial(self.set_tags, papers, sets))

    def tag_again(self, count: int = 1) -> None:
        """The tags given last."""
        screen, papers = self._screen, self.reached(count)
        if not self.last_tags:
            screen.say(
                ("No tag to repeat yet; ", "plain"),
                (screen.key("paper.tag"), "key"),
                (" asks for one.", "plain"),
            )
        elif papers:
            self._tag(papers, self.last_tags)

    def set_note(self, paper: Paper, note: str) -> bool | None:
        """Keep a note, or take it off where it is empty; as `decide` returns."""
        changed = self.decide("note", [paper], {"note": note})
        if changed is False:
            self._screen.say(("The note is as it was.", "plain"))
        return changed

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
        screen.repaint(made.papers)
        how = screen.going.find_again(papers)
        screen.say(*turned(screen.library, words, made), (how, "soft"))
