"""A library to measure on: made-up papers, a share of them decided, and the programs opened on it."""

import json
import os
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import on_screen
from parts import TOLD
from pty_terminal import Terminal
from table import Figure

PAPERTUI = Path(sys.executable).with_name("papertui")
_PARTS = Path(__file__).with_name("parts.py")
_BARE = Path(__file__).with_name("bare_app.py")


@dataclass(frozen=True)
class Case:
    """A library of so many papers, so many per cent decided; `often` is how many times each thing is done.

    `beside` is the smallest library, to be measured in turn with this one.
    """

    folder: Path
    library: Path
    papers: int
    decided: int
    often: int
    beside: "Case | None" = None

    @property
    def undecided(self) -> int:
        """The papers in its inbox."""
        return self.papers - round(self.papers * self.decided / 100)

    def figure(self, measure: str, values: float | Iterable[float], peer: float | None = None) -> Figure:
        """A measure of this library."""
        taken = (values,) if isinstance(values, int | float) else tuple(values)
        return Figure(measure, self.papers, self.decided, taken, peer)

    @property
    def env(self) -> dict[str, str]:
        """The surroundings of the programs: none of the user's own."""
        unwanted = ("COLUMNS", "LINES", "NO_COLOR", "PYTHONDONTWRITEBYTECODE")
        return {name: value for name, value in os.environ.items() if name not in unwanted} | {
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LC_ALL": "C.UTF-8",
            "PAPERTUI_CONFIG": str(self.folder / "config.toml"),
            "PAPERTUI_LIBRARY": str(self.library),
            "XDG_STATE_HOME": str(self.folder / "state"),
        }

    def papertui(self) -> tuple[Terminal, float]:
        """papertui at the top of its inbox, and the milliseconds until the list could be read."""
        shutil.rmtree(self.folder / "state", ignore_errors=True)
        return on_screen.start([PAPERTUI], self.env, "? help")

    def parts(self) -> dict[str, float]:
        """The processor's milliseconds that each part of a start takes, and all the rest of it."""
        told = self.folder / "parts.json"
        shutil.rmtree(self.folder / "state", ignore_errors=True)
        app, _ = on_screen.start([sys.executable, _PARTS], {**self.env, TOLD: str(told)}, "? help")
        whole = on_screen.processor(app)
        app.close()
        found: dict[str, float] = json.loads(told.read_text())
        return {**found, "the rest": whole - sum(found.values())}

    def bare(self) -> tuple[Terminal, float]:
        """A bare Textual app, and the milliseconds until it could be read."""
        return on_screen.start([sys.executable, _BARE], self.env, "bare and readable")
