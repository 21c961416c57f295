"""The library in numbers, reckoned in one pass over its papers and one over its decisions."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from msgspec import Struct

from tui.papers.library import Library
from tui.papers.paper import Digest
from tui.papers.saying import is_forgetting
from tui.papers.search import Breathe, at_once
from tui.papers.sitting import AWAY, STATES

_Name = TypeVar("_Name")
#: verdicts below which no median is given
FEW = 5
#: papers, or decisions, looked at before others are let have the processor
STEP = 500


class Share(Struct, frozen=True):
    """So many papers, and how many of them are starred."""

    papers: int = 0
    starred: int = 0


class Stats(Struct, frozen=True, kw_only=True):
    """The library as it was when it was counted.

    `views` are the counts of the built-in views. `read` counts what is:read finds. `seconds` is the
    median time a verdict took for each of its papers. `days` are local days with the number of papers
    that a standing act of that day decided about; they, digests and months go from the newest to the oldest;
    tags from the most used. A month is its first day.
    """

    views: Mapping[str, int]
    read: int
    seconds: float | None
    days: Mapping[date, int]
    digests: tuple[tuple[Digest, Share], ...]
    months: Mapping[date, Share]
    undated: Share
    tags: Mapping[str, Share]

    @property
    def papers(self) -> int:
        """All of them."""
        return self.views["all"]

    @property
    def decided(self) -> int:
        """How many are not in the inbox."""
        return self.papers - self.views["inbox"]

    @property
    def share_starred(self) -> float | None:
        """The share of the decided papers that is starred, 0 to 1; None where nothing is decided."""
        return self.views["starred"] / self.decided if self.decided else None


def stats_of(library: Library, breathe: Breathe = at_once) -> Stats:
    """Count everything. Raises LibraryError, and what `breathe` does."""
    read, digests, months, tags = 0, _Tally[str](), _Tally[date | None](), _Tally[str]()
    for number, paper in enumerate(library.everything):
        triage, day = library.triage(paper.id), paper.published
        read += triage.read
        months.count(day and day.replace(day=1), triage.starred)
        for digest in {sighting.digest for sighting in paper.sightings}:
            digests.count(digest, triage.starred)
        for tag in triage.tags:
            tags.count(tag, triage.starred)
        if number % STEP == 0:
            breathe()
    days, seconds = _decisions(library, breathe)
    return Stats(
        views=dict(library.counts()),
        read=read,
        seconds=seconds,
        days=days,
        digests=tuple((one, digests.share(one.id)) for one in [*library.digests.values()][::-1]),
        months={month: months.share(month) for month in sorted(filter(None, months.papers), reverse=True)},
        undated=months.share(None),
        tags={
            tag: tags.share(tag)
            for tag in sorted(tags.papers, key=lambda tag: (-tags.papers[tag], tag.casefold()))
        },
    )


class _Tally(Generic[_Name]):
    """Papers by name, and the starred among them."""

    def __init__(self) -> None:
        self.papers: defaultdict[_Name, int] = defaultdict(int)
        self._starred: defaultdict[_Name, int] = defaultdict(int)

    def count(self, name: _Name, starred: bool) -> None:
        """A paper that belongs under this name."""
        self.papers[name] += 1
        self._starred[name] += starred

    def share(self, name: _Name) -> Share:
        """What was counted under a name."""
        return Share(self.papers.get(name, 0), self._starred.get(name, 0))


def _decisions(library: Library, breathe: Breathe) -> tuple[dict[date, int], float | None]:
    """Papers a day, the newest first; and the median seconds of a verdict for each of its papers."""
    days: dict[date, set[str]] = {}
    spent: list[float] = []
    following: dict[str, tuple[datetime, int]] = {}
    for number, (act, stands) in enumerate(library.log()):
        if number % STEP == 0:
            breathe()
        if act.act is not None or not stands or is_forgetting(act.sets):
            continue
        papers = {paper.id for key in act.papers if (paper := library.paper(key))}
        if papers:
            days.setdefault(act.at.astimezone().date(), set()).update(papers)
        if act.papers and act.sets.keys() & STATES:
            if act.by in following:
                later, many = following[act.by]
                seconds = (later - act.at).total_seconds()
                spent += [seconds / many] if 0 <= seconds <= AWAY else []
            following[act.by] = act.at, len(act.papers)
    return {day: len(days[day]) for day in sorted(days, reverse=True)}, _median(spent)


def _median(spent: Sequence[float]) -> float | None:
    from statistics import median  # a start needs no figures

    return median(spent) if len(spent) >= FEW else None


def figures(stats: Stats) -> dict[str, Any]:
    """The figures as JSON has them: absent is null; days, digests and months from the newest on."""
    views = {name: number for name, number in stats.views.items() if name != "all"}
    share, seconds = stats.share_starred, stats.seconds
    return {
        "papers": stats.papers,
        **views,
        "read": stats.read,
        "decided": stats.decided,
        "share_starred": None if share is None else round(share, 4),
        "seconds_a_paper": None if seconds is None else round(seconds, 2),
        "digests": len(stats.digests),
        "dated": stats.papers - stats.undated.papers,
        "days": {day.isoformat(): number for day, number in stats.days.items()},
        "by_digest": [
            {"id": digest.id, "name": digest.name, **_share(share)} for digest, share in stats.digests
        ],
        "months": {month.isoformat()[:7]: _share(share) for month, share in stats.months.items()},
        "undated": _share(stats.undated),
        "by_tag": [{"name": tag, **_share(share)} for tag, share in stats.tags.items()],
        "tags": {tag: share.papers for tag, share in stats.tags.items()},
    }


def _share(share: Share) -> dict[str, int]:
    return {"papers": share.papers, "starred": share.starred}
