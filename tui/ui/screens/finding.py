"""The filter line: every key narrows the list; leaving puts back what was there."""

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from rich.style import Style
from rich.text import Text

from tui.errors import QueryError
from tui.papers.query import FIELDS, All, in_words, parse
from tui.papers.text import clean
from tui.ui.completing import Completion, completion, corrected, counts, wrong_part
from tui.ui.given import REMEMBERED
from tui.ui.messages import Message, Piece
from tui.ui.screens.questions import UNDERLINE, completions, hints
from tui.ui.widgets.prompt import Answer, Question

if TYPE_CHECKING:
    from tui.ui.screens.triage import TriageScreen

_FIELD = re.compile(rf"(?<!\S)[-(]*(?:(?:{'|'.join(FIELDS)}):|#|~)", re.IGNORECASE)
_CLOSING: Message = (("enter", "key"), (" keep  ", "soft"), ("escape", "key"), (" back", "soft"))
_NOTHING = {
    "inbox": "Nothing in the inbox",
    "starred": "Nothing starred",
    "later": "Nothing put off",
    "all": "Nothing here",
}


class Finding:
    """What is asked by `/`; `question` is for the prompt."""

    def __init__(self, screen: "TriageScreen") -> None:
        self._screen, desk = screen, screen.desk
        self._before, self._shown, self._unfinished = desk.view.filter, desk.shown(), desk.unfinished
        self._begun = self._finder = desk.finder
        here = screen.papers.paper
        self._at = here.id if here else ""
        self._top = screen.papers.shown_rows().start
        self._tags: list[str] | None = None
        self._good = self._before
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
        screen.searching.prepare()

    # -- while typing -------------------------------------------------------------------------

    def _changed(self, text: str) -> Answer:
        desk = self._screen.desk
        try:
            query = self._parsed(self._said(text))
        except QueryError as error:
            with suppress(QueryError):  # what stands before may be but half of something
                self._look(self._parsed(text[: text.rfind(" ", 0, error.column) + 1]))
            return self._pointing(text, error)
        searching = self._screen.searching
        stopped = desk.unfinished and not (searching.going or searching.wrong)
        if query != self._good or desk.finder is not self._finder or stopped:
            self._look(query)
        return self._answer(text)

    def _look(self, query: All) -> None:
        self._good, self._finder = query, self._screen.desk.finder
        self._screen.searching.look(query, self._at, self._heard)

    def _heard(self) -> None:
        """More was found."""
        self._screen.prompt.look()

    def _parsed(self, text: str) -> All:
        return parse(text, self._screen.library.views.names)

    def _pointing(self, text: str, error: QueryError) -> Answer:
        words: list[Piece] = [("^ ", "error"), (str(error), "plain")]
        if fixed := corrected(text, error):
            reason = str(error).partition(";")[0]
            words = [("^ ", "error"), (f"{reason}; ", "plain"), ("tab", "key")]
            words.append((f" makes it {clean(fixed[1])}", "soft"))
        return Answer(words, right="list as before", at=error.column)

    def _answer(self, text: str) -> Answer:
        screen = self._screen
        found, more = len(screen.desk.rows), screen.searching.going
        otherwise = screen.searching.otherwise
        if otherwise or more:
            found = 0 if otherwise else found
        right = f"{found:,}{screen.app.glyphs.ellipsis if more else ''} of {screen.desk.whole:,}"
        if wrong := screen.searching.wrong:
            return Answer(((str(wrong), "error"),), right=right)
        if done := self._completion(text):
            if done.field:
                names = counts(done, screen.library, screen.desk.rows)
                shown = completions(done.names, names.get)
                return Answer(shown, hints(("tab", "takes it")), right, done.at)
            if found or more:
                return Answer(completions(done.names), hints(("tab", "takes it")), right, done.at)
        if not found and not more and self._good:
            return Answer(self._nothing(text), right=right)
        words = clean(in_words(self._good)) if self._good else ""
        return Answer(((words, "soft"),) if words else (), _CLOSING, right)

    def _nothing(self, text: str) -> Message:
        screen, otherwise = self._screen, self._screen.searching.otherwise
        query, name = self._good, screen.desk.view.name
        has = "has" if query.wanted else "matches"
        where = _NOTHING.get(name, f"Nothing in {clean(name)}")
        words: list[Piece] = []
        if otherwise and otherwise.close:
            words.append((" Close: ", "soft"))
            for number, close in enumerate(otherwise.close):
                words.append(
                    (f"{'' if not number else ', '}{clean(close.text)} ({close.papers:,})", "strong")
                )
                if not number:
                    words += [(" ", "soft"), ("tab", "key"), (" takes it", "soft")]
        if otherwise and otherwise.everywhere:
            words.append((f" In all views: {otherwise.everywhere:,}.", "soft"))
        room = screen.size.width - 8 - sum(len(text) for text, _ in words)
        whole = f"{where} {has} “{clean(str(query))}”."
        return [(whole if len(whole) <= room or not words else "Nothing found.", "plain"), *words]

    def _completion(self, text: str) -> Completion | None:
        return completion(text, self._screen.library, self._known_tags)

    def _known_tags(self) -> list[str]:
        """The tags in use, the most used first; counted once, when they are first asked for."""
        if self._tags is None:
            self._tags = [tag for tag, _ in self._screen.library.tags().most_common()]
        return self._tags

    def _said(self, text: str) -> str:
        """The text without a field whose value is only begun: the list waits for the rest."""
        done = self._completion(text)
        return text[: text.rfind(" ", 0, done.at) + 1] if done and done.waits else text

    def _completed(self, text: str, step: int) -> str | None:
        otherwise = self._screen.searching.otherwise
        try:
            self._parsed(self._said(text))
        except QueryError as error:
            fixed = corrected(text, error)
            return fixed[0] if fixed else None
        if otherwise and otherwise.close:
            return f"{otherwise.close[0].text} "
        return done.taken(text) if (done := self._completion(text)) else None

    def _colours(self, text: Text) -> None:
        """Words bold, fields in the colour of tags, what is wrong underlined."""
        ink = self._screen.app.ink
        text.stylize(ink.strong)
        for match in _FIELD.finditer(text.plain):
            text.stylize(ink.tag + Style(bold=False), *match.span())
        try:
            self._parsed(self._said(text.plain))
        except QueryError as error:
            text.stylize(ink.error + UNDERLINE, *wrong_part(text.plain, error.column))

    # -- at the end ---------------------------------------------------------------------------

    def _entered(self, text: str) -> bool:
        screen = self._screen
        try:
            query = self._parsed(text)
        except QueryError:
            return False
        if query != self._good:
            self._look(query)
        self._remember(query)
        screen.searching.keep(self._kept)
        screen.say()
        if not screen.searching.going:
            self._kept()
        return True

    def _remember(self, query: All) -> None:
        if text := str(query):
            past = [known for known in self._screen.queries if known != text]
            self._screen.queries[:] = [*past, text][-REMEMBERED:]

    def _kept(self) -> None:
        """Say what was found for a filter that is kept; close spellings take its place."""
        screen, searching = self._screen, self._screen.searching
        otherwise, query = searching.otherwise, screen.desk.view.filter
        if searching.wrong:
            screen.say((str(searching.wrong), "error"))
        elif otherwise and otherwise.close and otherwise.found:
            close = otherwise.close[0]
            meant = All((close.query,)) if not isinstance(close.query, All) else close.query
            here = screen.papers.paper
            screen.lay(screen.desk.show(meant, otherwise.found, here.id if here else ""))
            words = f"Nothing has “{clean(str(query))}”; these have “{clean(close.text)}”. "
            screen.say((words, "plain"), (screen.key("app.back"), "key"), (" drops the filter.", "soft"))
            searching.otherwise = None
        elif not screen.desk.rows and query:
            screen.say(
                ("Nothing matches. ", "plain"),
                (screen.key("app.back"), "key"),
                (" drops the filter.", "soft"),
            )
        screen.bars.renew()

    def _left(self, text: str) -> None:
        """The list as it was, line by line."""
        screen, desk = self._screen, self._screen.desk
        screen.searching.drop()
        if desk.finder is not self._begun:
            screen.going.narrow(self._before, screen.papers.paper)
            return
        if desk.view.filter != self._before or desk.rows is not self._shown.papers:
            screen.lay(desk.show(self._before, self._shown, self._at))
            screen.papers.go(self._top, top=True)
            screen.papers.go(desk.index_of(self._at) or 0)
        if self._unfinished:
            screen.searching.finish()
