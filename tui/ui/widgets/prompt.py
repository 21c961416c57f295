"""The one prompt: two lines at the foot for whatever has to be asked, where status and keys stood."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from rich.highlighter import Highlighter
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message as Posted
from textual.widgets import Input

from tui.ui.draw import spread
from tui.ui.look import Glyphs, Ink
from tui.ui.messages import Message, text_of
from tui.ui.widgets.line import Line


@dataclass(frozen=True)
class Answer:
    """What stands around the text typed so far: the line under it and the words at its right.

    `at` is the column of the text under which the second line begins.
    """

    under: Message = ()
    keys: Message = ()
    right: str = ""
    at: int = 0


@dataclass(frozen=True)
class Question:
    """What is asked: called on each change, on tab, on enter (which closes it when True) and on leaving.

    With `choices`, single keys answer and nothing is typed; any other key leaves.
    """

    label: str
    changed: Callable[[str], Answer]
    entered: Callable[[str], bool] = lambda text: True
    completed: Callable[[str, int], str | None] = lambda text, step: None
    left: Callable[[str], None] = lambda text: None
    text: str = ""
    choices: Mapping[str, Callable[[], None]] = field(default_factory=dict)
    history: Sequence[str] = ()


class PromptInput(Input):
    """The line that is typed in. Keys it has no use for go nowhere."""

    DEFAULT_CSS = """
    PromptInput, PromptInput:focus {
        border: none; height: 1; padding: 0; background: $panel; color: $foreground;
    }
    """

    class Pressed(Posted):
        """A key that the prompt answers."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    async def _on_key(self, event: events.Key) -> None:
        if event.key in ("escape", "ctrl+c", "ctrl+g", "tab", "shift+tab", "up", "down", "enter"):
            event.stop()
            event.prevent_default()
            self.post_message(self.Pressed(event.key))
        else:
            await super()._on_key(event)


class Prompt(Container, can_focus=True):
    """Two lines: label, text and what it finds; completions, an error or what the keys do."""

    DEFAULT_CSS = """
    Prompt { height: 2; display: none; background: $panel; }
    Prompt > Container { layout: horizontal; height: 1; }
    Prompt Line { background: $panel; }
    """

    class Closed(Posted):
        """The prompt is done with."""

    def __init__(
        self, ink: Callable[[], Ink], glyphs: Glyphs, highlighter: Highlighter | None = None
    ) -> None:
        super().__init__(id="prompt")
        self._ink, self._glyphs = ink, glyphs
        self._question: Question | None = None
        self._answer = Answer()
        self._back = 0
        self._label = Line(self._draw_label, glyphs=glyphs, id="prompt-label")
        self._right = Line(self._draw_right, glyphs=glyphs, id="prompt-right")
        self._under = Line(self._draw_under, glyphs=glyphs, id="prompt-under")
        self._input = PromptInput(highlighter=highlighter, select_on_focus=False, id="prompt-input")
        self._input.cursor_blink = False

    def compose(self) -> ComposeResult:
        with Container():
            yield self._label
            yield self._input
            yield self._right
        yield self._under

    @property
    def is_open(self) -> bool:
        """Whether anything is being asked."""
        return self._question is not None

    @property
    def label(self) -> str:
        """What is being asked."""
        return self._question.label if self._question else ""

    @property
    def text(self) -> str:
        """What has been typed."""
        return self._input.value

    def ask(self, question: Question) -> None:
        """Ask this instead of whatever was asked."""
        self._question, self._back = question, 0
        self._label.styles.width = len(question.label) + 3 if not question.choices else "1fr"
        self._input.display = not question.choices
        self._right.display = not question.choices
        self.display = True
        with self.prevent(Input.Changed):
            self._input.value = question.text
            self._input.cursor_position = len(question.text)
        (self if question.choices else self._input).focus()
        self._answered(question.changed(question.text))

    def again(self) -> None:
        """Look anew at what has been typed."""
        if self._question:
            self._answered(self._question.changed(self.text))

    def close(self) -> None:
        """Ask nothing any more."""
        self._question = None
        self.display = False
        self.post_message(self.Closed())

    def set_text(self, text: str) -> None:
        """Put another text in, the cursor at its end."""
        self._input.value = text
        self._input.cursor_position = len(text)

    def _answered(self, answer: Answer) -> None:
        self._answer = answer
        self._right.styles.width = len(answer.right) + 2
        for line in (self._label, self._right, self._under):
            line.say()

    # -- keys ---------------------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        """Something was typed."""
        event.stop()
        self.again()

    def on_prompt_input_pressed(self, event: PromptInput.Pressed) -> None:
        """Enter, tab, leaving, or what was asked before."""
        event.stop()
        if (question := self._question) is None:
            return
        text = self.text
        if event.key == "enter":
            if question.entered(text) and self._question is question:
                self.close()
        elif event.key in ("tab", "shift+tab"):
            completed = question.completed(text, 1 if event.key == "tab" else -1)
            if completed is not None:
                self.set_text(completed)
            self.again()
        elif event.key in ("up", "down"):
            self._recall(question, 1 if event.key == "up" else -1)
        else:
            self.leave()

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

    def on_key(self, event: events.Key) -> None:
        """A choice is one key; any other leaves."""
        if self._question is None or not self._question.choices:
            return
        event.stop()
        event.prevent_default()
        question = self._question
        chosen = question.choices.get(event.key) or question.choices.get(event.character or "")
        if chosen is None:
            self.leave()
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
            mark = Text("  ? ", ink.accent)
            return [Text.assemble(mark, (self._question.label, ink.strong))]
        return [Text(f"  {self._question.label} ", ink.accent)]

    def _draw_right(self, width: int, height: int) -> list[Text]:
        return [Text(f" {self._answer.right} ", self._ink().soft)]

    def _draw_under(self, width: int, height: int) -> list[Text]:
        ink, answer = self._ink(), self._answer
        under = text_of(answer.under, ink, self._glyphs)
        keys = text_of([*answer.keys, (" ", "soft")] if answer.keys else [], ink, self._glyphs)
        start = 4
        if self._question and not self._question.choices:
            start = len(self._question.label) + 3 + answer.at
        indent = max(0, min(start, width - under.cell_len - keys.cell_len - 2))
        line = Text(" " * indent).append_text(under)
        if line.cell_len + keys.cell_len + 1 > width and answer.under:
            keys = Text()
        return [spread(line, keys, width)]
