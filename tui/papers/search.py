"""The folded words of titles and abstracts: made once, kept, and safe to ask for from any thread."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from threading import Lock

from tui.errors import LibraryError
from tui.papers.paper import Paper
from tui.papers.text import loose_words

#: abstracts that are missing up to this number are read one by one; more, in one pass over all
FEW = 200
#: abstracts folded, and titles, before others may have the processor
STEP, TITLES = 200, 1000
#: seconds after which they get it, and for which: only a thread that sleeps lets a waiting one go first
HELD, BREATH = 0.003, 0.00005

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
    due = time.perf_counter() + HELD

    def breathe() -> None:
        nonlocal due
        if time.perf_counter() >= due:
            time.sleep(BREATH)
            due = time.perf_counter() + HELD
        if cancelled():
            raise Stopped

    return breathe


class Texts:
    """The words of each title, and of each abstract by where it lies: neither text ever changes.

    They are kept loose: one blank between each two would take ten times as long.

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
        self._abstracts: dict[Place | None, str] = {None: ""}
        self._pass: Iterator[tuple[Place, str]] | None = None
        self._lock = Lock()

    def title(self, paper: Paper) -> str:
        """The words of the paper's title."""
        return " ".join(self.loose_title(paper).split())

    def loose_title(self, paper: Paper) -> str:
        """The same with one blank or more between two words: to look for single ones, or parts of them."""
        found = self._titles.get(paper.title)
        if found is None:
            found = self._titles[paper.title] = loose_words(paper.title)
            self.fresh.append(found)
        return found

    def abstract(self, paper: Paper) -> str:
        """The words of the paper's abstract, read now where they are not in memory."""
        return " ".join(self.loose_abstract(paper).split())

    def loose_abstract(self, paper: Paper) -> str:
        """The same, loose."""
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
        """The words of these titles, loose."""
        known = self._titles
        return self._each(
            papers, lambda some: [known[paper.title] for paper in some], self.loose_title, breathe
        )

    def abstracts(self, papers: Sequence[Paper], breathe: Breathe) -> list[str]:
        """The words of these abstracts, loose. Raises what `breathe` does, and LibraryError."""
        if self._many_missing(papers):
            self._read_all(papers, breathe)
        known = self._abstracts
        return self._each(
            papers, lambda some: [known[paper.abstract_at] for paper in some], self.loose_abstract, breathe
        )

    def _each(
        self,
        papers: Sequence[Paper],
        known: Callable[[Sequence[Paper]], list[str]],
        make: Callable[[Paper], str],
        breathe: Breathe,
    ) -> list[str]:
        """What is known of these papers, at once where it is all there; else made where it is not."""
        found: list[str] = []
        for start in range(0, len(papers), TITLES):
            some = papers[start : start + TITLES]
            try:
                found += known(some)
            except KeyError:
                found += map(make, some)
            breathe()
        return found

    def _many_missing(self, papers: Sequence[Paper]) -> bool:
        """Whether so many abstracts are not in memory that one pass over all is faster."""
        missing = (paper for paper in papers if paper.abstract_at not in self._abstracts)
        return next(islice(missing, FEW, None), None) is not None

    def _read_all(self, papers: Sequence[Paper], breathe: Breathe) -> None:
        """One pass over all abstracts, or the rest of the one that another has begun."""
        going = True
        with self._lock:
            if self._pass is None and self._many_missing(papers):
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
        known = self._abstracts
        made = [(at, loose_words(text)) for at, text in some if at not in known]
        known.update(made)
        self.fresh += [text for _, text in made]
        if not some:
            self._pass = None
        return bool(some)
