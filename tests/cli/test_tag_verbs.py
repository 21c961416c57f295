"""tags: printed, renamed and removed."""

import json

import pytest


@pytest.fixture
def tagged(call, ids) -> list[str]:
    """Alpha and Beta wear Vision, Beta and Gamma vision, Delta old."""
    call("mark", ids[0], ids[1], "--tag", "Vision")
    call("mark", ids[1], ids[2], "--tag", "vision")
    call("mark", ids[3], "--tag", "old")
    return ids


def test_tags(call, tagged) -> None:
    """The most used first, then by name."""
    assert [line.split() for line in call("tags").lines] == [["2", "Vision"], ["2", "vision"], ["1", "old"]]
    assert call("tags", "--json").json[2] == {"tag": "old", "papers": 1}


def test_no_tags(call) -> None:
    """Nothing, and of an empty library how to fill it."""
    said = call("tags")
    assert (said.code, said.out) == (0, "")
    assert "is empty" in said.err
    assert call("tags", "--json").out == "[]\n"


def test_rename_is_one_decision_on_just_the_papers_that_wear_it(call, tagged) -> None:
    """To the letter: what differs in case is another tag; one undo takes all of it back."""
    said = call("tags", "rename", "Vision", "sight", "--json")
    assert said.json["papers"] == tagged[:2]
    assert call("tags", "--json").json == [
        {"tag": "sight", "papers": 2},
        {"tag": "vision", "papers": 2},
        {"tag": "old", "papers": 1},
    ]
    newest = json.loads(call("log", "--jsonl", "--limit", "1").out)
    assert (newest["id"], newest["verb"]) == (said.json["decision"], "rename_tag")
    assert newest["sets"] == {"tag:Vision": False, "tag:sight": True}
    call("undo")
    assert call("tags").lines[0].split() == ["2", "Vision"]


def test_rename_to_a_tag_that_is_there_makes_the_two_one(call, tagged) -> None:
    """And says so; Beta, which wore both, wears it once."""
    said = call("tags", "rename", "Vision", "vision")
    assert said.err.splitlines() == [
        "There is a tag “vision” already, on 2 papers; the two become one.",
        "renamed #Vision to #vision: 2 papers. `papertui undo` takes it back.",
    ]
    assert [line.split() for line in call("tags").lines] == [["3", "vision"], ["1", "old"]]
    call("undo")
    assert call("list", "--jsonl", "beta").json["tags"] == ["Vision", "vision"]


def test_remove(call, tagged) -> None:
    """With or without its #; undone it is back."""
    said = call("tags", "remove", "#old")
    assert said.err == "took #old off “Delta lantern”. `papertui undo` takes it back.\n"
    assert len(call("tags").lines) == 2
    call("undo")
    assert len(call("tags").lines) == 3


@pytest.mark.parametrize("args", [["rename", "old", "new"], ["remove", "old"]])
def test_a_dry_run_changes_nothing(call, tagged, args) -> None:
    """It says what would be done."""
    before = call("log").out
    said = call("tags", *args, "--dry-run")
    assert said.err.startswith("This would be done: ")
    assert call("tags", *args, "--dry-run", "--json").json == {
        "decision": None,
        "papers": [tagged[3]],
        "changed": 1,
    }
    assert call("log").out == before


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["rename", "ol", "x"], 1, "There is no tag “ol”; nothing was changed. Did you mean “old”?"),
        (["remove", "OLD"], 1, "There is no tag “OLD”; nothing was changed. Did you mean “old”?"),
        (["remove", "zzzz"], 1, "`papertui tags` prints those there are."),
        (["rename", "old", "old"], 1, "The tag is “old” already; nothing was changed."),
        (["rename", "old", "a b"], 2, "“a b” cannot be a tag"),
        (["rename", "old"], 2, "Missing argument 'NEW'"),
        (["renam", "old", "x"], 2, "No such command 'renam'"),
        (["--json", "remove", "old"], 2, "Put --json behind remove."),
    ],
)
def test_what_cannot_be_done_to_tags(call, tagged, args, code, words) -> None:
    """A sentence says why, and nothing is decided."""
    before = call("log").out
    said = call("tags", *args)
    assert (said.code, said.out) == (code, "")
    assert words in said.err
    assert call("log").out == before
