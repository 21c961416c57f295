"""Papers as Markdown (CommonMark, with GitHub's autolinks in mind): what was text stays text."""

import re
from collections.abc import Sequence
from datetime import UTC, date

from tui.exports.addresses import best_link, is_safe
from tui.exports.json_lines import seen_in
from tui.papers.library import Library
from tui.papers.paper import Paper
from tui.papers.saying import counted
from tui.papers.text import clean, clean_lines
from tui.papers.triage import Decision

# What would be syntax, and no more of it than would: of `#` what could end a heading or begin a line,
# of `&` what could be an entity, of `//` what could be an address; `==` and `%%` are Obsidian's.
_SYNTAX = re.compile(r"[\\`*_\[\]<|~$^{}]|(?<!\S)#|&(?=#?\w+;)|=(?==)|%(?=%)|/(?=/\S)")
_AUTOLINKED = re.compile(r"(?i)(?<![a-z])(mailto|xmpp)(?=:)|(?<![a-z0-9])(www)(?=\.)")
_LEAD = re.compile(r"[-+=:>]|\d{1,9}(?=[.)])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_PART = r"[^\s<>\"'`\\{}|^\[\]()]"
_ADDRESS = re.compile(rf"https?://(?:{_PART}|\({_PART}*\))*(?:(?![.,;:!?*_]){_PART}|\({_PART}*\))")


def write_markdown(library: Library, papers: Sequence[Paper]) -> str:
    """A heading with count and date of the newest decision, then the papers; the same bytes each time."""
    newest = _newest(library, papers)
    title = f"# {counted(len(papers), 'paper')}" + (f", {newest.isoformat()}" if newest else "")
    return "\n\n".join([title, *(_paper(library, paper) for paper in papers)]) + "\n"


def count_markdown(text: str) -> int | None:
    """How many papers a file of ours says it holds."""
    said = re.match(r"# ([\d,]+) papers?(?:, \d{4}-\d\d-\d\d)?\n", text)
    return int(said[1].replace(",", "")) if said else None


def _newest(library: Library, papers: Sequence[Paper]) -> date | None:
    """The day (UTC) of the newest standing decision on any of the papers."""
    keys = {key for paper in papers for key in paper.keys}

    def touches(decision: Decision) -> bool:
        return decision.act is None and not keys.isdisjoint(decision.papers)

    return next((d.at.astimezone(UTC).date() for d, stands in library.log() if stands and touches(d)), None)


def _paper(library: Library, paper: Paper) -> str:
    triage = library.triage(paper.id)
    facts = [*_facts(paper), *_seen_in(library, paper)]
    tags = " ".join(f"#{tag}" for tag in map(escape, map(clean, triage.tags)) if tag)
    parts = [
        f"## {linked_title(paper)}",
        " · ".join(filter(None, map(escape, facts))),
        tags,
        _note(triage.note),
        _prose(library.readable_abstract(paper)),
    ]
    return "\n\n".join(part for part in parts if part)


def linked_title(paper: Paper) -> str:
    """The title as Markdown, a link where the paper has one."""
    text = escape(clean(paper.title)) or "(no title)"
    link = best_link(paper)
    return f"[{text}](<{_ENTITY.sub('&amp;', link)}>)" if link else text


def _facts(paper: Paper) -> list[str]:
    facts = []
    if paper.published:
        facts.append(paper.published.isoformat() + (" (year inferred)" if paper.year_inferred else ""))
    if paper.authors:
        facts.append(", ".join(map(clean, paper.authors)))
    elif paper.authors_count is not None:
        facts.append(counted(paper.authors_count, "author"))
    if paper.arxiv_id:
        facts.append(f"arXiv {clean(paper.arxiv_id)}")
    return facts


def _seen_in(library: Library, paper: Paper) -> list[str]:
    return [
        f"{clean(digest.name)} no. {sighting.position}"
        for digest, sighting in seen_in(library, paper)
        if digest
    ]


def _note(note: str) -> str:
    """The note as a quotation, line by line as it was written."""
    lines = "\n".join(escape(line) for line in clean_lines(note).strip().splitlines())
    lines = re.sub(r"(?<=\S)\n(?=\S)", r"\\\n", lines)
    return "\n".join(f"> {line}".rstrip() for line in lines.splitlines())


def _prose(abstract: str) -> str:
    """The abstract escaped, its web addresses as links."""
    text, out, at = clean(abstract).strip(), [], 0
    for match in _ADDRESS.finditer(text):
        if is_safe(match[0]) and not _ENTITY.search(match[0]):
            out += [_inline(text[at : match.start()]), f"<{match[0]}>"]
            at = match.end()
    return _lead("".join([*out, _inline(text[at:])]))


def escape(text: str) -> str:
    """One line of text as Markdown that shows just this text; blanks around it go."""
    return _lead(_inline(text.strip()))


def _inline(text: str) -> str:
    text = _SYNTAX.sub(r"\\\g<0>", text)
    return _AUTOLINKED.sub(r"\g<0>\\", text)


def _lead(text: str) -> str:
    """What begins a line must not begin a list, a quotation, a rule or a heading."""
    if match := _LEAD.match(text):
        at = match.end() if match[0].isdigit() else 0
        return f"{text[:at]}\\{text[at:]}"
    return text
