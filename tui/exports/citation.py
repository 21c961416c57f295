"""A paper in one plain line, for a mail or a list: authors, title, year, link, as far as they are known."""

from collections.abc import Iterator, Sequence

from tui.exports.addresses import best_link
from tui.papers.library import Library
from tui.papers.paper import Paper
from tui.papers.text import clean

#: of more authors than these only the first is named
NAMED = 3


def write_citations(library: Library, papers: Sequence[Paper]) -> str:
    """A line a paper."""
    return "".join(f"{citation(paper)}\n" for paper in papers)


def citation(paper: Paper) -> str:
    """The paper in one line; nothing stands for what the digest did not say."""
    said = [part if part.endswith((".", "?", "!")) else f"{part}." for part in _parts(paper)]
    return " ".join([*said, *filter(None, [best_link(paper)])])


def _parts(paper: Paper) -> Iterator[str]:
    if authors := _authors(paper):
        yield authors
    yield " ".join(clean(paper.title).split()) or "(no title)"
    if paper.published:
        yield f"{paper.published.year}{' (year inferred)' if paper.year_inferred else ''}"


def _authors(paper: Paper) -> str:
    names = [name for author in paper.authors if (name := " ".join(clean(author).split()))]
    if not names:
        return ""
    if max(len(names), paper.authors_count or 0) > max(NAMED, len(names)) or len(names) > NAMED:
        return f"{names[0]} et al."
    if (paper.authors_count or 0) > len(names):
        return f"{', '.join(names)} et al."
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
