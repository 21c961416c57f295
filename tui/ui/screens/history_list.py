"""Acts as lines: a heading for each day and machine, a line an act, the chosen one in sight."""

from collections.abc import Callable, Sequence

from rich.style import Style
from rich.text import Text

from tui.papers.library import Library
from tui.papers.paper import Paper
from tui.papers.saying import counted, named_act
from tui.papers.triage import Decision
from tui.ui.cutting import fit
from tui.ui.look import THEIRS, Glyphs, Ink

#: cells of the commonest acts, so that what they were done on stands in a column
_ACT = 8
_STRUCK = Style(strike=True)
#: what stands behind an act that does not stand, and behind one that stands but decides nothing any more
TAKEN_BACK, OVERRULED = "taken back", "overruled"

#: acts whose words name what they are about: a tag, an import
_NAMES_ITS_OBJECT = ("tagged #", "renamed #", "forgot ", "brought ")


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
    alone: bool,
    width: int,
    library: Library,
    ink: Ink,
    glyphs: Glyphs,
) -> Text:
    """One act on one line; `mark` is said at its end: that it was taken back, or that another rules.

    An act with a mark is soft, and struck where it does not stand. `alone` leaves out the title, as all
    the acts are on one paper.
    """
    line = Text.assemble((glyphs.cursor if chosen else " ", ink.accent), " ")
    if act is None:
        line.append("a decision that cannot be read; `papertui doctor` tells more", ink.soft)
    else:
        struck = _STRUCK if mark == TAKEN_BACK else Style()
        style = (ink.soft if mark else ink.plain) + struck
        _append_verb(line, act, library, style, ink.soft if mark else None, ink, glyphs)
        room = max(width - line.cell_len - len(mark) - 2 * bool(mark) - 1, 0)
        strong = ink.strong if chosen and not mark else style
        line.append_text(_object(act, alone, room, library.known, strong, ink.soft + struck, glyphs))
    line.truncate(width - 1)
    line.pad_right(max(width - 1 - len(mark) - line.cell_len, 0))
    line.append(mark, ink.soft).append(" ")
    if chosen:
        line.stylize_before(ink.over(ink.cursor, Style()))
    return line


def _append_verb(
    line: Text, act: Decision, library: Library, style: Style, soft: Style | None, ink: Ink, glyphs: Glyphs
) -> None:
    """Time, glyph and what was done; tags in their own ink."""
    state = "starred" if act.sets.get("starred") is True else "later" if act.sets.get("later") is True else ""
    line.append(f"{act.at.astimezone():%H:%M}  ", ink.soft)
    line.append(f"{glyphs.marker(state) if state else ' '} ", soft or ink.marker(state))
    said = named_act(act, library.digest_name)
    verb, _, tags = said.partition(" ") if said.startswith(_NAMES_ITS_OBJECT) else (said, "", "")
    line.append(verb, style).append(" " * max(_ACT - len(verb), 0) + " ")
    if tags:
        line.append(tags, style if soft else ink.tag)
    if tags or len(verb) > _ACT:
        line.append("  " if tags else " ")


def _object(
    act: Decision,
    alone: bool,
    room: int,
    paper: Callable[[str], Paper | None],
    style: Style,
    soft: Style,
    glyphs: Glyphs,
) -> Text:
    """What it was done on: a title, or how many papers."""
    if len(act.papers) != 1:
        number = len(act.papers)
        return Text(f"with {counted(number - 1, 'other')}" if alone else counted(number, "paper"), style)
    if alone:
        note = act.sets.get("note")
        return Text(fit(str(note), room, glyphs) if note else "", soft + THEIRS)
    found = paper(act.papers[0])
    if found is None:
        return Text("a paper not known here", soft)
    return Text(fit(found.title, room, glyphs), style + THEIRS)
