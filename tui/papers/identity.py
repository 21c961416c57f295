"""Which records are one paper, and what that paper then is: a function of their set, never of their order.

Records with an abstract are one paper when their keys are equal or they share an arXiv id. A record
without one (a bare record) belongs to the paper of its arXiv id, else to the paper of its title, else
it is a paper of its own. Bare records are kept apart from whole ones and joined for showing only, so
that they can still move when a better home is imported.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime

import msgspec

from tui.papers.paper import Paper, Record, Sighting
from tui.papers.text import fold, key_of

#: where the abstract of a paper lies that has not been stored yet
PENDING = (-1, 0)


def paper_of(record: Record, sighting: Sighting, added: datetime) -> Paper:
    """The paper that this record alone makes."""
    key = key_of(record.title, record.abstract)
    return Paper(
        id=key,
        title=record.title,
        authors=record.authors,
        authors_count=record.authors_count,
        published=record.published,
        year_inferred=record.year_inferred and record.published is not None,
        comments=record.comments,
        upvotes=record.upvotes,
        arxiv_ids=(record.arxiv_id,) if record.arxiv_id else (),
        links=tuple(sorted(set(record.links))),
        sightings=(sighting,),
        added=added,
        abstract_at=PENDING if fold(record.abstract) else None,
    )


def is_bare(paper: Paper) -> bool:
    """Whether no record of it had an abstract."""
    return paper.abstract_at is None


def bare_id(paper: Paper) -> str:
    """The name under which a bare record is kept: its key, and its arXiv id where it has one."""
    return ".".join((paper.keys[0], *paper.arxiv_ids))


def preferred(one: str, other: str) -> str:
    """Of two spellings the longer, then the smaller."""
    return min(one, other, key=lambda text: (-len(text), text))


def join(one: Paper, other: Paper) -> Paper:
    """What two records of one paper say together: commutative, associative and idempotent.

    Of the abstracts only that there is one is settled here; which, is the library's to choose.
    """
    whole = [paper for paper in (one, other) if not is_bare(paper)] or [one, other]
    published, year_inferred = _better_date(one, other)
    title = preferred(one.title, other.title)
    paper_id, keys = min(paper.id for paper in whole), _united(one.keys, other.keys)
    return Paper(
        id=paper_id,
        known_as=() if keys == (paper_id,) else keys,
        title=title,
        authors=min(one.authors, other.authors, key=lambda names: (-len(names), names)),
        authors_count=_larger(one.authors_count, other.authors_count),
        published=published,
        year_inferred=year_inferred,
        comments=_larger(one.comments, other.comments),
        upvotes=_larger(one.upvotes, other.upvotes),
        arxiv_ids=_united(one.arxiv_ids, other.arxiv_ids),
        links=_united(one.links, other.links),
        sightings=_first_places(one.sightings + other.sightings),
        added=min(one.added, other.added),
        titles=_other_titles(one, other, title),
        abstract_at=whole[0].abstract_at,
    )


def _united(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return one if one == other else tuple(sorted({*one, *other}))


def _larger(one: int | None, other: int | None) -> int | None:
    return max((n for n in (one, other) if n is not None), default=None)


def _better_date(one: Paper, other: Paper) -> tuple[date | None, bool]:
    """An explicit date beats an inferred one, then the earlier."""
    dated = [(p.year_inferred, p.published) for p in (one, other) if p.published]
    inferred, published = min(dated, default=(False, None))
    return published, inferred


def _first_places(sightings: tuple[Sighting, ...]) -> tuple[Sighting, ...]:
    """One sighting a digest, the first in it."""
    first: dict[str, Sighting] = {}
    for sighting in sorted(sightings):
        first.setdefault(sighting.digest, sighting)
    return tuple(first.values())


def title_keys(paper: Paper) -> set[str]:
    """The keys of all the titles its records gave it."""
    return {key_of(paper.title), *paper.titles}


def _other_titles(one: Paper, other: Paper, title: str) -> tuple[str, ...]:
    if one.title == other.title and one.titles == other.titles:
        return one.titles
    return tuple(sorted((title_keys(one) | title_keys(other)) - {key_of(title)}))


def settle(
    whole: Mapping[str, Paper],
    bare: Iterable[Paper],
    by_arxiv: Callable[[str], str | None],
    by_title: Callable[[Paper], str | None],
) -> dict[str, Paper]:
    """The papers that bare records make or belong to, joined, by id; all other papers are as in `whole`.

    `by_arxiv` and `by_title` find the whole paper of an arXiv id and of a bare record's title.
    """
    shown: dict[str, Paper] = {}
    homeless: list[list[Paper]] = []
    for unit in _units(bare):
        by_id = by_arxiv(unit[0].arxiv_id) if unit[0].arxiv_id else None
        if home := by_id or min(filter(None, map(by_title, unit)), default=None):
            for part in unit:
                shown[home] = join(shown.get(home, whole[home]), part)
        else:
            homeless.append(unit)
    for group in _connected(homeless):
        paper = group[0]
        for part in group[1:]:
            paper = join(paper, part)
        paper = msgspec.structs.replace(paper, id=min(paper.keys))
        shown[paper.id] = paper
    return shown


def _units(bare: Iterable[Paper]) -> Iterable[list[Paper]]:
    """Bare records that certainly belong together: of one arXiv id, or of one title and no arXiv id."""
    units: dict[str, list[Paper]] = defaultdict(list)
    for part in bare:
        units[f"arxiv {part.arxiv_id}" if part.arxiv_id else part.keys[0]].append(part)
    return units.values()


def _connected(units: Iterable[list[Paper]]) -> list[list[Paper]]:
    """Units that share a title, put together."""
    groups: dict[str, list[Paper]] = {}
    for unit in units:
        near = {id(group): group for part in unit for key in part.keys if (group := groups.get(key))}
        together = [part for group in (*near.values(), unit) for part in group]
        groups.update((key, together) for part in together for key in part.keys)
    return list({id(group): group for group in groups.values()}.values())
