"""What was measured, as rows beside a peer and a budget."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

_HEADS = ("measure", "papertui", "peer", "ratio", "budget", "met")


@dataclass(frozen=True)
class Budget:
    """At most so much, or so many times the peer (`of` is "value" or "ratio"); or at least, with `least`."""

    limit: float
    of: str = "value"
    least: bool = False


@dataclass(frozen=True)
class Row:
    """One measure at one size of library. `p95` and `peer` where there is one."""

    papers: int
    measure: str
    value: float
    unit: str
    p95: float | None = None
    peer: float | None = None
    peer_name: str = ""
    budget: Budget | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the peer."""
        return self.value / self.peer if self.peer else None

    @property
    def met(self) -> bool | None:
        """Whether the budget is kept; None where there is none."""
        if self.budget is None:
            return None
        measured = self.ratio if self.budget.of == "ratio" else self.value
        if measured is None:
            return None
        return measured >= self.budget.limit if self.budget.least else measured <= self.budget.limit

    def to_json(self) -> dict[str, Any]:
        """All of it."""
        return asdict(self) | {"ratio": self.ratio, "met": self.met}

    def cells(self) -> tuple[str, ...]:
        """The row as it is printed."""
        p95 = f" (p95 {_number(self.p95)})" if self.p95 is not None else ""
        peer = f"{_number(self.peer)} {self.unit}, {self.peer_name}" if self.peer is not None else ""
        ratio = f"{_number(self.ratio)} x" if self.ratio is not None else ""
        met = {True: "yes", False: "NO", None: ""}[self.met]
        return (self.measure, f"{_number(self.value)} {self.unit}{p95}", peer, ratio, self._budget(), met)

    def _budget(self) -> str:
        if self.budget is None:
            return ""
        unit = "x" if self.budget.of == "ratio" else self.unit
        return f"{'>=' if self.budget.least else '<='} {_number(self.budget.limit)} {unit}"


def _number(number: float | None) -> str:
    if number is None:
        return ""
    if number >= 100 or number == int(number):
        return f"{number:,.0f}"
    return f"{number:.1f}" if number >= 10 else f"{number:.2f}"


def layout(rows: Iterable[Row]) -> str:
    """The rows in columns, one block for each size of library."""
    rows = list(rows)
    lines = []
    for papers in dict.fromkeys(row.papers for row in rows):
        block = [_HEADS, *(row.cells() for row in rows if row.papers == papers)]
        widths = [max(map(len, column)) for column in zip(*block, strict=True)]
        lines.append(f"{papers:,} papers")
        for cells in block:
            padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
            lines.append(f"  {'  '.join(padded)}".rstrip())
        lines.append("")
    return "\n".join(lines)
