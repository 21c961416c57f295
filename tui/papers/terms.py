"""The single things a query can ask for: frozen values that are asked about a paper and print themselves.

A printed term can be read again wherever it stands, and gives the same value.
"""

from datetime import date

from msgspec import Struct

from tui.papers.asked import COMPARISONS, HAVINGS, NUMBERS, PLACES, STATES, Asked
from tui.papers.periods import days, is_ago
from tui.papers.quoting import written
from tui.papers.text import words


class Word(Struct, frozen=True):
    """Folded words that must occur in a row, as parts of words too; `where` is one of PLACES or empty."""

    words: str
    written: str
    where: str = ""

    @property
    def needs_text(self) -> bool:
        """Unless it asks for the title or the note alone."""
        return self.where in ("", "abstract")

    def __call__(self, asked: Asked) -> bool:
        if self.where:
            return self.words in PLACES[self.where](asked)
        tags = asked.triage.tags
        return (
            self.words in asked.text
            or self.words in asked.note
            or bool(tags and any(self.words in words(tag) for tag in tags))
        )

    def __str__(self) -> str:
        return f"{self.where}:{self.written}" if self.where else self.written

    @property
    def wanted(self) -> tuple[str, ...]:
        """The words, unless they are a note's: that is not shown with title and abstract."""
        return () if self.where == "note" else (self.words,)


class Fuzzy(Struct, frozen=True):
    """Folded words that must occur, or others spelt nearly so."""

    words: str
    written: str
    needs_text = True

    def __call__(self, asked: Asked) -> bool:
        return asked.is_close(self.words)

    def __str__(self) -> str:
        return f"~{self.written}"

    @property
    def wanted(self) -> tuple[str, ...]:
        """The words as they were asked for."""
        return (self.words,)


class Tag(Struct, frozen=True):
    """The paper wears this tag, or one that begins so; case does not matter."""

    name: str
    begins: bool = False
    needs_text = False
    wanted = ()

    def __call__(self, asked: Asked) -> bool:
        return _is_named(self, asked.triage.tags)

    def __str__(self) -> str:
        return f"tag:{_name(self)}"


class Digest(Struct, frozen=True):
    """The paper was seen in the digest of this name, or in one whose name begins so."""

    name: str
    begins: bool = False
    needs_text = False
    wanted = ()

    def __call__(self, asked: Asked) -> bool:
        return _is_named(self, asked.digests)

    def __str__(self) -> str:
        return f"digest:{_name(self)}"


def _is_named(term: Tag | Digest, names: tuple[str, ...]) -> bool:
    wanted = term.name.casefold()
    if term.begins:
        return any(name.casefold().startswith(wanted) for name in names)
    return any(name.casefold() == wanted for name in names)


def _name(term: Tag | Digest) -> str:
    return (written(term.name) if term.name or not term.begins else "") + "*" * term.begins


class Author(Struct, frozen=True):
    """An author has a name, or several in a row, that begin with these folded words."""

    words: str
    written: str
    needs_text = False
    wanted = ()

    def __call__(self, asked: Asked) -> bool:
        return any(f" {self.words}" in f" {words(name)}" for name in asked.paper.authors)

    def __str__(self) -> str:
        return f"author:{self.written}"


class Is(Struct, frozen=True):
    """The paper is in this state."""

    state: str
    needs_text = False
    wanted = ()

    def __call__(self, asked: Asked) -> bool:
        return STATES[self.state](asked)

    def __str__(self) -> str:
        return f"is:{self.state}"


class Has(Struct, frozen=True):
    """The paper has this: one of HAVINGS."""

    what: str
    needs_text = False
    wanted = ()

    def __call__(self, asked: Asked) -> bool:
        return HAVINGS[self.what](asked)

    def __str__(self) -> str:
        return f"has:{self.what}"


class Span(Struct, frozen=True):
    """A day of the paper lies between two that are kept as written, both included; an empty one is no bound.

    `field` is published, added or decided; or before (then `last` is not included) or after (nor is
    `first`), which are of the date of publication. A paper without such a day is in no span.
    """

    field: str
    first: str
    last: str
    needs_text = False
    wanted = ()

    def __call__(self, asked: Asked) -> bool:
        now = asked.now
        today = now.date()
        if self.field == "decided":
            return any(self._holds(day, today) for day in asked.decided)
        added = asked.paper.added.astimezone(now.tzinfo).date() if self.field == "added" else None
        day = added or asked.paper.published
        return day is not None and self._holds(day, today)

    def _holds(self, day: date, today: date) -> bool:
        if self.field == "before":
            return day < days(self.last, today)[0]
        if self.field == "after":
            return day > days(self.first, today)[1]
        begun = not self.first or days(self.first, today)[0] <= day
        return begun and (not self.last or day <= days(self.last, today)[1])

    def __str__(self) -> str:
        whole = self.first == self.last and not is_ago(self.first)
        one = whole or self.field in ("before", "after") or self.is_lately
        return f"{self.field}:" + (self.first or self.last if one else f"{self.first}..{self.last}")

    @property
    def is_lately(self) -> bool:
        """Whether it is all since so many days, weeks, months or years ago."""
        return not self.last and is_ago(self.first)


class Compare(Struct, frozen=True):
    """A number of the paper compared with this one; a number that is missing satisfies nothing."""

    field: str
    op: str
    number: int
    needs_text = False
    wanted = ()

    def __call__(self, asked: Asked) -> bool:
        number = NUMBERS[self.field](asked.paper)
        return number is not None and COMPARISONS[self.op](number, self.number)

    def __str__(self) -> str:
        return f"{self.field}:{'' if self.op == '=' else self.op}{self.number}"


class InAct(Struct, frozen=True):
    """The paper is one of an act's whose id begins so, whether that act stands or not."""

    prefix: str
    needs_text = False
    wanted = ()

    def __call__(self, asked: Asked) -> bool:
        return asked.in_act(self.prefix)

    def __str__(self) -> str:
        return f"act:{self.prefix}"


class InView(Struct, frozen=True):
    """The view of this name holds the paper."""

    name: str
    needs_text = False
    wanted = ()

    def __call__(self, asked: Asked) -> bool:
        return asked.in_view(self.name)

    def __str__(self) -> str:
        return f"view:{written(self.name)}"
