"""The folded words of titles and abstracts, made once they are first asked for."""

from collections.abc import Callable, Iterable

from tui.errors import LibraryError
from tui.papers.paper import Paper
from tui.papers.text import words


class Texts:
    """The searchable text of each paper: its title, a newline, its abstract, folded to words.

    Abstracts are read in one pass at the first search; those that come later, one by one. One that
    cannot be read holds no words: a damaged line is no reason to find nothing at all.
    """

    def __init__(
        self,
        everything: Callable[[], Iterable[tuple[tuple[int, int], str]]],
        one: Callable[[Paper], str],
    ) -> None:
        self._everything, self._one = everything, one
        self._abstracts: dict[tuple[int, int], str] | None = None
        self._texts: dict[str, tuple[Paper, str]] = {}

    def __call__(self, paper: Paper) -> str:
        """The paper's text."""
        kept = self._texts.get(paper.id)
        if kept is None or (kept[0] is not paper and kept[0] != paper):
            kept = self._texts[paper.id] = paper, f"{words(paper.title)}\n{self._abstract(paper)}"
        return kept[1]

    def _abstract(self, paper: Paper) -> str:
        """The words of its abstract, which is not kept twice."""
        if paper.abstract_at is None:
            return ""
        if self._abstracts is None:
            self._abstracts = {at: words(text) for at, text in self._everything()}
        text = self._abstracts.pop(paper.abstract_at, None)
        return self._read(paper) if text is None else text

    def _read(self, paper: Paper) -> str:
        try:
            return words(self._one(paper))
        except LibraryError:
            return ""
