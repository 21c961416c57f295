"""What is said about a paper besides its title and abstract: plain words, no styles, no Textual."""

from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlsplit

from rich.cells import cell_len

from tui.papers.paper import Digest, Paper
from tui.papers.saying import counted
from tui.papers.text import clean

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def date_words(day: date, *, full: bool = False, inferred: bool = False) -> str:
    """`Oct 2024`, in full `10 Oct 2024`; with `~` before it where the year is inferred."""
    words = f"{_MONTHS[day.month - 1]} {day.year}"
    return f"{'~' if inferred else ''}{f'{day.day} ' if full else ''}{words}"


def facts(paper: Paper, *, full: bool = False) -> list[str]:
    """Date, authors, comments, upvotes, digests: the most telling first, what is not known left out.

    In full the date has its day, and the number of digests is left to `digest_words`.
    """
    said = []
    if paper.published:
        said.append(date_words(paper.published, full=full, inferred=paper.year_inferred))
    digests = 0 if full else len({sighting.digest for sighting in paper.sightings})
    authors = paper.authors_count or len(paper.authors)
    for number, noun in ((authors, "author"), (paper.comments, "comment"), (paper.upvotes, "upvote")):
        if number:
            said.append(counted(number, noun))
    if digests > 1:
        said.append(counted(digests, "digest"))
    return said


def digest_words(paper: Paper, digests: Mapping[str, Digest]) -> list[str]:
    """Where the paper was seen, the newest import first: `18 Nov digest, no. 7`, `12 Mar, no. 10`."""
    seen = [(digests[s.digest], s.position) for s in paper.sightings if s.digest in digests]
    seen.sort(key=lambda one: one[1])
    seen.sort(key=lambda one: one[0].imported, reverse=True)
    return [
        f"{digest_name(digest)}{' digest' if first else ''}, no. {position}"
        for first, (digest, position) in zip([True, *[False] * len(seen)], seen, strict=False)
    ]


def digest_name(digest: Digest) -> str:
    """The digest's day, with its year where that is not the one of the import; else its name."""
    day = digest.date
    if day is None:
        return clean(digest.name)
    if day.year == digest.imported.year:
        return f"{day.day} {_MONTHS[day.month - 1]}"
    return date_words(day, full=True, inferred=digest.year_inferred)


def some_of(items: Sequence[str], width: int, dot: str = " · ") -> str:
    """As many whole items as fit into so many cells, and how many more there are; empty where none fits."""
    best, said = "", ""
    for shown, item in enumerate(items, 1):
        said = f"{said}{dot}{item}" if said else item
        if cell_len(said) > width:
            break
        left = len(items) - shown
        line = f"{said}{dot}{left} more" if left else said
        if cell_len(line) <= width:
            best = line
    return best


def in_rows(items: Sequence[str], width: int, dot: str = " · ") -> list[list[str]]:
    """The items in rows of as many as fit whole into so many cells; one alone may be too long."""
    rows: list[list[str]] = []
    for item in items:
        if rows and cell_len(dot.join([*rows[-1], item])) <= width:
            rows[-1].append(item)
        else:
            rows.append([item])
    return rows


#: sites that hold code, and models or data that go with it
_CODE = ("github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "huggingface.co")


def link_name(link: str) -> str:
    """What a web address leads to: arXiv, PDF, code, project; empty where its address does not say."""
    parts = urlsplit(link)
    host, path = (parts.hostname or "").removeprefix("www."), parts.path.casefold()
    if path.endswith(".pdf") or (host.endswith("arxiv.org") and path.startswith("/pdf/")):
        return "PDF"
    if host == "arxiv.org" or host.endswith(".arxiv.org"):
        return "arXiv"
    if host in _CODE:
        return "paper" if path.startswith("/papers/") else "code"
    return "project" if host.endswith((".github.io", ".gitlab.io", ".hf.space")) else ""
