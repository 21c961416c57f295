"""How far an act reaches: the papers it is about, and what is asked where many of them are off the screen."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui.papers.paper import Paper
from tui.ui.messages import Piece
from tui.ui.widgets.prompt import Answer, Question

if TYPE_CHECKING:
    from tui.ui.screens.triage import TriageScreen

#: an act on more papers than this asks first, if some of them are off the screen
MANY = 10


def reached(screen: "TriageScreen", count: int = 1) -> Sequence[Paper]:
    """The papers that an act is about now: those selected, else so many from the cursor on."""
    if screen.selecting:
        return screen.selecting.papers
    start = screen.papers.cursor
    return screen.desk.rows[start : start + count]


def lack(screen: "TriageScreen") -> str:
    """Why there is no paper to act on."""
    if not screen.selecting:
        return "No paper here"
    number = screen.selecting.number
    which = "The paper selected is not" if number == 1 else f"None of the {number:,} selected is"
    return f"{which} in this list; {screen.key('app.back')} lets go"


def off_screen(screen: "TriageScreen", papers: Sequence[Paper]) -> int:
    """How many of these cannot be seen now; 0 where they are too few to ask about."""
    if len(papers) <= MANY:
        return 0
    rows = screen.desk.rows
    seen = {rows[row].id for row in screen.shown_rows()}
    return sum(paper.id not in seen for paper in papers)


def sure(
    screen: "TriageScreen", words: str, yes: str, number: int, unseen: int, act: Callable[[], object]
) -> Question:
    """Ask whether to do what reaches so far; any other key leaves the papers, and the selection, alone.

    `words` have a {} where the papers stand: "Mark {} read"; `yes` is what the key does: "mark them".
    """
    what = words.replace("{}", f"{number:,} papers", 1)
    those = "all" if unseen == number else f"{unseen:,}"
    keys: list[Piece] = [
        ("y", "key"),
        (f" {yes}   ", "plain"),
        ("any other key", "key"),
        (" leaves them", "plain"),
    ]
    return Question(
        f"{what}, {those} of them not on the screen?",
        lambda text: Answer(under=keys),
        left=lambda text: screen.say(("Left as they were.", "plain")),
        choices={"y": act},
    )
