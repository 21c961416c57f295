"""How records find their papers: whatever their order and grouping, on any store, the same papers.

`expected` is design section 4 written a second time, in the plainest way: over the whole set of
records, with no thought of order, imports or cost.
"""

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tui.papers.library import Library
from tui.papers.paper import Paper, Reading, Record
from tui.papers.text import fold, key_of
from tui.papers.triage import VERBS
from tui.store.database import Database

steady = settings(derandomize=True, deadline=None, database=None, max_examples=120)
MORNING = datetime(2026, 11, 20, 7, tzinfo=UTC)

records = st.builds(
    Record,
    title=st.sampled_from(["Swin", "swin!", "Mamba", "Jamba"]),
    abstract=st.sampled_from(["", "", "…", "one two", "One, two", "three", "four"]),
    authors=st.lists(st.sampled_from(["He", "Li"]), max_size=2).map(tuple),
    authors_count=st.none() | st.integers(0, 2),
    published=st.none() | st.dates(date(2024, 1, 1), date(2024, 1, 2)),
    year_inferred=st.booleans(),
    comments=st.none() | st.integers(0, 2),
    arxiv_id=st.sampled_from([None, None, "2401.00001", "2401.00002"]),
    links=st.lists(st.sampled_from(["https://a", "https://b"]), max_size=1).map(tuple),
)
#: digests as lists of records
piles = st.lists(st.lists(records, min_size=1, max_size=4), min_size=1, max_size=6)


def groups(items: Iterable[Any], linked: Any) -> list[list[Any]]:
    """The items in groups, two being in one where a chain of links leads from one to the other."""
    found: list[list[Any]] = []
    for item in items:
        near = [group for group in found if any(linked(item, other) for other in group)]
        found = [group for group in found if group not in near]
        found.append([item, *(other for group in near for other in group)])
    return found


def expected(readings: Sequence[Reading]) -> dict[str, dict[str, Any]]:
    """The papers that the set of all records makes, by id, each as its fields and its abstract."""
    rows = [
        (record, r.digest.id, position, r.digest.imported)
        for r in readings
        for position, record in enumerate(r.records, 1)
    ]

    def key(row: Any) -> str:
        return key_of(row[0].title, row[0].abstract)

    def same_arxiv(one: Any, other: Any) -> bool:
        return one[0].arxiv_id is not None and one[0].arxiv_id == other[0].arxiv_id

    whole = [row for row in rows if fold(row[0].abstract)]
    bare = [row for row in rows if not fold(row[0].abstract)]
    papers = {
        min(map(key, group)): group
        for group in groups(whole, lambda a, b: key(a) == key(b) or same_arxiv(a, b))
    }
    homeless = []
    additions = defaultdict(list)
    for unit in groups(
        bare,
        lambda a, b: same_arxiv(a, b) or (a[0].arxiv_id == b[0].arxiv_id is None and key(a) == key(b)),
    ):
        by_arxiv = [i for i, group in papers.items() for row in group if same_arxiv(row, unit[0])]
        titles = {fold(row[0].title) for row in unit}
        by_title = [i for i, group in papers.items() if titles & {fold(row[0].title) for row in group}]
        if by_arxiv or by_title:
            additions[min(by_arxiv or by_title)] += unit
        else:
            homeless.append(unit)
    made = {i: said(i, [*group, *additions[i]]) for i, group in papers.items()}
    for units in groups(homeless, lambda a, b: {key(row) for row in a} & {key(row) for row in b}):
        group = [row for unit in units for row in unit]
        paper_id = min(map(key, group))
        made[paper_id] = said(paper_id, group)
    return made


