"""Where a paper stands in a list."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

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
    runs = sorted({digest.imported for digest in digests.values()})
    run = {imported: number for number, imported in enumerate(runs)}
    seen = {digest.id: (run[digest.imported], n) for n, digest in enumerate(digests.values())}
    shown = sorted(seen, key=lambda digest_id: (-seen[digest_id][0], seen[digest_id][1]))
    rank = {digest_id: number for number, digest_id in enumerate(shown)}
    lost = (len(runs), 0)

    def place(paper: Paper) -> tuple[int, int]:
        sightings = paper.sightings
        if len(sightings) > 1:
            first = min(sightings, key=lambda s: (seen.get(s.digest, lost), s.position))
        elif sightings:
            first = sightings[0]
        else:
            return len(rank), 0
        return rank.get(first.digest, len(rank)), first.position

    return place
