"""What the keys do, grouped by what one wants; narrowed by typing, and enter does the thing."""

from collections.abc import Callable, Sequence
from types import MappingProxyType

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Input

from tui.papers.saying import counted
from tui.papers.text import clean
from tui.ui.commands import GROUPS, MACROS, Command
from tui.ui.cutting import fit
from tui.ui.draw import hints, more, spread
from tui.ui.given import Keys
from tui.ui.screens.keyed import leaves
from tui.ui.screens.questions import UNDERLINE, ranked
from tui.ui.screens.sheet import Sheet
from tui.ui.widgets.line import Line
from tui.ui.widgets.prompt import PromptInput

#: cells of the keys, and of what they do; two columns at 80
_KEYS = 13
_WORDS = 24
_MINE = " · yours"
_FINDING = ("down", "up", "tab", "shift+tab", "pagedown", "pageup", "enter")


class HelpScreen(Sheet, inherit_bindings=False):
    """Closes itself; then does the command that was chosen.

    `heading` says where the keys are meant; `more` are keys with what they do there, and stand first.
    """

    here = MappingProxyType({"app.help": "close", "find.edit": "find"})
    keys_here = MappingProxyType({"question_mark": "close", "f1": "close", "slash": "find"})

    def __init__(
        self,
        keys: Keys,
        run: Callable[[str], None],
        heading: str = "in the list",
        more: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__()
        self._heading, self._more = heading, more
        self._given, self._run_chosen = keys, run
        self._chosen = -1
        self._top = 0
        self._finding = False
        self.moves["find"] = lambda: self._find(True)

    def compose(self) -> ComposeResult:
        glyphs = self.app.glyphs
        yield Line(self._draw_top, glyphs=glyphs, id="top")
        self._mark = Line(self._draw_mark, glyphs=glyphs, id="mark")
        self._mark.styles.width = 4
        self._input = PromptInput(placeholder="finds what you want to do, in your words", id="words")
        with Container(id="find"):
            yield self._mark
            yield self._input
        self._what = Line(self._draw_what, glyphs=glyphs, id="what")
        yield self._what
        self._foot = Line(self._draw_foot, glyphs=glyphs, id="keys")
        yield self._foot

    # -- what is shown ------------------------------------------------------------------------

    @property
    def _query(self) -> str:
        return self._input.value.strip()

    @property
    def _commands(self) -> list[Command]:
        found = ranked(self._query, self._given.macros.values())
        if self._query:
            return found
        groups = [*GROUPS, MACROS]
        return sorted(found, key=lambda one: (groups.index(one.group), not self._given.keys_of(one.id)))

    def _draw_top(self, width: int, height: int) -> list[Text]:
        ink, own = self.app.ink, len(self._given.own)
        left = Text.assemble(" ", (" keys ", ink.tab), (f" {self._heading}", ink.soft))
        right = Text(f"keymap {clean(self._given.name)}", ink.soft)
        if own:
            right.append(", ").append(f"{counted(own, 'key')} of your own", UNDERLINE)
        return [spread(left, right.append(" "), width)]

    def _draw_mark(self, width: int, height: int) -> list[Text]:
        return [Text("  / ", self.app.ink.accent)]

    def _draw_foot(self, width: int, height: int) -> list[Text]:
        pairs = [
            ("enter", "does it"),
            ("/", "find"),
            ("down", "choose"),
            ("space", "more"),
            ("escape", "close"),
        ]
        if self._finding:
            pairs = [("enter", "does it"), ("tab", "choose"), ("escape", "all keys")]
        return [hints(pairs, width, self.app.ink)]

    def _draw_what(self, width: int, height: int) -> list[Text]:
        lines, chosen = self._laid(width)
        if chosen is not None and not self._top <= chosen < self._top + height - 1:
            self._top = chosen - height // 2
        self._top = max(0, min(self._top, len(lines) - height))
        shown = lines[self._top : self._top + height]
        below = len(lines) - self._top - height
        if below > 0:
            shown[-1] = more(below + 1, "space", self.app.ink, self.app.glyphs)
        return shown

    def _laid(self, width: int) -> tuple[list[Text], int | None]:
        """All lines, in columns; and the one on which the chosen command stands."""
        columns = 1 if self._query else max(1, min(3, width // (_KEYS + 2 + _WORDS)))
        wide = width // columns
        stacks: list[list[tuple[Text, bool]]] = [[] for _ in range(columns)]
        for block in self._blocks(wide):
            min(stacks, key=len).extend(block)
        lines, chosen = [], None
        for y in range(max(map(len, stacks))):
            line = Text()
            for stack in stacks:
                words, is_chosen = stack[y] if y < len(stack) else (Text(), False)
                cell = words.copy()
                cell.truncate(wide)
                cell.pad_right(wide - cell.cell_len)
                line.append_text(cell)
                chosen = y if is_chosen else chosen
            lines.append(line)
        return lines, chosen

    def _blocks(self, width: int) -> list[list[tuple[Text, bool]]]:
        """Lines that stay together; of each whether it is the chosen one."""
        ink, commands = self.app.ink, self._commands
        if not commands:
            return [[(Text("    Nothing like that; fewer letters find more.", ink.plain), False)]]
        chosen = commands[self._chosen] if 0 <= self._chosen < len(commands) else None
        if self._query:
            return [[self._line(command, command is chosen, width) for command in commands]]
        blocks = []
        if self._more:
            heading = Text.assemble(" " * (_KEYS + 2), (self._heading, ink.strong + ink.soft))
            lines = [(self._row(keys, clean(words), mine=False), False) for keys, words in self._more]
            blocks.append([(heading, False), *lines, (Text(), False)])
        for group in (*GROUPS, *([MACROS] if self._given.macros else [])):
            heading = Text.assemble(" " * (_KEYS + 2), (group, ink.strong + ink.soft))
            lines = [
                self._line(command, command is chosen, width)
                for command in commands
                if command.group == group
            ]
            blocks.append([(heading, False), *lines, (Text(), False)])
        return blocks

    def _line(self, command: Command, chosen: bool, width: int) -> tuple[Text, bool]:
        ink, mine = self.app.ink, command.id in self._given.own
        keys = ""
        for key in self._given.keys_of(command.id):
            keys = f"{keys} {key}".strip() if len(keys) + len(key) < _KEYS else keys
        line = self._row(keys, fit(command.help, width - _KEYS - 3, self.app.glyphs), mine=mine)
        if mine and line.cell_len + len(_MINE) <= width:
            line.append(_MINE, ink.tag)
        if chosen:
            line.pad_right(max(width - 1 - line.cell_len, 0))
            line.stylize(ink.over(ink.cursor, ink.strong))
        return line, chosen

    def _row(self, keys: str, words: str, *, mine: bool) -> Text:
        """Keys at the right edge of their column, one's own underlined, and what they do."""
        ink = self.app.ink
        style = ink.tag + UNDERLINE if mine else ink.accent
        blanks = " " * (_KEYS - len(keys))
        return Text.assemble(blanks, (keys, style), ("  ", ink.plain), (words, ink.plain))

    # -- keys ---------------------------------------------------------------------------------

    async def take(self, key: events.Key) -> bool:
        """Letters are keys until / is pressed."""
        if self._finding and key.key in ("escape", "ctrl+c", "ctrl+g"):
            self._find(False)
        elif self._finding and key.key not in _FINDING and not leaves(key, self.app.bound.get(key.key)):
            await self._input.press(key)
            self._top, self._chosen = 0, 0 if self._query else -1
            self._what.say()
        else:
            await super().take(key)
        return True

    def take_paste(self, text: str) -> None:
        """A paste is for the find line."""
        self._find(True)
        self._input.put(text)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow to what is meant."""
        self._what.say()

    def _find(self, on: bool) -> None:
        self._finding = on
        if not on:
            self._input.value = ""
            self._chosen = -1
        self.set_focus(self._input if on else None)
        self._what.say()
        self._foot.say()

    def choose(self, step: int) -> None:
        """Another command."""
        self._chosen = min(max(self._chosen + step, 0), len(self._commands) - 1)
        self._what.say()

    def page(self, by: int) -> None:
        """Turn pages; nothing is chosen then."""
        self._chosen = -1
        self._top = max(0, self._top + by * max(self._what.size.height - 1, 1))
        self._what.say()

    def do(self) -> None:
        """Close, and do what was chosen; stay where words find nothing."""
        commands, chosen = self._commands, self._chosen
        if not commands:
            return
        self.dismiss()
        if 0 <= chosen < len(commands):
            self._run_chosen(commands[chosen].id)
