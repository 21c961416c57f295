"""Copies of this process that do one thing: they start in a millisecond, and may be killed or hang.

A child says what it has to say as lines of JSON over a pipe; what it raised is the last of them.
"""

import fcntl
import json
import os
import select
import signal
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, NoReturn, Self

Say = Callable[[Any], None]
#: seconds after which a child hangs
PATIENCE = 30.0
_ROOM = 1 << 20


class Hung(Exception):
    """A child that said nothing for too long."""


class Child:
    """One copy, begun at once; `heard` is all it has said so far."""

    def __init__(self, work: Callable[[Say], None]) -> None:
        reading, writing = os.pipe()
        with suppress(AttributeError, OSError):
            fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, _ROOM)
        self.heard: list[Any] = []
        self._pipe, self._rest, self._ended = reading, b"", False
        self.pid = os.fork()
        if not self.pid:
            os.close(reading)
            _live(work, writing)
        os.close(writing)

    def hear(self, patience: float = PATIENCE) -> Any:
        """What it says next; None once it has ended. Raises Hung."""
        while b"\n" not in self._rest:
            if not select.select([self._pipe], [], [], patience)[0]:
                raise Hung(f"nothing was said for {patience:g} seconds")
            data = os.read(self._pipe, _ROOM)
            if not data:
                self._end()
                return None
            self._rest += data
        line, self._rest = self._rest.split(b"\n", 1)
        self.heard.append(json.loads(line))
        return self.heard[-1]

    def all(self, patience: float = PATIENCE) -> list[Any]:
        """All it said until it ended. Raises Hung."""
        while self.hear(patience) is not None:
            pass
        return self.heard

    def kill(self) -> None:
        """SIGKILL, and wait until it is gone."""
        if not self._ended:
            os.kill(self.pid, signal.SIGKILL)
            self._end()

    def _end(self) -> None:
        if not self._ended:
            self._ended = True
            _, self.status, self.usage = os.wait4(self.pid, 0)

    @property
    def alive(self) -> bool:
        """Whether it runs still."""
        if not self._ended:
            pid, status, usage = os.wait4(self.pid, os.WNOHANG)
            if pid:
                self._ended, self.status, self.usage = True, status, usage
        return not self._ended

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        os.close(self._pipe)


def _live(work: Callable[[Say], None], pipe: int) -> NoReturn:
    """Do the work and leave, past everything that the copied process meant to do at its end."""

    def say(what: Any) -> None:
        data = memoryview(json.dumps(what).encode() + b"\n")
        while data:
            data = data[os.write(pipe, data) :]

    code = 0
    try:
        work(say)
    except BaseException as error:
        code = 1
        with suppress(OSError):
            say({"raised": f"{type(error).__name__}: {error}", "trace": traceback.format_exc()})
    os._exit(code)


def raised(heard: list[Any]) -> str | None:
    """What a child raised, in short; None where it did not."""
    last = heard[-1] if heard else None
    return last["raised"] if isinstance(last, dict) and "raised" in last else None


def spin(until: Callable[[], bool], seconds: float = 5.0) -> bool:
    """Look without pause until this holds; whether it came to."""
    end = time.perf_counter() + seconds
    while not until():
        if time.perf_counter() > end:
            return False
    return True
