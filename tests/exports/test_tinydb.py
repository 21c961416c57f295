"""A TinyDB file, as stock TinyDB opens it."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tinydb import TinyDB, where

from tui.exports.json_lines import paper_json
from tui.exports.tinydb import write_tinydb
from tui.papers.triage import Triage

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def opened(tmp_path: Path):
    """Writes these papers to a file and opens it with TinyDB."""

    def write(shelf, papers) -> TinyDB:
        path = tmp_path / "papers.json"
        path.write_text(write_tinydb(shelf, papers), "utf-8")
        return TinyDB(path, access_mode="r")

    return write


def test_papers_are_found_by_their_fields(shelf, opened) -> None:
    """The fields are those that papertui prints, under TinyDB's whole numbers, in the order given."""
    one = shelf.put("One", "A", Triage(starred=True, tags=("b",), note="n"))
    two = shelf.put("Two", "B", published=date(2024, 10, 10))
    table = opened(shelf, [two, one]).table("papers")
    (found,) = table.search(where("starred") == True)  # noqa: E712
    assert found == paper_json(shelf, one)
    assert [(document.doc_id, document["title"]) for document in table.all()] == [(1, "Two"), (2, "One")]


def test_digests_are_those_the_papers_were_seen_in(shelf, opened) -> None:
    """Others are left out, and so are those that nobody knows."""
    seen, _ = shelf.digest("d1", "nov-18", date(2026, 11, 18)), shelf.digest("d2", "nov-19")
    paper = shelf.put("One", "A", sightings=(seen,))
    (digest,) = opened(shelf, [paper]).table("digests").all()
    assert (digest["id"], digest["name"], digest["date"]) == ("d1", "nov-18", "2026-11-18")
    paper = shelf.put("Two", "B", sightings=(type(seen)("d9", 1),))
    assert opened(shelf, [paper]).table("digests").all() == []


def test_decisions_are_those_about_the_papers(shelf, opened) -> None:
    """From the first to the last, whether they stand or not."""
    one, two = shelf.put("One", "A"), shelf.put("Two", "B")
    shelf.decide(one, NOON)
    shelf.decide(two, NOON)
    shelf.decide(one, NOON, stands=False)
    decisions = opened(shelf, [one]).table("decisions").all()
    assert [(each["papers"], each["stands"]) for each in decisions] == [([one.id], True), ([one.id], False)]
    assert decisions[0]["id"] < decisions[1]["id"]


def test_what_a_screen_would_drop_is_written_as_escapes(shelf, opened) -> None:
    """And comes back as it was."""
    hostile = "Evil \x1b[31m \u202e \x9b \ufeff title"
    paper = shelf.put(hostile, "A", Triage(tags=("\u200bx",)))
    text = write_tinydb(shelf, [paper])
    assert not set("\x1b\u202e\x9b\ufeff\u200b") & set(text)
    (found,) = opened(shelf, [paper]).table("papers").all()
    assert (found["title"], found["tags"]) == (hostile, ["\u200bx"])


def test_no_papers_make_empty_tables(shelf, opened) -> None:
    """Which is still a TinyDB file."""
    database = opened(shelf, [])
    assert [len(database.table(name)) for name in ("papers", "digests", "decisions")] == [0, 0, 0]
