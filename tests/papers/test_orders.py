"""Where a paper stands in a list."""

import itertools
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.papers.library import Library
from tui.papers.orders import arranged, day_of, relevance
from tui.papers.paper import Paper, Sighting
from tui.papers.query import parse
from tui.papers.triage import VERBS
from tui.papers.view import ORDERS, View

steady = settings(derandomize=True, deadline=None, database=None, max_examples=60)
MONDAY = datetime(2026, 11, 16, 7, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def library(make: SimpleNamespace) -> Library:
    """Two files read on Monday, two on Tuesday; C is on three pages."""
    made = make.library()
    pages = (
        ("m1", MONDAY, None, [("C", None), ("A", date(2024, 5, 1))]),
        ("m2", MONDAY, date(2026, 11, 13), [("E", None), ("B", date(2023, 1, 1))]),
        ("t1", TUESDAY, None, [("G", None), ("C", None), ("D", date(2024, 5, 1))]),
        ("t2", TUESDAY, date(2024, 5, 1), [("é2", None), ("C", None), ("H", None)]),
    )
    for name, imported, day, papers in pages:
        records = [make.record(title, f"abstract of {title}", published=when) for title, when in papers]
        made.add(
            make.reading(*records, digest_id=name.ljust(12, "0"), name=name, imported=imported, date=day)
        )
    return made


def titles(library: Library, order: str, reverse: bool = False) -> str:
    return "".join(paper.title for paper in library.list(View("all").ordered(order, reverse)))


def test_digest_order_is_newest_import_first_then_as_read(library: Library) -> None:
    """C stands on Monday's first page, where it was seen first."""
    assert titles(library, "digest") == "GDé2HCAEB"
    assert titles(library, "digest", reverse=True) == "BEACHé2DG"


def test_newest_goes_by_date_with_the_undated_by_their_digest_or_import(library: Library) -> None:
    """A, C, D and both of page t2 are of one day: they stand as in the digests, and so they do reversed."""
    assert titles(library, "newest") == "GEDé2HCAB"
    assert titles(library, "oldest") == "BDé2HCAEG"
    assert titles(library, "newest", reverse=True) == titles(library, "oldest")
    assert titles(library, "oldest", reverse=True) == titles(library, "newest")


def test_titles_sort_as_folded_words(library: Library) -> None:
    assert titles(library, "title") == "ABCDEé2GH"
    assert titles(library, "title", reverse=True) == "HGé2EDCBA"


def test_equal_titles_stand_as_in_the_digests(make: SimpleNamespace) -> None:
    library = make.library(*(make.record("The Same-Title", f"abstract {n}") for n in range(5)))
    as_read = [library.abstract(paper) for paper in library.list(View("all"))]
    assert as_read == [f"abstract {n}" for n in range(5)]
    for reverse in (False, True):
        again = library.list(View("all").ordered("title", reverse))
        assert [library.abstract(paper) for paper in again] == as_read


def test_a_day_is_the_papers_own_else_its_first_digests_else_that_of_its_import(library: Library) -> None:
    days = {paper.title: day_of(paper, library.digests) for paper in library.papers.values()}
    assert days["B"] == date(2023, 1, 1)
    assert days["E"] == date(2026, 11, 13)
    assert days["C"] == date(2024, 5, 1)
    assert days["G"] == date(2026, 11, 17)


def test_papers_of_a_lost_digest_come_last(make: SimpleNamespace) -> None:
    """As after a crash in the middle of an import, or where a line of `digests` is damaged."""
    library = make.library(make.record("A", "a"), make.record("B", "b"))
    known = list(library.papers.values())
    lost = Paper(id="0" * 12, title="L", added=MONDAY, sightings=(Sighting("f" * 12, 1),))
    unseen = Paper(id="1" * 12, title="U", added=MONDAY)
    for mixed in itertools.permutations([*known, lost, unseen]):
        placed = arranged(mixed, library.digests, "digest", False)
        assert [paper.title for paper in placed] == ["A", "B", "U", "L"]


def named(library: Library, letter: str) -> str:
    return next(paper.id for paper in library.papers.values() if paper.title == letter)


def test_what_came_last_is_added_last(library: Library) -> None:
    """C was there on Monday; the papers of one import stand as in the digests, whichever way round."""
    assert titles(library, "added") == "GDé2HCAEB"
    assert titles(library, "-added") == "CAEBGDé2H"


def test_the_most_comments_and_upvotes_come_first_and_none_last(make: SimpleNamespace) -> None:
    numbers = {"A": (None, 1), "B": (3, None), "C": (0, 2), "D": (None, 2), "E": (3, 0)}
    library = make.library(*(make.record(t, comments=c, upvotes=u) for t, (c, u) in numbers.items()))
    assert titles(library, "comments") == "BECAD"
    assert titles(library, "-comments") == "CBEAD"
    assert titles(library, "upvotes") == "CDAEB"
    assert titles(library, "-upvotes") == "EACDB"


def test_what_was_starred_last_comes_first_and_the_unstarred_last(library: Library) -> None:
    """By the act that starred it; one that was taken back, or unstarred since, does not count."""
    for letters in ("A", "E", "HD", "B"):
        library.decide("star", [named(library, letter) for letter in letters], VERBS["star"])
    library.decide("unstar", [named(library, "E")], VERBS["unstar"])
    assert titles(library, "starred") == "BDHAGé2CE"
    assert titles(library, "-starred") == "ADHBGé2CE"
    library.decide("star", [named(library, "A")], VERBS["later"])
    library.decide("unstar", [named(library, "A")], VERBS["unstar"])
    library.decide("star", [named(library, "A")], VERBS["star"])
    assert titles(library, "starred") == "ABDHGé2CE"
    library.undo()
    library.undo()
    assert titles(library, "starred") == "BDHAGé2CE"


def test_the_best_match_comes_first(make: SimpleNamespace) -> None:
    """Whole words before parts, the title before the abstract, more words before fewer, then the earlier."""
    pages = (
        ("Other", "a study of minikernels"),
        ("Subkernels", "none"),
        ("Some", "on the kernel and"),
        ("More", "kernel"),
        ("A kernel", "none"),
        ("Kernel", "none"),
        ("Kernel too", "a kernel"),
    )
    library = make.library(*(make.record(*page) for page in pages))
    view = View("all", filter=parse("kernel OR and")).ordered("relevance")
    assert [paper.title for paper in library.list(view)] == [
        *("Kernel too", "Kernel", "A kernel", "Some", "More", "Subkernels", "Other")
    ]
    first = [paper.title for paper in library.list(view.ordered("-relevance"))]
    assert first == ["Other", "Subkernels", "More", "Some", "A kernel", "Kernel", "Kernel too"]
    assert relevance(["kernel"], "other", "words") is None


def test_without_words_the_best_match_is_digest_order(library: Library) -> None:
    assert titles(library, "relevance") == titles(library, "-relevance") == titles(library, "digest")


def test_two_papers_in_one_place_stand_by_their_ids(library: Library) -> None:
    """As after a merge that left both where one was seen."""
    here = library.papers[named(library, "A")]
    twins = [msgspec.structs.replace(here, id=f"{n:012x}", title=f"{n}") for n in (3, 1, 2)]
    for mixed in itertools.permutations(twins):
        placed = arranged([*library.papers.values(), *mixed], library.digests, "digest", False)
        assert "".join(paper.title for paper in placed) in ("GDé2HC123AEB", "GDé2HCA123EB")


@steady
@given(data=st.data(), order=st.sampled_from(sorted(ORDERS)), reverse=st.booleans())
def test_an_order_does_not_depend_on_what_was_there_before(
    make: SimpleNamespace, data: st.DataObject, order: str, reverse: bool
) -> None:
    library = make.library()
    for number in range(3):
        records = data.draw(
            st.lists(
                st.builds(
                    make.record,
                    title=st.sampled_from("ABab"),
                    abstract=st.sampled_from("xyz"),
                    published=st.none() | st.dates(date(2024, 1, 1), date(2024, 1, 2)),
                ),
                max_size=4,
            )
        )
        imported = MONDAY + timedelta(days=data.draw(st.integers(0, 1)))
        library.add(make.reading(*records, digest_id=f"{number:012x}", imported=imported))
    papers = list(library.papers.values())
    starred = data.draw(st.lists(st.sampled_from(papers), max_size=3)) if papers else []
    for paper in starred:
        library.decide("star", [paper.id], VERBS["star"])
    listed = library.list(View("all", order=order, reverse=reverse))
    assert sorted(p.id for p in listed) == sorted(library.papers)
    placed = arranged(papers, library.digests, order, reverse)
    assert sorted(p.id for p in placed) == sorted(library.papers)
    mixed = data.draw(st.permutations(papers))
    assert arranged(mixed, library.digests, order, reverse) == placed
