"""What the prompt asks: a query, tags, a note, a file, a command, or one of a few."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.highlighter import Highlighter
from rich.text import Text

from tui.errors import QueryError
from tui.papers.query import STATES, All, parse
from tui.papers.saying import counted, tag_name
from tui.papers.text import clean
from tui.papers.triage import TAG
from tui.papers.view import BUILT_IN, ORDERS
from tui.ui.commands import COMMANDS, Command
from tui.ui.messages import Message, Piece
from tui.ui.widgets.prompt import Answer, Question

if TYPE_CHECKING:
    from tui.ui.look import Ink
    from tui.ui.screens.triage import TriageScreen

_FIELD = re.compile(r"(?<!\S)-?(?:(?:tag|is):|#)")
_LAST = re.compile(r"\S*$")
#: a line break of a note, in a prompt of one line
BREAK = " ⏎ "
_CLOSING: Message = (("enter", "key"), (" keep  ", "soft"), ("escape", "key"), (" back", "soft"))


def hints(*pairs: tuple[str, str]) -> Message:
    """Keys and what they do in the prompt."""
    pieces: list[Piece] = []
    for key, words in pairs:
        pieces += [(key, "key"), (f" {words}  ", "soft")]
    return pieces


def completions(names: Sequence[str], counts: Callable[[str], int] | None = None, most: int = 8) -> Message:
    """The names that could follow, the one that tab takes first and reversed."""
    pieces: list[Piece] = []
    for number, name in enumerate(names[:most]):
        pieces.append((f" {name} ", "plain" if number else "tab"))
        if counts:
            pieces.append((f"{counts(name)} ", "soft"))
    return pieces


class QueryColours(Highlighter):
    """Fields in the colour of tags, words bold."""

    def __init__(self, ink: "Callable[[], Ink]", active: Callable[[], bool]) -> None:
        self._ink, self._active = ink, active

    def highlight(self, text: Text) -> None:
        """Colour one line of a query."""
        if self._active():
            text.stylize(self._ink().strong)
            for match in _FIELD.finditer(text.plain):
                text.stylize(self._ink().tag, *match.span())


class Finding:
    """The filter line: every key narrows the list; leaving puts back what was there."""

    def __init__(self, screen: "TriageScreen") -> None:
        self._screen = screen
        self._before = screen.desk.view.filter
        self._at = screen.papers.paper
        self.question = Question(
            "/",
            self._changed,
            self._entered,
            self._completed,
            self._left,
            text=f"{self._before} " if self._before else "",
            history=screen.queries,
        )

    def _changed(self, text: str) -> Answer:
        screen = self._screen
        try:
            query = parse(text)
        except QueryError as error:
            under: Message = (("^ ", "error"), (str(error), "plain"))
            return Answer(under, right="list as before", at=error.column)
        screen.narrow(query, self._at)
        found = len(screen.desk.rows)
        right = f"{found:,} of {screen.in_view():,}"
        names = self._names(text)
        if names:
            at = _LAST.search(text)
            return Answer(
                completions(names),
                hints(("tab", "takes it")) if len(names) else (),
                right,
                at.start() if at else 0,
            )
        if not found and query:
            everywhere = screen.desk.found_in_all()
            return Answer(self._nothing(query, everywhere), _CLOSING, right)
        return Answer((), _CLOSING, right)

    def _nothing(self, query: All, everywhere: int) -> Message:
        name = self._screen.desk.view.name
        words = f"Nothing in {name} for {clean(str(query))}."
        where = f" In all views: {everywhere:,}." if everywhere and name != "all" else ""
        return ((words, "plain"), (where, "soft"))

    def _names(self, text: str) -> list[str]:
        """What could follow the word that is being typed."""
        match = _LAST.search(text)
        word = match[0].lstrip("-") if match else ""
        if word.startswith("is:"):
            part = word.removeprefix("is:").casefold()
            return [name for name in STATES if name.startswith(part) and name != part]
        if word.startswith(("tag:", "#")):
            part = word.removeprefix("tag:").removeprefix("#").casefold()
            tags = [tag for tag, _ in self._screen.library.tags().most_common()]
            return [tag for tag in tags if tag.casefold().startswith(part) and tag.casefold() != part]
        return []

    def _completed(self, text: str, step: int) -> str | None:
        names = self._names(text)
        if not names:
            return None
        match = _LAST.search(text)
        word = match[0] if match else ""
        lead = re.match(r"-?(?:is:|tag:|#)", word)
        return text[: len(text) - len(word)] + (lead[0] if lead else "") + names[0] + " "

    def _entered(self, text: str) -> bool:
        screen = self._screen
        try:
            query = parse(text)
        except QueryError:
            return False
        if query:
            screen.queries.append(str(query))
        screen.narrow(query, screen.papers.paper or self._at)
        if not screen.desk.rows and query:
            screen.say(
                ("Nothing matches. ", "plain"),
                (screen.key("app.back"), "key"),
                (" drops the filter.", "soft"),
            )
        else:
            screen.say()
        return True

    def _left(self, text: str) -> None:
        self._screen.narrow(self._before, self._at)


def tagging(screen: "TriageScreen") -> Question | None:
    """Ask for tags: several at once, -name takes one off."""
    paper = screen.papers.paper
    if paper is None:
        return None
    known = screen.library.tags()
    worn = screen.library.triage(paper.id).tags

    def offered(text: str) -> list[str]:
        word = text.split(" ")[-1]
        typed = {part.lstrip("-#").casefold() for part in text.split(" ")[:-1]}
        if word.startswith("-"):
            names: Sequence[str] = worn
        else:
            names = [tag for tag, _ in known.most_common() if tag not in worn]
        part = word.lstrip("-#").casefold()
        if not part and not word.startswith("-"):
            return [name for name in names if name.casefold() not in typed] if text else []
        found = [name for name in names if name.casefold() not in typed and part in name.casefold()]
        return sorted(found, key=lambda name: not name.casefold().startswith(part))

    def changed(text: str) -> Answer:
        if (wrong := _wrong_tag(text)) is not None:
            return Answer(
                (("^ ", "error"), (f"“{clean(wrong)}” cannot be a tag", "plain")), at=text.find(wrong)
            )
        names = offered(text)
        if names:
            keys = hints(("tab", "takes it"), ("-name", "takes off"), ("enter", "tag"))
            return Answer(completions(names, lambda name: known[name]), keys, at=text.rfind(" ") + 1)
        if not text and worn:
            wears: list[Piece] = [("wears ", "soft"), (" ".join(f"#{clean(tag)}" for tag in worn), "tag")]
            return Answer(wears, hints(("-name", "takes one off"), ("escape", "back")))
        return Answer((), hints(("enter", "tag"), ("escape", "back")))

    def completed(text: str, step: int) -> str | None:
        names = offered(text)
        if not names:
            return None
        word = text.split(" ")[-1]
        lead = "-" if word.startswith("-") else ""
        return f"{text[: len(text) - len(word)]}{lead}{names[0]} "

    def entered(text: str) -> bool:
        if _wrong_tag(text) is not None:
            return False
        sets = {}
        spelled = {tag.casefold(): tag for tag in known}
        for part in text.split():
            name = tag_name(part.removeprefix("-")) or ""
            sets[TAG + spelled.get(name.casefold(), name)] = not part.startswith("-")
        if sets:
            screen.deciding.set_tags([paper], sets)
        return True

    return Question("tag", changed, entered, completed)


def _wrong_tag(text: str) -> str | None:
    """The first word that is no tag, the one being typed excepted while it is but a sign."""
    return next(
        (p for p in text.split() if p not in ("-", "#", "-#") and tag_name(p.removeprefix("-")) is None), None
    )


def noting(screen: "TriageScreen") -> Question | None:
    """Ask for a note of one line; leaving with unsaved text asks what to do with it."""
    paper = screen.papers.paper
    if paper is None:
        return None
    before = screen.library.triage(paper.id).note.replace("\n", BREAK)

    def keep(text: str) -> bool:
        screen.deciding.set_note(paper, text.strip().replace(BREAK, "\n").replace(BREAK.strip(), "\n"))
        return True

    def ask(text: str) -> Question:
        def left(unsaved: str) -> None:
            if unsaved.strip() != before.strip():
                screen.ask(unsure(unsaved))

        answer = Answer((), hints(("enter", "keep"), ("escape", "back")))
        return Question("note", lambda typed: answer, keep, left=left, text=text)

    def unsure(text: str) -> Question:
        keys: Message = hints(("enter", "keep it"), ("d", "drop it"), ("any other key", "go on writing"))
        return Question(
            "The note is not kept yet.",
            lambda typed: Answer(keys),
            left=lambda typed: screen.ask(ask(text)),
            choices={
                "enter": lambda: _do(lambda: keep(text)),
                "d": lambda: screen.say(("The note is as it was.", "plain")),
            },
        )

    return ask(before)


def _do(act: Callable[[], object]) -> None:
    act()


def exporting(screen: "TriageScreen", write: Callable[[Path], None]) -> Question:
    """Ask where the starred papers go; the file's ending says the format."""
    number = screen.library.counts()["starred"]

    def changed(text: str) -> Answer:
        path = Path(text.strip()).expanduser()
        format_name = screen.export_for(path).name
        words = f"{counted(number, 'starred paper')} as {format_name}"
        if text.strip() and path.is_file():
            words += "; replaces the file that is there"
        return Answer(((words, "soft"),), hints(("enter", "write"), ("escape", "back")))

    def entered(text: str) -> bool:
        if text.strip():
            write(Path(text.strip()))
        return bool(text.strip())

    return Question("export to", changed, entered, text=screen.export_path)


