"""The format `hf-page`: Hugging Face "Daily Papers" and search pages saved as text."""

import re
from datetime import date

from tui.digests import hf_lines, hf_scan
from tui.digests.dates import PageYear
from tui.digests.format import Content, Format, ReadContext
from tui.digests.hf_lines import Facts, Line
from tui.digests.hf_pairs import pieces, plainly_in_pairs, reads_as_prose
from tui.digests.hf_scan import Page, Run
from tui.digests.links import links
from tui.digests.quote import first_words
from tui.papers.paper import Record, Reject

_HEAD_LINES = 8
_BANNER = re.compile(
    r"Get\s+trending\s+papers\s+in\s+your\s+email\s+inbox(?:\s+once\s+a\s+day)?![^\S\n]*(?:\n|\Z)"
)
_HEADING = re.compile(r"AK\s+and\s+the\s+research\s+community[^\S\n]*(?:\n|\Z)")
_AUTHORS = re.compile(r"authors?\b")
_COUNT = re.compile(r"(?:\A|\n)[^\S\n]*[•·∙⋅*-]?\s*\d{1,6}\s+\Z")
_BEFORE, _AFTER = 24, 120
_LEAST_LINES = 6
_MARKED = re.compile(r"^[^\S\n]*(?:[#>|<*`=-]|\d+[.)]\s|\w+:[^\S\n]*$)", re.MULTILINE)


def knows(text: str) -> bool:
    """Whether a text has a sign of a saved page: its banner or heading, facts, or its first lines.

    `new` alone is no sign, and `Subscribe` or `Daily Papers` only at the top, for other texts have
    such lines too. Where all of these were lost, the order of the lines must speak for itself.
    """
    own_words = _BANNER.search(text) or _HEADING.search(text)
    return own_words is not None or _has_head(text) or _has_facts(text) or _alternates(text)


def _alternates(text: str) -> bool:
    """Whether a text, saved without any of the page's own lines, is titles and abstracts in turn.

    Nothing but the order speaks for it, so the order must be strict and nothing else be there.
    """
    lines = [line.text for line in hf_lines.split(text)]
    return len(lines) >= _LEAST_LINES and not _MARKED.search(text) and plainly_in_pairs(lines)


def _has_head(text: str) -> bool:
    for line in hf_lines.split(text[:4096])[:_HEAD_LINES]:
        sign = hf_lines.furniture(line.text)
        if sign == "new" or (sign is None and hf_lines.facts([line], 0)):
            continue
        glued = hf_lines.glued_title(line.text)
        return sign is not None or (glued is not None and not glued[0].islower())
    return False


def _has_facts(text: str) -> bool:
    return any(_is_facts(text, match.start()) for match in _AUTHORS.finditer(text))


def _is_facts(text: str, at: int) -> bool:
    """Whether the word `authors` there stands in a line of facts with a bullet, dot or date."""
    start = max(0, at - _BEFORE)
    count = _COUNT.search(text[start:at])
    if not count or (count[0][0] != "\n" and start):
        return False
    near = hf_lines.split(text[start + count.start() : at + _AFTER])
    found = hf_lines.facts(near, 0)
    bulleted = near[0].text[0] in "•·∙⋅"
    return found is not None and found.authors is not None and (bulleted or found.day is not None)


def read(text: str, context: ReadContext) -> Content:
    """The papers of all pages in the text, with their facts; dates by each page's own year.

    What is neither a paper nor the page's own is a reject. The name and date are the first header's.
    """
    reader = _Reader(context.year)
    for page in hf_scan.pages(hf_lines.split(text)):
        reader.page(page)
    return reader.content()


class _Reader:
    """What the pages read so far gave; `_year` is that of the page being read."""

    def __init__(self, year: int | None) -> None:
        self._given = year
        self._year = PageYear((), year)
        self._records: list[Record] = []
        self._rejects: list[Reject] = []
        self._yearless = 0
        self._name: str | None = None
        self._dated: tuple[date | None, bool] = (None, False)

    def page(self, page: Page) -> None:
        """Reads one page."""
        facts = [run.facts for run in page.runs] + [page.header]
        self._year = PageYear([each.day for each in facts if each and each.day], self._given)
        if page.header:
            self._header(page.header)
        for run in page.runs:
            self._run(run)

    def content(self) -> Content:
        """All that was read."""
        return Content(
            records=tuple(self._records),
            rejects=tuple(self._rejects),
            name=self._name,
            date=self._dated[0],
            year_inferred=self._dated[1],
            yearless=self._yearless,
        )

    def _header(self, header: Facts) -> None:
        yearless = self._yearless
        dated = self._date(header)
        self._yearless = yearless  # no paper misses a year that only the page's day lacks
        if self._name is None and header.day and header.day.exists:
            self._name, self._dated = header.day.name, dated

    def _run(self, run: Run) -> None:
        lines, facts = run.lines, run.facts
        if not lines and facts:
            self._reject(facts.line, "stands under no paper.")
        texts = [line.text for line in lines]
        for start, size in pieces(texts, facts is not None):
            below = facts if start + size == len(lines) else None
            if size == 2:
                self._record(texts[start], texts[start + 1], below)
            elif below and not reads_as_prose(texts[start]):
                self._record(texts[start], "", below)
            else:
                self._left_over(lines[start], below)

    def _record(self, title: str, abstract: str, facts: Facts | None) -> None:
        published, inferred = self._date(facts) if facts else (None, False)
        self._records.append(
            Record(
                title=title,
                abstract=abstract,
                authors_count=facts.authors if facts else None,
                published=published,
                year_inferred=inferred,
                comments=facts.comments if facts else None,
                links=links(abstract),
            )
        )

    def _date(self, facts: Facts) -> tuple[date | None, bool]:
        if facts.day is None:
            return None, False
        if not facts.day.exists:
            self._reject(facts.line, "names a day that is in no calendar; the date is left out.")
            return None, False
        found = self._year.date(facts.day)
        if found[0] is None:
            self._yearless += 1
        return found

    def _left_over(self, line: Line, facts: Facts | None) -> None:
        prose = reads_as_prose(line.text)
        what = "is an abstract without a title" if prose else "has no abstract below it"
        rest = f"; {first_words(facts.line.text)} below it is left out too." if facts else "."
        self._reject(line, what + rest)

    def _reject(self, line: Line, what: str) -> None:
        self._rejects.append(Reject(line.number, f"{first_words(line.text)} {what}"))


HF_PAGE = Format("hf-page", knows, read)
