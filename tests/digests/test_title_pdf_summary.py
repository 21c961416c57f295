"""Lists of labelled records."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.digests.format import Content, ReadContext
from tui.digests.title_pdf_summary import TITLE_PDF_SUMMARY, knows

WEEKLY = """Title: Kettles at Scale: A Study of
  Growing and
  Folding
PDF: https://arxiv.org/pdf/2406.14539v2
Summary: We study kettles. Code: https://x.org/k.
---
Title: Ladders
PDF: https://x.org/ladders.pdf
Summary: We study ladders,
  and say so.

Also on Sundays.
---
"""


def read(text: str, path: str = "weekly.txt") -> Content:
    return TITLE_PDF_SUMMARY.read(text, ReadContext(path))


def test_records_are_read_whole() -> None:
    """Wrapped lines are joined by one blank; the paper's own address comes first in its links."""
    first, second = read(WEEKLY).records
    assert first.title == "Kettles at Scale: A Study of Growing and Folding"
    assert first.abstract == "We study kettles. Code: https://x.org/k."
    assert first.arxiv_id == "2406.14539"
    assert first.links == ("https://arxiv.org/abs/2406.14539", "https://x.org/k")
    assert (second.title, second.arxiv_id) == ("Ladders", None)
    assert second.abstract == "We study ladders, and say so. Also on Sundays."
    assert second.links == ("https://x.org/ladders.pdf",)
    assert first.published is None
    assert read(WEEKLY).rejects == ()


def test_the_date_is_that_of_the_files_name() -> None:
    """These files say nowhere else when they were made."""
    assert read(WEEKLY, "in/papers_2024-06-21.txt").date == date(2024, 6, 21)
    assert read(WEEKLY).date is None


def test_pdf_and_summary_may_be_missing() -> None:
    """What is left is still a paper; an arXiv address in the summary is not its own."""
    records = read("Title: A\nSummary: See https://arxiv.org/abs/2406.14539\n---\nTitle: B\nPDF:").records
    assert [(r.title, r.abstract, r.arxiv_id) for r in records] == [
        ("A", "See https://arxiv.org/abs/2406.14539", None),
        ("B", "", None),
    ]


def test_a_title_begins_a_record_where_the_divider_is_missing() -> None:
    """Two papers are never run together."""
    records = read("Title: A\nSummary: a\nTitle: B\nSummary: b\n-----  \n---\n").records
    assert [(record.title, record.abstract) for record in records] == [("A", "a"), ("B", "b")]


def test_what_has_no_title_is_a_reject() -> None:
    """The line on which the record begins and its first words are told."""
    content = read("Title: A\n---\n\nPDF: y\nSummary: Of ladders\n---\nTitle:\nPDF: z\n---\nwords")
    assert [record.title for record in content.records] == ["A"]
    assert [(reject.line, reject.reason) for reject in content.rejects] == [
        (4, "The record “Of ladders” has no title."),
        (7, "The record “z” has no title."),
        (10, "The record “words” has no title."),
    ]


def test_more_than_one_address_of_a_pdf() -> None:
    """All are links; the first decides whose paper it is."""
    (record,) = read("Title: A\nPDF: https://arxiv.org/pdf/2406.14539 https://x.org/a.pdf").records
    assert record.arxiv_id == "2406.14539"
    assert record.links == ("https://arxiv.org/abs/2406.14539", "https://x.org/a.pdf")


def test_a_pdf_that_is_no_address_is_told() -> None:
    """The paper is read all the same."""
    content = read("Title: A\nPDF: none yet\n---\nTitle: B\nPDF: arxiv.org/pdf/2406.14539 (new)\n")
    assert [(record.title, record.arxiv_id) for record in content.records] == [
        ("A", None),
        ("B", "2406.14539"),
    ]
    assert [(reject.line, reject.reason) for reject in content.rejects] == [
        (1, "“none yet” is no address of a PDF; the paper “A” is kept."),
        (4, "“(new)” is no address of a PDF; the paper “B” is kept."),
    ]


def test_what_stands_above_a_title_is_told() -> None:
    """The paper is read all the same."""
    content = read("Papers of the week\nTitle: A\nSummary: a")
    assert [record.title for record in content.records] == ["A"]
    assert [(r.line, r.reason) for r in content.rejects] == [
        (1, "“Papers of the week” stands above a title.")
    ]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        (WEEKLY, True),
        ("---\n" + WEEKLY, True),
        ("Title: A\nPDF: x", True),
        ("Title: A Novel\n\nAuthor: B\n\nIt was a dark night.", False),
        ("---\ntitle: A\nsummary: B\n---\n# A", False),
        ("class A:\n    Title: str\n    Summary: str\n", False),
        ('{"Title": "A", "Summary": "B"}', False),
        ("", False),
    ],
)
def test_the_labels_are_known(text: str, known: bool) -> None:
    """A title and one more label at the beginning of lines are needed."""
    assert knows(text) is known


WORDS = st.lists(st.text("abc .:-", min_size=1).map(lambda text: f"x{text}x"), min_size=1, max_size=4)


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=5), st.sampled_from(["\n", "\n\n"]))
def test_every_line_is_in_its_field(papers: list[tuple[list[str], list[str]]], end: str) -> None:
    """However titles and summaries are wrapped, no line of them is lost or in the wrong place."""
    text = end.join(
        f"Title: {f'{end}  '.join(title)}{end}Summary: {f'{end}  '.join(summary)}{end}---"
        for title, summary in papers
    )
    content = read(text)
    assert [(record.title, record.abstract) for record in content.records] == [
        (" ".join(title), " ".join(summary)) for title, summary in papers
    ]
    assert content.rejects == ()


@pytest.mark.parametrize("name", ["2024-06-21", "2025-04-04", "2026-08-14"])
def test_real_lists_are_read_whole(name: str, real: Callable[[str], str]) -> None:
    """As many papers as there are titles, each with an abstract and an id, and no reject."""
    path = f"samples/title-pdf-summary/paper_metadata_{name}.txt"
    text = real(path)
    content = read(text, path)
    assert len(content.records) == sum(line.startswith("Title:") for line in text.split("\n"))
    assert len(content.records) == 50
    assert all(record.abstract and record.arxiv_id for record in content.records)
    assert content.rejects == ()
    assert content.date == date.fromisoformat(name)
    words = text.replace("Title:", "").replace("PDF:", "").replace("Summary:", "").split()
    inside = [w for record in content.records for w in (record.title + " " + record.abstract).split()]
    assert len(inside) == len([word for word in words if word != "---"]) - 50
