"""What a campaign tried and what it found, as rows of one table."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

#: what may be found: something acknowledged is not there; something is there, is refused or hangs that
#: should not; the program ended without a sentence
LOSS, CORRUPTION, TRACEBACK = "losses", "corruptions", "tracebacks"
_HEADS = ("kind", "tried", LOSS, CORRUPTION, TRACEBACK)


@dataclass
class Tally:
    """One kind of trial: how often it was made, what was found, and what else is worth saying."""

    kind: str
    tried: int = 0
    found: list[tuple[str, str]] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)

    def find(self, what: str, words: str) -> None:
        """Keep a finding: one of losses, corruptions and tracebacks, and what exactly it was."""
        self.found.append((what, words))

    def expect(self, holds: object, what: str, words: str) -> bool:
        """A finding where this does not hold; returns whether it does."""
        if not holds:
            self.find(what, words)
        return bool(holds)

    def cells(self) -> tuple[str, ...]:
        """The row as it is printed."""
        counts = Counter(what for what, _ in self.found)
        return (self.kind, *(f"{n:,}" for n in (self.tried, *(counts[head] for head in _HEADS[2:]))))


def layout(tallies: Iterable[Tally]) -> str:
    """All rows in columns, their total last."""
    tallies = list(tallies)
    total = Tally("total", sum(t.tried for t in tallies), [found for t in tallies for found in t.found])
    block = [_HEADS, *(tally.cells() for tally in (*tallies, total))]
    widths = [max(map(len, column)) for column in zip(*block, strict=True)]
    return "\n".join(
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in block
    )


def details(tally: Tally, most: int = 8) -> list[str]:
    """The findings of one kind, equal ones once, and its notes."""
    found = Counter(tally.found)
    lines = [f"{what} x{count}: {words}" for (what, words), count in found.most_common(most)]
    lines += [f"… and {len(found) - most} more"] if len(found) > most else []
    return lines + [f"{note}: {count:,}" for note, count in tally.notes.items()]