def said(paper_id: str, rows: list[Any]) -> dict[str, Any]:
    """What these records say together."""
    facts = [row[0] for row in rows]

    def best(texts: Iterable[str]) -> str:
        return sorted(texts, key=lambda text: (-len(text), text))[0]

    def most(numbers: Iterable[int | None]) -> int | None:
        return max((n for n in numbers if n is not None), default=None)

    title = best(record.title for record in facts)
    dates = sorted((r.year_inferred, r.published) for r in facts if r.published)
    places = defaultdict(list)
    for _, digest, position, _ in rows:
        places[digest].append(position)
    return {
        "id": paper_id,
        "keys": tuple(sorted({key_of(r.title, r.abstract) for r in facts})),
        "title": title,
        "authors": sorted((r.authors for r in facts), key=lambda names: (-len(names), names))[0],
        "authors_count": most(r.authors_count for r in facts),
        "published": dates[0][1] if dates else None,
        "year_inferred": dates[0][0] if dates else False,
        "comments": most(r.comments for r in facts),
        "upvotes": most(r.upvotes for r in facts),
        "arxiv_ids": tuple(sorted({r.arxiv_id for r in facts if r.arxiv_id})),
        "links": tuple(sorted({link for r in facts for link in r.links})),
        "sightings": tuple(sorted((digest, min(found)) for digest, found in places.items())),
        "added": min(row[3] for row in rows),
        "titles": tuple(sorted({key_of(r.title) for r in facts} - {key_of(title)})),
        "abstract": best([r.abstract for r in facts if fold(r.abstract)] or [""]),
    }


def held(library: Library) -> dict[str, dict[str, Any]]:
    """The papers a library holds, in the same form."""

    def fields(paper: Paper) -> dict[str, Any]:
        told = msgspec.structs.asdict(paper)
        del told["abstract_at"], told["known_as"]
        told["sightings"] = tuple((s.digest, s.position) for s in paper.sightings)
        return {**told, "keys": paper.keys, "abstract": library.abstract(paper)}

    return {paper_id: fields(paper) for paper_id, paper in library.papers.items()}


def readings_of(make: SimpleNamespace, pile: Sequence[Sequence[Record]]) -> list[Reading]:
    return [
        make.reading(*records, digest_id=f"{n:012x}", imported=MORNING + timedelta(hours=n % 3))
        for n, records in enumerate(pile)
    ]


def assert_whole(library: Library, readings: Sequence[Reading]) -> None:
    """It holds what was expected, and each key resolves to the first of the papers that hold it."""
    assert held(library) == expected(readings)
    holders = defaultdict(set)
    for paper_id, paper in library.papers.items():
        for key in (paper_id, *paper.keys):
            holders[key].add(paper_id)
    for key, ids in holders.items():
        found = library.paper(key)
        assert found is library.papers[key if key in ids else min(ids)]


W = Record(title="Swin", abstract="one two", arxiv_id="2401.00001")
X = Record(title="Mamba", abstract="three", arxiv_id="2401.00001")
B = Record(title="Swin")
#: titles of one arXiv id, each of which another paper has
TWO_HOMES = [
    [Record(title=title, arxiv_id="2401.00002"), Record(title=title, abstract=abstract)]
    for title, abstract in (("Swin", "one"), ("Mamba", "two"), ("Jamba", "three"))
]
#: a title alone of two arXiv ids, whose papers come later under other titles
ONE_KEY_TWICE = [
    [Record(title="Swin", arxiv_id="2401.00001"), Record(title="Swin", arxiv_id="2401.00002")],
    [Record(title="Mamba", abstract="one", arxiv_id="2401.00001")],
    [Record(title="Jamba", abstract="two", arxiv_id="2401.00002")],
]
#: titles alone that only hang together one by one
CHAIN = [
    [Record(title="Swin", arxiv_id="2401.00001"), Record(title="Mamba", arxiv_id="2401.00001")],
    [Record(title="Mamba", arxiv_id="2401.00002"), Record(title="Jamba", arxiv_id="2401.00002")],
]


@steady
@given(pile=piles, data=st.data())
@example(pile=ONE_KEY_TWICE, data=None)
@example(pile=CHAIN, data=None)
@example(pile=[[B], [X], [W]], data=None)
@example(pile=[[W, B, X]], data=None)
@example(pile=TWO_HOMES, data=None)
@example(pile=TWO_HOMES[::-1], data=None)
def test_any_order_gives_the_same_papers_in_memory(
    make: SimpleNamespace, pile: list[list[Record]], data: Any
) -> None:
    readings = readings_of(make, pile)
    order = data.draw(st.permutations(readings)) if data else readings
    store = make.store()
    library = make.library(store=store)
    for reading in order:
        added = library.add(reading)
        assert added.new + added.merged + added.repeated == len(reading.records)
    assert_whole(library, readings)
    assert_whole(Library(make.store(store.disk)), readings)


