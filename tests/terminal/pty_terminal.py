"""A terminal to run the real program on: it answers what terminals are asked, and knows what stands on it.

Shared by the tests beside it and by tests/benchmarks.
"""

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import pyte

#: seconds until what is waited for has failed: a busy machine is slow, a hanging program never comes
PATIENCE = 20.0
#: names of keys, and the bytes that terminals send for them
KEYS = {
    "enter": b"\r",
    "tab": b"\t",
    "escape": b"\x1b",
    "space": b" ",
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "right": b"\x1b[C",
    "left": b"\x1b[D",
    "ctrl+c": b"\x03",
    "ctrl+q": b"\x11",
    "ctrl+z": b"\x1a",
}

_ASKED = re.compile(rb"\x1b\[(?:\?(\d+)\$p|c|6n)")
_UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[[<>=?][0-9;]*(?:\$p|u|c)")
_CUT_SHORT = re.compile(rb"\x1b(?:\[[0-9;:<=>?]*\$?)?\Z")
#: a frame begun and not yet ended, which a terminal that knows synchronised output does not show
_HALF_A_FRAME = re.compile(rb"\x1b\[\?2026h(?!.*\x1b\[\?2026l)", re.DOTALL)
_MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
#: private modes that are on before anything is said: lines wrap, the cursor shows
_USUAL = (7, 25)


class Terminal:
    """A program on a pty of its own, leading a session with it as the controlling terminal.

    `size` is columns, rows. `known` are the private modes that an inquiry finds supported, and off.
    """

    def __init__(
        self,
        command: Sequence[str | Path],
        env: Mapping[str, str],
        *,
        size: tuple[int, int] = (100, 30),
        cwd: Path | None = None,
        stdin: IO[Any] | None = None,
        stdout: IO[Any] | None = None,
        known: Sequence[int] = (2026,),
    ) -> None:
        self.log = bytearray()
        self._known, self._seen, self._drawn = known, 0, 0
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._master, self.slave = os.openpty()
        self.resize(*size)
        self.settings = termios.tcgetattr(self.slave)
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            list(map(str, command)),
            env=dict(env),
            cwd=cwd,
            stdin=stdin or self.slave,
            stdout=stdout or self.slave,
            stderr=self.slave,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(2, termios.TIOCSCTTY, 0),
        )

    # -- the user -----------------------------------------------------------------------------

    def send(self, keys: str | bytes) -> float:
        """Type, all in one write; returns the moment."""
        data = keys if isinstance(keys, bytes) else KEYS.get(keys, keys.encode())
        moment = time.perf_counter()
        while data:
            data = data[os.write(self._master, data) :]
        return moment

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size; whatever runs in it gets SIGWINCH."""
        self._screen.resize(rows, columns)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def kill(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        os.kill(self.process.pid, number)

    def hang_up(self) -> None:
        """Close the window."""
        os.close(self.slave)
        os.close(self._master)
        self._master = -1

    # -- the program --------------------------------------------------------------------------

    def read(self, timeout: float) -> int:
        """Take in what the program writes within so many seconds; returns the number of bytes."""
        ready, _, _ = select.select([self._master], [], [], max(timeout, 0))
        if not ready:
            return 0
        data = os.read(self._master, 1 << 16)
        self.log += data
        self._answer()
        return len(data)

    def _answer(self) -> None:
        """Say what a terminal says to DA1, DECRQM and CPR."""
        for asked in _ASKED.finditer(self.log, self._seen):
            self._seen = asked.end()
            if mode := asked[1]:
                self.send(b"\x1b[?%s;%d$y" % (mode, 2 if int(mode) in self._known else 0))
            else:
                self.send(b"\x1b[?62;22c" if asked[0].endswith(b"c") else b"\x1b[1;1R")

    @property
    def screen(self) -> pyte.Screen:
        """What the bytes so far have drawn, frame by whole frame where the program says where they end."""
        fresh = bytes(self.log[self._drawn :])
        for unended in (_CUT_SHORT, _HALF_A_FRAME):
            if half := unended.search(fresh):
                fresh = fresh[: half.start()]
        self._drawn += len(fresh)
        self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", fresh))
        return self._screen

    @property
    def text(self) -> str:
        """What stands on the screen, line by line."""
        try:
            return "\n".join(line.rstrip() for line in self.screen.display)
        except IndexError:  # pyte, amid a frame, beside a wide character
            return ""

    def wait_for(self, *wanted: str | re.Pattern[str], timeout: float = PATIENCE) -> str:
        """Read until all of this stands on the screen at once; returns the screen."""
        names = " and ".join(repr(w.pattern if isinstance(w, re.Pattern) else w) for w in wanted)
        return self.wait_until(lambda text: all(_stands(w, text) for w in wanted), names, timeout)

    def wait_until(self, holds: Callable[[str], bool], what: str, timeout: float = PATIENCE) -> str:
        """Read until this holds of the screen; returns the screen."""
        end = time.perf_counter() + timeout
        while not holds(text := self.text):
            if time.perf_counter() > end or (not self.read(0.05) and self.process.poll() is not None):
                raise AssertionError(f"never saw {what}; exit {self.process.poll()}; the screen:\n{text}")
        return text

    def wait_for_bytes(self, wanted: bytes, after: int = 0, timeout: float = PATIENCE) -> None:
        """Read until the program has written these bytes, from that place of the log on."""
        end = time.perf_counter() + timeout
        while wanted not in self.log[after:]:
            assert time.perf_counter() < end, f"never wrote {wanted!r}; the screen:\n{self.text}"
            self.read(0.05)

    def wait_for_exit(self, timeout: float = PATIENCE) -> int:
        """Read until the program has ended; returns its exit code, below 0 where a signal ended it."""
        end = time.perf_counter() + timeout
        while self.process.poll() is None:
            assert time.perf_counter() < end, f"the program goes on; the screen:\n{self.text}"
            if self._master >= 0:
                self.read(0.02)
            else:
                self._wait(0.02)
        while self._master >= 0 and self.read(0):
            pass
        return self.process.returncode

    def _wait(self, seconds: float) -> None:
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            pass

    # -- what it left -------------------------------------------------------------------------

    @property
    def settings_now(self) -> list[Any]:
        """The line discipline as `stty` sees it, to be compared with `settings`."""
        return termios.tcgetattr(self.slave)

    @property
    def left_on(self) -> dict[int | str, int]:
        """What is not as it was: private modes, keyboard modes pushed, window titles kept."""
        modes: dict[int | str, int] = {}
        for numbers, final in _MODE.findall(self.log):
            modes.update({int(number): final == b"h" for number in numbers.split(b";")})
        changed = {mode: on for mode, on in modes.items() if on != (mode in _USUAL)}
        stacks: dict[int | str, int] = {
            "keyboard": len(re.findall(rb"\x1b\[>\d*u", self.log)) - self.log.count(b"\x1b[<u"),
            "title": self.log.count(b"\x1b[22;2t") - self.log.count(b"\x1b[23;2t"),
        }
        return changed | {name: depth for name, depth in stacks.items() if depth}

    def close(self) -> None:
        """End the program, whatever it does, and the terminal."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if self._master >= 0:
            self.hang_up()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _stands(wanted: str | re.Pattern[str], text: str) -> bool:
    return wanted in text if isinstance(wanted, str) else bool(wanted.search(text))
