"""Where the cursor can be on a sheet of blocks, and where it goes from there.

Blocks are numbered in the order in which they are read. The spots of one stand one below the other, or,
where they go across, side by side.
"""

from collections.abc import Sequence
from dataclasses import dataclass

#: what a thing is: its kind and its name there
Key = tuple[str, str]


@dataclass(frozen=True)
class Spot:
    """Something the cursor can be on: what it is, in words too, with how many papers; and where it stands."""

    key: Key
    words: str
    papers: int
    y: int = 0
    x: int = 0
    block: int = 0
    across: bool = False


def below(spots: Sequence[Spot], here: Spot, step: int) -> Spot:
    """The spot under this one, above where the step is negative; at a block's end one of the next block."""
    at = spots.index(here) + step
    if not here.across and 0 <= at < len(spots) and spots[at].block == here.block:
        return spots[at]
    return in_block(spots, here, step) or here


def in_block(spots: Sequence[Spot], here: Spot, step: int, *, first: bool = False) -> Spot | None:
    """The nearest spot of the next block, or the one before; the first of it where that is wanted."""
    blocks = sorted({spot.block for spot in spots if (spot.block - here.block) * step > 0})
    if not blocks:
        return None
    there = [spot for spot in spots if spot.block == blocks[0 if step > 0 else -1]]
    if there[0].across:
        return there[0] if first else min(there, key=lambda spot: abs(spot.x - here.x))
    return there[0] if step > 0 or first else there[-1]


def beside(spots: Sequence[Spot], here: Spot, step: int) -> Spot:
    """The spot to the right of this one, to the left where the step is negative."""
    same = [s for s in spots if (s.x - here.x) * step > 0 and not (here.across and s.block != here.block)]
    if here.across:
        row = [spot for spot in same if spot.y == here.y]
        return min(row, key=lambda spot: abs(spot.x - here.x)) if row else here
    bars = [spot for spot in same if not spot.across]
    return min(bars, key=lambda spot: abs(spot.y - here.y)) if bars else here
