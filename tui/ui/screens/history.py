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
from textual.worker import get_current_worker

from tui.errors import LibraryError
from tui.papers.history import found, ruling
from tui.papers.library import Takeback
from tui.papers.paper import Paper
from tui.papers.query import parse
from tui.papers.saying import act as act_words
from tui.papers.saying import counted
from tui.papers.search import Stopped, breather
from tui.papers.text import clean
from tui.papers.triage import Decision
from tui.ui.draw import fit, hints, rule, spread
from tui.ui.look import THEIRS
from tui.ui.messages import Message, Piece, acted, text_of
from tui.ui.moments import day_words, machine, when
from tui.ui.screens.bars import SIDE
from tui.ui.screens.history_list import OVERRULED, TAKEN_BACK, ActList, act_line
from tui.ui.screens.history_pane import Told, act_head, why
from tui.ui.screens.sheet import Sheet
from tui.ui.screens.turning import turned
from tui.ui.screens.waiting import Waiting
from tui.ui.widgets.line import Line
from tui.ui.widgets.prompt import PromptInput

if TYPE_CHECKING:
    from tui.ui.screens.triage import TriageScreen

#: seconds between two looks at what other processes did, and rows from which there is air above
LOOK, TALL = 0.5, 30
_WHEEL = 3
_FINDING = ("down", "up", "pagedown", "pageup")


