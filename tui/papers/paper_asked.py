"""A paper of a library as a query asks about it: facts, triage and texts, each looked up when asked for."""

from datetime import datetime
from typing import TYPE_CHECKING

from tui.papers.paper import Paper
from tui.papers.text import words
from tui.papers.triage import Triage

if TYPE_CHECKING:
    from tui.papers.library import Library


class PaperAsked:
    """One paper of a library as a query asks about it."""

    __slots__ = ("_library", "paper")

    def __init__(self, library: "Library", paper: Paper) -> None:
        self._library, self.paper = library, paper

    @property
    def triage(self) -> Triage:
        """What stands decided about it."""
        return self._library.triage(self.paper.id)

    @property
    def is_new(self) -> bool:
        """Whether the last import that brought something brought it."""
        return self.paper.added == self._library.newest

    @property
    def title(self) -> str:
        """Its title, folded to words."""
        return self._library.texts.title(self.paper)

    @property
    def abstract(self) -> str:
        """Its abstract, folded to words."""
        return self._library.texts.abstract(self.paper)

    @property
    def note(self) -> str:
        """Its note, folded to words."""
        return words(self.triage.note)

    @property
    def text(self) -> str:
        """Title, a line break, abstract, folded to words."""
        return self._library.text(self.paper)

    @property
    def digests(self) -> tuple[str, ...]:
        """The names of the digests it was seen in."""
        known = self._library.digests
        return tuple(known[s.digest].name for s in self.paper.sightings if s.digest in known)

    @property
    def now(self) -> datetime:
        """The moment, in the zone whose days are meant."""
        return self._library.now

    def in_view(self, name: str) -> bool:
        """Whether the view of this name holds it."""
        view = self._library.views.get(name)
        return view is not None and view.query(self)

    def is_close(self, words: str) -> bool:
        """Whether it has these words, or some spelt nearly so."""
        return self._library.is_close(self.paper, words)
