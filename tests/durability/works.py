"""Made-up papers, and what a library of them must hold: a fold of its own, made without papertui's."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from tui.papers.paper import Digest, Reading, Record

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)
Sets = Mapping[str, bool | str]
#: what papers' triage holds other than the defaults, by number
Triages = dict[int, dict[str, bool | str]]


def title(number: int) -> str:
    """The title of a work."""
    return f"Work {number} of the shelf"


def number_of(title: str) -> int:
    """The work that has this title."""
    return int(title.split()[1])


def abstract(number: int, version: int) -> str:
    """Its abstract in one version; each is longer than the one before, so that it is preferred."""
    told = f"We tell of work {number} once more, and leave nothing out. " * (1 + number % 20)
    return f"Version {version}. {told}{'Seen again. ' * version}"


def version_of(number: int, text: str) -> int | None:
    """The version whose abstract this is; None where it is of none."""
    head = text.split(".", 1)[0].removeprefix("Version ")
    return int(head) if head.isdecimal() and abstract(number, int(head)) == text else None


def reading(works: Iterable[tuple[int, int]], digest: int) -> Reading:
    """A digest of these works, each in a version; the arXiv id makes one paper of all versions."""
    records = tuple(
        Record(
            title=title(number),
            abstract=abstract(number, version),
            arxiv_id=f"2401.{number:05d}",
            comments=digest,
        )
        for number, version in works
    )
    made = Digest(
        id=f"{digest:012x}",
        name=f"page-{digest}",
        path=f"/page-{digest}",
        format="test",
        imported=NOW,
        records=len(records),
    )
    return Reading(digest=made, records=records)


class Shelf:
    """What was acknowledged, act by act."""

    def __init__(self) -> None:
        self.works: dict[int, int] = {}
        self.digests: set[int] = set()
        self.triages: Triages = {}
        self._acts: list[tuple[list[int], Sets]] = []
        self._stands: list[bool] = []
        self._naming: dict[int, list[int]] = {}
        self._undone: list[int] = []

    def take(self, act: Mapping[str, Any]) -> None:
        """Let an act count: decide, undo, redo or import; all else changes nothing."""
        match act["do"]:
            case "decide":
                self._decide(act["works"], act["sets"])
            case "undo":
                if (last := self._last()) is not None:
                    self._undone.append(last)
                    self._turn(last, False)
            case "redo":
                if self._undone:
                    self._turn(self._undone.pop(), True)
            case "import":
                self.digests.add(act["digest"])
                for number, version in act["works"]:
                    self.works[number] = max(version, self.works.get(number, 0))

    def _decide(self, works: Iterable[int], sets: Sets) -> None:
        touched = [n for n in works if any(self._field(n, name) != value for name, value in sets.items())]
        if not touched:
            return
        self._acts.append((touched, sets))
        self._stands.append(True)
        self._undone.clear()
        for number in touched:
            self._naming.setdefault(number, []).append(len(self._acts) - 1)
            self._set(number, sets)

    def _field(self, number: int, name: str) -> bool | str:
        return self.triages.get(number, {}).get(name, "" if name == "note" else False)

    def _set(self, number: int, sets: Sets) -> None:
        triage = {**self.triages.get(number, {}), **sets}
        self.triages[number] = {name: value for name, value in triage.items() if value}
        if not self.triages[number]:
            del self.triages[number]

    def _last(self) -> int | None:
        """The newest act that stands."""
        return next((at for at in reversed(range(len(self._acts))) if self._stands[at]), None)

    def _turn(self, at: int, stands: bool) -> None:
        self._stands[at] = stands
        for number in self._acts[at][0]:
            self.triages.pop(number, None)
            for act in self._naming[number]:
                if self._stands[act]:
                    self._set(number, self._acts[act][1])


def told(reads: bool, starred: bool, later: bool, tags: Iterable[str], note: str) -> dict[str, bool | str]:
    """A triage as a shelf has it: what is not the default."""
    fields: dict[str, bool | str] = {"read": reads, "starred": starred, "later": later, "note": note}
    return {name: value for name, value in fields.items() if value} | {f"tag:{tag}": True for tag in tags}
