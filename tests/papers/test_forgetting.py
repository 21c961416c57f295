"""Imports taken back: what leaves, what stays, what brings it back, and that all machines agree."""

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.papers.library import Library
from tui.papers.query import parse
from tui.papers.saying import whole_act
from tui.papers.text import key_of
from tui.papers.triage import VERBS
from tui.papers.view import BUILT_IN, View

steady = settings(derandomize=True, deadline=None, database=None)
ALPHA, BETA, GAMMA = (key_of(title, f"About {title}.") for title in ("Alpha", "Beta", "Gamma"))
MON, TUE, WED = "a" * 12, "b" * 12, "c" * 12


def page(make: SimpleNamespace, digest_id: str, name: str, *titles: str, **more: Any) -> Any:
    records = (make.record(title, f"About {title}.") for title in titles)
    return make.reading(*records, digest_id=digest_id, name=name, **more)


@pytest.fixture
def clock(make: SimpleNamespace) -> Any:
    return make.clock()


@pytest.fixture
def library(make: SimpleNamespace, clock: Any) -> Library:
    """Monday has Alpha and Beta, Tuesday Beta and Gamma."""
    made: Library = make.library(clock=clock)
    made.add(page(make, MON, "mon", "Alpha", "Beta", imported=clock()))
    made.add(page(make, TUE, "tue", "Beta", "Gamma", imported=clock.tick()))
    return made


def found(library: Library, query: str = "", view: View = BUILT_IN[-1]) -> list[str]:
    return [paper.title for paper in library.list(view.narrowed(parse(query)))]


def test_what_no_other_import_holds_is_nowhere_any_more(library: Library) -> None:
    library.decide("star", [ALPHA, BETA], VERBS["star"])
    library.decide("tag", [ALPHA, BETA], {"tag:a": True})
    library.decide("later", [GAMMA], VERBS["later"])
    assert library.forget(library.loss(MON))
    assert set(library.papers) == {BETA, GAMMA}
    assert library.paper(ALPHA) is None
    assert sorted(found(library)) == ["Beta", "Gamma"]
    assert library.counts() == {"inbox": 0, "starred": 1, "later": 1, "tagged": 1, "new": 2, "all": 2}
    assert library.tags() == {"a": 1}
    assert library.finder().complete(parse("alpha")) == []
    assert library.counts()["starred"] == len(found(library, "is:starred"))


def test_a_shared_paper_is_as_if_only_the_other_import_had_been_made(library: Library) -> None:
    library.forget(library.loss(MON))
    beta = library.papers[BETA]
    assert [seen.digest for seen in beta.sightings] == [TUE]
    assert beta.added == library.imports[TUE].imported
    assert list(library.digests) == [TUE]
    assert found(library, "digest:mon") == []
    assert found(library) == ["Beta", "Gamma"]  # it stands where Tuesday has it
    assert library.paper(BETA) == beta


def test_what_would_leave_is_known_before(library: Library) -> None:
    library.decide("star", [ALPHA, BETA], VERBS["star"])
    library.decide("note", [ALPHA], {"note": "n"})
    loss = library.loss(MON)
    assert set(loss.papers) == {ALPHA, BETA}
    assert (loss.leave, loss.stay, loss.starred, loss.noted, loss.whole) == (1, 1, 1, 1, True)
    assert library.loss_of([BETA]).digests == (MON, TUE)


def test_undo_brings_it_back_with_all_that_was_decided(library: Library, make: SimpleNamespace) -> None:
    library.decide("star", [ALPHA], VERBS["star"])
    before = dict(library.papers), dict(library.counts()), dict(library.digests), found(library)
    library.forget(library.loss(MON))
    assert library.undo()
    assert (dict(library.papers), dict(library.counts()), dict(library.digests), found(library)) == before
    assert library.triage(ALPHA).starred
    assert library.redo()
    assert set(library.papers) == {BETA, GAMMA}


def test_decisions_made_before_a_papers_return_count(library: Library, clock: Any) -> None:
    library.forget(library.loss(MON))
    clock.tick()
    library.decide("star", [ALPHA], VERBS["star"])  # as another machine may have
    assert library.counts()["starred"] == 0
    library.recall(MON)
    assert library.counts()["starred"] == 1


def test_another_import_of_the_paper_shows_it_again(
    library: Library, make: SimpleNamespace, clock: Any
) -> None:
    library.forget(library.loss(MON))
    library.add(page(make, WED, "wed", "Alpha", "Delta", imported=clock.tick()))
    assert found(library, "is:new") == ["Alpha", "Delta"]
    assert [seen.digest for seen in library.papers[ALPHA].sightings] == [WED]
    assert list(library.digests) == [TUE, WED]
    again = Library(library._store)
    assert (dict(again.papers), again.counts()) == (dict(library.papers), library.counts())


