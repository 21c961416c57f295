"""One sitting at the library: what was decided in it, how fast, and what that says of the rest."""

from collections.abc import Iterator
from statistics import median

from msgspec import Struct

from tui.papers.library import Library
from tui.papers.triage import Decision

#: seconds without a decision after which somebody was away: such pauses say nothing about the pace
AWAY = 300.0
#: the fields that verdicts set
STATES = frozenset({"read", "starred", "later"})


class Sum(Struct, frozen=True):
    """What a sitting came to: papers that are now read, starred, put off by it; acts taken back; seconds."""

    read: int
    starred: int
    later: int
    taken_back: int
    seconds: float
    left: int

    @property
    def decided(self) -> int:
        """How many papers left the inbox."""
        return self.read + self.starred + self.later


class Sitting:
    """From its making on; what other programs decide meanwhile is not counted."""

    def __init__(self, library: Library) -> None:
        self._library, self.began = library, library.now
        self._first = len(library.made)

    @property
    def _made(self) -> list[Decision]:
        return self._library.made[self._first :]

    def sum(self) -> Sum:
        """What it came to until now."""
        states = [self._library.triage(paper).state for paper in self._decided()]
        return Sum(
            read=states.count("read"),
            starred=states.count("starred"),
            later=states.count("later"),
            taken_back=sum(1 for one in self._made if one.act is not None and not one.stands),
            seconds=(self._library.now - self.began).total_seconds(),
            left=self._library.counts()["inbox"],
        )

    def _decided(self) -> set[str]:
        """The papers whose state was decided here."""
        return {paper for act in self._verdicts() for paper in act.papers}

    def _verdicts(self) -> Iterator[Decision]:
        """The acts of this sitting that stand and decide a state."""
        for one in self._made:
            if one.act is None and one.sets.keys() & STATES and self._library.stands(one):
                yield one

    @property
    def pace(self) -> float | None:
        """Seconds a paper, the median over the verdicts so far; None while there are fewer than three."""
        verdicts = [*self._verdicts()]
        before = [self.began, *(act.at for act in verdicts)]
        spent = [
            (act.at - earlier).total_seconds() / len(act.papers)
            for act, earlier in zip(verdicts, before, strict=False)
        ]
        counting = [seconds for seconds in spent if 0 <= seconds <= AWAY]
        return median(counting) if len(counting) >= 3 else None
