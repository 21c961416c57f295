"""What the keys do, grouped by what one wants; narrowed by typing, and enter does the thing."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.screen import Screen
from textual.widgets import Input

from tui.ui.commands import COMMANDS, GROUPS, Command
from tui.ui.draw import hints, spread
from tui.ui.given import Keys
from tui.ui.screens.questions import ranked
from tui.ui.widgets.line import Line
from tui.ui.widgets.prompt import PromptInput

if TYPE_CHECKING:
    from tui.ui.app import PapertuiApp

_KEYS = 14
_WORDS = 24


class HelpScreen(Screen[str | None], inherit_bindings=False):
    """Ends with the id of a command to do, or None."""

    app: "PapertuiApp"
    AUTO_FOCUS = ""

    def __init__(self, keys: Keys) -> None:
        super().__init__()
        self._given = keys
        self._chosen = -1
        self._top = 0
        self._query = ""

    def compose(self) -> ComposeResult:
        glyphs = self.app.glyphs
        yield Line(self._draw_top, glyphs=glyphs, id="top")
        self._mark = Line(self._draw_mark, glyphs=glyphs, id="mark")
        self._mark.styles.width = 4
        self._input = PromptInput(placeholder="finds what you want to do, in your words", id="words")
        self._input.cursor_blink = False
        self._input.can_focus = False
        with Container(id="find"):
            yield self._mark
            yield self._input
        self._what = Line(self._draw_what, glyphs=glyphs, id="what")
        yield self._what
        yield Line(self._draw_keys, glyphs=glyphs, id="keys")

    # -- what is shown ------------------------------------------------------------------------

    @property
    def _commands(self) -> list[Command]:
        return ranked(self._query) if self._query.strip() else list(COMMANDS)

    def _draw_top(self, width: int, height: int) -> list[Text]:
        ink, own = self.app.ink, len(self._given.own)
        mine = f", {own} {'key' if own == 1 else 'keys'} of your own" if own else ""
        left = Text.assemble(" ", (" keys ", ink.tab), (" in the list", ink.soft))
        return [spread(left, Text(f"keymap {self._given.name}{mine} ", ink.soft), width)]

    def _draw_mark(self, width: int, height: int) -> list[Text]:
        return [Text("  / ", self.app.ink.accent)]

    def _draw_keys(self, width: int, height: int) -> list[Text]:
        pairs = [("enter", "does it"), ("/", "find"), ("j k", "choose"), ("space", "more"), ("q", "close")]
        return [hints(pairs, width, self.app.ink)]

    def _draw_what(self, width: int, height: int) -> list[Text]:
        columns = max(1, min(3, width // (_KEYS + _WORDS + 2)))
        wide = width // columns
        stacks: list[list[Text]] = [[] for _ in range(columns)]
        for block in self._blocks(wide):
            min(stacks, key=len).extend(block)
        lines = []
        for y in range(max(map(len, stacks))):
            line = Text()
            for stack in stacks:
                cell = stack[y].copy() if y < len(stack) else Text()
                cell.truncate(wide - 1)
                cell.pad_right(wide - cell.cell_len)
                line.append_text(cell)
            lines.append(line)
        self._top = max(0, min(self._top, len(lines) - height))
        shown = lines[self._top : self._top + height]
        below = len(lines) - self._top - height
        if below > 0:
            words = f"{self.app.glyphs.more} {below + 1} more lines · space "
            shown[-1] = spread(Text(), Text(words, self.app.ink.soft), width)
        return shown

    def _blocks(self, width: int) -> list[list[Text]]:
        ink, commands = self.app.ink, self._commands
        if not commands:
            return [[Text("    Nothing like that; fewer letters find more.", ink.plain)]]
        chosen = commands[self._chosen] if 0 <= self._chosen < len(commands) else None
        if self._query.strip():
            return [[self._line(command, command is chosen) for command in commands]]
        blocks = []
        for group in GROUPS:
            lines = [Text(" " * (_KEYS + 2) + group, ink.soft + ink.strong)]
            lines[0].stylize(ink.soft)
            lines += [self._line(c, c is chosen) for c in commands if c.group == group]
            blocks.append([*lines, Text()])
        return blocks

    def _line(self, command: Command, chosen: bool) -> Text:
        ink = self.app.ink
        keys = ""
        for key in self._given.keys_of(command.id):
            keys = f"{keys} {key}".strip() if len(keys) + len(key) < _KEYS else keys
        line = Text.assemble((f"{keys:>{_KEYS}}  ", ink.accent), (command.help, ink.plain))
        if command.id in self._given.own:
            line.append(" · yours", ink.tag)
        if chosen:
            line.stylize(ink.cursor + ink.strong)
        return line

    # -- keys ---------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Letters are keys until / is pressed."""
        moves: dict[str, Callable[[], object]] = {
            "q": lambda: self.dismiss(None),
            "escape": lambda: self.dismiss(None),
            "question_mark": lambda: self.dismiss(None),
            "ctrl+c": lambda: self.dismiss(None),
            "ctrl+g": lambda: self.dismiss(None),
            "f1": lambda: self.dismiss(None),
            "slash": self._find,
            "enter": self._do,
            "j": lambda: self._choose(1),
            "down": lambda: self._choose(1),
            "tab": lambda: self._choose(1),
            "k": lambda: self._choose(-1),
            "up": lambda: self._choose(-1),
            "space": lambda: self._page(1),
            "pagedown": lambda: self._page(1),
            "pageup": lambda: self._page(-1),
            "b": lambda: self._page(-1),
            "home": lambda: self._page(-100),
            "end": lambda: self._page(100),
        }
        if event.key in moves:
            event.stop()
            moves[event.key]()

    def on_prompt_input_pressed(self, event: PromptInput.Pressed) -> None:
        """What leaves the find line, and what moves below it."""
        if event.key in ("up", "down", "tab", "shift+tab"):
            self._choose(-1 if event.key in ("up", "shift+tab") else 1)
        elif event.key == "enter":
            self._do()
        else:
            self._input.value = ""
            self._input.can_focus = False
            self.set_focus(None)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow to what is meant."""
        self._query, self._top = event.value, 0
        self._chosen = 0 if event.value.strip() else -1
        self._what.say()

    def _find(self) -> None:
        self._input.can_focus = True
        self._input.focus()

    def _choose(self, step: int) -> None:
        self._chosen = min(max(self._chosen + step, 0), len(self._commands) - 1)
        self._what.say()

    def _page(self, by: int) -> None:
        self._top = max(0, self._top + by * max(self._what.size.height - 1, 1))
        self._what.say()

    def _do(self) -> None:
        commands = self._commands
        self.dismiss(commands[self._chosen].id if 0 <= self._chosen < len(commands) else None)