def test_papers_are_forgotten_in_all_imports_that_hold_them(library: Library) -> None:
    decision = library.forget(library.loss_of([BETA]))
    assert decision is not None
    assert decision.sets == {f"digest:{MON}": False, f"digest:{TUE}": False}
    assert set(library.papers) == {ALPHA, GAMMA}
    assert list(library.digests) == [MON, TUE]
    assert library.forget(library.loss_of([ALPHA]))
    assert list(library.digests) == [TUE]


def test_what_is_forgotten_already_is_not_forgotten_twice(library: Library) -> None:
    loss = library.loss(MON)
    assert library.forget(loss)
    assert library.forget(loss) is None
    assert library.loss(MON).papers == ()


def test_recalling_is_a_decision_of_its_own(library: Library) -> None:
    library.forget(library.loss(MON))
    made = library.recall(MON)
    assert made is not None
    assert (made.verb, made.sets) == ("recall", {f"digest:{MON}": True})
    assert list(library.digests) == [MON, TUE]
    assert library.recall(MON) is None
    library.undo()
    assert list(library.digests) == [TUE]


def test_a_name_stays_taken_while_its_import_is_forgotten(
    library: Library, make: SimpleNamespace, clock: Any
) -> None:
    library.forget(library.loss(MON))
    library.add(page(make, WED, "mon", "Delta", imported=clock.tick()))
    assert [digest.name for digest in library.digests.values()] == ["tue", "mon-2"]


def test_other_processes_hear_of_it(make: SimpleNamespace, library: Library) -> None:
    other = Library(make.store(library._store.disk))  # type: ignore[attr-defined]
    assert other.refresh() == (False, set())
    library.forget(library.loss(MON))
    assert other.refresh() == (True, {ALPHA, BETA})
    assert dict(other.papers) == dict(library.papers)
    library.undo()
    assert other.refresh() == (True, {ALPHA, BETA})
    assert other.counts() == library.counts()


def test_it_is_told_in_words(library: Library) -> None:
    def said(decision: Any) -> str:
        return whole_act(decision, library.paper, digest=library.digest_name)

    assert said(library.forget(library.loss(MON))) == "forgot mon: 2 papers"
    assert said(library.recall(MON)) == "brought mon back: 2 papers"
    both = library.forget(library.loss_of([BETA]))
    assert both is not None
    assert said(both) == "forgot 1 paper in mon and tue"
    assert whole_act(both, library.paper) == "forgot 1 paper in 2 imports"


def test_where_nothing_is_forgotten_nothing_is_made(library: Library) -> None:
    assert library.papers is library._collection.papers
    assert library.digests is library.imports


# -- whatever happens, in whatever order ----------------------------------------------------------

TITLES = ("Alpha", "Beta", "Gamma", "Delta")
pages = st.lists(st.sampled_from(TITLES), min_size=1, max_size=3, unique=True)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(0, 3), pages),
        st.tuples(st.sampled_from(["forget", "recall"]), st.integers(0, 3), st.just([])),
        st.tuples(st.sampled_from(["forget papers", "star"]), st.just(0), pages),
        st.tuples(st.sampled_from(["undo", "redo"]), st.just(0), st.just([])),
    ),
    max_size=20,
)


@settings(steady, max_examples=200)
@given(steps)
def test_whatever_is_done_a_fresh_look_sees_the_same(make: SimpleNamespace, story: Any) -> None:
    """What was kept up step by step is what the lines on disk say, and what a definition by words says."""
    clock, held = make.clock(), {}
    library = make.library(clock=clock)
    for what, number, titles in story:
        clock.tick()
        digest_id = f"{number:012x}"
        keys = [key_of(title, f"About {title}.") for title in titles]
        if what == "add":
            titles = held.setdefault(digest_id, titles)
            library.add(page(make, digest_id, f"page-{number}", *titles, imported=clock()))
        elif what == "star":
            library.decide("star", keys, VERBS["star"])
        elif what == "forget":
            library.forget(library.loss(digest_id))
        elif what == "forget papers":
            library.forget(library.loss_of(keys))
        elif what == "recall":
            library.recall(digest_id)
        else:
            getattr(library, what)()
        same_as_fresh(library)


def same_as_fresh(library: Library) -> None:
    again = Library(library._store)
    assert dict(again.papers) == dict(library.papers)
    assert dict(again.digests) == dict(library.digests)
    assert again.counts() == library.counts()
    seen_in = {seen.digest for paper in library.papers.values() for seen in paper.sightings}
    assert seen_in == {*library.digests}
    for key in library._collection.papers:
        paper, triage = library.known(key), library.triage(key)
        assert paper is not None
        kept = {seen.digest for seen in paper.sightings} - {*triage.forgotten}
        assert (key in library.papers) == bool(kept)
    for view in BUILT_IN:
        assert library.counts()[view.name] == len(library.list(view))
