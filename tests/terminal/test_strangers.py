"""Text from strangers: whatever a digest holds, none of it commands the terminal or the app."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from homes import Home

#: what titles, abstracts and names may hold
HOSTILE = {
    "clipboard": "\x1b]52;c;aGVsbG8=\x07",
    "title of the window": "\x1b]0;owned\x1b\\",
    "clear the screen": "\x1b[2J\x1b[H",
    "C1 control": "\x9b31m\x9d52;c;aGVsbG8=\x9c",
    "bidi": "\u202ereversed\u202c\u2066\u2069\u200f",
    "backspace": "x\b\b\b\r\v\f",
    "zero width": "a\u200bb\u200d\ufeff",
}
#: what would be obeyed, or be an error, where text is taken for Textual's markup
MARKUP = "[@click=app.quit]click here[/] [/ [bold"
#: what must not reach the terminal
FORBIDDEN = (
    b"\x1b]52",
    b"\x1b]0;",
    b"\x1b[2J",
    *(char.encode() for char in "\x9b\x9d\x9c\u202e\u202c\u2066\u2069\u200f\u200b\u200d\ufeff"),
    b"\b",
    b"\v",
    b"\f",
)


def as_jsonl(path: Path) -> None:
    """A digest in our own format, the bytes escaped."""
    lines = []
    for number, (name, bytes_) in enumerate(HOSTILE.items()):
        record = {"id": f"{number:012x}", "title": f"{name} {bytes_} {MARKUP} end"}
        record["abstract"] = f"Abstract of {name}: {bytes_} {MARKUP}. " + "It goes on for a while. " * 8
        lines.append(json.dumps(record | {"authors": [f"{bytes_}A. Nother"], "links": []}))
    path.write_text("\n".join(lines) + "\n", "utf-8")


def as_page(path: Path) -> None:
    """A saved page, the bytes as they are."""
    parts = ["new", "Get trending papers in your email inbox!", "Subscribe"]
    parts += ["Daily Papers", "byAK and the research community", "Nov 18"]
    for name, bytes_ in HOSTILE.items():
        if name != "backspace":
            parts += [
                f"{name} {bytes_} {MARKUP} end",
                f"Abstract of {name}: {bytes_} {MARKUP}. {'On. ' * 50}",
            ]
    path.write_bytes("\n\n".join(parts).encode())


@pytest.mark.parametrize("write", [as_jsonl, as_page])
def test_hostile_digests_are_only_text(home: Home, write: Any) -> None:
    """No byte of theirs reaches the terminal; their markup is shown as it stands, and not obeyed."""
    write(home.path / "hostile.txt")
    app = home.open("open", home.path / "hostile.txt", size=(120, 40))
    text = app.wait_for("? help", "1 of", "clipboard", "[@click=app.quit]click here[/]")
    number = len(home.papers())
    for place in range(2, number + 1):
        app.send("j")
        app.wait_for(re.compile(rf"{place} of {number} *$", re.MULTILINE))
    app.send("g")
    text = app.wait_for(re.compile(rf"1 of {number} *$", re.MULTILINE))
    row = next(y for y, line in enumerate(text.splitlines(), 1) if "click here" in line)
    column = text.splitlines()[row - 1].index("click here") + 2
    app.send(f"\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m")
    for keys, seen in (("s", "starred 1"), ("?", "take back"), ("q", "? help"), ("\r", "click here")):
        app.send(keys)
        app.wait_for(seen)
    for name in FORBIDDEN:
        assert name not in app.log, name
    app.send("ctrl+q")
    assert app.wait_for_exit() == 0


def test_a_hostile_tag_and_file_name_are_only_text(home: Home) -> None:
    """Names from the command line and the file system are cleaned as well."""
    path = home.path / "page \x1b]52;c;aGVsbG8=\x07\u202e.jsonl"
    as_jsonl(path)
    home.run("import", path)
    home.run("mark", "clear", "--tag", "[@click=app.quit]x[/]", "--note", "\x1b]52;c;aGVsbG8=\x07note")
    app = home.open(size=(120, 40))
    app.wait_for("? help", "1 of")
    app.send("jj")
    app.wait_for(re.compile(r"3 of \d+ *$", re.MULTILINE))
    app.send("q")
    assert app.wait_for_exit() == 0
    for name in FORBIDDEN:
        assert name not in app.log, name
