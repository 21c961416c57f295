"""Others at the same library, no room, and a library that goes away: the screen says it, and stays right."""

import fcntl
import re
import shutil
import sys

import pytest
from homes import Home
from pty_terminal import Terminal

LIMITED = """
import resource, sys
from pathlib import Path
room = Path({library!r}, "decisions.jsonl")
resource.setrlimit(resource.RLIMIT_FSIZE, (room.stat().st_size + 150, resource.RLIM_INFINITY))
from tui.papers.library import Library
def more_room(self):
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
from tui.ui.screens.going import Going
Going.refresh = more_room
from tui.cli import main
sys.argv = ["papertui"]
main()
"""


@pytest.fixture
def small(home: Home) -> Terminal:
    """papertui at 80x24 on the sample digests."""
    home.run("import", home.dumps)
    app = home.open(size=(80, 24))
    app.wait_for("? help", "1 of")
    return app


def sentence(app: Terminal) -> str:
    """The screen as one line."""
    return " ".join(re.sub("─+( *[0-9]+ of [0-9]+ ─)?", " ", app.text).split())


def here(app: Terminal) -> str:
    """The title the cursor is on, its first line."""
    found = re.search(r"^▌. (.*\S)", app.text, re.MULTILINE)
    return found[1] if found else ""


def test_marks_of_others_appear_by_themselves(small: Terminal, home: Home) -> None:
    """What is marked, taken back and imported elsewhere comes without a key; the cursor stays."""
    small.send("jj")
    small.wait_for(re.compile(r"3 of \d+ ─$", re.MULTILINE))
    third = here(small)
    ids = [paper["id"] for paper in home.papers()[:3]]
    assert home.run("mark", *ids, "--star").returncode == 0
    small.wait_for("starred 3", "3 changes came from another papertui", timeout=5)
    assert home.run("undo").returncode == 0
    small.wait_for("starred 0", timeout=5)
    lines = "".join(
        f"Title: Entirely New {n}\nPDF: https://arxiv.org/pdf/2608.1000{n}\nSummary: {'New words. ' * 30}\n\n"
        for n in range(4)
    )
    (home.path / "new.txt").write_text(lines)
    assert home.run("import", home.path / "new.txt").returncode == 0
    small.wait_for("4 new papers came from another papertui", re.compile(r"7 of \d+ ─$", re.M), timeout=5)
    assert here(small) == third
    small.send("s")
    small.wait_for("starred 1")
    assert home.titles("is:starred") == [home.titles()[6]]


def test_a_prompt_is_not_disturbed(small: Terminal, home: Home) -> None:
    """While a tag is typed, what others do shows in the list alone, and the tag is for its paper."""
    small.send("tred")
    small.wait_for(re.compile(r"^  tag red", re.M))
    first = home.papers()[0]["id"]
    home.run("mark", home.papers()[3]["id"], "--star")
    small.wait_for("starred 1", re.compile(r"^  tag red", re.M), timeout=5)
    small.send("der\r")
    small.wait_for("tagged #redder")
    assert [paper["id"] for paper in home.papers("tag:redder")] == [first]


def test_another_that_writes_is_waited_for(small: Terminal, home: Home) -> None:
    """Keys wait while another has its turn, and are done in their order when it is over."""
    with (home.library / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        small.send("sdl")
        small.wait_for("Waiting: ", "starred 0")
        assert home.run("log").stdout == ""
    small.wait_for("starred 1", "later 1", re.compile(r"4 of \d+ ─$", re.M))
    titles = home.titles()
    assert (home.titles("is:starred"), home.titles("is:later")) == ([titles[0]], [titles[2]])


def test_a_disk_without_room(home: Home) -> None:
    """What finds no room is refused in a whole sentence; the row stays, and it works once there is room."""
    home.run("import", home.dumps)
    home.run("mark", home.papers()[9]["id"], "--tag", "x")
    app = home.start([sys.executable, "-c", LIMITED.format(library=str(home.library))], size=(80, 24))
    app.wait_for("? help", "1 of")
    app.send("s")
    whole = re.compile(r"Could not keep this decision: .*; nothing was changed\.")
    app.wait_until(lambda _: whole.search(sentence(app)) is not None, whole.pattern)
    assert "starred 0" in app.text
    assert home.titles("is:starred") == []
    app.send("R")
    app.send("s")
    app.wait_for("starred 1")
    app.send("q")
    assert app.wait_for_exit() == 0
    assert home.titles("is:starred") == home.titles()[:1]


def test_a_library_that_goes_away_and_comes_back(small: Terminal, home: Home) -> None:
    """Nothing is written where it stood; moved back, it is gone on with."""
    away = home.path / "away"
    home.library.rename(away)
    small.wait_for("the library's folder is gone", timeout=5)
    small.send("s")
    small.wait_for("Could not keep this decision")
    assert "Put it back, or quit." in sentence(small)
    small.send("tred\r")
    small.wait_for(re.compile(r"^  tag red", re.M), "Could not keep")
    assert not home.library.exists()
    small.send("\x1b")
    small.wait_for("? help")
    away.rename(home.library)
    small.send("s")
    small.wait_for("starred 1")


def test_another_library_in_its_place(small: Terminal, home: Home) -> None:
    """A copy that was put in its place is not written to; the sentence says what to do."""
    shutil.copytree(home.library, home.path / "copy")
    home.library.rename(home.path / "away")
    (home.path / "copy").rename(home.library)
    small.wait_for("another library stands in", timeout=5)
    small.send("s")
    small.wait_for("Could not keep this decision")
    assert "Quit and open it again." in sentence(small)
    assert home.run("log").stdout == ""


def test_lines_that_could_not_be_read_are_told_of(home: Home) -> None:
    """At the start, once, whole at 80 columns."""
    home.run("import", home.dumps)
    with (home.library / "decisions.jsonl").open("ab") as decisions:
        decisions.write(b"{broken\n")
    app = home.open(size=(80, 24))
    app.wait_for("? help", "1 of", "1 line of the library could not be read")
    assert "could not be read; `papertui doctor` says which." in sentence(app)


def test_what_is_typed_after_a_refused_prompt_is_no_command(home: Home) -> None:
    """Where there is no paper to tag, the letters of the tag do nothing."""
    home.run("import", home.dumps)
    home.run("mark", home.papers()[0]["id"], "--read")
    app = home.open()
    app.wait_for("? help", "1 of")
    app.send("]")
    app.wait_for("Nothing starred yet")
    app.send("tquaduz\r")
    app.wait_for("No paper here.")
    assert home.run("log").stdout.count("\n") == 1
    app.send("q")
    assert app.wait_for_exit() == 0
