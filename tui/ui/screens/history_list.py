"""Acts as lines: a heading for each day and machine, a line an act, the chosen one in sight."""

from collections.abc import Callable, Sequence

from rich.style import Style
from rich.text import Text

from tui.papers.paper import Paper
from tui.papers.saying import act as act_words
from tui.papers.saying import counted
from tui.papers.triage import Decision
from tui.ui.draw import fit
from tui.ui.look import THEIRS, Glyphs, Ink

#: cells of the commonest acts, so that what they were done on stands in a column
_ACT = 8
_STRUCK = Style(strike=True)


class ActList:
    """Which act is chosen, and which stand on the screen; only these are read. `heading` is an act's."""

    def __init__(self, heading: Callable[[str], str]) -> None:
        self._heading = heading
        self.ids: Sequence[str] = ()
        self.cursor = self._top = 0
        self._laid: list[tuple[str, int | None]] = []

    @property
    def chosen(self) -> str:
        """The id of the chosen act; empty where there is none."""
        return self.ids[self.cursor] if self.ids else ""

    def show(self, ids: Sequence[str]) -> None:
        """Show other acts, the newest first; the chosen one stays so, or else the next older one is."""
        chosen, shift = self.chosen, self.cursor - self._top
        self.ids = ids
        last = max(len(ids) - 1, 0)
        self.cursor = next((i for i, one in enumerate(ids) if one <= chosen), last) if chosen else 0
        self._top = max(self.cursor - shift, 0)

    def move(self, step: int) -> None:
        """Choose the act so many lines on."""
        self.cursor = max(0, min(self.cursor + step, len(self.ids) - 1))

    def page(self, by: int) -> None:
        """Turn so many pages; the cursor keeps its place on them."""
        shown = [index for _, index in self._laid if index is not None]
        rows = by * max(len(shown), 1)
        self._top = max(0, min(self._top + rows, len(self.ids) - 1))
        self.move(rows)

    def at(self, y: int) -> int | None:
        """The act that stands on this line."""
        return self._laid[y][1] if 0 <= y < len(self._laid) else None

    def lay(self, height: int) -> list[tuple[str, int | None]]:
        """Lines from the top: words, or the number of an act; the chosen one is among them."""
        if not self.ids:
            return []
        self._top = min(self._top, self.cursor)
        self._top = max(self._top, self.cursor - height + 1)
        laid = self._lines(height)
        while self._top < self.cursor and all(index != self.cursor for _, index in laid):
            self._top += 1
            laid = self._lines(height)
        while self._top and len(laid) < height:
            self._top -= 1
            fuller = self._lines(height)
            if all(index != len(self.ids) - 1 for _, index in fuller):
                self._top += 1
                break
            laid = fuller
        self._laid = laid
        return laid

    def _lines(self, height: int) -> list[tuple[str, int | None]]:
        lines: list[tuple[str, int | None]] = []
        before = None
        for index in range(self._top, min(self._top + height, len(self.ids))):
            heading = self._heading(self.ids[index])
            if heading != before:
                lines += [("", None), (heading, None)] if lines else [(heading, None)]
                before = heading
            lines.append(("", index))
        return lines[:height]


def act_line(
    act: Decision | None,
    mark: str,
    chosen: bool,
    width: int,
    paper: Callable[[str], Paper | None],
    ink: Ink,
    glyphs: Glyphs,
) -> Text:
    """One act on one line; `mark` is said at its end: that it was taken back, or that another rules.

    An act with a mark is soft, and struck where it does not stand.
    """
    line = Text.assemble((glyphs.cursor if chosen else " ", ink.accent), " ")
    if act is None:
        line.append("a decision that cannot be read; `papertui doctor` tells more", ink.soft)
    else:
        _append_act(line, act, mark, chosen, width - len(mark) - 2 * bool(mark) - 1, paper, ink, glyphs)
    line.truncate(width - 1)
    line.pad_right(max(width - 1 - len(mark) - line.cell_len, 0))
    line.append(mark, ink.soft).append(" ")
    if chosen:
        line.stylize_before(ink.over(ink.cursor, Style()))
    return line


def _append_act(
    line: Text,
    act: Decision,
    mark: str,
    chosen: bool,
    width: int,
    paper: Callable[[str], Paper | None],
    ink: Ink,
    glyphs: Glyphs,
) -> None:
    said = act_words(act.verb, act.sets)
    style = ink.soft if mark else ink.plain
    strike = _STRUCK if mark == TAKEN_BACK else Style()
    line.append(f"{act.at.astimezone():%H:%M}  ", ink.soft)
    state = "starred" if act.sets.get("starred") is True else "later" if act.sets.get("later") is True else ""
    line.append(glyphs.marker(state) if state else " ", ink.soft if mark else ink.marker(state)).append(" ")
    verb, tags = ("tagged", said.removeprefix("tagged ")) if said.startswith("tagged #") else (said, "")
    line.append(verb, style + strike).append(" " * max(_ACT - len(verb), 0) + " ")
    if tags:
        line.append(tags, (style if mark else ink.tag) + strike).append("  ")
    elif len(verb) > _ACT:
        line.append(" ")
    room = max(width - line.cell_len, 0)
    if len(act.papers) == 1 and (found := paper(act.papers[0])):
        title = fit(found.title, room, glyphs)
        line.append(title, (ink.strong if chosen and not mark else style) + strike + THEIRS)
    elif len(act.papers) == 1:
        line.append("a paper not known here", ink.soft + strike)
    else:
        words = counted(len(act.papers), "paper")
        line.append(words, (ink.strong if chosen and not mark else style) + strike)


#: what stands behind an act that does not stand, and behind one that stands but decides nothing any more
TAKEN_BACK, OVERRULED = "taken back", "overruled"
