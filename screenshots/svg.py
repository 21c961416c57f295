"""A screenshot of Textual's written anew, so that browsers, GitHub and rsvg-convert draw the same.

Textual's own asks the net for a font, numbers its ids at random and trusts leading no-break spaces,
which librsvg drops. Here every run of text stands at its own place, nothing is fetched, and what a
terminal draws to the edge of its cell is a rectangle, as fonts leave gaps there.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from rich.cells import cell_len

#: a cell in pixels here, and in the SVGs that Rich writes (rich/console.py, `export_svg`)
WIDE, HIGH = 12, 24
RICH_WIDE, RICH_HIGH = 12.2, 24.4
#: where letters stand in their cell, and the size at which DejaVu Sans Mono fills its width
BASE, FONT_SIZE = 18, 19.93
#: air around the screen
MARGIN = 12
FONTS = "'DejaVu Sans Mono',Menlo,Consolas,'Liberation Mono',monospace"
#: left, top, width and height of a glyph, in pixels of its cell
BOXES = {
    "▌": (0, 0, 6, 24),
    "│": (5, 0, 1, 24),
    "─": (0, 12, 12, 1),
    "━": (0, 10, 12, 3),
    **{glyph: (0, 24 - 3 * eighths, 12, 3 * eighths) for eighths, glyph in enumerate("▁▂▃▄▅▆▇█", 1)},
}

_SVG = "{http://www.w3.org/2000/svg}"
_STYLE = re.compile(r"-(r\d+) \{([^}]*)\}")
_RUN = re.compile(r"n+(?: n+)*|w|(?P<box>b+)")


class Run(NamedTuple):
    """Some text in one style, at a place counted in cells."""

    row: int
    column: int
    text: str
    style: str


def redrawn(exported: str, *, ground: str, title: str, stamp: str) -> str:
    """The same picture on that ground colour. `title` says what it shows, `stamp` who drew it."""
    root = ElementTree.fromstring(exported)
    grounds = [rect for rect in root.iter(f"{_SVG}rect") if rect.get("shape-rendering")]
    runs = [_run(text) for text in root.iter(f"{_SVG}text") if re.search(r"-r\d+$", text.get("class", ""))]
    columns = max(run.column + cell_len(run.text) for run in runs)
    rows = max(run.row for run in runs) + 1
    width, height = columns * WIDE + 2 * MARGIN, rows * HIGH + 2 * MARGIN
    styles = _STYLE.findall(root.findtext(f"{_SVG}style", ""))
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
            f' width="{width}" height="{height}" role="img">',
            f"<!-- {escape(stamp)} -->",
            f"<title>{escape(title)}</title>",
            "<style>",
            f"text {{ font: {FONT_SIZE}px {FONTS} }}",
            *(f".{name} {{ {' '.join(rules.split())} }}" for name, rules in styles),
            "</style>",
            f'<rect width="{width}" height="{height}" rx="8" fill="{ground}"/>',
            f'<g transform="translate({MARGIN} {MARGIN})">',
            *_grounds(grounds, ground),
            *(line for run in runs for line in _drawn(run)),
            "</g>",
            "</svg>\n",
        ]
    )


def _number(element: ElementTree.Element, name: str) -> float:
    return float(element.get(name, "0"))


def _run(text: ElementTree.Element) -> Run:
    """A text of Rich's; its y is that of the letters' feet, 20 pixels below the row's top."""
    return Run(
        row=round((_number(text, "y") - 20) / RICH_HIGH),
        column=round(_number(text, "x") / RICH_WIDE),
        text=(text.text or "").replace("\xa0", " "),
        style=text.get("class", "").rpartition("-")[2],
    )


def _grounds(rects: Iterable[ElementTree.Element], ground: str) -> Iterator[str]:
    """What lies behind the letters, neighbours of one colour joined; the sheet's own ground is there."""
    for (fill, top), group in groupby(rects, key=lambda rect: (rect.get("fill", ""), _number(rect, "y"))):
        start = end = -1
        for rect in group:
            left = round(_number(rect, "x") / RICH_WIDE)
            if left != end:
                yield from _ground(fill, top, start, end, ground)
                start = left
            end = left + round(_number(rect, "width") / RICH_WIDE)
        yield from _ground(fill, top, start, end, ground)


def _ground(fill: str, top: float, start: int, end: int, ground: str) -> Iterator[str]:
    if end > start and fill != ground:
        row = round((top - 1.5) / RICH_HIGH)
        yield _rect(f'fill="{fill}"', start * WIDE, row * HIGH, (end - start) * WIDE, HIGH)


def _rect(paint: str, left: int, top: int, width: int, height: int) -> str:
    return f'<rect {paint} x="{left}" y="{top}" width="{width}" height="{height}"/>'


def _drawn(run: Run) -> Iterator[str]:
    """The run's words where they stand; wide characters apart, as fonts disagree about their width."""
    kinds = "".join(map(_kind, run.text))
    for match in _RUN.finditer(kinds):
        text = run.text[match.start() : match.end()]
        column = run.column + cell_len(run.text[: match.start()])
        paint = f'class="{run.style}"'
        if match["box"]:
            yield from _boxes(paint, text, column, run.row)
        else:
            x, y, length = column * WIDE, run.row * HIGH + BASE, cell_len(text) * WIDE
            yield f'<text {paint} x="{x}" y="{y}" textLength="{length}">{escape(text)}</text>'


def _kind(char: str) -> str:
    if char == " ":
        return " "
    return "b" if char in BOXES else "w" if cell_len(char) > 1 else "n"


def _boxes(paint: str, text: str, column: int, row: int) -> Iterator[str]:
    for glyph, group in groupby(text):
        number = len(list(group))
        left, top, width, height = BOXES[glyph]
        whole = (number - 1) * WIDE + width
        yield _rect(paint, column * WIDE + left, row * HIGH + top, whole, height)
        column += number
