"""Where a paper stands in a list."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import chain, islice
from operator import lt
from typing import Any

from tui.papers.imports import moment_of
from tui.papers.paper import Digest, Paper, Sighting
from tui.papers.text import words

#: what a paper is sorted by; None stands last, whichever way round
Key = Callable[[Paper], Any]

#: the orders that begin with what is greatest, unless reversed
_GREATEST_FIRST = {"newest", "added", "comments", "upvotes", "starred", "relevance"}
#: points of a word for where it is found: whole in the title, in the abstract; as a part of words there
_WHOLE, _PART = (8, 4), (2, 1)
#: so far from the beginning of a text it no longer matters where a word stands
_FAR = 9_999


def arranged(
    papers: Iterable[Paper],
    digests: Mapping[str, Digest],
    order: str,
    reverse: bool,
    by: Key | None = None,
) -> list[Paper]:
    """The papers in this order; ties by digest order, then id, whichever way round.

    `by` is for the orders that hang on more than the papers: when each was starred, how well it matches.
    """
    placed = _placed(papers, digests)
    if order == "digest":
        return placed[::-1] if reverse else placed
    values = [*map(by or _keys(digests)[order], placed)]
    rows = range(len(placed))
    there = [row for row in rows if values[row] is not None]
    there.sort(key=values.__getitem__, reverse=reverse != (order in _GREATEST_FIRST))
    rest = [row for row in rows if values[row] is None]
    return [placed[row] for row in (*there, *rest)]


def _keys(digests: Mapping[str, Digest]) -> Mapping[str, Key]:
    def day(paper: Paper) -> date:
        return day_of(paper, digests)

    return {
        "newest": day,
        "oldest": day,
        "title": lambda paper: words(paper.title),
        "added": lambda paper: paper.added,
        "comments": lambda paper: paper.comments,
        "upvotes": lambda paper: paper.upvotes,
        "starred": lambda paper: None,
        "relevance": lambda paper: None,
    }


def day_of(paper: Paper, digests: Mapping[str, Digest]) -> date:
    """When a paper is from: its own date, else its first digest's, else the day it was added."""
    if paper.published:
        return paper.published
    days = [d.date for s in paper.sightings if (d := digests.get(s.digest)) and d.date]
    return min(days) if days else paper.added.date()


def relevance(wanted: Sequence[str], title: str, abstract: str) -> int | None:
    """How well a paper matches folded words, all texts folded: more is better, None is not at all.

    Whole words before parts of words, the title before the abstract, more of the words before fewer,
    then the earlier in its text.
    """
    points, first = 0, _FAR
    for text, whole, part in zip((title, abstract), _WHOLE, _PART, strict=True):
        for word in wanted:
            if (at := text.find(word)) >= 0:
                points += whole if f" {word} " in f" {text} " else part
                first = min(first, at)
    return points * (_FAR + 1) + _FAR - first if points else None


def _placed(papers: Iterable[Paper], digests: Mapping[str, Digest]) -> list[Paper]:
    """The papers in digest order: newest import first, its files as read, a paper where it was first seen."""
    imports = sorted(digests.values(), key=moment_of)
    read = {digest.id: number for number, digest in enumerate(imports)}
    newest = sorted(imports, key=lambda digest: digest.imported, reverse=True)
    places: dict[str, _Place] = {digest.id: _Place() for digest in newest}
    nowhere = _Place()
    last, at, put = "", nowhere.positions.append, nowhere.papers.append
    for paper in papers:  # nearly all were seen once, next to the one before, and there may be 100,000
        sightings = paper.sightings
        first = sightings[0] if len(sightings) == 1 else _first(sightings, read)
        if first.digest != last:
            last = first.digest
            place = places.get(last, nowhere)
            at, put = place.positions.append, place.papers.append
        at(first.position)
        put(paper)
    return [*chain.from_iterable(place.in_order() for place in (*places.values(), nowhere))]


def _first(sightings: Sequence[Sighting], read: Mapping[str, int]) -> Sighting:
    """Where a paper was seen in the digest that was read first."""
    lost = len(read)
    return min(sightings, key=lambda s: (read.get(s.digest, lost), s.position), default=Sighting("", 0))


class _Place:
    """The papers of one digest, each with its position there."""

    def __init__(self) -> None:
        self.positions: list[int] = []
        self.papers: list[Paper] = []

    def in_order(self) -> list[Paper]:
        """By position; where two have the same, the id decides."""
        positions, papers = self.positions, self.papers
        if all(map(lt, positions, islice(positions, 1, None))):
            return papers
        rows = sorted(range(len(papers)), key=lambda row: (positions[row], papers[row].id))
        return [papers[row] for row in rows]