def choosing(
    label: str, options: Sequence[tuple[str, str, Callable[[], None]]], keys: dict[str, str] | None = None
) -> Question:
    """Ask for one of a few by a single key: key, words, what it does. `keys` are other keys for the same."""
    under: list[Piece] = []
    for key, words, _ in options:
        under += [(key, "key"), (f" {words}   ", "plain")]
    choices = {key: act for key, _, act in options}
    for other, key in (keys or {}).items():
        choices.setdefault(other, choices[key])
    return Question(label, lambda text: Answer(under), choices=choices)


def views(screen: "TriageScreen") -> Question:
    """Ask for a view."""
    counts = screen.library.counts()

    def go(name: str) -> Callable[[], None]:
        return lambda: screen.show_view(name)

    options = [
        (str(n), f"{view.name} {counts[view.name]:,}", go(view.name)) for n, view in enumerate(BUILT_IN, 1)
    ]
    letters = {view.name[0]: str(number) for number, view in enumerate(BUILT_IN, 1)}
    return choosing("Which view?", options, letters)


def orders(screen: "TriageScreen") -> Question:
    """Ask for an order."""

    def go(name: str) -> Callable[[], None]:
        return lambda: screen.show_order(name, False)

    options = [(name[0], words, go(name)) for name, (words, _) in ORDERS.items()]
    view = screen.desk.view
    options.append(("r", "reversed", lambda: screen.show_order(view.order, not view.reverse)))
    return choosing("Which order?", options)


