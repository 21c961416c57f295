"""The library: all papers, what was decided about each, and the one door through which that changes."""

import socket
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING

from msgspec import Struct

from tui.papers.collection import Added, Joining
from tui.papers.forgetting import Loss
from tui.papers.holdings import Holdings
from tui.papers.imports import in_order, joined_digest
from tui.papers.keeping import Source
from tui.papers.paper import Reading
from tui.papers.text import storable
from tui.papers.triage import DIGEST, Decision, change, new_id, next_redo, next_undo

if TYPE_CHECKING:
    from tui.papers.merging import Merged

#: so many decisions that no snapshot holds are worth one
WORTH = 5_000


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


class Library(Holdings):
    """What it holds, and the ways in which that changes: deciding, taking back, importing, merging."""

    # -- deciding -----------------------------------------------------------------------------

    def changed_by(self, papers: Iterable[str], sets: Mapping[str, bool | str]) -> list[str]:
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
        self.changes += 1
        papers = tuple(dict.fromkeys(map(self._collection.home, act.papers)))
        changed = None if stands else self._ledger.step_back(act)
        known = changed is not None and len(changed) == len(papers)
        standing = [] if known else self._ledger.naming(act.papers)
        if changed is None:
            changed = self._ledger.refold(act.papers, standing)
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
            self._ledger.outgrow()
            self._seen.renew(self._digests)
            self.changes += 1
            return added

    def compact(self) -> bool:
        """Let the store drop what was replaced; worth asking after an import."""
        with self._store.turn():
            self._take_in()
            return self._store.compact([*self._collection.whole.values(), *self._collection.bare.values()])

    def settle(self) -> Callable[[], None] | None:
        """What makes the next start faster, to be done at leisure, in a thread; None where nothing would."""
        if self._ledger.folded < WORTH:
            return None
        self._ledger.folded = 0
        keep, put_together = self._store.keep_snapshot(), self._ledger.snapshot(self._digests)
        return lambda: keep(put_together())

    def merge(self, source: Source, name: str, *, dry_run: bool = False) -> "Merged":
        """Take in another library, durably; with `dry_run` only say what it would bring.

        `name` says for the log where its decisions came from.
        """
        from tui.papers.merging import Merge  # for who merges, which is rare

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
