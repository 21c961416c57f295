"""Papers as a TinyDB file (tinydb.readthedocs.io): tables of documents under numbers, one JSON object."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from tui.exports.json_lines import decision_json, digest_json, encode_json, paper_json
from tui.papers.library import Library
from tui.papers.paper import Paper


def write_tinydb(library: Library, papers: Sequence[Paper]) -> str:
    """The tables `papers`, `digests` (those they were seen in) and `decisions` (those about them).

    Papers are as papertui prints them elsewhere; decisions go from the first to the last, taken back or
    not, and name the papers of this file by their ids.
    """
    digests = dict.fromkeys(sighting.digest for paper in papers for sighting in paper.sightings)
    tables = {
        "papers": [paper_json(library, paper) for paper in papers],
        "digests": [digest_json(library.digests[key]) for key in digests if key in library.digests],
        "decisions": _decisions(library, papers),
    }
    return "{" + ",\n".join(f"{encode_json(name)}:{_table(rows)}" for name, rows in tables.items()) + "}\n"


def count_tinydb(text: str) -> int | None:
    """How many papers a file of ours holds."""
    found = json.loads(text) if text.startswith('{"papers":{') else None
    return len(found["papers"]) if found else None


def _table(documents: Iterable[dict[str, Any]]) -> str:
    """A document a line, under the numbers that TinyDB gives them."""
    rows = (f'"{number}":{encode_json(document)}' for number, document in enumerate(documents, 1))
    return "{" + ",\n".join(rows) + "}"


def _decisions(library: Library, papers: Sequence[Paper]) -> list[dict[str, Any]]:
    """The acts on these papers, and what was undone and done again of them.

    Where these are all papers, those on papers that are forgotten too.
    """
    ids = {key: paper.id for paper in papers for key in paper.keys}
    if len(papers) == len(library.papers):
        ids |= {key: paper.id for paper in library.forgotten for key in paper.keys}
    log = list(library.log())
    acts = {decision.id for decision, _ in log if not ids.keys().isdisjoint(decision.papers)}
    about = [(each, stands) for each, stands in reversed(log) if each.id in acts or each.act in acts]
    return [
        {**decision_json(decision, stands), "papers": [ids.get(key, key) for key in decision.papers]}
        for decision, stands in about
    ]
