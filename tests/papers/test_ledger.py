"""The fold, whatever happens and in whatever order: in memory as after reopening, as folded by hand."""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tui.papers.library import Library
from tui.papers.paper import Record
from tui.papers.query import parse
from tui.papers.text import key_of
from tui.papers.triage import UNDECIDED, VERBS, Decision, Triage, new_id
from tui.papers.view import BUILT_IN, View
from tui.store.database import Database

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)
steady = settings(derandomize=True, deadline=None, database=None, stateful_step_count=25)

TITLES, ABSTRACTS = ("Swin", "Mamba"), ("", "one", "two", "three")
KEYS = [key_of(title, abstract) for title in TITLES for abstract in ABSTRACTS]
records = st.builds(
    Record,
    title=st.sampled_from(TITLES),
    abstract=st.sampled_from(ABSTRACTS),
    arxiv_id=st.sampled_from([None, None, "2401.00001", "2401.00002"]),
)
fields = st.one_of(
    st.sampled_from([dict(sets) for sets in VERBS.values()]),
    st.sampled_from([{"tag:a": True}, {"tag:a": False, "tag:b": True}, {"note": "n"}, {"note": ""}]),
)
some_keys = st.lists(st.sampled_from(KEYS), min_size=1, max_size=3)


def folded(decisions: Iterable[Decision], home: Callable[[str], str]) -> dict[str, Triage]:
    """Design section 4 in the plainest way: the standing acts in id order, field by field."""
    by_id = sorted(decisions, key=lambda d: d.id)
    stands = {d.act: d.stands for d in by_id if d.act is not None}
    fields: dict[str, dict[str, Any]] = {}
    for act in by_id:
        if act.act is None and stands.get(act.id, True):
            for key in act.papers:
                fields.setdefault(home(key), {}).update(act.sets)
    return {
        paper_id: Triage(
            read=sets.get("read", False),
            starred=sets.get("starred", False),
            later=sets.get("later", False),
            tags=tuple(sorted(n[4:] for n, on in sets.items() if n.startswith("tag:") and on)),
            note=sets.get("note", ""),
        )
        for paper_id, sets in fields.items()
    }