class HistoryScreen(Sheet, inherit_bindings=False):
    """Takes acts back and gives them back by itself; its list shows no more than was read."""

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
        self.given, self.library = screen.given, screen.library
        self._screen, self._paper = screen, paper
        self._log = self.library.history(paper)
        self._changes = self.library.changes
        self._list = ActList(self._heading)
        self._told: tuple[object, Told] = None, Told()
        self._message: Message = ()
        self._finding, self._number, self._found = False, 0, ""
        self.waiting = Waiting(self, self)
        self._list.show(self._log.ids)
        self._note_session()
        self.moves |= {
            "take back": partial(self._turn, back=True),
            "give back": partial(self._turn, back=False),
            "find": lambda: self._find(True),
            "find nothing": self._find_nothing,
            "back": self._back,
            "help": self._help,
            "papers on": lambda: self._scroll(self._pane.size.height - 1),
            "papers back": lambda: self._scroll(1 - self._pane.size.height),
            "paper on": lambda: self._scroll(1),
            "paper back": lambda: self._scroll(-1),
            "half down": lambda: self.choose(self._lines.size.height // 2),
            "half up": lambda: self.choose(-(self._lines.size.height // 2)),
        }

    def compose(self) -> ComposeResult:
        line = partial(Line, glyphs=self.app.glyphs)
        self._top = line(self._draw_top, id="top")
        yield self._top
        with Container(id="body"):
            self._lines = line(self._draw_list, id="list")
            yield self._lines
            self._rule = line(self._draw_rule, id="rule")
            yield self._rule
            self._pane = line(self._draw_pane, id="pane")
            yield self._pane
        self._status = line(self._draw_status, id="status")
        yield self._status
        mark = line(lambda width, height: [Text("  / ", self.app.ink.accent)], id="mark")
        mark.styles.width = 4
        self._input = PromptInput(placeholder="words of what was done, or of a title", id="words")
        with Container(id="find"):
            yield mark
            yield self._input
        self._keys = line(self._draw_keys, id="keys")
        yield self._keys
        self._fit()

    def on_mount(self) -> None:
        """Keep an eye on what is decided elsewhere."""
        self.set_interval(LOOK, self._look)
        super().on_mount()

    def on_resize(self) -> None:
        """List and papers side by side, or one above the other."""
        self._fit()

    def _fit(self) -> None:
        width, height = self.app.size
        self.set_class(width < SIDE, "narrow").set_class(width >= SIDE, "side")
        self.set_class(height >= TALL and width >= SIDE, "tall")
        self.set_class(not self._log.ids and self._paper is None, "empty")
        self._pane.styles.height = max(round((height - 3) * 0.43), 1) if width < SIDE else None

    # -- what there is ------------------------------------------------------------------------

    def _get(self, act_id: str) -> Decision | None:
        with suppress(LibraryError):
            return self._log.get(act_id)
        return None

    @property
    def _chosen(self) -> Decision | None:
        return self._get(self._list.chosen)

    def _note_session(self) -> None:
        self._session = {decision.id for decision in self.library.made}

    def _heading(self, act_id: str) -> str:
        act = self._get(act_id)
        if act is None:
            return "not readable"
        day = day_words(act.at.astimezone().date(), self.library.now.date())
        if act_id in self._session:
            return f"{day}, this session"
        there = machine(act)
        return f"{day}, on {there}" if there else day

    def _mark(self, act: Decision | None) -> str:
        """What is said at the end of an act's line."""
        if act is None:
            return ""
        if not self.library.stands(act):
            return TAKEN_BACK
        return OVERRULED if self._rules is not None and act.id not in self._rules else ""

    @property
    def _rules(self) -> set[str] | None:
        """The acts that rule the one paper; None where there are papers of all sorts."""
        if self._paper is None:
            return None
        standing = [act for act in self._log.every() if self.library.stands(act)]
        return {act.id for act in ruling(standing).values()}

    def _look(self) -> None:
        """Take in what was decided, here or elsewhere."""
        if self.library.changes != self._changes:
            self._renew()

    def _renew(self) -> None:
        self._changes = self.library.changes
        if self._paper is not None:
            self._paper = self.library.paper(self._paper.id) or self._paper
        with suppress(LibraryError):  # what is known stays
            self._log.renew()
        self._note_session()
        if self._found:
            self._search(self._found)
        else:
            self._list.show(self._log.ids)
        self._told = None, Told()
        self._fit()
        self.renew()

    def renew(self) -> None:
        """Draw everything anew."""
        for line in (self._top, self._lines, self._rule, self._pane, self._status, self._keys):
            line.say()

    # -- what is said -------------------------------------------------------------------------

    def say(self, *pieces: Piece) -> None:
        """Put a message on the status line, or on the rule where there is none."""
        self._message = [piece for piece in pieces if piece[0]]
        self._status.say()
        self._rule.say()

    def tell(self, words: Message) -> None:
        """As `say`."""
        self.say(*words)

    def _words(self, width: int) -> Text:
        return text_of(self._message, self.app.ink, self.app.glyphs, 44 if width >= SIDE else 32)

    @property
    def _place(self) -> str:
        ids = self._list.ids
        return f"{self._list.cursor + 1:,} of {len(ids):,}" if ids else ""

    # -- drawing ------------------------------------------------------------------------------

    def _draw_top(self, width: int, height: int) -> list[Text]:
        ink, number = self.app.ink, counted(len(self._log.ids), "decision")
        left = Text.assemble(" ", (" history ", ink.tab), (" newest first", ink.soft))
        if self._paper is not None:
            title = fit(self._paper.title, max(width - 30, 10), self.app.glyphs)
            left = Text.assemble(" ", (" why ", ink.tab), " ", (title, ink.plain + THEIRS))
        if self._found:
            left.append(f"  / {clean(self._found)}", ink.plain)
            number = f"{len(self._list.ids):,} of {number}"
        return [spread(left, Text(f"{number} ", ink.soft), width)]

    def _draw_list(self, width: int, height: int) -> list[Text]:
        ink, glyphs = self.app.ink, self.app.glyphs
        if not self._list.ids:
            return self._nothing()
        lines = []
        for heading, index in self._list.lay(height):
            if index is None:
                lines.append(Text(f"  {heading}" if heading else "", ink.soft))
                continue
            act = self._get(self._list.ids[index])
            chosen = index == self._list.cursor
            lines.append(act_line(act, self._mark(act), chosen, width, self.library.paper, ink, glyphs))
        return lines

    def _nothing(self) -> list[Text]:
        ink, key = self.app.ink, self._screen.key
        if self._found:
            return [Text(f"  No decision has “{clean(self._found)}”.", ink.plain)]
        if self._paper is not None:
            return [Text("  Nothing was decided about it yet.", ink.plain)]
        keys = " ".join(filter(None, map(key, ("paper.star", "paper.done", "paper.later"))))
        words = " decide about a paper; here any decision can be taken back."
        return [
            Text("  No decisions yet.", ink.strong),
            Text(),
            Text.assemble("  ", (keys, ink.accent), (words, ink.plain)),
        ]

    def _draw_rule(self, width: int, height: int) -> list[Text]:
        ink, glyphs = self.app.ink, self.app.glyphs
        if not self.has_class("narrow"):
            return [Text(glyphs.divide, ink.faint)] * height
        words, act = self._words(width), self._chosen
        if not self._message and act and self._paper is None:
            said = f"{act_words(act.verb, act.sets)} · {counted(len(act.papers), 'paper')} · "
            words = Text(said + when(act, self.library.now), ink.plain)
        return [rule(words, self._place, width, ink, glyphs)]

    def _draw_pane(self, width: int, height: int) -> list[Text]:
        about = self._list.chosen if self._paper is None else self._paper.id, width
        if self._told[0] != about:
            self._told = about, self._tell_about(width)
        key = self._screen.key("abstract.page_down")
        return self._told[1].lines(width, height, self.library, key, self.app.ink, self.app.glyphs)

    def _tell_about(self, width: int) -> Told:
        ink, now, act = self.app.ink, self.library.now, self._chosen
        if self._paper is not None:
            return Told(why(self._paper, [*self._log.every()], self.library, width, ink, now))
        if act is None:
            return Told()
        brief = self.has_class("narrow")
        head = act_head(act, width, self.library, self._get, ink, now, brief=brief)
        return Told(head, tuple(dict.fromkeys(map(self.library.home, act.papers))))

    def _draw_status(self, width: int, height: int) -> list[Text]:
        ink = self.app.ink
        words = self._words(width)
        if not self._message and self._list.ids:
            words = Text("Taking one back leaves the later ones as they are.", ink.soft)
        return [spread(Text.assemble(" ", words), Text(f"{self._place} ", ink.soft), width)]

    def _draw_keys(self, width: int, height: int) -> list[Text]:
        key, ink = self._screen.key, self.app.ink
        if self._finding:
            return [hints([("enter", "keep"), ("down", "choose"), ("escape", "all")], width, ink)]
        pairs = [
            (key("history.undo"), "take back"),
            (key("history.redo"), "do again"),
            (key("paper.open") or "enter", "show its papers"),
            (key("find.edit") or "/", "find"),
            (key("app.quit") or "q", "close"),
            (key("app.help") or "?", "help"),
        ]
        shown = pairs if self._log.ids else pairs[-2:]
        return [hints([pair for pair in shown if pair[0]], width, ink)]

    # -- going about --------------------------------------------------------------------------

    def choose(self, step: int) -> None:
        """Another act."""
        self._go(partial(self._list.move, step))

    def page(self, by: int) -> None:
        """Turn pages."""
        self._go(partial(self._list.page, by))

    def _go(self, move: partial[None]) -> None:
        before = self._list.cursor
        move()
        if self._list.cursor != before:
            self._message = ()
        self.renew()

    def _scroll(self, by: int) -> None:
        self._told[1].top = max(0, self._told[1].top + by)
        self._pane.say()

    def on_click(self, event: events.Click) -> None:
        """A click chooses, a second one shows the papers."""
        offset = event.get_content_offset(self._lines) if event.widget is self._lines else None
        index = self._list.at(offset.y) if offset else None
        if index is not None:
            self.choose(index - self._list.cursor)
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

    # -- what is done -------------------------------------------------------------------------

    def do(self) -> None:
        """Close, and show the papers of the chosen act in the list."""
        act, screen = self._chosen, self._screen
        papers = {p.id: p for key in act.papers if (p := self.library.paper(key))} if act else {}
        if act is None or not papers:
            self.say(("Its papers are not known here." if act else "No decision here.", "plain"))
            return
        self.dismiss()
        told = when(act, self.library.now)
        if len(papers) == 1:
            how = screen.going.find_again([*papers.values()])
        else:
            screen.going.show_found(parse(f"act:{act.id}"))
            how = ""
        what = acted(act_words(act.verb, act.sets), [*papers.values()], between=", ")
        screen.say(*what, (f", {told}{how}", "soft"))

    def _turn(self, back: bool) -> None:
        """Take the chosen act back, or let it stand again."""
        if act := self._chosen:
            self.waiting.attempt(partial(self._turned, act, back))
        else:
            self.say(("Nothing to take back." if back else "Nothing to do again.", "plain"))

    def _turned(self, act: Decision, back: bool) -> None:
        write = self.library.take_back if back else self.library.give_back
        made = self.waiting.kept(lambda: write(act.id) or False)
        if made is None:
            return
        if not isinstance(made, Takeback):
            so, way = (
                ("It is taken back already; ", "history.redo") if back else ("It stands; ", "history.undo")
            )
            does = " gives it back." if back else " takes it back."
            self.say((so, "plain"), (self._screen.key(way), "key"), (does, "soft"))
            return
        words = turned(self.library, "took back: " if back else "did again: ", made)
        self._screen.repaint(made.papers)
        self._screen.say(*words)
        self._renew()
        self.say(*words)

    def _help(self) -> None:
        from tui.ui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.given.keys, self._leave_for))

    def _leave_for(self, command_id: str) -> None:
        """Do a command that was chosen in the help: here, or else in the list."""
        if command_id in self.here:
            self.moves[self.here[command_id]]()
        else:
            self.dismiss()
            self._screen.run_command(command_id)

    # -- finding ------------------------------------------------------------------------------

    async def take(self, key: events.Key) -> bool:
        """Letters are keys until something is looked for."""
        leaves = self.app.bound.get(key.key) == "app.quit_now" and key.key != "ctrl+c"
        if not self._finding or leaves or key.key in _FINDING:
            return await super().take(key)
        if key.key in ("escape", "ctrl+c", "ctrl+g"):
            self._find_nothing()
        elif key.key == "enter":
            self._find(False)
        else:
            await self._input.press(key)
        return True

    def take_paste(self, text: str) -> None:
        """A paste is for the find line."""
        self._find(True)
        self._input.put(text)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow to what is meant."""
        self._search(event.value.strip())

    def _find(self, on: bool) -> None:
        self._finding = on
        self.set_class(on, "finding")
        self.set_focus(self._input if on else None)
        self._keys.say()

    def _find_nothing(self) -> None:
        self._find(False)
        self._input.value = ""
        self._search("")

    def _back(self) -> None:
        """Let go of what was found; then of the history."""
        if self._found:
            self._find_nothing()
        else:
            self.dismiss()

    def _search(self, text: str) -> None:
        self._number += 1
        self._found = text
        if not text:
            self._show(self._log.ids)
            return
        number, library = self._number, self.library

        def search() -> None:
            worker = get_current_worker()
            breathe = breather(lambda: number != self._number or worker.is_cancelled)
            with suppress(Stopped, LibraryError):
                title, papers = library.texts.title, library.everything
                ids = found(text, self._log, papers, title, library.home, breathe)
                self.call_later(self._hear, number, ids)

        self.run_worker(search, thread=True, group="history", exit_on_error=False)

    def _hear(self, number: int, ids: list[str]) -> None:
        if number == self._number:
            self._show(ids)

    def _show(self, ids: list[str]) -> None:
        self._list.show(ids)
        self.renew()
