"""The lines around list and abstract: tabs, views, the rule, the message, the keys; and what they say."""

from functools import partial
from typing import TYPE_CHECKING

from rich.text import Text

from tui.papers.saying import counted
from tui.papers.text import clean
from tui.ui.commands import BY_ID, FOOTER
from tui.ui.cutting import wrap
from tui.ui.desk import in_tabs
from tui.ui.draw import hints, in_lines, rule, spread, tab_at, tabs
from tui.ui.look import Glyphs
from tui.ui.messages import Message, Piece, text_of
from tui.ui.screens.hinting import counting, selected
from tui.ui.screens.side import Place, beside, side_lines
from tui.ui.widgets.line import Line, Lines

if TYPE_CHECKING:
    from tui.ui.screens.triage import TriageScreen

#: columns from which list and abstract stand side by side, and the views beside them
SIDE, WIDE = 100, 140
#: less than this cannot be drawn
LEAST = (40, 10)
#: cells that a title is left in a message
SHORTEST = 12
#: lines that a message may take where it must be read whole
MOST = 4


class Bars:
    """Draws the bars of a triage screen and holds the message that stands on them."""

    def __init__(self, screen: "TriageScreen", glyphs: Glyphs, message: str) -> None:
        self._screen, self._glyphs = screen, glyphs
        self._message: Message = [(message, "plain")] if message else []
        self._added: Message = []
        self._passing, self._title = False, ""
        self._whole = bool(message)
        self._beside: list[Place] = []
        self._lines = 1
        line = partial(Line, glyphs=glyphs)
        self.top = line(self._draw_top, clicked=self._clicked, id="top")
        self.views = line(self._draw_views, id="views")
        self.rule = line(self._draw_rule, id="rule")
        self.status = line(self._draw_status, id="status")
        self.keys = line(self._draw_keys, clicked=self._clicked_keys, id="keys")
        self.tiny = line(self._draw_tiny, id="tiny")

    def renew(self) -> None:
        """Draw all of them anew."""
        self.renew_counts()
        self.keys.say()
        self.renew_place()

    def renew_counts(self) -> None:
        """Draw anew what says how many papers there are."""
        self.top.say()
        self.views.say()
        screen = self._screen
        title = f"papertui: {clean(screen.desk.view.name)} {screen.in_view():,}"
        if title != self._title:
            self._title = title
            screen.app.name_terminal(title)
        screen.counting.renew()

    def renew_place(self) -> None:
        """Draw anew what holds the message and the place in the list: the rule only where it does."""
        if self._needed() != self._lines:
            self._screen.share_again()
        if self._screen.cards.is_on:
            self.top.say()
        elif self._screen.has_class("narrow"):
            self.rule.say()
        self.status.say()

    def show(self, top: Lines | None = None, status: Lines | None = None, keys: Lines | None = None) -> None:
        """Draw other lines at the top, for the message and for the keys; without any those of the list."""
        self.top.say(top or self._draw_top)
        self.status.say(status or self._draw_status)
        self.keys.say(keys or self._draw_keys)

    def fit(self) -> int:
        """Give the message the lines it needs; returns how many."""
        self._lines = lines = self._needed()
        self.status.styles.height = lines
        on_rule = self._screen.has_class("narrow") and not self._screen.reading
        self.rule.styles.height = lines if on_rule else None
        self.keys.set_class(lines > 1 and not on_rule, "hidden")
        return lines

    # -- the message --------------------------------------------------------------------------

    def say(self, *pieces: Piece, passing: bool = False) -> None:
        """Put a message in place of the last; a passing one goes when the cursor moves."""
        self._message, self._added = [piece for piece in pieces if piece[0]], []
        self._passing, self._whole = passing, any(meaning == "error" for _, meaning in pieces)
        self.renew_place()

    @property
    def message(self) -> Message:
        """The message that stands."""
        return self._message

    def add(self, *pieces: Piece) -> None:
        """Say more behind the message that stands, or in its place where both find no room."""
        self._added = pieces
        self.renew_place()

    def moved(self) -> None:
        """The cursor is elsewhere."""
        if self._passing:
            self.say()
        self.renew_place()

    def _said(self, width: int) -> Text:
        """The message, for a line of so many cells that ends with the place."""
        screen = self._screen
        if screen.count:
            return self._text(counting(screen), width)
        if screen.selecting and not (self._message or self._added):
            return self._text(selected(screen, self.room), width)
        said = self._text(self._message, width)
        if self._added:
            more = self._text(self._added, width)
            said = Text.assemble(said, "  ", more) if said else more
            if said.cell_len > self.room:
                return more
        return said

    @property
    def room(self) -> int:
        """The cells there are for what is said on one line."""
        width = self._screen.size.width
        if self._screen.cards.is_on:
            from tui.ui.screens.card_drawing import column

            return column(width)[1]
        return width - len(self._place()) - 7

    def _needed(self) -> int:
        """How many lines the message needs: what was refused, and what is said at the start, is never cut."""
        width, is_shown = self._screen.size.width, not self._screen.prompt.is_open
        return len(self._in_lines(width)) if self._whole and is_shown and width else 1

    def _in_lines(self, width: int) -> list[Text]:
        return in_lines(self._said(width), self.room)[:MOST] or [Text()]

    def _text(self, message: Message, width: int) -> Text:
        """The message; its title gives way to what is said of it."""
        ink, title = self._screen.app.ink, 44 if width >= SIDE else 32
        text = text_of(message, ink, self._glyphs, title)
        over = text.cell_len - self.room
        if over <= 0 or self._whole:
            return text
        return text_of(message, ink, self._glyphs, max(title - over, SHORTEST))

    # -- drawing ------------------------------------------------------------------------------

    def _tabs(self) -> list[tuple[str, int | None]]:
        counting, views = self._screen.counting, in_tabs(self._screen.library.views)
        names = self._names()
        return [(names[view.name], counting.of_view(view.name)) for view in views]

    def _names(self) -> dict[str, str]:
        """What stands on each tab: the name, with its digit where that is a key."""
        names = [view.name for view in in_tabs(self._screen.library.views)]
        if self._screen.given.keys.digits != "views":
            return {name: name for name in names}
        return {name: f"{number} {name}" if number < 10 else name for number, name in enumerate(names, 1)}

    def _right(self) -> str:
        """The filter, and the order where that is not the view's own; else the order."""
        desk, width = self._screen.desk, self._screen.size.width
        view = desk.view
        if view.filter:
            order = "" if desk.order_words == view.order_words else f" · {desk.order_words}"
            return clean(f"/ {view.filter}")[: max(width // 3, 12)] + order
        return desk.order_words if width >= SIDE else f"{view.order}{' reversed' if view.reverse else ''}"

    def _draw_top(self, width: int, height: int) -> list[Text]:
        screen = self._screen
        ink, view = screen.app.ink, screen.desk.view
        if width < WIDE or not screen.library.papers:
            return [tabs(self._tabs(), self._names()[view.name], self._right(), width, ink)]
        whole = len(screen.library.papers)
        decided = whole - screen.library.counts()["inbox"]
        number = f" {screen.in_view():,} of {counted(whole, 'paper')}"
        left = Text.assemble(" ", (f" {clean(view.name)} ", ink.tab), (number, ink.plain))
        left.append(f" · {self._right()}", ink.soft)
        full = round(20 * decided / whole)
        bar = self._glyphs.full
        right = Text.assemble(
            (f"{decided:,} decided ", ink.soft), (bar * full, ink.accent), (bar * (20 - full), ink.faint), " "
        )
        return [spread(left, right, width)]

    def _draw_views(self, width: int, height: int) -> list[Text]:
        screen = self._screen
        self._beside = beside(screen)
        return side_lines(self._beside, screen.desk.view, width, height, screen.app.ink, self._glyphs)

    def _place(self) -> str:
        rows = len(self._screen.desk.rows)
        return f"{self._screen.papers.cursor + 1:,} of {rows:,}" if rows else ""

    def shown(self, width: int, height: int) -> list[Text]:
        """The message in so many lines."""
        return self._in_lines(width) if height > 1 else [self._said(width)]

    def _draw_rule(self, width: int, height: int) -> list[Text]:
        ink = self._screen.app.ink
        if width > 1:
            words, *more = [Text()] if self._screen.prompt.is_open else self.shown(width, height)
            first = rule(words, self._place(), width, ink, self._glyphs)
            return [first, *(Text("  ").append_text(line) for line in more)]
        return [Text(self._glyphs.divide, ink.faint)] * height

    def _draw_status(self, width: int, height: int) -> list[Text]:
        place = Text(f"{self._place()} ", self._screen.app.ink.soft)
        first, *more = self.shown(width, height)
        return [
            spread(Text.assemble(" ", first), place, width),
            *(Text(" ").append_text(line) for line in more),
        ]

    def _draw_keys(self, width: int, height: int) -> list[Text]:
        shown = [(key, BY_ID[name].words) for name in FOOTER if (key := self._screen.key(name))]
        return [hints(shown, width, self._screen.app.ink)]

    def _draw_tiny(self, width: int, height: int) -> list[Text]:
        screen = self._screen
        least = f"papertui needs {LEAST[0]} columns and {LEAST[1]} rows"
        words = f"{least}; this is {screen.size.width} x {screen.size.height}. Nothing is lost."
        return [Text(line, screen.app.ink.plain) for line in wrap(words, width)]

    # -- the mouse ----------------------------------------------------------------------------

    def _clicked(self, x: int) -> None:
        """A click on the tabs opens a view."""
        screen = self._screen
        if screen.size.width < WIDE and not screen.cards.is_on:
            names, width = self._names(), screen.size.width
            tab = tab_at(self._tabs(), names[screen.desk.view.name], self._right(), width, x)
            if name := next((name for name, words in names.items() if words == tab), None):
                screen.going.show_view(name)

    def _clicked_keys(self, x: int) -> None:
        """A click on a tile of the cards does what its key does."""
        screen = self._screen
        if screen.cards.is_on:
            from tui.ui.screens.card_drawing import tile_at

            if command_id := tile_at(screen, x):
                screen.run_command(command_id)

    def clicked_views(self, y: int) -> None:
        """A click at the side opens a view, or narrows to a tag or digest."""
        if 0 <= y < len(self._beside):
            self._beside[y].take()
