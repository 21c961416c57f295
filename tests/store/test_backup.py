"""Backups: one moment of a library, in one step."""

import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tui.errors import ExportError, LibraryBusy
from tui.papers.library import Library
from tui.papers.triage import VERBS
from tui.store import backup
from tui.store.backup import back_up
from tui.store.database import Database
from tui.store.json_lines import JsonLinesStorage


def held(archive: Path) -> dict[str, bytes]:
    """What is in an archive."""
    with tarfile.open(archive) as tar:
        return {m.name: file.read() for m in tar if (file := tar.extractfile(m))}


def test_everything_that_belongs_to_the_library_is_in_it(
    path: Path, library: Library, tmp_path: Path
) -> None:
    """Tables, conflict copies and what lies aside; no lock, no link, no strangers."""
    (path / "aside" / "papers.jsonl.1").mkdir(parents=True)
    (path / "aside" / "papers.jsonl.1" / "x").write_bytes(b"x")
    (path / "decisions.jsonl.orig").write_bytes(b"copy\n")
    (path / "notes.txt").write_text("mine")
    (path / "decisions.jsonl~link").symlink_to("/etc/hostname")
    size = back_up(Database(path), tmp_path / "x.tar")
    assert size == (tmp_path / "x.tar").stat().st_size
    names = ["abstracts.jsonl", "aside/papers.jsonl.1/x", "decisions.jsonl.orig"]
    names += ["digests.jsonl", "papers.jsonl", "papertui.json"]
    assert sorted(held(tmp_path / "x.tar")) == [f"library/{name}" for name in names]


def test_what_is_written_and_replaced_meanwhile_is_not_in_it(
    path: Path, library: Library, read: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The moment is that of the turn, which is over before anything is copied."""
    library.decide("star", library.papers, VERBS["star"])
    with (path / "decisions.jsonl").open("ab") as file:
        file.write(b'{"torn')
    before = {f"library/{p.name}": p.read_bytes() for p in path.iterdir() if p.name != "lock"}
    write = backup._write

    def later(*args: Any) -> None:
        other = Library(Database(path, wait=0))
        other.decide("read", other.papers, VERBS["read"])
        other.add(read("Swin", "Hyena", comments=3))
        (path / "papers.jsonl").rename(path / "papers.old")
        write(*args)

    monkeypatch.setattr(backup, "_write", later)
    back_up(Database(path), tmp_path / "x.tar")
    assert held(tmp_path / "x.tar") == before


def test_a_full_disk_leaves_the_old_backup(
    path: Path, library: Library, tmp_path: Path, failing: Callable[..., Any]
) -> None:
    """And nothing else beside it."""
    (tmp_path / "x.tar").write_bytes(b"old")
    names = sorted(tmp_path.iterdir())
    with failing("fsync", on=".x.tar"), pytest.raises(ExportError, match="no space left on device; nothing"):
        back_up(Database(path), tmp_path / "x.tar")
    assert (tmp_path / "x.tar").read_bytes() == b"old"
    assert sorted(tmp_path.iterdir()) == names


def test_a_library_that_is_busy_too_long(path: Path, library: Library, tmp_path: Path) -> None:
    """Its sentence, and no file."""
    storage = JsonLinesStorage(path)
    storage.turn.take(5)
    with pytest.raises(LibraryBusy):
        back_up(Database(path, wait=0), tmp_path / "x.tar")
    storage.turn.give()
    assert not (tmp_path / "x.tar").exists()


def test_a_link_is_replaced_and_not_followed(path: Path, library: Library, tmp_path: Path) -> None:
    """It may have been planted."""
    (tmp_path / "precious").write_text("mine")
    (tmp_path / "x.tar").symlink_to(tmp_path / "precious")
    back_up(Database(path), tmp_path / "x.tar")
    assert (tmp_path / "precious").read_text() == "mine"
    assert not (tmp_path / "x.tar").is_symlink()
