"""What a library holds: papers, digests, decisions; counted, listed and found. Nothing here changes it."""

import builtins
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

from tui.errors import LibraryError
from tui.papers.acts import Acts
from tui.papers.answers import Answers
from tui.papers.close import Correction, Vocabulary, spelled
from tui.papers.collection import Collection
from tui.papers.finding import Finder
from tui.papers.forgetting import Seen
from tui.papers.history import History, OnPaper
from tui.papers.imports import in_order, last_import
from tui.papers.keeping import Store
from tui.papers.ledger import Ledger
from tui.papers.orders import Key, arranged, relevance
from tui.papers.paper import Digest, Paper
from tui.papers.query import VIEWS, All, Asked, Fuzzy, Query, both, parse
from tui.papers.search import Breathe, Cancelled, Texts, at_once
from tui.papers.triage import Decision, Triage, now_utc
from tui.papers.view import BUILT_IN_ALONE, View, Views

#: so many acts are gone through at once; of more, so many are shown before
SOON, FIRST = 5_000, 100


_INBOX = parse("is:inbox")


class Holdings:
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
        self._collection = Collection(self._store.by_stored_id())
        self._imports = {digest.id: digest for digest in self._store.digests()}
        self._digests = in_order(self._imports.values())
        self._ledger = Ledger(self._store, self._collection)
        #: when and how many papers came last, and the forgettings until then
        self._newest: tuple[int, datetime | None, int] | None = None
        if came := self._ledger.last_import:
            self._newest = self.forgettings, *came
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

    def remarked(self) -> Mapping[str, Triage]:
        """What stands decided about the papers that wear tags or have a note."""
        return self._ledger.remarked()

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
        as_read = view.order == "digest" and not view.reverse
        if as_read and both(view.query, view.filter) == _INBOX and (kept := self._ledger.inbox()) is not None:
            return kept  # what a start shows
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
        if wanted == _INBOX:  # what a start shows, in a third of the time
            return self._ledger.undecided(self.papers)
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
            self._newest = self.forgettings, *last_import(self.everything)
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
