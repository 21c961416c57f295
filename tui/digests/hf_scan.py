"""A saved Hugging Face page, or several in one file, cut into the runs of text its lines leave.

Facts and furniture cut the text: inside a run stand only titles and abstracts.
"""

from dataclasses import dataclass, field

from tui.digests import hf_lines
from tui.digests.hf_lines import Facts, Line


@dataclass(slots=True)
class Run:
    """Text lines with nothing between them, and the facts that follow the last one."""

    lines: list[Line] = field(default_factory=list)
    facts: Facts | None = None


@dataclass(slots=True)
class Page:
    """One saved page: its header's date and its runs, none of them empty of both."""

    header: Facts | None = None
    runs: list[Run] = field(default_factory=list)


def pages(lines: list[Line]) -> list[Page]:
    """The pages in a file's lines; every line is in a run, is furniture or is a header's date."""
    scan, at = _Scan(), 0
    while at < len(lines):
        at += scan.take(lines, at)
    return scan.pages


class _Scan:
    """The page being read, and whether its next text line begins a new run."""

    def __init__(self) -> None:
        self.pages = [Page()]
        self._subscribe = False
        self._only_glued = False
        self._cut = True

    def take(self, lines: list[Line], at: int) -> int:
        """Takes what begins at a line; the number of lines it has."""
        line = lines[at]
        sign = hf_lines.furniture(line.text)
        if sign == hf_lines.SUBMITTED:
            return self._submitted(lines, at)
        if sign is not None:
            self._furniture(sign)
            return 1
        if found := hf_lines.facts(lines, at):
            self._facts(found)
            return found.lines
        self._text(line)
        return 1

    def _furniture(self, sign: str) -> None:
        """Furniture below text is the head of another page in the same file."""
        if self.pages[-1].runs and not self._only_glued:
            self.pages.append(Page())
            self._subscribe = False
        self._subscribe = self._subscribe or sign == hf_lines.SUBSCRIBE

    def _submitted(self, lines: list[Line], at: int) -> int:
        """`Submitted by` and a name stand above an entry: no new page, but a cut."""
        self._cut = True
        whole = lines[at].text == hf_lines.SUBMITTED
        return 2 if whole and at + 1 < len(lines) and _is_name(lines, at + 1) else 1

    def _facts(self, found: Facts) -> None:
        """A bare date is the header's, but below text one with a year or comments is a paper's."""
        told = found.comments is not None or (found.day and found.day.year)
        if found.marked or (self.pages[-1].runs and told):
            self._below(found)
            return
        self._furniture("date")
        self.pages[-1].header = found

    def _below(self, found: Facts) -> None:
        runs = self.pages[-1].runs
        if not runs or runs[-1].facts:
            runs.append(Run())
        runs[-1].facts = found
        self._cut, self._only_glued = True, False

    def _text(self, line: Line) -> None:
        page = self.pages[-1]
        if not page.runs and not self._subscribe and (title := hf_lines.glued_title(line.text)):
            page.runs.append(Run([Line(line.number, title)]))
            self._cut, self._only_glued = False, True
            return
        if self._cut or not page.runs:
            page.runs.append(Run())
        page.runs[-1].lines.append(line)
        self._cut = self._only_glued = False


def _is_name(lines: list[Line], at: int) -> bool:
    return hf_lines.may_be_name(lines[at].text) and hf_lines.facts(lines, at) is None
