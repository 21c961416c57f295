"""A paper as JSON, the same wherever papertui prints one, and papers as JSON Lines."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from tui.papers.library import Library
from tui.papers.paper import Digest, Paper, Sighting
from tui.papers.text import UNSEEN
from tui.papers.triage import Decision

_UNSEEN = re.compile(f"[{UNSEEN}]")


def encode_json(value: object) -> str:
    """One line of JSON; characters that a screen would drop are written as escapes."""
    import json  # 4 ms that a start does not need

    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNSEEN.sub(lambda match: escaped(match[0]), text)


def escaped(text: str) -> str:
    """All of the text as JSON's `\\uXXXX`."""
    units = text.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))


def moment(value: datetime) -> str:
    """UTC, to the second."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def paper_json(library: Library, paper: Paper) -> dict[str, Any]:
    """Every field, absent ones null; tags and links sorted; digests by date, then id."""
    triage = library.triage(paper.id)
    return {
        "id": paper.id,
        "title": paper.title,
        "abstract": library.readable_abstract(paper),
        "authors": list(paper.authors),
        "authors_count": paper.authors_count,
        "published": paper.published.isoformat() if paper.published else None,
        "year_inferred": paper.year_inferred,
        "comments": paper.comments,
        "upvotes": paper.upvotes,
        "arxiv_id": paper.arxiv_id,
        "links": sorted(paper.links),
        "digests": _digests(library, paper),
        "added": moment(paper.added),
        "read": triage.read,
        "starred": triage.starred,
        "later": triage.later,
        "tags": list(triage.tags),
        "note": triage.note,
    }


def _digests(library: Library, paper: Paper) -> list[dict[str, Any]]:
    return [
        {
            "id": sighting.digest,
            "name": digest.name if digest else sighting.digest,
            "position": sighting.position,
        }
        for digest, sighting in seen_in(library, paper)
    ]


def digest_json(digest: Digest) -> dict[str, Any]:
    """Every field of a digest, absent ones null."""
    return {
        "id": digest.id,
        "name": digest.name,
        "path": digest.path,
        "format": digest.format,
        "date": digest.date.isoformat() if digest.date else None,
        "year_inferred": digest.year_inferred,
        "imported": moment(digest.imported),
        "records": digest.records,
        "rejected": digest.rejected,
    }


def decision_json(decision: Decision, stands: bool) -> dict[str, Any]:
    """Every field of a decision, and of an act whether it stands."""
    return {
        "id": decision.id,
        "at": moment(decision.at),
        "by": decision.by,
        "verb": decision.verb,
        "papers": list(decision.papers),
        "sets": decision.sets,
        "act": decision.act,
        "stands": stands if decision.act is None else None,
        "from": decision.origin,
    }


def seen_in(library: Library, paper: Paper) -> list[tuple[Digest | None, Sighting]]:
    """Where the paper was seen: digests by date, then id; None for one that is not known here."""
    found = [(library.digests.get(s.digest), s) for s in paper.sightings]
    return sorted(found, key=lambda pair: ((pair[0] and pair[0].date) or date.max, pair[1]))


def write_json_lines(library: Library, papers: Sequence[Paper]) -> str:
    """A line a paper, as `papertui list --jsonl` prints them and `papertui import` reads them."""
    return "".join(f"{encode_json(paper_json(library, paper))}\n" for paper in papers)


def count_json_lines(text: str) -> int | None:
    """How many papers a file of ours holds."""
    lines = text.splitlines()
    ours = lines and all(line.startswith('{"id":"') for line in lines)
    return len(lines) if ours else None
