"""Mending: what cannot be read is put aside, and nothing that can be read is lost, however it ends."""

import errno
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tui.errors import LibraryBusy, LibraryError
from tui.papers.library import Library
from tui.papers.triage import VERBS
from tui.store import mending
from tui.store.database import TABLES, Database
from tui.store.inspecting import survey
from tui.store.json_lines import JsonLinesStorage
from tui.store.mending import mend

GARBAGE = b"\x00 nobody can read this #%d\n"


def everything(path: Path) -> Any:
    """What a fresh reader finds: papers with abstracts and triage, digests and the log."""
    library = Library(Database(path))
    papers = {p.id: (p.title, library.abstract(p), library.triage(p.id)) for p in library.papers.values()}
    return papers, dict(library.digests), list(library.log())


def holds(path: Path, data: bytes) -> bool:
    """Whether these bytes are somewhere in the library."""
    return any(data in file.read_bytes() for file in path.rglob("*") if file.is_file())


@pytest.fixture
def damaged(path: Path, library: Library, read: Callable[..., Any]) -> Path:
    """A library with damage of every kind that loses nothing: lines between the lines, a torn tail."""
    library.add(read("Swin", "Hyena", comments=3))
    library.decide("star", library.papers, VERBS["star"])
    library.undo()
    library.decide("note", library.papers, {"note": "n"})
    for number, table in enumerate(TABLES):
        file = path / f"{table}.jsonl"
        first, *rest = file.read_bytes().splitlines(keepends=True)
        file.write_bytes(first + GARBAGE % number + b"".join(rest) + b'{"torn %d' % number)
    (path / "papers.jsonl.new").write_bytes(b"{")
    (path / "papertui.json").write_bytes(b"{")
    path.chmod(0o755)
    return path


def check(path: Path, before: Any) -> None:
    """Nothing that could be read is different, and what could not be is kept."""
    assert everything(path) == before
    for number in range(len(TABLES)):
        assert holds(path, GARBAGE % number)
        assert holds(path, b'{"torn %d' % number)


def test_a_damaged_library_is_mended(damaged: Path) -> None:
    """All is as it was read before, and there is nothing more to mend."""
    before = everything(damaged)
    mended = mend(Database(damaged))
    check(damaged, before)
    assert not survey(damaged).can_be_mended
    assert mended.again == ()
    assert "papers.jsonl: 2 lines moved to aside/papers.jsonl." in mended.done
    assert (damaged / "aside" / "decisions.jsonl").read_bytes() == GARBAGE % 3 + b'{"torn 3\n'
    assert json.loads((damaged / "papertui.json").read_bytes())["format"] == 1
    assert damaged.stat().st_mode & 0o777 == 0o700


def test_good_lines_stay_byte_for_byte(damaged: Path) -> None:
    """Of papers each has one line, the last, in which nothing but the abstract's place is different."""
    good = {
        table: [
            line
            for line in (damaged / f"{table}.jsonl").read_bytes().splitlines(keepends=True)
            if line.endswith(b"\n") and b"nobody" not in line
        ]
        for table in TABLES
    }
    mend(Database(damaged))
    for table in ("abstracts", "digests", "decisions"):
        assert (damaged / f"{table}.jsonl").read_bytes() == b"".join(good[table])
    last = {key: paper for line in good["papers"] for key, paper in json.loads(line).items()}
    fresh = [json.loads(line) for line in (damaged / "papers.jsonl").read_bytes().splitlines()]
    assert sorted(key for line in fresh for key in line) == sorted(last)
    for line in fresh:
        ((key, paper),) = line.items()
        assert paper | {"abstract_at": 0} == last[key] | {"abstract_at": 0}


def test_fields_that_nobody_knows_stay(damaged: Path) -> None:
    """A newer papertui may have written them."""
    file = damaged / "papers.jsonl"
    file.write_bytes(file.read_bytes().replace(b'"title":"Swin"', b'"mood":[1, null],"title":"Swin"'))
    mend(Database(damaged))
    assert b'"mood":[1, null]' in file.read_bytes()


