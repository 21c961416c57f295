"""The format `title-pdf-summary`: records of labelled lines, divided by a line `---`.

Title: A title that may go on
  over indented lines
PDF: https://arxiv.org/pdf/2406.14539
Summary: …
---
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tui.digests.dates import date_in_name
from tui.digests.format import Content, Format, ReadContext
from tui.digests.links import arxiv_id_of, links
from tui.digests.quote import first_words
from tui.papers.paper import Record, Reject

_LABELS = ("Title", "PDF", "Summary")
_DIVIDER = re.compile(r"-{3,}\s*\Z")


@dataclass(slots=True)
class _Entry:
    """The lines of one record by label; what stands above its first label is `stray`."""

    line: int
    parts: dict[str, list[str]] = field(default_factory=dict)
    stray: list[str] = field(default_factory=list)
    label: str = ""

    def add(self, raw: str) -> None:
        label, colon, rest = raw.partition(":")
        if colon and label in _LABELS:
            self.label, raw = label, rest
        target = self.parts.setdefault(self.label, []) if self.label else self.stray
        if part := raw.strip():
            target.append(part)

    def text(self, label: str) -> str:
        return " ".join(self.parts.get(label, ()))


def knows(text: str) -> bool:
    """Whether a text has a line `Title:` and a line `PDF:` or `Summary:`."""
    return _has(text, "Title:") and (_has(text, "PDF:") or _has(text, "Summary:"))


def _has(text: str, label: str) -> bool:
    return text.startswith(label) or f"\n{label}" in text


def read(text: str, context: ReadContext) -> Content:
    """The papers of the text. These files name no day: it is taken from the file's name."""
    records, rejects = [], []
    for entry in _entries(text):
        if title := entry.text("Title"):
            records.append(_record(title, entry))
            rejects += [Reject(entry.line, reason) for reason in _oddities(entry)]
        else:
            said = " ".join(entry.stray) or entry.text("Summary") or entry.text("PDF")
            rejects.append(Reject(entry.line, f"The record {first_words(said)} has no title."))
    return Content(tuple(records), tuple(rejects), date=date_in_name(context.path))


def _oddities(entry: _Entry) -> Iterator[str]:
    """What of a record with a title found no place in the paper."""
    if entry.stray:
        yield f"{first_words(' '.join(entry.stray))} stands above a title."
    if rest := " ".join(word for word in entry.text("PDF").split() if not links(word)):
        title = first_words(entry.text("Title"))
        yield f"{first_words(rest)} is no address of a PDF; the paper {title} is kept."


def _entries(text: str) -> Iterator[_Entry]:
    """Records end at a divider, or where another `Title:` follows a record's fields."""
    entry: _Entry | None = None
    for number, raw in enumerate(text.split("\n"), 1):
        if not raw or raw.isspace():
            continue
        divides = raw.startswith("---") and _DIVIDER.match(raw)
        if entry and (divides or (raw.startswith("Title:") and "Title" in entry.parts)):
            yield entry
            entry = None
        if not divides:
            entry = entry or _Entry(number)
            entry.add(raw)
    if entry:
        yield entry


def _record(title: str, entry: _Entry) -> Record:
    summary, own = entry.text("Summary"), links(entry.text("PDF"))
    arxiv = arxiv_id_of(own[0]) if own else None
    if arxiv:
        own = (f"https://arxiv.org/abs/{arxiv}", *own[1:])
    return Record(
        title=title,
        abstract=summary,
        arxiv_id=arxiv,
        links=tuple(dict.fromkeys(own + links(summary))),
    )


TITLE_PDF_SUMMARY = Format("title-pdf-summary", knows, read)
