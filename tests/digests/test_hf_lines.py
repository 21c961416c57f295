"""Which line of a saved page is what."""

import pytest

from tui.digests.dates import Day
from tui.digests.hf_lines import Line, facts, furniture, glued_title, split


def read_facts(text: str) -> tuple[int | None, Day | None, int | None, int, bool] | None:
    """Authors, day and comments of the facts a text begins with, their lines, and if marked."""
    found = facts(split(text), 0)
    return found and (found.authors, found.day, found.comments, found.lines, found.marked)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("  • 3 authors\n·\nJan 9, 2024", (3, Day(1, 9, 2024), None, 3, True)),
        ("• 1 author\n\n·\n\nJul 28, 2022 12", (1, Day(7, 28, 2022), 12, 3, True)),
        ("•\xa01 authors · Feb\xa05 2\nText", (1, Day(2, 5), 2, 1, True)),
        ("•\n3 authors\n·\nFeb 5\n2", (3, Day(2, 5), 2, 5, True)),
        ("3 authors\nFeb 05 2024", (3, Day(2, 5, 2024), None, 2, True)),
        ("• 3 authors\nText", (3, None, None, 1, True)),
        ("· Jan 9, 2024", (None, Day(1, 9, 2024), None, 1, True)),
        ("Nov 18\nText", (None, Day(11, 18), None, 1, False)),
        ("Nov 18\n2 Fast 2 Furious", (None, Day(11, 18), None, 1, False)),
        ("Nov 181", None),
        ("Nov 32", None),
        ("Nov 18 at Sea", None),
        ("3 authorship studies", None),
        ("1234567 authors", None),
        ("January 5", None),
    ],
)
def test_facts_are_read_wherever_the_page_breaks_them(text: str, found: object) -> None:
    """Authors, dot, date and comments on one to five lines; anything else is text."""
    assert read_facts(text) == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("new", "new"),
        ("Get  trending papers in your email inbox!", "Get trending papers in your email inbox!"),
        ("byAK\xa0and the research community", "byAK and the research community"),
        ("Submitted by", "Submitted by"),
        ("Submitted by someone", "Submitted by"),
        ("New", None),
        ("Subscribers", None),
        ("new " * 40, None),
    ],
)
def test_furniture_is_known_by_its_words(line: str, found: str | None) -> None:
    """Blanks may differ; the words may not."""
    assert furniture(line) == found


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("SubscribeCounting Maps", "Counting Maps"),
        ("Subscribe3D Maps", "3D Maps"),
        ("SubscribeiMap: Maps", "iMap: Maps"),
        ("Subscribe“Maps”", "“Maps”"),
        ("Subscribers of Maps", None),
        ("Subscriber Churn", None),
        ("Subscribed", None),
        ("Subscribe to Maps", None),
        ("Subscribe!", None),
    ],
)
def test_a_title_glued_to_subscribe(line: str, title: str | None) -> None:
    """The button's word is taken off a title, and left on a word that only begins like it."""
    assert glued_title(line) == title


def test_blank_lines_go_and_numbers_stay() -> None:
    """What takes no room on a screen is blank too."""
    assert split("\n a\xa0\n\ufeff\n\u200b\n\tb b \n") == [Line(2, "a"), Line(5, "b b")]


def test_pages_put_together_without_a_line_end_are_parted() -> None:
    """`cat a b` glues a page's first line to the last line of the one before."""
    banner = "Get trending papers in your email inbox!"
    assert split(f"Jan 9, 2024\ufeffnew\n\n{banner}\nrest.{banner}") == [
        Line(1, "Jan 9, 2024"),
        Line(1, "new"),
        Line(3, banner),
        Line(4, "rest."),
        Line(4, banner),
    ]


def test_a_text_that_ends_in_new_keeps_it() -> None:
    """Only `new` glued on above a banner is the page's."""
    banner = "Get trending papers in your email inbox!"
    assert split(f"all of it is new\n{banner}")[0].text == "all of it is new"
    assert split("all of it isnew\nMore")[0].text == "all of it isnew"
