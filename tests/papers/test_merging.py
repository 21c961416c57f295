"""Several machines, each with a library of its own, end with the same one however they are merged."""

import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.exports.json_lines import write_json_lines
from tui.papers.library import Library
from tui.papers.merging import Merged
from tui.papers.paper import Record
from tui.papers.text import key_of
from tui.papers.triage import VERBS, Decision, new_id
from tui.papers.view import BUILT_IN
from tui.store.database import Database

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)
steady = settings(derandomize=True, deadline=None, database=None)

TITLES, ABSTRACTS = ("Swin", "swin!", "Mamba"), ("", "one", "One!", "two")
records = st.builds(
    Record,
    title=st.sampled_from(TITLES),
    abstract=st.sampled_from(ABSTRACTS),
    published=st.none() | st.dates(datetime(2024, 1, 1).date(), datetime(2024, 1, 2).date()),
    year_inferred=st.booleans(),
    comments=st.none() | st.integers(0, 2),
    authors=st.sampled_from([(), ("He",), ("Li", "He")]),
    arxiv_id=st.sampled_from([None, None, "2401.00001", "2401.00002"]),
)
fields = st.one_of(
    st.sampled_from([dict(sets) for sets in VERBS.values()]),
    st.sampled_from([{"tag:a": True}, {"tag:a": False, "tag:b": True}, {"note": "n"}, {"note": ""}]),
)
#: what one machine does: who, what, and with what
steps = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.one_of(
            st.tuples(st.just("add"), st.lists(records, min_size=1, max_size=3)),
            st.tuples(st.just("decide"), st.tuples(st.integers(0, 5), st.integers(1, 2), fields)),
            st.tuples(st.sampled_from(["undo", "redo"]), st.none()),
            st.tuples(st.sampled_from(["forget", "recall", "forget papers"]), st.integers(0, 3)),
            st.tuples(st.just("merge"), st.integers(0, 3)),
        ),
    ),
    max_size=25,
)


class Machine:
    """A library with a clock of its own."""

    def __init__(self, store: Any, late: int) -> None:
        self.store, self.now = store, NOW - timedelta(seconds=late)
        self.library = Library(store, clock=self.tick)

    def tick(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def take(self, other: "Machine", *, dry_run: bool = False) -> Merged:
        return self.library.merge(other.store, "other", dry_run=dry_run)

    def listed(self) -> str:
        """What `list --jsonl` prints."""
        return write_json_lines(self.library, self.library.list(BUILT_IN[-1]))

    def stands(self) -> dict[str, bool]:
        return {decision.id: stands for decision, stands in self.library.log()}


def do(machines: Sequence[Machine], who: int, what: str, how: Any, make: Any, number: int) -> None:
    """One step of one machine."""
    machine = machines[who]
    library = machine.library
    if what == "add":
        # the same page may be saved on two machines, under two names and with other dates
        page = blake2b(str(how).encode(), digest_size=6).hexdigest()
        library.add(make.reading(*how, digest_id=page, name=f"page-{who % 2}", imported=machine.tick()))
    elif what == "decide":
        first, many, sets = how
        ids = [*library.papers, key_of("Jamba", "not here yet")]
        before = {i: library.triage(i) for i in library.papers}
        touched = {library.papers[i].id for i in ids[first % len(ids) :][:many] if i in library.papers}
        library.decide("mark", ids[first % len(ids) :][:many], sets)
        assert {i for i, triage in before.items() if library.triage(i) != triage} <= touched
    elif what in ("forget", "recall") and (known := list(library.imports)):
        digest_id = known[how % len(known)]
        library.forget(library.loss(digest_id)) if what == "forget" else library.recall(digest_id)
    elif what == "forget papers":
        library.forget(library.loss_of([*library.papers][how : how + 2]))
    elif what == "merge":
        other = machines[how % len(machines)]
        if other is not machine:
            machine.take(other)
    elif what in ("undo", "redo"):
        before_all = {i: library.triage(i) for i in library.papers}
        made = library.undo() if what == "undo" else library.redo()
        assert made is None or not made.act.origin
        if what == "undo" and made:
            assert library.redo()
            assert {i: library.triage(i) for i in library.papers} == before_all
            library.undo()


def converge(machines: Sequence[Machine], order: Sequence[tuple[int, int]]) -> None:
    """Merge in this order, then round and round until all have heard of all."""
    for one, other in order:
        if one % len(machines) != other % len(machines):
            machines[one % len(machines)].take(machines[other % len(machines)])
    for _ in machines:
        for number, machine in enumerate(machines):
            machine.take(machines[number - 1])


def check(machines: Sequence[Machine], make: Any, story: Any, order: Any) -> None:
    stars = []
    for number, (who, (what, how)) in enumerate(story):
        do(machines, who % len(machines), what, how, make, number)
    for machine in machines:
        stars += [i for i in machine.library.papers if machine.library.triage(i).starred]
    converge(machines, order)
    first = machines[0]
    for machine in machines[1:]:
        assert machine.listed() == first.listed()
        assert machine.stands() == first.stands()
        assert machine.library.counts() == first.library.counts()
        assert dict(machine.library.digests) == dict(first.library.digests)
        assert machine.take(first) == Merged()
    homes = {first.library.paper(key).id for key in stars if first.library.paper(key)}  # type: ignore[union-attr]
    worn = {i for i in first.library.papers if first.library.triage(i).starred}
    named = {
        first.library.paper(key).id  # type: ignore[union-attr]
        for decision, stands in first.library.log()
        if stands and decision.sets.get("starred")
        for key in decision.papers
        if first.library.paper(key)
    }
    assert worn <= homes | named
    again = Library(first.store)
    assert again.papers == first.library.papers
    assert {i: again.triage(i) for i in again.papers} == {
        i: first.library.triage(i) for i in first.library.papers
    }


@settings(steady, max_examples=150)
@given(st.integers(2, 4), steps, st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=8))
def test_all_end_with_the_same_library(make: SimpleNamespace, many: int, story: Any, order: Any) -> None:
    machines = [Machine(make.store(), late=100 * number) for number in range(many)]
    check(machines, make, story, order)


