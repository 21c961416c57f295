"""The fold: from all decisions to the triage of each paper. Decisions are read, folded and let go."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

from tui.papers.collection import Collection
from tui.papers.keeping import Snapshot, Store, checksum
from tui.papers.paper import Digest, Paper
from tui.papers.triage import UNDECIDED, Decision, Standing, Triage, change


class Ledger:
    """Triage by paper id; what names papers not known yet is kept and counts when they come."""

    def __init__(self, store: Store, collection: Collection) -> None:
        self._store, self._collection = store, collection
        self._triage: dict[str, Triage] = {}
        #: of the collection's papers those forgotten in any digest; those in all of theirs; changes of these
        self.partly: set[str] = set()
        self.hidden: set[str] = set()
        self.forgettings = 0
        self.standing, self.newest = Standing(), ""
        #: how many acts there are, and whether all were written in the order of their ids
        self.acts, self.in_order = 0, True
        #: how many decisions no snapshot holds
        self.folded = 0
        #: the newest acts, while nothing but these came: their ids, and each paper's triage before
        self._steps: list[tuple[str, list[tuple[str, Triage]]]] = []
        #: the inbox in digest order as a snapshot says it, those of it that were decided since, and the
        #: last import, where it says that
        self._waiting: list[Paper] | None = None
        self._left: set[str] = set()
        self.last_import: tuple[datetime | None, int] | None = None
        if not self._resume():
            self._fold_all()
            self.recount()

    def __call__(self, paper_id: str) -> Triage:
        """What stands decided about a paper."""
        return self._triage.get(paper_id, UNDECIDED)

    def undecided(self, papers: Mapping[str, Paper]) -> list[Paper]:
        """Those of these papers, by id, that are in the inbox."""
        triage = self._triage
        if self._counts["decided"] == len(triage):  # nothing else was ever decided: a third of the time
            return [paper for i, paper in papers.items() if i not in triage]
        return [paper for i, paper in papers.items() if i not in triage or triage[i].undecided]

    def inbox(self) -> list[Paper] | None:
        """The inbox in digest order; None where no snapshot says it, or a paper came back to it since."""
        if self._waiting is None or not self._left:
            return self._waiting and [*self._waiting]
        return [paper for paper in self._waiting if paper.id not in self._left]

    def outgrow(self) -> None:
        """Papers came, and no snapshot is of them."""
        self.folded, self._waiting, self.last_import = self.acts, None, None

    def decided(self) -> Iterator[tuple[str, Triage]]:
        """The papers that any decision touched, without those that are hidden."""
        papers, hidden = self._collection.papers, self.hidden
        return ((i, triage) for i, triage in self._triage.items() if i in papers and i not in hidden)

    def remarked(self) -> dict[str, Triage]:
        """Those that wear tags or have a note; safe to ask for from any thread."""
        return {i: triage for i, triage in self._triage.copy().items() if triage.tags or triage.note}

    def _resume(self) -> bool:
        """Begin with the snapshot, if there is one, and take in what was decided since."""
        snapshot = self._store.snapshot()
        if snapshot is None:
            return False
        papers = self._collection.papers
        ids, holds = [*papers], [*papers.values()]
        if checksum(ids) != snapshot.papers:
            return False
        try:  # with the strings that the papers are under: another of the same letters is found more slowly
            triages = {ids[row]: triage for triage, rows, _ in snapshot.kinds for row in rows}
            waiting = None if snapshot.inbox is None else [holds[row] for row in snapshot.inbox]
        except IndexError:
            return False
        triages.update((name, triage) for triage, _, names in snapshot.kinds for name in names)
        self._triage, self._waiting, self.last_import = triages, waiting, snapshot.last_import
        self.standing.restore(snapshot.takebacks)
        self.newest, self.acts, self.in_order = snapshot.newest, snapshot.acts, snapshot.in_order
        if any(names or triage.forgotten for triage, _, names in snapshot.kinds):
            self.recount()
        else:  # as many as it says, which nobody needs to count
            self._begin_counts((triage, len(rows)) for triage, rows, _ in snapshot.kinds)
        rest = list(self._store.rest())
        for number, act in enumerate(rest):
            if act.act is not None or act.id < self.newest:
                self.replay(rest[number:])
                break
            self.add(act)
        return True

    def snapshot(self, digests: Mapping[str, Digest]) -> Callable[[], Snapshot]:
        """Puts together what the decisions taken in so far come to: later, and in a thread if need be."""
        from tui.papers.snapshots import put_together  # no start needs it

        return partial(
            put_together,
            [*self._collection.papers.values()],
            self._triage.copy(),
            None if self.partly else digests,
            takebacks=self.standing.takebacks,
            newest=self.newest,
            acts=self.acts,
            in_order=self.in_order,
        )

    def _fold_all(self) -> None:
        """Fold the standing acts in id order, which is nearly always the order of the lines.

        One loop, for there may be 100,000: most are the first about their paper, and few kinds of acts.
        """
        for takeback in self._store.takebacks():
            self.standing.add(takeback)
        undone, homes, triage = self.standing.undone, self._collection.homes, self._triage
        firsts: dict[tuple[tuple[str, bool | str], ...], Triage] = {}
        newest, anew, number = "", False, 0
        for number, decision in enumerate(self._store.decisions(), 1):  # noqa: B007 - how many there were
            decision_id, sets = decision.id, tuple(decision.sets.items())
            if decision_id < newest:
                anew, self.in_order = True, False
            else:
                newest = decision_id
            if decision.act is not None:
                anew = self.standing.add(decision) or anew  # written since the takebacks were read
                continue
            self.acts += 1
            if decision_id in undone:
                continue
            first = firsts.get(sets) or firsts.setdefault(sets, change(UNDECIDED, decision.sets))
            for key in decision.papers:
                paper_id = homes.get(key, key)
                before = triage.get(paper_id)
                triage[paper_id] = first if before is None else change(before, decision.sets)
        self.newest, self.folded = newest, number
        if anew:
            self._fold_sorted()

    def _fold_sorted(self) -> None:
        self._triage.clear()
        decisions = list(self._store.decisions())
        for decision in decisions:
            self.standing.add(decision)
            self.newest = max(self.newest, decision.id)
        for act in sorted(filter(self.counts, decisions), key=lambda act: act.id):
            self._apply(act)

    def counts(self, decision: Decision) -> bool:
        """Whether this is an act, and stands."""
        return decision.act is None and self.standing(decision)

    def _apply(self, decision: Decision) -> None:
        for key in decision.papers:
            paper_id = self._collection.home(key)
            self._triage[paper_id] = change(self._triage.get(paper_id, UNDECIDED), decision.sets)

    def _see(self, decision: Decision) -> None:
        self.folded += 1
        self.acts += decision.act is None
        self.in_order = self.in_order and decision.id >= self.newest

    def add(self, act: Decision) -> None:
        """Take in the newest act."""
        self._see(act)
        self.newest = act.id
        before = [(paper_id, self(paper_id)) for paper_id in map(self._collection.home, act.papers)]
        self._steps.append((act.id, before))
        for paper_id, _ in before:
            self.set(paper_id, change(self(paper_id), act.sets))

    def step_back(self, act: Decision) -> set[str] | None:
        """Let stand what stood before this act, as it does not; returns the ids whose triage changed.

        None where that is not at hand: the act is not the newest that stands of those made since this was
        opened, or others came between. To fold it all again costs 200 ms for 10,000 papers of 100,000, this
        25; and of one paper as much as to read all decisions.
        """
        if not self._steps or self._steps[-1][0] != act.id:
            return None
        before = self._steps.pop()[1]
        changed = [(paper_id, triage) for paper_id, triage in before if triage != self(paper_id)]
        for paper_id, triage in changed:
            self.set(paper_id, triage)
        return {paper_id for paper_id, _ in changed}

    def replay(self, decisions: Iterable[Decision]) -> set[str]:
        """Take in decisions made elsewhere, late ones too; returns the ids whose triage changed."""
        keys: list[str] = []
        acts: set[str] = set()
        for decision in decisions:
            self._see(decision)
            self.newest = max(self.newest, decision.id)
            keys += decision.papers
            if decision.act is not None:
                self.standing.add(decision)
                acts.add(decision.act)
        return self.refold([*keys, *self._papers_of(acts)])

    def _papers_of(self, acts: set[str]) -> Iterator[str]:
        """The papers of these acts, which are hardly ever far from the end."""
        decisions = iter(self._store.newest_first())
        while acts and (decision := next(decisions, None)):
            if decision.id in acts:
                acts = acts - {decision.id}
                yield from decision.papers

    def naming(self, keys: Iterable[str]) -> list[Decision]:
        """The standing acts on the papers of these keys, in id order."""
        acts = filter(self.counts, self._store.naming(self._collection.keys_of(keys)))
        return sorted(acts, key=lambda act: act.id)

    def starred(self) -> dict[str, str]:
        """Of each starred paper the id of the act that starred it last: ids sort by time."""
        found: dict[str, str] = {}
        for act in filter(self.counts, self._store.newest_first()):
            if act.sets.get("starred") is True:
                for paper_id in map(self._collection.home, act.papers):
                    if self(paper_id).starred and found.get(paper_id, "") < act.id:
                        found[paper_id] = act.id
        return found

    def refold(self, keys: Iterable[str], acts: Sequence[Decision] | None = None) -> set[str]:
        """Fold again all that names these keys' papers; returns the ids whose triage changed.

        `acts` are what `naming` gives of them, where that is known.
        """
        names = self._collection.keys_of(keys)
        if not names:
            return set()
        self._steps.clear()
        home = self._collection.home
        fresh = dict.fromkeys(map(home, names), UNDECIDED)
        for act in self.naming(names) if acts is None else acts:
            for paper_id in set(map(home, act.papers)) & fresh.keys():
                fresh[paper_id] = change(fresh[paper_id], act.sets)
        for key in names - fresh.keys():
            self._triage.pop(key, None)
        changed = {paper_id for paper_id, new in fresh.items() if new != self(paper_id)}
        for paper_id in changed:
            self.set(paper_id, fresh[paper_id])
        return changed

    def set(self, paper_id: str, triage: Triage) -> None:
        """Let this stand of a paper, and count it."""
        paper, before = self._collection.papers.get(paper_id), self(paper_id)
        self._triage[paper_id] = triage
        if paper is None:
            return
        if paper_id not in self.hidden:
            self._count(before, -1)
        if before.forgotten or triage.forgotten:
            self._waiting = self.last_import = None
            self._hide(paper, triage)
        elif triage.undecided != before.undecided:
            self._wait(paper_id, again=triage.undecided)
        if paper_id not in self.hidden:
            self._count(triage, 1)

    def _wait(self, paper_id: str, *, again: bool) -> None:
        if not again:
            self._left.add(paper_id)
        elif paper_id in self._left:
            self._left.remove(paper_id)
        else:
            self._waiting = None

    def awaits(self, papers: Iterable[Paper]) -> bool:
        """Whether anything was decided about these papers before they came."""
        return any(paper.id in self._triage for paper in papers)

    # -- counts -------------------------------------------------------------------------------

    def recount(self) -> None:
        """Count anew, after papers came or went. Few kinds of triage stand about many papers."""
        self.partly, self.hidden, papers = set(), set(), self._collection.papers
        self.forgettings += 1
        known: Mapping[str, Triage] = self._triage
        if not known.keys() <= papers.keys():
            known = {i: triage for i, triage in known.items() if i in papers}
        kinds = {id(triage): triage for triage in known.values()}
        if any(triage.forgotten for triage in kinds.values()):
            for paper_id, triage in known.items():
                if triage.forgotten:
                    self._hide(papers[paper_id], triage)
            known = {i: triage for i, triage in known.items() if i not in self.hidden}
        self._begin_counts((kinds[kind], n) for kind, n in Counter(map(id, known.values())).items())

    def _begin_counts(self, kinds: Iterable[tuple[Triage, int]]) -> None:
        self._counts: Counter[str] = Counter()
        for kind, number in kinds:
            self._count(kind, number)

    def _hide(self, paper: Paper, triage: Triage) -> None:
        """Note whether a paper is forgotten in any of the digests it was seen in, or in all of them."""
        seen = {sighting.digest for sighting in paper.sightings}
        (self.partly.add if seen.intersection(triage.forgotten) else self.partly.discard)(paper.id)
        is_hidden = bool(seen) and seen.issubset(triage.forgotten)
        (self.hidden.add if is_hidden else self.hidden.discard)(paper.id)
        self.forgettings += 1

    def _count(self, triage: Triage, by: int) -> None:
        self._counts["decided"] += by * (not triage.undecided)
        self._counts["starred"] += by * triage.starred
        self._counts["later"] += by * triage.later
        self._counts["tagged"] += by * bool(triage.tags)

    def totals(self) -> Mapping[str, int]:
        """How many papers those built-in views hold that hang on what was decided."""
        papers = len(self._collection.papers) - len(self.hidden)
        return {
            "inbox": papers - self._counts["decided"],
            "starred": self._counts["starred"],
            "later": self._counts["later"],
            "tagged": self._counts["tagged"],
            "all": papers,
        }
