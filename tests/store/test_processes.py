"""Several processes on one library, some of them killed: no decision that was acknowledged is ever lost."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from tui.errors import LibraryBusy
from tui.papers.library import Library
from tui.papers.paper import Reading
from tui.papers.triage import VERBS
from tui.store.turn import Turn

OPEN = """
import sys
from pathlib import Path
from tui.papers.library import Library
from tui.store.database import Database
library = Library(Database(Path(sys.argv[1]), wait=30))
"""
#: takes the turn, says so, and keeps it until it is killed or its stdin closes
HOLD = """
import sys
from pathlib import Path
from tui.store.database import Database
with Database(Path(sys.argv[1])).turn():
    print("held", flush=True)
    sys.stdin.read()
"""
#: tags every paper with the next number, and says the number once that is kept
ACKNOWLEDGE = (
    OPEN
    + """
for number in range(int(sys.argv[2]), 10**9):
    assert library.decide("tag", library.papers, {f"tag:{number}": True})
    print(number, flush=True)
"""
)
#: decides 25 times about the papers that all of them decide about
RACE = (
    OPEN
    + """
who = sys.argv[2]
sys.stdin.readline()
for number in range(25):
    assert library.decide("tag", library.papers, {f"tag:{who}-{number}": True})
"""
)
#: the first to open a library that is not there yet
FIRST = (
    OPEN
    + """
