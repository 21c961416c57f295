"""The figures of a library laid out: tiles, days, bars by digest, tag and month, and this sitting.

From values to lines; with each thing the cursor can be on goes where it stands and what it means.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from tui.papers.saying import counted
from tui.papers.sitting import Sum, lasting
from tui.papers.stats import FEW, Share, Stats
from tui.papers.text import clean
from tui.ui.draw import fit, wrap
from tui.ui.facts import date_words, digest_name
from tui.ui.look import THEIRS, Glyphs, Ink
from tui.ui.plots import bar, columns, short
from tui.ui.screens.spots import Key, Spot

#: cells before each block, of which the last is the cursor's
MARGIN = 2
#: columns from which two blocks stand side by side
TWO = 64
#: days that are drawn, and cells a day takes
DAYS, STEP = 14, 5
#: what papers in a state are called
_STATES = {"inbox": "undecided", "starred": "starred", "later": "put off", "read": "read"}


@dataclass(frozen=True)
class Block:
    """Lines with the spots on them."""

    lines: Sequence[Text]
    spots: Sequence[Spot] = ()


@dataclass(frozen=True)
class Figures:
    """What is to be shown: counts of the views at once, `stats` once they are known; and how.

    `few` is how many bars a block has until it is unfolded, `tall` the lines of the days' columns,
    `to_come` the seconds for the rest of the inbox, `chosen` where the cursor is.
    """

    ink: Ink
    glyphs: Glyphs
    views: dict[str, int]
    sitting: Sum
    to_come: float | None
    today: date
    tag_key: str
    stats: Stats | None = None
    waiting: str = ""
    chosen: Key = ("", "")
    unfolded: frozenset[str] = field(default_factory=frozenset)
    few: int = 5
    tall: int = 3


def laid(figures: Figures, width: int) -> Block:
    """All blocks in so many columns, spots numbered by block from the top.

    A spot's key is its kind (state, day, digest, tag, month, undated, more) and its name there.
    """
    stats, ink = figures.stats, figures.ink
    rows = [[_tiles(figures, width)]]
    if stats is None:
        rows.append([_said(figures.waiting, width, ink)])
    else:
        rows.append([_days(figures, stats, width)])
        half = width // 2 if width >= TWO else width
        four = _bars(figures, stats, half)
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


def _said(words: str, width: int, ink: Ink) -> Block:
    return Block([_line((line, ink.soft)) for line in wrap(words, width - 2 * MARGIN)])


def _line(*pieces: tuple[str, Style]) -> Text:
    return Text.assemble(" " * MARGIN, *pieces)


# -- tiles ----------------------------------------------------------------------------------------


def _tiles(figures: Figures, width: int) -> Block:
    """The figures: numbers, and beneath them what they count."""
    a_row = 6 if width >= TWO else 3
    wide = (width - MARGIN) // a_row
    lines: list[Text] = []
    spots = []
    for at, (key, number, words, style) in enumerate(_numbers(figures, wide)):
        if at % a_row == 0:
            lines += [Text(" " * MARGIN), Text(" " * MARGIN)]
        chosen = key == figures.chosen
        ground = figures.ink.cursor if chosen else Style()
        if chosen:
            _put_cursor(lines[-2], figures)
        for line, text, ink in (
            (lines[-2], number, style + Style(bold=True)),
            (lines[-1], words, figures.ink.soft),
        ):
            shown = fit(text, wide - 1, figures.glyphs)
            line.append(shown, figures.ink.over(ground, ink)).append(" " * (wide - cell_len(shown)))
        if key[0]:
            papers = int(number.replace(",", "")) if number[0].isdecimal() else 0
            what = f"{counted(papers, 'paper')} {_STATES[key[1]]}"
            x = MARGIN + at % a_row * wide
            spots.append(Spot(key, what, papers, y=len(lines) - 2, x=x, across=True))
    return Block(lines, spots)


def _numbers(figures: Figures, wide: int) -> Iterable[tuple[Key, str, str, Style]]:
    ink, stats, views = figures.ink, figures.stats, figures.views
    unknown = figures.glyphs.ellipsis
    for name, style in (("inbox", ink.accent), ("starred", ink.star), ("later", ink.later)):
        yield ("state", name), f"{views[name]:,}", name, style
    yield ("state", "read"), f"{stats.read:,}" if stats else unknown, "read", ink.plain
    decided = views["all"] - views["inbox"]
    share = f"{views['starred'] / decided:.0%}".replace("%", " %") if decided else "-"
    yield ("", ""), share, "starred of decided" if wide >= 19 else "are starred", ink.plain
    seconds = unknown if stats is None else "-" if stats.seconds is None else _brief(stats.seconds)
    yield ("", ""), seconds, "a paper, median" if wide >= 16 else "a paper", ink.plain


def _brief(seconds: float) -> str:
    """A verdict's time: tenths of a second count only where there are few of them."""
    return f"{seconds:.1f} s" if seconds < 9.95 else lasting(seconds)


