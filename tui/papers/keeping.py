"""What the library asks of the place where it lasts. Nothing here knows a disk."""

import zlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Annotated, Protocol

from msgspec import Meta, Struct, field

from tui.papers.paper import Digest, Moment, Paper
from tui.papers.triage import Decision, Triage


class News(Struct):
    """What others appended since the last look: whether papers came, and which decisions."""

    papers: bool = False
    decisions: list[Decision] = field(default_factory=list)


class Entry(Struct, frozen=True, gc=False):
    """Where a decision lies: its id, the act it undoes or redoes, if any, and its place, which rises."""

    id: str
    act: str | None
    place: int


class Snapshot(Struct, frozen=True, array_like=True):
    """What the first so many decisions come to: each kind of triage with the papers of which it stands.

    A paper is said by its place among all papers, and `papers` is what `checksum` made of these, in their
    order; ids name those that are not among them. `takebacks` are the last undo or redo of each act: the
    act, its own id, and whether the act stands. `inbox` are the papers that wait, by their places, in digest
    order, and `last_import` is the moment at which the last papers came, and their number; None where
    anything is forgotten.
    """

    papers: int
    kinds: list[tuple[Triage, list[Annotated[int, Meta(ge=0)]], list[str]]]
    takebacks: list[tuple[str, str, bool]]
    newest: str
    acts: int
    in_order: bool
    inbox: list[Annotated[int, Meta(ge=0)]] | None
    last_import: tuple[Moment | None, int] | None


def checksum(ids: Iterable[str]) -> int:
    """Of ids in their order: others, or in another order, have another one."""
    return zlib.crc32("\n".join(ids).encode())


class Source(Protocol):
    """A library to be read: papers as they were last written, digests, decisions and abstracts."""

    def papers(self) -> Iterable[Paper]:
        """Every paper as it was last written."""

    def digests(self) -> Iterable[Digest]:
        """Every digest, in the order in which they were written."""

    def decisions(self) -> Iterable[Decision]:
        """Every decision, in the order in which they were written."""

    def abstract(self, paper: Paper) -> str:
        """The abstract that lies where the paper says. Raises LibraryError where it cannot be read."""


class Store(Source, Protocol):
    """Where a library lasts. What cannot be written raises LibraryError and changes nothing."""

    def by_stored_id(self) -> dict[str, Paper]:
        """Every paper as it was last written, by the id it is stored under; the caller's to change."""

    def takebacks(self) -> Iterable[Decision]:
        """The undos and redos among the decisions."""

    def newest_first(self) -> Iterable[Decision]:
        """The decisions from the last one written back to the first."""

    def naming(self, keys: set[str]) -> Iterable[Decision]:
        """The decisions that name any of these keys."""

    def called(self, prefix: str) -> Iterable[Decision]:
        """The decisions whose ids begin so."""

    def entries(self, start: int = 0) -> Sequence[Entry]:
        """Where each decision lies from this place on, in the order in which they were written."""

    def decision_at(self, place: int) -> Decision | None:
        """The decision that lies there; None where none can be read there any more."""

    def abstracts(self) -> Iterable[tuple[tuple[int, int], str]]:
        """All abstracts with where each lies, in one pass."""

    def turn(self) -> AbstractContextManager[None]:
        """The exclusive right to write, among all processes that have this library open."""

    def news(self) -> News:
        """What others appended since the last call."""

    def keep(self, decision: Decision) -> None:
        """Make a decision durable."""

    def snapshot(self) -> Snapshot | None:
        """What the first so many decisions come to, where that is kept; `rest` are those after them."""

    def rest(self) -> Iterable[Decision]:
        """The decisions after the snapshot, in the order in which they were written."""

    def keep_snapshot(self) -> Callable[[Snapshot], None]:
        """Keeps a snapshot of all decisions taken in so far: later, and in a thread if need be."""

    def keep_import(
        self,
        digests: Sequence[Digest],
        papers: Sequence[tuple[Paper, str | None]],
        gone: Sequence[str],
        decisions: Sequence[Decision] = (),
    ) -> list[Paper]:
        """Make all of it durable; returns the papers, knowing where their new abstracts lie."""

    def compact(self, papers: Iterable[Paper]) -> bool:
        """Drop what later lines replaced, where that has piled up; these are all the papers."""
