"""The desk: which rows lie there, what stays among them, and which paper to go to."""

from datetime import timedelta
from pathlib import Path

import pytest
from sittings import MORNING, NAMES, library, reading, records

from tui.papers.library import Library
from tui.papers.query import EVERYTHING, parse
from tui.papers.triage import VERBS
from tui.papers.view import BUILT_IN, Views
from tui.ui.desk import JUMPS, Desk, opening


@pytest.fixture
def held(tmp_path: Path) -> Library:
    return library(tmp_path / "library", records(NAMES[:8]))


@pytest.fixture
def desk(held: Library) -> Desk:
    return Desk(held, BUILT_IN[0])


def names(desk: Desk) -> str:
    """The first letters of the rows."""
    return "".join(paper.title[0] for paper in desk.rows)


def named(desk: Desk, letter: str) -> str:
    """The id of the paper whose title begins so."""
    return next(i for i, paper in desk.library.papers.items() if paper.title.startswith(letter))


def letter(desk: Desk, paper_id: str) -> str:
    return desk.library.papers[paper_id].title[0]


def decide(desk: Desk, verb: str, letters: str) -> None:
    desk.library.decide(verb, [named(desk, one) for one in letters], VERBS[verb])


def test_rows_stay_until_the_view_is_laid_out_anew(desk: Desk) -> None:
    """What was decided keeps its row; `again` lets it go and names the nearest paper left."""
    decide(desk, "star", "AC")
    assert names(desk) == "ABCDEFGH"
    assert [desk.is_undecided(n) for n in range(4)] == [False, True, False, True]
    assert letter(desk, desk.again(named(desk, "C"))) == "D"
    assert names(desk) == "BDEFGH"


def test_the_nearest_is_above_where_nothing_is_below(desk: Desk) -> None:
    """At the end of the list the cursor goes up."""
    decide(desk, "done", "GH")
    assert letter(desk, desk.again(named(desk, "H"))) == "F"


def test_undecided_rows_are_found_in_both_directions(desk: Desk) -> None:
    """From a row, without it; None at the ends."""
    decide(desk, "done", "BCH")
    assert desk.undecided(0) == 3
    assert desk.undecided(3, -1) == 0
    assert desk.undecided(6) is None
    assert desk.undecided(0, -1) is None
    assert desk.undecided_above(3) == 1
    assert desk.undecided_above(99) == 5


def test_a_filter_narrows_what_lies_there(desk: Desk) -> None:
    """Decided rows are found with the rest, and all are back without it."""
    decide(desk, "star", "A")
    assert letter(desk, desk.narrow(parse("is:starred"), named(desk, "F"))) == "A"
    assert (names(desk), desk.whole) == ("A", 8)
    assert letter(desk, desk.narrow(EVERYTHING, named(desk, "A"))) == "A"
    assert names(desk) == "ABCDEFGH"


def test_a_filter_that_finds_nothing_forgets_no_place(desk: Desk) -> None:
    """Dropped, it leads back to the paper from which it was asked."""
    desk.narrow(parse("xxxx"), named(desk, "E"))
    assert desk.rows == []
    assert letter(desk, desk.narrow(EVERYTHING)) == "E"


def test_the_nearest_is_measured_in_the_whole_view(desk: Desk) -> None:
    """However the words change, the paper to go to is the one nearest to where one began."""
    at = named(desk, "D")
    assert letter(desk, desk.narrow(parse("bellows"), at)) == "B"
    assert letter(desk, desk.narrow(parse("e"), at)) == "D"
    assert letter(desk, desk.narrow(parse("goblet"), at)) == "G"


