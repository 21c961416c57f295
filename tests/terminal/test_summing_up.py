"""On the way out one line says what was decided: on stdout, after the terminal is as it was."""

import os
import re
import signal
from pathlib import Path

import pytest
from homes import Home
from pty_terminal import Terminal

_CONTROLS = re.compile(r"\x1b\[[0-9;<=>?]*[A-Za-z]")


def said_after(app: Terminal) -> list[str]:
    """The lines written after the screen of the shell is back, without control sequences."""
    rest = bytes(app.log[app.log.rindex(b"\x1b[?1049l") :])
    return [line for line in _CONTROLS.sub("", rest.decode()).splitlines() if line.strip()]


@pytest.mark.parametrize("key", ["q", "ctrl+q", "ctrl+c"])
def test_the_line(app: Terminal, home: Home, key: str) -> None:
    """However it is left by a key; what is left is what the library says."""
    app.send("s")
    app.wait_for("starred 1")
    app.send("l")
    app.wait_for("later 1")
    app.send(key)
    assert app.wait_for_exit() == 0
    (line,) = said_after(app)
    assert line.startswith("1 starred, 1 put off in ")
    assert line.endswith(f"; {len(home.titles('is:inbox'))} left in the inbox")


def test_nothing_decided(app: Terminal) -> None:
    """No line: looking around is no news."""
    app.send("j")
    app.wait_for("2 of")
    app.send("q")
    assert app.wait_for_exit() == 0
    assert said_after(app) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT], ids=str)
def test_a_signal(app: Terminal, number: signal.Signals) -> None:
    """Nobody asked for a line then."""
    app.send("s")
    app.wait_for("starred 1")
    app.kill(number)
    assert app.wait_for_exit() > 0
    assert said_after(app) == []


def test_into_a_file(home: Home, tmp_path: Path) -> None:
    """stdout is data: nothing but the line is there."""
    with (tmp_path / "said.txt").open("w+") as file:
        app = home.open("open", home.dumps, stdout=file)
        app.wait_for("? help", "1 of")
        app.send("s")
        app.wait_for("starred 1")
        app.send("q")
        assert app.wait_for_exit() == 0
        file.seek(0)
        said = file.read()
    assert said.startswith("1 starred in ")
    assert said.count("\n") == 1
    assert said_after(app) == []


@pytest.mark.parametrize("where", ["full", "closed", "gone"])
def test_where_nobody_listens(home: Home, where: str) -> None:
    """A full disk, a closed stream, a reader that went away: no complaint, and the star is kept."""
    home.run("import", home.dumps)
    if where == "closed":
        command: list[str | Path] = ["/bin/sh", "-c", f"exec {home.papertui} >&-"]
        app = home.start(command)
    elif where == "full":
        with Path("/dev/full").open("w") as full:
            app = home.open(stdout=full)
    else:
        read, write = os.pipe()
        with os.fdopen(write, "w") as gone:
            app = home.open(stdout=gone)
        os.close(read)
    app.wait_for("? help", "1 of")
    app.send("s")
    app.wait_for("starred 1")
    app.send("q")
    assert app.wait_for_exit() == 0
    assert said_after(app) == []
    assert len(home.titles("is:starred")) == 1
