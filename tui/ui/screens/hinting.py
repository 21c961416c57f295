"""What the status line says while nothing else is said: what is pending or selected, and the keys for it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.papers.saying import counted
from tui.ui.messages import Message, Piece

if TYPE_CHECKING:
    from tui.ui.screens.triage import TriageScreen

#: the commands that can be given a number first, and those that act on all that is selected
COUNTED = ("list.down", "list.up", "paper.star", "paper.done", "paper.later")
ON_ALL = ("paper.star", "paper.done", "paper.later", "paper.tag", "paper.copy", "export.write")


def counting(screen: "TriageScreen") -> Message:
    """The number typed so far, and what can be given it."""
    return [
        (f"{screen.count}… ", "strong"),
        (_keys(screen, COUNTED), "key"),
        (", ", "soft"),
        (screen.key("app.back"), "key"),
        (" forgets it", "soft"),
    ]


def selected(screen: "TriageScreen", room: int) -> Message:
    """What is selected and what can be done with it, as much of that as so many cells hold whole."""
    selecting = screen.selecting
    number, ranging, elsewhere = selecting.number, selecting.ranging, selecting.elsewhere
    head = f"{number:,} selected"
    back: Message = [(screen.key("app.back"), "key"), (" lets go", "soft")]
    if ranging:
        ends: Message = [(key, "key"), (" ends it", "soft")] if (key := screen.key("select.range")) else back
        also = f", {head}" if number > ranging else ""
        choices: list[Message] = [[("move to extend, ", "soft"), *ends], ends]
        return _fitting(room, f"range: {counted(ranging, 'paper')}{also}", choices)
    if elsewhere == number:
        return _fitting(room, f"{head}, none of them in this list", [back])
    here = number - elsewhere
    if elsewhere:
        head += f", {here:,} of them in this list"
        them, whole = ("that one" if here == 1 else "those"), ""
    else:
        if screen.desk.view.name == "inbox" and (decided := selecting.decided):
            head += ", already decided" if number == 1 else f", {decided:,} of them decided"
        them, whole = ("it", "") if here == 1 else ("them", "all of ")
    keys: Piece = (_keys(screen, ON_ALL), "key")
    on_all: Message = [keys, (f" act on {whole}{them}", "soft")]
    on_them: Message = [keys, (f" act on {them}", "soft")]
    both: list[Message] = [[*first, (", ", "soft"), *back] for first in (on_all, on_them)]
    return _fitting(room, head, [*both, on_them, back])


def _fitting(room: int, head: str, choices: Sequence[Message]) -> Message:
    """The head, and behind it the first of these that finds room."""
    for choice in choices:
        if len(head) + 3 + sum(len(words) for words, _ in choice) <= room:
            return [(head, "strong"), (" · ", "soft"), *choice]
    return [(head, "strong")]


def _keys(screen: "TriageScreen", commands: Sequence[str]) -> str:
    return " ".join(filter(None, map(screen.key, commands)))
