"""The library in figures: what is decided, when, of which digests; enter on any of it shows its papers."""

import json
from types import MappingProxyType
from typing import TYPE_CHECKING

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.worker import get_current_worker

from tui.errors import LibraryError, QueryError
from tui.papers.saying import counted
from tui.papers.search import Stopped, breather
from tui.papers.stats import Stats, figures, stats_of
from tui.ui.draw import hints, more, spread
from tui.ui.messages import Piece, text_of
from tui.ui.screens.figures import Block, Figures, query_of, sentence
from tui.ui.screens.plan import laid
from tui.ui.screens.sheet import Sheet
from tui.ui.screens.spots import Key, Spot, below, beside, in_block
from tui.ui.widgets.line import Line

if TYPE_CHECKING:
    from tui.ui.screens.triage import TriageScreen

#: lines from which there is room for taller columns
TALL = 28
#: bars of one kind that are always shown
FEW = 5
#: seconds of counting after which it is said that it takes a while
SLOW = 0.3
#: lines a turn of the wheel scrolls
WHEEL = 3


class StatsScreen(Sheet, inherit_bindings=False):
    """Counts in a thread; shows at once what is known without it."""

    here = MappingProxyType({"stats.show": "close", "paper.copy": "copy", "app.help": "help"})
    keys_here = MappingProxyType(
        {
            **{"percent_sign": "close", "y": "copy", "tab": "next block", "shift+tab": "block before"},
            **{"question_mark": "help", "f1": "help"},
            **{"left": "left", "h": "left", "right": "right", "l": "right"},
        }
    )

    def __init__(self, screen: "TriageScreen") -> None:
        super().__init__()
        self._screen = screen
        self._stats: Stats | None = None
        self._key: Key = ("state", "inbox")
        self._unfolded: frozenset[str] = frozenset()
        self._top, self._follow, self._waiting, self._is_drawn = 0, True, "", False
        self._message: Piece | None = None
        library = screen.library
        self._views, self._today = library.counts(), library.now.date()
        self._sum = screen.sitting.sum()
        self._known: tuple[object, Block] | None = None
        self.moves |= {
            "copy": self._copy,
            "help": self._help,
            "left": lambda: self._aside(-1),
            "right": lambda: self._aside(1),
            "next block": lambda: self._block(1),
            "block before": lambda: self._block(-1),
        }

    def compose(self) -> ComposeResult:
        glyphs = self.app.glyphs
        yield Line(self._draw_top, glyphs=glyphs, id="top")
        self._what = Line(self._draw_what, glyphs=glyphs, id="what")
        self._what.styles.height = "1fr"
        yield self._what
        self._told = Line(self._draw_told, glyphs=glyphs, id="told")
        yield self._told
        yield Line(self._draw_keys, glyphs=glyphs, id="keys")

    def begin(self) -> None:
        """Count, and take keys once that is done; if it takes long, meanwhile."""
        if not self._screen.library.papers:
            super().begin()
            return
        self.call_after_refresh(self._drawn)
        self.set_timer(SLOW, self._go_on_meanwhile)
        self._screen.run_worker(self._count, thread=True, group="stats", exit_on_error=False)

    def _drawn(self) -> None:
        """There is a screen now for the cursor to move on."""
        self._is_drawn = True
        self._go_on()

    def _go_on(self) -> None:
        if self._is_drawn and (self._stats or self._waiting) and not self.ready:
            self.go_on()

    # -- counting -----------------------------------------------------------------------------

    def _count(self) -> None:
        """In a thread; what came of it is taken in by the screen's own turn."""
        worker = get_current_worker()
        try:
            closed = lambda: worker.is_cancelled or not self.is_running  # noqa: E731
            stats = stats_of(self._screen.library, breather(closed))
        except Stopped:
            return
        except LibraryError as error:
            self.call_later(self._wrong, str(error))
        else:
            self.call_later(self._take, stats)

    def _take(self, stats: Stats) -> None:
        self._stats, self._views = stats, stats.views
        self._renew()
        self._go_on()

    def _wrong(self, words: str) -> None:
        self._waiting = "The rest cannot be counted."
        self._renew()
        self._say((words, "error"))
        self._go_on()

    def _go_on_meanwhile(self) -> None:
        if self._stats is None and not self._waiting:
            self._waiting = "Counting papers and decisions…"
            self._renew()
            self._go_on()

    # -- what is shown ------------------------------------------------------------------------

    def _laid(self) -> Block:
        """All there is to see, laid out once for what is shown now."""
        size, ink = self._what.size, self.app.ink
        shown = size, self._key, self._unfolded, self._waiting, self._stats, ink
        if self._known is None or self._known[0] != shown:
            self._known = shown, self._lay(size.width, size.height)
        return self._known[1]

    def _lay(self, width: int, height: int) -> Block:
        screen, tall = self._screen, height >= TALL
        if not screen.library.papers:
            return sentence("The library is empty; there is nothing to count yet.", width, self.app.ink)
        figures = Figures(
            ink=self.app.ink,
            glyphs=self.app.glyphs,
            views=self._views,
            sitting=self._sum,
            today=self._today,
            tag_key=screen.key("paper.tag"),
            stats=self._stats,
            waiting=self._waiting,
            chosen=self._key,
            unfolded=self._unfolded,
            few=max((height - 20) // 2, FEW),
            tall=6 if tall else 3,
        )
        return laid(figures, width)

    def _draw_top(self, width: int, height: int) -> list[Text]:
        ink, library = self.app.ink, self._screen.library
        left = Text.assemble(" ", (" stats ", ink.tab), (" the whole library", ink.soft))
        whole = f"{counted(len(library.papers), 'paper')} from {counted(len(library.digests), 'digest')} "
        return [spread(left, Text(whole, ink.soft), width)]

    def _draw_what(self, width: int, height: int) -> list[Text]:
        block = self._laid()
        lines = [*block.lines]
        if len(lines) < height:
            lines.insert(0, Text())
        spot = next((spot for spot in block.spots if spot.key == self._key), None)
        if self._follow and spot:
            bottom = max(
                spot.y + 2, self._top + height
            )  # the line below may be the one that says there is more
            self._top = min(bottom - height, max(spot.y - 1, 0))
            self._top = 0 if spot.block == 0 else self._top
        self._top = max(0, min(self._top, len(lines) - height))
        shown = lines[self._top : self._top + height]
        if (under := len(lines) - self._top - height) > 0:
            shown[-1] = Text("  ").append_text(more(under + 1, "space", self.app.ink, self.app.glyphs))
        return shown

    def _draw_told(self, width: int, height: int) -> list[Text]:
        """A message; else what the cursor is on, whole."""
        spot = self._spot
        said = self._message or ((spot.words, "soft") if spot else ("", "soft"))
        return [Text("  ").append_text(text_of([said], self.app.ink, self.app.glyphs))]

    def _draw_keys(self, width: int, height: int) -> list[Text]:
        return [hints(self._key_words(), width, self.app.ink)]

    def _key_words(self) -> list[tuple[str, str]]:
        keys = [("enter", "show these papers"), ("y", "copy as JSON"), ("tab", "next block")]
        return [*keys, (self._screen.key("app.help") or "?", "help"), ("q", "close")]

    def _say(self, *message: Piece) -> None:
        self._message = message[0] if message else None
        self._told.say()

    def _renew(self) -> None:
        self._what.say()
        self._told.say()

    # -- the cursor ---------------------------------------------------------------------------

    @property
    def _spot(self) -> Spot | None:
        return next((spot for spot in self._laid().spots if spot.key == self._key), None)

    def _go(self, spot: Spot | None) -> None:
        if spot:
            self._key, self._follow = spot.key, True
        self._message = None
        self._renew()

    def choose(self, step: int) -> None:
        """The next thing below; past the last one, the lines that are left."""
        spots, here = self._laid().spots, self._spot
        there = below(spots, here, step) if here else None
        self._go(there)
        if there == here:
            self._scroll(step)

    def _aside(self, step: int) -> None:
        if here := self._spot:
            self._go(beside(self._laid().spots, here, step))

    def _block(self, step: int) -> None:
        if here := self._spot:
            self._go(in_block(self._laid().spots, here, step, first=True))

    def page(self, by: int) -> None:
        """Turn pages; the cursor comes along."""
        height, spots = max(self._what.size.height - 1, 1), self._laid().spots
        before, here = self._top, self._spot
        self._scroll(by * height)
        shown = [spot for spot in spots if self._top <= spot.y < self._top + height]
        if here and (self._top == before or abs(by) > 1):
            self._key = spots[-1 if by > 0 else 0].key
        elif here and shown and here not in shown:
            self._key = shown[0].key
        self._go(None)

    def _scroll(self, lines: int) -> None:
        """Move the page, whatever the cursor is on."""
        last = len(self._laid().lines) - self._what.size.height
        self._top, self._follow = max(0, min(self._top + lines, last)), False
        self._renew()

    # -- what can be done ---------------------------------------------------------------------

    def do(self) -> None:
        """Show the papers of what the cursor is on; unfold what is folded."""
        spot = self._spot
        if spot is None:
            return
        kind, name = spot.key
        if kind == "more":
            at = self._laid().spots.index(spot)
            self._unfolded |= {name}
            self._go(self._laid().spots[at])
            return
        if not spot.papers:
            self._say(("No papers there to show.", "plain"))
            return
        try:
            query = query_of(spot.key)
        except QueryError as error:
            self._say((str(error), "error"))
            return
        screen = self._screen
        self.dismiss()
        screen.read(False)
        screen.going.show_found(query)

    def _help(self) -> None:
        from tui.ui.screens.help import HelpScreen

        keys = self._screen.given.keys
        self.app.push_screen(HelpScreen(keys, self._leave_for, "in the figures", self._key_words()))

    def _leave_for(self, command_id: str) -> None:
        """Do a command that was chosen in the help: here, or else in the list."""
        if command_id in self.here:
            self.moves[self.here[command_id]]()
        else:
            self.dismiss()
            self._screen.run_command(command_id)

    def _copy(self) -> None:
        if self._stats is None:
            self._say(("Nothing to copy before all is counted.", "plain"))
        else:
            text = json.dumps(figures(self._stats))
            self._screen.handing.copy(text, "figures as JSON", self._say)

    # -- the mouse ----------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        """Put the cursor there; where it is already, show the papers."""
        offset = event.get_content_offset(self._what) if event.widget is self._what else None
        if offset is None:
            return
        y = offset.y + self._top - (len(self._laid().lines) < self._what.size.height)
        near = [
            spot for spot in self._laid().spots if spot.x - 1 <= offset.x and abs(spot.y - y) <= spot.across
        ]
        spot = max(near, key=lambda spot: spot.x, default=None)
        if spot and spot.key == self._key:
            self.do()
        else:
            self._go(spot)

    def on_mouse_scroll_down(self) -> None:
        """Further down."""
        self._scroll(WHEEL)

    def on_mouse_scroll_up(self) -> None:
        """Back up."""
        self._scroll(-WHEEL)
