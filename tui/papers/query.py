"""The query language: a text becomes a small frozen value that can be asked about a paper and printed.

transformer "large kernel"     words and phrases: all must occur in title or abstract
tag:vision  #vision            the whole tag
is:unread                      a state (see STATES)
-word  -tag:x                  not
"""

import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from tui.errors import QueryError
from tui.papers.text import words
from tui.papers.triage import Triage


class Asked(Protocol):
    """What a query may ask about one paper; `text` is dearer than the rest."""

    @property
    def triage(self) -> Triage: ...
    @property
    def is_new(self) -> bool: ...
    @property
    def text(self) -> str: ...


class Query(Protocol):
    """Called on a paper, says whether it is wanted; printed, gives its text."""

    def __call__(self, asked: Asked, /) -> bool: ...
    def __str__(self) -> str: ...
    @property
    def needs_text(self) -> bool: ...
    @property
    def wanted(self) -> tuple[str, ...]: ...


STATES: Mapping[str, Callable[[Asked], bool]] = {
    "inbox": lambda asked: asked.triage.undecided,
    "unread": lambda asked: not asked.triage.read,
    "read": lambda asked: asked.triage.read,
    "starred": lambda asked: asked.triage.starred,
    "later": lambda asked: asked.triage.later,
    "tagged": lambda asked: bool(asked.triage.tags),
    "noted": lambda asked: bool(asked.triage.note),
    "new": lambda asked: asked.is_new,
}


@dataclass(frozen=True)
class Word:
    """Folded words that must occur, in a row, in title or abstract."""

    words: str
    written: str
    needs_text = True

    def __call__(self, asked: Asked) -> bool:
        return self.words in asked.text

    def __str__(self) -> str:
        return self.written

    @property
    def wanted(self) -> tuple[str, ...]:
        """The words to highlight."""
        return (self.words,)


@dataclass(frozen=True)
class Tag:
    """The paper wears this tag, whole; case does not matter."""

    name: str
    needs_text = False
    wanted = ()

    def __call__(self, asked: Asked) -> bool:
        name = self.name.casefold()
        return any(tag.casefold() == name for tag in asked.triage.tags)

    def __str__(self) -> str:
        return f"tag:{_quoted(self.name)}"


@dataclass(frozen=True)
class Is:
    """The paper is in this state."""

    state: str
    needs_text = False
    wanted = ()

    def __call__(self, asked: Asked) -> bool:
        return STATES[self.state](asked)

    def __str__(self) -> str:
        return f"is:{self.state}"


@dataclass(frozen=True)
class Not:
    """Whatever the term does not want."""

    term: Query
    wanted = ()

    @property
    def needs_text(self) -> bool:
        """As the term does."""
        return self.term.needs_text

    def __call__(self, asked: Asked) -> bool:
        return not self.term(asked)

    def __str__(self) -> str:
        return f"-{self.term}"


@dataclass(frozen=True)
class All:
    """Every term holds; no term at all is everything."""

    terms: tuple[Query, ...] = ()

    @property
    def needs_text(self) -> bool:
        """Whether any term does."""
        return any(term.needs_text for term in self.terms)

    @property
    def wanted(self) -> tuple[str, ...]:
        """The words of all terms."""
        return tuple(word for term in self.terms for word in term.wanted)

    def __call__(self, asked: Asked) -> bool:
        return all(term(asked) for term in self.terms)

    def __str__(self) -> str:
        return " ".join(map(str, self.terms))

    def __bool__(self) -> bool:
        return bool(self.terms)


EVERYTHING = All()


def both(one: All, other: All) -> All:
    """What both want; the cheap terms are asked first."""
    terms = (*one.terms, *other.terms)
    return All(tuple(sorted(terms, key=lambda term: term.needs_text)))


_TERM = re.compile(
    r"""(?P<not>-?)
        (?: \#(?P<hash>"[^"]*"?|\S+)
          | (?P<field>[A-Za-z_]+):(?P<value>"[^"]*"?|\S+)
          | (?P<phrase>"[^"]*"?)
          | (?P<word>\S+) )""",
    re.VERBOSE,
)


def parse(text: str) -> All:
    """The query a text asks.

    Raises QueryError, whose column lies inside the text.
    """
    return All(tuple(_terms(text)))


def _terms(text: str) -> Iterator[Query]:
    for match in _TERM.finditer(text):
        if term := _term(match):
            yield Not(term) if match["not"] else term


def _term(match: re.Match[str]) -> Query | None:
    for name in ("hash", "value", "phrase"):
        part = match[name] or ""
        if part.startswith('"') and (len(part) == 1 or not part.endswith('"')):
            raise QueryError("this quote is never closed", match.start(name))
    if match["hash"]:
        return _tag(match["hash"], match.start("hash"))
    if match["field"]:
        return _field(match)
    return _word(match["phrase"] or match["word"])


def _word(written: str) -> Word | None:
    """Nothing where it holds no letter or digit: that would want, and highlight, everything."""
    folded = words(written)
    return Word(folded, written) if folded else None


def _field(match: re.Match[str]) -> Query | None:
    name, value = match["field"].casefold(), match["value"]
    if name == "tag":
        return _tag(value, match.start("value"))
    if name == "is":
        state = value.strip('"').casefold()
        if state not in STATES:
            raise QueryError(f"no state “{state}”; {_nearest(state, STATES)}", match.start("value"))
        return Is(state)
    if value.startswith("//"):  # an address is a word
        return _word(f"{match['field']}:{value}")
    raise QueryError(f"no field “{match['field']}”; {_nearest(name, ('tag', 'is'))}", match.start("field"))


def _tag(value: str, column: int) -> Tag:
    name = value.strip('"').strip()
    if not name:
        raise QueryError("a tag's name is missing here", column)
    return Tag(name)


def _nearest(name: str, known: Mapping[str, object] | tuple[str, ...]) -> str:
    close = difflib.get_close_matches(name, list(known), 1, 0.5)
    return f"did you mean {close[0]}?" if close else f"there are {', '.join(known)}"


def _quoted(text: str) -> str:
    return f'"{text}"' if any(map(str.isspace, text)) else text
