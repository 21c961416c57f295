"""Finding files and opening them."""

import io
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.digests import sources
from tui.digests.sources import Found, FoundFile, find, load, load_stream
from tui.errors import DigestError

needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
not_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything"
)


def touch(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("words")


def found(folder: Path, result: Found) -> list[str]:
    """The files without an error, relative to a folder."""
    assert all(file.error is None for file in result.files)
    return [Path(file.path).relative_to(folder).as_posix() for file in result.files]


def test_files_come_as_given_and_folders_by_name(tmp_path: Path) -> None:
    """A folder stands for all levels of it, in one order on every machine; what is named twice comes once."""
    touch(tmp_path, "z.txt", "in/b.txt", "in/a.txt", "in/ab/c.txt", "in/ab/d/e.txt", "in/B.txt")
    result = find([str(tmp_path / "z.txt"), str(tmp_path / "in"), str(tmp_path / "z.txt")])
    inside = ["in/B.txt", "in/a.txt", "in/ab/c.txt", "in/ab/d/e.txt", "in/b.txt"]
    assert found(tmp_path, result) == ["z.txt", *inside]
    assert result.passed_over == 0


def test_what_python_keeps_in_a_package_is_nothing(tmp_path: Path) -> None:
    """The samples are a package; whoever opens their folder is not told of that."""
    touch(tmp_path, "a.txt", "__init__.py", "__pycache__/__init__.cpython-311.pyc")
    result = find([str(tmp_path)])
    assert (found(tmp_path, result), result.passed_over) == (["a.txt"], 0)


def test_hidden_things_in_folders_are_counted(tmp_path: Path) -> None:
    """A hidden folder is one thing; a hidden file that was named is read."""
    touch(tmp_path, "a.txt", ".hidden", ".git/config", ".git/index", "in/.DS_Store")
    result = find([str(tmp_path), str(tmp_path / ".hidden")])
    assert found(tmp_path, result) == ["a.txt", ".hidden"]
    assert result.passed_over == 3


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    """A circle is never entered; a link to a file, and a folder link that was named, are."""
    touch(tmp_path, "in/a.txt")
    (tmp_path / "in" / "circle").symlink_to(tmp_path / "in", target_is_directory=True)
    (tmp_path / "in" / "self").symlink_to("self")
    (tmp_path / "in" / "z.txt").symlink_to("a.txt")
    (tmp_path / "named").symlink_to("in", target_is_directory=True)
    assert found(tmp_path, find([str(tmp_path / "in")])) == ["in/a.txt", "in/self", "in/z.txt"]
    result = find([str(tmp_path / "named")])
    assert found(tmp_path, result) == ["named/a.txt", "named/self", "named/z.txt"]
    assert result.passed_over == 1


def test_a_missing_path_is_a_file_with_an_error(tmp_path: Path) -> None:
    """It stands in its place among the others, and nothing is raised."""
    touch(tmp_path, "a.txt")
    gone, file = str(tmp_path / "gone.txt"), str(tmp_path / "a.txt")
    result = find([gone, file, "", "nul\0byte", "x" * 5000])
    assert result.files[0] == FoundFile(gone, f"There is no file or folder {gone}. Check the name.")
    assert result.files[1] == FoundFile(file)
    assert str(result.files[2].error).startswith("An empty name")
    assert [file.path for file in result.files if file.error] == [gone, "", "nul\0byte", "x" * 5000]


def test_a_broken_link_is_told_as_such(tmp_path: Path) -> None:
    """The name is right; it is what it points to that is missing."""
    (tmp_path / "link.txt").symlink_to("gone.txt")
    (file,) = find([str(tmp_path / "link.txt")]).files
    assert file.error is not None
    assert "is a link to a file that is not there" in file.error


def test_a_folder_without_files_is_an_error(tmp_path: Path) -> None:
    """Empty folders below it do not help, nor do hidden files; next to files they do not matter."""
    (tmp_path / "empty" / "below").mkdir(parents=True)
    touch(tmp_path, "empty/.hidden", "full/a.txt")
    (tmp_path / "full" / "below").mkdir()
    empty, full = str(tmp_path / "empty"), str(tmp_path / "full")
    first, second = find([empty, full]).files
    assert first.path == empty
    assert first.error is not None
    assert "folder without files" in first.error
    assert second == FoundFile(str(tmp_path / "full" / "a.txt"))


def test_standard_input_is_not_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of that name is named with its folder."""
    monkeypatch.chdir(tmp_path)
    touch(tmp_path, "-")
    assert find(["-", "./-"]).files == (FoundFile("-"), FoundFile("./-"))
    assert load("./-") == "words"


@not_root
def test_a_folder_that_may_not_be_read_is_an_error(tmp_path: Path) -> None:
    """The files around it are still found."""
    touch(tmp_path, "in/a.txt", "in/shut/b.txt", "in/z.txt")
    (tmp_path / "in" / "shut").chmod(0)
    result = find([str(tmp_path / "in")])
    (tmp_path / "in" / "shut").chmod(0o700)
    assert [file.error is None for file in result.files] == [True, False, True]
    assert "permission denied" in str(result.files[1].error)


def test_a_folder_that_cannot_be_listed_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As above, for whoever may read everything."""
    touch(tmp_path, "in/a.txt", "in/shut/b.txt")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("shut"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    first, second = find([str(tmp_path / "in")]).files
    assert first.error is None
    assert "permission denied" in str(second.error)


def test_folders_deeper_than_calls_may_be(tmp_path: Path) -> None:
    """A thousand levels are no reason to give up."""
    depth = sys.getrecursionlimit() + 50
    folders = [tmp_path / "deep"]
    folders += (folders[0] / "/".join("d" * level) for level in range(1, depth))
    for folder in folders:
        folder.mkdir()
    (folders[-1] / "a.txt").write_text("words")
    files = find([str(tmp_path / "deep")]).files
    (folders[-1] / "a.txt").unlink()
    for folder in reversed(folders):
        folder.rmdir()
    assert files == (FoundFile(str(folders[-1] / "a.txt")),)


def refusal(path: str) -> str:
    with pytest.raises(DigestError) as caught:
        load(path)
    assert path in str(caught.value)
    return str(caught.value)


def test_a_file_is_read_and_decoded(tmp_path: Path) -> None:
    """The mark goes, the text stays as it is."""
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfZw\xc3\xb6lf\r\n")
    assert load(str(tmp_path / "a.txt")) == "Zwölf\r\n"


@needs_pipes
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """Nobody writes to it; opening it in the usual way would wait for ever."""
    os.mkfifo(tmp_path / "pipe")
    assert "is a pipe, not a file" in refusal(str(tmp_path / "pipe"))


def test_only_files_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Devices could be endless, and folders and sockets hold no text."""
    assert "is a device, not a file" in refusal(os.devnull)
    assert "is a folder, not a file" in refusal(str(tmp_path))
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket")
        assert "is a socket, not a file" in refusal("socket")


def test_a_file_that_vanished_is_told(tmp_path: Path) -> None:
    """Between finding and reading it may have gone."""
    assert "There is no file or folder" in refusal(str(tmp_path / "gone.txt"))
    assert "cannot be read" in refusal("nul\0byte")


@not_root
def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    """The sentence says so and names the file."""
    touch(tmp_path, "a.txt")
    (tmp_path / "a.txt").chmod(0)
    assert "permission denied" in refusal(str(tmp_path / "a.txt"))


def test_of_a_binary_only_the_head_is_read(tmp_path: Path) -> None:
    """A film of a terabyte in the folder is refused as fast as a small one."""
    with (tmp_path / "film").open("wb") as file:
        file.write(b"\x1f\x8b")
        try:
            file.truncate(1 << 40)
        except OSError:
            pytest.skip("this file system has no sparse files")
    assert "a gzip archive" in refusal(str(tmp_path / "film"))


def test_nothing_is_left_open(tmp_path: Path) -> None:
    """Refused or read, each file is closed again."""
    touch(tmp_path, "a.txt")
    (tmp_path / "b.png").write_bytes(b"\x89PNG")
    before = _open_files()
    for _ in range(3):
        load(str(tmp_path / "a.txt"))
        refusal(str(tmp_path / "b.png"))
        refusal(str(tmp_path))
    assert _open_files() == before


def _open_files() -> int:
    listing = Path("/dev/fd")
    return len(list(listing.iterdir())) if listing.is_dir() else 0


class Endless(io.RawIOBase):
    """Gives what was asked for, for ever, and counts it."""

    given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        buffer[:] = b"w" * len(buffer)
        self.given += len(buffer)
        return len(buffer)


def test_what_never_ends_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stream without end is refused once it is larger than any digest."""
    monkeypatch.setattr(sources, "MOST", 3 << 20)
    endless = Endless()
    with pytest.raises(DigestError, match=r"^Standard input holds more than 3 MB\. Split it"):
        load_stream(io.BufferedReader(endless))
    assert endless.given < 5 << 20


def test_a_file_may_be_as_large_as_that_and_no_larger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To the byte."""
    monkeypatch.setattr(sources, "MOST", 2 << 20)
    (tmp_path / "a.txt").write_bytes(b"x" * (2 << 20))
    assert len(load(str(tmp_path / "a.txt"))) == 2 << 20
    (tmp_path / "a.txt").write_bytes(b"x" * ((2 << 20) + 1))
    assert "holds more than 2 MB" in refusal(str(tmp_path / "a.txt"))


def test_a_file_that_grows_while_it_is_read_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody runs after its end."""
    monkeypatch.setattr(sources, "MOST", 3 << 20)
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * (1 << 20))
    decode_head = sources.refuse_binary

    def grow(head: bytes, name: str) -> None:
        decode_head(head, name)
        with path.open("ab") as file:
            file.write(b"x" * (4 << 20))

    monkeypatch.setattr(sources, "refuse_binary", grow)
    assert "holds more than 3 MB" in refusal(str(path))


@pytest.mark.parametrize("to", [0, 40_000, 70_000])
def test_a_file_that_shrinks_while_it_is_read(
    to: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was there when it was read is the digest."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 200_000)
    look = sources.refuse_binary

    def shrink(head: bytes, name: str) -> None:
        look(head, name)
        os.truncate(path, to)

    monkeypatch.setattr(sources, "refuse_binary", shrink)
    assert set(load(str(path))) == {"x"}


@needs_pipes
@pytest.mark.parametrize("when", ["before it is opened", "while it is"])
def test_a_file_that_becomes_a_pipe(when: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is not waited for."""
    path = tmp_path / "a.txt"
    path.write_text("words")

    def replaced() -> None:
        path.unlink()
        os.mkfifo(path)

    if when == "while it is":
        opened = os.open

        def swap(name: str, flags: int) -> int:
            replaced()
            return opened(name, flags)

        monkeypatch.setattr(os, "open", swap)
    else:
        replaced()
    assert "is a pipe, not a file" in refusal(str(path))


@needs_pipes
def test_what_is_no_file_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening alone may rewind a tape, start a watchdog or end another's wait."""
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.setattr(os, "open", lambda *_: pytest.fail("was opened"))
    for path in (tmp_path / "pipe", "/dev/null", "/dev/zero", "/dev/full", tmp_path):
        refusal(str(path))


def test_files_that_vanish_between_finding_and_reading(tmp_path: Path) -> None:
    """A sentence for what is gone; the rest is read."""
    touch(tmp_path, "in/a.txt", "in/b.txt")
    one, two = find([str(tmp_path / "in")]).files
    Path(one.path).unlink()
    assert "There is no file or folder" in refusal(one.path)
    assert load(two.path) == "words"


def test_a_folder_that_changes_while_it_is_walked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that goes away is an error in its place; the others are walked on."""
    touch(tmp_path, "in/a/x.txt", "in/b/x.txt", "in/c/x.txt")
    scandir = os.scandir

    def meddle(path: str) -> Iterator[os.DirEntry[str]]:
        if path.endswith("/a"):
            (tmp_path / "in/b/x.txt").unlink()
            (tmp_path / "in/b").rmdir()
        return scandir(path)

    monkeypatch.setattr(os, "scandir", meddle)
    files = find([str(tmp_path / "in")]).files
    assert [file.error is None for file in files] == [True, False, True]
    assert "There is no file or folder" in str(files[1].error)


def test_names_of_all_kinds_are_found_and_read(tmp_path: Path) -> None:
    """Line ends, controls, dashes, and bytes that are no UTF-8."""
    names = [b"a\nb", b"\x1b]0;x\x07", b"--help", b"-", b"caf\xe9", b"\xe2\x80\xae", b"x" * 255]
    for name in names:
        (tmp_path / os.fsdecode(name)).write_text("words")
    files = find([str(tmp_path)]).files
    assert sorted(os.fsencode(Path(file.path).name) for file in files) == sorted(names)
    assert [load(file.path) for file in files] == ["words"] * len(names)


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="no /proc on this system")
def test_files_that_are_none(tmp_path: Path) -> None:
    """The system's own files, which look regular and are not."""
    refusal("/proc/self/mem")
    refusal("/proc/self/pagemap")
    assert load("/proc/self/status")


def test_standard_input_that_cannot_be_read(tmp_path: Path) -> None:
    """It says so and not what its data would have been."""
    with (tmp_path / "x").open("wb") as file, pytest.raises(DigestError, match="cannot be read: Bad file"):
        load_stream(open(file.fileno(), "rb", closefd=False))  # noqa: SIM115
