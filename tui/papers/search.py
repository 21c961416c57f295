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

    def __call__(self, paper: Paper) -> str:
        """The paper's text."""
        return f"{words(paper.title)}\n{self._abstract(paper)}"

    def _abstract(self, paper: Paper) -> str:
        if paper.abstract_at is None:
            return ""
        if self._abstracts is None:
            self._abstracts = {at: words(text) for at, text in self._everything()}
        if (text := self._abstracts.get(paper.abstract_at)) is None:
            text = self._abstracts[paper.abstract_at] = self._read(paper)
        return text

    def _read(self, paper: Paper) -> str:
        try:
            return words(self._one(paper))
        except LibraryError:
            return ""
