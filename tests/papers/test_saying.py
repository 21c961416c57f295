"""Acts in words: the same on the status line, in the log and on stderr."""

from types import SimpleNamespace

import pytest

from tui.papers.saying import act, counted, joined, shortened, tag_name, whole_act
from tui.papers.triage import VERBS


@pytest.mark.parametrize(
    ("verb", "sets", "said"),
    [
        ("star", VERBS["star"], "starred"),
        ("unstar", VERBS["unstar"], "no longer starred"),
        ("done", VERBS["done"], "done"),
        ("unread", VERBS["unread"], "unread again"),
        ("later", VERBS["later"], "put off"),
        ("now", VERBS["now"], "back in the inbox"),
        ("tag", {"tag:audio": True, "tag:asr": True}, "tagged #audio #asr"),
        ("untag", {"tag:audio": False}, "took #audio off"),
        ("rename_tag", {"tag:lm": False, "tag:language": True}, "renamed #lm to #language"),
        ("note", {"note": "x"}, "noted"),
        ("note", {"note": ""}, "took the note off"),
        ("mark", {**VERBS["star"], **VERBS["read"], "tag:a": True}, "starred, marked read, tagged #a"),
        ("mark", {**VERBS["later"], "tag:a\x1b": False}, "put off, took #a off"),
        ("macro\x1b", {}, "macro"),
    ],
)
def test_an_act_in_the_past_tense(verb: str, sets: dict[str, bool | str], said: str) -> None:
    assert act(verb, sets) == said


def test_an_act_names_its_paper_or_how_many(make: SimpleNamespace) -> None:
    library = make.library(*(make.record(f"Swin\x1b {n}", f"text {n}") for n in range(2)))
    ids = list(library.papers)
    one = library.decide("star", ids[:1], VERBS["star"])
    assert whole_act(one, library.paper) == "starred “Swin 0”"
    assert joined("starred", ids, library.paper) == "starred: 2 papers"
    assert joined("starred", ["?"], library.paper) == "starred a paper not known here"
    assert joined("starred", ["?"] * 1200, library.paper) == "starred: 1,200 papers"


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Swin", "Swin"),
        ("Attention Is All You Need", "Attention Is…"),
        ("Attention: Is All You Need", "Attention: Is…"),
        ("Is Attention, in short", "Is Attention…"),
        ("Attention, unshortened", "Attention…"),
        ("Supercalifragilistic", "Supercalifragili…"),
        ("12345678901234567", "12345678901234567"),
    ],
)
def test_a_long_title_is_cut_at_a_word(title: str, short: str) -> None:
    assert shortened(title, 17) == short
    assert len(short) <= 17


def test_numbers_with_their_nouns() -> None:
    assert (counted(1, "paper"), counted(0, "paper"), counted(1200, "paper")) == (
        "1 paper",
        "0 papers",
        "1,200 papers",
    )
    assert counted(2, "hidden file or link", "hidden files and links") == "2 hidden files and links"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("vision", "vision"),
        (" #vision ", "vision"),
        ("To-Read", "To-Read"),
        ("日本", "日本"),
        ("a\u202eb", "ab"),
        ("", None),
        ("#", None),
        ("two words", None),
        ("a,b", None),
        ('a"b', None),
        ("##a", None),
        ("\x1b\ud800", None),
    ],
)
def test_a_tag_is_one_word_without_its_hash(text: str, name: str | None) -> None:
    assert tag_name(text) == name
