"""How cards are drawn: the card, how far the deck is, the last act, and a tile for each key."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from math import ceil
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual.strip import Strip

from tui.papers.paper import Paper
from tui.papers.text import clean
from tui.ui.commands import BY_ID
from tui.ui.cutting import fit
from tui.ui.draw import head, spread, strip_of
from tui.ui.facts import some_of
from tui.ui.messages import Message, text_of
from tui.ui.screens.drawing import abstract_lines
from tui.ui.screens.empty import nothing
from tui.ui.widgets.abstract_pane import WIDEST
from tui.ui.widgets.line import Lines

if TYPE_CHECKING:
    from tui.ui.screens.triage import TriageScreen

#: lines of a usual card: titles stand at one height, so that the eye finds the next one where the last was
USUAL = 20
#: columns beside the text where it has no room to be centred
MARGIN = 3
#: the tiles in their order, and which of them give way where there is no room for all, the first first
TILES = (
    *("paper.star", "paper.done", "paper.later", "paper.tag", "paper.note", "history.undo"),
    *("list.next_unread", "triage.cards", "app.help"),
)
_GIVE_WAY = ("app.help", "paper.note", "paper.tag", "list.next_unread", "history.undo", "paper.later")
_WORDS = {"list.next_unread": "not now", "triage.cards": "list"}


def lines_of(screen: "TriageScreen") -> tuple[Lines, Lines, Lines]:
    """What draws the top, the message and the keys while there are cards."""
    return partial(_progress, screen), partial(_message, screen), partial(_tiles, screen)


def column(width: int) -> tuple[int, int]:
    """Where the text begins in a line of so many cells, and how many it has there."""
    margin = (width - WIDEST) // 2
    return (margin, WIDEST) if margin >= MARGIN else (min(MARGIN, width), max(width - 2 * MARGIN, 1))


# -- the card -------------------------------------------------------------------------------------


def card_lines(screen: "TriageScreen", paper: Paper | None, width: int) -> list[Strip]:
    """The paper whole, in the upper part of the room there is; or what stands where no card is."""
    if screen.cards.ended:
        lines = _strips(
            screen, [text_of(part, screen.app.ink, screen.app.glyphs) for part in _ended(screen)], width
        )
    elif paper is None:
        lines = _strips(screen, nothing(screen, width), width)
    else:
        lines = [*_head(screen, paper, width), Strip.blank(0), *abstract_lines(screen, paper, width)]
    room = screen.pane.container_size.height
    above = max(min((room - USUAL) // 2, room - len(lines)), 0)
    return [Strip.blank(0)] * above + lines


def _strips(screen: "TriageScreen", lines: Iterable[Text], width: int) -> list[Strip]:
    console = screen.app.console
    return [strip_of(part, console) for line in lines for part in (line.wrap(console, width) or [line])]


def _head(screen: "TriageScreen", paper: Paper, width: int) -> list[Strip]:
    """Title, state, facts, all digests, tags, note, links; and that it is selected."""
    library, ink, glyphs = screen.library, screen.app.ink, screen.app.glyphs
    triage, words = library.triage(paper.id), screen.papers.words
    lines = head(paper, triage, library.digests, width, ink, glyphs, words, every_digest=True)
    links = [clean(link).partition("://")[2] for link in screen.given.link_of(paper)]
    if links:
        shown = some_of(links, width, glyphs.dot) or fit(links[0], width, glyphs)
        lines += _strips(screen, [Text(shown, ink.soft)], width)
    if paper.id in screen.selecting.chosen:
        lines += _strips(screen, [Text(f"{glyphs.selected} selected", ink.good)], width)
    return lines


def _ended(screen: "TriageScreen") -> Iterator[Message]:
    """What the deck came to, and where to go from here."""
    states = [*screen.cards.states()]
    parts = [
        (states.count("starred"), "starred"),
        (states.count("later"), "put off"),
        (states.count("read"), "done"),
    ]
    came = ", ".join(f"{number:,} {words}" for number, words in parts if number)
    yield [(f"{len(states):,} seen in {_span(screen.cards.seconds)}: {came}.", "strong")]
    if inbox := screen.library.counts()["inbox"]:
        yield [(f"{inbox:,} more {'is' if inbox == 1 else 'are'} undecided in the inbox.", "soft")]
    yield []
    export: Message = [(screen.key("export.write"), "key"), (" export the starred   ", "plain")]
    yield [
        *(export if screen.library.counts()["starred"] and export[0][0] else ()),
        (screen.key("triage.cards"), "key"),
        (" list   ", "plain"),
        (screen.key("history.undo"), "key"),
        (" last one again", "plain"),
    ]


def _span(seconds: float) -> str:
    """A time in its largest unit: `40 s`, `6 min`, `2 h`."""
    if seconds < 60:
        return f"{max(ceil(seconds), 1)} s"
    return f"{round(seconds / 60)} min" if seconds < 90 * 60 else f"{round(seconds / 3600)} h"


# -- above and below it ---------------------------------------------------------------------------


def _progress(screen: "TriageScreen", width: int, height: int) -> list[Text]:
    """The place in the deck and what is left of it; how much is behind, as a line."""
    ink, glyphs, cards, desk = screen.app.ink, screen.app.glyphs, screen.cards, screen.desk
    name = "the inbox" if desk.view.name == "inbox" else clean(desk.view.name)
    kind = "undecided in" if cards.sweeps and desk.view.name != "inbox" else "in"
    place = len(desk.rows) if cards.ended else screen.papers.cursor + 1 if desk.rows else 0
    left = Text.assemble((f" {place:,}", ink.strong), (f" of {len(desk.rows):,} {kind} {name}", ink.soft))
    if desk.view.filter:
        left.append(clean(f" / {desk.view.filter}"), ink.plain)
    line = spread(left, Text(f"{_left(screen, width)} ", ink.soft), width)
    done = round(cards.behind * (width - 2))
    return [
        line,
        Text.assemble(" ", (glyphs.full * done, ink.accent), (glyphs.rule * (width - 2 - done), ink.faint)),
    ][:height]


def _left(screen: "TriageScreen", width: int) -> str:
    """How many are left, and for how long."""
    cards = screen.cards
    if not cards.sweeps:
        return ""
    if not cards.left:
        return "all decided"
    number, seconds = f"{len(cards.left):,} left", cards.seconds_left
    if seconds is None:
        return number
    span = "less than a minute" if seconds < 45 else f"about {_span(max(seconds, 60))}"
    return f"{number}, {span}" if width < 60 else f"{number}{screen.app.glyphs.dot}{span}"


def _message(screen: "TriageScreen", width: int, height: int) -> list[Text]:
    start, room = column(width)
    lines = screen.bars.shown(width, height)
    for line in lines:
        line.truncate(room, overflow="ellipsis")
    return [Text(" " * start).append_text(line) for line in lines]


# -- tiles ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Tile:
    """A key, what it does, and its columns."""

    command_id: str
    key: str
    words: str
    start: int
    stop: int


def tile_at(screen: "TriageScreen", x: int) -> str | None:
    """The command of the tile in this column."""
    tiles = _placed(screen, screen.bars.keys.content_size.width, screen.bars.keys.content_size.height)
    return next((tile.command_id for tile in tiles if tile.start <= x < tile.stop), None)


def _placed(screen: "TriageScreen", width: int, height: int) -> list[_Tile]:
    """As many tiles as fit whole, from the column of the text to the edge."""
    start, wide = column(width)[0], height > 1
    start = start if wide else min(start - 1, 2)
    names = [name for name in TILES if screen.key(name)]

    def size(name: str) -> int:
        return cell_len(screen.key(name)) + cell_len(_words(name)) + (6 if wide else 4)

    for name in _GIVE_WAY:
        if start + sum(map(size, names)) <= width:
            break
        names = [kept for kept in names if kept != name]
    tiles = []
    for name in names:
        stop = start + size(name) - 1
        tiles.append(_Tile(name, screen.key(name), _words(name), start, stop))
        start = stop + 1
    return tiles


def key_words(screen: "TriageScreen") -> list[tuple[str, str]]:
    """The keys of the tiles with their words."""
    return [(key, _words(name)) for name in TILES if (key := screen.key(name))]


def _words(name: str) -> str:
    return _WORDS.get(name, BY_ID[name].words)


def _tiles(screen: "TriageScreen", width: int, height: int) -> list[Text]:
    """Three lines of ground with key and words in the middle one; or one line, the key alone on a ground."""
    ink, wide, placed = screen.app.ink, height > 1, _placed(screen, width, height)
    inks = {"paper.star": ink.star, "paper.later": ink.later + Style(bold=True), "paper.done": ink.strong}
    edge, middle = Text(), Text()
    for tile in placed:
        gap = " " * (tile.start - middle.cell_len)
        key = inks.get(tile.command_id, ink.accent)
        if wide:
            middle.append(gap).append("  ", ink.panel).append(tile.key, key + ink.panel)
            middle.append(f" {tile.words}  ", ink.plain + ink.panel)
            edge.append(gap).append(" " * (tile.stop - tile.start), ink.panel)
        else:
            middle.append(gap).append(f" {tile.key} ", key + ink.panel).append(f" {tile.words}", ink.plain)
    return [edge, middle, edge] if wide else [middle]
