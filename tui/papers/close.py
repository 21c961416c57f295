"""Close spellings: the words of all papers, and which of them was meant by one that is in none.

Words are compared by their optimal string alignment distance (rapidfuzz's OSA: letters put in, left
out, exchanged, or two swapped, each once), among words alike nearly always one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import pairwise
from math import log10
from threading import Lock
from typing import TypeGuard

from msgspec import Struct

from tui.papers.query import All, Any, Fuzzy, Not, Query, Word, parse
from tui.papers.search import Breathe, at_once

#: texts taken in, and words compared, before others are let have the processor
TEXTS, WORDS = 40, 2500
#: letters of the words that are worth comparing
SHORTEST, LONGEST = 3, 40
#: what a first letter that differs costs, in letters, and what ten times as many occurrences are worth
FIRST, TENFOLD = 0.5, 0.3
#: what putting two words together or one apart costs, in letters, and to be but a part of known words
BLANK, PART = 0.4, 1.2
#: a word that is known is only doubted for one so many times as frequent
DOUBT = 20
#: words tried in place of one, and how many `~word` stands for at most
TRIED, SPELLINGS = 4, 6


class Correction(Struct, frozen=True):
    """A query in close spellings, as text and value, and how many papers it finds."""

    text: str
    query: Query
    papers: int


class Vocabulary:
    """The words of the papers that were taken in, and how often each occurs."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._groups: Mapping[int, Sequence[str]] = {}
        self._grouped = 0
        self._lock = Lock()

    @property
    def ready(self) -> bool:
        """Whether any papers were taken in."""
        return bool(self._groups)

    def learn(self, fresh: list[str], breathe: Breathe) -> None:
        """Take in the words of these texts, and take the texts out; stopped, it leaves the rest in."""
        with self._lock:
            while fresh:
                some = fresh[-TEXTS:]
                del fresh[-len(some) :]
                self._counts.update(" ".join(some).split())
                breathe()
            if self._grouped != len(self._counts):
                self._group(breathe)

    def _group(self, breathe: Breathe) -> None:
        groups: defaultdict[int, list[str]] = defaultdict(list)
        for number, word in enumerate(self._counts):
            if SHORTEST <= len(word) <= LONGEST and not word.isdecimal():
                groups[len(word)].append(word)
            if number % WORDS == 0:
                breathe()
        self._groups, self._grouped = groups, len(self._counts)

    def count(self, word: str) -> int:
        """How often the whole word occurs."""
        return self._counts.get(word, 0)

    def holds(self, part: str, breathe: Breathe = at_once) -> bool:
        """Whether this is part of any word."""
        for group in self._some(len(part), LONGEST):
            if any(part in word for word in group):
                return True
            breathe()
        return part in self._counts

    def near(self, word: str, breathe: Breathe = at_once) -> list[tuple[float, str]]:
        """The other words that may have been meant, best first, each with what it costs in letters."""
        from rapidfuzz.distance import OSA  # half the time papertui takes to start, for a rare question
        from rapidfuzz.process import extract

        reach = _reach(word)
        found: list[tuple[float, str]] = []
        for group in self._some(len(word) - reach, len(word) + reach) if reach else ():
            for other, letters, _ in extract(
                word, group, scorer=OSA.distance, score_cutoff=reach, limit=None
            ):
                if other != word:
                    found.append((self._cost(word, other, letters), other))
            breathe()
        return sorted(found)

    def _some(self, shortest: int, longest: int) -> Iterator[Sequence[str]]:
        """The words of these lengths, some at a time."""
        groups = self._groups
        for length in sorted(length for length in groups if shortest <= length <= longest):
            for start in range(0, len(groups[length]), WORDS):
                yield groups[length][start : start + WORDS]

    def _cost(self, word: str, other: str, letters: float) -> float:
        return letters + (FIRST if word[0] != other[0] else 0.0) - self.worth(other)

    def worth(self, *words: str) -> float:
        """What the rarest of these known words is worth for being frequent."""
        return TENFOLD * log10(min(map(self._counts.__getitem__, words)))

    def spellings(self, word: str, breathe: Breathe = at_once) -> tuple[str, ...]:
        """What `~word` stands for: the word, and those near it that hold no other of these."""
        found = [word]
        for _, other in self.near(word, breathe):
            if len(found) < SPELLINGS and not any(kept in other for kept in found):
                found.append(other)
        return tuple(found)


def _reach(word: str) -> int:
    """How many letters may be wrong."""
    return 0 if len(word) < SHORTEST else 1 if len(word) < 6 else 2 if len(word) < 12 else 3


def holds(query: Query, kind: type[Word] | type[Fuzzy]) -> bool:
    """Whether there is one of these anywhere in the query."""
    if isinstance(query, Not):
        return holds(query.term, kind)
    if isinstance(query, All | Any):
        return any(holds(term, kind) for term in query.terms)
    return isinstance(query, kind)


