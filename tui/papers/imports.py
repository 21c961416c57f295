"""The digests of a library: their order, a name for each, and what two accounts of one say together."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from tui.papers.paper import Digest, Paper


def moment_of(digest: Digest) -> tuple[datetime, int, str]:
    """What the order of imports goes by: the moment, the file's place in that import, the id."""
    return digest.imported, digest.place, digest.id


def in_order(digests: Iterable[Digest]) -> dict[str, Digest]:
    """The digests by id in the order of their import, each under a name that no earlier one has."""
    found: dict[str, Digest] = {}
    names: set[str] = set()
    for digest in sorted(digests, key=moment_of):
        name, number = digest.name, 2
        while name in names:
            name, number = f"{digest.name}-{number}", number + 1
        names.add(name)
        found[digest.id] = digest if name == digest.name else msgspec.structs.replace(digest, name=name)
    return found


def last_import(papers: Iterable[Paper]) -> tuple[datetime | None, int]:
    """When the last of these papers came, and with how many others."""
    added = [paper.added for paper in papers]
    newest = max(added, default=None)
    return newest, added.count(newest) if newest else 0


def joined_digest(one: Digest, other: Digest) -> Digest:
    """What two imports of one file say together: the first names it, an explicit date beats an inferred one.

    Commutative, associative and idempotent.
    """
    first = min(one, other, key=lambda d: (d.imported, d.place, d.name, d.path, d.format))
    dated = [(d.year_inferred, d.date) for d in (one, other) if d.date]
    inferred, date = min(dated, default=(False, None))
    return msgspec.structs.replace(
        first,
        date=date,
        year_inferred=inferred,
        records=max(one.records, other.records),
        rejected=max(one.rejected, other.rejected),
    )
