"""What is measured on a real terminal: starts, keys, memory, leaving."""

import os
import re
import statistics
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "terminal"))

from pty_terminal import PATIENCE, Terminal

SIZE = (120, 40)
#: seconds of silence after which a burst of output is over
SILENCE = 0.04
#: seconds between two keys, so that each meets a program at rest
REST = 0.06
_ESCAPES = re.compile(rb"\x1b\[[0-9;:?<>=$]*[ -/]*[@-~]|\x1b\][^\x07]*\x07")
_FRAME_END = b"\x1b[?2026l"


@dataclass
class Times:
    """Milliseconds, one for each time."""

    all: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """The one in the middle."""
        return statistics.median(self.all)

    @property
    def p95(self) -> float:
        """The one that 95 of 100 do not exceed."""
        return sorted(self.all)[min(len(self.all) - 1, int(0.95 * len(self.all)))]


@dataclass
class Keys:
    """What each of a row of presses took, on the clock and of the processor, in milliseconds."""

    times: Times = field(default_factory=Times)
    processor: Times = field(default_factory=Times)


def start(command: Sequence[str | Path], env: dict[str, str], wanted: str) -> tuple[Terminal, float]:
    """A program, and the milliseconds until the frame with these words was whole."""
    app = Terminal(command, env, size=SIZE)
    end = app.started + PATIENCE
    while not _shown(bytes(app.log), wanted.encode()):
        if app.process.poll() is not None or time.perf_counter() > end:
            raise RuntimeError(f"{command} never showed {wanted!r}:\n{app.text}")
        app.read(0.05)
    return app, (time.perf_counter() - app.started) * 1e3


def _shown(log: bytes, wanted: bytes) -> bool:
    done = log.rfind(_FRAME_END)
    return done >= 0 and wanted in _ESCAPES.sub(b"", log[:done])


def rest(app: Terminal, seconds: float = REST) -> None:
    """Read until the program has been silent for so long."""
    while app.read(seconds):
        pass
    _ = app.screen  # keeps what is not drawn yet short


def press(app: Terminal, key: str) -> float:
    """Press a key; the milliseconds until the last byte of what follows."""
    rest(app)
    pressed = app.send(key)
    if not app.read(PATIENCE):
        raise RuntimeError(f"{key!r} drew nothing:\n{app.text}")
    return (last_byte(app) - pressed) * 1e3


def last_byte(app: Terminal, silence: float = SILENCE) -> float:
    """The moment after which the program was silent for so many seconds."""
    last = time.perf_counter()
    while app.read(silence):
        last = time.perf_counter()
    return last


def first_frame(app: Terminal, start: int) -> float:
    """The moment at which a frame was whole that ends beyond this place of the log."""
    end = time.perf_counter() + PATIENCE
    while app.log.find(_FRAME_END, start) < 0:
        if time.perf_counter() > end:
            raise RuntimeError(f"no frame came:\n{app.text}")
        app.read(0.05)
    return time.perf_counter()


def type_all(app: Terminal, keys: Iterable[str]) -> None:
    """Press these one after the other, each once the program is at rest, whatever they draw."""
    for key in keys:
        app.send(key)
        rest(app)


def press_all(apps: Sequence[Terminal], keys: Iterable[str]) -> list[Keys]:
    """Press these one after the other, each at rest and in all of these programs, in turn.

    So a minute in which the machine is slower is the same to all of them.
    """
    measured = [Keys() for _ in apps]
    for key in keys:
        for app, found in zip(apps, measured, strict=True):
            rest(app)
            before = processor(app)
            found.times.all.append(press(app, key))
            found.processor.all.append(processor(app) - before)
    return measured


def leave(app: Terminal, key: str) -> float:
    """Leave by this key; the milliseconds until the shell would have its prompt."""
    rest(app, 0.2)
    pressed = app.send(key)
    while app.process.poll() is None:
        if time.perf_counter() > pressed + PATIENCE:
            raise RuntimeError(f"{key!r} does not end it:\n{app.text}")
        app.read(0.0005)
    took = (time.perf_counter() - pressed) * 1e3
    app.close()
    return took


def processor(app: Terminal) -> float:
    """Milliseconds of processor time the program has had, whatever else ran; nan where not on Linux.

    By the process's own clock, whose number is made of the process's as clock_getcpuclockid(3) does: it
    counts to the nanosecond, and threads that have ended too.
    """
    if sys.platform != "linux":
        return float("nan")
    return time.clock_gettime((~app.process.pid << 3) | 2) * 1e3


def memory(app: Terminal) -> float:
    """MB the program holds (resident set)."""
    status = Path(f"/proc/{app.process.pid}/statm")
    if not status.exists():
        return float("nan")
    return int(status.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
