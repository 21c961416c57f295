"""A note in $EDITOR on a real terminal: lent as it was before papertui, and taken back whole."""

import json
import os
import shutil
import sys
from pathlib import Path

import pytest
from homes import Home
from pty_terminal import Terminal

BASH = shutil.which("bash")
#: an editor: tells what the terminal is like, waits for a line, writes it behind what there is
EDITOR = """
import json, os, sys, termios
settings = [termios.tcgetattr(fd)[:6] for fd in (0, 1, 2)]
told = [[*map(int, each[:4])] for each in settings]
print("lent", os.get_terminal_size(1), flush=True)
line = sys.stdin.readline()
path = sys.argv[-1]
with open(path, "a") as file:
    file.write(line)
with open(os.environ["TOLD"], "w") as file:
    json.dump({"settings": told, "size": [*os.get_terminal_size(1)], "path": path}, file)
sys.exit(int(os.environ.get("CODE", "0")))
"""


@pytest.fixture
def editor(home: Home, tmp_path: Path) -> dict[str, str]:
    """The environment that has it as $EDITOR."""
    home.run("import", home.dumps)
    program = tmp_path / "editor.py"
    program.write_text(EDITOR, "utf-8")
    return {"EDITOR": f"'{sys.executable}' '{program}'", "TOLD": str(tmp_path / "told")}


def begin(home: Home, env: dict[str, str], **options: object) -> tuple[Terminal, int]:
    """papertui with the editor open; and where in the log that was."""
    app = home.open(env=env, **options)
    app.wait_for("? help", "1 of")
    before = len(app.log)
    app.send("M")
    app.wait_for_bytes(b"lent", before)
    return app, before


def told(env: dict[str, str]) -> dict[str, object]:
    """What the editor saw."""
    found: dict[str, object] = json.loads(Path(env["TOLD"]).read_text())
    return found


def leave(app: Terminal) -> None:
    """Quit; the terminal is as it was."""
    app.send("q")
    assert app.wait_for_exit() == 0
    assert app.settings_now == app.settings
    assert app.left_on == {}


def test_the_terminal_is_lent_and_taken_back(home: Home, editor: dict[str, str]) -> None:
    """The editor finds it as the shell left it; papertui takes it again, drawn anew, and keeps the note."""
    app, _ = begin(home, editor)
    assert app.settings_now == app.settings
    assert app.left_on == {}
    between = len(app.log)
    app.send("read the proof\r")
    app.wait_for_bytes(b"\x1b[?1049h", between)
    app.wait_for("noted", "? help", "1 of")
    assert "Welcome back" not in app.text
    assert app.settings_now != app.settings
    usual = [[*map(int, app.settings[:4])]] * 3
    assert told(editor)["settings"] == usual
    assert not Path(str(told(editor)["path"])).exists()
    app.send("j")
    app.wait_for("2 of")
    leave(app)
    assert [paper["note"] for paper in home.papers("has:note")] == ["read the proof"]


def test_another_size_meanwhile(home: Home, editor: dict[str, str]) -> None:
    """papertui is laid out for the window as it is when it comes back."""
    app, _ = begin(home, editor, size=(120, 36))
    app.resize(80, 24)
    app.send("words\r")
    app.wait_for("noted", "? help", "─")
    assert told(editor)["size"] == [80, 24]
    assert max(map(len, app.text.splitlines())) <= 80
    leave(app)


def test_an_editor_that_fails(home: Home, editor: dict[str, str]) -> None:
    """The note is as it was, the sentence stands on the screen, and the terminal is ours."""
    app, _ = begin(home, editor | {"CODE": "3"})
    app.send("words\r")
    app.wait_for("ended with code 3; the note is as it was.", "? help")
    leave(app)
    assert home.papers("has:note") == []


def test_an_interrupt_is_the_editors_alone(home: Home, editor: dict[str, str]) -> None:
    """ctrl+c in an editor that does not catch it ends the editor, not papertui."""
    app, _ = begin(home, editor)
    app.send("ctrl+c")
    app.wait_for("the note is as it was.", "? help")
    app.send("s")
    app.wait_for("starred 1")
    leave(app)


@pytest.mark.skipif(BASH is None, reason="needs bash")
def test_an_editor_that_is_stopped_and_continued(home: Home, editor: dict[str, str]) -> None:
    """ctrl+z in the editor leads to the shell, `fg` back to the editor, which still has the terminal."""
    shell = home.start([BASH, "--norc", "--noprofile", "-i"], env=editor | {"PS1": "shell> "})
    shell.wait_for("shell>")
    shell.send(f"{home.papertui}\r")
    shell.wait_for("? help", "1 of")
    before = len(shell.log)
    shell.send("M")
    shell.wait_for_bytes(b"lent", before)
    shell.send("ctrl+z")
    shell.wait_for_bytes(b"Stopped", before)
    shell.wait_for_bytes(b"shell>", shell.log.rindex(b"Stopped"))
    before = len(shell.log)
    shell.send("fg\r")
    shell.wait_for_bytes(b"papertui\r\n", before)
    shell.send("words\r")
    shell.wait_for("noted", "? help")
    shell.send("s")
    shell.wait_for("starred 1")
    assert shell.log.count(b"\x1b[?1049h", before) == 1
    before = len(shell.log)
    shell.send("q")
    shell.wait_for_bytes(b"shell>", before)
    shell.send("exit $?\r")
    assert shell.wait_for_exit() == 0


def test_what_is_typed_while_the_editor_ends_is_papertuis(home: Home, editor: dict[str, str]) -> None:
    """Keys behind the last line that the editor reads are taken when the terminal is ours again."""
    app, _ = begin(home, editor)
    app.send("words\rs")
    app.wait_for("starred 1", "? help")
    leave(app)
    assert [paper["note"] for paper in home.papers("is:starred")] == ["words"]


def test_nothing_typed_is_lost_around_an_editor_that_ends_at_once(home: Home) -> None:
    """Keys that come one by one while the terminal changes hands are taken by papertui in the end."""
    home.run("import", home.dumps)
    app = home.open(env={"EDITOR": "true"})
    app.wait_for("? help", "1 of")
    for key in "M" + "j" * 30:
        app.send(key)
        app.read(0.004)
    app.wait_for("31 of")
    leave(app)


def test_a_browser_of_the_terminal(home: Home, tmp_path: Path) -> None:
    """w3m and its like have the terminal until they end."""
    home.run("import", home.dumps)
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    (bin_ / "w3m").write_text('#!/bin/sh\necho "reading $1"\nread line\n', "utf-8")
    (bin_ / "w3m").chmod(0o700)
    app = home.open(env={"BROWSER": "w3m", "PATH": f"{bin_}:{os.environ['PATH']}"})
    app.wait_for("? help", "1 of")
    before = len(app.log)
    app.send("o")
    app.wait_for_bytes(b"reading https://", before)
    assert app.settings_now == app.settings
    app.send("\r")
    app.wait_for("? help", "1 of")
    leave(app)
