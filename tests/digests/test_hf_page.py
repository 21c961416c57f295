"""Hugging Face pages saved as text: what is recognised, and what is read from them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.digests.format import Content, ReadContext
from tui.digests.hf_page import HF_PAGE, knows

BANNER = "Get trending papers in your email inbox!"
ABSTRACT = "We study kettles and how growing changes them, in each and every case. " * 6


def read(text: str, year: int | None = None) -> Content:
    return HF_PAGE.read(text, ReadContext("page.txt", year))


def papers(content: Content) -> list[tuple[str, str]]:
    return [(record.title, record.abstract) for record in content.records]


@pytest.mark.parametrize(
    "text",
    [
        BANNER,
        "Get trending papers in your email inbox once a day!\nText",
        f"Text first.{BANNER}\nText",
        "Text\nmore text\nbyAK and the research community\n",
        "by AK and the\xa0research community",
        "Subscribe\n\nText",
        "new\n\nNov 18\n\nDaily Papers\nText",
        "Submitted by\nA Name",
        "SubscribeCounting Maps\nText",
        "A title\nAn abstract.\n  • 3 authors\n",
        "A title\nAn abstract.\n3 authors\n·\nJan 9, 2024\n",
        "A title\nAn abstract.\n* 3 authors · Jan 9\n",
        "•\xa01 author",
    ],
)
def test_any_strong_sign_is_enough(text: str) -> None:
    """The banner, the heading, the button or facts each show a saved page."""
    assert knows(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "new",
        "new\nNov 18\nA title\nAn abstract.",
        "We asked 3 authors, and they said no.\n12 authors\nwere asked twice.\n\n1 author.",
        "# Papers\n\n- 3 authors\n- Subscribe\n- `Get trending papers in your email inbox!` is a line",
        '{"title": "A", "abstract": "by AK and the research community", "authors": []}',
        "Dear reader,\n\nclick below to go on.\n\nSubscribe\n\nDaily Papers\n",
        "Subscribevia mail\nIt is free.",
        f"word{' ' * 23}3 authors\n·\nJan 9, 2024",
        "Subscribers of kettles\nWe study them.",
        "Subscribe to our letter\nIt is free.",
        'BANNER = "Get trending papers in your email inbox!"\nauthors = 3\n',
        "Title: A\nPDF: https://arxiv.org/pdf/2406.14539\nSummary: B by 3 authors\n---\n",
    ],
)
def test_other_texts_are_not_claimed(text: str) -> None:
    """Prose, Markdown, JSON and source code may hold the same words, not the same lines."""
    assert not knows(text)


def test_an_entry_is_read_whole() -> None:
    """Title, abstract, authors, date, comments and links; what a page never has stays absent."""
    content = read(f"{BANNER}\nKettles\n{ABSTRACT}https://x.org/k.\n• 3 authors\n·\nJan 9, 2024 2")
    (record,) = content.records
    assert (record.title, record.abstract) == ("Kettles", f"{ABSTRACT}https://x.org/k.")
    assert (record.authors_count, record.comments) == (3, 2)
    assert (record.published, record.year_inferred) == (date(2024, 1, 9), False)
    assert record.links == ("https://x.org/k",)
    assert (record.authors, record.upvotes, record.arxiv_id) == ((), None, None)
    assert content.rejects == ()


def test_an_arxiv_link_in_an_abstract_is_not_the_papers_own() -> None:
    """Abstracts link to other papers; a wrong id would join two papers into one."""
    content = read(f"{BANNER}\nKettles\n{ABSTRACT}https://arxiv.org/abs/2406.14539")
    assert content.records[0].arxiv_id is None
    assert content.records[0].links == ("https://arxiv.org/abs/2406.14539",)


DATED = f"""Nov 18
Kettles
{ABSTRACT}
• 3 authors
·
Jan 9, 2023
Ladders
{ABSTRACT}
• 3 authors
·
Feb 29
"""


def test_year_less_dates_get_the_pages_year() -> None:
    """The guess is marked, at the header too; here Feb 29 makes it a leap year."""
    content = read(DATED)
    assert [(r.published, r.year_inferred) for r in content.records] == [
        (date(2023, 1, 9), False),
        (date(2024, 2, 29), True),
    ]
    assert (content.name, content.date, content.year_inferred) == ("nov-18", date(2024, 11, 18), True)
    assert content.yearless == 0


def test_the_users_year_decides() -> None:
    """It is no guess; a day it does not have is left out and counted."""
    content = read(DATED, year=2025)
    assert [record.published for record in content.records] == [date(2023, 1, 9), None]
    assert (content.date, content.year_inferred, content.yearless) == (date(2025, 11, 18), False, 1)


def test_without_any_year_dates_are_left_out_and_counted() -> None:
    """No year is invented; the header's own day misses no paper anything and does not count."""
    content = read(DATED.replace(", 2023", ""))
    assert [record.published for record in content.records] == [None, None]
    assert (content.name, content.date, content.yearless) == ("nov-18", None, 2)


