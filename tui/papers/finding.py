"""Which of many papers a query wants: the same as calling it on each, by sets of row numbers.

A finder's papers never change; what is decided about them may, meanwhile and in another thread.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeVar

from tui.papers.close import Correction, Vocabulary, corrections, holds, spelled
from tui.papers.paper import Paper
from tui.papers.query import All, Any, Asked, Fuzzy, InView, Not, Query, Word
from tui.papers.search import Breathe, Cancelled, Stopped, Texts, at_once, breather
from tui.papers.text import words
from tui.papers.triage import Triage
from tui.papers.view import Views

#: titles and abstracts looked through before others are let have the processor, and papers asked
TITLES, ABSTRACTS, PAPERS = 5000, 1000, 1500
#: how many results are kept to go on from
KEPT = 12
#: close spellings offered, and tried
OFFERED, TRIED = 3, 8

Rows = Sequence[int]
#: texts by row: of titles, and of abstracts where those are looked through
Columns = Mapping[str, Sequence[str]]
#: the words of tags and of the note, by row
Said = Mapping[int, tuple[str, str]]
_T = TypeVar("_T")


class Knows(Protocol):
    """What a finder asks of the library; all of it may be asked from any thread."""

    @property
    def changes(self) -> int:
        """A number that is another one once anything was decided."""

    @property
    def texts(self) -> Texts:
        """The words of titles and abstracts."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of all papers."""

    @property
    def views(self) -> Views:
        """The views there are."""

    def remarked(self) -> Mapping[str, Triage]:
        """What stands decided about the papers, by id, that wear tags or have a note."""

    def asked(self, paper: Paper) -> Asked:
        """The paper as a query asks about it."""

    def learn(self, breathe: Breathe) -> None:
        """Take the words of all papers into the vocabulary."""


