"""The hostile digest on a real terminal: the very bytes the program writes, in list, pane, prompts, help."""

import base64
import re
from pathlib import Path

import poison
import pytest
from homes import Home
from pty_terminal import Terminal

#: all that Textual and our driver say to a terminal: styles, places, modes, keyboard, inquiries, titles
_OURS = re.compile(
    rb"\x1b\[[0-9;:]*m|\x1b\[\d+;\d+H|\x1b\[[<>=?][0-9;]*\$?[hlpuq]|\x1b\[2[23];2t|\x1b\[6n|\x1b\[c|\x1b7|\x1b8"
    rb"|\x1b\[>\d+u|\x1b\]2;papertui: [a-z]+ [0-9,]+\x07|\x1b\]22;default\x07|\x1bP\+q[0-9A-F]+\x1b\\"
)
#: a copy that the user asked for
_COPIED = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")
#: keys, and what is seen after each
KEYS = (
    *(("s", "starred 1"), ("u", "took back"), ("l", "put off"), ("u", "took back"), ("t", "tag")),
    *(("escape", "? help"), ("m", "note"), ("escape", "? help"), ("y", "Copy what?"), ("escape", "? help")),
    *(("?", "take back"), ("q", "? help")),
)
SIZES = [(120, 36), (80, 24)]


@pytest.fixture(autouse=True)
def whole_frames(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where half a wide character is drawn as yet, nothing is read off the screen."""
    drawn = Terminal.text.fget
    assert drawn

    def text(app: Terminal) -> str:
        try:
            return drawn(app)
        except IndexError:
            return ""

    monkeypatch.setattr(Terminal, "text", property(text))


def said(app: Terminal) -> str:
    """What is left of the bytes when all that is ours is taken away."""
    return _OURS.sub(b"", bytes(app.log)).decode()


def place(number: int, of: int) -> re.Pattern[str]:
    """The place in the status line."""
    return re.compile(rf"{number} of {of} *─?$", re.MULTILINE)


def assert_harmless(app: Terminal) -> None:
    """Nothing unseen and no pile of marks in anything written so far."""
    text = said(app)
    stray = re.findall(r"[\x00-\x09\x0b\x0c\x0e-\x1f].{0,24}", text)
    assert poison.unseen(text) <= {"\r"}, stray
    assert poison.most_marks(text) <= 5


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_nothing_of_a_digest_commands_the_terminal(home: Home, hostile: Path, size: tuple[int, int]) -> None:
    """Each paper in list and pane; prompts, help, messages, title of the window: text and what is ours."""
    app = home.open("open", f"./{hostile.name}", size=size)
    number = len(poison.TITLES)
    app.wait_for("? help", place(1, number))
    for at in range(2, number + 1):
        app.send("j")
        app.wait_for(place(at, number))
    app.send("g")
    app.wait_for(place(1, number))
    for keys, seen in KEYS:
        app.send(keys)
        app.wait_for(seen)
    app.send("ctrl+q")
    assert app.wait_for_exit() == 0
    assert_harmless(app)
    assert not list(home.path.rglob("owned"))


def test_what_is_copied_is_clean(home: Home, hostile: Path) -> None:
    """The clipboard gets a title without controls and a link that may be opened."""
    app = home.open("open", f"./{hostile.name}", "--query", "eight", size=(120, 36))
    app.wait_for("? help", place(1, 1))
    app.send("y")
    app.wait_for("Copy what?")
    app.send("y")
    app.wait_for(re.compile("(sent|copied) the title"))
    (copied,) = _COPIED.findall(bytes(app.log))
    title, *links = base64.b64decode(copied).decode().split("\n")
    assert title.startswith("eight 31m")
    assert not poison.unseen(title)
    assert all("evil" not in link for link in links)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_rows_stay_on_their_lines(home: Home, size: tuple[int, int]) -> None:
    """Wide, piled and stray characters smear over no other row: the frame around them stands."""
    (home.path / "x.jsonl").write_text(poison.jsonl("piled", "wide", "thin"), "utf-8")
    app = home.open("open", "x.jsonl", size=size)
    app.wait_for("? help", place(1, 3))
    for at in (2, 3):
        app.send("j")
        lines = app.wait_for(place(at, 3)).splitlines()
    assert len(lines) <= size[1]
    assert [
        word
        for word in ("thin", "piled", "wide")
        if sum(line.find(f" {word} ") in (1, 2) for line in lines) != 1
    ] == []
