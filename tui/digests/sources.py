"""Where digests come from: the files behind the paths a user names. The one place that opens them."""

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from tui.digests.decoding import HEAD, decode, refuse_binary
from tui.errors import DigestError

__all__ = ["Found", "FoundFile", "decode", "find", "load", "load_stream"]

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_CHUNK = 1 << 20
#: what Python keeps in a folder that is also a package of its own, as the samples are; no digest is called so
_PYTHONS = frozenset({"__init__.py", "__pycache__"})
#: the most bytes a digest may have: some thousand times what a page has, and it must fit into memory
MOST = 1 << 28


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to read, or a path at which there is none: then `error` is the sentence that says why."""

    path: str
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The files behind some paths, and how many things inside folders were passed over."""

    files: tuple[FoundFile, ...]
    passed_over: int = 0


def find(paths: Sequence[str]) -> Found:
    """The files named, in the order given; a folder stands for what is in it, by name, all levels.

    One that is named twice, itself and by its folder, comes once.
    Inside folders, hidden things and links to folders are passed over (so no circle can be
    entered). `-` is standard input and not looked for. Nothing is opened and nothing raised.
    """
    walk = _Walk()
    files: dict[str, FoundFile] = {}
    for file in (file for path in paths for file in walk.files(path)):
        files.setdefault(
            file.path if file.error or file.path == "-" else str(Path(file.path).absolute()), file
        )
    return Found(tuple(files.values()), walk.passed_over)


def load(path: str) -> str:
    """The text of one regular file. Raises DigestError with the sentence for anything else."""
    try:
        data = _bytes(path)
    except (OSError, ValueError) as error:
        raise DigestError(_unreadable(path, error)) from None
    return decode(data, path)


def load_stream(stream: BinaryIO) -> str:
    """The text of standard input, whatever stands behind it. Raises DigestError with the sentence."""
    name = "Standard input"
    try:
        data = _all_of(stream, name)
    except OSError as error:
        raise DigestError(f"{name} cannot be read: {error.strerror}. Name a file instead.") from None
    return decode(data, name)


def _bytes(path: str) -> bytes:
    """The file's bytes. What is no file is not even opened: that alone may rewind a tape or end a wait."""
    _refuse_special(Path(path).stat().st_mode, path)
    descriptor = os.open(path, _FLAGS)
    try:
        _refuse_special(os.fstat(descriptor).st_mode, path)  # it may be another one by now
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return _all_of(file, path)
    finally:
        os.close(descriptor)


def _all_of(file: BinaryIO, name: str) -> bytes:
    """All that is there; of a binary no more than its head, of what never ends no more than MOST."""
    chunks = [file.read(HEAD) or b""]
    refuse_binary(chunks[0], name)
    size = len(chunks[0])
    while chunk := file.read(_CHUNK):
        chunks.append(chunk)
        size += len(chunk)
        if size > MOST:
            raise DigestError(f"{name} holds more than {MOST >> 20} MB. Split it and import the parts.")
    return b"".join(chunks)


def _refuse_special(mode: int, path: str) -> None:
    if not stat.S_ISREG(mode):
        raise DigestError(f"{path} is {_kind(mode)}, not a file. Name the digest itself.")


def _kind(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "a folder"
    if stat.S_ISFIFO(mode):
        return "a pipe"
    return "a socket" if stat.S_ISSOCK(mode) else "a device"


def _unreadable(path: str, error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        if Path(path).is_symlink():
            return f"{path} is a link to a file that is not there. Name the file itself."
        return f"There is no file or folder {path}. Check the name."
    if isinstance(error, PermissionError):
        return f"{path} cannot be read: permission denied. Give yourself the right to read it."
    if isinstance(error, OSError) and error.errno == errno.ENXIO:
        return f"{path} is a socket, not a file. Name the digest itself."
    reason = error.strerror if isinstance(error, OSError) else error
    return f"{path} cannot be read: {reason}. Check the name and the disk."


class _Walk:
    """Goes through folders and counts what it passes over."""

    def __init__(self) -> None:
        self.passed_over = 0

    def files(self, path: str) -> list[FoundFile]:
        """What one of the user's paths stands for; never nothing."""
        if path == "-":
            return [FoundFile(path)]
        if not path:
            return [FoundFile(path, "An empty name names no file. Name a file or a folder.")]
        try:
            if not stat.S_ISDIR(Path(path).stat().st_mode):
                return [FoundFile(path)]
        except (OSError, ValueError) as error:
            return [FoundFile(path, _unreadable(path, error))]
        found = list(self._folder(path))
        return found or [FoundFile(path, f"{path} is a folder without files. Name another.")]

    def _folder(self, root: str) -> Iterator[FoundFile]:
        """A stack instead of recursion: folders may be nested deeper than Python calls may."""
        waiting = [(root, True)]
        while waiting:
            path, is_folder = waiting.pop()
            if not is_folder:
                yield FoundFile(path)
                continue
            try:
                waiting += reversed(self._entries(path))
            except OSError as error:
                yield FoundFile(path, _unreadable(path, error))

    def _entries(self, folder: str) -> list[tuple[str, bool]]:
        """The paths in one folder by name, each with whether it is a folder to go into."""
        with os.scandir(folder) as scan:
            entries = sorted((e for e in scan if e.name not in _PYTHONS), key=lambda entry: entry.name)
        shown = [e for e in entries if not e.name.startswith(".") and not _links_to_folder(e)]
        self.passed_over += len(entries) - len(shown)
        return [(entry.path, entry.is_dir(follow_symlinks=False)) for entry in shown]


def _links_to_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_symlink() and entry.is_dir()
    except OSError:
        return False
