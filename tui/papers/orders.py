"""Where a paper stands in a list."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from tui.papers.imports import moment_of
from tui.papers.paper import Digest, Paper
from tui.papers.text import words


def arranged(
    papers: Iterable[Paper], digests: Mapping[str, Digest], order: str, reverse: bool
) -> list[Paper]:
    """The papers in this order; ties by digest order, then id, whichever way round."""
    place = _places(digests)
    placed = sorted(papers, key=lambda paper: (place(paper), paper.id))
    if order == "digest":
        return placed[::-1] if reverse else placed
    if order == "title":
        return sorted(placed, key=lambda paper: words(paper.title), reverse=reverse)
    return sorted(placed, key=lambda paper: day_of(paper, digests), reverse=reverse != (order == "newest"))


def day_of(paper: Paper, digests: Mapping[str, Digest]) -> date:
    """When a paper is from: its own date, else its first digest's, else the day it was added."""
    if paper.published:
        return paper.published
    days = [d.date for s in paper.sightings if (d := digests.get(s.digest)) and d.date]
    return min(days) if days else paper.added.date()


def _places(digests: Mapping[str, Digest]) -> Callable[[Paper], tuple[int, int]]:
    """Digest order: newest import first, its files as read, a paper where it was first seen."""
    imports = sorted(digests.values(), key=moment_of)
    seen = {digest.id: number for number, digest in enumerate(imports)}
    newest = sorted(imports, key=lambda digest: digest.imported, reverse=True)
    rank = {digest.id: number for number, digest in enumerate(newest)}
    lost = len(rank)

    def place(paper: Paper) -> tuple[int, int]:
        sightings = paper.sightings
        if len(sightings) > 1:
            first = min(sightings, key=lambda s: (seen.get(s.digest, lost), s.position))
        elif sightings:
            first = sightings[0]
        else:
            return lost, 0
        return rank.get(first.digest, lost), first.position

    return place
