"""Bars drawn of blocks: how long one is, how high a column stands. Plain text; the caller gives it ink."""

from collections.abc import Sequence

#: a cell filled by none to eight eighths, from below
EIGHTHS = " ▁▂▃▄▅▆▇█"
#: the same where only ASCII may be shown
ROUGH = " __==####"
#: the stuff of a lying bar: not quite as high as the line, so that one stands apart from the next
BAR = "▆"


def bar(number: int, most: int, room: int) -> str:
    """A bar in at most so many cells, of which the largest number takes all; none for nothing."""
    return BAR * max(1, round(number / most * room)) if number > 0 and room > 0 else ""


def columns(numbers: Sequence[int], tall: int, *, ascii_only: bool = False) -> list[list[str]]:
    """One glyph for each number in each of so many lines, the upper line first.

    The largest number reaches the top; what is not nothing is seen.
    """
    ramp = ROUGH if ascii_only else EIGHTHS
    most = max(numbers, default=0)
    eighths = [max(1, round(n / most * tall * 8)) if n > 0 else 0 for n in numbers]
    return [[ramp[min(max(high - 8 * line, 0), 8)] for high in eighths] for line in reversed(range(tall))]


def short(number: int) -> str:
    """A number in at most four cells, as long as it is below a million: 999, 1.2k, 12k, 123k."""
    if number < 1_000:
        return str(number)
    thousands = number / 1_000
    return f"{thousands:.1f}k" if thousands < 9.95 else f"{round(thousands)}k"
