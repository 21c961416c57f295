"""From plain values to lines: rows, heads and prose as strips, the bars around them as Text.

A paper's text comes from strangers. All of it is cleaned here, and no markup is ever parsed from it.
Widths are cells; a wide character is never split. Lines carry no background of their own but the
cursor's, the selection's and a match's: the widget that shows them lays them on its own.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate

from rich.cells import cell_len, get_character_cell_size
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.strip import Strip

from tui.papers.paper import Digest, Paper
from tui.papers.text import clean, clean_lines
from tui.papers.triage import Triage
from tui.ui.facts import digest_words, facts, some_of
from tui.ui.look import Glyphs, Ink

Span = tuple[int, int]

# -- cutting text into lines ----------------------------------------------------------------------

#: characters that may be wider or narrower than one cell; all others are exactly one
_ODD = re.compile("[^ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u2199\u2200-\u22ff]")


def _cut(text: str, width: int) -> list[Span]:
    """Where the lines of a text of single blanks begin and end; the blanks between them are left out."""
    width = max(width, 1)
    return _cut_odd(text, width) if _ODD.search(text) else _cut_even(text, width)


def _cut_even(text: str, width: int) -> list[Span]:
    lines, start, end = [], 0, len(text)
    while end - start > width:
        stop = text.rfind(" ", start, start + width + 1)
        if stop <= start:
            stop = start + width
        lines.append((start, stop))
        start = stop + (text[stop] == " ")
    if start < end:
        lines.append((start, end))
    return lines


def _cut_odd(text: str, width: int) -> list[Span]:
    """A line may also end beside a wide character, for such scripts have no blanks."""
    lines, start, used, last, wide = [], 0, 0, 0, False
    for at, char in enumerate(text):
        size = get_character_cell_size(char)
        if char == " ":
            last = at
        elif size and at > start and (size == 2 or wide):
            last = at
        if used + size > width and at > start and size:
            stop = last if last > start else at
            lines.append((start, stop))
            start = stop + (text[stop] == " ")
            used = cell_len(text[start:at])
        if size:
            used, wide = used + (size if at >= start else 0), size == 2
    if start < len(text):
        lines.append((start, len(text)))
    return lines


def _tidy(text: str) -> str:
    return " ".join(clean(text).split())


def wrap(text: str, width: int) -> list[str]:
    """The text, cleaned, in lines of at most so many cells; a longer word is broken."""
    text = _tidy(text)
    return [text[start:stop] for start, stop in _cut(text, width)]


def fit(text: str, width: int, glyphs: Glyphs) -> str:
    """The text, cleaned, on one line of at most so many cells, cut after a word where it is too long."""
    return _fit(_tidy(text), width, glyphs)


def _fit(text: str, width: int, glyphs: Glyphs) -> str:
    if len(text) <= width and cell_len(text) <= width:
        return text
    if width < 2:
        return glyphs.ellipsis[:width]
    start, stop = _cut(text[: 2 * width + 64], width - 1)[0]
    return text[start:stop].rstrip() + glyphs.ellipsis
