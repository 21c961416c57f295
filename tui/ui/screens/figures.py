"""What the sheet of figures shows, and what all its blocks are made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from rich.style import Style
from rich.text import Text

from tui.papers.query import All, Digest, Tag, parse
from tui.papers.sitting import Sum
from tui.papers.stats import Stats
from tui.ui.cutting import wrap
from tui.ui.look import Glyphs, Ink
from tui.ui.screens.spots import Key, Spot

#: cells before each block, of which the last is the cursor's
MARGIN = 2
#: columns from which two blocks stand side by side
TWO = 64


@dataclass(frozen=True)
class Block:
    """Lines with the spots on them."""

    lines: Sequence[Text]
    spots: Sequence[Spot] = ()


@dataclass(frozen=True)
class Figures:
    """What is to be shown: counts of the views at once, `stats` once they are known; and how.

    `few` is how many bars a block has until it is unfolded, `tall` the lines of the days' columns,
    `chosen` where the cursor is.
    """

    ink: Ink
    glyphs: Glyphs
    views: Mapping[str, int]
    sitting: Sum
    today: date
    tag_key: str
    stats: Stats | None = None
    waiting: str = ""
    chosen: Key = ("", "")
    unfolded: frozenset[str] = field(default_factory=frozenset)
    few: int = 5
    tall: int = 3


def sentence(words: str, width: int, ink: Ink) -> Block:
    """A sentence in so many columns."""
    return Block([indented((line, ink.soft)) for line in wrap(words, width - 2 * MARGIN)])


def indented(*pieces: tuple[str, Style]) -> Text:
    """A line with its margin."""
    return Text.assemble(" " * MARGIN, *pieces)


def put_cursor(line: Text, figures: Figures) -> None:
    """Put the cursor's bar in the cell before what comes next; blanks stand there."""
    line.right_crop(1)
    line.append(figures.glyphs.cursor, figures.ink.accent)


def query_of(key: Key) -> All:
    """What finds the papers behind a figure: of a state, day, digest, tag or month, or without a date."""
    kind, name = key
    if kind in ("digest", "tag"):
        return All((Digest(name) if kind == "digest" else Tag(name),))
    fields = {"state": "is", "month": "published", "day": "decided"}
    return parse("-has:date" if kind == "undated" else f"{fields[kind]}:{name}")
