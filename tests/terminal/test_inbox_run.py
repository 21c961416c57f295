"""An inbox of real digests, triaged by keys to ten starred papers in a file, and recorded."""

import json
import re
from pathlib import Path

import pyte
import pytest
from homes import Home
from inbox_run import RANGE, REAL, STARRED, InboxRun

needs_real = pytest.mark.skipif(not REAL.is_dir(), reason="no real digests beside the project")


@needs_real
@pytest.mark.parametrize("keymap", ["default", "emacs"])
def test_an_inbox_becomes_ten_papers_in_a_file(home: Home, keymap: str) -> None:
    """Pages, a range, one old act taken back, a note, tags, cards, a quit amid it all and a resume."""
    run = InboxRun(home, keymap, REAL)
    written = home.path / "reading.md"
    run.whole(written)
    text = written.read_text("utf-8")
    starred = home.titles("is:starred")
    assert len(re.findall(r"^## ", text, re.MULTILINE)) == len(starred) == STARRED
    assert home.papers("is:inbox") == []
    assert len(home.papers("tag:convnet")) == 2
    assert [paper["note"] for paper in home.papers("has:note")] == ["read this with care"]
    log = home.run("log").stdout
    assert re.search(rf"done: {RANGE} papers  \(taken back\)", log)
    assert sum(len(sitting.keys) for sitting in run.sittings) < len(home.papers()) * 2 / 3


@needs_real
def test_the_recording_shows_what_was_seen(home: Home, tmp_path: Path) -> None:
    """Played again, its output makes the same last screen; every key stands in it."""
    run = InboxRun(home, "default", REAL)
    run.open(REAL)
    run.first_pages()
    cast = tmp_path / "run.cast"
    run.app.write_cast(cast)
    head, *events = map(json.loads, cast.read_text("utf-8").splitlines())
    screen = pyte.Screen(head["width"], head["height"])
    player = pyte.Stream(screen)
    for _, kind, data in events:
        if kind == "o":
            player.feed(re.sub(r"\x1b\[[<>=?][0-9;]*(?:\$p|u|c)", "", data))
    assert [line.rstrip() for line in screen.display] == run.app.text.split("\n")
    assert [data for _, kind, data in events if kind == "i"] == run.app.keys
    run.app.write_frames(tmp_path / "run.txt")
    assert "page" in (tmp_path / "run.txt").read_text("utf-8")