def spelled(query: Query, vocabulary: Vocabulary, breathe: Breathe = at_once) -> Query:
    """The query with the words that each `~word` stands for; as it is written where no words are known."""
    if isinstance(query, Fuzzy):
        parts = [vocabulary.spellings(part, breathe) for part in query.words.split()]
        return All(tuple(Any(tuple(Word(word, word) for word in part)) for part in parts))
    if isinstance(query, Not):
        return Not(spelled(query.term, vocabulary, breathe))
    if isinstance(query, All | Any):
        return type(query)(tuple(spelled(term, vocabulary, breathe) for term in query.terms))
    return query


# -- corrections ------------------------------------------------------------------------------

#: words in place of one, with what they cost
Choice = tuple[float, tuple[str, ...]]


class _Slot(Struct, frozen=True):
    """A word of a query, and whether it may as well be the end of the one before."""

    word: str
    joins: bool


def corrections(query: Query, vocabulary: Vocabulary, most: int, breathe: Breathe = at_once) -> list[Query]:
    """At most so many other spellings of the query's words that may have been meant, best first."""
    slots = list(_slots(query))
    unknown = {slot.word for slot in slots if not vocabulary.count(slot.word)}
    choices = {
        word: _choices(word, vocabulary, doubted=not unknown or word in unknown, breathe=breathe)
        for word in {slot.word for slot in slots}
    }
    plans = [[choices[slot.word] for slot in slots]]
    for at, (slot, after) in enumerate(pairwise(slots)):
        joined = slot.word + after.word
        if after.joins and vocabulary.count(joined):
            together: list[Choice] = [(BLANK - vocabulary.worth(joined), (joined,))]
            plans.append([*plans[0][:at], together, [(0.0, ())], *plans[0][at + 2 :]])
    best = sorted(choice for plan in plans for choice in _cheapest(plan, most + 1))
    unchanged = [(slot.word,) for slot in slots]
    spellings = [words for _, words in best if list(words) != unchanged]
    return [term for words in spellings[:most] for term in _rewritten(query, iter(words))]


def _slots(query: Query, joins: bool = False) -> Iterator[_Slot]:
    """The words that are wanted in title or abstract, in the order in which they are written."""
    if isinstance(query, Word) and query.where != "note":
        for number, word in enumerate(query.words.split()):
            yield _Slot(word, joins or number > 0)
    elif isinstance(query, All):
        for before, term in zip((None, *query.terms), query.terms, strict=False):
            yield from _slots(term, _is_single(before) and _is_single(term) and before.where == term.where)
    elif isinstance(query, Any):
        for term in query.terms:
            yield from _slots(term)


def _is_single(term: Query | None) -> TypeGuard[Word]:
    return isinstance(term, Word) and term.where != "note" and " " not in term.words


def _choices(word: str, vocabulary: Vocabulary, *, doubted: bool, breathe: Breathe) -> list[Choice]:
    """What may stand in place of a word: itself if it is known, others if it is doubted."""
    count = vocabulary.count(word)
    found: list[Choice] = []
    if count:
        found.append((-vocabulary.worth(word), (word,)))
    elif vocabulary.holds(word, breathe):
        found.append((PART, (word,)))
    if doubted:
        kept: list[str] = []
        for cost, other in vocabulary.near(word, breathe):
            frequent = vocabulary.count(other) >= DOUBT * count
            if frequent and len(kept) < TRIED and not any(known in other for known in kept):
                kept.append(other)
                found.append((cost, (other,)))
        if not count:
            found += _apart(word, vocabulary)
    return sorted(found)


def _apart(word: str, vocabulary: Vocabulary) -> list[Choice]:
    """The two known words that were most likely written as one."""
    pairs = ((word[:at], word[at:]) for at in range(2, len(word) - 1))
    known = (pair for pair in pairs if all(map(vocabulary.count, pair)))
    choices: list[Choice] = [(BLANK - vocabulary.worth(*pair), pair) for pair in known]
    return sorted(choices)[:1]


def _cheapest(plan: Sequence[Sequence[Choice]], most: int) -> list[tuple[float, tuple[tuple[str, ...], ...]]]:
    """So many ways to choose one of each, the cheapest together first."""
    ways: list[tuple[float, tuple[tuple[str, ...], ...]]] = [(0.0, ())]
    for choices in plan:
        longer = ((cost + more, (*words, word)) for cost, words in ways for more, word in choices)
        ways = nsmallest(most, longer)
    return ways


def _rewritten(query: Query, spelt: Iterator[tuple[str, ...]]) -> tuple[Query, ...]:
    """The terms to stand in place of this one, each word spelt as given."""
    if isinstance(query, Word) and query.where != "note":
        parts = [part for _ in query.words.split() for part in next(spelt)]
        texts = parts if _is_single(query) else [f'"{" ".join(parts)}"']
        return tuple(_word(text, query.where) for text in texts)
    if isinstance(query, All):
        return (All(tuple(new for term in query.terms for new in _rewritten(term, spelt))),)
    if isinstance(query, Any):
        terms = (_rewritten(term, spelt) for term in query.terms)
        return (Any(tuple(term[0] if len(term) == 1 else All(term) for term in terms)),)
    return (query,)


def _word(text: str, where: str) -> Query:
    query = parse(f"{where}:{text}" if where else text)
    return query.terms[0] if isinstance(query, All) and len(query.terms) == 1 else query
