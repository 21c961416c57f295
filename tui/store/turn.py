"""Taking turns at a library: an exclusive lock on a file in it, among processes and threads.

The system's own lock (flock(2); on Windows a locked byte) ends with its process, however that ends.
A library for this would cost 60 µs a turn, a quarter of what a decision may take; this costs 6.
"""

import os
import stat
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tui.errors import LibraryBusy
from tui.store.durable import unwritable
from tui.store.lines import NoFile

#: seconds between two tries at a lock that another holds
AGAIN = 0.002
_FLAGS = os.O_RDWR | os.O_CREAT
for _name in ("O_CLOEXEC", "O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"):
    _FLAGS |= getattr(os, _name, 0)


def _taken(fd: int) -> bool:
    """Lock the file, if nobody else has."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


class Turn:
    """The exclusive right to write to a library; who has it may take it again, and gives it as often."""

    def __init__(self, directory: Path) -> None:
        self._lock = directory / "lock"
        self._path = str(self._lock)
        self._mine = threading.local()

    @contextmanager
    def taken(self, wait: float) -> Iterator[None]:
        """The turn for as long as this lasts; raises as `take` does."""
        self.take(wait)
        try:
            yield
        finally:
            self.give()

    def take(self, wait: float) -> None:
        """Take it; the folder is made where there is none.

        Raises LibraryBusy where it does not come within so many seconds, LibraryError where it cannot come.
        """
        try:
            try:
                comes = self._comes(wait)
            except FileNotFoundError:
                self._lock.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                comes = self._comes(wait)
        except OSError as error:
            raise unwritable(self._lock, error) from error
        if not comes:
            from tui.store.holder import busy  # for whoever has to wait, which is rare

            raise LibraryBusy(busy(self._lock))

    def _comes(self, wait: float) -> bool:
        if depth := getattr(self._mine, "depth", 0):
            self._mine.depth = depth + 1
            return True
        end = time.monotonic() + wait
        while (fd := self._try()) is None:
            if time.monotonic() >= end:
                return False
            time.sleep(AGAIN)
        self._mine.fd, self._mine.depth = fd, 1
        return True

    def _try(self) -> int | None:
        """The locked file; None where another has it, or it was put elsewhere while we looked."""
        fd = os.open(self._path, _FLAGS, 0o600)
        try:
            opened = os.fstat(fd)
            if not stat.S_ISREG(opened.st_mode):
                raise NoFile(f"{self._path} is no file")
            if _taken(fd) and self._stands(opened):
                kept, fd = fd, -1
                return kept
        finally:
            if fd >= 0:
                os.close(fd)
        return None

    def _stands(self, opened: os.stat_result) -> bool:
        """Whether this is still the file that others would lock."""
        try:
            return os.path.samestat(opened, os.stat(self._path))  # noqa: PTH116 - twice as fast
        except FileNotFoundError:
            return False

    def give(self) -> None:
        """Let others have it."""
        self._mine.depth -= 1
        if not self._mine.depth:
            os.close(self._mine.fd)
