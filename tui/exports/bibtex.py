"""Papers as BibTeX: what the digests said and no more. Where they named nobody or no year, no field says so.

BibTeX counts every brace, also one behind a backslash, so that no brace of a text may stay one.
The grammar: https://ctan.org/pkg/bibtex (btxdoc), and Patashnik's "Designing BibTeX Styles".
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from tui.exports.addresses import best_link
from tui.papers.library import Library
from tui.papers.paper import Paper
from tui.papers.text import clean, words

_LATEX = str.maketrans(
    {sign: f"\\{sign}" for sign in "&%$#_"}
    | {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
    }
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ARXIV = re.compile(r"[A-Za-z0-9./-]+")
#: words of a list of names that are no name
_JOINTS = {"and", "others"}
_ARTICLES = {"a", "an", "the"}
#: hex digits of the paper's id in its key
SHORT = 6


def write_bibtex(library: Library, papers: Sequence[Paper]) -> str:
    """An entry a paper, under a key of its own; the same bytes each time."""
    return "\n".join(f"{_entry(paper, key)}\n" for paper, key in zip(papers, keys(papers), strict=True))


def count_bibtex(text: str) -> int | None:
    """How many papers a file of ours holds."""
    return len(re.findall(r"^@misc\{", text, re.MULTILINE)) if text.startswith("@misc{") else None


def keys(papers: Sequence[Paper]) -> list[str]:
    """A key for each: a family name or a word of the title, the year if it is sure, digits of the id."""
    short = [f"{_named(paper)}-{paper.id[:SHORT]}" for paper in papers]
    times = Counter(short)
    return [
        key if times[key] == 1 else f"{_named(paper)}-{paper.id}"
        for paper, key in zip(papers, short, strict=True)
    ]


def _named(paper: Paper) -> str:
    year = paper.published.year if paper.published and not paper.year_inferred else ""
    names = [_ascii(_family(name)) for name in paper.authors[:1]]
    titled = [word for word in map(_ascii, words(clean(paper.title)).split()) if word not in _ARTICLES]
    return next(filter(None, (*names, *titled)), "paper")[:24] + str(year)


def _family(name: str) -> str:
    """What a name is sorted by: before its comma, else its last word."""
    before, comma, _ = clean(name).partition(",")
    parts = words(before if comma else name).split()
    return "".join(parts) if comma else (parts or [""])[-1]


def _ascii(text: str) -> str:
    return "".join(c for c in text if c.isascii() and c.isalnum())


def _entry(paper: Paper, key: str) -> str:
    fields = "".join(f",\n  {name} = {value}" for name, value in _fields(paper))
    return f"@misc{{{key}{fields}\n}}"


def _fields(paper: Paper) -> Iterator[tuple[str, str]]:
    if authors := _authors(paper):
        yield "author", f"{{{authors}}}"
    if title := latex(paper.title):
        yield "title", f"{{{{{title}}}}}"  # twice, or styles take its capitals away
    if paper.published and not paper.year_inferred:
        yield "year", f"{{{paper.published.year}}}"
        yield "month", _MONTHS[paper.published.month - 1]
    if paper.arxiv_id and _ARXIV.fullmatch(paper.arxiv_id):
        yield "eprint", f"{{{paper.arxiv_id}}}"
        yield "archivePrefix", "{arXiv}"
    if link := best_link(paper):
        yield "url", f"{{{link}}}"  # taken as it stands by \url; it holds no brace and no backslash
    if paper.published and paper.year_inferred:
        yield "note", f"{{Year inferred: {paper.published.year}}}"


def _authors(paper: Paper) -> str:
    """The names, and others where the digest counted more than it named."""
    names = [_name(name) for name in paper.authors if clean(name).strip()]
    more = names and paper.authors_count is not None and paper.authors_count > len(names)
    return " and ".join([*names, *(["others"] if more else [])])


def _name(name: str) -> str:
    """A name that BibTeX takes for one: what it could take for several stands in braces."""
    shown = latex(name)
    is_several = shown.count(",") > 1 or not _JOINTS.isdisjoint(shown.casefold().split())
    return f"{{{shown}}}" if is_several or shown[:1] == "," or shown[-1:] == "," else shown


def latex(text: str) -> str:
    """One line of text as LaTeX that prints just this text; letters of all scripts stay as they are."""
    return " ".join(clean(text).split()).translate(_LATEX)