@settings(steady, max_examples=40)
@given(pile=piles, data=st.data())
def test_any_order_gives_the_same_papers_on_disk(
    make: SimpleNamespace, pile: list[list[Record]], data: Any
) -> None:
    readings = readings_of(make, pile)
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "library"
        library = Library(Database(path))
        for reading in data.draw(st.permutations(readings)):
            if data.draw(st.booleans()):
                library = Library(Database(path))
            library.add(reading)
        assert_whole(library, readings)
        assert_whole(Library(Database(path)), readings)


@steady
@given(pile=piles)
def test_one_digest_per_record_gives_the_same_papers_as_one_digest_of_all(
    make: SimpleNamespace, pile: list[list[Record]]
) -> None:
    """Only where and when a paper was seen depends on the digests."""
    all_records = [record for records in pile for record in records]
    apart, together = make.library(), make.library()
    for reading in readings_of(make, [[record] for record in reversed(all_records)]):
        apart.add(reading)
    together.add(make.reading(*all_records))

    def without_places(library: Library) -> dict[str, Any]:
        return {i: {**p, "sightings": (), "added": ()} for i, p in held(library).items()}

    assert without_places(apart) == without_places(together)


@steady
@given(pile=piles, extra=piles)
def test_importing_a_digest_again_writes_nothing(
    make: SimpleNamespace, pile: list[list[Record]], extra: list[list[Record]]
) -> None:
    """Though it comes later, from elsewhere, and after others have joined its papers."""
    readings = readings_of(make, [*pile, *extra])
    library = make.library(store=(store := make.store()))
    for reading in readings:
        library.add(reading)
    before, size = held(library), store.disk.size
    for reading in readings:
        again = msgspec.structs.replace(
            reading.digest, imported=MORNING + timedelta(days=9), path="/elsewhere", name="again"
        )
        added = library.add(msgspec.structs.replace(reading, digest=again))
        assert (added.new, added.merged, added.repeated) == (0, 0, len(reading.records))
    assert store.disk.size == size
    assert held(library) == before


@pytest.mark.parametrize("verb", ["star", "later", "done"])
def test_a_decision_stays_with_a_paper_that_joins_another(make: SimpleNamespace, verb: str) -> None:
    one = make.record("Swin", "one two", arxiv_id="2401.00001")
    other = make.record("Hierarchical Swin", "one two three", arxiv_id="2401.00001")
    for first, second in ((one, other), (other, one)):
        library = make.library(first, store=(store := make.store()))
        (paper_id,) = library.papers
        library.decide(verb, [paper_id], VERBS[verb])
        library.add(make.reading(second))
        (joined,) = library.papers.values()
        assert library.triage(joined.id) == library.triage(library.paper(paper_id).id)
        assert library.triage(joined.id).state != "inbox"
        assert library.counts()["inbox"] == 0
        assert Library(store).triage(joined.id) == library.triage(joined.id)


def test_two_decided_papers_that_turn_out_to_be_one_keep_both_decisions(make: SimpleNamespace) -> None:
    library = make.library(make.record("Swin", "one"), make.record("Swin v2", "two"))
    one, two = library.papers
    library.decide("star", [one], VERBS["star"])
    library.decide("tag", [two], {"tag:vision": True})
    library.add(make.reading(make.record("Swin", "one", arxiv_id="2401.00001")))
    library.add(make.reading(make.record("Swin v2", "two", arxiv_id="2401.00001")))
    (paper,) = library.papers.values()
    assert library.triage(paper.id).starred
    assert library.triage(paper.id).tags == ("vision",)
    assert library.counts() == {"inbox": 0, "starred": 1, "later": 0, "tagged": 1, "new": 1, "all": 1}


