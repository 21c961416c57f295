"""papertui's own JSON Lines."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.digests.format import Content, ReadContext
from tui.digests.json_lines import JSON_LINES, knows
from tui.papers.paper import Record

WHOLE: dict[str, Any] = {
    "id": "29d7553bdb5b",
    "title": "Kettles",
    "abstract": "We study kettles.",
    "authors": ["A. Name", "B. Name"],
    "authors_count": 2,
    "published": "2024-10-10",
    "year_inferred": True,
    "comments": 2,
    "upvotes": None,
    "arxiv_id": "2406.14539",
    "links": ["https://x.org/k", "https://x.org/k"],
    "digests": [{"id": "…", "name": "nov-18", "position": 7}],
    "added": "2026-11-20T07:00:00Z",
    "read": True,
    "starred": "nonsense",
    "tags": 7,
}


def read(*lines: str) -> Content:
    return JSON_LINES.read("\n".join(lines), ReadContext("papers.jsonl"))


def test_a_line_is_read_whole() -> None:
    """The fields of a paper; fields that are not read may hold anything."""
    content = read(json.dumps(WHOLE))
    assert content.records == (
        Record(
            title="Kettles",
            abstract="We study kettles.",
            authors=("A. Name", "B. Name"),
            authors_count=2,
            published=date(2024, 10, 10),
            year_inferred=True,
            comments=2,
            arxiv_id="2406.14539",
            links=("https://x.org/k",),
        ),
    )
    assert content.rejects == ()


def test_all_but_the_title_may_be_absent_or_null() -> None:
    """Absent and null mean the same; a guessed year without a date means nothing."""
    nulls = dict.fromkeys(WHOLE) | {"title": " Kettles\n", "year_inferred": True}
    assert read('{"title": " Kettles\\n"}', json.dumps(nulls)).records == (
        Record(title=" Kettles\n"),
        Record(title=" Kettles\n"),
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", 7),
        ("title", None),
        ("title", " \t"),
        ("abstract", ["a"]),
        ("authors", "A. Name"),
        ("authors", ["A. Name", 7]),
        ("authors_count", True),
        ("authors_count", 2.5),
        ("authors_count", -1),
        ("comments", "2"),
        ("comments", 10**30),
        ("upvotes", 2**63),
        ("published", "yesterday"),
        ("published", 2024),
        ("year_inferred", "yes"),
        ("arxiv_id", 2406.14539),
        ("arxiv_id", "kettles"),
        ("links", "https://x.org"),
        ("links", ["javascript:alert(1)"]),
    ],
)
def test_a_wrong_field_is_named(field: str, value: Any) -> None:
    """One bad line costs that line only, and the reason says which field it is."""
    content = read('{"title": "A"}', "", json.dumps(WHOLE | {field: value}), '{"title": "B"}')
    assert [record.title for record in content.records] == ["A", "B"]
    (reject,) = content.rejects
    assert reject.line == 3
    assert f"wrong field {field}: " in reject.reason


def test_a_missing_title_is_told() -> None:
    """The reason is about the title, not about JSON."""
    (reject,) = read('{"abstract": "a"}').rejects
    assert "title" in reject.reason


@pytest.mark.parametrize("line", ["[1]", "7", '"a"', "null"])
def test_json_that_is_no_object_is_no_paper(line: str) -> None:
    """It is JSON, so the reason says something else."""
    (reject,) = read(line).rejects
    assert "is no paper" in reject.reason


@pytest.mark.parametrize(
    "line", ["{", "words", '{"title": "A"} {}', '{"title": "\x01"}', '{"x":' + "[" * 100_000]
)
def test_what_is_no_json_is_a_reject(line: str) -> None:
    """Broken, doubled or absurdly nested lines are told of, and do no harm."""
    content = read(line, '{"title": "B"}')
    assert [record.title for record in content.records] == ["B"]
    (reject,) = content.rejects
    assert reject.line == 1
    assert "is not JSON" in reject.reason or "nested too deeply" in reject.reason


def test_lone_surrogates_are_replaced() -> None:
    """Half of a character cannot be stored; a whole pair is a character."""
    content = read(r'{"title": "a\ud800b \ud83d\ude00", "authors": ["\udc00"], "x": NaN}')
    assert content.records == (Record(title="a\ufffdb 😀", authors=("\ufffd",)),)


def test_a_line_separator_in_a_string_ends_no_line() -> None:
    """Only line feeds divide JSON Lines."""
    assert read('{"title": "a\u2028b\x85c"}').records == (Record(title="a\u2028b\x85c"),)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        (json.dumps(WHOLE), True),
        ('\n \n{"title": "A", "abstract": null}\nrubbish', True),
        (r'{"title": "\ud800", "id": "x"}', True),
        ('{"title": "A"}', False),
        ('{"id": "x", "abstract": "y"}', False),
        ('[{"title": "A", "id": "x"}]', False),
        ('{\n"title": "A",\n"id": "x"}', False),
        ('"title" "id"', False),
        ('{"title": "id"', False),
        ("", False),
    ],
)
def test_the_first_line_tells(text: str, known: bool) -> None:
    """It is an object with a title, and an id or an abstract."""
    assert knows(text) is known


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(st.lists(st.dictionaries(st.sampled_from(sorted(WHOLE)), JSON), max_size=8))
def test_each_line_is_a_record_or_a_reject(values: list[dict[str, Any]]) -> None:
    """Whatever the fields hold."""
    content = read(*map(json.dumps, values))
    assert len(content.records) + len(content.rejects) == len(values)
