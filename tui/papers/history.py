"""The acts of a library, newest first: all of them, or those on one paper; and which of them rules.

Where each lies is known at once; what it is, is read when it is asked for.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Protocol

from tui.papers.keeping import Store
from tui.papers.paper import Paper
from tui.papers.saying import act as act_words
from tui.papers.search import Breathe
from tui.papers.text import words
from tui.papers.triage import TAG, Decision, Triage


class Log(Protocol):
    """Acts by id; `ids` are in order, the newest first. Of one that is not `whole` yet others are to come."""

    ids: list[str]
    whole: bool

    def renew(self) -> None:
        """Take in what was decided since. Raises LibraryError."""

    def get(self, decision_id: str) -> Decision | None:
        """The decision of this id, an undo or redo too; None where it cannot be read. Raises LibraryError."""

    def every(self) -> Iterator[Decision]:
        """All of the acts, in any order. Raises LibraryError."""


class History:
    """All acts of a library. With `first` it begins with so many alone, read back from the newest written.

    `whole` says whether it has all of them; `renew`, which may be called in a thread, sees to that.
    """

    def __init__(self, store: Store, first: int | None = None) -> None:
        self._store = store
        self._places: dict[str, int] = {}
        self._read: dict[str, Decision] = {}
        self._last = ""
        self.ids: list[str] = []
        self.whole = first is None
        if first is None:
            self.renew()
        else:
            self._read = {act.id: act for act in islice(self.every(), first)}
            self.ids = sorted(self._read, reverse=True)

    def renew(self) -> None:
        """Look where the decisions lie that were written since. Raises LibraryError."""
        start, places, ids = self._places.get(self._last, 0), self._places, self.ids if self._places else []
        if places and getattr(self._store.decision_at(start), "id", "") != self._last:
            start, places, ids = 0, {}, []  # another file stands in its place
            self._read = {}
        entries = self._store.entries(start)
        fresh = dict.fromkeys(e.id for e in reversed(entries) if e.act is None and e.id not in places)
        self._places = places | {entry.id: entry.place for entry in entries} if entries else places
        self._last = entries[-1].id if entries else self._last
        self.ids = sorted([*fresh, *ids], reverse=True)  # nearly so already: that is soon done
        self.whole = True

    def get(self, decision_id: str) -> Decision | None:
        """The decision of this id; it is read once."""
        if decision_id not in self._read and decision_id in self._places:
            found = self._store.decision_at(self._places[decision_id])
            if found is None or found.id != decision_id:
                return None
            self._read[decision_id] = found
        return self._read.get(decision_id)

    def every(self) -> Iterator[Decision]:
        """All of them; what they say is not kept."""
        return (decision for decision in self._store.newest_first() if decision.act is None)


class OnPaper:
    """The acts on one paper; `named` gives them, `called` the decisions whose ids begin so."""

    def __init__(
        self,
        named: Callable[[], Iterable[Decision]],
        called: Callable[[str], Iterable[Decision]],
    ) -> None:
        self._named, self._called = named, called
        self.whole = True
        self.renew()

    def renew(self) -> None:
        """Ask anew which there are."""
        self._acts = {act.id: act for act in self._named()}
        self.ids = [*self._acts]

    def get(self, decision_id: str) -> Decision | None:
        """The decision of this id."""
        return self._acts.get(decision_id) or next(iter(self._called(decision_id)), None)

    def every(self) -> Iterator[Decision]:
        """All of them."""
        return iter(self._acts.values())


def ruling(acts: Iterable[Decision]) -> dict[str, Decision]:
    """By field the act that decided it; `acts` are those that stand, the newest first."""
    found: dict[str, Decision] = {}
    for act in acts:
        for name in act.sets:
            found.setdefault(name, act)
    return found


def reasons(triage: Triage, acts: Iterable[Decision]) -> list[tuple[str, Decision]]:
    """What stands about a paper in words, each with the act that made it so; `acts` as `ruling` takes them.

    Of an undecided paper the act that brought it back, if there was one.
    """
    rules = ruling(acts)
    stand = [
        ("put off", "later", triage.later),
        ("starred", "starred", triage.starred),
        ("read", "read", triage.read),
        (
            "in the inbox",
            max(rules.keys() & {"later", "starred", "read"}, default="", key=lambda name: rules[name].id),
            triage.undecided,
        ),
        *((f"#{tag}", TAG + tag, True) for tag in triage.tags),
        ("noted", "note", bool(triage.note)),
    ]
    return [(words_, rules[name]) for words_, name, so in stand if so and name in rules]


def found(
    text: str,
    acts: Log,
    papers: Iterable[Paper],
    title: Callable[[Paper], str],
    home: Callable[[str], str],
    breathe: Breathe,
    shown: Callable[[Decision], str] = lambda act: "",
) -> list[str]:
    """The ids of the acts, newest first, in whose words or papers' titles all of these words occur.

    An act's words are what was done, the note that was written, the machine's name, and what else is
    `shown` of it. `title` gives the folded words of a paper's title. Raises what `breathe` does.
    """
    wanted = words(text).split()
    papers = [*papers]
    titled = []
    for word in wanted:
        titled.append({paper.id for paper in papers if word in title(paper)})
        breathe()
    ids = []
    for number, act in enumerate(acts.every()):
        said = f"{_said(act)} {_folded(shown(act))}"
        if all(
            word in said or any(home(key) in hits for key in act.papers)
            for word, hits in zip(wanted, titled, strict=True)
        ):
            ids.append(act.id)
        if number % 1000 == 0:
            breathe()
    return sorted(set(ids), reverse=True)


def _said(act: Decision) -> str:
    note = act.sets.get("note")
    return f"{_folded(f'{act_words(act.verb, act.sets)} {act.by}')} {words(str(note)) if note else ''}"


@lru_cache(maxsize=1024)
def _folded(said: str) -> str:
    return words(said)
