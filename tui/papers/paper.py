"""What comes out of a digest (records) and what the library keeps (papers, digests)."""

import datetime
from typing import Annotated

from msgspec import Meta, Struct, field

#: a moment in UTC; one that does not say its zone is refused
Moment = Annotated[datetime.datetime, Meta(tz=True)]


class Sighting(Struct, frozen=True, gc=False, array_like=True, order=True):
    """Where a paper was seen: a digest's id and the record's place in it, counted from 1."""

    digest: str
    position: int


class Record(Struct, frozen=True, kw_only=True):
    """One paper as one digest gives it; text exactly as it came, absent facts are None or empty."""

    title: str
    abstract: str = ""
    authors: tuple[str, ...] = ()
    authors_count: int | None = None
    published: datetime.date | None = None
    year_inferred: bool = False
    comments: int | None = None
    upvotes: int | None = None
    arxiv_id: str | None = None
    links: tuple[str, ...] = ()


class Reject(Struct, frozen=True):
    """A piece of a digest that is no record: the line it begins on (from 1) and why."""

    line: int
    reason: str


class Digest(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One imported file. `id` is 12 hex digits of BLAKE2b over its text; times are UTC.

    `place` is that of the file among those imported at the same moment.
    """

    id: str
    name: str
    path: str
    format: str
    date: datetime.date | None = None
    year_inferred: bool = False
    imported: Moment
    place: int = 0
    records: int = 0
    rejected: int = 0


class Reading(Struct, frozen=True, kw_only=True):
    """What reading one file gave, in the file's own order.

    `yearless` counts the dates that were left out because nothing said their year.
    """

    digest: Digest
    records: tuple[Record, ...]
    rejects: tuple[Reject, ...] = ()
    yearless: int = 0


class Paper(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """One paper, joined from all its records; its abstract is kept apart.

    `id` is the smallest of the `keys` that have an abstract; `known_as` are all of them, where there are more
    than that one: a library holds 100,000 papers, and hardly any has two. `arxiv_ids` are sorted, without
    versions. `titles` are the keys of its records' titles other than `title`. `abstract_at` is
    where the store keeps the abstract (None: the digests gave none). Times are UTC.
    """

    id: str
    known_as: tuple[str, ...] = field(default=(), name="keys")
    title: str
    authors: tuple[str, ...] = ()
    authors_count: int | None = None
    published: datetime.date | None = None
    year_inferred: bool = False
    comments: int | None = None
    upvotes: int | None = None
    arxiv_ids: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    added: Moment
    titles: tuple[str, ...] = ()
    abstract_at: tuple[int, int] | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of its records, sorted."""
        return self.known_as or (self.id,)

    @property
    def arxiv_id(self) -> str | None:
        """The arXiv id without version, the smallest where its records disagree."""
        return self.arxiv_ids[0] if self.arxiv_ids else None
