"""The acts that a history shows: all, or those on one paper; what each is, and what there is to say of it."""

from contextlib import suppress

from tui.errors import LibraryError
from tui.papers.history import ruling
from tui.papers.library import Library
from tui.papers.paper import Paper
from tui.papers.saying import counted, named_act
from tui.papers.triage import Decision
from tui.ui.moments import day_words, machine
from tui.ui.screens.history_list import OVERRULED, TAKEN_BACK


class HistoryActs:
    """Knows the acts as they were at the last `renew`; `paper` is the one they are about, if it is one."""

    def __init__(self, library: Library, paper: Paper | None) -> None:
        self.library, self.paper = library, paper
        self.log = library.history(paper)
        self._note()

    @property
    def is_old(self) -> bool:
        """Whether anything was decided since, here or elsewhere."""
        return self.library.changes != self._changes

    def renew(self) -> None:
        """Take in what was decided since; what cannot be read leaves all as it was."""
        if self.paper is not None:
            self.paper = self.library.paper(self.paper.id) or self.paper
        with suppress(LibraryError):
            self.log.renew()
        self._note()

    def _note(self) -> None:
        self._changes = self.library.changes
        self._session = {decision.id for decision in self.library.made}
        standing = [act for act in self.log.every() if self.library.stands(act)] if self.paper else []
        self._rules = {act.id for act in ruling(standing).values()}

    def get(self, act_id: str) -> Decision | None:
        """The decision of this id; None where it cannot be read."""
        with suppress(LibraryError):
            return self.log.get(act_id)
        return None

    def heading(self, act_id: str) -> str:
        """The day of an act, and the machine where it is another one."""
        act = self.get(act_id)
        return self._day(act) if act else "not readable"

    def _day(self, act: Decision) -> str:
        day = day_words(act.at.astimezone().date(), self.library.now.date())
        if act.id in self._session:
            return f"{day}, this session"
        there = machine(act)
        return f"{day}, on {there}" if there else day

    def shown(self, act: Decision) -> str:
        """What an act is found by besides what was done: its day, its mark, its digests, how many papers."""
        number = "" if len(act.papers) == 1 else counted(len(act.papers), "paper")
        return f"{self._day(act)} {named_act(act, self.library.digest_name)} {number} {self.mark(act)}"

    def mark(self, act: Decision | None) -> str:
        """What is said at the end of an act's line."""
        if act is None:
            return ""
        if not self.library.stands(act):
            return TAKEN_BACK
        return OVERRULED if self.paper is not None and act.id not in self._rules else ""
