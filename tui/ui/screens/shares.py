"""The lower half of the figures: bars by digest, tag and month; and what this sitting came to."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from tui.papers.saying import counted, lasting
from tui.papers.stats import Share, Stats
from tui.papers.text import clean
from tui.ui.cutting import fit
from tui.ui.facts import date_words, digest_name
from tui.ui.look import THEIRS
from tui.ui.plots import bar
from tui.ui.screens.figures import MARGIN, Block, Figures, indented, put_cursor, sentence
from tui.ui.screens.spots import Key, Spot

_Bar = tuple[Key, str, Share]


def shares(figures: Figures, stats: Stats, width: int) -> list[Block]:
    """Papers by digest, by tag, by month; and this sitting."""
    ink = figures.ink
    digests = [(("digest", digest.name), digest_name(digest), share) for digest, share in stats.digests]
    tags = [(("tag", tag), tag, share) for tag, share in stats.tags.items()]
    months = [
        (("month", month.isoformat()[:7]), date_words(month), share) for month, share in stats.months.items()
    ]
    undated = [(("undated", ""), "no date", stats.undated)] if stats.undated.papers else []
    by_tag = _shares(figures, "by tag", tags, [], ink.tag, width)
    if not tags:
        how = f"{figures.tag_key} tags a paper" if figures.tag_key else "a paper can have several"
        said = sentence(f"No tags yet; {how}.", width, ink).lines
        by_tag = Block([indented(("by tag", ink.strong)), *said])
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
    names = min(max(names, 8), max(width * 3 // 10, 8))
    most = max((share.papers for share in shares), default=0)
    stars = max((share.starred for share in shares), default=0)
    room = width - MARGIN - names - 2 - len(f" {most:,}") - (len(f"  {stars:,} ★") if stars else 0) - 1
    lines, spots = [indented((title, figures.ink.strong))], []
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
        put_cursor(line, figures)
    shown = fit(name, names, glyphs)
    words = ink.plain if share else ink.soft
    line.append(shown, ink.over(ground, words) + THEIRS)
    line.append(" " * (names - cell_len(shown)), ink.over(ground, words))
    if share is None:
        return line
    line.append("  ").append(drawn, style)
    line.append(f" {share.papers:,}" if drawn else f"{share.papers:,}", ink.plain)
    return line.append(f"  {share.starred:,} {glyphs.starred}", ink.star) if share.starred else line


def _sitting(figures: Figures, width: int) -> Block:
    """What was done since papertui was opened."""
    done, ink = figures.sitting, figures.ink
    said = [(done.starred, "starred"), (done.later, "put off"), (done.read, "read")]
    wordy = [(done.tagged, "tagged"), (done.noted, "noted"), (done.taken_back, "taken back")]
    lines = [
        f"{done.decided:,} decided in {lasting(done.seconds)}" if done.decided else "Nothing decided yet."
    ]
    lines += [", ".join(f"{number:,} {word}" for number, word in some if number) for some in (said, wordy)]
    out = [indented(("this session", ink.strong))]
    out += [indented((fit(line, width - MARGIN, figures.glyphs), ink.plain)) for line in lines if line]
    if done.to_come and done.left:
        pace = f"at this pace the inbox takes {lasting(done.to_come)}"
        out += sentence(pace, width, ink).lines
    return Block(out)
