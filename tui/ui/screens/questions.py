"""What the prompt asks: a file, a theme, a command, or one of a few; and how its second line is laid out."""

import os.path
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.style import Style

from tui.errors import PapertuiError
from tui.papers.view import ORDERS
from tui.ui.commands import COMMANDS, EVERYDAY, Command
from tui.ui.messages import Message, Piece
from tui.ui.widgets.prompt import Answer, Question

if TYPE_CHECKING:
    from tui.ui.screens.triage import TriageScreen

#: laid over what is wrong in a text that is being typed
UNDERLINE = Style(underline=True)


def hints(*pairs: tuple[str, str]) -> Message:
    """Keys and what they do in the prompt."""
    pieces: list[Piece] = []
    for key, words in pairs:
        pieces += [(key, "key"), (f" {words}  ", "soft")]
    return pieces


def completions(
    names: Sequence[str], counts: Callable[[str], int | None] = lambda name: None, most: int = 8
) -> Message:
    """The names that could follow, the one that tab takes first and reversed, with how many each finds."""
    pieces: list[Piece] = []
    for number, name in enumerate(names[:most]):
        pieces.append((f" {name} ", "plain" if number else "tab"))
        if (number_of := counts(name)) is not None:
            pieces.append((f"{number_of} " if number else f" {number_of} ", "soft"))
    return pieces


def exporting(screen: "TriageScreen", label: str, what: str, write: Callable[[Path], None]) -> Question:
    """Ask where papers go, of which is said what they are; the file's ending says the format."""

    def changed(text: str) -> Answer:
        path = _path(text)
        words = f"{what} as {screen.export_for(path).name}"
        if text.strip() and os.path.isfile(path):  # noqa: PTH113 - Path.is_file raises what this passes over
            words += "; replaces the file that is there"
        return Answer(((words, "soft"),), hints(("enter", "write"), ("escape", "back")))

    def entered(text: str) -> bool:
        if not text.strip():
            screen.prompt.tell((("^ ", "error"), ("Name a file.", "plain")))
            return False
        try:
            write(_path(text))
        except PapertuiError as error:
            screen.prompt.tell((("^ ", "error"), (f"{error} Choose another place.", "plain")))
            return False
        return True

    return Question(label, changed, entered, text=screen.export_path)


def no_paper(screen: "TriageScreen", label: str = "No paper here") -> Question:
    """Stands where there is nothing to ask about: what was typed ahead goes in here, and not to the list."""

    def left(text: str) -> None:
        screen.say((f"{label}.", "plain"))

    def entered(text: str) -> bool:
        left(text)
        return True

    answer = Answer((("What is typed here is not kept.", "soft"),), hints(("escape", "back")))
    return Question(label, lambda text: answer, entered, left=left)


def _path(text: str) -> Path:
    return Path(os.path.expanduser(text.strip()))  # noqa: PTH111 - Path.expanduser raises for ~nobody


def choosing(
    label: str, options: Sequence[tuple[str, str, Callable[[], object]]], keys: dict[str, str] | None = None
) -> Question:
    """Ask for one of a few by a single key: key, words, what it does. `keys` are other keys for the same."""
    under: list[Piece] = []
    for key, words, _ in options:
        under += [(key, "key"), (f" {words}  ", "plain")]
    choices = {key: act for key, _, act in options}
    for other, key in (keys or {}).items():
        choices.setdefault(other, choices[key])
    return Question(label, lambda text: Answer(under, whole=True), choices=choices, waits=True)


def orders(screen: "TriageScreen") -> Question:
    """Ask for an order."""

    def go(name: str) -> Callable[[], None]:
        return lambda: screen.going.show_order(name, False)

    keys = {name: name[0] for name in ORDERS} | {"relevance": "b"}  # r is for reversed
    options = [(keys[name], words, go(name)) for name, (words, _) in ORDERS.items()]
    view = screen.desk.view
    options.append(("r", "reversed", lambda: screen.going.show_order(view.order, not view.reverse)))
    return choosing("Which order?", options)


def themes(screen: "TriageScreen") -> Question:
    """Ask for a theme, showing each as it is named."""
    names = sorted(screen.app.available_themes, key=lambda name: (not name.startswith("papertui"), name))
    before = screen.app.theme

    def matching(text: str) -> list[str]:
        return [name for name in names if text.strip().casefold() in name]

    def changed(text: str) -> Answer:
        found = matching(text)
        if not found:
            return Answer((("No theme like that.", "plain"),))
        if text.strip():
            screen.app.theme = found[0]
        keys = hints(("tab", "takes it"), ("enter", "keep"), ("escape", "back"))
        return Answer(completions(found, most=5), keys)

    def entered(text: str) -> bool:
        return bool(matching(text))

    def completed(text: str, step: int) -> str | None:
        return next(iter(matching(text)), None)

    def left(text: str) -> None:
        screen.app.theme = before

    return Question("theme", changed, entered, completed, left)


def palette(screen: "TriageScreen", run: Callable[[str], None]) -> Question:
    """Ask for any command by a word of what it does."""

    def meant(text: str) -> list[Command]:
        return ranked(text, screen.given.keys.macros.values()) if text.strip() else []

    def entered(text: str) -> bool:
        if found := meant(text):
            screen.prompt.close()
            run(found[0].id)
        return bool(found)

    def changed(text: str) -> Answer:
        if not (found := meant(text)):
            words = "No command like that; " if text.strip() else "A word of what you want to do; "
            return Answer([(words, "plain"), (screen.key("app.help"), "key"), (" shows all.", "soft")])
        pieces: list[Piece] = []
        for number, command in enumerate(found[:4]):
            key = screen.key(command.id)
            pieces += [(f" {command.help} ", "plain" if number else "tab"), (f"{key}  ", "key")]
        return Answer(pieces, hints(("enter", "does it")))

    def completed(text: str, step: int) -> str | None:
        return found[0].help if (found := meant(text)) else None

    return Question(":", changed, entered, completed)


def ranked(text: str, macros: Iterable[Command] = ()) -> list[Command]:
    """The commands and macros that fit these words, the best first; all where there are none."""
    wanted, known = text.strip().casefold(), [*COMMANDS, *macros]
    if not wanted:
        return known
    from rapidfuzz import fuzz

    def score(command: Command) -> float:
        whole = f"{command.words} {command.help} {command.id}".casefold()
        starts = any(word.startswith(wanted) for word in whole.split())
        meant = any(word.startswith(wanted) for word in EVERYDAY.get(command.id, "").split())
        return 100.0 * (wanted in whole) + 50.0 * starts + 260.0 * meant + fuzz.WRatio(wanted, whole)

    scored = [(score(command), command) for command in known]
    scored.sort(key=lambda pair: -pair[0])
    return [command for points, command in scored if points >= 75.0]
