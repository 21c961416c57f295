"""Queries made of others: not, and, or. Printed and read again they are the same values."""

from typing import Protocol

from msgspec import Struct

from tui.papers.asked import Asked


class Query(Protocol):
    """Called on a paper, says whether it is wanted; printed, gives its text.

    `needs_text` says whether an abstract may have to be read; `wanted` are the words to highlight.
    """

    def __call__(self, asked: Asked, /) -> bool: ...
    def __str__(self) -> str: ...
    @property
    def needs_text(self) -> bool: ...
    @property
    def wanted(self) -> tuple[str, ...]: ...


class Not(Struct, frozen=True):
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
        return f"-({self.term})" if isinstance(self.term, All | Any | Not) else f"-{self.term}"


class _Several(Struct, frozen=True):
    """What all queries of several terms say of them."""

    terms: tuple[Query, ...]

    @property
    def needs_text(self) -> bool:
        """Whether any term does."""
        return any(term.needs_text for term in self.terms)

    @property
    def wanted(self) -> tuple[str, ...]:
        """The words of all terms."""
        return tuple(word for term in self.terms for word in term.wanted)


class All(_Several, frozen=True):
    """Every term holds; no term at all is everything."""

    terms: tuple[Query, ...] = ()

    def __call__(self, asked: Asked) -> bool:
        return all(term(asked) for term in self.terms)

    def __str__(self) -> str:
        if len(self.terms) == 1:
            return str(self.terms[0])
        return " ".join(f"({term})" if isinstance(term, Any) else str(term) for term in self.terms)

    def __bool__(self) -> bool:
        return bool(self.terms)


class Any(_Several, frozen=True):
    """One of the terms holds, or several."""

    terms: tuple[Query, ...]

    def __call__(self, asked: Asked) -> bool:
        return any(term(asked) for term in self.terms)

    def __str__(self) -> str:
        return " OR ".join(map(str, self.terms))


EVERYTHING = All()


def both(one: All, other: All) -> All:
    """What both want; the cheap terms are asked first."""
    terms = (*one.terms, *other.terms)
    return All(tuple(sorted(terms, key=lambda term: term.needs_text)))
