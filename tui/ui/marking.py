"""Finding folded words in a text as it is shown, and marking them."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style

from tui.ui.cutting import Span


class _Folds(dict[str, str]):
    """Each character folded as a search folds it: no case, no marks, blanks between words."""

    def __missing__(self, char: str) -> str:
        bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
        kept = (c for c in bare if not unicodedata.category(c).startswith("M"))
        folded = self[char] = "".join(c if c.isalnum() else " " for c in kept)
        return folded


_FOLDS = _Folds()


@lru_cache(maxsize=256)
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(r"[\W_]+".join(map(re.escape, words.split())))


def spans(shown: str, words: Sequence[str]) -> list[Span]:
    """Where folded words and phrases occur in a shown text, in order, those that touch united.

    A phrase is found across whatever stands between its words, as the search finds it.
    """
    if shown.isascii():
        found = [m.span() for word in words if word for m in _pattern(word).finditer(shown.lower())]
    else:
        found = _spans_folded(shown, words)
    return _united(found) if len(found) > 1 else found


def _spans_folded(shown: str, words: Sequence[str]) -> list[Span]:
    pieces = [_FOLDS[char] for char in shown]
    folded = "".join(pieces)
    origin = [at for at, piece in enumerate(pieces) for _ in piece]
    found = []
    for word in filter(None, words):
        for match in _pattern(word).finditer(folded):
            stop = origin[match.end() - 1] + 1
            while stop < len(pieces) and not pieces[stop]:
                stop += 1
            found.append((origin[match.start()], stop))
    return found


def _united(found: list[Span]) -> list[Span]:
    found.sort()
    united = [found[0]]
    for start, stop in found[1:]:
        if start <= united[-1][1]:
            united[-1] = (united[-1][0], max(stop, united[-1][1]))
        else:
            united.append((start, stop))
    return united


def shone(text: str, line: Span, marks: Iterable[Span], style: Style, match: Style) -> list[Segment]:
    """One line of a text, with what of the marks falls into it."""
    at, stop = line
    segments = []
    for first, last in marks:
        first, last = max(first, at), min(last, stop)
        if first >= last:
            continue
        if first > at:
            segments.append(Segment(text[at:first], style))
        segments.append(Segment(text[first:last], style + match))
        at = last
    if at < stop:
        segments.append(Segment(text[at:stop], style))
    return segments
