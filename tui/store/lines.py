"""Files of lines, read as they grow, by several processes at once; `durable` writes them.

A line counts once its newline is there, so a write cut short by a kill never happened.
"""

import os
import stat
from collections.abc import Iterator, Sequence
from io import BytesIO
from math import inf
from pathlib import Path
from typing import BinaryIO

import msgspec

from tui.errors import LibraryError

#: what decoding a damaged line may raise
UNDECODABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
#: so much is read at once: memory this small is used again, while each megabyte of new pages costs 0.5 ms
_BLOCK = 1 << 16
#: of whatever is opened here: bytes as they are, for this process alone, and no pipe is waited for
FLAGS = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)


class NoFile(OSError):
    """Something else stands where a table's file should be."""


class Tail:
    """Reads a table's lines as they are appended, by whomever.

    `end` is the offset up to which lines were taken in, `lines` their number, `last` the last of them.
    """

    def __init__(self, path: Path) -> None:
        self.path, self._name = path, str(path)
        self.restart()
        self._inode = -1
        self._torn: tuple[int, int] | None = None

    def restart(self) -> None:
        """Read from the beginning next time."""
        self.end = self.lines = 0
        self.last = b""

    def replaced(self) -> bool:
        """Whether another file stands in its place, so that all of it must be read again."""
        return self._is_replaced(self._status())

    def grown(self) -> bool:
        """Whether there are whole lines beyond `end`."""
        return self._is_grown(self._status())

    def look(self) -> tuple[bool, bool]:
        """`replaced` and `grown`, in one look: each decision begins with one at three tables."""
        status = self._status()
        replaced = self._is_replaced(status)
        return replaced, not replaced and self._is_grown(status)

    def _status(self) -> os.stat_result | None:
        try:
            return os.stat(self._name)  # noqa: PTH116 - half the time
        except FileNotFoundError:
            return None
        except OSError as error:
            raise unreadable(self.path, error) from error

    def _is_replaced(self, status: os.stat_result | None) -> bool:
        if not self.end:
            return False
        if status is None or status.st_ino != self._inode or status.st_size < self.end:
            return True
        return status.st_size > self.end and not self._goes_on()

    def _goes_on(self) -> bool:
        """Whether the last line taken in still stands before `end`: inodes are used again."""
        last = self.last[-64:]
        try:
            with opened(self.path) as file:
                file.seek(self.end - len(last))
                return file.read(len(last)) == last
        except FileNotFoundError:
            return False
        except OSError as error:
            raise unreadable(self.path, error) from error

    def _is_grown(self, status: os.stat_result | None) -> bool:
        if status is None or status.st_size <= self.end:
            return False
        now = status.st_size, status.st_mtime_ns
        if now == self._torn:
            return False
        try:
            with opened(self.path) as file:
                file.seek(self.end)
                whole = any(b"\n" in block for block in iter(lambda: file.read(_BLOCK), b""))
        except (FileNotFoundError, NoFile):
            return False
        except OSError as error:
            raise unreadable(self.path, error) from error
        self._torn = None if whole else now
        return whole

    def blocks(self) -> Iterator[tuple[int, bytes, int]]:
        """The whole lines not yet taken in, some 64 KB at a time: offset, bytes, number of lines.

        What is appended meanwhile is left to the next time: a writer without pause is not raced. `end` and
        `lines` count a piece once the next one is asked for. Raises NoFile, LibraryError.
        """
        try:
            with opened(self.path, buffering=0) as file:
                status = os.fstat(file.fileno())
                self._inode = status.st_ino
                file.seek(self.end)
                for block in _whole_lines(file, status.st_size - self.end):
                    number = block.count(b"\n")
                    yield self.end, block, number
                    self.end += len(block)
                    self.lines += number
                    self.last = block[block.rfind(b"\n", 0, -1) + 1 :]
        except FileNotFoundError:
            return
        except NoFile:
            raise
        except OSError as error:
            raise unreadable(self.path, error) from error

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        """The whole lines not yet taken in, each with its offset; as `blocks`."""
        for offset, block, _ in self.blocks():
            for line in BytesIO(block):
                yield offset, line
                offset += len(line)

    def resume(self, end: int, lines: int, last: bytes) -> None:
        """Take so much of the file as taken in, by whom ever. Raises OSError."""
        self.end, self.lines, self.last = end, lines, last
        self._inode = self.path.stat().st_ino

    def skip(self, end: int, lines: Sequence[bytes]) -> None:
        """Take lines as taken in that this process has just written."""
        self.end, self.lines, self.last = end, self.lines + len(lines), lines[-1] if lines else b""
        self._inode = self.path.stat().st_ino


def opened(path: Path, buffering: int = _BLOCK) -> BinaryIO:
    """The file, to be read by so many bytes at once, or as asked for with 0; a pipe is not waited for.

    Raises OSError, NoFile for what is no file.
    """
    fd = os.open(path, os.O_RDONLY | FLAGS)
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        raise NoFile(f"{path} is no file")
    return os.fdopen(fd, "rb", buffering=buffering)


def blocks(path: Path, start: int = 0) -> Iterator[bytes]:
    """The whole lines of a file from this offset on, some 64 KB of them at a time.

    None where there is no file.
    """
    try:
        with opened(path, buffering=0) as file:
            file.seek(start)
            yield from _whole_lines(file)
    except (FileNotFoundError, NoFile):
        return
    except OSError as error:
        raise unreadable(path, error) from error


def _whole_lines(file: BinaryIO, size: float = inf) -> Iterator[bytes]:
    """The whole lines from where the file stands, in pieces, until so many bytes are read or it ends.

    What no newline ends is what a write in hand, or one cut short, left there.
    """
    begun: list[bytes] = []
    while size > 0 and (block := file.read(_BLOCK)):
        size -= len(block)
        end = block.rfind(b"\n") + 1
        if end:
            yield b"".join((*begun, memoryview(block)[:end]))
            begun = []
        if end < len(block):
            begun.append(block[end:])


def backwards(path: Path) -> Iterator[bytes]:
    """The whole lines of a file from the last to the first; none where there is no file."""
    try:
        with opened(path) as file:
            end, step, rest, whole = file.seek(0, os.SEEK_END), 1 << 14, b"", False
            while end > 0:
                start, step = max(end - step, 0), min(2 * step, 1 << 22)
                file.seek(start)
                rest, *lines = (file.read(end - start) + rest).split(b"\n")
                for line in reversed(lines):
                    if whole:
                        yield line
                    whole = True  # what stands after the last newline does not count
                end = start
            if whole:
                yield rest
    except (FileNotFoundError, NoFile):
        return
    except OSError as error:
        raise unreadable(path, error) from error


def unreadable(path: Path, error: OSError) -> LibraryError:
    """The sentence for a table that cannot be read."""
    return LibraryError(f"{path}: cannot be read ({os.strerror(error.errno or 0)}).")
