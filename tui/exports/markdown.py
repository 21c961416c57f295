"""Papers as Markdown (CommonMark, with GitHub's autolinks in mind): what was text stays text."""

import re
from collections.abc import Sequence
from datetime import date

from tui.papers.library import Library
from tui.papers.paper import Paper
from tui.papers.saying import counted
from tui.papers.text import clean, clean_lines
from tui.papers.triage import Decision

_SPECIAL = re.compile(r"[\\`*_\[\]<>#|~&!$^{}]")
_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\{}|^\[\]()]+[^\s<>\"'`\\{}|^\[\]().,;:!?*_]")
_SCHEME = re.compile(r"(?i)\b(https?|ftp|mailto|javascript|data)(:)|\b(www)(\.)")


def write_markdown(library: Library, papers: Sequence[Paper]) -> str:
    """A heading with count and date of the newest decision, then the papers; the same bytes each time."""
    newest = _newest(library, papers)
    title = f"# {counted(len(papers), 'paper')}" + (f", {newest.isoformat()}" if newest else "")
    return "\n\n".join([title, *(_paper(library, paper) for paper in papers)]) + "\n"


def _newest(library: Library, papers: Sequence[Paper]) -> date | None:
    """The day (UTC) of the newest standing decision on any of the papers."""
    keys = {key for paper in papers for key in paper.keys}

    def touches(decision: Decision) -> bool:
        return decision.act is None and not keys.isdisjoint(decision.papers)

    return next((d.at.date() for d, stands in library.log() if stands and touches(d)), None)


def _paper(library: Library, paper: Paper) -> str:
    triage = library.triage(paper.id)
    facts = [*_facts(paper), *_seen_in(library, paper)]
    tags = " ".join(escape(f"#{clean(tag)}") for tag in triage.tags)
    note = clean_lines(triage.note).strip()
    parts = [
        f"## {_title(paper)}",
        " · ".join(escape(fact) for fact in facts),
        tags,
        "\n".join(f"> {escape(line)}".rstrip() for line in note.splitlines()),
        _prose(library.abstract(paper)),
    ]
    return "\n\n".join(part for part in parts if part)


def _title(paper: Paper) -> str:
    text = escape(clean(paper.title)) or "(no title)"
    link = best_link(paper)
    return f"[{text}](<{link}>)" if link else text


def best_link(paper: Paper) -> str | None:
    """The paper's own address, else the first link it came with; http and https only."""
    if paper.arxiv_id and re.fullmatch(r"[\w./-]+", paper.arxiv_id, re.ASCII):
        return f"https://arxiv.org/abs/{paper.arxiv_id}"
    return next((link for link in paper.links if is_safe(link)), None)


def is_safe(link: str) -> bool:
    """Whether a link is a plain web address that stays one in any text it is put into."""
    return (
        re.fullmatch(r"https?://[^\s<>\"'`\\^{}|\x00-\x20\x7f-\x9f]+", link) is not None
        and clean(link) == link
    )


def _facts(paper: Paper) -> list[str]:
    facts = []
    if paper.published:
        facts.append(paper.published.isoformat() + (" (year inferred)" if paper.year_inferred else ""))
    if paper.authors:
        facts.append(clean(", ".join(paper.authors)))
    elif paper.authors_count is not None:
        facts.append(counted(paper.authors_count, "author"))
    if paper.arxiv_id:
        facts.append(f"arXiv {clean(paper.arxiv_id)}")
    return facts


def _seen_in(library: Library, paper: Paper) -> list[str]:
    digests = library.digests
    return [
        f"{clean(digests[s.digest].name)} no. {s.position}" for s in paper.sightings if s.digest in digests
    ]


def _prose(abstract: str) -> str:
    """The abstract escaped, its web addresses as links."""
    text, out, at = clean(abstract), [], 0
    for match in _ADDRESS.finditer(text):
        if is_safe(match[0]):
            out += [_inline(text[at : match.start()]), f"<{match[0]}>"]
            at = match.end()
    whole = "".join([*out, _inline(text[at:])])
    return _lead(whole)


def escape(text: str) -> str:
    """One line of text as Markdown that shows just this text."""
    return _lead(_inline(text))


def _inline(text: str) -> str:
    text = _SPECIAL.sub(r"\\\g<0>", text)
    return _SCHEME.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"{m[3]}\\{m[4]}", text)


def _lead(text: str) -> str:
    """What begins a line must not begin a list, a quote or a rule."""
    number = re.match(r"\s*\d{1,9}(?=[.)])", text)
    if number:
        return f"{number[0]}\\{text[number.end() :]}"
    return re.sub(r"^(\s*)([-+=:])", r"\1\\\2", text)