class Finder:
    """Finds among these papers, in their order."""

    def __init__(self, papers: Sequence[Paper], knows: Knows) -> None:
        self._papers, self._knows = papers, knows
        self._rows = [*range(len(papers))]
        self._titles: list[str] | None = None
        self._abstracts: list[str] | None = None
        self._said: tuple[int, Said] = -1, {}
        self._by_title, self._whole = _Trail(), _Trail()

    # -- from the thread that draws -----------------------------------------------------------

    @property
    def ready(self) -> bool:
        """Whether all abstracts are in memory."""
        return self._abstracts is not None

    def titles(self, query: Query) -> list[Paper]:
        """At once: what the query wants if no paper had an abstract.

        `~word` is looked for as it is written while the vocabulary is not in memory.
        """
        return self._in_titles(query, at_once)

    # -- from a worker, or from any thread that may wait --------------------------------------

    def prepare(self, cancelled: Cancelled = None) -> bool:
        """Bring titles, then abstracts, into memory; False when cancelled, and going on from there next time.

        Raises LibraryError where the abstracts cannot be read.
        """
        return self._unless(cancelled, self._prepare) is not None

    def titles_first(self, query: Query, cancelled: Cancelled = None) -> list[Paper] | None:
        """What `titles` gives, while keys are typed: reading 100,000 of them at once takes 200 ms."""
        return self._unless(cancelled, lambda breathe: self._in_titles(query, breathe))

    def complete(self, query: Query, cancelled: Cancelled = None) -> list[Paper] | None:
        """Exactly what the query wants; None when cancelled. Abstracts are read if need be.

        Raises LibraryError where they cannot be read.
        """
        return self._unless(cancelled, lambda breathe: self._complete(query, breathe))

    def close(self, query: Query, cancelled: Cancelled = None) -> list[Correction] | None:
        """The query in close spellings that find something, best first; None when cancelled."""
        return self._unless(cancelled, lambda breathe: self._close(query, breathe))

    def _unless(self, cancelled: Cancelled, work: Callable[[Breathe], _T]) -> _T | None:
        try:
            return work(breather(cancelled))
        except Stopped:
            return None

    def _all_titles(self, breathe: Breathe) -> list[str]:
        if self._titles is None:
            self._titles = self._knows.texts.titles(self._papers, breathe)
        return self._titles

    def _all_abstracts(self, breathe: Breathe) -> list[str]:
        if self._abstracts is None:
            self._abstracts = self._knows.texts.abstracts(self._papers, breathe)
        return self._abstracts

    def _in_titles(self, query: Query, breathe: Breathe) -> list[Paper]:
        query = in_full(query, self._knows.views)
        return self._found(query, {"title": self._all_titles(breathe)}, self._by_title, breathe)

    def _prepare(self, breathe: Breathe) -> bool:
        self._all_titles(breathe)
        self._all_abstracts(breathe)
        return True

    def _complete(self, query: Query, breathe: Breathe) -> list[Paper]:
        query = in_full(query, self._knows.views)
        columns = {}
        if holds(query, Word) or query.needs_text:
            columns["title"] = self._all_titles(breathe)
        if query.needs_text:
            columns["abstract"] = self._all_abstracts(breathe)
        if holds(query, Fuzzy):
            self._knows.learn(breathe)
        return self._found(query, columns, self._whole, breathe)

    def _close(self, query: Query, breathe: Breathe) -> list[Correction]:
        self._knows.learn(breathe)
        found: list[Correction] = []
        for other in corrections(query, self._knows.vocabulary, TRIED, breathe):
            if papers := self._complete(other, breathe):
                found.append(Correction(str(other), other, len(papers)))
            if len(found) == OFFERED:
                break
        return found

    def _found(self, query: Query, columns: Columns, trail: "_Trail", breathe: Breathe) -> list[Paper]:
        changes = self._knows.changes
        query = spelled(query, self._knows.vocabulary, breathe)
        said = self._what_was_said(changes, breathe) if holds(query, Word) else {}
        look = _Look(columns, said, lambda row: self._knows.asked(self._papers[row]), breathe)
        terms = _terms(query)
        rows, left = trail.start(changes, terms, self._rows)
        rows = look.all(left, rows)
        trail.keep(changes, terms, rows)
        return [self._papers[row] for row in rows]

    def _what_was_said(self, changes: int, breathe: Breathe) -> Said:
        """The words of tags and notes, of the few that have any."""
        known, said = self._said
        if known != changes:
            said, remarked = {}, self._knows.remarked()
            for start in range(0, len(self._papers) if remarked else 0, TITLES):
                some = enumerate(self._papers[start : start + TITLES], start)
                said |= {row: _said(remarked[paper.id]) for row, paper in some if paper.id in remarked}
                breathe()
            self._said = changes, said
        return said


def in_full(query: Query, views: Views) -> Query:
    """The query with what each view wants in place of its name."""
    if isinstance(query, InView):
        view = views.get(query.name)
        return in_full(view.query, views) if view else Any(())
    if isinstance(query, Not):
        return Not(in_full(query.term, views))
    if isinstance(query, All | Any):
        return type(query)(tuple(in_full(term, views) for term in query.terms))
    return query


def _said(triage: Triage) -> tuple[str, str]:
    return "\n".join(map(words, triage.tags)), words(triage.note)