def themes(screen: "TriageScreen") -> Question:
    """Ask for a theme, showing each as it is named."""
    names = sorted(screen.app.available_themes, key=lambda name: (not name.startswith("papertui"), name))
    before = screen.app.theme

    def matching(text: str) -> list[str]:
        return [name for name in names if text.strip().casefold() in name]

    def changed(text: str) -> Answer:
        found = matching(text)
        if text.strip() and found:
            screen.app.theme = found[0]
        return Answer(
            completions(found, most=5), hints(("tab", "takes it"), ("enter", "keep"), ("escape", "back"))
        )

    def left(text: str) -> None:
        screen.app.theme = before

    return Question(
        "theme", changed, lambda text: True, lambda text, step: next(iter(matching(text)), None), left
    )


def palette(screen: "TriageScreen", run: Callable[[str], None]) -> Question:
    """Ask for any command by a word of what it does."""

    def entered(text: str) -> bool:
        found = ranked(text)
        if found:
            screen.prompt.close()
            run(found[0].id)
        return bool(found)

    def changed(text: str) -> Answer:
        found = ranked(text)
        if not found:
            return Answer(
                (
                    ("No command like that; ", "plain"),
                    (screen.key("app.help"), "key"),
                    (" shows all.", "soft"),
                )
            )
        pieces: list[Piece] = []
        for number, command in enumerate(found[:4]):
            keys = " ".join(screen.given.keys.keys_of(command.id)[:1])
            pieces += [(f" {command.help} ", "plain" if number else "tab"), (f"{keys}  ", "key")]
        return Answer(pieces, hints(("enter", "does it")))

    def completed(text: str, step: int) -> str | None:
        return found[0].help if (found := ranked(text)) else None

    return Question(":", changed, entered, completed)


def ranked(text: str) -> list[Command]:
    """The commands that fit these words, the best first; all where there are none."""
    wanted = text.strip().casefold()
    if not wanted:
        return list(COMMANDS)
    from rapidfuzz import fuzz

    def score(command: Command) -> float:
        whole = f"{command.words} {command.help} {command.id}".casefold()
        starts = any(word.startswith(wanted) for word in whole.split())
        return 100.0 * (wanted in whole) + 50.0 * starts + fuzz.WRatio(wanted, whole)

    scored = [(score(command), command) for command in COMMANDS]
    scored.sort(key=lambda pair: -pair[0])
    return [command for points, command in scored if points >= 75.0]
