"""What of a library is to be seen: papers and digests as if what was forgotten had never been imported.

A paper is hidden where it is forgotten in every digest it was seen in, and a digest where all its papers are
forgotten in it. Where nothing is forgotten, nothing is made and nothing looked through.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec import Struct

from tui.papers.collection import Collection
from tui.papers.ledger import Ledger
from tui.papers.paper import Digest, Paper


class Loss(Struct, frozen=True):
    """What forgetting would take away: papers that leave, and of these the starred and the noted.

    `stay` are those that another digest still holds, `digests` the ids of those forgotten, `papers` all
    that it is about; `whole` says that these are all the papers of the digest.
    """

    papers: tuple[str, ...]
    digests: tuple[str, ...]
    leave: int
    stay: int
    starred: int
    noted: int
    whole: bool


class Seen:
    """The papers and digests to be seen; laid out anew only after something was forgotten or came."""

    def __init__(self, collection: Collection, digests: Mapping[str, Digest], ledger: Ledger) -> None:
        self._collection, self._all, self._ledger = collection, digests, ledger
        self._at = -1
        self._papers: Mapping[str, Paper] = {}
        self._digests: Mapping[str, Digest] = {}

    def renew(self, digests: Mapping[str, Digest]) -> None:
        """Papers came, or digests: these are all of them now."""
        self._all, self._at = digests, -1

    @property
    def papers(self) -> Mapping[str, Paper]:
        """The papers by id, without the sightings that are forgotten."""
        if not self._ledger.partly:
            return self._collection.papers
        self._lay()
        return self._papers

    @property
    def digests(self) -> Mapping[str, Digest]:
        """The digests by id, in the order of their import."""
        if not self._ledger.partly:
            return self._all
        self._lay()
        return self._digests

    def _lay(self) -> None:
        at = self._ledger.forgettings
        if self._at == at:
            return
        whole, partly, hidden = self._collection.papers, self._ledger.partly, self._ledger.hidden
        shown = {i: paper for i, paper in whole.items() if i not in hidden}
        for paper_id in partly - hidden:
            shown[paper_id] = self._without(whole[paper_id])
        gone = {digest for i in partly for digest in self._ledger(i).forgotten if digest in self._all}
        for paper in shown.values():
            for sighting in paper.sightings:
                gone.discard(sighting.digest)
            if not gone:
                break
        self._digests = {i: digest for i, digest in self._all.items() if i not in gone}
        self._papers, self._at = shown, at  # last: other threads look too

    def _without(self, paper: Paper) -> Paper:
        """The paper as the digests say that still hold it: it came with the first of these."""
        forgotten = self._ledger(paper.id).forgotten
        sightings = tuple(seen for seen in paper.sightings if seen.digest not in forgotten)
        came = [digest.imported for seen in sightings if (digest := self._all.get(seen.digest))]
        added = max(paper.added, min(came, default=paper.added))
        return msgspec.structs.replace(paper, sightings=sightings, added=added)

    # -- what could be forgotten or brought back ----------------------------------------------

    def papers_of(self, digest_id: str) -> list[str]:
        """The ids of the papers that a digest holds."""
        found = self.papers.values()
        return [paper.id for paper in found if any(seen.digest == digest_id for seen in paper.sightings)]

    def forgotten_of(self, digest_id: str) -> list[str]:
        """The ids of the papers that are forgotten in a digest."""
        return sorted(i for i in self._ledger.partly if digest_id in self._ledger(i).forgotten)

    def loss(self, papers: Iterable[str], digests: Sequence[str] | None = None) -> Loss:
        """What it would take away to forget these papers in these digests, or in all they were seen in."""
        shown = self.papers
        about = [shown[paper_id] for paper_id in papers if paper_id in shown]
        seen = {sighting.digest: None for paper in about for sighting in paper.sightings}
        ids = seen.keys() if digests is None else set(digests)
        leaving = [paper for paper in about if all(seen.digest in ids for seen in paper.sightings)]
        triages = [self._ledger(paper.id) for paper in leaving]
        places = {digest_id: place for place, digest_id in enumerate(self._all)}
        return Loss(
            papers=tuple(paper.id for paper in about),
            digests=tuple(sorted(seen, key=lambda i: (places.get(i, len(places)), i)))
            if digests is None
            else tuple(digests),
            leave=len(leaving),
            stay=len(about) - len(leaving),
            starred=sum(triage.starred for triage in triages),
            noted=sum(bool(triage.note) for triage in triages),
            whole=digests is not None,
        )
