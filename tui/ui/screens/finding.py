"""The filter line: every key narrows the list; leaving puts back what was there."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.style import Style
from rich.text import Text

from tui.errors import QueryError
from tui.papers.query import STATES, All, parse
from tui.papers.text import clean
from tui.papers.triage import Triage
from tui.ui.messages import Message
from tui.ui.screens.questions import UNDERLINE, completions, hints
from tui.ui.widgets.prompt import Answer, Question

if TYPE_CHECKING:
    from tui.ui.screens.triage import TriageScreen

_FIELD = re.compile(r"(?<!\S)-?(?:(?:tag|is):|#)")
_LAST = re.compile(r"(?<!\S)(?P<lead>-?(?:is:|tag:|#))(?P<part>\S*)$")
_WRONG = re.compile(r"[^\s:]+")
_CLOSING: Message = (("enter", "key"), (" keep  ", "soft"), ("escape", "key"), (" back", "soft"))
#: with more papers than this it is not counted what each completion would find
_COUNTED = 5_000
_NOTHING = {
    "inbox": "Nothing in the inbox",
    "starred": "Nothing starred",
    "later": "Nothing put off",
    "all": "Nothing here",
}


@dataclass(frozen=True)
class _Asked:
    """As much of a paper as a state asks about."""

    triage: Triage
    is_new: bool
    text: str = ""


class Finding:
    """What is asked by `/`; `question` is for the prompt."""

    def __init__(self, screen: "TriageScreen") -> None:
        self._screen = screen
        self._before = screen.desk.view.filter
        self._at = screen.papers.paper
        self._top = screen.papers.shown_rows().start
        self.question = Question(
            "/",
            self._changed,
            self._entered,
            self._completed,
            self._left,
            text=f"{self._before} " if self._before else "",
            history=screen.queries,
            colours=self._colours,
        )

    # -- while typing -------------------------------------------------------------------------

    def _changed(self, text: str) -> Answer:
        screen = self._screen
        try:
            query = parse(self._said(text))
        except QueryError as error:
            wrong = text.rfind(" ", 0, error.column) + 1
            with suppress(QueryError):  # what stands before may be but half of something
                screen.going.narrow(parse(text[:wrong]), self._at)
            under: Message = (("^ ", "error"), (str(error), "plain"))
            return Answer(under, right="list as before", at=error.column)
        screen.going.narrow(query, self._at)
        found = len(screen.desk.rows)
        right = f"{found:,} of {screen.desk.whole:,}"
        if (last := _LAST.search(text)) and (names := self._names(last)):
            counts = self._counts(last, names)
            return Answer(completions(names, counts.get), hints(("tab", "takes it")), right, last.start())
        if not found and query:
            return Answer(self._nothing(query), right=right)
        return Answer((), _CLOSING, right)

    def _nothing(self, query: All) -> Message:
        name = self._screen.desk.view.name
        has = "has" if query.wanted else "matches"
        words = f"{_NOTHING[name]} {has} “{clean(str(query))}”."
        everywhere = self._screen.desk.found_in_all()
        where = f" In all views: {everywhere:,}." if everywhere and name != "all" else ""
        return ((words, "plain"), (where, "soft"))

    def _known(self, last: re.Match[str]) -> Sequence[str]:
        if last["lead"].endswith("is:"):
            return list(STATES)
        return [tag for tag, _ in self._screen.library.tags().most_common()]

    def _names(self, last: re.Match[str]) -> list[str]:
        """What could follow in the field that is being typed."""
        part = last["part"].casefold()
        return [
            name for name in self._known(last) if name.casefold().startswith(part) and name != last["part"]
        ]

    def _said(self, text: str) -> str:
        """The text without a field whose value is only begun: the list waits for the rest."""
        last = _LAST.search(text)
        if last is None or not self._names(last):
            return text
        whole = any(name.casefold() == last["part"].casefold() for name in self._known(last))
        return text if whole else text[: last.start()]

    def _counts(self, last: re.Match[str], names: Sequence[str]) -> dict[str, int]:
        """How many of the papers found so far each of these would leave."""
        library, rows = self._screen.library, self._screen.desk.rows
        if len(rows) > _COUNTED:
            return {}
        triages = [library.triage(paper.id) for paper in rows]
        if not last["lead"].endswith("is:"):
            return {name: sum(name in triage.tags for triage in triages) for name in names}
        newest = max((paper.added for paper in library.papers.values()), default=None)
        asked = [_Asked(t, paper.added == newest) for t, paper in zip(triages, rows, strict=True)]
        return {name: sum(STATES[name](one) for one in asked) for name in names}

    def _completed(self, text: str, step: int) -> str | None:
        last = _LAST.search(text)
        if last is None or not (names := self._names(last)):
            return None
        return f"{text[: last.start('part')]}{names[0]} "

    def _colours(self, text: Text) -> None:
        """Words bold, fields in the colour of tags, what is wrong underlined."""
        ink = self._screen.app.ink
        text.stylize(ink.strong)
        for match in _FIELD.finditer(text.plain):
            text.stylize(ink.tag + Style(bold=False), *match.span())
        try:
            parse(self._said(text.plain))
        except QueryError as error:
            wrong = _WRONG.match(text.plain, error.column)
            text.stylize(ink.error + UNDERLINE, error.column, wrong.end() if wrong else None)

    # -- at the end ---------------------------------------------------------------------------

    def _entered(self, text: str) -> bool:
        screen = self._screen
        try:
            query = parse(text)
        except QueryError:
            return False
        if query:
            screen.queries.append(str(query))
        screen.going.narrow(query, screen.papers.paper or self._at)
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
        """The list as it was, line by line."""
        screen = self._screen
        if screen.desk.view.filter != self._before:
            screen.going.narrow(self._before, self._at)
            screen.papers.go(self._top, top=True)
            screen.papers.go(screen.desk.index_of(self._at.id) or 0 if self._at else 0)
