"""Files of lines: what is appended lasts whole or not at all, and is read once by whoever looks."""

import os
import stat
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.errors import LibraryError
from tui.store import durable as module
from tui.store.durable import append, cut, encode, replace
from tui.store.lines import Tail, backwards, blocks

steady = settings(derandomize=True, deadline=None, database=None, max_examples=60)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "table.jsonl"


def read(tail: Tail) -> list[bytes]:
    """The lines not yet taken in, checked to lie where they are said to."""
    found = list(tail)
    data = tail.path.read_bytes() if tail.path.exists() else b""
    assert all(data[offset : offset + len(line)] == line for offset, line in found)
    return [line for _, line in found]


def test_appending_returns_where_the_lines_lie(file: Path) -> None:
    assert append(file, [b"one\n", b"two\n"]) == (0, 8)
    assert append(file, [b"three\n"]) == (8, 14)
    assert file.read_bytes() == b"one\ntwo\nthree\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "torn", [b"x", b"torn", b"\x00" * 200_000, b"x" * 65_535, b"x" * 65_536, b"x" * 65_537]
)
@pytest.mark.parametrize("whole", [b"", b"one\n", b"one\n\ntwo\n"])
def test_what_was_torn_off_is_put_aside_before_the_next_line(file: Path, whole: bytes, torn: bytes) -> None:
    file.write_bytes(whole + torn)
    assert append(file, [b"new\n"]) == (len(whole), len(whole) + 4)
    assert file.read_bytes() == whole + b"new\n"
    assert (file.parent / "aside" / file.name).read_bytes() == torn + b"\n"


@settings(derandomize=True, deadline=None, database=None, max_examples=200)
@given(
    st.lists(st.sampled_from([b"a", b"\n", b"bc", b"\n\n", b"x" * 40_000]), max_size=12).map(b"".join),
)
def test_lines_read_backwards_and_in_blocks_are_those_of_the_file(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lines"
        path.write_bytes(content)
        whole = content[: content.rfind(b"\n") + 1]
        assert list(backwards(path)) == whole.split(b"\n")[:-1][::-1]
        assert b"".join(blocks(path)) == whole
        assert all(block.endswith(b"\n") for block in blocks(path))


def test_a_tail_gives_each_whole_line_once(file: Path) -> None:
    tail = Tail(file)
    assert read(tail) == []
    assert not tail.grown()
    append(file, [b"one\n", b"two\n"])
    assert tail.grown()
    assert read(tail) == [b"one\n", b"two\n"]
    assert (tail.end, tail.lines) == (8, 2)
    assert not tail.grown()
    assert read(tail) == []
    append(file, [b"three\n"])
    assert not tail.replaced()
    assert read(tail) == [b"three\n"]
    tail.restart()
    assert read(tail) == [b"one\n", b"two\n", b"three\n"]


@steady
@given(pieces=st.lists(st.binary(max_size=6) | st.just(b"\n"), max_size=8))
def test_a_tail_gives_the_same_lines_however_they_arrive(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[bytes]
) -> None:
    file = tmp_path_factory.mktemp("tail") / "table.jsonl"
    tail, found = Tail(file), []
    with file.open("wb", buffering=0) as writer:
        for piece in pieces:
            writer.write(piece)
            grown = tail.grown()
            new = read(tail)
            assert grown == bool(new)
            found += new
    assert found == [
        line for line in b"".join(pieces).splitlines(keepends=True) if line.endswith(b"\n")
    ] or found == [line + b"\n" for line in b"".join(pieces).split(b"\n")[:-1]]


def test_a_torn_line_replaced_by_a_whole_one_of_its_length_is_seen(file: Path) -> None:
    """As when another process cuts what a killed one left, and writes as many bytes."""
    file.write_bytes(b"one\ntorn")
    tail = Tail(file)
    assert read(tail) == [b"one\n"]
    assert not tail.grown()
    os.utime(file, ns=(1, 1))
    assert not tail.grown()
    append(file, [b"new\n"])
    assert tail.grown()
    assert read(tail) == [b"new\n"]


def test_another_file_in_its_place_is_noticed(file: Path) -> None:
    append(file, [b"one\n", b"two\n"])
    tail = Tail(file)
    read(tail)
    assert not tail.replaced()
    replace(file, [b"one\n", b"two\n", b"three\n"])
    assert tail.replaced()
    tail.restart()
    assert read(tail) == [b"one\n", b"two\n", b"three\n"]
    assert not tail.replaced()
    cut(file, 4)
    assert tail.replaced()
    file.unlink()
    assert tail.replaced()
    tail.restart()
    assert not tail.replaced()


def test_a_file_that_was_cut_and_grew_again_is_noticed(file: Path) -> None:
    """Same inode, larger than before: only its lines tell that it is not the same."""
    append(file, [b"one\n", b"two\n"])
    tail = Tail(file)
    read(tail)
    cut(file, 4)
    append(file, [b"another line\n"])
    assert tail.replaced()


def test_lines_of_our_own_are_not_news(file: Path) -> None:
    tail = Tail(file)
    _, end = append(file, [b"one\n", b"two\n"])
    tail.skip(end, [b"one\n", b"two\n"])
    assert (tail.end, tail.lines) == (8, 2)
    assert not tail.grown()
    assert not tail.replaced()
    append(file, [b"three\n"])
    assert not tail.replaced()
    assert read(tail) == [b"three\n"]


def test_replacing_is_private_whole_and_leaves_nothing(file: Path) -> None:
    file.write_bytes(b"old\n")
    file.chmod(0o644)
    replace(file, (line for line in (b"new\n", b"er\n")))
    assert file.read_bytes() == b"new\ner\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_a_replacement_that_fails_leaves_the_old_file(file: Path, failing: Any) -> None:
    file.write_bytes(b"old\n")
    with failing("fsync"), pytest.raises(LibraryError, match="disk full"):
        replace(file, [b"new\n"])
    assert file.read_bytes() == b"old\n"
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_a_write_that_cannot_even_be_taken_back_is_cut_by_the_next(
    file: Path, failing: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    append(file, [b"one\n"])

    def refuse(*_: object) -> None:
        raise OSError(5, "no")

    with monkeypatch.context() as patch, failing("write"):
        patch.setattr(os, "ftruncate", refuse)
        with pytest.raises(LibraryError):
            append(file, [b"two, torn\n"])
    assert file.read_bytes() == b"one\ntwo, "
    append(file, [b"three\n"])
    assert file.read_bytes() == b"one\nthree\n"


def test_each_line_and_each_new_name_is_synced(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing may be drawn as done that a power cut could still undo."""
    synced: list[str] = []
    monkeypatch.setattr(os, "fsync", lambda fd: synced.append(Path(f"/proc/self/fd/{fd}").readlink().name))
    folder = file.parent.name
    append(file, [b"one\n"])
    assert synced == [file.name, folder]
    append(file, [b"two\n"])
    assert synced[2:] == [file.name]
    replace(file, [b"new\n"])
    assert synced[3:] == [f"{file.name}.new", folder]


def test_text_that_no_file_can_hold_is_refused() -> None:
    with pytest.raises(TypeError, match="lone surrogate"):
        encode({"a": "\ud800"})
    assert encode({"é": "\u2028\n"}) == '{"é":"\u2028\\n"}\n'.encode()
    assert module.encode([]) == b"[]\n"
