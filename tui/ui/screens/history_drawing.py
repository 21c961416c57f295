"""Draws the regions of a history screen."""

from typing import TYPE_CHECKING

from rich.text import Text

from tui.papers.saying import counted, named_act
from tui.papers.text import clean
from tui.ui.cutting import fit, wrap
from tui.ui.draw import hints, rule, spread
from tui.ui.look import THEIRS
from tui.ui.messages import text_of
from tui.ui.moments import when
from tui.ui.screens.bars import SIDE
from tui.ui.screens.history_list import act_line
from tui.ui.screens.history_pane import Told, act_head, why

if TYPE_CHECKING:
    from tui.ui.screens.history import HistoryScreen


class HistoryDrawing:
    """Each method gives the lines of one region; `told` are those beside the list."""

    def __init__(self, screen: "HistoryScreen") -> None:
        self._screen = screen
        self._about: object = None
        self.told = Told()

    def forget(self) -> None:
        """Tell anew of the chosen act: it may look otherwise now."""
        self._about = None

    def top(self, width: int, height: int) -> list[Text]:
        """What this is, what was looked for, and how many decisions there are."""
        screen, ink = self._screen, self._screen.app.ink
        paper, text = screen.acts.paper, screen.finding.text
        log = screen.acts.log
        number = counted(len(log.ids), "decision") if log.whole else ""
        left = Text.assemble(" ", (" history ", ink.tab), (" newest first", ink.soft))
        if paper is not None:
            title = fit(paper.title, max(width - 30, 10), screen.app.glyphs)
            left = Text.assemble(" ", (" why ", ink.tab), " ", (title, ink.plain + THEIRS))
        if text:
            left.append(f"  / {clean(text)}", ink.plain)
            number = f"{len(screen.shown.ids):,} of {number}"
        return [spread(left, Text(f"{number} ", ink.soft), width)]

    def acts(self, width: int, height: int) -> list[Text]:
        """The acts, under their days."""
        screen = self._screen
        ink, acts, shown = screen.app.ink, screen.acts, screen.shown
        if not shown.ids:
            return self._nothing()
        lines = []
        for heading, index in shown.lay(height):
            if index is None:
                lines.append(Text(f"  {heading}", ink.soft))
                continue
            act = acts.get(shown.ids[index])
            chosen, alone = index == shown.cursor, acts.paper is not None
            mark = acts.mark(act)
            line = act_line(act, mark, chosen, alone, width, screen.library, ink, screen.app.glyphs)
            lines.append(line)
        return lines

    def _nothing(self) -> list[Text]:
        screen, ink = self._screen, self._screen.app.ink
        if not screen.acts.log.whole:
            return []
        if screen.finding.text:
            return [Text(f"  No decision has “{clean(screen.finding.text)}”.", ink.plain)]
        if screen.acts.paper is not None:
            return [Text("  Nothing was decided about it yet.", ink.plain)]
        keys = " ".join(filter(None, map(screen.key, ("paper.star", "paper.done", "paper.later"))))
        words = " decide about a paper; here any decision can be taken back."
        return [
            Text("  No decisions yet.", ink.strong),
            Text(),
            Text.assemble("  ", (keys, ink.accent), (words, ink.plain)),
        ]

    def rule(self, width: int, height: int) -> list[Text]:
        """Between list and papers: where one stands on the other, the message, or what the papers are of."""
        screen = self._screen
        ink, glyphs = screen.app.ink, screen.app.glyphs
        if not screen.has_class("narrow"):
            return [Text(glyphs.divide, ink.faint)] * height
        words, act = self._message(width), screen.chosen
        if not words and act and screen.acts.paper is None:
            said = f"{named_act(act, screen.library.digest_name)} · {counted(len(act.papers), 'paper')} · "
            words = Text(said + when(act, screen.library.now), ink.plain)
        return [rule(words, self._place, width, ink, glyphs)]

    def pane(self, width: int, height: int) -> list[Text]:
        """The papers of the chosen act, or why the one paper is as it is."""
        screen = self._screen
        about = screen.shown.chosen, width
        if self._about != about:
            self._about, self.told = about, self._tell(width)
        key = screen.key("abstract.page_down")
        return self.told.lines(width, height, screen.library, key, screen.app.ink, screen.app.glyphs)

    def _tell(self, width: int) -> Told:
        screen = self._screen
        ink, acts, act, now = screen.app.ink, screen.acts, screen.chosen, screen.library.now
        if acts.paper is not None:
            return Told(why(acts.paper, [*acts.log.every()], screen.library, width, ink, now))
        if act is None:
            return Told()
        head = act_head(act, width, screen.library, acts.get, ink, now, brief=screen.has_class("narrow"))
        papers = tuple(dict.fromkeys(map(screen.library.home, act.papers)))
        if len(papers) == 1 and (paper := screen.library.known(papers[0])):
            return Told([*head, *(Text(line, ink.plain + THEIRS) for line in wrap(paper.title, width))])
        return Told(head, papers)

    def status(self, width: int, height: int) -> list[Text]:
        """The message, and the place."""
        ink, words = self._screen.app.ink, self._message(width)
        if not words and self._screen.shown.ids:
            words = Text("Taking one back leaves the later ones as they are.", ink.soft)
        return [spread(Text.assemble(" ", words), Text(f"{self._place} ", ink.soft), width)]

    def keys(self, width: int, height: int) -> list[Text]:
        """What the keys do here."""
        screen, ink = self._screen, self._screen.app.ink
        if screen.finding.is_open:
            return [hints([("enter", "keep"), ("down", "choose"), ("escape", "all")], width, ink)]
        pairs = self.key_words()
        return [hints(pairs if screen.acts.log.ids else pairs[-2:], width, ink)]

    def key_words(self) -> list[tuple[str, str]]:
        """The keys there are here, with what they do."""
        key = self._screen.key
        pairs = [
            (key("history.undo"), "take back"),
            (key("history.redo"), "do again"),
            (key("paper.open") or "enter", "show its papers"),
            (key("find.edit") or "/", "find"),
            (key("app.quit") or "q", "close"),
            (key("app.help") or "?", "help"),
        ]
        return [pair for pair in pairs if pair[0]]

    def _message(self, width: int) -> Text:
        screen = self._screen
        return text_of(screen.message, screen.app.ink, screen.app.glyphs, 44 if width >= SIDE else 32)

    @property
    def _place(self) -> str:
        shown = self._screen.shown
        is_whole = self._screen.acts.log.whole
        return f"{shown.cursor + 1:,} of {len(shown.ids):,}" if shown.ids and is_whole else ""
