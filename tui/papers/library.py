"""The library: all papers, what was decided about each, and the one door through which that changes."""

import builtins
import socket
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import nullcontext
from datetime import datetime

from msgspec import Struct

from tui.errors import LibraryError
from tui.papers.collection import Added, Collection, Joining
from tui.papers.imports import in_order, joined_digest
from tui.papers.keeping import Source, Store
from tui.papers.ledger import Ledger
from tui.papers.merging import Merge, Merged
from tui.papers.orders import arranged
from tui.papers.paper import Digest, Paper, Reading
from tui.papers.query import both
from tui.papers.search import Texts
from tui.papers.text import storable
from tui.papers.triage import Decision, Triage, change, new_id, next_redo, next_undo, now_utc
from tui.papers.view import View


class Takeback(Struct, frozen=True):
    """An undo or redo that was made: of which act, on which papers, and what still rules instead.

    `changed` is how many of the papers' triage is different now.
    """

    decision: Decision
    act: Decision
    papers: tuple[str, ...]
    changed: int
    ruled_by: Decision | None = None


class Library:
    """Papers by id, their triage, and the digests they came from."""

    def __init__(self, store: Store, *, clock: Callable[[], datetime] = now_utc) -> None:
        self._store, self._clock = store, clock
        self._texts = Texts(store.abstracts, store.abstract)
        self._news: tuple[bool, set[str]] = (False, set())
        self.unreadable: set[str] = set()
        self._load()

    def _load(self) -> None:
        self._collection = Collection(self._store.papers())
        self._imports = {digest.id: digest for digest in self._store.digests()}
        self._digests = in_order(self._imports.values())
        self._ledger = Ledger(self._store, self._collection)

    # -- reading ------------------------------------------------------------------------------

    @property
    def papers(self) -> Mapping[str, Paper]:
        """All papers by id, in the order in which they were stored."""
        return self._collection.papers

    @property
    def digests(self) -> Mapping[str, Digest]:
        """All imported digests by id, in the order of their import."""
        return self._digests

    def paper(self, key: str) -> Paper | None:
        """The paper with this id, or that this key of one of its records belongs to."""
        return self._collection.paper(key)

    def triage(self, paper_id: str) -> Triage:
        """What stands decided about a paper."""
        return self._ledger(paper_id)

    def abstract(self, paper: Paper) -> str:
        """The paper's abstract as it came, empty where no digest gave one. Raises LibraryError."""
        return self._store.abstract(paper) if paper.abstract_at else ""

    def readable_abstract(self, paper: Paper) -> str:
        """The paper's abstract, empty where it cannot be read: `unreadable` then holds the paper's id."""
        try:
            return self.abstract(paper)
        except LibraryError:
            self.unreadable.add(paper.id)
            return ""

    def text(self, paper: Paper) -> str:
        """Title and abstract, folded to words: what a query looks through."""
        return self._texts(paper)

    def tags(self) -> Counter[str]:
        """All tags in use, with the number of papers that wear each."""
        return Counter(tag for _, triage in self._ledger.decided() for tag in triage.tags)

    def counts(self) -> Mapping[str, int]:
        """How many papers the built-in views hold."""
        return self._ledger.totals()

    def list(self, view: View) -> builtins.list[Paper]:
        """The papers of a view, in its order."""
        wanted = both(view.query, view.filter)
        papers: Iterable[Paper] = self.papers.values()
        if wanted:
            newest = max((p.added for p in papers), default=None)
            papers = [p for p in papers if wanted(_Asked(self, p, newest))]
        return arranged(papers, self._digests, view.order, view.reverse)

    def log(self) -> Iterator[tuple[Decision, bool]]:
        """All decisions, newest first, wherever they were made, and whether each stands."""
        for decision in sorted(self._store.newest_first(), key=lambda made: made.id, reverse=True):
            yield decision, decision.act is not None or self._ledger.standing(decision)

    @property
    def has_decisions(self) -> bool:
        """Whether anything was ever decided."""
        return next(iter(self._store.newest_first()), None) is not None

    # -- deciding -----------------------------------------------------------------------------

    def changed_by(self, papers: Iterable[str], sets: Mapping[str, bool | str]) -> builtins.list[str]:
        """The ids among these whose triage the sets would change."""
        ids = dict.fromkeys(map(self._collection.home, papers))
        return [i for i in ids if change(self.triage(i), sets) != self.triage(i)]

    def decide(self, verb: str, papers: Iterable[str], sets: Mapping[str, bool | str]) -> Decision | None:
        """Set these fields on these papers, durably, as one decision; None where nothing changes."""
        sets = {name: storable(v) if isinstance(v, str) else v for name, v in sets.items()}
        with self._store.turn():
            self._take_in()
            touched = tuple(self.changed_by(papers, sets))
            if not touched:
                return None
            decision = self._decision(verb, papers=touched, sets=sets)
            self._store.keep(decision)
            self._ledger.add(decision)
            return decision

    def undo(self) -> Takeback | None:
        """Take back the newest standing act made in this copy of the library."""
        with self._store.turn():
            self._take_in()
            act = next_undo(self._store.newest_first(), self._ledger.standing)
            return self._turn_about("undo", act, stands=False) if act else None

    def redo(self) -> Takeback | None:
        """Give back the act undone last, if no new one was made since."""
        with self._store.turn():
            self._take_in()
            wanted = next_redo(self._store.newest_first(), self._ledger.standing)
            act = next((d for d in self._store.newest_first() if d.id == wanted), None)
            return self._turn_about("redo", act, stands=True) if act else None

    def _turn_about(self, verb: str, act: Decision, *, stands: bool) -> Takeback:
        decision = self._decision(verb, act=act.id, stands=stands)
        self._store.keep(decision)
        self._ledger.newest = decision.id
        self._ledger.standing.add(decision)
        changed = self._ledger.refold(act.papers)
        papers = tuple(dict.fromkeys(map(self._collection.home, act.papers)))
        ruling = None if changed or stands else self._ruling(act)
        return Takeback(decision, act, papers, len(changed), ruling)

    def _ruling(self, act: Decision) -> Decision | None:
        """The standing act that says the same of an undone act's papers."""
        same = [d for d in self._ledger.naming(act.papers) if d.sets.keys() & act.sets.keys()]
        return same[-1] if same else None

    def _decision(
        self,
        verb: str,
        *,
        papers: tuple[str, ...] = (),
        sets: dict[str, bool | str] | None = None,
        act: str | None = None,
        stands: bool = True,
    ) -> Decision:
        now = self._clock()
        return Decision(
            id=new_id(now, self._ledger.newest),
            at=now,
            by=socket.gethostname(),
            verb=verb,
            papers=papers,
            sets=sets or {},
            act=act,
            stands=stands,
        )

    # -- importing ----------------------------------------------------------------------------

    def add(self, reading: Reading) -> Added:
        """Take in a digest; each record has found its paper, durably, when this returns."""
        with self._store.turn():
            self._take_in()
            known = self._imports.get(reading.digest.id)
            digest = joined_digest(known, reading.digest) if known else reading.digest
            joining = Joining(self._collection, self._store.abstract)
            added = joining.add(reading.records, digest)
            changes = joining.changes()
            if not changes and digest == known:
                return added
            stored = self._store.keep_import([digest], changes, list(joining.gone))
            self._imports[digest.id] = digest
            self._digests = in_order(self._imports.values())
            moved = self._collection.put(stored, joining.gone)
            self._ledger.refold(moved)
            if moved or joining.gone or self._ledger.awaits(stored):
                self._ledger.recount()
            return added

    def compact(self) -> bool:
        """Let the store drop what was replaced; worth asking after an import."""
        with self._store.turn():
            self._take_in()
            return self._store.compact([*self._collection.whole.values(), *self._collection.bare.values()])

    def merge(self, source: Source, name: str, *, dry_run: bool = False) -> Merged:
        """Take in another library, durably; with `dry_run` only say what it would bring.

        `name` says for the log where its decisions came from.
        """
        with nullcontext() if dry_run else self._store.turn():
            self._take_in()
            log = self._store.newest_first()
            merge = Merge(self._store, self._collection, self._imports, source, name, log)
            if merge and not dry_run:
                self._store.keep_import(merge.digests, merge.papers, merge.gone, merge.decisions)
                self._load_again()
            return merge.merged(self._collection.home)

    # -- what others did ----------------------------------------------------------------------

    def refresh(self) -> tuple[bool, set[str]]:
        """Take in what others appended: whether papers came, and the ids whose triage changed."""
        self._take_in()
        news, self._news = self._news, (False, set())
        return news

    def _take_in(self) -> None:
        news = self._store.news()
        if news.papers:
            self._load_again()
        elif news.decisions:
            self._news = (self._news[0], self._news[1] | self._ledger.replay(news.decisions))

    def _load_again(self) -> None:
        before = self._ledger
        self._load()
        ids = {i for i, _ in before.decided()} | {i for i, _ in self._ledger.decided()}
        self._news = (True, self._news[1] | {i for i in ids if before(i) != self._ledger(i)})


class _Asked:
    """One paper as a query asks about it."""

    __slots__ = ("_library", "_newest", "_paper")

    def __init__(self, library: Library, paper: Paper, newest: datetime | None) -> None:
        self._library, self._paper, self._newest = library, paper, newest

    @property
    def triage(self) -> Triage:
        return self._library.triage(self._paper.id)

    @property
    def is_new(self) -> bool:
        return self._paper.added == self._newest

    @property
    def text(self) -> str:
        return self._library.text(self._paper)
