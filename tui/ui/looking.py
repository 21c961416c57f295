"""What a filter finds among the papers of a view: everything, also from a thread; no Textual here."""

from collections.abc import Sequence

from msgspec import Struct

from tui.papers.close import Correction, holds
from tui.papers.finding import Finder
from tui.papers.library import Library
from tui.papers.orders import arranged, relevance
from tui.papers.paper import Paper
from tui.papers.query import All, Fuzzy, Word
from tui.papers.search import Cancelled


class Found(Struct, frozen=True):
    """The papers found, the words to mark in them, and whether they stand in the order of the view."""

    papers: Sequence[Paper]
    words: tuple[str, ...]
    in_order: bool = True


class Titles(Found, frozen=True):
    """What was found in titles alone; the rest is to come."""


class Otherwise(Struct, frozen=True):
    """What there is where nothing was found: how many in all views, and close spellings."""

    everywhere: int
    close: Sequence[Correction] = ()
    found: Found | None = None


class Looking(Struct, frozen=True):
    """A filter looked for among the papers of a finder; `best_first` puts the best match first."""

    library: Library
    finder: Finder
    query: All
    best_first: bool = False
    reverse: bool = False

    def titles(self) -> Titles:
        """What is found in titles: at once, where the finder has them ready."""
        return Titles(self.finder.titles(self.query), self.query.wanted)

    def titles_first(self, cancelled: Cancelled) -> Titles | None:
        """The same from a thread beside which others work; None when cancelled."""
        papers = self.finder.titles_first(self.query, cancelled)
        return None if papers is None else Titles(papers, self.query.wanted)

    def whole(self, cancelled: Cancelled = None) -> Found | None:
        """All that the filter wants; None when cancelled. Raises LibraryError."""
        papers = self.finder.complete(self.query, cancelled)
        if papers is None:
            return None
        words = self.library.looked_for(self.query)
        if not words or not (self.best_first or holds(self.query, Fuzzy)):
            return Found(papers, words)
        texts = self.library.texts
        best = arranged(
            papers,
            self.library.digests,
            "relevance",
            self.reverse and self.best_first,
            lambda paper: relevance(words, texts.title(paper), texts.abstract(paper)),
        )
        return Found(best, words, in_order=False)

    def otherwise(self, elsewhere: bool, cancelled: Cancelled = None) -> Otherwise | None:
        """What to say where nothing was found; `elsewhere` asks for all views too. Raises LibraryError."""
        everywhere = self.library.finder().complete(self.query, cancelled) if elsewhere else []
        if everywhere is None:
            return None
        if not holds(self.query, Word):
            return Otherwise(len(everywhere))
        close = self.finder.close(self.query, cancelled)
        if not close:
            return None if close is None else Otherwise(len(everywhere))
        query = close[0].query
        papers = self.finder.complete(query, cancelled)
        return None if papers is None else Otherwise(len(everywhere), close, Found(papers, query.wanted))
