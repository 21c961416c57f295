"""What a query may ask about one paper, and the names it has for that: states, facts, numbers, places."""

import operator
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Protocol

from tui.papers.paper import Paper
from tui.papers.triage import Triage


class Decided(Protocol):
    """As much of a paper as a state asks about."""

    @property
    def triage(self) -> Triage: ...
    @property
    def is_new(self) -> bool: ...


class Asked(Decided, Protocol):
    """What a query may ask about one paper. `abstract` and `text` are dearer than the rest.

    `title`, `abstract`, `note` and `text` (title, a line break, abstract) are folded to words; `digests`
    are the names of those it was seen in; `decided` are the days on which something was decided that
    stands; `now` is the moment in the zone whose days are meant.
    """

    @property
    def paper(self) -> Paper: ...
    @property
    def title(self) -> str: ...
    @property
    def abstract(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def digests(self) -> tuple[str, ...]: ...
    @property
    def decided(self) -> tuple[date, ...]: ...
    @property
    def now(self) -> datetime: ...

    def in_act(self, prefix: str, /) -> bool:
        """Whether it is a paper of an act whose id begins so."""

    def in_view(self, name: str, /) -> bool:
        """Whether the view of this name holds the paper."""

    def is_close(self, words: str, /) -> bool:
        """Whether the paper has these words, or some spelt nearly so."""


STATES: Mapping[str, Callable[[Decided], bool]] = {
    "inbox": lambda asked: asked.triage.undecided,
    "unread": lambda asked: not asked.triage.read,
    "read": lambda asked: asked.triage.read,
    "starred": lambda asked: asked.triage.starred,
    "later": lambda asked: asked.triage.later,
    "tagged": lambda asked: bool(asked.triage.tags),
    "noted": lambda asked: bool(asked.triage.note),
    "new": lambda asked: asked.is_new,
}

#: what a paper can have
HAVINGS: Mapping[str, Callable[[Asked], bool]] = {
    "link": lambda asked: bool(asked.paper.links or asked.paper.arxiv_ids),
    "date": lambda asked: asked.paper.published is not None,
    "note": lambda asked: bool(asked.triage.note),
    "abstract": lambda asked: asked.paper.abstract_at is not None,
    "tag": lambda asked: bool(asked.triage.tags),
    "authors": lambda asked: NUMBERS["authors"](asked.paper) is not None,
    "comments": lambda asked: bool(asked.paper.comments),
    "upvotes": lambda asked: bool(asked.paper.upvotes),
    "arxiv": lambda asked: bool(asked.paper.arxiv_ids),
}

#: the numbers of a paper that can be compared; None where no digest gave one
NUMBERS: Mapping[str, Callable[[Paper], int | None]] = {
    "authors": lambda paper: paper.authors_count if paper.authors_count is not None else _named(paper),
    "comments": lambda paper: paper.comments,
    "upvotes": lambda paper: paper.upvotes,
}

COMPARISONS: Mapping[str, Callable[[int, int], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
}

#: the places that are searched for words; without one, title, abstract, tags and note are
PLACES: Mapping[str, Callable[[Asked], str]] = {
    "title": lambda asked: asked.title,
    "abstract": lambda asked: asked.abstract,
    "note": lambda asked: asked.note,
}


def _named(paper: Paper) -> int | None:
    return len(paper.authors) or None
