"""From plain values to lines: rows, heads and prose as strips, the bars around them as Text.

A paper's text comes from strangers: all of it is cleaned here, and no markup is ever parsed from it.
Widths are cells; a wide character is never split. Lines carry no background but the cursor's, the
selection's and a match's: the widget that shows them lays them on its own.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.strip import Strip

from tui.papers.paper import Digest, Paper
from tui.papers.saying import counted
from tui.papers.triage import Triage
from tui.ui.cutting import Span, cut, fit, tidy, wrap
from tui.ui.facts import digest_words, facts, in_rows, some_of
from tui.ui.look import THEIRS, Glyphs, Ink
from tui.ui.marking import shone, spans

Views = Sequence[tuple[str, int | None]]
#: characters of a title that are ever laid out
LONGEST = 2_000
#: rows that are kept as they were drawn last: a few screens of them
KEPT = 128

# -- a paper --------------------------------------------------------------------------------------

_STATES = {"starred": "starred", "later": "put off", "read": "read"}


def row(
    paper: Paper,
    triage: Triage,
    width: int,
    ink: Ink,
    glyphs: Glyphs,
    *,
    cursor: bool = False,
    selected: bool = False,
    words: Sequence[str] = (),
) -> tuple[Strip, Strip]:
    """Two lines: cursor bar, marker, title, selection mark; the rest of the title, facts, tags, note mark.

    A paper that was put off and is starred as well has both markers, one below the other.
    A title is cut only where two lines do not hold it; facts give way whole, the least telling first.
    The same row is the same strips, and with them what Textual has worked out of these.
    """
    return _row(paper, triage, width, ink, glyphs, cursor, selected, tuple(words))


@lru_cache(maxsize=KEPT)
def _row(
    paper: Paper,
    triage: Triage,
    width: int,
    ink: Ink,
    glyphs: Glyphs,
    cursor: bool,
    selected: bool,
    words: tuple[str, ...],
) -> tuple[Strip, Strip]:
    state = triage.state
    style = ink.strong if state == "inbox" else ink.plain if state == "starred" else ink.soft
    title = tidy(paper.title[: 16 * max(width, 8)])
    marks = spans(title, words) if words else []
    *lines, end = _two_lines(title, max(width - 5, 1), glyphs)
    upper, lower = (shone(title, line, marks, style, ink.match) for line in lines)
    bar = Segment(glyphs.cursor if cursor else " ", ink.accent)

    first = [bar, Segment(f"{glyphs.marker(state)} ", ink.marker(state)), *upper]
    room = width - 2 - _cells(first)
    first.append(Segment(" " * room, ink.plain))
    mark = glyphs.selected if selected else " "
    first.append(Segment(f"{mark} " if room > 0 else f" {mark}", ink.good))
    also = glyphs.starred if triage.starred and triage.later else " "
    second = [bar, Segment(f"{also} ", ink.star), *lower]
    if lower:
        second.append(Segment(f"{end}  ", style))
    second += _margin(paper, triage, width - 2 - _cells(second), ink, glyphs)
    second.append(Segment(" " * (width - _cells(second)), ink.plain))

    ground = ink.cursor if cursor else ink.selected if selected else Style.null()
    return _laid(first, width, ground, ink), _laid(second, width, ground, ink)


def _two_lines(text: str, width: int, glyphs: Glyphs) -> tuple[Span, Span, str]:
    """The first two lines of a text, and the ellipsis where they do not hold it."""
    lines = cut(text, width)
    if len(lines) > 2:
        start = lines[1][0]
        return lines[0], (start, start + cut(text[start:], width - 1)[0][1]), glyphs.ellipsis
    first, second = [*lines, (0, 0), (0, 0)][:2]
    return first, second, ""


def _margin(paper: Paper, triage: Triage, space: int, ink: Ink, glyphs: Glyphs) -> Iterable[Segment]:
    """What stands behind the title: facts, tags, the mark of a note, each whole or not at all."""
    note = glyphs.note if triage.note and space > 0 else ""
    tags = _leading([f"#{tidy(tag)}" for tag in triage.tags], " ", space - 2 * len(note))
    taken = cell_len(tags) + len(note) + bool(tags and note)
    said = _leading(facts(paper), glyphs.dot, space - taken - 2 * bool(taken))
    if said:
        yield Segment(said + "  " * bool(taken), ink.soft)
    if tags:
        yield Segment(tags + " " * bool(note), ink.tag)
    if note:
        yield Segment(note, ink.later)


def _cells(segments: Iterable[Segment]) -> int:
    return sum(cell_len(segment.text) for segment in segments)


def _laid(segments: Iterable[Segment], width: int, ground: Style, ink: Ink) -> Strip:
    """The line on its ground, cut at the edge where even the marks find no room."""
    over = (Segment(text, ink.over(ground, style or ink.plain)) for text, style, _ in segments if text)
    return Strip(joined(over)).crop(0, width)


def joined(segments: Iterable[Segment]) -> list[Segment]:
    """What looks the same in fewer pieces, as each is sent with 40 bytes of style; blanks join the words."""
    pieces: list[Segment] = []
    for segment in segments:
        if pieces:
            (text, style, _), (more, other, _) = pieces[-1], segment
            if style == other or (more.isspace() and _alike(other, style)):
                pieces[-1] = Segment(text + more, style)
                continue
            if text.isspace() and _alike(style, other):
                pieces[-1] = Segment(text + more, other)
                continue
        pieces.append(segment)
    return pieces


def _alike(style: Style | None, other: Style | None) -> bool:
    """Whether blanks look the same in either style."""
    if style is None or other is None:
        return False
    return style.bgcolor == other.bgcolor and not (_shows(style) or _shows(other))


def _shows(style: Style) -> object:
    """Whether blanks in this style show more than their ground."""
    return style.underline or style.reverse or style.strike or style.meta


def _leading(items: Sequence[str], between: str, width: int) -> str:
    """The first of the items, as many as fit whole."""
    for shown in range(len(items), 0, -1):
        line = between.join(items[:shown])
        if cell_len(line) <= width:
            return line
    return ""


def head(
    paper: Paper,
    triage: Triage,
    digests: Mapping[str, Digest],
    width: int,
    ink: Ink,
    glyphs: Glyphs,
    words: Sequence[str] = (),
    *,
    every_digest: bool = False,
) -> list[Strip]:
    """What stands above an abstract: title; state once decided, and facts; authors, digests, tags, note.

    Of authors and digests as many as a line holds, or all digests on as many lines as they need.
    """
    title = tidy(paper.title[:LONGEST])
    marks = spans(title, words) if words else []
    lines = [Strip(shone(title, line, marks, ink.strong, ink.match)) for line in cut(title, width)]
    lines += [_line(), *_state_line(paper, triage, width, ink, glyphs)]
    authors, seen = [tidy(name) for name in paper.authors], digest_words(paper, digests)
    for items in (authors, *(in_rows(seen, width, glyphs.dot) if every_digest else [seen])):
        if items:
            some = some_of(items, width, glyphs.dot) or fit(items[0], width, glyphs)
            lines.append(_line((some, ink.soft)))
    tags = " ".join(f"#{tidy(tag)}" for tag in triage.tags)
    lines += [_line((line, ink.tag)) for line in wrap(tags, width)]
    note = [line for part in triage.note.splitlines() for line in wrap(part, width - 2)]
    for number, line in enumerate(note):
        mark = " " if number else glyphs.note
        lines.append(_line((f"{mark} ", ink.later), (line, ink.plain)))
    return lines


def _state_line(paper: Paper, triage: Triage, width: int, ink: Ink, glyphs: Glyphs) -> list[Strip]:
    state = _STATES.get(triage.state, "")
    said = f"{glyphs.marker(triage.state)} {state}".strip() if state else ""
    said += ", starred" if triage.starred and triage.later else ""
    told = _leading(facts(paper, full=True), glyphs.dot, width - cell_len(said + glyphs.dot))
    between = glyphs.dot if said and told else ""
    if not (said or told):
        return []
    return [_line((said, ink.marker(triage.state)), (between, ink.soft), (told, ink.soft))]


def prose(text: str, width: int, ink: Ink, words: Sequence[str] = ()) -> list[Strip]:
    """A text in lines, the words looked for marked, across line ends too."""
    return [*_prose(text, width, ink, tuple(words))]


@lru_cache(maxsize=16)
def _prose(text: str, width: int, ink: Ink, words: tuple[str, ...]) -> Sequence[Strip]:
    text = tidy(text)
    marks = spans(text, words) if words else []
    lines, passed = [], 0
    for line in cut(text, width):
        while passed < len(marks) and marks[passed][1] <= line[0]:
            passed += 1
        upto = passed
        while upto < len(marks) and marks[upto][0] < line[1]:
            upto += 1
        lines.append(Strip(shone(text, line, marks[passed:upto], ink.plain, ink.match)))
    return lines


def more(lines: int, key: str, ink: Ink, glyphs: Glyphs) -> Text:
    """How much of a text is below, and the key that brings it."""
    return Text(f"{glyphs.more} {counted(lines, 'more line')}{glyphs.dot}{key}", ink.soft)


def _line(*pieces: tuple[str, Style]) -> Strip:
    return Strip([Segment(text, style) for text, style in pieces if text])


# -- the bars around ------------------------------------------------------------------------------


def quoted(title: str, width: int, style: Style, glyphs: Glyphs) -> Text:
    """A title in quotes, in at most so many cells, for a sentence of ours."""
    return Text.assemble(("“", style), (fit(title, width - 2, glyphs), style + THEIRS), ("”", style))


def spread(left: Text, right: Text, width: int) -> Text:
    """Left and right on one line of so many cells; the left gives way."""
    right = _short(right, width)
    room = width - right.cell_len
    left = _short(left, room - 1)
    return Text.assemble(left, " " * (room - left.cell_len), right)


def in_lines(text: Text, width: int, *, whole: bool = False) -> list[Text]:
    """A text of ours, its styles kept, in lines of at most so many cells.

    With `whole` what two blanks part is not broken, where each part finds room on a line.
    """
    plain = text.plain
    if whole and all(cell_len(part) < width for part in plain.split("  ")):
        plain = re.sub(" +", lambda blanks: "\u00a0" * max(len(blanks[0]) - 1, 1) + blanks[0][1:2], plain)
    return [text[start:stop] for start, stop in cut(plain, width)]


def strip_of(line: Text, console: Console) -> Strip:
    """A line as a strip. Rich leaves out the style of a whole Text that has no parts; here it is kept."""
    return Strip(line.render(console)).apply_style(console.get_style(line.style))


def _short(text: Text, width: int) -> Text:
    if width < 1:
        return Text()
    text = text.copy()
    text.truncate(width, overflow="ellipsis")
    return text


def hints(pairs: Sequence[tuple[str, str]], width: int, ink: Ink) -> Text:
    """Keys and their words, whole pairs only; the last pair is never left out."""
    pieces = [Text.assemble((key, ink.accent), (f" {words}", ink.soft)) for key, words in pairs]
    out = Text(" ")
    for piece in pieces[:-1]:
        if out.cell_len + piece.cell_len + 2 + pieces[-1].cell_len > width - 1:
            break
        out.append_text(piece).append("  ")
    return out.append_text(pieces[-1]) if pieces else out


def tabs(views: Views, here: str, right: str, width: int, ink: Ink) -> Text:
    """The views with their counts, the one shown reversed; whole tabs only, the one shown always."""
    line = Text(" ")
    for name, count in _tabs_in(views, here, width - cell_len(right) - 3):
        number = "" if count is None else f"{count:,} "
        if name == here:
            line.append(f" {tidy(name)} {number}", ink.tab)
        else:
            line.append(f" {tidy(name)} ", ink.plain).append(number, ink.soft)
    return spread(line, Text(f"{right} ", ink.soft), width)


def tab_at(views: Views, here: str, right: str, width: int, x: int) -> str | None:
    """The name of the view whose tab stands in this column."""
    edge = 1
    for name, count in _tabs_in(views, here, width - cell_len(right) - 3):
        start, edge = edge, edge + _tab_width(name, count)
        if start <= x < edge:
            return name
    return None


def _tab_width(name: str, count: int | None) -> int:
    return cell_len(tidy(name)) + 2 + (0 if count is None else len(f"{count:,}") + 1)


def _tabs_in(views: Views, here: str, room: int) -> list[tuple[str, int | None]]:
    """As many of the tabs as fit, from the left; the others give way to the one shown."""
    room -= sum(_tab_width(*view) for view in views if view[0] == here)
    shown, full = [], False
    for view in views:
        if view[0] == here:
            shown.append(view)
        elif not full:
            room -= _tab_width(*view)
            full = room < 0
            if not full:
                shown.append(view)
    return shown


def rule(words: Text | str, place: str, width: int, ink: Ink, glyphs: Glyphs) -> Text:
    """The line between list and abstract where one stands on the other: the message, and the place."""
    right = Text.assemble(" ", (place, ink.soft), " ", (glyphs.rule, ink.faint))
    left = Text(glyphs.rule, ink.faint)
    if words:
        words = Text(words) if isinstance(words, str) else words
        left = Text.assemble(left, " ", _short(words, width - right.cell_len - 4), " ")
    fill = max(width - left.cell_len - right.cell_len, 0)
    return Text.assemble(left, (glyphs.rule * fill, ink.faint), right)
