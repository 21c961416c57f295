"""The upper half of the figures: numbers with what they count, and the last days as columns."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from tui.papers.saying import counted
from tui.papers.stats import FEW, Stats
from tui.ui.cutting import fit
from tui.ui.facts import date_words
from tui.ui.plots import columns, short
from tui.ui.screens.figures import MARGIN, TWO, Block, Figures, indented, put_cursor, sentence
from tui.ui.screens.spots import Key, Spot

#: days that are drawn, and cells a day takes
DAYS, STEP = 14, 5
#: what papers in a state are called
_STATES = {"inbox": "undecided", "starred": "starred", "later": "put off", "read": "read"}


def tiles(figures: Figures, width: int) -> Block:
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
            put_cursor(lines[-2], figures)
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
    share = _percent(views["starred"], views["all"] - views["inbox"])
    yield ("", ""), share, "starred of decided" if wide >= 19 else "are starred", ink.plain
    seconds = unknown if stats is None else "-" if stats.seconds is None else _brief(stats.seconds)
    yield ("", ""), seconds, "a paper, median" if wide >= 16 else "a paper", ink.plain


def _percent(part: int, whole: int) -> str:
    """The share as a whole number; a little is not nothing, and nearly all is not all."""
    if not whole:
        return "-"
    if 0 < part / whole < 0.005:
        return "<1 %"
    return ">99 %" if 0.995 <= part / whole < 1 else f"{100 * part / whole:.0f} %"


def _brief(seconds: float) -> str:
    """A verdict's time, which is never long; tenths of a second count only where there are few."""
    return f"{seconds:.1f} s" if seconds < 9.95 else f"{seconds:.0f} s"


def days(figures: Figures, stats: Stats, width: int) -> Block:
    """The papers decided on each of the last days, as columns."""
    ink = figures.ink
    number = min(DAYS, (width - MARGIN) // STEP)
    shown = [figures.today - timedelta(back) for back in reversed(range(number))]
    counts = [stats.days.get(day, 0) for day in shown]
    if sum(stats.days.values()) < FEW:  # papers, as that is what a column counts
        return sentence("Too few decisions to draw; the figures above are whole.", width, ink)
    if not any(counts):
        newest = date_words(next(iter(stats.days)), full=True)
        return sentence(f"Nothing decided in the last {number} days; the last time was {newest}.", width, ink)
    lines = [indented((f"papers given a verdict, tag or note, the last {number} days", ink.strong))]
    for glyphs in columns(counts, figures.tall, ascii_only=bool(figures.glyphs.words)):
        lines.append(indented(("".join(f"{glyph * 3:<{STEP}}" for glyph in glyphs), ink.accent)))
    under, spots = _counts(figures, shown, counts)
    last = _day(shown[-1])
    start = min(STEP * (number - 1), width - MARGIN - len(last))
    dates = indented((f"{_day(shown[0]):<{start}}{last}", ink.soft))
    return Block([*lines, under, dates], spots)


def _counts(figures: Figures, shown: Sequence[date], counts: Sequence[int]) -> tuple[Text, list[Spot]]:
    """The line of numbers under the columns; the cursor can be on each."""
    ink = figures.ink
    under, spots = Text(" " * MARGIN), []
    for at, (day, papers) in enumerate(zip(shown, counts, strict=True)):
        key = ("day", day.isoformat())
        ground = ink.cursor if key == figures.chosen else Style()
        if key == figures.chosen:
            put_cursor(under, figures)
        said = short(papers) if papers else figures.glyphs.dot.strip()
        under.append(f"{said:^3}", ink.over(ground, ink.plain if papers else ink.soft))
        under.append(" " * (STEP - max(len(said), 3)))
        words = f"{date_words(day, full=True)}: {counted(papers, 'paper')} decided"
        spots.append(Spot(key, words, papers, y=figures.tall + 1, x=MARGIN + STEP * at, across=True))
    return under, spots


def _day(day: date) -> str:
    return date_words(day, full=True).rsplit(" ", 1)[0]
