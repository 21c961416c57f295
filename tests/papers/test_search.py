"""The words of titles and abstracts: read once, kept, and never in the way."""

from collections.abc import Iterable
from datetime import UTC, datetime
from threading import Thread

import pytest

from tui.errors import LibraryError
from tui.papers import search
from tui.papers.paper import Paper
from tui.papers.search import Stopped, Texts, at_once


def paper(number: int, title: str = "Swin-Transformer") -> Paper:
    at = (number, 1) if number >= 0 else None
    key = f"{abs(number):012x}"
    return Paper(id=key, title=title, added=datetime(2026, 11, 20, tzinfo=UTC), abstract_at=at)


class Shelf:
    """Abstracts by place; counts how it is read."""

    def __init__(self, *texts: str) -> None:
        self.texts, self.passes, self.singles = list(texts), 0, 0

    def everything(self) -> Iterable[tuple[tuple[int, int], str]]:
        self.passes += 1
        return (((at, 1), text) for at, text in enumerate([*self.texts]))

    def one(self, paper: Paper) -> str:
        self.singles += 1
        assert paper.abstract_at
        try:
            return self.texts[paper.abstract_at[0]]
        except IndexError:
            raise LibraryError("no abstract there") from None

    def opened(self) -> Texts:
        return Texts(self.everything, self.one)


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small numbers, so that a few papers are many."""
    monkeypatch.setattr(search, "FEW", 2)
    monkeypatch.setattr(search, "STEP", 3)
    monkeypatch.setattr(search, "TITLES", 4)


def test_a_text_is_title_and_abstract_in_words_on_two_lines() -> None:
    """So that a phrase never runs from the title into the abstract."""
    text = Shelf("Large-Kernel ConvNéts!").opened()
    assert text(paper(0)) == "swin transformer\nlarge kernel convnets"
    assert text(paper(-1)) == "swin transformer\n"


def test_many_abstracts_are_read_in_one_pass_and_each_once() -> None:
    shelf = Shelf("one", "two", "three", "four")
    texts = shelf.opened()
    papers = [paper(n) for n in range(4)]
    for _ in range(2):
        assert texts.abstracts([paper(-1), *papers], at_once) == ["", "one", "two", "three", "four"]
    assert (shelf.passes, shelf.singles) == (1, 0)


def test_few_abstracts_are_read_one_by_one_whenever_they_came() -> None:
    """Among a thousand others it would not pay to read them all."""
    shelf = Shelf("one", "two", "three", "four")
    texts = shelf.opened()
    assert texts.abstracts([paper(3), paper(1)], at_once) == ["four", "two"]
    assert (shelf.passes, shelf.singles) == (0, 2)
    texts.abstracts([paper(n) for n in range(4)], at_once)
    shelf.texts += ["five", "six", "seven"]
    assert texts.abstracts([paper(4)], at_once) == ["five"]
    assert texts(paper(5)).endswith("\nsix")
    assert shelf.passes == 0
    shelf.texts += ["eight", "nine"]
    assert texts.abstracts([paper(n) for n in range(9)], at_once)[-3:] == ["seven", "eight", "nine"]
    assert (shelf.passes, shelf.singles) == (1, 6)


def test_a_title_that_was_joined_to_another_is_folded_anew() -> None:
    texts = Shelf().opened()
    assert texts.titles([paper(-1, "Swin"), paper(-1, "SWIN: it works")]) == ["swin", "swin  it works"]


def test_an_abstract_that_cannot_be_read_has_no_words() -> None:
    """Alone or among many, for a damaged line is no reason to find nothing."""
    assert Shelf("one").opened()(paper(7)) == "swin transformer\n"
    shelf = Shelf("one", "two", "three")
    assert shelf.opened().abstracts([paper(n) for n in range(5)], at_once) == ["one", "two", "three", "", ""]
    assert shelf.passes == 1


def _read(texts: Texts, papers: list[Paper], breaths: int) -> bool:
    """Whether all abstracts could be read in so many breaths."""
    left = iter(range(breaths))

    def breathe() -> None:
        if next(left, None) is None:
            raise Stopped

    try:
        return bool(texts.abstracts(papers, breathe))
    except Stopped:
        return False


def test_a_pass_that_was_stopped_goes_on_where_it_was() -> None:
    """Whoever wants the abstracts next need not begin again."""
    shelf = Shelf(*(f"text {n}" for n in range(40)))
    texts, papers = shelf.opened(), [paper(n) for n in range(40)]
    stops = 0
    while not _read(texts, papers, stops):
        stops += 1
    assert stops > 5
    assert (shelf.passes, shelf.singles) == (1, 0)
    assert [texts.abstract(p) for p in papers] == shelf.texts


def test_several_threads_may_want_the_abstracts_at_once() -> None:
    """All get them, and each is read once."""
    shelf = Shelf(*(f"text {n}" for n in range(200)))
    texts, papers = shelf.opened(), [paper(n) for n in range(200)]
    got: list[list[str]] = []
    threads = [Thread(target=lambda: got.append(texts.abstracts(papers, at_once))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert got == [shelf.texts] * 4
    assert shelf.passes == 1


def test_every_text_is_handed_to_the_vocabulary_once() -> None:
    shelf = Shelf("one", "two", "three")
    texts = shelf.opened()
    texts.abstract(paper(0))
    shelf.texts.append("four")
    for _ in range(2):
        texts.titles([paper(n, "Swin") for n in range(3)])
        texts.abstracts([paper(n) for n in range(4)], at_once)
    assert (shelf.passes, sorted(texts.fresh)) == (1, ["four", "one", "swin", "three", "two"])
