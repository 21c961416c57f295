"""One sitting at the library: what was decided in it, how fast, and what that says of the rest."""

from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from tui.papers.library import Library
from tui.papers.saying import lasting
from tui.papers.triage import TAG, Decision

#: seconds without a decision after which somebody was away: such pauses say nothing about the pace
AWAY = 300.0
#: the fields that verdicts set; of several at once the last says what was done
_FIELDS = ("read", "starred", "later")
STATES = frozenset(_FIELDS)
#: verdicts below which there is no pace
FEW = 3
#: papers decided from which on it can be said how long the rest will take
ENOUGH = 5


class Sum(Struct, frozen=True):
    """What a sitting came to: papers read, starred, put off in it; acts taken back; seconds.

    A paper counts once, by the last verdict on it that was not let go of, whatever was decided earlier. Of a
    pause only its first five minutes are counted: who was away did not decide. `left` is how many papers the
    inbox holds; `put_back` came back to it, `tagged` and `noted` wear what they got here.
    """

    read: int
    starred: int
    later: int
    taken_back: int
    seconds: float
    left: int
    put_back: int = 0
    tagged: int = 0
    noted: int = 0
    forgotten: int = 0

    @property
    def decided(self) -> int:
        """How many papers got a verdict."""
        return self.read + self.starred + self.later

    @property
    def to_come(self) -> float | None:
        """Seconds for what is left in the inbox, as fast as until now; None where too little is decided."""
        return self.seconds / self.decided * self.left if self.decided >= ENOUGH else None

    @property
    def words(self) -> str:
        """The sum as one line; empty where nothing was decided and nothing taken back."""
        parts = [
            (self.read, "read"),
            (self.starred, "starred"),
            (self.later, "put off"),
            (self.put_back, "put back"),
            (self.tagged, "tagged"),
            (self.noted, "noted"),
            (self.forgotten, "forgotten"),
        ]
        said = [f"{number:,} {word}" for number, word in parts if number]
        if not said and self.taken_back:
            said = [f"{self.taken_back:,} taken back"]
        if not said:
            return ""
        left = f"{self.left:,} left in the inbox" if self.left else "the inbox is empty"
        only_words = not (self.decided or self.put_back or self.forgotten) and (self.tagged or self.noted)
        return f"{', '.join(said)} in {lasting(self.seconds)}{'' if only_words else f'; {left}'}"


class Sitting:
    """From its making on; what other programs decide meanwhile is not counted."""

    def __init__(self, library: Library) -> None:
        self._library, self.began = library, library.now
        self._first = len(library.made)

    @property
    def _made(self) -> list[Decision]:
        return self._library.made[self._first :]

    def words(self) -> str:
        """What it came to: "43 read, 6 starred in 9 min; 318 left in the inbox"; empty for nothing."""
        return self.sum().words

    def sum(self) -> Sum:
        """What it came to until now."""
        triage = self._library.triage
        verdicts = self._last_verdicts()
        found = [*verdicts.values()]
        standing = {one.act: one.stands for one in self._made if one.act is not None}
        return Sum(
            read=found.count("read"),
            starred=found.count("starred"),
            later=found.count("later"),
            taken_back=[*standing.values()].count(False),
            seconds=self._seconds(),
            left=self._library.counts()["inbox"],
            put_back=sum(1 for paper, verdict in verdicts.items() if not verdict and triage(paper).undecided),
            tagged=len(self._tagged()),
            noted=sum(1 for paper in self._about("note") if triage(paper).note),
            forgotten=len({key for act in self._acts() if act.verb == "forget" for key in act.papers}),
        )

    def _acts(self) -> Iterator[Decision]:
        """The acts of this sitting that stand."""
        return (one for one in self._made if one.act is None and self._library.stands(one))

    def _verdicts(self) -> Iterator[Decision]:
        """Those of them that decide a state."""
        return (act for act in self._acts() if act.sets.keys() & STATES)

    def _last_verdicts(self) -> dict[str, str]:
        """Of each paper the field a verdict set here last; empty where what stood before was let go of."""
        given: dict[str, list[str]] = {}
        let_go: set[str] = set()
        for act in self._verdicts():
            on = [name for name in _FIELDS if act.sets.get(name) is True]
            for paper in filter(None, map(self._library.paper, act.papers)):
                fields = given.setdefault(paper.id, [])
                if not on and act.sets.keys().isdisjoint(fields):
                    let_go.add(paper.id)
                fields[:] = [name for name in fields if name not in act.sets] + on
        return {key: fields[-1] if fields else "" for key, fields in given.items() if fields or key in let_go}

    def _tagged(self) -> set[str]:
        """The papers that wear a tag they got here."""
        found = set()
        for act in self._acts():
            on = {
                name.removeprefix(TAG) for name, v in act.sets.items() if name.startswith(TAG) and v is True
            }
            papers = filter(None, map(self._library.paper, act.papers if on else ()))
            found |= {paper.id for paper in papers if not on.isdisjoint(self._library.triage(paper.id).tags)}
        return found

    def _about(self, name: str) -> set[str]:
        """The papers of which this field was set here."""
        keys = {key for act in self._acts() if name in act.sets for key in act.papers}
        return {paper.id for paper in map(self._library.paper, keys) if paper}

    def _seconds(self) -> float:
        """How long somebody was there; a clock that was put back counts for nothing."""
        moments = [self.began, *(one.at for one in self._made), self._library.now]
        pauses = ((later - earlier).total_seconds() for earlier, later in pairwise(moments))
        return sum(min(max(pause, 0), AWAY) for pause in pauses)

    @property
    def pace(self) -> float | None:
        """Seconds a paper, the median over the verdicts so far; None while there are fewer than three."""
        from statistics import median  # a start needs no figures

        verdicts = [*self._verdicts()]
        before = [self.began, *(act.at for act in verdicts)]
        spent = [
            (act.at - earlier).total_seconds() / len(act.papers)
            for act, earlier in zip(verdicts, before, strict=False)
        ]
        counting = [seconds for seconds in spent if 0 <= seconds <= AWAY]
        return median(counting) if len(counting) >= FEW else None
