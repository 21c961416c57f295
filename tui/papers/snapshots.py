"""Puts a snapshot together, at leisure: what all decisions come to, said in papers' places."""

from collections.abc import Mapping, Sequence
from typing import Any

from tui.papers.imports import last_import
from tui.papers.keeping import Snapshot, checksum
from tui.papers.orders import arranged
from tui.papers.paper import Digest, Paper
from tui.papers.triage import UNDECIDED, Triage


def put_together(
    papers: Sequence[Paper],
    triage: Mapping[str, Triage],
    digests: Mapping[str, Digest] | None,
    **rest: Any,
) -> Snapshot:
    """The snapshot of this triage of these papers; without digests, of no inbox; `rest` goes into it."""
    rows = {paper.id: row for row, paper in enumerate(papers)}
    kinds: dict[int, tuple[Triage, list[int], list[str]]] = {}
    for paper_id, kind in triage.items():
        _, here, others = kinds.setdefault(id(kind), (kind, [], []))
        if (row := rows.get(paper_id)) is None:
            others.append(paper_id)
        else:
            here.append(row)
    inbox = None
    if digests is not None:
        waiting = (paper for paper in papers if triage.get(paper.id, UNDECIDED).undecided)
        inbox = [rows[paper.id] for paper in arranged(waiting, digests, "digest", reverse=False)]
    return Snapshot(
        papers=checksum(rows),
        kinds=[*kinds.values()],
        inbox=inbox,
        last_import=None if digests is None else last_import(papers),
        **rest,
    )
