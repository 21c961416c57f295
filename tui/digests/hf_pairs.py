"""Which lines of a saved page are titles and which are abstracts.

A page gives no sign but order: title, abstract, title, abstract. One missing line would turn all
that follows upside down, so a run of lines is read as the sequence of pairs and left-over lines
that has the fewest oddities; a run without any is read as it stands.
"""

from collections.abc import Sequence
from typing import NamedTuple

# In 447 records of real pages titles have 15 to 141 characters and abstracts 330 to 1,920.
_TITLE = 160
_LONG_TITLE = 300
_ABSTRACT = 200
_SHORT_ABSTRACT = 100

# A left-over line costs more than one odd line, and two of them more than an odd pair, so short
# abstracts and long titles keep their places; only a pair that is clearly the wrong way round is
# worse. A title alone right above its facts is a common case: an entry saved without abstract.
_LEFT_OVER = 2.5
_TITLE_ABOVE_FACTS = 2.0
_REVERSED = 6.0


class Piece(NamedTuple):
    """`size` lines from `start`: two are a title and its abstract, one is left over."""

    start: int
    size: int


def pieces(lines: Sequence[str], above_facts: bool) -> list[Piece]:
    """The run's reading with the fewest oddities, the plain alternation where that has none.

    `above_facts` says that an entry's facts follow the last line. Linear in the number of lines.
    """
    if _in_pairs(lines):
        return [Piece(start, 2) for start in range(0, len(lines), 2)]
    return _walk(_costs(lines, above_facts), lines)


def _in_pairs(lines: Sequence[str]) -> bool:
    return len(lines) % 2 == 0 and all(map(_plain_pair, lines[::2], lines[1::2]))


def plainly_in_pairs(lines: Sequence[str]) -> bool:
    """Whether the lines are nothing but titles, each with an abstract that ends as a sentence does."""
    titled = not any(line.endswith((".", ":", ",", ";")) for line in lines[::2])
    ended = all(line.endswith((".", "!", "?", ")", "\u201d", '"')) for line in lines[1::2])
    return titled and ended and _in_pairs(lines)


def reads_as_prose(line: str) -> bool:
    """Whether a line is too long for a title, or long and ends as a sentence does."""
    return _as_title(line) >= 2


def _plain_pair(title: str, abstract: str) -> bool:
    return len(title) <= _TITLE and len(abstract) >= _ABSTRACT


def _costs(lines: Sequence[str], above_facts: bool) -> list[float]:
    """The cost of the best reading of what follows, for each line and for the end."""
    costs = [0.0] * (len(lines) + 1)
    for at in range(len(lines) - 1, -1, -1):
        costs[at] = _LEFT_OVER + costs[at + 1]
        if at + 1 < len(lines):
            costs[at] = min(costs[at], _pair(lines[at], lines[at + 1]) + costs[at + 2])
        elif above_facts and not reads_as_prose(lines[at]):
            costs[at] = _TITLE_ABOVE_FACTS
    return costs


def _walk(costs: list[float], lines: Sequence[str]) -> list[Piece]:
    """The best reading itself; of two equally good ones that which leaves a line over later."""
    found, at = [], 0
    while at < len(lines):
        paired = at + 1 < len(lines) and _pair(lines[at], lines[at + 1]) + costs[at + 2] <= costs[at]
        found.append(Piece(at, 2 if paired else 1))
        at += 2 if paired else 1
    return found


def _pair(title: str, abstract: str) -> float:
    cost = _as_title(title) + _as_abstract(abstract)
    return _REVERSED if cost >= 4 else cost


def _as_title(line: str) -> float:
    """How odd a line is as a title."""
    stopped = line.endswith(".")
    if len(line) <= _TITLE:
        return 0.5 if stopped else 0
    return 2 if stopped or len(line) > _LONG_TITLE else 1


def _as_abstract(line: str) -> float:
    """How odd a line is as an abstract."""
    if len(line) >= _ABSTRACT:
        return 0
    if line.endswith((".", "!", "?")):
        return 0.5
    return 1 if len(line) >= _SHORT_ABSTRACT else 2
