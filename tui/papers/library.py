"""The library: all papers, what was decided about each, and the one door through which that changes."""

import builtins
import socket
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from datetime import datetime
from functools import partial

from msgspec import Struct

from tui.errors import LibraryError
from tui.papers.acts import Acts
from tui.papers.answers import Answers
from tui.papers.close import Correction, Vocabulary, spelled
from tui.papers.collection import Added, Collection, Joining
from tui.papers.finding import Finder
from tui.papers.forgetting import Loss, Seen
from tui.papers.history import History, OnPaper
from tui.papers.imports import in_order, joined_digest
from tui.papers.keeping import Source, Store
from tui.papers.ledger import Ledger
from tui.papers.merging import Merge, Merged
from tui.papers.orders import Key, arranged, relevance
from tui.papers.paper import Digest, Paper, Reading
from tui.papers.query import VIEWS, All, Asked, Fuzzy, Query, both
from tui.papers.search import Breathe, Cancelled, Texts, at_once
from tui.papers.text import storable
from tui.papers.triage import DIGEST, Decision, Triage, change, new_id, next_redo, next_undo, now_utc
from tui.papers.view import BUILT_IN_ALONE, View, Views

#: so many acts are gone through at once; of more, so many are shown before
SOON, FIRST = 5_000, 100


class Takeback(Struct, frozen=True):
    """An undo or redo that was made: of which act, on which papers, and what still rules instead.

    `changed` is how many of the papers' triage is different now; `ruled_by` is the act that rules the
    others, the newest where there are several.
    """

    decision: Decision
    act: Decision
    papers: tuple[str, ...]
    changed: int
    ruled_by: Decision | None = None