def test_another_view_keeps_order_and_filter(desk: Desk) -> None:
    """And stays on the paper, or goes to the one last looked at there, or the nearest."""
    decide(desk, "star", "BDF")
    desk.order("title", True)
    assert names(desk) == "HGFEDCBA"
    assert letter(desk, desk.open("starred", named(desk, "D"))) == "D"
    assert names(desk) == "FDB"
    assert letter(desk, desk.open("inbox", named(desk, "B"))) == "C"
    desk.narrow(parse("fiddle"), named(desk, "H"))
    desk.open("all", named(desk, "H"))
    assert (names(desk), desk.view.order, desk.view.reverse) == ("F", "title", True)


def test_the_tabs_do_not_wrap(desk: Desk) -> None:
    """Beyond the ends they stay."""
    assert [desk.beside(step) for step in (-1, 1, 2, 9)] == ["inbox", "starred", "later", "new"]


def test_an_order_arranges_what_lies_there(desk: Desk) -> None:
    """Decided rows and the filter stay."""
    decide(desk, "done", "C")
    desk.narrow(parse("-bellows"))
    desk.order("title", True)
    assert names(desk) == "HGFEDCA"
    desk.order("digest")
    assert names(desk) == "ACDEFGH"


def test_going_back(desk: Desk) -> None:
    """The last place left that is on the desk and not where one is; each once."""
    for one in "ABBC":
        desk.leave(named(desk, one))
    desk.leave("")
    assert letter(desk, desk.back(named(desk, "C")) or "") == "B"
    assert letter(desk, desk.back("") or "") == "A"
    assert desk.back("") is None


def test_going_back_passes_over_what_is_gone(desk: Desk) -> None:
    """A place of the same view and filter that is no longer on the desk."""
    desk.leave(named(desk, "A"))
    desk.leave(named(desk, "B"))
    decide(desk, "done", "B")
    desk.again("")
    assert letter(desk, desk.back("") or "") == "A"


def test_going_back_opens_filter_and_view_again(desk: Desk) -> None:
    """As they were left, with the nearest paper where the one left is no longer held."""
    decide(desk, "star", "C")
    desk.again("")
    desk.leave(named(desk, "B"))
    desk.narrow(parse("dagger OR easel OR goblet"))
    desk.leave(named(desk, "D"))
    desk.open("all", named(desk, "D"))
    desk.narrow()
    decide(desk, "done", "D")
    assert letter(desk, desk.back(named(desk, "A")) or "") == "E"
    assert (desk.view.name, str(desk.view.filter), names(desk)) == (
        "inbox",
        "dagger OR easel OR goblet",
        "EG",
    )
    assert letter(desk, desk.back(named(desk, "E")) or "") == "B"
    assert (desk.view.filter, names(desk)) == (EVERYTHING, "ABEFGH")


def test_going_back_forgets_the_oldest(desk: Desk) -> None:
    """So many places are remembered and no more."""
    for number in range(JUMPS * 3):
        desk.leave(named(desk, "AB"[number % 2]))
    places = 0
    while desk.back(""):
        places += 1
    assert places == JUMPS


def test_papers_that_come_find_their_rows(desk: Desk, held: Library) -> None:
    """New ones in order, those decided here in theirs."""
    decide(desk, "star", "A")
    held.add(reading(records(["Zebra", "Yak"]), "second", MORNING - timedelta(days=1)))
    desk.renew()
    assert names(desk) == "ABCDEFGHZY"
    desk.order("title")
    desk.narrow(parse("-zebra"))
    held.add(reading(records(["Quagga"]), "third", MORNING - timedelta(days=2)))
    desk.renew()
    assert names(desk) == "ABCDEFGHQY"


@pytest.mark.parametrize(
    ("asked", "got"),
    [
        (("later", "title", True), ("later", "title", True)),
        (("gone", "newest", False), ("inbox", "newest", False)),
        (("all", "gone", True), ("all", "digest", False)),
    ],
)
def test_opening(asked: tuple[str, str, bool], got: tuple[str, str, bool]) -> None:
    """Names that are known are taken, others fall back on the first."""
    view = opening(Views(), *asked, parse("x"))
    assert (view.name, view.order, view.reverse) == got
    assert str(view.filter) == "x"
