"""What a decision and a start cost on the disk: counted, since this does not hang on the machine."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tui.papers.library import Library
from tui.papers.triage import VERBS
from tui.papers.view import BUILT_IN

#: bytes that a decision on one paper takes at most: two ids, a time, a machine's name, what it sets
LINE = 400
#: what others may have written to since
TABLES = ["papers.jsonl", "digests.jsonl", "decisions.jsonl"]
#: where Linux says what a process has read and written
IO = Path("/proc/self/io")


class Calls:
    """The names of the files opened and looked at, and how many times something was to be made durable."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self.looked_at: list[str] = []
        self.synced = 0


@contextmanager
def counting(monkeypatch: pytest.MonkeyPatch) -> Iterator[Calls]:
    """Count what is asked for meanwhile."""
    calls = Calls()
    open_, stat, fsync = os.open, os.stat, os.fsync

    def opened(path: Any, *args: Any, **kwargs: Any) -> int:
        calls.opened.append(Path(os.fsdecode(path)).name)
        return open_(path, *args, **kwargs)

    def looked_at(path: Any, *args: Any, **kwargs: Any) -> os.stat_result:
        calls.looked_at.append(Path(os.fsdecode(path)).name)
        return stat(path, *args, **kwargs)

    def synced(fd: int) -> None:
        calls.synced += 1
        fsync(fd)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", opened)
        patch.setattr(os, "stat", looked_at)
        patch.setattr(os, "fsync", synced)
        yield calls


def sizes(path: Path) -> dict[str, int]:
    """The bytes of each file of a library."""
    return {file.name: file.stat().st_size for file in path.iterdir() if file.is_file()}


@pytest.fixture
def filled(opened: Callable[..., Library], read: Callable[..., Any]) -> Callable[[int], Library]:
    """Makes a library of so many papers, of which one is starred, and opens it again."""

    def made(papers: int) -> Library:
        library = opened()
        library.add(read(*(f"Paper {number}" for number in range(papers)), digest_id="a" * 12))
        library.decide("star", [next(iter(library.papers))], VERBS["star"])
        return opened()

    return made


@pytest.mark.parametrize("papers", [3, 3000])
def test_a_decision_is_one_line_and_one_fsync(
    filled: Callable[[int], Library], path: Path, papers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of all files one grows, by a line, however many papers there are; the lock is the other one opened.

    Whether anyone else wrote is seen with one look at each table, and what was written with another one.
    """
    library = filled(papers)
    second = [*library.papers][1]
    before, lines = sizes(path), (path / "decisions.jsonl").read_bytes().count(b"\n")
    looked_for = ["papertui.json"]  # once a session
    for verb in ("star", "done", "later"):
        with counting(monkeypatch) as calls:
            library.decide(verb, [second], VERBS[verb])
        assert calls.opened == ["lock", "decisions.jsonl"]
        assert calls.synced == 1
        assert calls.looked_at == [path.name, "lock", *looked_for, *TABLES, "decisions.jsonl"]
        looked_for = []
    after = sizes(path)
    grown = {name: after[name] - before.get(name, 0) for name in after if after[name] != before.get(name)}
    assert list(grown) == ["decisions.jsonl"]
    assert grown["decisions.jsonl"] <= 3 * LINE
    assert (path / "decisions.jsonl").read_bytes().count(b"\n") == lines + 3


@pytest.mark.parametrize("papers", [3, 3000])
def test_an_undo_is_one_line_too(
    filled: Callable[[int], Library], path: Path, papers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also of an act on all papers: it names the act, not them."""
    library = filled(papers)
    library.decide("done", list(library.papers), VERBS["done"])
    before = sizes(path)["decisions.jsonl"]
    with counting(monkeypatch) as calls:
        assert library.undo()
    assert calls.synced == 1
    assert sizes(path)["decisions.jsonl"] - before <= LINE


def test_opening_a_library_reads_no_abstracts(
    filled: Callable[[int], Library], opened: Callable[..., Library], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Papers, digests and decisions alone; counting and listing take no file at all."""
    filled(300)
    with counting(monkeypatch) as calls:
        library = opened()
        assert library.counts()["inbox"] == 299
        library.list(BUILT_IN[0])
    assert set(calls.opened) == {"decisions.jsonl", "digests.jsonl", "papers.jsonl"}
    assert calls.synced == 0


@pytest.mark.skipif(not IO.exists(), reason="only Linux tells how much was read")
def test_an_abstract_is_read_alone(filled: Callable[[int], Library], monkeypatch: pytest.MonkeyPatch) -> None:
    """Showing one paper reads the line of its abstract, and not what stands around it."""
    library = filled(3000)
    paper = [*library.papers.values()][1500]
    with counting(monkeypatch) as calls:
        before = bytes_read()
        assert library.abstract(paper) == f"The abstract of {paper.title}."
        assert bytes_read() - before < 1000
    assert calls.opened == ["abstracts.jsonl"]


def bytes_read() -> int:
    """What this process has read so far."""
    return int(re.findall(r"rchar: (\d+)", IO.read_text())[0])