class Triaging(RuleBasedStateMachine):
    """Two processes triage one library; decisions of a third machine are merged in."""

    def __init__(self, opened: Callable[[], Any]) -> None:
        super().__init__()
        self.opened = opened
        self.now = NOW
        self.libraries = [self.open(0), self.open(1)]
        self.made: list[str] = []
        self.merged: list[str] = []
        self.taken: set[str] = set()
        self.redoable: list[str] = []
        self.imports = 0

    def open(self, who: int) -> Library:
        """The second one's clock is ten seconds behind."""
        return Library(self.opened(), clock=lambda: self.now - timedelta(seconds=10 * who))

    @rule(who=st.integers(0, 1), keys=some_keys, sets=fields)
    def decide(self, who: int, keys: list[str], sets: dict[str, bool | str]) -> None:
        library = self.libraries[who]
        made = library.decide("mark", keys, sets)
        if made:
            self.made.append(made.id)
            self.redoable.clear()
            assert library.changed_by(keys, sets) == []

    @rule(who=st.integers(0, 1))
    def undo(self, who: int) -> None:
        made = self.libraries[who].undo()
        standing = [act for act in self.made if act not in self.taken]
        assert (made.act.id if made else None) == (standing[-1] if standing else None)
        if made:
            self.taken.add(made.act.id)
            self.redoable.append(made.act.id)

    @rule(who=st.integers(0, 1))
    def redo(self, who: int) -> None:
        made = self.libraries[who].redo()
        assert (made.act.id if made else None) == (self.redoable[-1] if self.redoable else None)
        if made:
            self.taken.remove(self.redoable.pop())

    @precondition(lambda self: self.made or self.merged)
    @rule(who=st.integers(0, 1), data=st.data())
    def take_any_back(self, who: int, data: st.DataObject) -> None:
        """Any act, one merged in too; None where that is done already."""
        act = data.draw(st.sampled_from(self.made + self.merged))
        made = self.libraries[who].take_back(act)
        assert (made.act.id if made else None) == (None if act in self.taken else act)
        if made:
            self.taken.add(act)
            self.redoable.append(act)

    @precondition(lambda self: self.made or self.merged)
    @rule(who=st.integers(0, 1), data=st.data())
    def give_any_back(self, who: int, data: st.DataObject) -> None:
        """Any act; None where it stands."""
        act = data.draw(st.sampled_from(self.made + self.merged))
        made = self.libraries[who].give_back(act)
        assert (made.act.id if made else None) == (act if act in self.taken else None)
        if made:
            self.taken.remove(act)
            self.redoable = [other for other in self.redoable if other != act]

    @rule(who=st.integers(0, 1), pile=st.lists(records, min_size=1, max_size=3))
    def add(self, who: int, pile: list[Record]) -> None:
        self.imports += 1
        self.libraries[who].add(self.reading(*pile, digest_id=f"{self.imports:012x}", imported=self.now))

    @rule(keys=some_keys, sets=fields, seconds=st.integers(-30, 30))
    def merge(self, keys: list[str], sets: dict[str, bool | str], seconds: int) -> None:
        made = Decision(
            id=new_id(self.now + timedelta(seconds=seconds)),
            at=self.now,
            by="laptop",
            verb="mark",
            papers=tuple(keys),
            sets=sets,
            origin="laptop",
        )
        store = self.opened()
        with store.turn():
            list(store.decisions())
            store.keep(made)
        self.merged.append(made.id)

    @rule(who=st.integers(0, 1))
    def reopen(self, who: int) -> None:
        self.libraries[who] = self.open(who)

    @rule(who=st.integers(0, 1))
    def refresh(self, who: int) -> None:
        library = self.libraries[who]
        before = {key: library.triage(key) for key in (*KEYS, *library.papers)}
        papers = dict(library.papers)
        came, changed = library.refresh()
        assert came or library.papers == papers
        told = {i for i in library.papers if library.triage(i) != before.get(i, UNDECIDED)}
        assert told <= changed

    @rule(seconds=st.integers(1, 20))
    def tick(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @invariant()
    def memory_is_what_reopening_gives(self) -> None:
        fresh = self.open(0)
        fold = folded((d for d, _ in fresh.log()), lambda key: getattr(fresh.paper(key), "id", key))
        for library in (fresh, *self.libraries):
            library.refresh()
            assert library.papers == fresh.papers
            assert {i: library.triage(i) for i in library.papers} == {
                i: fold.get(i, UNDECIDED) for i in library.papers
            }
            assert library.counts() == {view.name: len(library.list(view)) for view in BUILT_IN}
            assert library.tags() == Counter(t for i in library.papers for t in fold.get(i, UNDECIDED).tags)

    @invariant()
    def queries_find_what_was_decided(self) -> None:
        """`act:` the papers of an act, standing or not; `decided:` those of a standing act of that day."""
        for library in self.libraries:
            library.refresh()
            log = [(d, stands) for d, stands in library.log() if d.act is None]
            for act, _ in log[-3:]:
                wanted = {library.home(key) for key in act.papers} & library.papers.keys()
                assert {paper.id for paper in library.list(View("v", parse(f"act:{act.id}")))} == wanted
            standing = {library.home(key) for act, stands in log if stands for key in act.papers}
            found = library.list(View("v", parse(f"decided:{NOW.astimezone().date()}")))
            assert {paper.id for paper in found} == standing & library.papers.keys()


def test_triaging_in_memory(make: SimpleNamespace) -> None:
    def machine() -> Triaging:
        disk = make.disk()
        made = Triaging(lambda: make.store(disk))
        made.reading = make.reading  # type: ignore[attr-defined]
        return made

    run_state_machine_as_test(machine, settings=settings(steady, max_examples=80))


def test_triaging_on_disk(make: SimpleNamespace) -> None:
    with tempfile.TemporaryDirectory() as directory:
        numbers = iter(range(10**6))

        def machine() -> Triaging:
            path = Path(directory) / str(next(numbers))
            made = Triaging(lambda: Database(path))
            made.reading = make.reading  # type: ignore[attr-defined]
            return made

        run_state_machine_as_test(machine, settings=settings(steady, max_examples=12))


def two_stars_and_an_undo(make: SimpleNamespace) -> tuple[Any, list[str], Decision]:
    """A disk with two starred papers, and an undo of the first star that is not yet written."""
    store = make.store()
    library = make.library(make.record("Swin", "one"), make.record("Mamba", "two"), store=store)
    ids = list(library.papers)
    first = library.decide("star", ids[:1], VERBS["star"])
    second = library.decide("star", ids[1:], VERBS["star"])
    undo = Decision(id=new_id(NOW, second.id), at=NOW, by="other", verb="undo", act=first.id, stands=False)
    return store, ids, undo


def test_an_undo_written_while_a_library_opens_is_not_missed(make: SimpleNamespace) -> None:
    """Another process may write at any moment; opening takes no turn."""
    store, ids, undo = two_stars_and_an_undo(make)

    class Racing(make.store):  # type: ignore[misc, name-defined]
        def takebacks(self) -> Any:
            found = super().takebacks()
            self.disk.decisions.append(undo)
            return found

    library = Library(Racing(store.disk))
    library.refresh()
    assert [library.triage(i).starred for i in ids] == [False, True]
    assert library.counts()["starred"] == 1


def test_a_decision_written_while_an_undo_is_taken_in_is_not_missed(make: SimpleNamespace) -> None:
    store, ids, undo = two_stars_and_an_undo(make)
    late = Decision(
        id=new_id(NOW, undo.id), at=NOW, by="other", verb="later", papers=(ids[1],), sets={"later": True}
    )

    class Racing(make.store):  # type: ignore[misc, name-defined]
        def news(self) -> Any:
            news = super().news()
            if news.decisions and late not in self.disk.decisions:
                self.disk.decisions.append(late)
            return news

    library = Library(Racing(store.disk))
    store.disk.decisions.append(undo)
    assert library.refresh() == (False, {ids[0]})
    assert library.refresh() == (False, {ids[1]})
    assert library.triage(ids[1]) == Triage(starred=True, later=True)
