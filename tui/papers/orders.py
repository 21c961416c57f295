"""Where a paper stands in a list."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from tui.papers.imports import moment_of
from tui.papers.paper import Digest, Paper
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
    papers = [*papers]
    ranks, place = _places(digests)
    at: dict[int, Paper] = {}
    for paper in papers:  # nearly all were seen once, and there may be 100,000
        sightings = paper.sightings
        if len(sightings) == 1 and (first := sightings[0]).digest in ranks:
            at[ranks[first.digest] + first.position] = paper
        else:
            at[place(paper)] = paper
    if len(at) == len(papers):
        return [at[number] for number in sorted(at)]
    return sorted(papers, key=lambda paper: (place(paper), paper.id))  # two in one place: then the id decides


def _places(digests: Mapping[str, Digest]) -> tuple[Mapping[str, int], Callable[[Paper], int]]:
    """Where each digest begins in digest order, and where a paper stands: numbers sort faster than tuples."""
    imports = sorted(digests.values(), key=moment_of)
    seen = {digest.id: number for number, digest in enumerate(imports)}
    newest = sorted(imports, key=lambda digest: digest.imported, reverse=True)
    longest = 1 + max((digest.records for digest in newest), default=0)
    ranks = {digest.id: number * longest for number, digest in enumerate(newest)}
    lost = len(ranks)

    def place(paper: Paper) -> int:
        first = min(paper.sightings, key=lambda s: (seen.get(s.digest, lost), s.position), default=None)
        if first is None:
            return lost * longest
        return ranks.get(first.digest, lost * longest) + first.position

    return ranks, place
