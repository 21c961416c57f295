"""The screen papers are decided on: list, abstract, and the bars around them. It composes and delegates."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.geometry import Size

from tui.errors import LibraryBusy, PapertuiError
from tui.papers.sitting import Sitting
from tui.ui.desk import Desk, opening
from tui.ui.given import REMEMBERED, Export, Given
from tui.ui.messages import Message, Piece
from tui.ui.screens.bars import LEAST, SIDE, WIDE, Bars
from tui.ui.screens.cards import Cards
from tui.ui.screens.counting import Counting
from tui.ui.screens.deciding import Deciding
from tui.ui.screens.doing import doing
from tui.ui.screens.drawing import more_below, paper_lines, paper_row
from tui.ui.screens.empty import nothing
from tui.ui.screens.first_run import FirstRun
from tui.ui.screens.going import Going
from tui.ui.screens.handing import Handing
from tui.ui.screens.keyed import KeyedScreen, leaves
from tui.ui.screens.others import LOOK, Others
from tui.ui.screens.questions import no_paper
from tui.ui.screens.reach import lack
from tui.ui.screens.resuming import Resuming, remembered_filter
from tui.ui.screens.searching import Searching
from tui.ui.screens.selecting import Selecting
from tui.ui.screens.strangers import Strangers
from tui.ui.screens.waiting import Waiting
from tui.ui.widgets.abstract_pane import AbstractPane
from tui.ui.widgets.paper_list import PaperList
from tui.ui.widgets.prompt import Prompt, Question

#: rows from which there is air above the list
TALL = 30
#: rows below which every line is needed
LOW = 16
#: what still works where nothing can be drawn
_ALWAYS = ("app.quit", "app.quit_now", "app.redraw", "app.suspend")


class TriageScreen(KeyedScreen, inherit_bindings=False):
    """Owns the view; the widgets show it."""

    AUTO_FOCUS = "#list"
    # With priority Textual runs them in the app's own turn, as `take` does the other keys.

    def __init__(self, given: Given) -> None:
        super().__init__()
        self.given, self.library = given, given.library
        self.sitting = Sitting(given.library)
        self.deciding, self.handing, self.going = Deciding(self), Handing(self), Going(self)
        self.cards, self.first_run = Cards(self), FirstRun(self)
        self.waiting, self.searching, self.counting = Waiting(self, self), Searching(self), Counting(self)
        self.queries = [text for text in given.place.queries if isinstance(text, str)][-REMEMBERED:]
        self.library.views = given.views
        self.export_path = "reading.md"
        self.count = ""
        place = given.place
        self.desk = Desk(
            self.library,
            opening(given.views, place.view, place.order, place.reverse, remembered_filter(given)),
        )
        self.selecting = Selecting(self, place.selected)
        self._strangers, self.others = Strangers(self), Others(self)
        self.resuming = Resuming(self)
        self._fitted = Size(0, 0)
        self._forgettings = given.library.forgettings

    # -- what is seen -------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        glyphs = self.app.glyphs
        self.papers = PaperList(partial(paper_row, self), empty=partial(nothing, self), id="list")
        self.pane = AbstractPane(partial(more_below, self), id="pane")
        self.prompt = Prompt(lambda: self.app.ink, glyphs, self._prompt_closed, self.share_again, self.hold)
        self.bars = Bars(self, glyphs, self.given.message)
        self._doing = doing(self)
        self._fit(self.app.size, update=False)  # before there are styles, so that they are made once
        yield self.bars.top
        with Container(id="body"):
            yield self.bars.views
            yield self.papers
            yield self.bars.rule
            yield self.pane
        yield self.bars.status
        yield self.bars.keys
        yield self.prompt
        yield self.bars.tiny

    def begin(self) -> None:
        """Be ready once the screen has been drawn, and can ask."""
        self.call_after_refresh(self._ready_to_ask)

    async def _ready_to_ask(self) -> None:
        await self.prompt.furnish()
        self.go_on()

    def on_mount(self) -> None:
        """Lay the papers out where the user stopped, and keep an eye on other processes."""
        self.watch(self.papers, "cursor", self._moved, init=False)
        self.app.theme_changed_signal.subscribe(self, lambda _: self.restyle())
        self.resuming.begin()
        self.set_interval(LOOK, self.others.look)
        self.begin()

    def restyle(self) -> None:
        """Draw everything in the theme's inks."""
        self.app.renew_ink()
        self.papers.refresh_rows()
        self.show_paper(keep_scroll=True)
        self.bars.renew()
        self.prompt.renew()

    def lay(self, paper_id: str, *, keep_scroll: bool = False, anew: bool = False) -> None:
        """Show the desk's rows, the cursor on this paper where it is among them.

        With `anew` they are the same and what came meanwhile.
        """
        if self.cards.is_on:
            self.cards.deal()
        row = self.desk.index_of(paper_id) or 0
        self._forgettings = self.library.forgettings
        if self.has_class("empty") == bool(self.library.papers):
            self.toggle_class("empty")
            self.share_again()
        self.selecting.leaving(row, anew=anew)
        self.papers.set_words(self.desk.words)
        self.papers.set_rows(self.desk.rows, row, keep_scroll=keep_scroll)
        if self.desk.unfinished:
            self.searching.finish("" if self.desk.index_of(paper_id) is not None else paper_id)
        self.bars.renew()

    def lay_anew(self) -> None:
        """Lay out what the library holds now, the cursor on its paper, which may be part of another."""
        here = self.papers.paper
        now = self.library.paper(here.id) if here else None
        at = now.id if now else here.id if here else ""
        self.lay(self.desk.renew(at), keep_scroll=True, anew=True)
        self.prompt.look()

    def _moved(self) -> None:
        """The cursor is on another paper: show it, in the same frame."""
        self.selecting.moved()
        self.cards.moved()
        self.show_paper()
        self.bars.moved()

    @property
    def reading(self) -> bool:
        """Whether one paper has the whole width, to be read or as a card."""
        return self.cards.is_on or self.has_class("reading")

    def shown_rows(self) -> range:
        """The rows wholly on the screen; the one that is read, where that is all there is to see."""
        cursor, rows = self.papers.cursor, len(self.desk.rows)
        return range(cursor, min(cursor + 1, rows)) if self.reading else self.papers.shown_rows()

    def show_paper(self, *, keep_scroll: bool = False) -> None:
        """Show the paper under the cursor as it now stands, from its first line or where it was."""
        paper = self.papers.paper
        self.pane.show(partial(paper_lines, self, paper), keep_scroll=keep_scroll)

    def repaint(self, paper_ids: Iterable[str]) -> None:
        """Show papers as they now stand; where any was forgotten or brought back, the list anew."""
        changed, here = set(paper_ids), self.papers.paper
        if self._forgettings != self.library.forgettings:
            self.lay_anew()
        self.cards.renew(changed)
        for row in self.papers.shown_rows():
            if self.desk.rows[row].id in changed:
                self.papers.refresh_row(row)
        if here and here.id in changed:
            self.show_paper(keep_scroll=True)
        self.bars.renew_counts()

    # -- what is said -------------------------------------------------------------------------

    def in_view(self) -> int:
        """How many papers the view holds, whatever narrows it."""
        known = self.counting.of_view(self.desk.view.name)
        return self.desk.whole if known is None else known

    def key(self, command_id: str) -> str:
        """The first key of a command, to be named in a message."""
        keys = self.given.keys.keys_of(command_id)
        return keys[0] if keys else ""

    def say(self, *pieces: Piece) -> None:
        """Put a message on the status line, in place of the last."""
        self.bars.say(*pieces)

    def tell(self, words: Message) -> None:
        """Put a message where the user looks: on the prompt too, if that is open."""
        self.say(*words)
        if self.prompt.is_open:
            self.prompt.tell(words)

    def add(self, *pieces: Piece) -> None:
        """Say more behind the message that stands."""
        self.bars.add(*pieces)

    def ask(self, question: Question | None) -> None:
        """Ask something at the foot; no question means that there is no paper to ask about."""
        self.add_class("asking")
        self.prompt.ask(question or no_paper(self, lack(self)))
        self.share_again()
        self.bars.renew_place()

    def _prompt_closed(self) -> None:
        """The bars are back."""
        self.remove_class("asking")
        self._share(*self.size)
        self.set_focus(self.papers, scroll_visible=False)
        self.bars.renew()

    # -- layout -------------------------------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        """Side by side, stacked, or too small."""
        if event.size != self._fitted:
            self._fit(event.size)
            self.bars.renew()

    def _fit(self, size: Size, *, update: bool = True) -> None:
        """Lay the screen out for this size."""
        self._fitted = size
        width, height = size
        fits = {
            "side": width >= SIDE,
            "narrow": width < SIDE,
            "wide": width >= WIDE,
            "tall": height >= TALL and width >= SIDE,
            "low": height < LOW,
            "tiny": width < LEAST[0] or height < LEAST[1],
        }
        if any(self.has_class(name) != fit for name, fit in fits.items()):
            for name, fit in fits.items():
                self.set_class(fit, name, update=False)
            if update:
                self.update_node_styles()
        self._share(width, height)

    def share_again(self) -> None:
        """Lay the screen out anew, as a message or the prompt needs more lines than before, or fewer."""
        self._share(*self.size)

    def _share(self, width: int, height: int) -> None:
        """Stacked, the list gets an even number of lines, a little more than half; a long message its own."""
        listed, pane, lines = self.papers.styles, self.pane.styles, self.bars.fit()
        pane.height = listed.width = None
        if self.reading:
            return
        if width < SIDE:
            room = height - 2
            rows = max(round((room - 1) * 0.57 / 2), 1)
            asking = self.prompt.lines - 1 if self.prompt.is_open else 0
            pane.height = max(room - lines - 2 * rows - asking, 1)
        elif width >= WIDE and self.library.papers:
            listed.width = max(66, width - 24 - 1 - 93)

    def read(self, on: bool) -> None:
        """Give the abstract the whole width, or the list its place back."""
        if on and self.papers.paper is None:
            self.say(("No paper here to read.", "plain"))
            return
        if self.cards.is_on:
            self.bars.say(("A card has the full width already.", "soft"), passing=True)
            return
        self.set_class(on, "reading")
        self._share(*self.size)
        self.show_paper()
        self.bars.moved()
        self.bars.renew()

    def save(self) -> None:
        """Remember where the user is, if that is somewhere else than before."""
        self.resuming.save()

    def export_for(self, path: Path) -> Export:
        """The format that a file's ending asks for; the first there is for any other."""
        return next((e for e in self.given.exports if e.suffix == path.suffix), self.given.exports[0])

    # -- keys ---------------------------------------------------------------------------------

    def run_command(self, command_id: str) -> None:
        """Do a command; a count typed before it is used up, or all that the way back lets go of."""
        count, self.count = self.count, ""
        if self.selecting:
            self.bars.say()  # what was said about the last act has been seen; the hints come back
        try:
            if not (count and command_id == "app.back") and not self.cards.refuses(command_id):
                act = self.first_run.doing(command_id) or self._doing[command_id]
                act(int(count or 1))
                self.cards.after(command_id)
        except PapertuiError as error:
            self.say((str(error), "error"))
        self.bars.renew_place()

    async def take(self, key: events.Key) -> bool:
        """A key is the prompt's while something is asked, else a command's, else a word about it.

        Looked up here: Textual's bindings would work out all keymaps anew at each key.
        """
        command, tiny = self.app.bound.get(key.key), self.has_class("tiny")
        if tiny and command not in _ALWAYS:
            return True
        if self.prompt.is_open and not tiny:
            await (self._quit() if leaves(key, command) else self._answer(key))
        elif command is not None:
            self.run_command(command)
        else:
            self._strangers.take(key)
        return True

    @property
    def breaks_lines(self) -> bool:
        """While a note is written."""
        return self.prompt.has_lines

    async def _quit(self) -> None:
        """Leave the prompt, then papertui, unless something is asked about leaving."""
        self.prompt.leave()
        if not self.prompt.is_open:
            self.app.exit()

    async def _answer(self, key: events.Key) -> None:
        """Let a key act on the prompt; one that decides may have to wait for its turn."""
        try:
            await self.prompt.take(key)
        except LibraryBusy as error:
            self.waiting.hold(partial(self._answer, key), error)
        except PapertuiError as error:
            self.prompt.tell(((str(error), "error"),))

    def take_paste(self, text: str) -> None:
        """A paste is for the prompt."""
        if self.prompt.is_open:
            self.prompt.take_paste(text)
        else:
            find = self.key("find.edit")
            self.say(("Nothing to paste into here; ", "plain"), (find, "key"), (" finds papers.", "plain"))

    # -- the mouse ----------------------------------------------------------------------------

    def refuses(self, event: events.MouseDown | events.MouseUp) -> bool:
        """While something is asked, nothing above it can be clicked."""
        return self.prompt.is_open and event.screen_y < self.prompt.region.y

    def on_click(self, event: events.Click) -> None:
        """A view at the side."""
        if event.widget is self.bars.views and (offset := event.get_content_offset(self.bars.views)):
            self.bars.clicked_views(offset.y)

    def on_paper_list_stretched(self, event: PaperList.Stretched) -> None:
        """Clicked with shift: select as far as there."""
        self.selecting.extend_to(event.row)

    def on_paper_list_opened(self, event: PaperList.Opened) -> None:
        """Clicked twice: read it."""
        self.read(True)