class _Look:
    """One search: the rows that a query wants of those given, which stay in order."""

    def __init__(
        self,
        columns: Columns,
        said: Said,
        asked: Callable[[int], Asked],
        breathe: Breathe,
    ) -> None:
        self._columns, self._said, self._asked, self._breathe = columns, said, asked, breathe

    def all(self, terms: Sequence[Query], rows: Rows) -> Rows:
        """The rows that all of these terms want; what is looked for fastest comes first."""
        for term in sorted(terms, key=_dearness):
            rows = self.rows(term, rows)
        return rows

    def rows(self, query: Query, rows: Rows) -> Rows:
        """The rows that the query wants."""
        if isinstance(query, Word):
            return self._holding(query, rows)
        if isinstance(query, All):
            return self.all(query.terms, rows)
        if isinstance(query, Not):
            return _without(rows, self.rows(query.term, rows))
        if isinstance(query, Any):
            rest = rows
            for term in query.terms:
                rest = _without(rest, self.rows(term, rest))
            return _without(rows, rest)
        return self._one_by_one(query, rows)

    def _holding(self, word: Word, rows: Rows) -> Rows:
        """The rows that hold these words in a row in any one of the texts meant."""
        wanted, where = word.words, word.where
        columns = [column for name, column in self._columns.items() if where in ("", name)]
        found = self._in_columns(wanted, columns, rows) if columns else []
        if where in ("", "note"):
            said = {
                r
                for r, (tags, note) in self._said.items()
                if wanted in note or (wanted in tags and not where)
            }
            if more := said.difference(found):
                found = sorted([*found, *(row for row in rows if row in more)])
        return found

    def _in_columns(self, wanted: str, columns: Sequence[Sequence[str]], rows: Rows) -> list[int]:
        """The rows that hold this in one of one or two columns."""
        found: list[int] = []
        step = ABSTRACTS if "abstract" in self._columns else TITLES
        one, other, in_row = columns[0], columns[-1], _in_a_row(wanted)
        for start in range(0, len(rows), step):
            some = rows[start : start + step]
            if in_row:
                found += [row for row in some if in_row(one[row]) or in_row(other[row])]
            elif one is other:
                found += [row for row in some if wanted in one[row]]
            else:
                found += [row for row in some if wanted in one[row] or wanted in other[row]]
            self._breathe()
        return found

    def _one_by_one(self, query: Query, rows: Rows) -> Rows:
        found: list[int] = []
        for start in range(0, len(rows), PAPERS):
            found += [row for row in rows[start : start + PAPERS] if query(self._asked(row))]
            self._breathe()
        return found


def _in_a_row(wanted: str) -> Callable[[str], bool] | None:
    """Whether loose words hold these in a row; None for a single word, which is simply looked for."""
    parts = wanted.split()
    if len(parts) < 2:
        return None
    loose = re.compile(" +".join(parts)).search

    def holds(text: str) -> bool:
        return wanted in text or (all(part in text for part in parts) and loose(text) is not None)

    return holds


def _without(rows: Rows, others: Rows) -> Rows:
    """The rows that are not among the others, which are some of them."""
    if not others:
        return rows
    if len(others) == len(rows):
        return []
    gone = set(others)
    return [row for row in rows if row not in gone]


def _dearness(term: Query) -> int:
    """Words are found faster than a paper can be asked; an inverted or joined search goes through more."""
    return 0 if isinstance(term, Word) else 1 if not term.needs_text else 2


def _terms(query: Query) -> tuple[Query, ...]:
    """What must hold, all of it."""
    if isinstance(query, All):
        return tuple(inner for term in query.terms for inner in _terms(term))
    return (query,)


class _Trail:
    """The last results: typing one more letter looks through what was found before."""

    def __init__(self) -> None:
        self._steps: tuple[tuple[int, tuple[Query, ...], Rows], ...] = ()

    def start(self, changes: int, terms: tuple[Query, ...], rows: Rows) -> tuple[Rows, Sequence[Query]]:
        """The fewest rows known to hold all that these terms want, and the terms still to be looked for."""
        wider = [step for step in reversed(self._steps) if step[0] == changes and _narrows(terms, step[1])]
        _, done, rows = min(wider, key=lambda step: len(step[2]), default=(0, (), rows))
        return rows, [term for term in terms if term not in done]

    def keep(self, changes: int, terms: tuple[Query, ...], rows: Rows) -> None:
        """Remember what these terms found."""
        steps = [step for step in self._steps if step[0] == changes and step[1] != terms]
        self._steps = (*steps[1 - KEPT :], (changes, terms, rows))


def _narrows(terms: tuple[Query, ...], wider: tuple[Query, ...]) -> bool:
    return all(any(_implies(term, other) for term in terms) for other in wider)


def _implies(term: Query, other: Query) -> bool:
    """Whether what the term wants the other wants too, as far as that can be seen at once."""
    if isinstance(term, Word) and isinstance(other, Word):
        return other.words in term.words and other.where in ("", term.where)
    return term == other
