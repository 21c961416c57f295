"""What the user decided: decisions, and what they leave of each paper (its triage)."""

import os
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache

from msgspec import Struct, field

from tui.papers.paper import Moment

#: what the name of a field begins with that is a tag, or a digest that is forgotten where it is false; the
#: others are read, starred, later and note
TAG, DIGEST = "tag:", "digest:"


class Triage(Struct, frozen=True, gc=False, omit_defaults=True):
    """What stands decided about one paper. Tags are sorted, as are the ids of digests it is forgotten in."""

    read: bool = False
    starred: bool = False
    later: bool = False
    tags: tuple[str, ...] = ()
    note: str = ""
    forgotten: tuple[str, ...] = ()

    @property
    def undecided(self) -> bool:
        """Whether the paper is in the inbox."""
        return not (self.read or self.starred or self.later)

    @property
    def state(self) -> str:
        """The one word a row shows: later (it ends with star or done), starred, read or inbox."""
        if self.later:
            return "later"
        return "starred" if self.starred else "read" if self.read else "inbox"


UNDECIDED = Triage()


class Decision(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One act of the user, whatever it touches; or, with `act`, an undo or redo of one.

    `id` is a ULID, `at` what the clock said (UTC), `by` this machine's name, `verb` a word for the
    log, `papers` keys, `sets` the fields and their new values. With `act`, `stands` says whether
    that act counts from here on. `origin` names the library a decision was merged in from.
    """

    id: str
    at: Moment
    by: str
    verb: str
    papers: tuple[str, ...] = ()
    sets: dict[str, bool | str] = {}
    act: str | None = None
    stands: bool = True
    origin: str | None = field(default=None, name="from")


#: what each verb of the command line and of the app sets
VERBS: Mapping[str, Mapping[str, bool]] = {
    "star": {"starred": True, "later": False},
    "unstar": {"starred": False},
    "done": {"read": True, "later": False},
    "read": {"read": True, "later": False},
    "unread": {"read": False},
    "later": {"later": True, "read": False},
    "now": {"later": False},
}

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_id(now: datetime, newest: str = "") -> str:
    """A ULID (github.com/ulid/spec) that sorts after `newest`, even where the clock is behind it."""
    moment = int(now.timestamp() * 1000)
    if newest:
        moment = max(moment, _moment(newest) + 1)
    number = moment << 80 | int.from_bytes(os.urandom(10))
    return "".join(_CROCKFORD[number >> shift & 31] for shift in range(125, -1, -5))


def is_id_start(text: str) -> bool:
    """Whether a decision's id could begin so: with eight or more of a ULID's letters and digits."""
    return 8 <= len(text) <= 26 and not set(text).difference(_CROCKFORD)


def _moment(ulid: str) -> int:
    number = 0
    for char in ulid[:10]:
        number = number << 5 | max(_CROCKFORD.find(char), 0)
    return number


def now_utc() -> datetime:
    """The moment, UTC."""
    return datetime.now(UTC)


@lru_cache(maxsize=1024)
def _changed(triage: Triage, sets: tuple[tuple[str, bool | str], ...]) -> Triage:
    read, starred, later, note = triage.read, triage.starred, triage.later, triage.note
    tags, forgotten = set(triage.tags), set(triage.forgotten)
    for name, value in sets:
        if name == "read":
            read = value is True
        elif name == "starred":
            starred = value is True
        elif name == "later":
            later = value is True
        elif name == "note":
            note = value if isinstance(value, str) else ""
        elif name.startswith(TAG):
            (tags.add if value is True else tags.discard)(name.removeprefix(TAG))
        elif name.startswith(DIGEST):
            (forgotten.add if value is False else forgotten.discard)(name.removeprefix(DIGEST))
    return Triage(read, starred, later, tuple(sorted(tags)), note, tuple(sorted(forgotten)))


def change(triage: Triage, sets: Mapping[str, bool | str]) -> Triage:
    """The triage after these fields were set; unknown fields are passed over, whoever wrote them."""
    return _changed(triage, tuple(sets.items()))


class Standing:
    """Which acts were taken back: the last undo or redo of each, in id order, says."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[str, bool]] = {}

    def add(self, takeback: Decision) -> bool:
        """Take in one undo or redo; returns whether its act now counts otherwise."""
        if takeback.act is None:
            return False
        newest, stood = self._last.get(takeback.act, ("", True))
        if takeback.id < newest:
            return False
        self._last[takeback.act] = (takeback.id, takeback.stands)
        return takeback.stands != stood

    def last(self, act_id: str) -> str:
        """The id of the last undo or redo of an act; empty where there was none."""
        return self._last.get(act_id, ("", True))[0]

    @property
    def takebacks(self) -> list[tuple[str, str, bool]]:
        """The last undo or redo of each act: the act, its own id, and whether the act stands."""
        return [(act, takeback, stands) for act, (takeback, stands) in self._last.items()]

    def restore(self, takebacks: Iterable[tuple[str, str, bool]]) -> None:
        """Begin with these."""
        self._last = {act: (takeback, stands) for act, takeback, stands in takebacks}

    @property
    def undone(self) -> set[str]:
        """The ids of the acts that do not count."""
        return {act for act, (_, stands) in self._last.items() if not stands}

    def __call__(self, act: Decision) -> bool:
        """Whether this act counts."""
        return self.of(act.id)

    def of(self, act_id: str) -> bool:
        """Whether the act of this id counts."""
        return self._last.get(act_id, ("", True))[1]


def next_redo(newest_first: Iterable[Decision], standing: Standing) -> str | None:
    """The act a redo gives back: the one undone last here, unless a new act was made here since.

    One that another library gave back already is passed over.
    """
    takebacks: list[Decision] = []
    for decision in newest_first:
        if decision.origin:
            continue
        if decision.act is None:
            break
        takebacks.append(decision)
    undone: list[str] = []
    for takeback in reversed(takebacks):
        assert takeback.act is not None
        if takeback.act in undone:
            undone.remove(takeback.act)
        if not takeback.stands:
            undone.append(takeback.act)
    return next((act for act in reversed(undone) if not standing.of(act)), None)


def next_undo(newest_first: Iterable[Decision], standing: Standing) -> Decision | None:
    """The newest standing act made in this copy of the library."""
    for decision in newest_first:
        if decision.act is None and not decision.origin and standing(decision):
            return decision
    return None
