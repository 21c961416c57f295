"""A shelf of papers in memory: as much of a library as an export asks of it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from tui.papers.paper import Digest, Paper, Sighting
from tui.papers.text import key_of
from tui.papers.triage import UNDECIDED, Decision, Triage

MOMENT = datetime(2026, 11, 20, 7, 0, 0, tzinfo=UTC)


class Shelf:
    """Papers, what stands decided about each, their abstracts, digests and decisions."""

    def __init__(self) -> None:
        self.papers: dict[str, Paper] = {}
        self.digests: dict[str, Digest] = {}
        self.forgotten: tuple[Paper, ...] = ()
        self._triage: dict[str, Triage] = {}
        self._abstracts: dict[str, str] = {}
        self.decisions: list[tuple[Decision, bool]] = []

    def put(self, title: str, abstract: str = "", triage: Triage = UNDECIDED, **facts: object) -> Paper:
        key = key_of(title, abstract)
        paper = Paper(id=key, title=title, added=MOMENT, **facts)
        self.papers[key], self._abstracts[key], self._triage[key] = paper, abstract, triage
        return paper

    def digest(self, digest_id: str, name: str, day: date | None = None) -> Sighting:
        self.digests[digest_id] = Digest(
            id=digest_id, name=name, path=f"/{name}", format="hf-page", date=day, imported=MOMENT
        )
        return Sighting(digest_id, 7)

    def decide(self, paper: Paper, at: datetime, stands: bool = True) -> None:
        act = Decision(id=f"{len(self.decisions):026}", at=at, by="here", verb="star", papers=paper.keys)
        self.decisions.insert(0, (act, stands))

    def triage(self, paper_id: str) -> Triage:
        return self._triage[paper_id]

    def readable_abstract(self, paper: Paper) -> str:
        return self._abstracts[paper.id]

    def log(self) -> Iterator[tuple[Decision, bool]]:
        return iter(self.decisions)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture(scope="session")
def new_shelf() -> type[Shelf]:
    return Shelf