@settings(steady, max_examples=25)
@given(st.integers(2, 3), steps, st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=4))
def test_all_end_with_the_same_library_on_disk(
    make: SimpleNamespace, many: int, story: Any, order: Any
) -> None:
    with ExitStack() as stack:
        folders = [Path(stack.enter_context(tempfile.TemporaryDirectory())) for _ in range(many)]
        machines = [Machine(Database(folder / "library"), late=7 * n) for n, folder in enumerate(folders)]
        check(machines, make, story, order)
        fresh = [Machine(Database(folder / "library"), late=0) for folder in folders]
        assert len({machine.listed() for machine in fresh}) == 1


@pytest.fixture
def two(make: SimpleNamespace) -> tuple[Machine, Machine]:
    """A desktop with Swin and a laptop with Swin and Mamba."""
    desktop, laptop = Machine(make.store(), 0), Machine(make.store(), -60)
    desktop.library.add(make.reading(make.record("Swin", "one")))
    laptop.library.add(make.reading(make.record("Swin", "one"), make.record("Mamba", "two")))
    return desktop, laptop


SWIN, MAMBA = key_of("Swin", "one"), key_of("Mamba", "two")


def test_a_merge_says_what_it_brings_and_brings_it_once(two: tuple[Machine, Machine]) -> None:
    desktop, laptop = two
    laptop.library.decide("star", [SWIN, MAMBA], VERBS["star"])
    before = desktop.listed()
    expected = Merged(new=1, joined=1, digests=1, decisions=1)
    assert desktop.take(laptop, dry_run=True) == expected
    assert desktop.listed() == before
    assert desktop.take(laptop) == expected
    assert desktop.library.triage(MAMBA).starred
    assert desktop.library.abstract(desktop.library.papers[MAMBA]) == "two"
    assert desktop.take(laptop) == Merged()


def test_undo_takes_back_ones_own_act_not_one_merged_in(two: tuple[Machine, Machine]) -> None:
    desktop, laptop = two
    desktop.library.decide("star", [SWIN], VERBS["star"])
    laptop.library.decide("later", [MAMBA], VERBS["later"])
    desktop.take(laptop)
    made = desktop.library.undo()
    assert made
    assert (made.act.verb, made.papers) == ("star", (SWIN,))
    assert desktop.library.undo() is None
    assert desktop.library.triage(MAMBA).later
    assert desktop.library.redo()
    assert desktop.library.triage(SWIN).starred