def _put_cursor(line: Text, figures: Figures) -> None:
    """Put the cursor's bar in the cell before what comes next; blanks stand there."""
    line.right_crop(1)
    line.append(figures.glyphs.cursor, figures.ink.accent)


# -- days -----------------------------------------------------------------------------------------


def _days(figures: Figures, stats: Stats, width: int) -> Block:
    """The papers decided on each of the last days, as columns."""
    ink = figures.ink
    number = min(DAYS, (width - MARGIN) // STEP)
    shown = [figures.today - timedelta(back) for back in reversed(range(number))]
    counts = [stats.days.get(day, 0) for day in shown]
    if sum(stats.days.values()) < FEW:
        return _said("Too few decisions to draw; the figures above are whole.", width, ink)
    if not any(counts):
        newest = date_words(next(iter(stats.days)), full=True)
        return _said(f"Nothing decided in the last {number} days; the last time was {newest}.", width, ink)
    lines = [_line((f"papers decided a day, the last {number} days", ink.strong))]
    for glyphs in columns(counts, figures.tall, ascii_only=bool(figures.glyphs.words)):
        lines.append(_line(("".join(f"{glyph * 3:<{STEP}}" for glyph in glyphs), ink.accent)))
    under, spots = Text(" " * MARGIN), []
    for at, (day, papers) in enumerate(zip(shown, counts, strict=True)):
        key = ("day", day.isoformat())
        ground = ink.cursor if key == figures.chosen else Style()
        if key == figures.chosen:
            _put_cursor(under, figures)
        said = short(papers) if papers else figures.glyphs.dot.strip()
        under.append(f"{said:^3}", ink.over(ground, ink.plain if papers else ink.soft))
        under.append(" " * (STEP - max(len(said), 3)))
        words = f"{date_words(day, full=True)}: {counted(papers, 'paper')} decided"
        spots.append(Spot(key, words, papers, y=figures.tall + 1, x=MARGIN + STEP * at, across=True))
    last = _day(shown[-1])
    start = min(STEP * (number - 1), width - MARGIN - len(last))
    dates = _line((f"{_day(shown[0]):<{start}}{last}", ink.soft))
    return Block([*lines, under, dates], spots)


def _day(day: date) -> str:
    return date_words(day, full=True).rsplit(" ", 1)[0]


# -- bars -----------------------------------------------------------------------------------------

_Bar = tuple[Key, str, Share]


def _bars(figures: Figures, stats: Stats, width: int) -> list[Block]:
    """Papers by digest, by tag, by month; and this sitting."""
    ink = figures.ink
    digests = [(("digest", digest.name), digest_name(digest), share) for digest, share in stats.digests]
    tags = [(("tag", tag), tag, share) for tag, share in stats.tags.items()]
    months = [
        (("month", f"{month:%Y-%m}"), date_words(month), share) for month, share in stats.months.items()
    ]
    undated = [(("undated", ""), "no date", stats.undated)] if stats.undated.papers else []
    by_tag = _shares(figures, "by tag", tags, [], ink.tag, width)
    if not tags:
        how = f"{figures.tag_key} tags a paper" if figures.tag_key else "a paper can have several"
        said = _said(f"No tags yet; {how}.", width, ink).lines
        by_tag = Block([_line(("by tag", ink.strong)), *said])
    return [
        _shares(figures, "by digest", digests, [], ink.accent, width),
        by_tag,
        _shares(figures, "by month of publication", months, undated, ink.later, width),
        _sitting(figures, width),
    ]


def _shares(
    figures: Figures, title: str, bars: Sequence[_Bar], last: Sequence[_Bar], style: Style, width: int
) -> Block:
    """A heading and a bar for each; of many the first, and how many more there are."""
    kind = bars[0][0][0] if bars else ""
    shown = bars
    if len(bars) > figures.few + 1 and kind not in figures.unfolded:
        shown = bars[: figures.few]
    shares = [share for _, _, share in (*shown, *last)]
    names = max((cell_len(clean(name)) for _, name, _ in (*shown, *last)), default=0)
    names = min(max(names, 8), max(width // 4, 8))
    most = max((share.papers for share in shares), default=0)
    stars = max((share.starred for share in shares), default=0)
    room = width - MARGIN - names - 2 - len(f" {most:,}") - (len(f"  {stars:,} ★") if stars else 0) - 1
    lines, spots = [_line((title, figures.ink.strong))], []
    for key, name, share in (*shown, *last):
        spots.append(Spot(key, _told(key, name, share), share.papers, y=len(lines), x=MARGIN))
        lines.append(_bar(figures, key, name, names, share, bar(share.papers, most, room), style))
        if len(shown) < len(bars) and len(lines) == len(shown) + 1:
            left = len(bars) - len(shown)
            key, words = ("more", kind), f"{left:,} more"
            spots.append(Spot(key, f"{counted(left, kind)} more", left, y=len(lines), x=MARGIN))
            lines.append(_bar(figures, key, words, len(words), None, "", style))
    return Block(lines, spots)


def _told(key: Key, name: str, share: Share) -> str:
    """A bar in words; a digest with its name, where the day alone is shown."""
    shown = clean(name)
    if key[0] == "digest" and clean(key[1]) != shown:
        shown = f"{shown} ({clean(key[1])})"
    if key[0] == "tag":
        shown = f"#{shown}"
    return f"{shown}: {counted(share.papers, 'paper')}, {share.starred:,} starred"


def _bar(
    figures: Figures, key: Key, name: str, names: int, share: Share | None, drawn: str, style: Style
) -> Text:
    """One line: name, bar, number, stars."""
    ink, glyphs = figures.ink, figures.glyphs
    chosen = key == figures.chosen
    ground = ink.cursor if chosen else Style()
    line = Text(" " * MARGIN)
    if chosen:
        _put_cursor(line, figures)
    shown = fit(name, names, glyphs)
    words = ink.plain if share else ink.soft
    line.append(shown, ink.over(ground, words) + THEIRS)
    line.append(" " * (names - cell_len(shown)), ink.over(ground, words))
    if share is None:
        return line
    line.append("  ").append(drawn, style)
    line.append(f" {share.papers:,}" if drawn else f"{share.papers:,}", ink.plain)
    return line.append(f"  {share.starred:,} {glyphs.starred}", ink.star) if share.starred else line


# -- this sitting ---------------------------------------------------------------------------------


def _sitting(figures: Figures, width: int) -> Block:
    """What was done since papertui was opened."""
    done, ink = figures.sitting, figures.ink
    said = [(done.starred, "starred"), (done.later, "put off"), (done.read, "read")]
    wordy = [(done.tagged, "tagged"), (done.noted, "noted"), (done.taken_back, "taken back")]
    lines = [f"{done.decided:,} decided in {lasting(done.seconds)}" if done.decided else "Nothing decided yet."]
    lines += [", ".join(f"{number:,} {word}" for number, word in some if number) for some in (said, wordy)]
    out = [_line(("this session", ink.strong))]
    out += [_line((fit(line, width - MARGIN, figures.glyphs), ink.plain)) for line in lines if line]
    if figures.to_come and done.left:
        pace = f"at this pace the inbox takes {lasting(figures.to_come)}"
        out += _said(pace, width, ink).lines
    return Block(out)
