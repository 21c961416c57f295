"""A file that is handed over is replaced in one step or left as it was."""

import os
import tempfile
from pathlib import Path

import pytest

from tui.cli.writing import export_named, write_file
from tui.errors import ExportError, UsageError


def test_a_new_file_has_the_usual_rights(tmp_path: Path) -> None:
    """Those of any file the user makes."""
    write_file(tmp_path / "x.md", "é\n")
    (tmp_path / "y.md").touch()
    assert (tmp_path / "x.md").read_bytes() == b"\xc3\xa9\n"
    assert (tmp_path / "x.md").stat().st_mode == (tmp_path / "y.md").stat().st_mode


def test_an_old_file_keeps_its_rights(tmp_path: Path) -> None:
    """And nothing else is left beside it."""
    path = tmp_path / "x.md"
    path.write_text("old")
    path.chmod(0o640)
    write_file(path, "new")
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("new", 0o640)
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """Its target is replaced; one that leads to nothing yet is filled."""
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "real.md").write_text("old")
    for name, target in (("a.md", "notes/real.md"), ("b.md", "notes/fresh.md")):
        (tmp_path / name).symlink_to(target)
        write_file(tmp_path / name, "new")
        assert (tmp_path / name).is_symlink()
        assert (tmp_path / target).read_text() == "new"


def test_home_is_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`~/x.md` from a prompt that no shell has seen."""
    monkeypatch.setenv("HOME", str(tmp_path))
    write_file(Path("~/x.md"), "new")
    assert (tmp_path / "x.md").read_text() == "new"


def test_a_device_is_written_to(tmp_path: Path) -> None:
    """Not replaced by a file."""
    write_file(Path("/dev/null"), "new")
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nowhere/x.md", "there is no folder"),
        ("folder", "is a folder; name a file in it"),
        ("file/x.md", "not a directory"),
        ("loop", "link"),
        ("~nobody-of-this-name/x.md", "there is no folder"),
        ("x" * 300, "file name too long"),
    ],
)
def test_what_cannot_be_written_is_a_sentence(tmp_path, monkeypatch, name, words) -> None:
    """It names the path as the user wrote it, and nothing is left behind."""
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    Path("file").touch()
    Path("loop").symlink_to("loop")
    with pytest.raises(ExportError) as error:
        write_file(Path(name), "new")
    assert str(error.value).startswith(f"{name}: ")
    assert words in str(error.value)
    assert str(error.value).casefold().endswith("nothing was written.")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "folder", "loop"]


def test_a_file_that_may_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A read-only file is not replaced, though its folder would allow it."""
    path = tmp_path / "x.md"
    path.write_text("old")
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everything
    with pytest.raises(ExportError, match=r"x\.md: permission denied; nothing was written\."):
        write_file(path, "new")
    assert path.read_text() == "old"


def test_a_write_that_fails_midway(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old file is as it was, and no half of a new one is left."""
    path = tmp_path / "x.md"
    path.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportError, match="no space left on device; nothing was written"):
        write_file(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_formats_by_name() -> None:
    """An unknown one is a sentence with the known ones."""
    assert export_named("markdown").suffix == ".md"
    with pytest.raises(UsageError, match="choose markdown, jsonl"):
        export_named("html")


def test_nothing_is_written_elsewhere_and_no_planted_name_is_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fresh file lies beside the old one, under a name nobody can guess, and is made by us alone."""
    folder, elsewhere = tmp_path / "out", tmp_path / "tmp"
    folder.mkdir()
    elsewhere.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(elsewhere))
    (tmp_path / "mine").write_text("mine")
    (folder / ".x.md.planted").symlink_to(tmp_path / "mine")
    monkeypatch.setattr(tempfile, "_get_candidate_names", lambda: iter(["planted", "fresh"]))
    opened, made = os.open, []

    def watched(path: str, flags: int, *rest: int) -> int:
        made.append((Path(path).parent, bool(flags & os.O_EXCL)))
        return opened(path, flags, *rest)

    monkeypatch.setattr(os, "open", watched)
    write_file(folder / "x.md", "new")
    assert set(made) == {(folder, True)}
    assert (tmp_path / "mine").read_text() == "mine"
    assert (folder / "x.md").read_text() == "new"
    assert sorted(path.name for path in folder.iterdir()) == [".x.md.planted", "x.md"]
    assert list(elsewhere.iterdir()) == []


def test_a_link_that_somebody_else_planted_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a folder open to all it could lead to any file of ours."""
    (tmp_path / "mine").write_text("mine")
    link = tmp_path / "x.md"
    link.symlink_to("mine")
    if os.geteuid() == 0:
        os.lchown(link, 4242, 4242)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: 4242)
    with pytest.raises(ExportError, match=r"x\.md: is another user's link; name the file itself"):
        write_file(link, "new")
    assert (tmp_path / "mine").read_text() == "mine"


def test_a_pipe_that_nobody_reads_is_not_waited_for(tmp_path: Path) -> None:
    """And one that is read gets all of it."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ExportError, match=r"pipe: no such device or address; nothing was written\."):
        write_file(tmp_path / "pipe", "new")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    write_file(tmp_path / "pipe", "new")
    assert os.read(reader, 9) == b"new"
    os.close(reader)
