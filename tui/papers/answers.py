"""One paper of a library as a query asks about it: each answer is looked up when it is asked for."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from tui.papers.paper import Paper
from tui.papers.text import words
from tui.papers.triage import Triage

if TYPE_CHECKING:
    from tui.papers.holdings import Holdings


class Answers:
    """One paper as a query asks about it."""

    __slots__ = ("_library", "paper")

    def __init__(self, library: "Holdings", paper: Paper) -> None:
        self._library, self.paper = library, paper

    @property
    def triage(self) -> Triage:
        """What stands decided about it."""
        return self._library.triage(self.paper.id)

    @property
    def is_new(self) -> bool:
        """Whether it came with the last import that brought something."""
        return self.paper.added == self._library.newest

    @property
    def title(self) -> str:
        """The words of its title."""
        return self._library.texts.title(self.paper)

    @property
    def abstract(self) -> str:
        """The words of its abstract."""
        return self._library.texts.abstract(self.paper)

    @property
    def note(self) -> str:
        """The words of its note."""
        return words(self.triage.note)

    @property
    def text(self) -> str:
        """The words of title and abstract."""
        return self._library.text(self.paper)

    @property
    def decided(self) -> tuple[date, ...]:
        """The days on which something was decided about it that stands."""
        return self._library.acts.days(self.paper.id)

    def in_act(self, prefix: str) -> bool:
        """Whether an act whose id begins so was about it."""
        return self.paper.id in self._library.acts.papers(prefix)

    @property
    def digests(self) -> tuple[str, ...]:
        """The names of the digests it was seen in."""
        known = self._library.digests
        return tuple(known[s.digest].name for s in self.paper.sightings if s.digest in known)

    @property
    def now(self) -> datetime:
        """The moment, in the zone whose days the user means."""
        return self._library.now

    def in_view(self, name: str) -> bool:
        """Whether the view of this name holds it."""
        view = self._library.views.get(name)
        return view is not None and view.query(self)

    def is_close(self, words: str) -> bool:
        """Whether it has these words, or some spelt nearly so."""
        return self._library.is_close(self.paper, words)
