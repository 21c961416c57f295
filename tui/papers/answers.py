"""One paper of a library as a query asks about it: each answer is looked up when it is asked for."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from tui.papers.paper import Paper
from tui.papers.text import words
from tui.papers.triage import Triage

if TYPE_CHECKING:
    from tui.papers.library import Library


class Answers:
    """One paper as a query asks about it."""

    __slots__ = ("_library", "paper")

    def __init__(self, library: "Library", paper: Paper) -> None:
        self._library, self.paper = library, paper

    @property
    def triage(self) -> Triage:
        return self._library.triage(self.paper.id)

    @property
    def is_new(self) -> bool:
        return self.paper.added == self._library.newest

    @property
    def title(self) -> str:
        return self._library.texts.title(self.paper)

    @property
    def abstract(self) -> str:
        return self._library.texts.abstract(self.paper)

    @property
    def note(self) -> str:
        return words(self.triage.note)

    @property
    def text(self) -> str:
        return self._library.text(self.paper)

    @property
    def decided(self) -> tuple[date, ...]:
        return self._library.acts.days(self.paper.id)

    def in_act(self, prefix: str) -> bool:
        return self.paper.id in self._library.acts.papers(prefix)

    @property
    def digests(self) -> tuple[str, ...]:
        known = self._library.digests
        return tuple(known[s.digest].name for s in self.paper.sightings if s.digest in known)

    @property
    def now(self) -> datetime:
        return self._library.now

    def in_view(self, name: str) -> bool:
        view = self._library.views.get(name)
        return view is not None and view.query(self)

    def is_close(self, words: str) -> bool:
        return self._library.is_close(self.paper, words)
