"""The figures as one table, each measure beside its peer and its budget."""

import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from measures import BY_NAME, MEASURES, SMALLEST, Measure


@dataclass(frozen=True)
class Figure:
    """One measure in one library: the median of all times it was taken, and the peer's."""

    measure: str
    papers: int
    decided: int
    all: tuple[float, ...]
    peer: float | None = None

    def __post_init__(self) -> None:
        if self.measure not in BY_NAME:
            raise ValueError(f"no such measure: {self.measure}")

    @property
    def value(self) -> float:
        """What stands in the table."""
        return statistics.median(self.all)

    @property
    def ratio(self) -> float | None:
        """How many times the peer."""
        return self.value / self.peer if self.peer else None

    @property
    def met(self) -> bool | None:
        """Whether the budgets for this size are kept; None where there are none."""
        budgets = (b for b in BY_NAME[self.measure].budgets if b.holds_for(self.papers))
        told = [met for b in budgets if (met := b.met(self.value, self.ratio)) is not None]
        return all(told) if told else None

    def to_json(self) -> dict[str, Any]:
        """All of it, with the least: what it takes while nothing else runs."""
        return {
            "measure": self.measure,
            "unit": BY_NAME[self.measure].unit,
            "papers": self.papers,
            "decided": self.decided,
            "median": self.value,
            "least": min(self.all),
            "times": len(self.all),
            "peer": self.peer,
            "ratio": self.ratio,
            "met": self.met,
        }


def table(figures: Sequence[Figure]) -> str:
    """A row a measure, in Markdown, laid out in columns: one a size, with a figure a share decided."""
    sizes = sorted({figure.papers for figure in figures})
    heads = ["measure", *(f"{size:,}" for size in sizes), "peer", "ratio", "budget", "met"]
    rows = [heads, *_rows(figures, sizes)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rows.insert(1, ["-" * width for width in widths])
    padded = ([cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in rows)
    return "\n".join(f"| {' | '.join(row)} |" for row in padded)


def _rows(figures: Sequence[Figure], sizes: Sequence[int]) -> Iterator[list[str]]:
    for measure in MEASURES:
        by_size = [[f for f in figures if (f.measure, f.papers) == (measure.name, size)] for size in sizes]
        if any(by_size):
            yield _row(measure, by_size)


def _row(measure: Measure, by_size: Sequence[Sequence[Figure]]) -> list[str]:
    values = [_some((f.value for f in same), f" {measure.unit}") for same in by_size]
    peers = [_some(f.peer for f in same if f.peer) for same in by_size]
    peer = measure.peer if any(peers) else ""
    if peer and peer != SMALLEST:  # whose figures stand at the left
        peer += f": {_list(peers)} {measure.unit}"
    ratio = _list(_some(f.ratio for f in same if f.ratio) for same in by_size)
    budget = ", ".join(budget.words(measure.unit) for budget in measure.budgets)
    return [measure.name, *values, peer, f"{ratio} x" if ratio else "", budget, _met(by_size)]


def _some(numbers: Iterable[float], unit: str = "") -> str:
    """One figure a share decided."""
    words = " / ".join(map(_number, numbers))
    return f"{words}{unit}" if words else ""


def _list(cells: Iterable[str]) -> str:
    """One cell a size."""
    return "; ".join(filter(None, cells))


def _met(by_size: Iterable[Iterable[Figure]]) -> str:
    held = [figure for same in by_size for figure in same if figure.met is not None]
    missed = dict.fromkeys(f"{figure.papers:,}" for figure in held if not figure.met)
    return "" if not held else f"NO at {', '.join(missed)}" if missed else "yes"


def _number(number: float) -> str:
    if number >= 100:
        return f"{number:,.0f}"
    if number < 0.1:
        return f"{number:.1g}"
    return f"{number:.1f}" if number >= 10 else f"{number:.2f}"
