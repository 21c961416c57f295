"""What a query asks about acts: which papers one was about, and on which days each paper was decided.

Both are known for all papers at once, and anew after each change of the library.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol

from tui.papers.keeping import Store
from tui.papers.saying import is_forgetting
from tui.papers.triage import Decision

_NEVER: tuple[date, ...] = ()
#: seconds in which no clock on earth comes to another day but at their end: no zone is off by less
_QUARTER = 900


class Knows(Protocol):
    """What is asked of the library; all of it may be asked from any thread."""

    @property
    def changes(self) -> int:
        """A number that is another one once anything was decided or came."""

    def home(self, key: str) -> str:
        """The id of the paper a key belongs to."""

    def stands(self, decision: Decision) -> bool:
        """Whether a decision counts."""


class Acts:
    """Answers from what was worked out since the library changed last."""

    def __init__(self, store: Store, knows: Knows) -> None:
        self._store, self._knows = store, knows
        self._papers: tuple[int, Mapping[str, frozenset[str]]] = -1, {}
        self._days: tuple[int, Mapping[str, tuple[date, ...]]] = -1, {}

    def papers(self, prefix: str) -> frozenset[str]:
        """The ids of the papers of the acts whose ids begin so, whether these stand or not."""
        changes = self._knows.changes
        known, found = self._papers
        if known != changes:
            found = {}
        if prefix not in found:
            acts = self._store.called(prefix)
            found = {**found, prefix: frozenset(self._knows.home(key) for act in acts for key in act.papers)}
            self._papers = changes, found
        return found[prefix]

    def days(self, paper_id: str) -> tuple[date, ...]:
        """The days of the user's clock on which anything was decided about a paper that stands.

        Forgetting an import, or bringing it back, decides nothing about its papers.
        """
        changes = self._knows.changes
        known, days = self._days
        if known != changes:
            days = self._all_days(self._store.newest_first())
            self._days = changes, days
        return days.get(paper_id, _NEVER)

    def _all_days(self, decisions: Iterable[Decision]) -> Mapping[str, tuple[date, ...]]:
        found: dict[str, tuple[date, ...]] = {}
        days: dict[int, tuple[date, ...]] = {}
        home, stands = self._knows.home, self._knows.stands
        for act in decisions:
            if act.act is None and not is_forgetting(act.sets) and stands(act):
                quarter = int(act.at.timestamp()) // _QUARTER
                day = days.get(quarter) or days.setdefault(quarter, (act.at.astimezone().date(),))
                for key in act.papers:
                    paper_id = home(key)
                    before = found.setdefault(paper_id, day)
                    if before is not day and day[0] not in before:
                        found[paper_id] = before + day
        return found
