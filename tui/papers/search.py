"""The folded words of titles and abstracts: made once, kept, and safe to ask for from any thread."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from threading import Lock

from tui.errors import LibraryError
from tui.papers.paper import Paper
from tui.papers.text import loose_words, words

#: abstracts that are missing up to this number are read one by one; more, in one pass over all
FEW = 200
#: abstracts folded, and titles, before others are let have the processor
STEP, TITLES = 200, 1000
#: seconds for which they are: only a thread that sleeps lets a waiting one go first
BREATH = 0.00005

Place = tuple[int, int]
#: says whether work is to stop; None where nobody waits for anything else
Cancelled = Callable[[], bool] | None
Breathe = Callable[[], None]


class Stopped(Exception):
    """The work was cancelled."""


def at_once() -> None:
    """For work that does not pause."""


def breather(cancelled: Cancelled) -> Breathe:
    """What long work calls every millisecond or so: lets others work, raises Stopped once cancelled."""

    if cancelled is None:
        return at_once

    def breathe() -> None:
        time.sleep(BREATH)
        if cancelled():
            raise Stopped

    return breathe


class Texts:
    """The words of each title, and of each abstract by where it lies: neither text ever changes.

    The words of abstracts are kept loose: one blank between each two would take ten times as long.

    Abstracts that many papers want are read in one pass, which may be stopped and goes on with whoever
    wants them next. One that cannot be read holds no words: a damaged line is no reason to find nothing.
    """

    def __init__(
        self, everything: Callable[[], Iterable[tuple[Place, str]]], one: Callable[[Paper], str]
    ) -> None:
        self._everything, self._one = everything, one
        #: every text made so far that its taker has not taken out: the vocabulary's
        self.fresh: list[str] = []
        self._titles: dict[str, str] = {}
        self._abstracts: dict[Place, str] = {}
        self._pass: Iterator[tuple[Place, str]] | None = None
        self._lock = Lock()

    def title(self, paper: Paper) -> str:
        """The words of the paper's title."""
        found = self._titles.get(paper.title)
        if found is None:
            found = self._titles[paper.title] = words(paper.title)
            self.fresh.append(found)
        return found

    def abstract(self, paper: Paper) -> str:
        """The words of the paper's abstract, read now where they are not in memory."""
        return " ".join(self.loose_abstract(paper).split())

    def loose_abstract(self, paper: Paper) -> str:
        """The same with one blank or more between two words: to look for single ones, or parts of them."""
        if paper.abstract_at is None:
            return ""
        found = self._abstracts.get(paper.abstract_at)
        if found is None:
            try:
                found = loose_words(self._one(paper))
            except LibraryError:
                found = ""
            self._abstracts[paper.abstract_at] = found
            self.fresh.append(found)
        return found

    def __call__(self, paper: Paper) -> str:
        """Title, a newline, abstract: no words in a row run from one into the other."""
        return f"{self.title(paper)}\n{self.abstract(paper)}"

    def titles(self, papers: Sequence[Paper], breathe: Breathe = at_once) -> list[str]:
        """The words of these titles."""
        found: list[str] = []
        for start in range(0, len(papers), TITLES):
            found += map(self.title, papers[start : start + TITLES])
            breathe()
        return found

    def abstracts(self, papers: Sequence[Paper], breathe: Breathe) -> list[str]:
        """The words of these abstracts, loose. Raises what `breathe` does, and LibraryError."""
        if len(self._missing(papers, breathe)) > FEW:
            self._read_all(papers, breathe)
        found: list[str] = []
        for start in range(0, len(papers), TITLES):
            for paper in self._missing(papers[start : start + TITLES], breathe):
                self.loose_abstract(paper)
                breathe()
            found += map(self.loose_abstract, papers[start : start + TITLES])
        return found

    def _missing(self, papers: Sequence[Paper], breathe: Breathe) -> list[Paper]:
        known = self._abstracts
        missing: list[Paper] = []
        for start in range(0, len(papers), TITLES):
            some = papers[start : start + TITLES]
            missing += [p for p in some if p.abstract_at is not None and p.abstract_at not in known]
            breathe()
        return missing

    def _read_all(self, papers: Sequence[Paper], breathe: Breathe) -> None:
        """One pass over all abstracts, or the rest of the one that another has begun."""
        going = True
        with self._lock:
            if self._pass is None and len(self._missing(papers, at_once)) > FEW:
                self._pass = iter(self._everything())
        while going:
            with self._lock:
                going = self._read_some()
            breathe()

    def _read_some(self) -> bool:
        try:
            some = list(islice(self._pass, STEP)) if self._pass else []
        except LibraryError:
            self._pass = None
            raise
        for at, text in some:
            if at not in self._abstracts:
                self._abstracts[at] = folded = loose_words(text)
                self.fresh.append(folded)
        if not some:
            self._pass = None
        return bool(some)
