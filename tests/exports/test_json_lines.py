"""JSON as scripts rely on it, and JSON Lines that papertui itself reads again."""

import json
from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from tui.digests import read_text
from tui.exports.json_lines import encode_json, moment, paper_json, write_json_lines
from tui.papers.paper import Sighting
from tui.papers.text import key_of
from tui.papers.triage import Triage

FIELDS = [
    *("id", "title", "abstract", "authors", "authors_count", "published", "year_inferred", "comments"),
    *("upvotes", "arxiv_id", "links", "digests", "added", "read", "starred", "later", "tags", "note"),
]


def test_a_paper_has_every_field_in_the_order_of_the_contract(shelf) -> None:
    """Absent is null, never left out; links sorted; digests by date, then id."""
    undated = shelf.digest("0" * 12, "weekly")
    late = shelf.digest("1" * 12, "dec-5", date(2025, 12, 5))
    early = shelf.digest("2" * 12, "nov-18", date(2025, 11, 18))
    lost = Sighting("3" * 12, 4)
    triage = Triage(starred=True, tags=("a", "b"), note="hm")
    paper = shelf.put(
        "T", "A", triage, links=("https://y.org", "https://x.org"), sightings=(undated, late, early, lost)
    )
    fields = paper_json(shelf, paper)
    assert list(fields) == FIELDS
    assert [digest["name"] for digest in fields["digests"]] == ["nov-18", "dec-5", "weekly", "3" * 12]
    assert fields["digests"][0] == {"id": "2" * 12, "name": "nov-18", "position": 7}
    assert fields["links"] == ["https://x.org", "https://y.org"]
    assert fields["added"] == "2026-11-20T07:00:00Z"
    assert (fields["starred"], fields["read"], fields["later"]) == (True, False, False)
    assert (fields["tags"], fields["note"]) == (["a", "b"], "hm")
    absent = ("authors_count", "published", "comments", "upvotes", "arxiv_id")
    assert [fields[name] for name in absent] == [None] * 5
    assert (fields["authors"], fields["year_inferred"]) == ([], False)


def test_times_are_utc_to_the_second() -> None:
    """A moment of another zone is the same moment."""
    east = timezone(timedelta(hours=9))
    assert moment(datetime(2026, 1, 1, 8, 30, 15, 999, tzinfo=east)) == "2025-12-31T23:30:15Z"
    assert moment(datetime(2026, 1, 1, tzinfo=UTC)) == "2026-01-01T00:00:00Z"


def test_what_a_screen_would_drop_is_an_escape() -> None:
    """Text itself stays text, and the value is the same."""
    text = "é漢 \x1b\x7f\x9b\u200b\u202e\ufeff\U000e0041 \ud800"
    line = encode_json({"t": text})
    assert line == (
        '{"t":"é漢 \\u001b\\u007f\\u009b\\u200b\\u202e\\ufeff\\udb40\\udc41 \\ud800"}'
    )  # fmt: skip
    assert json.loads(line) == {"t": text}


@given(st.text())
def test_a_line_is_one_line_and_means_the_same(text: str) -> None:
    """No text breaks the line or gets lost."""
    line = encode_json([text])
    assert len(line.splitlines()) == 1
    assert json.loads(line) == [text]


TEXT = st.text(st.characters(codec="utf-8"), max_size=30)
COUNT = st.none() | st.integers(0, 10**6)


@given(
    title=TEXT.filter(str.strip),
    abstract=TEXT,
    authors=st.lists(TEXT, max_size=3).map(tuple),
    count=COUNT,
    comments=COUNT,
    upvotes=COUNT,
    published=st.none() | st.dates(),
    arxiv=st.sampled_from([(), ("2406.14539",), ("cs/0112017",)]),
    links=st.sampled_from([(), ("https://x.org/a?b=ü",), ("http://x.org", "https://y.org")]),
)
def test_what_was_written_is_read_again(
    new_shelf, title, abstract, authors, count, comments, upvotes, published, arxiv, links
) -> None:
    """`papertui import` reads an export: the same papers, under the same ids."""
    shelf = new_shelf()
    facts = {"authors": authors, "authors_count": count, "comments": comments, "upvotes": upvotes}
    paper = shelf.put(
        title, abstract, Triage(read=True), published=published, arxiv_ids=arxiv, links=links, **facts
    )
    text = write_json_lines(shelf, [paper])
    (record,) = read_text(text, path="x.jsonl", imported=paper.added).records
    assert (record.title, record.abstract, record.links) == (title, abstract, links)
    assert (record.published, record.arxiv_id) == (published, paper.arxiv_id)
    assert {name: getattr(record, name) for name in facts} == facts
    assert key_of(record.title, record.abstract) == paper.id


def test_papers_come_in_the_order_given(shelf) -> None:
    """A line a paper."""
    papers = [shelf.put("B"), shelf.put("A")]
    lines = write_json_lines(shelf, papers).splitlines()
    assert [json.loads(line)["title"] for line in lines] == ["B", "A"]
    assert write_json_lines(shelf, []) == ""
