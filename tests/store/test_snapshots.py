"""A library opened with a snapshot is the library that all its decisions make; whatever happened since."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tui.papers import library as module
from tui.papers.library import Library
from tui.papers.triage import VERBS
from tui.papers.view import TABS
from tui.store.database import Database
from tui.store.snapshots import NAME, _sealed, _unsealed

INBOX = TABS[0]

Opened = Callable[[], Library]

act = st.tuples(st.sampled_from(sorted(VERBS)), st.sets(st.integers(0, 4), min_size=1, max_size=3))
step = st.one_of(
    act,
    st.tuples(st.just("tag"), st.sets(st.integers(0, 4), min_size=1)),
    st.sampled_from(["undo", "redo", "settle", "open", "import", "forget", "take back"]),
)


@pytest.fixture(autouse=True)
def _always_worth(monkeypatch: pytest.MonkeyPatch) -> None:
    """A single decision is worth a snapshot."""
    monkeypatch.setattr(module, "WORTH", 1)


def settle(library: Library) -> bool:
    """Keep a snapshot, where that is worth it."""
    work = library.settle()
    if work:
        work()
    return work is not None


def state(library: Library) -> dict[str, Any]:
    """All that a fold makes."""
    ledger = library._ledger
    return {
        "triage": {paper_id: library.triage(paper_id) for paper_id in library._collection.papers},
        "counts": library.counts(),
        "inbox": [paper.id for paper in library.list(INBOX)],
        "newest": library.newest,
        "log": [(decision.id, stands) for decision, stands in library.log()],
        "newest id": ledger.newest,
        "acts": ledger.acts,
        "hidden": ledger.hidden,
        "in order": ledger.in_order,
        "undone": ledger.standing.undone,
    }


def other_way_round(papers: Path) -> None:
    """The first two lines change places: length and last line are what they were."""
    first, second, *rest = papers.read_bytes().splitlines(keepends=True)
    papers.write_bytes(b"".join((second, first, *rest)))


def one_place_on(snapshot: Path) -> None:
    """Each paper stands one place further on, so that the last is none."""
    kept = msgspec.msgpack.decode(_unsealed(snapshot.read_bytes()))
    for _, rows, _ in kept["snapshot"][1]:
        rows[:] = [row + 1 for row in rows]
    snapshot.write_bytes(_sealed(msgspec.msgpack.encode(kept)))


def does(library: Library, read: Any, what: Any, number: int) -> None:
    """One step of a story."""
    ids = list(library._collection.papers)
    if what == "undo":
        library.undo()
    elif what == "redo":
        library.redo()
    elif what == "take back":
        acts = [decision for decision, _ in library.log() if decision.act is None]
        if acts:
            library.take_back(acts[len(acts) // 2].id)
    elif what == "import":
        library.add(read(f"Paper {number}", "Swin"))
    elif what == "forget":
        library.forget(library.loss_of(ids[:1]))
    elif isinstance(what, tuple):
        verb, some = what
        sets = {"tag:x": True} if verb == "tag" else VERBS[verb]
        library.decide(verb, [ids[n % len(ids)] for n in some], sets)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=st.lists(step, max_size=14))
def test_it_comes_to_what_all_decisions_come_to(
    story: list[Any], tmp_path_factory: pytest.TempPathFactory, read: Any
) -> None:
    """Through acts, undos, imports and forgetting, with snapshots kept in between."""
    path = tmp_path_factory.mktemp("story") / "library"
    library = Library(Database(path))
    library.add(read("Swin", "Mamba", "Kettle", "Lantern", "Bellows"))
    for number, what in enumerate(story):
        if what == "settle":
            settle(library)
        elif what == "open":
            library = Library(Database(path))
        else:
            does(library, read, what, number)
    kept = state(Library(Database(path)))
    (path / NAME).unlink(missing_ok=True)
    assert kept == state(Library(Database(path))) == state(library)


def test_a_start_folds_only_what_came_after_it(opened: Opened, read: Any, path: Path) -> None:
    """And decides and takes back as ever."""
    library = opened()
    library.add(read("Swin", "Mamba"))
    one, two = library.papers
    library.decide("star", [one], VERBS["star"])
    assert settle(library)
    library.decide("done", [two], VERBS["done"])
    again = opened()
    assert again._ledger.folded == 1
    assert (again.triage(one).starred, again.triage(two).read) == (True, True)
    again.undo()
    again.undo()
    assert not again.triage(one).starred
    assert not opened().triage(one).starred
    assert (path / NAME).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("first", ["tag", "star", "done", "forget", "unread"])
@pytest.mark.parametrize(
    "then", ["undo", "unread", "import", "new", "forget", "undo all", "done", "elsewhere"]
)
def test_the_inbox_follows_what_is_decided_after_it(
    first: str, then: str, opened: Opened, read: Any, path: Path
) -> None:
    """And so do the papers that came last: whatever happens is seen as without a snapshot."""
    library = opened()
    library.add(read("Swin", "Mamba", "Kettle"))
    library.add(read("Lantern", "Bellows"))
    one, two, three, *_ = library.papers
    library.decide("star", [two], VERBS["star"])
    library.decide("done", [three], VERBS["done"])
    settle(library)
    resumed = opened()
    assert [paper.id for paper in resumed.list(INBOX)] == [*list(library.papers)[3:], one]
    does(resumed, read, (first, {0}) if first != "forget" else first, 1)
    follow = {
        "undo all": lambda: [resumed.undo() for _ in range(3)],
        "elsewhere": lambda: (library.decide("unstar", [two], VERBS["unstar"]), resumed.refresh()),
        "unread": lambda: does(resumed, read, ("unread", {0, 1, 2}), 2),
        "new": lambda: resumed.add(read("Anvil")),
        "done": lambda: does(resumed, read, ("done", {3}), 2),
    }
    follow.get(then, lambda: does(resumed, read, then, 2))()
    kept, after = state(resumed), state(opened())
    (path / NAME).unlink()
    assert kept == after == state(opened())


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: (path / NAME).write_bytes(b""),
        lambda path: (path / NAME).write_bytes(b"\xff" * 100),
        lambda path: (path / NAME).write_bytes((path / NAME).read_bytes()[:-3]),
        lambda path: ((path / NAME).unlink(), (path / NAME).mkdir()),
        lambda path: (path / "decisions.jsonl").write_bytes((path / "decisions.jsonl").read_bytes()[:-9]),
        lambda path: (path / "papers.jsonl").write_bytes((path / "papers.jsonl").read_bytes() + b"{}\n"),
        lambda path: other_way_round(path / "papers.jsonl"),
        lambda path: one_place_on(path / NAME),
    ],
)
def test_one_that_cannot_be_used_is_passed_over(
    opened: Opened, read: Any, path: Path, spoil: Callable[[Path], object]
) -> None:
    """Cut, overwritten, of other papers or other decisions: all are folded as if it were not there."""
    library = opened()
    library.add(read("Swin", "Mamba", "Kettle"))
    one, _, two = library.papers
    library.decide("star", [one], VERBS["star"])
    library.decide("done", [two], VERBS["done"])
    settle(library)
    spoil(path)
    found = opened()
    assert [i for i in found.papers if found.triage(i).starred] == [one]
    assert found._ledger.folded >= 1


def taken_from(path: Path) -> bool:
    """Whether the snapshot is used."""
    database = Database(path)
    assert list(database.papers())
    assert list(database.digests())
    return database.snapshot() is not None


def test_not_one_bit_of_it_can_change_unseen(opened: Opened, read: Any, path: Path) -> None:
    """A damaged byte may well be another paper's place: it would wear a star that nobody gave it."""
    library = opened()
    library.add(read("Swin", "Mamba", "Kettle", "Lantern"))
    one, two, *_ = library.papers
    library.decide("star", [one], VERBS["star"])
    library.decide("done", [two], VERBS["done"])
    settle(library)
    whole = (path / NAME).read_bytes()
    assert taken_from(path)
    for at, byte in enumerate(whole):
        changed = bytes([byte ^ 1 << at % 8])
        (path / NAME).write_bytes(whole[:at] + changed + whole[at + 1 :])
        assert not taken_from(path)


def test_a_library_that_cannot_be_written_to_has_none(
    opened: Opened, read: Any, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And nobody is troubled."""
    library = opened()
    library.add(read("Swin"))
    library.decide("star", list(library.papers), VERBS["star"])

    def refuse(*args: object, **more: object) -> int:
        raise PermissionError(13, "no")

    monkeypatch.setattr("os.open", refuse)
    assert settle(library)
    monkeypatch.undo()
    assert not (path / NAME).exists()
