"""Which records are one paper, and what that paper then is."""

from datetime import date, timedelta
from types import SimpleNamespace

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.papers.identity import PENDING, bare_id, is_bare, join, paper_of, preferred
from tui.papers.paper import Paper, Record, Sighting
from tui.papers.text import key_of

steady = settings(derandomize=True, deadline=None, database=None, max_examples=150)

records = st.builds(
    Record,
    title=st.sampled_from(["Swin", "swin!", "SWIN", "Mamba", "Ma-mba"]),
    abstract=st.sampled_from(["", "…", "one two", "One, two", "three"]),
    authors=st.lists(st.sampled_from(["He", "Li"]), max_size=2).map(tuple),
    authors_count=st.none() | st.integers(0, 3),
    published=st.none() | st.dates(date(2024, 1, 1), date(2024, 1, 3)),
    year_inferred=st.booleans(),
    comments=st.none() | st.integers(0, 2),
    upvotes=st.none() | st.integers(0, 2),
    arxiv_id=st.sampled_from([None, "2401.00001", "2401.00002"]),
    links=st.lists(st.sampled_from(["https://a", "https://b"]), max_size=3).map(tuple),
)


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    """A paper joined from one to four records of two digests."""
    moment = msgspec.json.decode(b'"2026-11-20T07:00:00Z"', type=Paper.__annotations__["added"])
    made = [
        paper_of(
            draw(records),
            Sighting(draw(st.sampled_from("pq")), draw(st.integers(1, 3))),
            moment + timedelta(hours=draw(st.integers(0, 2))),
        )
        for _ in range(draw(st.integers(1, 4)))
    ]
    paper = made[0]
    for other in made[1:]:
        paper = join(paper, other)
    return paper


@steady
@given(papers(), papers())
def test_joining_is_commutative(one: Paper, other: Paper) -> None:
    assert join(one, other) == join(other, one)


@steady
@given(papers(), papers(), papers())
def test_joining_is_associative(one: Paper, two: Paper, three: Paper) -> None:
    assert join(join(one, two), three) == join(one, join(two, three))


@steady
@given(papers(), papers())
def test_joining_is_idempotent(one: Paper, other: Paper) -> None:
    assert join(one, one) == one
    both = join(one, other)
    assert join(both, one) == both
    assert join(both, both) == both


def joined(make: SimpleNamespace, *facts: dict[str, object]) -> Paper:
    """The paper of these records, each of its own digest and an hour after the one before."""
    clock = make.clock()
    made = [
        paper_of(make.record("Swin", "one", **fact), Sighting(f"d{n}", 1), clock.tick(3600))
        for n, fact in enumerate(facts)
    ]
    paper = made[0]
    for other in made[1:]:
        paper = join(paper, other)
    return paper


def test_an_explicit_date_beats_an_inferred_one_then_the_earlier(make: SimpleNamespace) -> None:
    early, late = date(2024, 1, 1), date(2024, 12, 31)
    paper = joined(make, {"published": early, "year_inferred": True}, {"published": late}, {})
    assert (paper.published, paper.year_inferred) == (late, False)
    paper = joined(make, {"published": late}, {"published": early})
    assert paper.published == early
    paper = joined(make, {}, {"published": late, "year_inferred": True})
    assert (paper.published, paper.year_inferred) == (late, True)
    paper = joined(make, {}, {"year_inferred": True})
    assert (paper.published, paper.year_inferred) == (None, False)


def test_the_larger_numbers_and_the_longer_author_list_win(make: SimpleNamespace) -> None:
    paper = joined(
        make,
        {"comments": 0, "upvotes": 9, "authors": ("He", "Li"), "links": ("https://b",)},
        {"comments": 3, "authors": ("Zhu",), "authors_count": 7, "links": ("https://a", "https://b")},
    )
    assert (paper.comments, paper.upvotes, paper.authors_count) == (3, 9, 7)
    assert paper.authors == ("He", "Li")
    assert paper.links == ("https://a", "https://b")
    assert paper.sightings == (Sighting("d0", 1), Sighting("d1", 1))
    assert paper.added.hour == 8


def test_of_two_spellings_the_longer_then_the_smaller() -> None:
    assert preferred("Swin", "Swin!") == preferred("Swin!", "Swin") == "Swin!"
    assert preferred("swin", "SWIN") == preferred("SWIN", "swin") == "SWIN"


@pytest.mark.parametrize(("abstract", "bare"), [("", True), (" …\n", True), ("a", False), ("数", False)])
def test_a_record_whose_abstract_says_nothing_is_bare(
    make: SimpleNamespace, abstract: str, bare: bool
) -> None:
    paper = paper_of(make.record("T", abstract), Sighting("d", 1), make.clock()())
    assert is_bare(paper) is bare
    assert paper.abstract_at == (None if bare else PENDING)


def test_a_bare_record_is_kept_under_its_key_and_arxiv_id(make: SimpleNamespace) -> None:
    now = make.clock()()
    assert bare_id(paper_of(make.record("T"), Sighting("d", 1), now)) == key_of("T")
    with_id = paper_of(make.record("T", arxiv_id="2401.00001"), Sighting("d", 1), now)
    assert bare_id(with_id) == f"{key_of('T')}.2401.00001"


def test_a_paper_with_an_abstract_gives_a_joined_bare_one_its_id(make: SimpleNamespace) -> None:
    now = make.clock()()
    whole = paper_of(make.record("T", "text"), Sighting("d", 1), now)
    bare = paper_of(make.record("T"), Sighting("d", 2), now)
    assert join(bare, whole).id == join(whole, bare).id == whole.id
    assert join(bare, whole).keys == tuple(sorted((bare.id, whole.id)))
