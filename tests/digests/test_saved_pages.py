"""What saving, editing and joining does to pages changes nothing that is read from them.

Each test runs over made-up pages of all three kinds and over the real ones where they are.
"""

import re
from collections.abc import Callable
from itertools import permutations

import pytest

from tui.digests.format import Content, ReadContext
from tui.digests.hf_page import HF_PAGE
from tui.papers.paper import Record

Pairs = list[tuple[str, str]]

HEAD = re.compile(
    r"new|Subscribe|Daily Papers|by ?AK and .*|(?:Nov|Mar) 1[28]|Get trending papers in your .*"
)


def read(text: str) -> Content:
    assert HF_PAGE.knows(text)
    return HF_PAGE.read(text, ReadContext("page.txt"))


def pairs(content: Content) -> Pairs:
    return [(record.title, record.abstract) for record in content.records]


def unchanged(text: str, original: str) -> bool:
    """Whether both give the same papers with all their facts, and neither a reject."""
    one, other = read(text), read(original)
    return (one.records, one.rejects) == (other.records, ()) and bool(one.records)


def head_length(lines: list[str]) -> int:
    """How many lines from the top are the page's own, glued titles not counted."""
    return next(at for at, line in enumerate(lines) if line and not HEAD.fullmatch(line))


def test_a_made_page_is_read_as_made(made_page: str, made: Pairs) -> None:
    """Titles, abstracts and their order are those that were put in."""
    assert pairs(read(made_page)) == made
    assert read(made_page).rejects == ()


@pytest.mark.parametrize(
    "change",
    [
        lambda text: re.sub(r"\n+", "\n", text),
        lambda text: text.replace("\n", "\n\n\n"),
        lambda text: text.replace("\n", " \t\n"),
        lambda text: text.replace("\n", "\xa0\n\xa0"),
        lambda text: "\n \n" + text + "\n\n",
        lambda text: "\ufeff" + text,
        lambda text: re.sub(r"(?m)^  • (\d+) authors\n·\n", r"• \1 authors · ", text),
        lambda text: text.replace("\n·\n", "\n\n·\n\n"),
        lambda text: text.replace("your email", "your\xa0email").replace("AK and the", "AK and  the"),
    ],
)
def test_blanks_make_no_difference(page: str, change: Callable[[str], str]) -> None:
    """Blank lines, blanks at line ends, marks and broken facts are read as the page was."""
    assert unchanged(change(page), page)


def test_any_order_of_the_head_will_do(page: str) -> None:
    """The page's own lines may stand in any order; the day of the head is found anywhere."""
    lines = [line for line in page.split("\n") if line]
    size = head_length(lines)
    for order in list(permutations(lines[:size]))[::7]:
        assert unchanged("\n".join([*order, *lines[size:]]), page)
        assert read("\n".join([*order, *lines[size:]])).name == read(page).name


def test_any_line_of_the_head_may_be_missing(page: str) -> None:
    """Every line is dropped in turn, and all others in turn."""
    lines = [line for line in page.split("\n") if line]
    size = head_length(lines)
    for at in range(size):
        assert unchanged("\n".join(lines[:at] + lines[at + 1 :]), page)
        if lines[at] not in ("new", "Nov 18", "Mar 12"):
            assert pairs(read("\n".join([lines[at], *lines[size:]]))) == pairs(read(page))


@pytest.mark.parametrize("between", ["\n", "\n\n", "", "\ufeff", "\n\ufeff"])
def test_pages_in_one_file_are_read_one_after_the_other(page: str, made_page: str, between: str) -> None:
    """Joined with or without a line end, each page gives what it gives alone."""
    for first, second in ((page, made_page), (made_page, page), (page, page)):
        content = read(first + between + second)
        assert content.records == read(first).records + read(second).records
        assert content.rejects == ()


def test_facts_of_one_entry_may_be_missing(page: str) -> None:
    """The paper stays, its neighbours keep their own facts."""
    whole = read(page).records
    for at, record in enumerate(whole):
        if record.authors_count is None:
            continue
        start = page.index("  •", page.index(record.abstract))
        end = re.compile(r"\n\n|\Z").search(page, start)
        assert end is not None
        bare = Record(title=record.title, abstract=record.abstract, links=record.links)
        content = read(page[:start] + page[end.end() :])
        kept = [r for i, r in enumerate(content.records) if i != at and not r.year_inferred]
        assert content.records[at] == bare
        assert kept == [r for i, r in enumerate(whole) if i != at and not r.year_inferred]
        assert content.rejects == ()


@pytest.mark.parametrize("half", ["title", "abstract"])
def test_one_missing_line_costs_one_paper(page: str, half: str) -> None:
    """Without its title or abstract a paper is a reject or has no abstract; all others are right."""
    whole = pairs(read(page))
    lines = page.split("\n")
    places = [at for at, line in enumerate(lines) if _is_text(line, whole)]
    for number, at in enumerate(places[0 if half == "title" else 1 :: 2]):
        content = read("\n".join(lines[:at] + lines[at + 1 :]))
        title, abstract = whole[number]
        alone = (title, "")
        left = pairs(content)
        if half == "abstract" and alone in left:
            left.remove(alone)
            assert content.rejects == ()
        else:
            (reject,) = content.rejects
            assert reject.reason.startswith(f"“{(abstract if half == 'title' else title)[:12]}")
        assert left == whole[:number] + whole[number + 1 :]


def _is_text(line: str, whole: Pairs) -> bool:
    line = line.removeprefix("Subscribe")
    return any(line in pair for pair in whole) and bool(line)
