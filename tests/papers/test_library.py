"""Deciding, undoing and importing through the one door, by one process and by several."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest

from tui.errors import LibraryError
from tui.papers.library import Library
from tui.papers.paper import Paper
from tui.papers.query import parse
from tui.papers.triage import UNDECIDED, VERBS, Decision, Triage, new_id
from tui.papers.view import TABS, View
from tui.store.database import Database

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)


@pytest.fixture(params=["memory", "disk"])
def opened(request: pytest.FixtureRequest, make: SimpleNamespace, tmp_path: Path) -> SimpleNamespace:
    """`opened()` opens the same library once more, as another process would."""
    disk, clock = make.disk(), make.clock()

    def again(behind: int = 0) -> Library:
        store = make.store(disk) if request.param == "memory" else Database(tmp_path / "library")
        return Library(store, clock=lambda: clock() - timedelta(seconds=behind))

    def keep(decision: Decision) -> None:
        store = make.store(disk) if request.param == "memory" else Database(tmp_path / "library")
        with store.turn():
            list(store.decisions())
            store.keep(decision)

    library = again()
    library.add(make.reading(*(make.record(f"Paper {n}", f"abstract {n}") for n in range(4))))
    return SimpleNamespace(again=again, library=library, ids=list(library.papers), clock=clock, keep=keep)


def star(library: Library, *ids: str) -> Decision | None:
    return library.decide("star", ids, VERBS["star"])


def test_a_decision_says_what_it_did(opened: SimpleNamespace) -> None:
    library, ids = opened.library, opened.ids
    decision = library.decide("tag", [ids[0], ids[1], ids[0]], {"tag:audio": True})
    assert (decision.verb, decision.papers, decision.sets) == ("tag", tuple(ids[:2]), {"tag:audio": True})
    assert decision.at == NOW
    assert decision.act is None
    assert decision.by
    assert [library.triage(i).tags for i in ids] == [("audio",), ("audio",), (), ()]
    assert library.tags() == {"audio": 2}
    assert opened.again().tags() == {"audio": 2}
    assert list(library.log()) == [(decision, True)]


def test_a_decision_touches_only_what_it_changes(opened: SimpleNamespace) -> None:
    library, ids = opened.library, opened.ids
    star(library, ids[0])
    assert library.changed_by(ids, VERBS["star"]) == ids[1:]
    assert star(library, *ids).papers == tuple(ids[1:])


def test_what_changes_nothing_is_no_decision(opened: SimpleNamespace) -> None:
    library, ids = opened.library, opened.ids
    star(library, ids[0])
    assert star(library, ids[0]) is None
    assert library.decide("unstar", ids[1:], VERBS["unstar"]) is None
    assert library.decide("star", [], VERBS["star"]) is None
    assert library.decide("mark", ids, {}) is None
    assert len(list(opened.again().log())) == 1


def test_per_field_the_last_one_wins(opened: SimpleNamespace) -> None:
    library, (one, *_) = opened.library, opened.ids
    library.decide("note", [one], {"note": "first", "tag:a": True})
    library.decide("note", [one], {"note": "second"})
    library.decide("mark", [one], {"tag:b": True, "tag:a": False, "starred": True})
    for seen in (library, opened.again()):
        assert seen.triage(one) == Triage(starred=True, tags=("b",), note="second")


def test_a_note_no_file_can_hold_is_kept_readable(opened: SimpleNamespace) -> None:
    """Command lines may hold bytes that are no text; Python gives them as lone surrogates."""
    library, (one, *_) = opened.library, opened.ids
    library.decide("note", [one], {"note": "caf\udce9"})
    assert library.triage(one).note == opened.again().triage(one).note == "caf\ufffd"


# -- undo and redo ------------------------------------------


def test_undo_undo_redo_redo(opened: SimpleNamespace) -> None:
    library, (one, two, *_) = opened.library, opened.ids
    star(library, one)
    library.decide("later", [one, two], VERBS["later"])
    undone = library.undo()
    assert (undone.act.verb, undone.papers, undone.changed, undone.ruled_by) == ("later", (one, two), 2, None)
    assert library.triage(one) == Triage(starred=True)
    assert library.undo().act.verb == "star"
    assert library.undo() is None
    assert library.triage(one) == UNDECIDED
    assert library.redo().act.verb == "star"
    redone = library.redo()
    assert (redone.act.verb, redone.changed, redone.ruled_by) == ("later", 2, None)
    assert library.redo() is None
    for seen in (library, opened.again()):
        assert seen.triage(one) == Triage(starred=True, later=True)
        assert seen.triage(two) == Triage(later=True)


def test_undo_reaches_across_restarts(opened: SimpleNamespace) -> None:
    one, two, *_ = opened.ids
    star(opened.library, one)
    star(opened.again(), two)
    assert opened.again().undo().papers == (two,)
    assert opened.again().undo().papers == (one,)
    assert opened.again().undo() is None
    assert opened.again().redo().papers == (one,)
    assert opened.again().redo().papers == (two,)
    assert opened.again().counts()["starred"] == 2


def test_redo_is_gone_after_a_new_act(opened: SimpleNamespace) -> None:
    library, (one, two, *_) = opened.library, opened.ids
    star(library, one)
    library.undo()
    star(library, two)
    assert library.redo() is None
    assert opened.again().redo() is None
    assert library.undo().papers == (two,)
    assert library.undo() is None


def test_the_log_says_which_acts_stand(opened: SimpleNamespace) -> None:
    library, (one, two, *_) = opened.library, opened.ids
    star(library, one)
    star(library, two)
    library.undo()
    lines = [(d.verb, d.act is not None, stands) for d, stands in library.log()]
    assert lines == [("undo", True, True), ("star", False, False), ("star", False, True)]
    library.redo()
    assert [stands for d, stands in library.log() if d.act is None] == [True, True]


def test_undo_says_which_other_act_still_rules(opened: SimpleNamespace) -> None:
    """A machine merged in starred the same paper: undoing our star leaves theirs."""
    library, (one, *_) = opened.library, opened.ids
    star(library, one)
    theirs = Decision(
        id=new_id(NOW - timedelta(days=1)),
        at=NOW,
        by="laptop",
        verb="star",
        papers=(one,),
        sets={"starred": True},
        origin="laptop",
    )
    opened.keep(theirs)
    undone = library.undo()
    assert (undone.act.by != "laptop", undone.changed, undone.ruled_by) == (True, 0, theirs)
    assert library.triage(one).starred
    assert library.undo() is None


def test_what_was_merged_in_is_never_undone(opened: SimpleNamespace) -> None:
    library, (one, two, *_) = opened.library, opened.ids
    star(library, one)
    for later in (1, -1):
        opened.keep(
            Decision(
                id=new_id(NOW + timedelta(days=later)),
                at=NOW,
                by="laptop",
                verb="star",
                papers=(two,),
                sets={"starred": True},
                origin="laptop",
            )
        )
    assert library.undo().papers == (one,)
    assert library.undo() is None
    for seen in (library, opened.again()):
        assert seen.triage(two).starred
        assert not seen.triage(one).starred


def test_one_decision_on_many_papers_is_one_undo(opened: SimpleNamespace, make: SimpleNamespace) -> None:
    library = opened.library
    library.add(make.reading(*(make.record(f"More {n}", f"text {n}") for n in range(100))))
    library.decide("done", library.papers, VERBS["done"])
    assert library.counts()["inbox"] == 0
    undone = library.undo()
    assert (undone.changed, len(undone.papers)) == (104, 104)
    assert library.counts()["inbox"] == 104


# -- ids and order ------------------------------------------


def test_decisions_fold_in_id_order_whatever_their_order_in_the_file(opened: SimpleNamespace) -> None:
    one, two, *_ = opened.ids
    live = opened.again()
    for day, note in ((3, "third"), (1, "first"), (2, "second")):
        opened.keep(
            Decision(
                id=new_id(NOW + timedelta(days=day)),
                at=NOW,
                by="x",
                verb="note",
                papers=(one, two) if day == 1 else (one,),
                sets={"note": note, f"tag:{note}": True},
            )
        )
        live.refresh()
    for seen in (live, opened.again(), opened.library):
        seen.refresh()
        assert seen.triage(one) == Triage(note="third", tags=("first", "second", "third"))
        assert seen.triage(two) == Triage(note="first", tags=("first",))


def test_an_undo_that_stands_before_its_act_in_the_file_counts(opened: SimpleNamespace) -> None:
    one, *_ = opened.ids
    act = Decision(id=new_id(NOW), at=NOW, by="x", verb="star", papers=(one,), sets={"starred": True})
    undo = Decision(id=new_id(NOW, act.id), at=NOW, by="x", verb="undo", act=act.id, stands=False)
    live = opened.again()
    opened.keep(undo)
    live.refresh()
    opened.keep(act)
    live.refresh()
    assert live.triage(one) == opened.again().triage(one) == UNDECIDED


def test_ids_ascend_with_the_clock_behind(opened: SimpleNamespace) -> None:
    one, *_ = opened.ids
    star(opened.library, one)
    slow = opened.again(behind=3600)
    decision = slow.decide("unstar", [one], VERBS["unstar"])
    assert decision.at == NOW - timedelta(hours=1)
    assert [d.verb for d, _ in slow.log()] == ["unstar", "star"]
    made = [d.id for d, _ in slow.log()]
    assert made == sorted(made, reverse=True)
    for seen in (slow, opened.again(), opened.again(behind=7200)):
        assert seen.triage(one) == UNDECIDED
    undone = opened.again(behind=7200).undo()
    assert undone.act == decision
    assert opened.again().triage(one).starred


# -- papers not known yet ------------------------------------------


def test_a_decision_on_an_unknown_paper_counts_when_the_paper_comes(
    opened: SimpleNamespace, make: SimpleNamespace
) -> None:
    other = make.library(make.record("To come", "its abstract"), make.record("Only a title"))
    keys = list(other.papers)
    library = opened.library
    decision = star(library, *keys)
    assert decision.papers == tuple(keys)
    assert library.counts() == {"inbox": 4, "starred": 0, "later": 0, "tagged": 0, "new": 4, "all": 4}
    assert library.undo().changed == 2
    library.redo()
    library.add(make.reading(make.record("Only a title"), make.record("To come", "its abstract")))
    for seen in (library, opened.again()):
        assert seen.counts() == {"inbox": 4, "starred": 2, "later": 0, "tagged": 0, "new": 6, "all": 6}
        assert all(seen.triage(key).starred for key in keys)


def test_it_counts_too_when_the_paper_comes_as_a_part_of_another(
    opened: SimpleNamespace, make: SimpleNamespace
) -> None:
    (key,) = make.library(make.record("To come", "its abstract")).papers
    library = opened.library
    library.decide("tag", [key], {"tag:x": True})
    library.add(make.reading(make.record("Paper 0", "abstract 0", arxiv_id="1"), digest_id="a" * 12))
    library.add(make.reading(make.record("To come", "its abstract", arxiv_id="1"), digest_id="b" * 12))
    for seen in (library, opened.again()):
        assert seen.tags() == {"x": 1}
        assert len(seen.papers) == 4


# -- several processes ------------------------------------------


def test_two_processes_see_each_others_decisions(opened: SimpleNamespace) -> None:
    mine, theirs, (one, two, *_) = opened.library, opened.again(), opened.ids
    star(mine, one)
    assert theirs.triage(one) == UNDECIDED
    assert theirs.refresh() == (False, {one})
    assert theirs.refresh() == (False, set())
    assert theirs.triage(one).starred
    assert theirs.counts()["starred"] == 1
    theirs.decide("later", [two], VERBS["later"])
    assert mine.undo().papers == (two,)
    assert mine.refresh() == (False, {two}) or mine.triage(two) == UNDECIDED
    assert theirs.refresh() == (False, {two})
    assert theirs.triage(two) == UNDECIDED


def test_deciding_takes_in_what_others_decided_first(opened: SimpleNamespace) -> None:
    mine, theirs, (one, two, *_) = opened.library, opened.again(), opened.ids
    star(mine, one)
    assert star(theirs, one) is None
    assert star(theirs, one, two).papers == (two,)
    assert theirs.refresh() == (False, {one})


def test_two_processes_see_each_others_imports(opened: SimpleNamespace, make: SimpleNamespace) -> None:
    mine, theirs = opened.library, opened.again()
    list(theirs.list(View("all", parse("abstract"))))
    mine.add(make.reading(make.record("Fresh", "newly come"), name="evening"))
    star(mine, *mine.papers)
    assert theirs.refresh() == (True, set(mine.papers))
    assert theirs.papers == mine.papers
    assert list(theirs.digests) == list(mine.digests)
    assert theirs.counts() == mine.counts()
    (found,) = theirs.list(View("all", parse("newly")))
    assert (found.title, theirs.abstract(found)) == ("Fresh", "newly come")


def test_an_import_joins_what_another_process_imported(
    opened: SimpleNamespace, make: SimpleNamespace
) -> None:
    mine, theirs = opened.library, opened.again()
    mine.add(make.reading(make.record("Fresh", "newly come"), digest_id="a" * 12))
    added = theirs.add(make.reading(make.record("fresh", "Newly come", comments=3), digest_id="b" * 12))
    assert (added.new, added.merged) == (0, 1)
    assert len(opened.again().papers) == 5
    mine.refresh()
    assert mine.papers == theirs.papers


# -- failing writes ------------------------------------------


def test_a_decision_that_could_not_be_kept_was_not_made(make: SimpleNamespace) -> None:
    class Full(make.store):  # type: ignore[misc, name-defined]
        full = False

        def keep(self, decision: Decision) -> None:
            if self.full:
                raise LibraryError("disk full")
            super().keep(decision)

        def keep_import(self, *parts: object) -> object:
            if self.full:
                raise LibraryError("disk full")
            return super().keep_import(*parts)

    store = Full()
    library = make.library(make.record("A", "a"), store=store)
    (paper_id,) = library.papers
    star(library, paper_id)

    def state() -> object:
        return dict(library.papers), dict(library.digests), library.counts(), list(library.log())

    before = state()
    store.full = True
    for act in (
        lambda: library.decide("done", [paper_id], VERBS["done"]),
        library.undo,
        lambda: library.add(make.reading(make.record("B", "b"))),
    ):
        with pytest.raises(LibraryError):
            act()
        assert state() == before
    store.full = False
    assert library.undo().papers == (paper_id,)
    assert library.add(make.reading(make.record("B", "b"))).new == 1


# -- digests and views ------------------------------------------


def test_digests_of_one_name_get_a_suffix_and_keep_it(make: SimpleNamespace) -> None:
    library = make.library()
    for letter in "abc":
        library.add(make.reading(make.record(letter, "x"), digest_id=letter * 12, name="nov-18"))
    library.add(make.reading(make.record("a", "x"), make.record("d", "x"), digest_id="a" * 12, name="other"))
    assert [digest.name for digest in library.digests.values()] == ["nov-18", "nov-18-2", "nov-18-3"]
    assert library.digests["a" * 12].records == 2


def test_is_new_is_the_last_import_that_brought_something(make: SimpleNamespace) -> None:
    library = make.library(make.record("old", "a"))
    new = View("new", parse("is:new"))
    later, latest = NOW + timedelta(days=1), NOW + timedelta(days=2)
    library.add(make.reading(make.record("young", "b"), imported=later))
    library.add(make.reading(make.record("younger", "c"), imported=later, place=1))
    library.add(make.reading(make.record("old", "a"), imported=latest))
    assert [paper.title for paper in library.list(new)] == ["young", "younger"]


def test_a_view_lists_what_its_query_and_its_filter_both_want(make: SimpleNamespace) -> None:
    library = make.library(make.record("Swin", "windows"), make.record("Mamba", "state space"))
    swin, _ = library.papers
    star(library, swin)
    inbox, starred, _, everything = TABS
    assert [paper.title for paper in library.list(inbox)] == ["Mamba"]
    assert [paper.title for paper in library.list(starred)] == ["Swin"]
    assert [paper.title for paper in library.list(everything.narrowed(parse("state")))] == ["Mamba"]
    assert library.list(starred.narrowed(parse("state"))) == []


def test_an_abstract_is_given_as_it_came(make: SimpleNamespace) -> None:
    abstract = "  Of 2\\% \u202e\x1b[31m…\n"
    library = make.library(make.record("A", abstract), make.record("B"))
    assert [library.abstract(paper) for paper in library.papers.values()] == [abstract, ""]


def test_one_damaged_abstract_does_not_stop_a_search(make: SimpleNamespace) -> None:
    class Damaged(make.store):  # type: ignore[misc, name-defined]
        def abstract(self, paper: Paper) -> str:
            if paper.title == "Swin":
                raise LibraryError("no abstract there")
            return str(super().abstract(paper))

        def abstracts(self) -> object:
            return list(super().abstracts())[1:]

    library = make.library(
        make.record("Swin", "windows"), make.record("Swin two", "windows"), store=Damaged()
    )
    assert [p.title for p in library.list(View("all", parse("windows")))] == ["Swin two"]
    assert len(library.list(View("all", parse("swin")))) == 2


def test_nothing_is_kept_for_a_digest_without_records(make: SimpleNamespace) -> None:
    store = make.store()
    library = make.library(store=store)
    added = library.add(make.reading(digest_id="e" * 12))
    assert msgspec.structs.astuple(added) == (0, 0, 0)
    assert list(Library(make.store(store.disk)).digests) == ["e" * 12]


def test_the_best_match_of_a_word_spelt_nearly_so_comes_first(make: SimpleNamespace) -> None:
    """Ranked by the words it stands for, not by the one that was mistyped."""
    library = make.library(
        make.record("Masks", "Another diffusion of masks"), make.record("Diffusion", "beats the rest")
    )
    view = View("all", parse("~difusion"), order="relevance")
    assert [paper.title for paper in library.list(view)] == ["Diffusion", "Masks"]
    assert [paper.title for paper in library.list(view.ordered("-relevance"))] == ["Masks", "Diffusion"]


def test_taking_back_the_newest_act_leaves_what_all_the_others_say(opened: SimpleNamespace) -> None:
    """However it is found out: as whoever opens the library next has it, and other processes' acts count."""
    library, ids = opened.library, opened.ids
    star(library, ids[0])
    library.decide("done", ids, VERBS["done"])
    library.decide("later", ids[:2], VERBS["later"])
    for _ in range(2):
        made = library.undo()
        assert made is not None
        assert made.changed == len(made.papers)
        assert [library.triage(i) for i in ids] == [opened.again().triage(i) for i in ids]
    assert library.triage(ids[0]) == Triage(starred=True)
    library.redo()
    opened.again().decide("later", ids[1:2], VERBS["later"])
    assert library.undo() is not None
    assert library.undo() is not None
    assert [library.triage(i) for i in ids] == [opened.again().triage(i) for i in ids]
    assert library.triage(ids[0]) == Triage(starred=True)
    assert library.triage(ids[1]) == UNDECIDED
