"""The words of titles and abstracts: read once, kept, and never in the way."""

from collections.abc import Iterable
from datetime import UTC, datetime

from tui.errors import LibraryError
from tui.papers.paper import Paper
from tui.papers.search import Texts


def paper(number: int, title: str = "Swin-Transformer") -> Paper:
    at = (number, 1) if number >= 0 else None
    key = f"{abs(number):012x}"
    return Paper(id=key, keys=(key,), title=title, added=datetime(2026, 11, 20, tzinfo=UTC), abstract_at=at)


class Shelf:
    """Abstracts by place; counts how it is read."""

    def __init__(self, *texts: str) -> None:
        self.texts, self.passes, self.singles = list(texts), 0, 0

    def everything(self) -> Iterable[tuple[tuple[int, int], str]]:
        self.passes += 1
        return [((at, 1), text) for at, text in enumerate(self.texts)]

    def one(self, paper: Paper) -> str:
        self.singles += 1
        assert paper.abstract_at
        try:
            return self.texts[paper.abstract_at[0]]
        except IndexError:
            raise LibraryError("no abstract there") from None

    def opened(self) -> Texts:
        return Texts(self.everything, self.one)


def test_a_text_is_title_and_abstract_in_words_on_two_lines() -> None:
    """So that a phrase never runs from the title into the abstract."""
    text = Shelf("Large-Kernel ConvNéts!").opened()
    assert text(paper(0)) == "swin transformer\nlarge kernel convnets"
    assert text(paper(-1)) == "swin transformer\n"


def test_abstracts_are_read_in_one_pass_and_later_ones_one_by_one() -> None:
    shelf = Shelf("one", "two")
    text = shelf.opened()
    assert shelf.passes == 0
    for _ in range(2):
        assert [text(paper(n))[-3:] for n in range(2)] == ["one", "two"]
    assert (shelf.passes, shelf.singles) == (1, 0)
    shelf.texts.append("three")
    assert text(paper(2)).endswith("three")
    assert text(paper(2)).endswith("three")
    assert (shelf.passes, shelf.singles) == (1, 1)


def test_an_abstract_that_cannot_be_read_has_no_words() -> None:
    assert Shelf("one").opened()(paper(7)) == "swin transformer\n"
