"""All decisions, newest first, any to be taken back; or those on one paper, and why it is as it is."""

from contextlib import suppress
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Input

from tui.errors import LibraryError
from tui.papers.library import Takeback
from tui.papers.paper import Paper
from tui.papers.query import parse
from tui.papers.saying import act as act_words
from tui.papers.triage import Decision
from tui.ui.messages import Message, Piece, acted
from tui.ui.moments import when
from tui.ui.screens.bars import SIDE
from tui.ui.screens.history_acts import HistoryActs
from tui.ui.screens.history_drawing import HistoryDrawing
from tui.ui.screens.history_finding import HistoryFinding
from tui.ui.screens.history_list import TAKEN_BACK, ActList
from tui.ui.screens.keyed import leaves
from tui.ui.screens.sheet import Sheet
from tui.ui.screens.turning import turned
from tui.ui.screens.waiting import Waiting
from tui.ui.widgets.line import Line

if TYPE_CHECKING:
    from tui.ui.screens.triage import TriageScreen

#: seconds between two looks at what was decided elsewhere, and rows from which there is air above
LOOK, TALL = 0.5, 30
#: lines that one turn of the wheel moves
_WHEEL = 3


class HistoryScreen(Sheet, inherit_bindings=False):
    """Shows the acts, or those on one `paper`; takes them back and gives them back by itself."""

    here = MappingProxyType(
        {
            "history.undo": "take back",
            "history.redo": "give back",
            "history.show": "close",
            "paper.why": "close",
            "find.edit": "find",
            "find.clear": "find nothing",
            "app.back": "back",
            "app.help": "help",
            "abstract.page_down": "papers on",
            "abstract.page_up": "papers back",
            "abstract.down": "paper on",
            "abstract.up": "paper back",
            "list.half_down": "half down",
            "list.half_up": "half up",
        }
    )
    keys_here = MappingProxyType({"escape": "back", "slash": "find", "question_mark": "help", "f1": "help"})

    def __init__(self, screen: "TriageScreen", paper: Paper | None = None) -> None:
        super().__init__()
        self.given, self.library, self.key = screen.given, screen.library, screen.key
        self._below = screen
        self.acts = HistoryActs(self.library, paper)
        self.shown = ActList(self.acts.heading)
        self.shown.show(self.acts.log.ids)
        self.message: Message = ()
        self.drawing, self.finding = HistoryDrawing(self), HistoryFinding(self)
        self.waiting = Waiting(self, self)
        self.moves |= {
            "take back": partial(self._turn, back=True),
            "give back": partial(self._turn, back=False),
            "find": self.finding.open,
            "find nothing": self.finding.drop,
            "back": self._back,
            "help": self._help,
            "papers on": lambda: self._scroll(self._pane.size.height - 1),
            "papers back": lambda: self._scroll(1 - self._pane.size.height),
            "paper on": lambda: self._scroll(1),
            "paper back": lambda: self._scroll(-1),
            "half down": lambda: self.choose(self._list.size.height // 2),
            "half up": lambda: self.choose(-(self._list.size.height // 2)),
        }

    # -- what is seen -------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        line, drawing = partial(Line, glyphs=self.app.glyphs), self.drawing
        self._list, self._pane = line(drawing.acts, id="list"), line(drawing.pane, id="pane")
        self._rule, self._status = line(drawing.rule, id="rule"), line(drawing.status, id="status")
        self._top, self._keys = line(drawing.top, id="top"), line(drawing.keys, id="keys")
        mark = line(lambda width, height: [Text("  / ", self.app.ink.accent)], id="mark")
        mark.styles.width = 4
        self._fit()
        yield self._top
        with Container(id="body"):
            yield self._list
            yield self._rule
            yield self._pane
        yield self._status
        with Container(id="find"):
            yield mark
            yield self.finding.input
        yield self._keys

    def on_mount(self) -> None:
        """Keep an eye on what is decided elsewhere."""
        self.set_interval(LOOK, self._look)

    def begin(self) -> None:
        """Take keys once all acts are there: one of them may go to the oldest."""
        if self.acts.log.whole:
            super().begin()
        else:
            self.run_worker(self._complete, thread=True, group="history", exit_on_error=False)

    def _complete(self) -> None:
        with suppress(LibraryError):
            self.acts.log.renew()
        self.call_later(self._completed)

    def _completed(self) -> None:
        self.show(self.acts.log.ids)
        super().begin()

    def on_resize(self) -> None:
        """List and papers side by side, or one above the other."""
        self._fit()
        self.renew()

    def _fit(self) -> None:
        width, height = self.app.size
        side = width >= SIDE
        self.set_class(side, "side").set_class(not side, "narrow").set_class(side and height >= TALL, "tall")
        log = self.acts.log
        self.set_class(log.whole and not log.ids and self.acts.paper is None, "empty")
        self._pane.styles.height = None if side else max(round((height - 3) * 0.43), 1)

    def renew(self) -> None:
        """Draw everything anew."""
        for line in (self._top, self._list, self._rule, self._pane, self._status, self._keys):
            line.say()

    def show(self, ids: list[str]) -> None:
        """Show these acts, the cursor on its own or the next older one."""
        self.shown.show(ids)
        self.renew()

    def _look(self) -> None:
        if self.acts.is_old and self.acts.log.whole:
            self._renew()

    def _renew(self) -> None:
        """Show what was decided since."""
        self.acts.renew()
        self.drawing.forget()
        self._fit()
        self.finding.look()

    # -- what is said -------------------------------------------------------------------------

    def say(self, *pieces: Piece) -> None:
        """Put a message on the status line, or on the rule where there is none."""
        self.message = [piece for piece in pieces if piece[0]]
        self._status.say()
        self._rule.say()

    def tell(self, words: Message) -> None:
        """As `say`."""
        self.say(*words)

    # -- going about --------------------------------------------------------------------------

    @property
    def chosen(self) -> Decision | None:
        """The act under the cursor."""
        return self.acts.get(self.shown.chosen)

    def choose(self, step: int) -> None:
        """Another act."""
        self._go(partial(self.shown.move, step))

    def page(self, by: int) -> None:
        """Turn pages."""
        self._go(partial(self.shown.page, by))

    def _go(self, move: partial[None]) -> None:
        before = self.shown.cursor
        move()
        if self.shown.cursor != before:
            self.message = ()
        self.renew()

    def _scroll(self, by: int) -> None:
        self.drawing.told.top = max(0, self.drawing.told.top + by)
        self._pane.say()

    def _back(self) -> None:
        """Let go of what was found; then of the history."""
        if self.finding.text:
            self.finding.drop()
        else:
            self.dismiss()

    # -- what is done -------------------------------------------------------------------------

    def do(self) -> None:
        """Close, and show the papers of the chosen act in the list."""
        act, screen = self.chosen, self._below
        papers = {p.id: p for key in act.papers if (p := self.library.paper(key))} if act else {}
        if act is None or not papers:
            forgotten = act and any(self.library.known(key) for key in act.papers)
            lack = "Its papers are forgotten now." if forgotten else "Its papers are not known here."
            self.say((lack if act else "No decision here.", "plain"))
            return
        self.dismiss()
        how, narrowed = "", screen.desk.view.filter
        if len(papers) == 1:
            how = screen.going.find_again([*papers.values()])
        else:
            screen.going.show_found(parse(f"act:{act.id}"))
            how = "; the filter was dropped" if narrowed else ""
        what = acted(act_words(act.verb, act.sets), [*papers.values()], between=", ")
        back = "" if self.library.stands(act) else f", {TAKEN_BACK}"
        screen.say(*what, (f", {when(act, self.library.now)}{back}{how}", "soft"))

    def _turn(self, back: bool) -> None:
        """Take the chosen act back, or let it stand again."""
        if act := self.chosen:
            self.waiting.attempt(partial(self._turned, act, back))
        else:
            self.say(("Nothing to take back." if back else "Nothing to do again.", "plain"))

    def _turned(self, act: Decision, back: bool) -> None:
        write = self.library.take_back if back else self.library.give_back
        made = self.waiting.kept(lambda: write(act.id) or False)
        if isinstance(made, Takeback):
            words = turned(self.library, "took back: " if back else "did again: ", made)
            self._below.repaint(made.papers)
            self._below.say(*words)
            self._renew()
            self.say(*words)
        elif made is False:
            so, other = ("It is taken back already", "redo") if back else ("It stands", "undo")
            does = " does it again." if back else " takes it back."
            self.say((f"{so}; ", "plain"), (self.key(f"history.{other}"), "key"), (does, "soft"))

    def _help(self) -> None:
        from tui.ui.screens.help import HelpScreen

        heading = "in the history of a paper" if self.acts.paper else "in the history"
        self.app.push_screen(HelpScreen(self.given.keys, self._leave_for, heading, self.drawing.key_words()))

    def _leave_for(self, command_id: str) -> None:
        """Do a command that was chosen in the help: here, or else in the list."""
        if command_id in self.here:
            self.moves[self.here[command_id]]()
        else:
            self.dismiss()
            self._below.run_command(command_id)

    # -- keys and the mouse -------------------------------------------------------------------

    async def take(self, key: events.Key) -> bool:
        """Letters are keys until something is looked for."""
        leaving = leaves(key, self.app.bound.get(key.key))
        return (not leaving and await self.finding.take(key)) or await super().take(key)

    def take_paste(self, text: str) -> None:
        """A paste is for the find line."""
        self.finding.open()
        self.finding.input.put(text)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow to what is meant."""
        self.finding.typed()

    def on_click(self, event: events.Click) -> None:
        """A click chooses, a second one shows the papers."""
        offset = event.get_content_offset(self._list) if event.widget is self._list else None
        index = self.shown.at(offset.y) if offset else None
        if index is not None:
            self.choose(index - self.shown.cursor)
            if event.chain == 2:
                self.do()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves what is under it."""
        self._wheel(event, _WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves what is under it."""
        self._wheel(event, -_WHEEL)

    def _wheel(self, event: events.MouseEvent, by: int) -> None:
        if self._pane.region.contains(event.screen_x, event.screen_y):
            self._scroll(by)
        else:
            self.choose(by)
