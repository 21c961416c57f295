"""Cutting text into lines of so many cells; a wide character is never split, a word only where it must be."""

import re

from rich.cells import cell_len, get_character_cell_size

from tui.papers.text import clean
from tui.ui.look import Glyphs

#: where a piece of a text begins and ends
Span = tuple[int, int]

#: whatever may be wider or narrower than one cell
_ODD = re.compile(
    "[^ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u2010-\u2027\u2030-\u205e\u20a0-\u20bf"
    "\u2190-\u2199\u2200-\u22ff]"
)


def wrap(text: str, width: int) -> list[str]:
    """The text, cleaned, in lines of at most so many cells; a longer word is broken."""
    text = tidy(text)
    return [text[start:stop] for start, stop in cut(text, width)]


def fit(text: str, width: int, glyphs: Glyphs) -> str:
    """The text, cleaned, on one line of at most so many cells; cut after a word where it is too long."""
    text = tidy(text[: 16 * max(width, 8)])
    lines = cut(text, width)
    if len(lines) < 2:
        return text
    if width < 2:
        return glyphs.ellipsis[:width]
    start, stop = cut(text, width - 1)[0]
    return text[start:stop] + glyphs.ellipsis


def tidy(text: str) -> str:
    """The text, cleaned, with one blank between any two words."""
    return " ".join(clean(text).split())


def cut(text: str, width: int) -> list[Span]:
    """Where the lines of a tidy text begin and end; the blank between two lines belongs to neither."""
    return _cut_odd(text, max(width, 1)) if _ODD.search(text) else _cut_even(text, max(width, 1))


def _cut_even(text: str, width: int) -> list[Span]:
    lines, start, end = [], 0, len(text)
    while end - start > width:
        stop = text.rfind(" ", start, start + width + 1)
        if stop <= start:
            stop = start + width
        lines.append((start, stop))
        start = stop + (text[stop] == " ")
    return [*lines, (start, end)] if start < end else lines


def _cut_odd(text: str, width: int) -> list[Span]:
    """A line may also end beside a wide character, for scripts that have them do without blanks."""
    lines: list[Span] = []
    start = used = last = before = 0
    for at, char in enumerate(text):
        size = get_character_cell_size(char)
        if not size:  # a mark: it stays with its letter
            continue
        if char == " " or size == 2 or before == 2:
            last = at
        if used + size > width and at > start:
            stop = last if last > start else at
            lines.append((start, stop))
            start = stop + (text[stop] == " ")
            used = cell_len(text[start:at])
        if at >= start:
            used += size
        before = size
    return [*lines, (start, len(text))] if start < len(text) else lines
