"""All acts of a library, newest first: where each lies is known at once, what it is when it is asked for."""

from collections.abc import Iterable

from msgspec import Struct

from tui.papers.keeping import Store
from tui.papers.paper import Paper
from tui.papers.triage import TAG, UNDECIDED, Decision, Triage, change

#: the fields that make up a state
STATE = ("later", "starred", "read")


class History:
    """The acts by number, from 0, the newest. `renew` takes in what was written since."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._read: dict[str, Decision] = {}
        self.renew()

    def renew(self) -> None:
        """Look where the decisions lie now. Raises LibraryError."""
        entries = self._store.entries()
        self._places = {entry.id: entry.place for entry in entries}
        #: the ids of all acts, the newest first
        self.ids = sorted({entry.id for entry in entries if entry.act is None}, reverse=True)

    def __len__(self) -> int:
        return len(self.ids)

    def get(self, decision_id: str) -> Decision | None:
        """The decision of this id, an undo or redo too; None where it cannot be read. Raises LibraryError."""
        if decision_id not in self._read and decision_id in self._places:
            found = self._store.decision_at(self._places[decision_id])
            if found is None or found.id != decision_id:
                return None
            self._read[decision_id] = found
        return self._read.get(decision_id)


class Why(Struct, frozen=True):
    """One thing that stands about a paper, and the act that made it so: "starred", "read", "#vision", "noted"."""

    what: str
    act: Decision


def ruling(acts: Iterable[Decision]) -> dict[str, Decision]:
    """Of each field the standing act that decided it; `acts` are those that stand, the newest first."""
    found: dict[str, Decision] = {}
    for act in acts:
        for name in act.sets:
            found.setdefault(name, act)
    return found