@pytest.mark.parametrize("call", ["open", "write", "fsync", "replace", "mkdir", "chmod", "unlink"])
def test_a_repair_that_is_cut_short_anywhere_loses_nothing(
    damaged: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    """Each of its calls to the system fails in turn, and from then on all; the next repair ends it."""
    before = everything(damaged)
    for number in count():
        path = shutil.copytree(damaged, tmp_path / f"{call}-{number}")
        failed = _fails(path, monkeypatch, call, number)
        check(path, before)
        mend(Database(path))
        check(path, before)
        assert not survey(path).can_be_mended
        if not failed:
            break
    assert number >= {"open": 10, "write": 4, "fsync": 9, "replace": 5}.get(call, 1)


def _fails(path: Path, monkeypatch: pytest.MonkeyPatch, call: str, after: int) -> bool:
    """Mend while this call fails after so many that go well; whether it came to that."""
    real, calls, failed = getattr(os, call), 0, False

    def stand_in(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls, failed
        if call == "open" and not args[1] & (os.O_WRONLY | os.O_RDWR):
            return real(*args, **kwargs)
        calls += 1
        if calls <= after:
            return real(*args, **kwargs)
        failed = True
        if call == "write":
            real(args[0], bytes(args[1])[: len(args[1]) // 2])
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(args[0]))

    with monkeypatch.context() as patch:
        patch.setattr(os, call, stand_in)
        with suppress(LibraryError):
            mend(Database(path))
    return failed


def test_a_repair_that_is_killed_between_two_tables(
    damaged: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After each step: whoever opens the library then finds all of it, and the next repair ends it."""
    before = everything(damaged)
    real = mending.replace
    for stop in range(5):
        path = shutil.copytree(damaged, tmp_path / f"{stop}")
        left = iter(range(stop))

        def replace(*args: Any, left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise KeyboardInterrupt
            real(*args)

        with monkeypatch.context() as patch:
            patch.setattr(mending, "replace", replace)
            with pytest.raises(KeyboardInterrupt):
                mend(Database(path))
        check(path, before)
        mend(Database(path))
        check(path, before)


def test_abstracts_that_moved_are_found_at_once_again(path: Path, library: Library) -> None:
    """Each paper knows where its own lies; of several under its keys, the one that was chosen."""
    before = everything(path)
    file = path / "abstracts.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    short = json.dumps({next(iter(library.papers)): {"text": "The"}}).encode() + b"\n"
    file.write_bytes(b"".join(reversed(lines)) + short)
    mend(Database(path))
    assert survey(path).displaced == []
    assert everything(path) == before


def test_a_lost_abstract_comes_back_with_its_file(
    path: Path, library: Library, read: Callable[..., Any]
) -> None:
    """Its digest is taken out and kept aside; other digests stay."""
    library.add(read("Hyena"))
    before = everything(path)
    file = path / "abstracts.jsonl"
    file.write_bytes(b"#" + file.read_bytes()[1:])
    mended = mend(Database(path))
    assert [digest.records for digest in mended.again] == [3]
    fresh = Library(Database(path))
    assert [digest.records for digest in fresh.digests.values()] == [1]
    assert holds(path / "aside", mended.again[0].id.encode())
    fresh.add(read("Swin", "Mamba", "Jamba"))
    papers, digests, _ = everything(path)
    assert papers == before[0]
    assert digests.keys() == before[1].keys()
    assert not survey(path).can_be_mended


def test_other_digests_of_a_line_stay(path: Path, library: Library, read: Callable[..., Any]) -> None:
    """TinyDB writes several documents in one line; only what must be imported again is taken out."""
    library.add(read("Hyena"))
    file = path / "digests.jsonl"
    both = {
        key: digest for line in file.read_bytes().splitlines() for key, digest in json.loads(line).items()
    }
    file.write_text(json.dumps(both) + "\n")
    abstracts = path / "abstracts.jsonl"
    abstracts.write_bytes(b"#" + abstracts.read_bytes()[1:])
    assert [digest.records for digest in mend(Database(path)).again] == [3]
    assert [digest.records for digest in Library(Database(path)).digests.values()] == [1]


@pytest.mark.parametrize("table", TABLES)
def test_what_stands_in_place_of_a_table_is_moved_aside(path: Path, library: Library, table: str) -> None:
    """With all that is in it, never over anything that lies there; then the table can be written."""
    library.decide("star", library.papers, VERBS["star"])
    for number in (1, 2):
        (path / f"{table}.jsonl").unlink()
        (path / f"{table}.jsonl").mkdir()
        (path / f"{table}.jsonl" / "mine").write_bytes(b"%d" % number)
        mend(Database(path))
        assert (path / "aside" / f"{table}.jsonl.{number}" / "mine").read_bytes() == b"%d" % number
        (path / f"{table}.jsonl").write_bytes(b"")
    assert survey(path).tables[table].sound


def test_a_link_becomes_the_file_itself(path: Path, library: Library) -> None:
    """What it led to is as it was."""
    before = everything(path)
    file = path / "papers.jsonl"
    data = file.read_bytes()
    file.rename(path.parent / "elsewhere")
    file.symlink_to(path.parent / "elsewhere")
    mend(Database(path))
    assert not file.is_symlink()
    assert (file.read_bytes(), (path.parent / "elsewhere").read_bytes()) == (data, data)
    assert everything(path) == before


def test_another_that_is_open_goes_on(damaged: Path) -> None:
    """It takes in the mended tables as it does any change, and writes to them."""
    other = Library(Database(damaged))
    before = everything(damaged)
    mend(Database(damaged))
    other.refresh()
    assert {p.id: other.abstract(p) for p in other.papers.values()} == {i: p[1] for i, p in before[0].items()}
    assert other.decide("read", other.papers, VERBS["read"])
    assert all(triage.read for _, _, triage in everything(damaged)[0].values())


def test_a_library_that_is_busy_is_not_touched(damaged: Path) -> None:
    """Its sentence."""
    before = {file: file.read_bytes() for file in damaged.iterdir() if file.name != "lock"}
    storage = JsonLinesStorage(damaged)
    storage.turn.take(5)
    with pytest.raises(LibraryBusy):
        mend(Database(damaged, wait=0))
    storage.turn.give()
    assert {file: file.read_bytes() for file in damaged.iterdir() if file.name != "lock"} == before
