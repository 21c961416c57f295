"""Files of lines, written so that they last: whole or not at all, on the disk before it is said."""

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from tui.errors import LibraryError, ReadOnlyLibrary
from tui.store.lines import FLAGS, NoFile

#: the folder in a library where that is kept which could not be read
ASIDE = "aside"
#: nothing is written through a link: it may lead out of the library
_INSIDE = getattr(os, "O_NOFOLLOW", 0) | FLAGS


class NotTakenBack(OSError):
    """A write failed, and so did taking back what of it was written."""


def unwritable(path: Path, error: OSError) -> LibraryError:
    """The sentence for a table that cannot be written."""
    if isinstance(error, NotTakenBack):
        return uncertain(path.parent)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return ReadOnlyLibrary(f"{path.parent}: the library is read-only; nothing was changed.")
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return LibraryError(f"{path.parent}: disk full; nothing was changed. Free some space and try again.")
    if error.errno in (errno.EISDIR, errno.ENXIO) or isinstance(error, NoFile):
        return LibraryError(
            f"{path}: something else stands where this file should be; nothing was changed. Move it away."
        )
    if error.errno == errno.ELOOP:
        return LibraryError(
            f"{path} is a link, and papertui writes inside the library alone; nothing was changed. "
            "Put the file itself there."
        )
    return LibraryError(f"{path}: cannot be written ({os.strerror(error.errno or 0)}); nothing was changed.")


def uncertain(directory: Path) -> LibraryError:
    """The sentence for a disk that failed so that nobody knows what it holds."""
    return LibraryError(
        f"{directory}: the disk failed amid a write; it may or may not have been kept. "
        "Leave, look at the disk, and open the library again."
    )


def append(path: Path, lines: Iterable[bytes]) -> tuple[int, int]:
    """Append lines and return, once they are on the disk, the offsets of their begin and end.

    What cannot be written whole is taken back; what a killed process left at the end is put aside.
    Raises LibraryError. Call it under the lock.
    """
    data = b"".join(lines)
    try:
        fd = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | _INSIDE, 0o600)
        try:
            if not stat.S_ISREG(os.fstat(fd).st_mode):
                raise NoFile(f"{path} is no file")
            start = _whole_end(fd, path)
            with _taken_back(fd, start):
                _write(fd, data)
                os.fsync(fd)
                if not start:
                    sync_directory(path.parent)
        finally:
            os.close(fd)
    except OSError as error:
        raise unwritable(path, error) from error
    return start, start + len(data)


@contextmanager
def _taken_back(fd: int, start: int) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        try:
            os.ftruncate(fd, start)
        except OSError:
            raise NotTakenBack(*error.args) from error
        raise


def _write(fd: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(fd, left) :]


def cut(path: Path, end: int) -> bool:
    """Take back what was appended last; returns whether the disk let us. Call it under the lock."""
    try:
        os.truncate(path, end)
    except OSError:
        return False
    return True


def _whole_end(fd: int, path: Path) -> int:
    """Where the last whole line ends; what a killed process left after it is put aside."""
    size = os.fstat(fd).st_size
    end, step, torn = size, 1, b""
    while end > 0:
        start = max(end - step, 0)
        os.lseek(fd, start, os.SEEK_SET)
        piece = os.read(fd, end - start)
        newline = piece.rfind(b"\n")
        torn = piece[newline + 1 :] + torn
        if newline >= 0:
            end = start + newline + 1
            break
        end, step = start, 1 << 16
    if torn:
        put_aside(path, [torn + b"\n"])
        os.ftruncate(fd, end)
    return end


def put_torn_aside(path: Path) -> None:
    """Put aside what a killed process left at the end of a table. Call it under the lock."""
    try:
        fd = os.open(path, os.O_RDWR | _INSIDE)
        try:
            _whole_end(fd, path)
        finally:
            os.close(fd)
    except FileNotFoundError:
        return
    except OSError as error:
        raise unwritable(path, error) from error


def put_aside(path: Path, pieces: Iterable[bytes]) -> None:
    """Keep what could not be read of a table, durably, apart from it. Raises OSError."""
    folder = path.parent / ASIDE
    folder.mkdir(mode=0o700, exist_ok=True)
    fd = os.open(folder / path.name, os.O_WRONLY | os.O_APPEND | os.O_CREAT | _INSIDE, 0o600)
    try:
        _write(fd, b"".join(pieces))
        os.fsync(fd)
    finally:
        os.close(fd)
    sync_directory(folder)


def replace(path: Path, lines: Iterable[bytes]) -> None:
    """Put a new file in the old one's place in one step, durably. Raises LibraryError."""
    fresh = path.with_name(f"{path.name}.new")
    try:
        fresh.unlink(missing_ok=True)
        fd = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _INSIDE, 0o600)
        with os.fdopen(fd, "wb") as file:
            file.writelines(lines)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        sync_directory(path.parent)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise unwritable(path, error) from error


def sync_directory(path: Path) -> None:
    """Make a file's name as durable as its content (where directories can be synced)."""
    if os.name == "nt":
        return
    fd = os.open(path, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def encode(changes: object) -> bytes:
    """One line. Raises TypeError for what JSON cannot hold."""
    try:
        return msgspec.json.encode(changes) + b"\n"
    except UnicodeEncodeError as error:
        raise TypeError("text with a lone surrogate cannot be stored") from error