def test_an_act_undone_on_both_sides_can_be_given_back(two: tuple[Machine, Machine]) -> None:
    desktop, laptop = two
    desktop.library.decide("star", [SWIN], VERBS["star"])
    laptop.take(desktop)
    assert laptop.library.undo() is None  # it was not made here
    desktop.library.undo()
    laptop.take(desktop)
    assert not laptop.library.triage(SWIN).starred
    desktop.library.redo()
    laptop.take(desktop)
    assert laptop.library.triage(SWIN).starred


def test_a_merge_names_the_papers_whose_notes_differ(two: tuple[Machine, Machine]) -> None:
    desktop, laptop = two
    for machine, words in ((desktop, "to read"), (laptop, "read it")):
        machine.library.decide("note", [SWIN], {"note": words})
    laptop.library.decide("note", [MAMBA], {"note": "alone"})
    merged = desktop.take(laptop)
    assert merged.notes == (SWIN,)
    assert desktop.library.triage(SWIN).note == "read it"  # the later one
    assert [d.sets["note"] for d, _ in desktop.library.log()].count("to read") == 1
    assert laptop.take(desktop).notes == ()
    laptop.library.decide("note", [SWIN], {"note": "anew"})
    assert desktop.take(laptop).notes == ()
    assert desktop.library.triage(SWIN).note == "anew"


def test_an_undone_act_changes_nothing_of_what_others_decided(two: tuple[Machine, Machine]) -> None:
    desktop, laptop = two
    laptop.library.decide("star", [SWIN], VERBS["star"])
    desktop.take(laptop)
    desktop.library.decide("done", [SWIN], VERBS["done"])
    desktop.library.undo()
    laptop.take(desktop)
    for machine in two:
        assert machine.library.triage(SWIN).starred
        assert not machine.library.triage(SWIN).read


def test_the_same_page_saved_on_both_has_one_name_and_the_first_import(make: SimpleNamespace) -> None:
    early, late = Machine(make.store(), 0), Machine(make.store(), 0)
    page = make.record("Swin", "one")
    late.library.add(make.reading(page, digest_id="a" * 12, name="tuesday", imported=NOW + timedelta(days=1)))
    early.library.add(make.reading(page, digest_id="a" * 12, name="monday", imported=NOW))
    early.library.add(
        make.reading(make.record("Mamba"), digest_id="b" * 12, name="tuesday", imported=NOW + timedelta(1))
    )
    for one, other in ((early, late), (late, early)):
        one.take(other)
        assert [digest.name for digest in one.library.digests.values()] == ["monday", "tuesday"]


def test_what_cannot_be_taken_in_is_named_and_can_be_imported_again(
    two: tuple[Machine, Machine], monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui.errors import LibraryError

    desktop, laptop = two
    real = laptop.store.abstract

    def damaged(paper: Any) -> str:
        if paper.id == MAMBA:
            raise LibraryError("line 2 is damaged.")
        return str(real(paper))

    monkeypatch.setattr(laptop.store, "abstract", damaged)
    wrong = Decision(id="no ulid", at=NOW, by="x", verb="star", papers=(SWIN,), sets={"starred": True})
    laptop.store.keep(wrong)
    merged = desktop.take(laptop)
    assert merged.left_out == (
        "line 2 is damaged. It was left out: import its digest again.",
        "a decision under “no ulid”, which is no ULID, was left out.",
    )
    assert (merged.new, merged.digests, merged.decisions) == (0, 0, 0)
    assert not desktop.library.triage(SWIN).starred
    monkeypatch.undo()
    assert desktop.take(laptop).new == 1


def test_a_decision_merged_in_keeps_its_time_and_says_where_from(two: tuple[Machine, Machine]) -> None:
    desktop, laptop = two
    made = laptop.library.decide("star", [MAMBA], VERBS["star"])
    desktop.take(laptop)
    ((taken, stands),) = desktop.library.log()
    assert stands
    assert taken == msgspec.structs.replace(made, origin="other")
    later = desktop.library.decide("star", [SWIN], VERBS["star"])
    assert later
    assert later.id > taken.id
    assert new_id(NOW, taken.id) > taken.id


def test_a_merge_that_cannot_be_kept_changes_nothing(
    two: tuple[Machine, Machine], monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui.errors import LibraryError

    desktop, laptop = two
    before = desktop.listed()

    def full(*_: object) -> Callable[..., Any]:
        raise LibraryError("disk full")

    monkeypatch.setattr(desktop.store, "keep_import", full)
    with pytest.raises(LibraryError):
        desktop.take(laptop)
    assert desktop.listed() == before
    monkeypatch.undo()
    assert desktop.take(laptop).new == 1
