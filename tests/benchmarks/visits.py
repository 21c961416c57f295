"""Starting, being open and leaving: papertui and the bare app in turn."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median

import on_screen
from case import Case
from pty_terminal import Terminal
from table import Figure


@dataclass
class Visits:
    """A program opened and left several times: milliseconds, and MB while it was open."""

    start: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    end: list[float] = field(default_factory=list)

    def pay(self, opened: tuple[Terminal, float], key: str, *, counts: bool) -> None:
        """Note what this visit took, and end it by this key."""
        app, took = opened
        used = on_screen.processor(app)
        on_screen.rest(app, 0.2)
        held = on_screen.memory(app)
        left = on_screen.leave(app, key)
        if counts:
            for values, value in ((self.start, took), (self.processor, used), (self.memory, held)):
                values.append(value)
            self.end.append(left)


def visits(case: Case) -> Iterator[Figure]:
    """Ours and the bare app's in turn; the first of each only warms the disk's cache."""
    ours, bare = Visits(), Visits()
    for turn in range(case.often + 1):
        ours.pay(case.papertui(), "q", counts=turn > 0)
        bare.pay(case.bare(), "ctrl+q", counts=turn > 0)
    yield case.figure("start to readable list", ours.start, median(bare.start))
    yield case.figure("start: processor time", ours.processor, median(bare.processor))
    parts = [case.parts() for _ in range(case.often)]
    for part in parts[0]:
        yield case.figure(f"start: {part}", [taken[part] for taken in parts])
    yield case.figure("memory, list open", ours.memory, median(bare.memory))
    yield case.figure("quit to prompt", ours.end, median(bare.end))
