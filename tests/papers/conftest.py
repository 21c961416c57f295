"""What the tests of papers/ share: a library's store in memory, and short ways to make the nouns."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from tui.papers.collection import stored_id
from tui.papers.keeping import Entry, News
from tui.papers.library import Library
from tui.papers.paper import Digest, Paper, Reading, Record
from tui.papers.triage import Decision

MORNING = datetime(2026, 11, 20, 7, tzinfo=UTC)


class MemoryDisk:
    """What several memory stores share, as several processes share a folder: lines, only ever appended."""

    def __init__(self) -> None:
        self.papers: list[tuple[str, Paper | None]] = []
        self.digests: list[Digest] = []
        self.decisions: list[Decision] = []
        self.abstracts: list[str] = []

    @property
    def size(self) -> tuple[int, int, int, int]:
        return len(self.papers), len(self.digests), len(self.decisions), len(self.abstracts)


class MemoryStore:
    """A Store on a MemoryDisk; it remembers how far it has read, as a process does."""

    def __init__(self, disk: MemoryDisk | None = None) -> None:
        self.disk = disk or MemoryDisk()
        self.turns = 0
        self._seen = {"papers": 0, "digests": 0, "decisions": 0}

    def snapshot(self) -> None:
        """None is kept here."""

    def rest(self) -> list[Any]:
        """There is nothing after no snapshot."""
        return []

    def keep_snapshot(self) -> Any:
        """It is not kept."""
        return lambda snapshot: None

    def _all(self, name: str, lines: list[Any]) -> list[Any]:
        self._seen[name] = len(lines)
        return list(lines)

    def papers(self) -> Iterable[Paper]:
        return self.by_stored_id().values()

    def by_stored_id(self) -> dict[str, Paper]:
        papers: dict[str, Paper | None] = {}
        for key, paper in self._all("papers", self.disk.papers):
            papers[key] = paper
        return {name: paper for name, paper in papers.items() if paper}

    def digests(self) -> Iterable[Digest]:
        return {digest.id: digest for digest in self._all("digests", self.disk.digests)}.values()

    def decisions(self) -> Iterable[Decision]:
        return iter(self._all("decisions", self.disk.decisions))

    def takebacks(self) -> Iterable[Decision]:
        return [d for d in self.disk.decisions if d.act is not None]

    def newest_first(self) -> Iterable[Decision]:
        return reversed(list(self.disk.decisions))

    def naming(self, keys: set[str]) -> Iterable[Decision]:
        return [d for d in self.disk.decisions if not keys.isdisjoint(d.papers)]

    def called(self, prefix: str) -> Iterable[Decision]:
        return [d for d in self.disk.decisions if d.id.startswith(prefix)]

    def entries(self, start: int = 0) -> Sequence[Entry]:
        return [Entry(d.id, d.act, place) for place, d in enumerate(self.disk.decisions)][start:]

    def decision_at(self, place: int) -> Decision | None:
        return self.disk.decisions[place] if place < len(self.disk.decisions) else None

    def abstract(self, paper: Paper) -> str:
        return self.disk.abstracts[paper.abstract_at[0]] if paper.abstract_at else ""

    def abstracts(self) -> Iterable[tuple[tuple[int, int], str]]:
        return [((at, 1), text) for at, text in enumerate(self.disk.abstracts)]

    @contextmanager
    def turn(self) -> Iterator[None]:
        self.turns += 1
        yield

    def news(self) -> News:
        if (len(self.disk.papers), len(self.disk.digests)) != (self._seen["papers"], self._seen["digests"]):
            return News(papers=True)
        fresh = self.disk.decisions[self._seen["decisions"] :]
        self._seen["decisions"] += len(fresh)
        return News(decisions=fresh)

    def keep(self, decision: Decision) -> None:
        self.disk.decisions.append(decision)
        self._seen["decisions"] += 1

    def keep_import(
        self,
        digests: Sequence[Digest],
        papers: Sequence[tuple[Paper, str | None]],
        gone: Sequence[str],
        decisions: Sequence[Decision] = (),
    ) -> list[Paper]:
        stored = []
        for paper, text in papers:
            if text is not None:
                self.disk.abstracts.append(text)
                paper = msgspec.structs.replace(paper, abstract_at=(len(self.disk.abstracts) - 1, 1))
            stored.append(paper)
        self.disk.papers += [(stored_id(paper), paper) for paper in stored]
        self.disk.papers += [(paper_id, None) for paper_id in gone]
        self.disk.digests += digests
        self.disk.decisions += decisions
        self._seen = {name: len(getattr(self.disk, name)) for name in self._seen}
        return stored

    def compact(self, papers: Iterable[Paper]) -> bool:
        return False


class Clock:
    """A clock that only moves when told to, and then in whole seconds."""

    def __init__(self, now: datetime = MORNING) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def tick(self, seconds: int = 1) -> datetime:
        self.now += timedelta(seconds=seconds)
        return self.now


def record(title: str, abstract: str = "", **facts: Any) -> Record:
    return Record(title=title, abstract=abstract, **facts)


def reading(
    *records: Record,
    digest_id: str = "",
    imported: datetime = MORNING,
    date: date | None = None,
    name: str = "",
    place: int = 0,
) -> Reading:
    """A digest that was read: its id is made of its records where none is given."""
    digest_id = digest_id or blake2b(repr(records).encode(), digest_size=6).hexdigest()
    digest = Digest(
        id=digest_id,
        name=name or digest_id,
        path=f"/dumps/{digest_id}.txt",
        format="test",
        date=date,
        imported=imported,
        place=place,
        records=len(records),
    )
    return Reading(digest=digest, records=tuple(records))


@pytest.fixture(scope="session")
def make() -> SimpleNamespace:
    """The makers: record, reading, disk, store, clock, library (with these records in one digest)."""

    def library(
        *records: Record, store: MemoryStore | None = None, clock: Callable[[], datetime] | None = None
    ) -> Library:
        made = Library(store or MemoryStore(), clock=clock or Clock())
        if records:
            made.add(reading(*records))
        return made

    return SimpleNamespace(
        record=record, reading=reading, disk=MemoryDisk, store=MemoryStore, clock=Clock, library=library
    )
