"""Writing a note, in the prompt or in an editor: nothing written is lost, nothing overwritten unasked."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from tui.papers.saying import counted, shortened
from tui.ui.messages import Message, Piece
from tui.ui.screens.questions import hints
from tui.ui.widgets.prompt import Answer, Question, seen_lines

if TYPE_CHECKING:
    from tui.papers.paper import Paper
    from tui.ui.screens.triage import TriageScreen

_KEYS: Message = hints(("enter", "keep"), ("alt+enter ctrl+j", "new line"), ("escape", "back"))

_FEWER_KEYS: Message = hints(("enter", "keep"), ("ctrl+j", "line"), ("escape", "back"))


def noting(screen: "TriageScreen", count: int = 1) -> Question | None:
    """Ask for a note of the papers that an act is about; None where there are none."""
    papers = screen.deciding.reached(count)
    return Noting(screen, papers).question() if papers else None


class Noting:
    """One note being written, on one paper or the same on several: these begin with none.

    `before` is the note as it can be shown and edited, `stood` as it was when the writing began.
    """

    def __init__(self, screen: "TriageScreen", papers: Sequence["Paper"]) -> None:
        self._screen, self._papers = screen, papers
        self.stood = self._standing()
        self.before = seen_lines(self.stood)

    def _standing(self) -> str:
        """What stands on the one paper."""
        return self._note_of(self._papers[0]) if len(self._papers) == 1 else ""

    def _note_of(self, paper: "Paper") -> str:
        now = self._screen.library.paper(paper.id) or paper  # it may have been joined with another
        return self._screen.library.triage(now.id).note

    # -- asking -------------------------------------------------------------------------------

    def question(self, text: str | None = None) -> Question:
        """Ask for the note, beginning with this text, or with what stands."""
        several = len(self._papers) > 1
        label = f"note on {counted(len(self._papers), 'paper')}" if several else "note"
        begun = self.before if text is None else text
        return Question(label, self._changed, self._kept, left=self._left, text=begun, lines=True)

    def _changed(self, text: str) -> Answer:
        noted = sum(1 for paper in self._papers if self._note_of(paper)) if len(self._papers) > 1 else 0
        words = f"replaces {counted(noted, 'note')}" if noted else ""
        return Answer(((words, "soft"),) if words else (), self._keys(words))

    def _keys(self, words: str) -> Message:
        """What the keys do, in fewer words where these stand beside it and there is no room for all."""
        room = (
            self._screen.size.width - len(f"note on {counted(len(self._papers), 'paper')}") - len(words) - 5
        )
        return _FEWER_KEYS if words and sum(len(part) for part, _ in _KEYS) > room else _KEYS

    def _kept(self, text: str) -> bool:
        """Keep it, or say in the prompt why that could not be done."""
        if text.strip() == self.before.strip():
            self._unchanged()
            return True
        self._screen.others.look()
        if self._standing() not in (self.stood, text.strip()):
            self._screen.ask(self._changed_elsewhere(text))
            return False
        return self._keep(text)

    def _keep(self, text: str) -> bool:
        screen, note = self._screen, _tidy(text)
        sets = {"note": note}
        if screen.deciding.asks(self._papers, sets):
            write = partial(screen.deciding.set_note, self._papers, note)
            screen.deciding.sure("Write this note on {}", self._papers, write, yes="write it", sets=sets)
            return True
        if screen.deciding.set_note(self._papers, note) is None:
            screen.ask(self.question(text))
            screen.prompt.tell(screen.bars.message)
            return False
        return True

    def _left(self, text: str) -> None:
        if text.strip() != self.before.strip():
            self._screen.ask(self._unsure(text))

    def _unchanged(self) -> None:
        self._screen.say(("The note is as it was.", "plain"))

    def _unsure(self, text: str) -> Question:
        """Escape was pressed, and there are words that nobody keeps yet."""
        keys: Message = hints(("enter", "keep it"), ("d", "drop it"), ("escape", "go on writing"))
        return Question(
            "The note is not kept yet.",
            lambda typed: Answer(keys),
            left=lambda typed: self._screen.ask(self.question(text)),
            choices={"enter": lambda: self._kept(text), "d": self._unchanged},
        )

    def _changed_elsewhere(self, text: str) -> Question:
        """Another papertui wrote to this note since it was begun."""
        theirs = self._standing()
        said = f"“{shortened(' '.join(theirs.split()), 60)}”" if theirs else "none any more"
        under: list[Piece] = [("It is now: ", "soft"), (f"{said}   ", "plain")]
        keys = hints(("enter", "put yours in its place"), ("d", "leave theirs"), ("escape", "go on writing"))
        return Question(
            "Another papertui changed this note meanwhile.",
            lambda typed: Answer([*under, *keys], whole=True),
            left=lambda typed: self._screen.ask(self.question(text)),
            choices={
                "enter": partial(self._keep, text),
                "d": lambda: self._screen.say(("Left the note as the other papertui wrote it.", "plain")),
            },
        )

    # -- the user's own editor ----------------------------------------------------------------

    def edit(self) -> None:
        """Have it written in an editor; what cannot be kept stands in the prompt. Raises PapertuiError."""
        screen = self._screen
        written = screen.app.lend(partial(screen.given.edit, self.before))
        if written is None or seen_lines(written).strip() == self.before.strip():
            self._unchanged()
        else:
            screen.waiting.attempt(partial(self._kept, seen_lines(written)))


def _tidy(text: str) -> str:
    """Without blank lines around it and blanks at the ends of its lines."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())
