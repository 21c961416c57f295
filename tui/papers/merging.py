"""Two libraries put together: the union of what both hold, the same whichever takes in which."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec
from msgspec import Struct

from tui.errors import LibraryError
from tui.papers.collection import Collection, Joining
from tui.papers.identity import is_bare
from tui.papers.imports import joined_digest
from tui.papers.keeping import Source
from tui.papers.paper import Digest, Paper
from tui.papers.triage import Decision, Standing

#: github.com/ulid/spec: what is no ULID could not be ordered among the others
_ULID = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")


class Merged(Struct, frozen=True):
    """What another library brought.

    `new` papers came, `joined` papers learned something, `digests` and `decisions` were not known
    here. `notes` are the ids of papers whose notes differ on both sides; the later note stands.
    `left_out` are sentences about what could not be taken in.
    """

    new: int = 0
    joined: int = 0
    digests: int = 0
    decisions: int = 0
    notes: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


class Merge:
    """One library on its way into another: what there is to write, nothing yet written.

    `name` says for the log where the decisions came from.
    """

    def __init__(
        self,
        ours: Source,
        collection: Collection,
        digests: dict[str, Digest],
        source: Source,
        name: str,
        log: Iterable[Decision],
    ) -> None:
        self.left_out: list[str] = []
        theirs = list(source.digests())  # before their papers: a digest counts once its papers are there
        joining = Joining(collection, ours.abstract)
        lost = self._take(joining, list(source.papers()), source)
        self.papers, self.gone = joining.changes(), list(joining.gone)
        self.new = joining.new
        self.digests = list(_changed(digests, (d for d in theirs if d.id not in lost)))
        self.known = len(digests.keys() & {d.id for d in self.digests})
        self._choose(list(source.decisions()), list(log), name)

    def _take(self, joining: Joining, papers: Sequence[Paper], source: Source) -> set[str]:
        """Let their papers find ours; returns the digests that must be imported again for those left out."""
        lost: set[str] = set()
        for paper in papers:
            try:
                text = "" if is_bare(paper) else source.abstract(paper)
            except LibraryError as error:
                self.left_out.append(f"{error} It was left out: import its digest again.")
                lost.update(sighting.digest for sighting in paper.sightings)
            else:
                joining.take(paper, text)
        return lost

    def _choose(self, theirs: Sequence[Decision], ours: Sequence[Decision], name: str) -> None:
        """Their decisions that are not ours, in id order, and the notes on which both sides differ."""
        ids, their_ids = {d.id for d in ours}, {d.id for d in theirs}
        fresh = {d.id: d for d in theirs if d.id not in ids}
        for decision in [d for d in fresh.values() if not _ULID.fullmatch(d.id)]:
            self.left_out.append(f"a decision under “{decision.id}”, which is no ULID, was left out.")
            del fresh[decision.id]
        self.decisions = [msgspec.structs.replace(fresh[i], origin=name) for i in sorted(fresh)]
        standing = Standing()
        for decision in (*ours, *self.decisions):
            standing.add(decision)
        self._notes = (
            [d for d in ours if d.id not in their_ids and "note" in d.sets and standing(d)],
            [d for d in self.decisions if "note" in d.sets and standing(d)],
        )

    def merged(self, home: Callable[[str], str]) -> Merged:
        """What it brings; `home` is the paper that a key belongs to."""
        mine, their = (_last_notes(acts, home) for acts in self._notes)
        return Merged(
            new=self.new,
            joined=len(self.papers) - self.new,
            digests=len(self.digests) - self.known,
            decisions=len(self.decisions),
            notes=tuple(sorted(i for i in mine.keys() & their.keys() if mine[i] != their[i])),
            left_out=tuple(self.left_out),
        )

    def __bool__(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.papers or self.gone or self.digests or self.decisions)


def _changed(known: dict[str, Digest], digests: Iterable[Digest]) -> Iterator[Digest]:
    """The digests that are new or say more than was known."""
    found: dict[str, Digest] = {}
    for digest in digests:
        before = found.get(digest.id) or known.get(digest.id)
        found[digest.id] = joined_digest(before, digest) if before else digest
    return (digest for digest in found.values() if digest != known.get(digest.id))


def _last_notes(acts: Iterable[Decision], home: Callable[[str], str]) -> dict[str, bool | str]:
    """The last note of these acts on each paper."""
    ordered = sorted(acts, key=lambda act: act.id)
    return {home(key): act.sets["note"] for act in ordered for key in act.papers}
