"""A sitting: what it came to, in numbers and in a line, and how fast it went."""

import pytest

from tui.papers.saying import lasting
from tui.papers.sitting import Sitting
from tui.papers.triage import VERBS


@pytest.fixture
def clock(make):
    return make.clock()


@pytest.fixture
def library(make, clock):
    return make.library(*(make.record(f"Kettle {number}") for number in range(20)), clock=clock)


@pytest.fixture
def decide(library, clock):
    """Let some seconds pass, then decide about the papers of these numbers."""

    def decide(verb, *numbers, after=10, sets=None):
        clock.tick(after)
        papers = [*library.papers]
        return library.decide(verb, [papers[n] for n in numbers], sets or VERBS[verb])

    return decide


def test_the_line_of_a_sitting(library, decide, clock) -> None:
    """What was decided, how long it took, what is left."""
    sitting = Sitting(library)
    decide("done", 0, 1, 2)
    decide("star", 3)
    decide("later", 4, 5)
    clock.tick(90)
    assert sitting.words() == "3 read, 1 starred, 2 put off in 2 min; 14 left in the inbox"


def test_nothing_decided_nothing_said(library, clock) -> None:
    """Looking around is no news."""
    sitting = Sitting(library)
    clock.tick(500)
    assert sitting.words() == ""


def test_what_was_decided_before_is_not_counted(library, decide) -> None:
    """A sitting begins with itself."""
    decide("star", 0)
    sitting = Sitting(library)
    assert sitting.words() == ""
    decide("star", 1)
    assert sitting.words() == "1 starred in 10 s; 18 left in the inbox"


def test_the_last_paper(library, decide) -> None:
    """An inbox with nothing in it is called empty."""
    sitting = Sitting(library)
    decide("done", *range(20))
    assert sitting.words() == "20 read in 10 s; the inbox is empty"


def test_a_paper_counts_once_as_it_is_now(library, decide) -> None:
    """Put off, then starred: starred."""
    sitting = Sitting(library)
    decide("later", 0)
    decide("star", 0)
    assert (sitting.sum().later, sitting.sum().starred, sitting.sum().decided) == (0, 1, 1)


def test_what_was_done_here_counts(library, decide) -> None:
    """Whatever was decided another day: the last verdict of the sitting that was not let go of."""
    decide("star", 0, 1, 2)
    sitting = Sitting(library)
    decide("done", 0)
    assert sitting.words() == "1 read in 10 s; 17 left in the inbox"
    decide("done", 3)
    decide("star", 3)
    decide("unstar", 3)
    assert (sitting.sum().read, sitting.sum().starred) == (2, 0)
    decide("done", 1)
    decide("unstar", 1)
    decide("unread", 1)
    decide("unstar", 2)
    assert (sitting.sum().read, sitting.sum().put_back) == (2, 2)


def test_tags_and_notes(library, decide) -> None:
    """Alone they say nothing of the inbox; taken off again they are not counted."""
    sitting = Sitting(library)
    decide("tag", 0, 1, sets={"tag:audio": True})
    decide("untag", 1, sets={"tag:audio": False})
    decide("tag", 2, sets={"tag:ssm": True})
    decide("note", 3, sets={"note": "ask her"})
    assert sitting.words() == "2 tagged, 1 noted in 40 s"
    decide("star", 0)
    assert sitting.words() == "1 starred, 2 tagged, 1 noted in 50 s; 19 left in the inbox"


def test_what_came_back_to_the_inbox(library, decide) -> None:
    """A paper decided before and let go of is put back; one decided here and let go of is nothing."""
    decide("star", 0)
    sitting = Sitting(library)
    decide("unstar", 0)
    decide("star", 1)
    decide("unstar", 1)
    assert sitting.words() == "1 put back in 30 s; 20 left in the inbox"


def test_taken_back(library, decide) -> None:
    """An act that was taken back counts no more; one given back counts again."""
    sitting = Sitting(library)
    decide("star", 0)
    decide("done", 1, 2)
    library.undo()
    assert sitting.words() == "1 starred in 20 s; 19 left in the inbox"
    assert sitting.sum().taken_back == 1
    library.undo()
    assert sitting.words() == "2 taken back in 20 s; 20 left in the inbox"
    library.redo()
    assert sitting.sum().taken_back == 1
    assert sitting.words() == "1 starred in 20 s; 19 left in the inbox"


def test_an_act_of_another_day_taken_back(library, decide) -> None:
    """That is news, too."""
    decide("star", 0)
    sitting = Sitting(library)
    library.undo()
    assert sitting.words() == "1 taken back in 1 s; 20 left in the inbox"


def test_what_another_library_decides_is_not_counted(make, clock) -> None:
    """Two programs on one folder each have a sitting of their own."""
    disk = make.disk()
    mine = make.library(make.record("Kettle"), make.record("Urn"), store=make.store(disk), clock=clock)
    theirs = make.library(store=make.store(disk), clock=clock)
    sitting = Sitting(mine)
    theirs.decide("star", list(theirs.papers)[:1], VERBS["star"])
    mine.refresh()
    assert sitting.words() == ""
    assert sitting.sum().left == 1


def test_somebody_who_was_away_did_not_decide(library, decide, clock) -> None:
    """Of a pause five minutes count; a clock that is put back takes nothing away."""
    sitting = Sitting(library)
    decide("done", 0, after=60)
    decide("done", 1, after=7_200)
    decide("done", 2, after=-3_600)
    clock.tick(30)
    assert sitting.sum().seconds == 60 + 300 + 30


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        *((0, "1 s"), (0.4, "1 s"), (40, "40 s"), (59.4, "59 s"), (59.6, "1 min"), (89, "1 min")),
        *((540, "9 min"), (3_569, "59 min"), (3_580, "1 h"), (4_320, "1 h 12 min"), (7_200, "2 h")),
        (4_000_000, "1,111 h 7 min"),
    ],
)
def test_how_long(seconds, words) -> None:
    """Seconds below a minute, minutes below an hour, then both hours and minutes."""
    assert lasting(seconds) == words


def test_pace(library, decide) -> None:
    """The median over verdicts, of many at once a share each; pauses do not count, nor do tags."""
    sitting = Sitting(library)
    decide("done", 0, after=8)
    decide("done", 1, after=10)
    assert sitting.pace is None
    decide("done", 2, 3, 4, 5, after=48)
    assert sitting.pace == 10
    decide("tag", 6, after=1, sets={"tag:x": True})
    decide("done", 6, after=3_000)
    assert sitting.pace == 10


def test_what_is_to_come(library, decide) -> None:
    """As many seconds a paper as the whole sitting took: the numbers shown beside it say the same."""
    sitting = Sitting(library)
    decide("done", 0, 1, 2, 3, after=100)
    assert sitting.sum().to_come is None
    decide("star", *range(4, 10), after=20)
    assert sitting.sum().to_come == 120 / 10 * 10