class Library:
    """Papers by id, their triage, and the digests they came from."""

    def __init__(
        self, store: Store, *, clock: Callable[[], datetime] = now_utc, views: Views = BUILT_IN_ALONE
    ) -> None:
        self._store, self._clock, self.views = store, clock, views
        #: the words of titles and abstracts, and of all of them together; and the number of changes so far
        self.texts, self.vocabulary, self.changes = Texts(store.abstracts, store.abstract), Vocabulary(), 0
        self._learned = -1
        self._news: tuple[bool, set[str]] = (False, set())
        self.unreadable: set[str] = set()
        #: the decisions that were made through this library since it was opened, the oldest first
        self.made: list[Decision] = []
        #: which papers an act was about, and on which days each was decided
        self.acts = Acts(store, self)
        self._load()

    def _load(self) -> None:
        self._collection = Collection(self._store.papers())
        self._newest: tuple[int, datetime | None, int] | None = None
        self._imports = {digest.id: digest for digest in self._store.digests()}
        self._digests = in_order(self._imports.values())
        self._ledger = Ledger(self._store, self._collection)
        self._seen = Seen(self._collection, self._digests, self._ledger)

    # -- reading ------------------------------------------------------------------------------

    @property
    def papers(self) -> Mapping[str, Paper]:
        """All papers by id, in the order in which they were stored, but for those that are forgotten."""
        return self._seen.papers

    @property
    def digests(self) -> Mapping[str, Digest]:
        """All imported digests by id, in the order of their import, but for those that are forgotten."""
        return self._seen.digests

    @property
    def imports(self) -> Mapping[str, Digest]:
        """All imported digests, forgotten or not."""
        return self._digests

    @property
    def forgotten(self) -> builtins.list[Paper]:
        """The papers that no digest holds any more."""
        return [self._collection.papers[paper_id] for paper_id in sorted(self._ledger.hidden)]

    def digest_name(self, digest_id: str) -> str | None:
        """What an imported digest is called, forgotten or not."""
        return digest.name if (digest := self._digests.get(digest_id)) else None

    @property
    def forgettings(self) -> int:
        """A number that is another one once papers were forgotten or brought back."""
        return self._ledger.forgettings

    def paper(self, key: str) -> Paper | None:
        """The paper with this id, or that this key of one of its records belongs to."""
        return self.papers.get(self._collection.home(key))

    def known(self, key: str) -> Paper | None:
        """The same, forgotten or not."""
        return self._collection.paper(key)

    def home(self, key: str) -> str:
        """The id of the paper a key belongs to; a key not known is its own."""
        return self._collection.home(key)

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
        return self.texts(paper)

    def tags(self) -> Counter[str]:
        """All tags in use, with the number of papers that wear each."""
        return Counter(tag for _, triage in self._ledger.decided() for tag in triage.tags)

    def counts(self) -> Mapping[str, int]:
        """How many papers the built-in views hold, known without looking through them."""
        totals = {**self._ledger.totals(), "new": self._last_import[1]}
        return {name: totals[name] for name in VIEWS}

    def count(self, view: View) -> int:
        """How many papers any view holds: one of the user's is looked through for that."""
        if view.query or view.filter:
            return len(self._found(view))
        return len(self.papers)

    def list(self, view: View) -> builtins.list[Paper]:
        """The papers of a view, in its order."""
        return arranged(self._found(view), self._digests, view.order, view.reverse, self._key(view))

    def _key(self, view: View) -> Key | None:
        """What the view is sorted by, where that is not a fact of the paper."""
        if view.order == "starred":
            starred = self._ledger.starred()
            return lambda paper: starred.get(paper.id)
        query = both(view.query, view.filter)
        if view.order == "relevance" and (wanted := self.looked_for(query)):
            texts = self.texts
            return lambda paper: relevance(wanted, texts.title(paper), texts.abstract(paper))
        return None

    def looked_for(self, query: Query) -> tuple[str, ...]:
        """The words to mark and to rank by; for a `~word` that was found those spelt nearly so."""
        return tuple(dict.fromkeys(spelled(query, self.vocabulary).wanted))

    def _found(self, view: View) -> builtins.list[Paper]:
        wanted = both(view.query, view.filter)
        papers = self.everything
        for query in (
            All(tuple(term for term in wanted.terms if not term.needs_text)),
            All(tuple(term for term in wanted.terms if term.needs_text)),
        ):  # abstracts are only read of what the rest leaves
            papers = (self.finder(papers).complete(query) or []) if query else papers
        return papers

    # -- finding ------------------------------------------------------------------------------

    def finder(self, papers: Sequence[Paper] | None = None) -> Finder:
        """Finds among these papers, or among all as they are now. Cheap to make: nothing is read yet."""
        return Finder(self.everything if papers is None else papers, self)

    def close(self, query: Query, cancelled: Cancelled = None) -> builtins.list[Correction] | None:
        """The query in close spellings with how many papers each finds; None when cancelled."""
        return self.finder().close(query, cancelled)

    @property
    def everything(self) -> builtins.list[Paper]:
        """All papers in the order in which they were stored, whatever comes meanwhile."""
        return [*self.papers.values()]

    def asked(self, paper: Paper) -> Asked:
        """The paper as a query asks about it."""
        return Answers(self, paper)

    def is_close(self, paper: Paper, words: str) -> bool:
        """Whether each of these words, or one spelt nearly so, is in the paper's texts."""
        self.learn(at_once)
        return spelled(Fuzzy(words, words), self.vocabulary)(self.asked(paper))

    def learn(self, breathe: Breathe) -> None:
        """Take the words of all papers into the vocabulary. Raises what `breathe` does."""
        changes = self.changes
        if self._learned != changes:
            papers = self.everything
            self.texts.titles(papers, breathe)
            self.texts.abstracts(papers, breathe)
            self.vocabulary.learn(self.texts.fresh, breathe)
            self._learned = changes

    @property
    def newest(self) -> datetime | None:
        """When the last paper came."""
        return self._last_import[0]

    @property
    def _last_import(self) -> tuple[datetime | None, int]:
        """When the last paper came, and with how many others."""
        if self._newest is None or self._newest[0] != self.forgettings:
            added = [paper.added for paper in self.everything]
            newest = max(added, default=None)
            self._newest = self.forgettings, newest, added.count(newest) if newest else 0
        return self._newest[1:]

    @property
    def now(self) -> datetime:
        """The moment, in the zone whose days the user means."""
        return self._clock().astimezone()

    def log(self) -> Iterator[tuple[Decision, bool]]:
        """All decisions, newest first, wherever they were made, and whether each stands."""
        for decision in sorted(self._store.newest_first(), key=lambda made: made.id, reverse=True):
            yield decision, self.stands(decision)

    def stands(self, decision: Decision) -> bool:
        """Whether a decision counts; undo and redo always do."""
        return decision.act is not None or self._ledger.standing(decision)

    def called(self, prefix: str) -> builtins.list[Decision]:
        """The decisions whose ids begin so."""
        return [*self._store.called(prefix)]

    def acts_on(self, paper_id: str) -> builtins.list[Decision]:
        """Every act on a paper, whether it stands or not, the newest first."""
        named = self._store.naming(self._collection.keys_of([self.home(paper_id)]))
        return sorted((act for act in named if act.act is None), key=lambda act: act.id, reverse=True)

    def turned_by(self, act: Decision) -> str:
        """The id of the last undo or redo of an act; empty where it was never taken back."""
        return self._ledger.standing.last(act.id)

    def history(self, paper: Paper | None = None) -> History | OnPaper:
        """All acts, the newest first, each read when it is asked for; or those on one paper."""
        if paper is None:
            few = self._ledger.acts <= SOON
            return History(self._store, None if few else FIRST if self._ledger.in_order else 0)
        return OnPaper(partial(self.acts_on, paper.id), self._store.called)

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
            self.made.append(decision)
            self.changes += 1
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

    def take_back(self, act_id: str) -> Takeback | None:
        """Take back any act, wherever it was made; later ones stay as they are.

        None where there is no act of this id, or it is taken back already.
        """
        return self._turn_any("undo", act_id, stands=False)

    def give_back(self, act_id: str) -> Takeback | None:
        """Let an act stand again; None where there is none of this id, or it stands."""
        return self._turn_any("redo", act_id, stands=True)

    def _turn_any(self, verb: str, act_id: str, *, stands: bool) -> Takeback | None:
        with self._store.turn():
            self._take_in()
            act = next((one for one in self._store.called(act_id) if one.id == act_id), None)
            if act is None or act.act is not None or self.stands(act) == stands:
                return None
            return self._turn_about(verb, act, stands=stands)

    def _turn_about(self, verb: str, act: Decision, *, stands: bool) -> Takeback:
        decision = self._decision(verb, act=act.id, stands=stands)
        self._store.keep(decision)
        self._ledger.newest = decision.id
        self._ledger.standing.add(decision)
        self.made.append(decision)
        standing = self._ledger.naming(act.papers)
        changed = self._ledger.refold(act.papers, standing)
        self.changes += 1
        papers = tuple(dict.fromkeys(map(self._collection.home, act.papers)))
        ruling = self._ruling(act, standing, set(papers) - changed)
        return Takeback(decision, act, papers, len(changed), ruling)

    def _ruling(self, act: Decision, standing: Sequence[Decision], papers: set[str]) -> Decision | None:
        """The newest standing act that says of these papers what the act says, or otherwise; not itself."""
        fields = {name for name, value in act.sets.items() if value} or act.sets.keys()
        ruling = (
            other
            for other in reversed(standing)
            if papers
            and fields & other.sets.keys()
            and any(self._collection.home(key) in papers for key in other.papers)
        )
        found = next(ruling, None)
        return None if found is None or found.id == act.id else found

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

    # -- forgetting ---------------------------------------------------------------------------

    def loss(self, digest_id: str) -> Loss:
        """What forgetting a digest would take away."""
        return self._seen.loss(self._seen.papers_of(digest_id), [digest_id])

    def loss_of(self, papers: Iterable[str]) -> Loss:
        """What forgetting these papers in all their digests would take away."""
        return self._seen.loss(papers)

    def forget(self, loss: Loss) -> Decision | None:
        """Take papers out of digests, durably, as one decision; None where that is so already."""
        return self.decide("forget", loss.papers, {f"{DIGEST}{digest}": False for digest in loss.digests})

    def recall(self, digest_id: str) -> Decision | None:
        """Bring back what was forgotten of a digest, as one decision; None where nothing was."""
        papers = self._seen.forgotten_of(digest_id)
        return self.decide("recall", papers, {f"{DIGEST}{digest_id}": True}) if papers else None

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
            self._newest = None
            self._seen.renew(self._digests)
            self.changes += 1
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
        """Take in what others appended: whether papers came or left, and the ids whose triage changed."""
        self._take_in()
        news, self._news = self._news, (False, set())
        return news

    def _take_in(self) -> None:
        news = self._store.news()
        if news.papers:
            self._load_again()
        elif news.decisions:
            before = self.forgettings
            changed = self._ledger.replay(news.decisions)
            self._news = (self._news[0] or before != self.forgettings, self._news[1] | changed)
            self.changes += 1

    def _load_again(self) -> None:
        before = self._ledger
        self._load()
        self.changes += 1
        ids = {i for i, _ in before.decided()} | {i for i, _ in self._ledger.decided()}
        self._news = (True, self._news[1] | {i for i in ids if before(i) != self._ledger(i)})