from datetime import UTC, datetime
from tui.papers.paper import Digest, Reading, Record
who = sys.argv[2]
digest = Digest(id=who * 12, name="page", path="/p", format="test", imported=datetime.now(UTC), records=2)
records = Record(title="Same", abstract="a"), Record(title=who, abstract=who)
sys.stdin.readline()
library.add(Reading(digest=digest, records=records))
"""
)


@contextmanager
def running(code: str, path: Path, *args: object) -> Iterator[subprocess.Popen[str]]:
    """A process of its own, gone at the end."""
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(path), *map(str, args)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=30)


def together(path: Path, code: str, names: str) -> None:
    """One process for each name, all let go at once; each must end well."""
    with running(code, path, names[0]) as one:
        rest = [running(code, path, name) for name in names[1:]]
        processes = [one, *(process.__enter__() for process in rest)]
        try:
            for process in processes:
                with suppress(BrokenPipeError):
                    process.stdin.write("go\n")  # type: ignore[union-attr]
                    process.stdin.flush()  # type: ignore[union-attr]
            for process in processes:
                _, errors = process.communicate(timeout=60)
                assert process.returncode == 0, errors
        finally:
            for process in rest:
                process.__exit__(None, None, None)


def test_a_lock_held_elsewhere_is_waited_for_as_long_as_was_said(
    path: Path, library: Library, opened: Callable[..., Library]
) -> None:
    paper_id, *_ = library.papers
    with running(HOLD, path) as holder:
        assert holder.stdout.readline() == "held\n"  # type: ignore[union-attr]
        impatient = opened(wait=0.1)
        assert len(impatient.papers) == 3
        began = time.monotonic()
        with pytest.raises(LibraryBusy, match="another papertui is writing; nothing was changed"):
            impatient.decide("star", [paper_id], VERBS["star"])
        assert 0.1 <= time.monotonic() - began < 2
        assert impatient.counts()["starred"] == 0
        assert not (path / "decisions.jsonl").exists()
        with pytest.raises(LibraryBusy):
            Turn(path).take(0)
    assert impatient.decide("star", [paper_id], VERBS["star"])


def test_a_lock_let_go_in_time_is_taken(path: Path, library: Library, opened: Callable[..., Library]) -> None:
    with running(HOLD, path) as holder:
        assert holder.stdout.readline() == "held\n"  # type: ignore[union-attr]
        patient = opened(wait=30)
        holder.stdin.close()  # type: ignore[union-attr]
        assert patient.decide("star", patient.papers, VERBS["star"])
        holder.wait(timeout=30)
        holder.stdin = None


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_a_lock_left_by_a_killed_process_stops_nobody(
    path: Path, library: Library, opened: Callable[..., Library]
) -> None:
    with running(HOLD, path) as holder:
        assert holder.stdout.readline() == "held\n"  # type: ignore[union-attr]
        holder.send_signal(signal.SIGKILL)
        holder.wait(timeout=30)
        began = time.monotonic()
        assert opened(wait=5).decide("star", library.papers, VERBS["star"])
        assert time.monotonic() - began < 4


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_every_acknowledged_decision_outlives_a_kill(
    path: Path, library: Library, opened: Callable[..., Library]
) -> None:
    """Killed five times at a moment of chance while it writes as fast as it can."""
    chance = random.Random(3)
    acknowledged = -1
    for _ in range(5):
        with running(ACKNOWLEDGE, path, acknowledged + 1) as writer:
            lines: list[str] = [writer.stdout.readline()]  # type: ignore[union-attr]
            stop = time.monotonic() + chance.uniform(0, 0.1)
            while time.monotonic() < stop:
                lines.append(writer.stdout.readline())  # type: ignore[union-attr]
            writer.send_signal(signal.SIGKILL)
            lines += (writer.stdout.read() or "").splitlines(keepends=True)  # type: ignore[union-attr]
        acknowledged = max(int(line) for line in lines if line.endswith("\n") and line.strip())
        fresh = opened()
        assert not opened.database.damaged  # type: ignore[attr-defined]
        for paper_id in fresh.papers:
            tags = {int(tag) for tag in fresh.triage(paper_id).tags}
            assert tags >= set(range(acknowledged + 1))
            assert tags <= set(range(acknowledged + 2))
        acknowledged = max(tags)
    library.refresh()
    assert library.tags() == fresh.tags()
    assert acknowledged >= 4


def test_four_processes_lose_none_of_each_others_decisions(
    path: Path, library: Library, opened: Callable[..., Library]
) -> None:
    together(path, RACE, "abcd")
    expected = {f"{who}-{number}": 3 for who in "abcd" for number in range(25)}
    library.refresh()
    for seen in (library, opened()):
        assert seen.tags() == expected
        ids = [decision.id for decision, _ in seen.log()]
        assert len(ids) == 100
        assert ids == sorted(set(ids), reverse=True)


def test_four_processes_may_make_one_library_at_once(path: Path, opened: Callable[..., Library]) -> None:
    together(path, FIRST, "abcd")
    library = opened()
    assert sorted(paper.title for paper in library.papers.values()) == ["Same", "a", "b", "c", "d"]
    (same,) = (paper for paper in library.papers.values() if paper.title == "Same")
    assert len(same.sightings) == 4
    assert len({digest.name for digest in library.digests.values()}) == 4
    assert not opened.database.damaged  # type: ignore[attr-defined]


def test_an_import_killed_before_its_digest_is_whole_when_done_again(
    path: Path,
    library: Library,
    opened: Callable[..., Library],
    read: Callable[..., Reading],
    monkeypatch: Any,
) -> None:
    """Papers stand in the library, the digest does not: no paper is lost, doubled or out of place."""
    from tui.store import database

    def killed(path: Path, lines: list[bytes]) -> tuple[int, int]:
        if path.stem == "digests":
            raise KeyboardInterrupt
        return real(path, lines)

    real = database.append
    monkeypatch.setattr(database, "append", killed)
    with pytest.raises(KeyboardInterrupt):
        library.add(read("Vision", "Swin", digest_id="f" * 12))
    monkeypatch.undo()
    fresh = opened()
    assert [paper.title for paper in fresh.papers.values()] == ["Swin", "Mamba", "Jamba", "Vision"]
    assert "f" * 12 not in fresh.digests
    library.refresh()
    assert library.papers == fresh.papers
    fresh.add(read("Vision", "Swin", digest_id="f" * 12))
    again = opened()
    assert again.papers == fresh.papers
    assert "f" * 12 in again.digests
    assert len((path / "papers.jsonl").read_bytes().splitlines()) == 5