def test_a_star_on_a_title_follows_it_to_its_paper(make: SimpleNamespace) -> None:
    library = make.library(make.record("Swin"), store=(store := make.store()))
    (bare_id,) = library.papers
    library.decide("star", [bare_id], VERBS["star"])
    library.add(make.reading(make.record("Swin", "The abstract.")))
    (paper,) = library.papers.values()
    assert paper.id == key_of("Swin", "The abstract.")
    assert library.triage(paper.id).starred
    assert library.paper(bare_id) == paper
    assert library.counts() == {"inbox": 0, "starred": 1, "later": 0, "tagged": 0, "new": 1, "all": 1}
    assert Library(store).triage(paper.id).starred


def test_a_title_moves_to_a_better_home_and_its_star_goes_with_it(make: SimpleNamespace) -> None:
    """By title to the smallest key first; then the paper of its arXiv id is imported."""
    smaller, larger = sorted(["one", "two"], key=lambda text: key_of("Swin", text))
    library = make.library(make.record("Swin", arxiv_id="2401.00001"), store=(store := make.store()))
    library.decide("star", list(library.papers), VERBS["star"])

    def starred() -> list[str]:
        fresh = Library(store)
        marked = [i for i in library.papers if library.triage(i).starred]
        assert marked == [i for i in fresh.papers if fresh.triage(i).starred]
        assert library.counts() == fresh.counts()
        return [library.abstract(library.papers[i]) for i in marked]

    library.add(make.reading(make.record("Swin", larger)))
    assert starred() == [larger]
    library.add(make.reading(make.record("Swin", smaller)))
    assert starred() == [smaller]
    library.add(make.reading(make.record("Shifted windows", "three", arxiv_id="2401.00001")))
    assert starred() == ["three"]
    assert len(library.papers) == 3


def test_merged_is_known_from_another_digest_and_repeated_from_this_one(make: SimpleNamespace) -> None:
    library = make.library(make.record("A", "a"), make.record("B", "b"))
    added = library.add(
        make.reading(
            make.record("A", "a"), make.record("C", "c"), make.record("C", "c"), make.record("a!", "A")
        )
    )
    assert (added.new, added.merged, added.repeated) == (1, 1, 2)


def test_titles_alone_are_counted_like_papers(make: SimpleNamespace) -> None:
    library = make.library(make.record("A", "a"), make.record("B"))
    added = library.add(make.reading(make.record("A"), make.record("B"), make.record("B!"), make.record("C")))
    assert (added.new, added.merged, added.repeated) == (1, 2, 1)


def test_a_title_that_gets_its_abstract_is_no_new_paper(make: SimpleNamespace) -> None:
    """Titles first, the whole page later: what the list shows does not grow."""
    library = make.library(make.record("A"), make.record("B", arxiv_id="1"), make.record("C"))
    added = library.add(
        make.reading(
            make.record("A", "a"),
            make.record("Called B now", "b", arxiv_id="1"),
            make.record("A", "another"),
            make.record("D"),
            make.record("D", "d"),
            make.record("C", arxiv_id="2"),
        )
    )
    assert (added.new, added.merged, added.repeated) == (2, 3, 1)
    assert len(library.papers) == 5


def test_the_earlier_added_stays(make: SimpleNamespace) -> None:
    library = make.library()
    later = make.reading(make.record("A", "a"), make.record("B", "b"), imported=MORNING + timedelta(days=1))
    library.add(later)
    library.add(make.reading(make.record("A", "a"), imported=MORNING))
    assert [paper.added.day for paper in library.papers.values()] == [20, 21]


def test_reading_a_digest_again_with_a_year_corrects_inferred_dates(make: SimpleNamespace) -> None:
    guessed = make.record("A", "a", published=date(2026, 11, 18), year_inferred=True)
    told = make.record("A", "a", published=date(2023, 11, 18))
    store = make.store()
    library = make.library(store=store)
    library.add(make.reading(guessed, digest_id="d", date=date(2026, 11, 18)))
    added = library.add(make.reading(told, digest_id="d", date=date(2023, 11, 18)))
    assert added.repeated == 1
    for seen in (library, Library(store)):
        (paper,) = seen.papers.values()
        assert (paper.published, paper.year_inferred) == (date(2023, 11, 18), False)
        assert seen.digests["d"].date == date(2023, 11, 18)
