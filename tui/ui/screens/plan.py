"""The blocks of the sheet of figures on one page, one below the other or two side by side."""

from collections.abc import Sequence
from dataclasses import replace

from rich.text import Text

from tui.ui.screens.figures import TWO, Block, Figures, sentence
from tui.ui.screens.numbers import days, tiles
from tui.ui.screens.shares import shares
from tui.ui.screens.spots import Spot


def laid(figures: Figures, width: int) -> Block:
    """All blocks in so many columns, spots numbered by block from the top.

    A spot's key is its kind (state, day, digest, tag, month, undated, more) and its name there.
    """
    stats, ink = figures.stats, figures.ink
    rows = [[tiles(figures, width)]]
    if stats is None:
        rows.append([sentence(figures.waiting, width, ink)])
    else:
        rows.append([days(figures, stats, width)])
        half = width // 2 if width >= TWO else width
        four = shares(figures, stats, half)
        rows += [four[:2], four[2:]] if width >= TWO else [[block] for block in four]
    lines: list[Text] = []
    spots: list[Spot] = []
    number = 0
    for row in rows:
        for column, block in enumerate(row):
            x = column * (width // 2)
            spots += [replace(s, y=s.y + len(lines), x=s.x + x, block=number) for s in block.spots]
            number += 1
        lines += [*_beside([block.lines for block in row], width // 2), Text()]
    return Block(lines[:-1], spots)


def _beside(blocks: Sequence[Sequence[Text]], width: int) -> list[Text]:
    """The lines of one block, or of two that stand side by side."""
    if len(blocks) == 1:
        return [*blocks[0]]
    left, right = blocks
    lines = []
    for y in range(max(len(left), len(right))):
        line = left[y].copy() if y < len(left) else Text()
        line.append(" " * max(width - line.cell_len, 0))
        lines.append(line.append_text(right[y]) if y < len(right) else line)
    return lines
