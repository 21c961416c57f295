"""What is measured, and what it may take: every row of the table, in its order. Nothing here measures."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

BARE, STOCK, APPEND = "bare Textual app", "stock TinyDB", "append + fsync"
#: the same measure in the smallest library: what does not grow is as good there
SMALLEST = "the smallest library"
#: times the smallest library's that still counts as the same: medians of one machine differ by so much
SAME = 1.25


@dataclass(frozen=True)
class Budget:
    """At most so much, or so many times the peer with `ratio`; at least, with `least`.

    It holds for libraries of more than `above` papers, and of `upto` at most.
    """

    limit: float
    ratio: bool = False
    least: bool = False
    above: float = 0
    upto: float = inf

    def holds_for(self, papers: int) -> bool:
        """Whether it says anything about a library of this size."""
        return self.above < papers <= self.upto

    def met(self, value: float, ratio: float | None) -> bool | None:
        """Whether it is kept; None for a ratio where there is no peer."""
        measured = ratio if self.ratio else value
        if measured is None:
            return None
        return measured >= self.limit if self.least else measured <= self.limit

    def words(self, unit: str) -> str:
        """As it stands in the table."""
        where = f" to {self.upto:,} papers" if self.upto < inf else " above" if self.above else ""
        return f"{'>=' if self.least else '<='} {self.limit:,g} {'x' if self.ratio else unit}{where}"


@dataclass(frozen=True)
class Measure:
    """One row: its name, the unit of its values, budgets, and what stands beside it."""

    name: str
    unit: str
    budgets: tuple[Budget, ...] = ()
    peer: str = ""


def _ms(name: str, *budgets: Budget, peer: str = "") -> Measure:
    return Measure(name, "ms", budgets, peer)


def _pressed(keys: str, place: str) -> tuple[Measure, ...]:
    """For each key how long its frame takes, and the processor's part, which other programs disturb less."""
    rows = []
    for key in keys:
        rows.append(_ms(f"key `{key}`{place}", Budget(12)))
        rows.append(_ms(f"key `{key}`{place}: processor time", Budget(SAME, ratio=True), peer=SMALLEST))
    return tuple(rows)


#: keys that change both list and abstract
IN_LIST, IN_CARDS = "jsdlur", "jsdlu"
CARDS = ", cards"
#: what a start consists of
PARTS = ("papers read", "papers by key", "decisions", "inbox in order", "the rest")
TWICE = Budget(2, ratio=True)

MEASURES = (
    _ms(
        "start to readable list",
        Budget(1.3, ratio=True, upto=400),
        Budget(2.5, ratio=True, above=400),
        peer=BARE,
    ),
    _ms("start: processor time", peer=BARE),
    *(_ms(f"start: {part}") for part in PARTS),
    *_pressed(IN_LIST, ""),
    *_pressed(IN_CARDS, CARDS),
    _ms("tag all papers, 10,000 at most"),
    _ms("undo of it", Budget(200)),
    _ms("`j` held, 30 a second: behind at the end", Budget(33)),
    _ms("decision on disk", TWICE, peer=APPEND),
    _ms("decision on disk, TinyDB", peer=STOCK),
    _ms("first search, complete", Budget(1000)),
    _ms("first search: longest wait for a key typed", Budget(100)),
    _ms("filter, key typed to titles: median"),
    _ms("filter, key typed to titles: 95th of 100", Budget(50)),
    _ms("filter, key typed to abstracts too: slowest", Budget(250)),
    Measure("digests read", "papers/s", (Budget(20_000, least=True),)),
    Measure("digests imported and stored", "s", (Budget(8),), STOCK),
    Measure("memory, list open", "MB", (Budget(150),), BARE),
    Measure("memory, abstracts searched", "MB", (Budget(450),)),
    _ms("quit to prompt", Budget(80), peer=BARE),
)
BY_NAME: Mapping[str, Measure] = {measure.name: measure for measure in MEASURES}
