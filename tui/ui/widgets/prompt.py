"""The one prompt: two lines at the foot for whatever has to be asked, where status and keys stood.

A text that may have lines of its own makes it grow.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace
from rich.cells import cell_len
from rich.highlighter import Highlighter
from rich.text import Text
from textual import events
from textual.binding import Binding
from textual.containers import Container
from textual.widgets import Input

from tui.errors import PapertuiError
from tui.papers.text import UNSEEN
from tui.ui.draw import in_lines, spread
from tui.ui.look import Glyphs, Ink
from tui.ui.messages import Message, text_of
from tui.ui.widgets.line import Line

if TYPE_CHECKING:
    from textual.widgets import TextArea

    from tui.ui.widgets.note_area import NoteArea

_HIDDEN = re.compile(f"[{UNSEEN}]")
_LEAVE = ("escape", "ctrl+c", "ctrl+g")
_NONE_OF_THESE: Message = (("none of these; ", "plain"), ("escape", "key"), (" leaves ", "soft"))


class Answer(Struct, frozen=True):
    """What stands around the text typed so far: the line under it and the words at its right.

    `at` is the character of the text under which the second line begins; `whole` gives what stands there as
    many lines as it needs.
    """

    under: Message = ()
    keys: Message = ()
    right: str = ""
    at: int = 0
    whole: bool = False


class Question(Struct, frozen=True):
    """What is asked: called on each change, on tab, on enter (which closes it when True) and on leaving.

    With `choices`, single keys answer and nothing is typed; any other key leaves, unless it `waits`.
    `colours` styles the text as it is typed. `pressed` is shown each printable key with the text before it
    is typed, and says whether it has answered by that; `special` are other keys, which answer with the text.
    `lines` is for a text that may have several.
    """

    label: str
    changed: Callable[[str], Answer]
    entered: Callable[[str], bool] = lambda text: True
    completed: Callable[[str, int], str | None] = lambda text, step: None
    left: Callable[[str], None] = lambda text: None
    text: str = ""
    choices: Mapping[str, Callable[[], object]] = field(default_factory=dict)
    waits: bool = False
    history: Sequence[str] = ()
    colours: Callable[[Text], None] = lambda text: None
    pressed: Callable[[str, str], bool] = lambda key, text: False
    special: Mapping[str, Callable[[str], bool]] = field(default_factory=dict)
    lines: bool = False


class PromptInput(Input):
    """The line that is typed in; it is given its keys, and a paste, in the turn in which they come."""

    DEFAULT_CSS = """
    PromptInput, PromptInput:focus {
        border: none; width: 1fr; height: 1; padding: 0;
        background: $panel; background-tint: $foreground 0%; color: $foreground;
    }
    """
    _EDITING = MappingProxyType({b.key: b.action for b in Binding.make_bindings(Input.BINDINGS)})

    def __init__(self, *, highlighter: Highlighter | None = None, placeholder: str = "", id: str) -> None:  # noqa: A002
        # What is focused late must not be selected: it may hold what was typed ahead.
        super().__init__(highlighter=highlighter, placeholder=placeholder, select_on_focus=False, id=id)
        self.cursor_blink = False

    async def press(self, key: events.Key) -> None:
        """Let a key act on the text; one that it has no use for goes nowhere."""
        if key.is_printable and key.character:
            self.put(key.character)
        elif action := self._EDITING.get(key.key):
            await self.run_action(action)

    def put(self, text: str) -> None:
        """Put a text in at the cursor, on one line, without what could not be seen."""
        self.replace(seen(text), *sorted(self.selection))


def seen(text: str) -> str:
    """The text on one line, and nothing in it that could do anything to a terminal."""
    return _HIDDEN.sub("", " ".join(text.splitlines()).replace("\t", " "))


def seen_lines(text: str) -> str:
    """The text line by line, and nothing in it that could do anything to a terminal."""
    lines = "\n".join(seen(line.expandtabs(4)) for line in text.splitlines())
    return f"{lines}\n" if text[-1:] in ("\n", "\r") else lines


class Prompt(Container):
    """Two lines: label, text and what it finds; completions, an error or what the keys do.

    `lines` is how many it takes now: more than two where a text or a reason needs them. The screen shows
    it while something is asked.
    """

    DEFAULT_CSS = """
    Prompt { height: 2; display: none; background: $panel; }
    #prompt-text { layout: horizontal; height: 1; }
    Prompt Line { background: $panel; }
    """

    def __init__(
        self,
        ink: Callable[[], Ink],
        glyphs: Glyphs,
        closed: Callable[[], None],
        grown: Callable[[], None],
        hold: Callable[[bool], None],
    ) -> None:
        super().__init__(id="prompt")
        self._ink, self._glyphs, self._done, self._grown = ink, glyphs, closed, grown
        self._hold = hold
        self.lines, self._told_lines = 2, 1
        self._question: Question | None = None
        self._answer = Answer()
        self._looked = ""
        self._back = 0
        self._area: NoteArea | None = None
        self._label = Line(self._draw_label, glyphs=glyphs, id="prompt-label")
        self._right = Line(self._draw_right, glyphs=glyphs, id="prompt-right")
        self._under = Line(self._draw_under, glyphs=glyphs, id="prompt-under")
        self._input = PromptInput(highlighter=_Colours(self), id="prompt-input")

    async def furnish(self) -> None:
        """Have within what is asked with, once; before the first frame it would take 3 ms of the start."""
        if not self.children:
            text = Container(self._label, self._input, self._right, id="prompt-text")
            await self.mount(text, self._under)

    @property
    def question(self) -> Question | None:
        """What is being asked."""
        return self._question

    @property
    def is_open(self) -> bool:
        """Whether anything is being asked."""
        return self._question is not None

    @property
    def text(self) -> str:
        """What has been typed."""
        return self._area.text if self._area and self.has_lines else self._input.value

    @property
    def has_lines(self) -> bool:
        """Whether a text is written that may have several lines."""
        return self._question is not None and self._question.lines

    def ask(self, question: Question) -> None:
        """Ask this instead of whatever was asked."""
        self._question, self._back = question, 0
        self._label.styles.width = cell_len(question.label) + 3 if not question.choices else "1fr"
        self._input.display = not question.choices and not question.lines
        self._right.display = not question.choices
        if self._area:
            self._area.display = question.lines
        if question.lines:
            self._ask_lines(question)
        elif not question.choices:
            self.set_text(question.text)
        if not question.lines:
            self.screen.set_focus(None if question.choices else self._input, scroll_visible=False)
        self.look()

    def _ask_lines(self, question: Question) -> None:
        """Take no key until the field is there and knows how wide it is."""
        if self._area is None:
            from tui.ui.widgets.note_area import NoteArea

            self._area = NoteArea(self._fit, id="prompt-area")
        self._area.begin(question.text)
        self._hold(True)
        self.call_later(self._show_area, self._area)

    async def _show_area(self, area: "NoteArea") -> None:
        if not area.is_attached:
            await self.query_one("#prompt-text").mount(area, before=self._right)
        if self.has_lines:
            self.screen.set_focus(area, scroll_visible=False)
            self._fit()
        self._hold(False)

    def look(self) -> None:
        """See what has been typed."""
        if self._question:
            self._looked = self.text
            try:
                self._answered(self._question.changed(self._looked))
            except PapertuiError as error:
                self.tell(((str(error), "error"),))

    def tell(self, message: Message) -> None:
        """Say under the text why it could not be done, until it is changed."""
        self._answered(Answer(message, whole=True))

    def close(self) -> None:
        """Ask nothing any more."""
        self._question = None
        self._done()

    def set_text(self, text: str) -> None:
        """Put another text in, the cursor at its end."""
        self._input.value = seen(text)
        self._input.cursor_position = len(self._input.value)

    def renew(self) -> None:
        """Draw it anew, in other inks."""
        for line in (self._label, self._right, self._under):
            line.say()
        self._input.refresh()

    def _answered(self, answer: Answer) -> None:
        self._answer = answer
        under = len(self._told(self.screen.size.width)) if answer.whole else 1
        text = self._height_of_text()
        if (self.lines, self._told_lines) != (text + under, under):
            self.lines = self.styles.height = text + under
            self._told_lines = under
            self.query_one("#prompt-text").styles.height = text
            self._under.styles.height = under
            self._grown()
        self._right.styles.width = cell_len(self._at_right()) + 2
        self.renew()

    def _fit(self) -> None:
        """Take as many lines as are needed now."""
        self._answered(self._answer)

    def _height_of_text(self) -> int:
        """One line; of a text that may have several as many as it has, up to about a third of the screen."""
        if not (self._area and self.has_lines):
            return 1
        return min(max(self._area.height_of_text, 1), self._most)

    @property
    def _most(self) -> int:
        return max(self.screen.size.height // 3 - 4, 1)

    # -- keys ---------------------------------------------------------------------------------

    async def take(self, key: events.Key) -> None:
        """Let a key answer, edit or leave."""
        if (question := self._question) is None:
            return
        if question.choices:
            self._choose(question, key)
        elif key.key in _LEAVE:
            self.leave()
        elif key.key == "enter":
            self._enter(question)
        elif self._area and question.lines:
            await self._area.press(key)
        elif key.key in ("tab", "shift+tab"):
            completed = question.completed(self.text, 1 if key.key == "tab" else -1)
            if completed is not None:
                self.set_text(completed)
            self.look()
        elif act := question.special.get(key.key):
            if act(self.text) and self._question is question:
                self.close()
        elif key.key in ("up", "down"):
            self._recall(question, 1 if key.key == "up" else -1)
        elif key.is_printable and question.pressed(key.character or "", self.text):
            if self._question is question:
                self.close()
        else:
            await self._input.press(key)

    def take_paste(self, text: str) -> None:
        """A paste is typed text, never an answer."""
        if self._area and self.has_lines:
            self._area.put(text)
        elif self._question and not self._question.choices:
            self._input.put(text)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Something was typed; keys that come faster than this are seen together."""
        event.stop()
        if self.text != self._looked:
            self.look()

    def on_text_area_changed(self, event: "TextArea.Changed") -> None:
        """Something was written."""
        event.stop()
        if self.text != self._looked:
            self.look()

    def on_text_area_selection_changed(self, event: "TextArea.SelectionChanged") -> None:
        """The cursor is on another line."""
        event.stop()
        self._right.styles.width = cell_len(self._at_right()) + 2
        self._right.say()

    def _enter(self, question: Question) -> None:
        if self.text != self._looked:
            self.look()
        if question.entered(self.text) and self._question is question:
            self.close()

    def leave(self) -> None:
        """Close, telling the question that it was left."""
        if question := self._question:
            question.left(self.text)
            if self._question is question:
                self.close()

    def _recall(self, question: Question, step: int) -> None:
        past = [text for text in question.history if text]
        self._back = min(max(self._back + step, 0), len(past))
        self.set_text(past[-self._back] if self._back else question.text)

    def _choose(self, question: Question, key: events.Key) -> None:
        """A choice is one key; any other leaves, or is told that it is none."""
        chosen = question.choices.get(key.key) or question.choices.get(key.character or "")
        if chosen is None:
            if not question.waits or key.key in (*_LEAVE, "q"):
                self.leave()
            else:
                self._answered(replace(self._answer, keys=_NONE_OF_THESE))
            return
        chosen()
        if self._question is question:
            self.close()

    # -- drawing ------------------------------------------------------------------------------

    def _draw_label(self, width: int, height: int) -> list[Text]:
        ink = self._ink()
        if self._question is None:
            return []
        if self._question.choices:
            return [Text.assemble(("  ? ", ink.accent), (self._question.label, ink.strong))]
        return [Text(f"  {self._question.label} ", ink.accent)]

    def _draw_right(self, width: int, height: int) -> list[Text]:
        return [Text(f" {self._at_right()} ", self._ink().soft)]

    def _at_right(self) -> str:
        """What the question says there; of lines that are not all to be seen, which one is written in."""
        if self._area and self.has_lines and self._area.height_of_text > self._most:
            return f"line {self._area.line_of_cursor} of {self._area.height_of_text}"
        return self._answer.right

    def _told(self, width: int) -> list[Text]:
        """What was told, in as many lines as it needs."""
        said = text_of(self._answer.under, self._ink(), self._glyphs)
        choices = self._question is not None and bool(self._question.choices)
        return in_lines(said, max(width - 3, 1), whole=choices) or [said]

    def _draw_under(self, width: int, height: int) -> list[Text]:
        ink, answer = self._ink(), self._answer
        keys = text_of([*answer.keys, (" ", "soft")] if answer.keys else [], ink, self._glyphs)
        if height > 1:
            *lines, last = [Text("  ").append_text(line) for line in self._told(width)]
            return [*lines, spread(last, keys, width)]
        under = text_of(answer.under, ink, self._glyphs)
        start = 4
        if self._question and not self._question.choices:
            start = cell_len(self._question.label) + 3 + cell_len(self.text[: answer.at])
        if start + under.cell_len + keys.cell_len + 1 > width and answer.under:
            keys = Text()
        indent = max(0, min(start, width - under.cell_len - 1))
        return [spread(Text(" " * indent).append_text(under), keys, width)]


class _Colours(Highlighter):
    """The text in the colours of the question."""

    def __init__(self, prompt: Prompt) -> None:
        self._prompt = prompt

    def highlight(self, text: Text) -> None:
        """Style the text in place."""
        if question := self._prompt.question:
            question.colours(text)