def test_each_page_in_a_file_has_its_own_year() -> None:
    """Evidence on one page says nothing about another; the file is called after the first."""
    content = read(DATED + f"new\nMar 12\nMaps\n{ABSTRACT}\n• 3 authors\n·\nApr 1")
    assert [record.published for record in content.records][-1] is None
    assert (content.name, content.yearless) == ("nov-18", 1)


def test_a_day_in_no_calendar_is_a_reject() -> None:
    """The paper is kept, its date is not, and that is said."""
    content = read(f"{BANNER}\nKettles\n{ABSTRACT}\n• 3 authors\n·\nFeb 30, 2024")
    assert content.records[0].published is None
    assert content.records[0].authors_count == 3
    (reject,) = content.rejects
    assert reject.line == 4
    assert "Feb 30, 2024" in reject.reason


def test_a_title_above_facts_is_a_paper_without_abstract() -> None:
    """Its facts are its own."""
    content = read(f"{BANNER}\nKettles\n{ABSTRACT}\n• 3 authors\nLadders\n• 4 authors\nMaps\n{ABSTRACT}")
    assert papers(content) == [("Kettles", ABSTRACT.strip()), ("Ladders", ""), ("Maps", ABSTRACT.strip())]
    assert [record.authors_count for record in content.records] == [3, 4, None]
    assert content.rejects == ()


def test_an_abstract_alone_is_a_reject_with_its_facts() -> None:
    """Its facts are not given to another paper, and the reason names both."""
    content = read(f"{BANNER}\nKettles\n{ABSTRACT}\n• 3 authors\n{ABSTRACT}\n• 4 authors\n")
    assert papers(content) == [("Kettles", ABSTRACT.strip())]
    (reject,) = content.rejects
    assert reject.line == 5
    assert "“We study kettles" in reject.reason
    assert "is an abstract without a title" in reject.reason
    assert "“• 4 authors”" in reject.reason


def test_facts_alone_are_a_reject() -> None:
    """Facts are told of even where no line of their paper is left."""
    content = read(f"{BANNER}\n• 4 authors\n·\nJan 9, 2024\nKettles\n{ABSTRACT}\nLadders")
    assert [(reject.line, reject.reason) for reject in content.rejects] == [
        (2, "“• 4 authors · Jan 9, 2024” stands under no paper."),
        (7, "“Ladders” has no abstract below it."),
    ]


def test_heads_without_papers_have_no_records() -> None:
    """A page saved too early is not an empty success; reading it makes nothing up."""
    assert read(f"new\n{BANNER}\nSubscribe\nNov 18\nSubmitted by\nA Name\nSubmitted by\nB Name") == (
        Content((), name="nov-18")
    )


SIGNS = st.sampled_from([BANNER, "new", "Nov 18", "Subscribe", "• 3 authors", "·", "Jan 9, 2024", ""])


@given(st.lists(st.one_of(SIGNS, st.integers(1, 90)), max_size=40))
def test_every_text_line_is_accounted_for(shape: list[str | int]) -> None:
    """Each line of text is a title, an abstract or a reject, once."""
    lines = [
        each if isinstance(each, str) else f"Line {at} " + "and so on " * each + "." * (each % 2)
        for at, each in enumerate(shape)
    ]
    content = read("\n".join(lines))
    seen = [text for record in papers(content) for text in record if text]
    seen += [lines[reject.line - 1] for reject in content.rejects]
    assert sorted(s.strip() for s in seen if s.startswith("Line")) == sorted(
        line.strip() for line in lines if line.startswith("Line")
    )


def test_a_page_that_lost_all_its_own_lines_is_known_by_the_order_of_what_is_left() -> None:
    """Titles and abstracts in strict turn are a page; prose, lists and source are not."""
    abstract = "We study what is left of a page when all else was lost. " * 5 + "It is enough."
    page = "\n\n".join(f"Title Number {number}\n\n{abstract}" for number in range(4))
    assert knows(page)
    assert len(read(page, ReadContext("x.txt")).records) == 4
    assert not knows("\n\n".join(["Two Lines", abstract]))
    assert not knows(page.replace("Title", "# Title"))
    assert not knows(page + "\n\n" + abstract)
    assert not knows("\n".join([abstract] * 8))
    assert not knows("\n\n".join(f"Heading {n}:\n\n{abstract}" for n in range(4)))
