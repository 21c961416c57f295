"""The screen papers are decided on: list, abstract, and the bars around them. It composes and delegates."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.screen import Screen
from textual.strip import Strip

from tui.errors import LibraryError, PapertuiError, QueryError
from tui.papers.paper import Paper
from tui.papers.query import EVERYTHING, All, parse
from tui.papers.saying import counted
from tui.papers.text import clean
from tui.papers.view import BUILT_IN
from tui.ui.commands import BY_ID, COMMANDS, FOOTER
from tui.ui.desk import Desk, opening
from tui.ui.draw import head, hints, more, prose, row, rule, spread, tab_at, tabs, wrap
from tui.ui.given import Export, Given, Place
from tui.ui.messages import Message, Piece, text_of
from tui.ui.screens import questions
from tui.ui.screens.deciding import Deciding
from tui.ui.screens.handing import Handing
from tui.ui.screens.side import side_lines, view_at
from tui.ui.verdicts import VERDICTS
from tui.ui.widgets.abstract_pane import AbstractPane
from tui.ui.widgets.line import Line
from tui.ui.widgets.paper_list import PaperList
from tui.ui.widgets.prompt import Prompt, Question

if TYPE_CHECKING:
    from tui.ui.app import PapertuiApp

#: columns from which list and abstract stand side by side, and the views beside them
SIDE, WIDE = 100, 140
#: rows from which there is air above the list
TALL = 30
#: less than this cannot be drawn
LEAST = (40, 10)
#: seconds between two looks at what other processes did
LOOK = 1.0


class TriageScreen(Screen[None], inherit_bindings=False):
    """Owns the view; the widgets show it."""

    app: "PapertuiApp"
    AUTO_FOCUS = "#list"
    BINDINGS = [  # noqa: RUF012 - Textual's own way
        Binding(command.no_key, f"run('{command.id}')", command.words, show=False, id=command.id)
        for command in COMMANDS
    ]

    def __init__(self, given: Given) -> None:
        super().__init__()
        self.given, self.library = given, given.library
        self.deciding, self.handing = Deciding(self), Handing(self)
        self.queries: list[str] = []
        self.export_path = "reading.md"
        self.desk = Desk(
            self.library, opening(given.place.view, given.place.order, given.place.reverse, _filter(given))
        )
        self._message: Message = [(given.message, "plain")] if given.message else []
        self._count = ""
        self._told_caps = False
        self._saved = given.place
        self._runs = self._commands()

    # -- what is seen -------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        glyphs = self.app.glyphs
        self.papers = PaperList(self._paint, empty=self._nothing, id="list")
        self.pane = AbstractPane(self._more, id="pane")
        ink = lambda: self.app.ink  # noqa: E731
        colours = questions.QueryColours(ink, lambda: self.prompt.label == "/")
        self.prompt = Prompt(ink, glyphs, colours)
        self._top = Line(self._draw_top, glyphs=glyphs, clicked=self._click_top, id="top")
        self._views = Line(self._draw_views, glyphs=glyphs, id="views")
        self._views.can_focus = False
        self._rule = Line(self._draw_rule, glyphs=glyphs, id="rule")
        self._status = Line(self._draw_status, glyphs=glyphs, id="status")
        self._keys = Line(self._draw_keys, glyphs=glyphs, id="keys")
        yield self._top
        with Container(id="body"):
            yield self._views
            yield self.papers
            yield self._rule
            yield self.pane
        yield self._status
        yield self._keys
        yield self.prompt
        yield Line(self._draw_tiny, glyphs=glyphs, id="tiny")

    def on_mount(self) -> None:
        """Lay the papers out where the user stopped, and keep an eye on other processes."""
        self.watch(self.papers, "cursor", self._moved, init=False)
        self.papers.set_words(self.desk.view.filter.wanted)
        self.app.theme_changed_signal.subscribe(self, lambda _: self.restyle())
        self._lay(self.given.place.paper)
        self.set_interval(LOOK, self.look)

    def restyle(self) -> None:
        """Draw everything in the theme's inks."""
        self.app.renew_ink()
        self.papers.refresh_rows()
        self._show_paper(keep_scroll=True)
        self._bars()

    def _lay(self, paper_id: str, *, keep_scroll: bool = False) -> None:
        """Show the desk's rows, the cursor on this paper where it is among them."""
        index = self.desk.index_of(paper_id)
        self.set_class(not self.library.papers, "empty")
        self.papers.set_rows(self.desk.rows, index or 0, keep_scroll=keep_scroll)
        self._bars()

    def _bars(self) -> None:
        for line in (self._top, self._views, self._rule, self._status, self._keys):
            line.say()
        self.app.name_terminal(f"papertui: {self.desk.view.name} {self.in_view():,}")

    def _moved(self) -> None:
        """The cursor is on another paper: show it, in the same frame."""
        self._show_paper()
        self._rule.say()
        self._status.say()

    @property
    def reading(self) -> bool:
        """Whether the abstract has the whole width."""
        return self.has_class("reading")

    def _show_paper(self, *, keep_scroll: bool = False) -> None:
        paper = self.papers.paper
        self.pane.show(lambda width: self._paper_lines(paper, width), keep_scroll=keep_scroll)

    def _paper_lines(self, paper: Paper | None, width: int) -> list[Strip]:
        if paper is None:
            return []
        ink, glyphs, marks = self.app.ink, self.app.glyphs, self.papers.words
        try:
            abstract = self.library.abstract(paper)
        except LibraryError as error:
            abstract = str(error)
        body = prose(clean(abstract) or "The digest gave no abstract.", width, ink, marks)
        if self.has_class("narrow") and not self.reading:
            return body
        triage = self.library.triage(paper.id)
        top = head(paper, triage, self.library.digests, width, ink, glyphs, marks)
        return [*top, Strip.blank(0), *body]

    def _paint(self, paper: Paper, index: int, width: int, cursor: bool) -> tuple[Strip, Strip]:
        triage = self.library.triage(paper.id)
        return row(
            paper, triage, width, self.app.ink, self.app.glyphs, cursor=cursor, words=self.papers.words
        )

    def _more(self, below: int) -> Text:
        return more(below, self.key("abstract.page_down"), self.app.ink, self.app.glyphs)

    def _nothing(self, width: int) -> list[Text]:
        """What stands where there are no papers: what this is, and what to do."""
        ink, view = self.app.ink, self.desk.view
        if not self.library.papers:
            return self._welcome(min(width, 88))
        if view.filter:
            words, key, rest = (
                f"Nothing in {view.name} for {clean(str(view.filter))}. ",
                "app.back",
                " drops the filter.",
            )
        elif view.name == "inbox":
            starred = self.library.counts()["starred"]
            words = f"The inbox is empty. All {counted(len(self.library.papers), 'paper')} are decided. "
            key, rest = (
                ("export.write", f" writes down the {starred} starred.")
                if starred
                else ("app.quit", " quits.")
            )
        elif view.name == "starred":
            words, key, rest = "Nothing starred yet. ", "paper.star", " keeps a paper."
        else:
            words, key, rest = "Nothing put off. ", "paper.later", " puts a paper off; it waits here."
        return [Text.assemble((words, ink.plain), (self.key(key), ink.accent), (rest, ink.soft))]

    def _welcome(self, width: int) -> list[Text]:
        ink, room = self.app.ink, width
        about = (
            "Save a digest page as text, then give papertui the file or the folder it lies in. "
            "Nothing is fetched, nothing is sent."
        )
        return [
            Text("papertui", ink.accent),
            Text(),
            Text("Four hundred titles arrive. Twelve deserve an hour.", ink.strong),
            *(Text(line, ink.soft) for line in wrap(about, room)),
            Text(),
            Text.assemble(("  papertui open ", ink.strong), ("~/digests", ink.tag)),
            Text(),
            Text.assemble((f" {self.key('app.help')} ", ink.cap), ("  the keys, all of them", ink.plain)),
            Text(),
            Text.assemble((f" {self.key('app.quit')} ", ink.cap), ("  quit", ink.plain)),
            Text(),
            *(Text(line, ink.soft) for line in wrap(f"Your library will lie in {self.given.where}", room)),
        ]

    # -- bars ---------------------------------------------------------------------------------

    def in_view(self) -> int:
        """How many papers the view holds, whatever narrows it."""
        return self.library.counts()[self.desk.view.name]

    def _tabs(self) -> list[tuple[str, int]]:
        counts = self.library.counts()
        return [(view.name, counts[view.name]) for view in BUILT_IN]

    def _right(self) -> str:
        view = self.desk.view
        if view.filter:
            return clean(f"/ {view.filter}")[: max(self.size.width // 3, 12)]
        return view.order_words if self.size.width >= SIDE else view.order

    def _draw_top(self, width: int, height: int) -> list[Text]:
        ink, view = self.app.ink, self.desk.view
        if width < WIDE or not self.library.papers:
            return [tabs(self._tabs(), view.name, self._right(), width, ink)]
        whole = len(self.library.papers)
        decided = whole - self.library.counts()["inbox"]
        left = Text.assemble(
            " ", (f" {view.name} ", ink.tab), (f" {self.in_view():,} of {counted(whole, 'paper')}", ink.plain)
        )
        left.append(f" · {self._right()}", ink.soft)
        full = round(20 * decided / whole)
        bar = self.app.glyphs.full
        right = Text.assemble(
            (f"{decided:,} decided ", ink.soft), (bar * full, ink.accent), (bar * (20 - full), ink.faint), " "
        )
        return [spread(left, right, width)]

    def _draw_views(self, width: int, height: int) -> list[Text]:
        return side_lines(self.library, self.desk.view.name, width, height, self.app.ink, self.app.glyphs)

    def _place(self) -> str:
        rows = len(self.desk.rows)
        return f"{self.papers.cursor + 1:,} of {rows:,}" if rows else ""

    def _said(self, width: int) -> Text:
        pieces: Message = [(f"{self._count}… ", "key"), *COUNT_HINT] if self._count else self._message
        return text_of(pieces, self.app.ink, self.app.glyphs, 44 if width >= SIDE else 32)

    def _draw_rule(self, width: int, height: int) -> list[Text]:
        ink, glyphs = self.app.ink, self.app.glyphs
        if width > 1:
            words = "" if self.prompt.is_open else self._said(width)
            return [rule(words, self._place(), width, ink, glyphs)]
        return [Text(glyphs.divide, ink.faint)] * height

    def _draw_status(self, width: int, height: int) -> list[Text]:
        return [
            spread(Text.assemble(" ", self._said(width)), Text(f"{self._place()} ", self.app.ink.soft), width)
        ]

    def _draw_keys(self, width: int, height: int) -> list[Text]:
        shown = [(self.key(name), BY_ID[name].words) for name in FOOTER if self.given.keys.keys_of(name)]
        return [hints(shown, width, self.app.ink)]

    def _draw_tiny(self, width: int, height: int) -> list[Text]:
        size = self.size
        least = f"papertui needs {LEAST[0]} columns and {LEAST[1]} rows"
        words = f"{least}; this is {size.width} x {size.height}. Nothing is lost."
        return [Text(line, self.app.ink.plain) for line in wrap(words, width)]

    def key(self, command_id: str) -> str:
        """The first key of a command, to be named in a message."""
        keys = self.given.keys.keys_of(command_id)
        return keys[0] if keys else ""

    def say(self, *pieces: Piece) -> None:
        """Put a message on the status line, in place of the last."""
        self._message = [piece for piece in pieces if piece[0]]
        self._rule.say()
        self._status.say()

    def add(self, *pieces: Piece) -> None:
        """Say more behind the message that stands."""
        self.say(*self._message, *pieces)

    # -- layout -------------------------------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        """Side by side, stacked, or too small."""
        width, height = event.size
        self.set_class(width >= SIDE, "side")
        self.set_class(width < SIDE, "narrow")
        self.set_class(width >= WIDE, "wide")
        self.set_class(height >= TALL and width >= SIDE, "tall")
        self.set_class(width < LEAST[0] or height < LEAST[1], "tiny")
        self._share(width, height)
        self._bars()

    def _share(self, width: int, height: int) -> None:
        """Stacked, the list gets an even number of lines, a little more than half."""
        listed, pane = self.papers.styles, self.pane.styles
        for styles in (listed, pane):
            styles.clear_rule("height")
            styles.clear_rule("width")
        if self.reading:
            return
        if width < SIDE:
            room = height - 2
            rows = max(round((room - 1) * 0.57 / 2), 1)
            pane.height = max(room - 1 - 2 * rows - self.prompt.is_open, 1)
        elif width >= WIDE:
            listed.width = max(66, width - 24 - 1 - 93)

    # -- going about --------------------------------------------------------------------------

    def repaint(self, paper_ids: Iterable[str]) -> None:
        """Show papers as they now stand."""
        here = self.papers.paper
        for paper_id in paper_ids:
            if (index := self.desk.index_of(paper_id)) is not None:
                self.papers.refresh_row(index)
            if here and here.id == paper_id:
                self._show_paper(keep_scroll=True)
        self._top.say()
        self._views.say()
        self.app.name_terminal(f"papertui: {self.desk.view.name} {self.in_view():,}")

    def leave_here(self) -> None:
        """Remember this place, to be gone back to."""
        if paper := self.papers.paper:
            self.desk.leave(paper.id)

    def find_again(self, papers: list[Paper]) -> str:
        """Put the cursor on the first of these, wherever that is; says what had to be left for it."""
        if not papers:
            return ""
        paper, how = papers[0], ""
        self.leave_here()
        if self.desk.index_of(paper.id) is None:
            self.desk.renew()
            if self.desk.index_of(paper.id) is None and self.desk.view.filter:
                self.papers.set_words(())
                self.desk.narrow()
                how = "; the filter was dropped"
            if self.desk.index_of(paper.id) is None:
                self.desk.open("all", paper.id)
                how = "; shown in all"
            self._lay(paper.id)
        self.papers.go(self.desk.index_of(paper.id) or 0)
        return how

    def narrow(self, query: All, at: Paper | None) -> None:
        """Show only what a query finds, the cursor on its paper or the nearest one."""
        self.papers.set_words(query.wanted)
        paper_id = self.desk.narrow(query, at.id if at else "")
        self._lay(paper_id)

    def show_view(self, name: str) -> None:
        """Change to a view, staying on the paper where it is held there too."""
        here = self.papers.paper
        if name == self.desk.view.name:
            return
        self._lay(self.desk.open(name, here.id if here else ""))
        self.say()
        self.save()

    def show_order(self, order: str, reverse: bool) -> None:
        """The same papers in another order, the cursor on its paper."""
        here = self.papers.paper
        self.desk.order(order, reverse)
        self._lay(here.id if here else "")
        self.say((self.desk.view.order_words, "plain"))
        self.save()

    def refresh_view(self) -> None:
        """Let what was decided go, and what came in come."""
        here = self.papers.paper
        paper_id = self.desk.again(here.id if here else "")
        self._lay(paper_id, keep_scroll=True)
        self.say((f"{self.desk.view.name}: {counted(len(self.desk.rows), 'paper')}", "plain"))

    def look(self) -> None:
        """Take in what other processes did; the cursor stays on its paper."""
        try:
            came, changed = self.library.refresh()
        except LibraryError as error:
            self.say((str(error), "error"))
            return
        if came:
            here = self.papers.paper
            self.desk.renew()
            self._lay(here.id if here else "", keep_scroll=True)
        if came or changed:
            self.repaint(changed)
            what = "Papers" if came else counted(len(changed), "decided paper")
            self.say(
                (
                    f"{what} came from another papertui: now {self.library.counts()['inbox']:,} in the inbox",
                    "plain",
                )
            )
        self.save()

    def place(self) -> Place:
        """Where the user is."""
        view, paper = self.desk.view, self.papers.paper
        return Place(
            view.name, view.order, view.reverse, str(view.filter), paper.id if paper else "", self.app.theme
        )

    def save(self) -> None:
        """Remember where the user is, if that is somewhere else than before."""
        if (place := self.place()) != self._saved:
            self.given.save_place(place)
            self._saved = place

    def export_for(self, path: Path) -> Export:
        """The format that a file's ending asks for; the first there is for any other."""
        return next((e for e in self.given.exports if e.suffix == path.suffix), self.given.exports[0])

    # -- commands -----------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While the prompt is open, keys are its own."""
        return not (action == "run" and self.prompt.is_open)

    def action_run(self, command_id: str) -> None:
        """Do what a command says."""
        self.run_command(command_id)

    def run_command(self, command_id: str) -> None:
        """Do a command; a count typed before it is used up."""
        count, self._count = int(self._count or 1), ""
        try:
            self._runs[command_id](count)
        except PapertuiError as error:
            self.say((str(error), "error"))
        self._rule.say()
        self._status.say()

    def _commands(self) -> dict[str, Callable[[int], object]]:
        """What each command does, given the count typed before it."""
        runs: dict[str, Callable[[int], object]] = {
            name: lambda count, name=name: self.deciding.verdict(name, count)  # type: ignore[misc]
            for name in VERDICTS
        }
        return runs | {
            "paper.tag": lambda count: self._ask(questions.tagging(self)),
            "paper.tag_again": lambda count: self.deciding.tag_again(count),
            "paper.note": lambda count: self._ask(questions.noting(self)),
            "repeat.last": lambda count: self.deciding.repeat(),
            "history.undo": lambda count: self.deciding.undo(),
            "history.redo": lambda count: self.deciding.redo(),
            "list.down": lambda count: self._move(count),
            "list.up": lambda count: self._move(-count),
            "list.half_down": lambda count: self.papers.half_page(count),
            "list.half_up": lambda count: self.papers.half_page(-count),
            "list.page_down": lambda count: self.papers.page(count),
            "list.page_up": lambda count: self.papers.page(-count),
            "list.first": lambda count: self._jump(0),
            "list.last": lambda count: self._jump(-1),
            "list.next_unread": lambda count: self._next(1),
            "list.previous_unread": lambda count: self._next(-1),
            "list.back": lambda count: self._go_back(),
            "abstract.page_down": lambda count: self._page_abstract(),
            "abstract.page_up": lambda count: self.pane.page(-1),
            "abstract.down": lambda count: self.pane.scroll_by_lines(count),
            "abstract.up": lambda count: self.pane.scroll_by_lines(-count),
            "paper.open": lambda count: self._read(not self.reading),
            "paper.browse": lambda count: self.handing.browse(),
            "paper.copy": lambda count: self.handing.ask_copy(),
            "page.done": lambda count: self.deciding.page_done(),
            "shown.read": lambda count: self.deciding.shown_read(),
            "find.edit": lambda count: self._find(),
            "find.clear": lambda count: self._drop_filter(),
            "view.pick": lambda count: self._ask(questions.views(self)),
            "view.next": lambda count: self.show_view(self.desk.beside(1)),
            "view.previous": lambda count: self.show_view(self.desk.beside(-1)),
            "view.refresh": lambda count: self.refresh_view(),
            "order.pick": lambda count: self._ask(questions.orders(self)),
            "order.reverse": lambda count: self.show_order(self.desk.view.order, not self.desk.view.reverse),
            "theme.pick": lambda count: self._ask(questions.themes(self)),
            "export.write": lambda count: self.handing.ask_export(),
            "app.help": lambda count: self.app.show_help(self),
            "app.palette": lambda count: self._ask(questions.palette(self, self.run_command)),
            "app.back": lambda count: self._back(),
            "app.redraw": lambda count: self.app.redraw(),
            "app.suspend": lambda count: self.app.action_suspend_process(),
            "app.quit": lambda count: self._close(),
            "app.quit_now": lambda count: self.app.exit(),
        }

    def _ask(self, question: Question | None) -> None:
        if question is None:
            self.say(("No paper here.", "plain"))
            return
        self.add_class("asking")
        self.prompt.ask(question)
        self._share(*self.size)
        self._rule.say()

    def ask(self, question: Question) -> None:
        """Ask something at the foot."""
        self._ask(question)

    def on_prompt_closed(self) -> None:
        """The bars are back."""
        if not self.prompt.is_open:
            self.remove_class("asking")
            self._share(*self.size)
            self.papers.focus()
            self._bars()

    def _move(self, by: int) -> None:
        before = self.papers.cursor
        self.papers.move(by)
        if self.papers.cursor == before and self.desk.rows:
            self.say(("This is the last one." if by > 0 else "This is the first one.", "soft"))

    def _jump(self, index: int) -> None:
        self.leave_here()
        self.papers.go(index)

    def _next(self, step: int) -> None:
        index = self.desk.undecided(self.papers.cursor, step)
        if index is None:
            self.say((f"No undecided paper {'below' if step > 0 else 'above'}.", "soft"))
        else:
            self.leave_here()
            self.papers.go(index)

    def _go_back(self) -> None:
        here = self.papers.paper
        paper_id = self.desk.back(here.id if here else "")
        if paper_id is None:
            self.say(("Nowhere to go back to yet.", "soft"))
        else:
            self.papers.go(self.desk.index_of(paper_id) or 0)

    def _page_abstract(self) -> None:
        """A page on; at the end, the next undecided, deciding nothing."""
        if not self.pane.page(1):
            self._next(1)

    def _read(self, on: bool) -> None:
        if on and self.papers.paper is None:
            self.say(("No paper here to read.", "plain"))
            return
        self.set_class(on, "reading")
        self._share(*self.size)
        self.call_after_refresh(self._show_paper)
        self._bars()

    def _find(self) -> None:
        self.leave_here()
        self._ask(questions.Finding(self).question)

    def _drop_filter(self) -> None:
        if self.desk.view.filter:
            self.narrow(EVERYTHING, self.papers.paper)
            self.say()
        else:
            self.say(("No filter here to drop.", "soft"))

    def _back(self) -> None:
        """Let go of one thing."""
        if self.reading:
            self._read(False)
        elif self.desk.view.filter:
            self._drop_filter()
        else:
            name = self.desk.view.name
            whole = (
                "This is all there is"
                if name == "all"
                else f"This is the whole of {name}"
                if name != "inbox"
                else "This is the whole inbox"
            )
            self.say(
                (f"{whole}; ", "soft"),
                (self.key("app.quit") or self.key("app.quit_now"), "key"),
                (" quits.", "soft"),
            )

    def _close(self) -> None:
        """Close what is open; from the list, quit."""
        if self.reading:
            self._read(False)
        else:
            self.app.exit()

    # -- keys without a command ---------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Digits, keys that arrived glued to an escape, and a word about keys that do nothing."""
        if self.prompt.is_open or event.key in self.app.bound:
            return
        if event.key in "0123456789" and len(event.key) == 1:
            event.stop()
            self._digit(event.key)
        elif event.key.startswith("alt+") and len(event.key) == 5:
            event.stop()
            self.app.simulate_key("escape")
            self.app.simulate_key(event.key.removeprefix("alt+"))
        elif event.is_printable and event.character:
            event.stop()
            self._unbound(event.character)

    def _digit(self, digit: str) -> None:
        if self.given.keys.digits == "views":
            names = [view.name for view in BUILT_IN]
            if 1 <= int(digit) <= len(names):
                self.show_view(names[int(digit) - 1])
        elif self._count or digit != "0":
            self._count = (self._count + digit)[-4:]
            self._rule.say()
            self._status.say()

    def _unbound(self, char: str) -> None:
        shown = clean(char)
        if char.isalpha() and not char.isascii():
            self.say((f"{shown} is not a key here; --keymap arrows needs no letters.", "plain"))
        elif char.isupper() and not self._told_caps:
            self._told_caps = True
            self.say((f"{shown} does nothing here. Caps lock?", "plain"))
        else:
            self.say(
                (f"{shown} does nothing here; ", "plain"),
                (self.key("app.help"), "key"),
                (" shows the keys.", "plain"),
            )

    # -- the mouse ----------------------------------------------------------------------------

    def _click_top(self, x: int) -> None:
        if not self.prompt.is_open and self.size.width < WIDE:
            name = tab_at(self._tabs(), self.desk.view.name, self._right(), self.size.width, x)
            if name:
                self.show_view(name)

    def on_click(self, event: events.Click) -> None:
        """A view at the side."""
        if event.widget is self._views and not self.prompt.is_open:
            offset = event.get_content_offset(self._views)
            if offset and (name := view_at(offset.y)):
                self.show_view(name)

    def on_paper_list_opened(self, event: PaperList.Opened) -> None:
        """Clicked twice: read it."""
        self._read(True)


COUNT_HINT: Message = [("move or decide so many; ", "soft"), ("escape", "key"), (" forgets it", "soft")]


def _filter(given: Given) -> All:
    """The filter to begin with; one that cannot be read is none."""
    try:
        return parse(given.place.filter)
    except QueryError:
        return EVERYTHING
