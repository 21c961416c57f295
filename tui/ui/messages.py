"""What the status line says: pieces of text, each with the meaning it is drawn in."""

from collections.abc import Sequence
from typing import Literal

from rich.style import Style
from rich.text import Text

from tui.papers.paper import Paper
from tui.papers.saying import counted
from tui.ui.draw import quoted
from tui.ui.look import Glyphs, Ink

Meaning = Literal["plain", "strong", "soft", "key", "star", "later", "tag", "error", "title", "tab"]
Piece = tuple[str, Meaning]
Message = Sequence[Piece]

#: cells a title may take in a message
TITLE = 44


def text_of(message: Message, ink: Ink, glyphs: Glyphs, title: int = TITLE) -> Text:
    """The message as it is drawn; titles in quotes, cut at a word."""
    styles: dict[str, Style] = {"key": ink.accent, "title": ink.plain}
    out = Text()
    for words, meaning in message:
        style = styles[meaning] if meaning in styles else getattr(ink, meaning)
        out.append_text(quoted(words, title, style, glyphs) if meaning == "title" else Text(words, style))
    return out


def acted(words: str, papers: Sequence[Paper], many: str = "", *, between: str = ": ") -> list[Piece]:
    """What was done: the act in its meaning, and on what."""
    meaning: Meaning = {"starred": "star", "put off": "later"}.get(words, "plain")  # type: ignore[assignment]
    if len(papers) == 1:
        return [(f"{words} ", meaning), (papers[0].title, "title")]
    return [(f"{words}{between}{many or counted(len(papers), 'paper')}", meaning)]


def takes_back(key: str, number: int) -> list[Piece]:
    """The way back."""
    words = "takes it back" if number == 1 else "takes them back"
    return [("  ", "plain"), (key, "key"), (f" {words}", "soft")] if key else []
