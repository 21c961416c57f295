"""triage --plain on a terminal: each key at once, typing shown where a line is asked for."""

import re
import signal
import termios

import pytest
from homes import Home
from pty_terminal import Terminal

ESCAPES = re.compile(rb"\x1b")


@pytest.fixture
def plain(home: Home) -> Terminal:
    """The sample digests, one paper after another."""
    assert home.run("import", home.dumps).returncode == 0
    terminal = home.open("triage", "--plain", env={"TERM": "dumb"})
    terminal.wait_for(re.compile(r"^>$", re.MULTILINE), "1 of")
    terminal.wait_until(lambda _: not terminal.settings_now[3] & termios.ICANON, "keys at once")
    return terminal


def test_a_key_acts_at_once(plain: Terminal, home: Home) -> None:
    """Without enter; no escape codes are sent, and the terminal is left as it was."""
    plain.send("s")
    plain.wait_for("starred “", "2 of")
    plain.send("q")
    assert plain.wait_for_exit() == 0
    assert "1 starred in " in plain.text
    assert not ESCAPES.search(plain.log)
    assert plain.settings_now == plain.settings
    assert len(home.titles("is:starred")) == 1


def test_whole_lines_work_as_well(plain: Terminal, home: Home) -> None:
    """As the shells of editors send them: a letter and enter, the tags on a line of their own or the same."""
    plain.send("t\nred\n")
    plain.wait_for("tagged #red")
    plain.send("tblue\n")
    plain.wait_for("tagged #blue")
    plain.send("d\n")
    plain.wait_for("done “", "2 of")
    plain.send("q\n")
    assert plain.wait_for_exit() == 0
    assert len(home.titles("#red", "#blue", "is:read")) == 1


def test_a_line_is_typed_and_seen(plain: Terminal) -> None:
    """Asked for tags, what is typed is shown and can be mended; enter alone leaves them."""
    plain.send("t")
    plain.wait_for("tags:")
    plain.wait_until(lambda _: bool(plain.settings_now[3] & termios.ECHO), "typing shown")
    plain.send("rex\x7fd\n")
    plain.wait_for("tagged #red")
    plain.send("t")
    plain.wait_for("-name takes one off")
    plain.wait_until(lambda _: bool(plain.settings_now[3] & termios.ECHO), "typing shown")
    plain.send("\n")
    plain.wait_for("No tag was given")


@pytest.mark.parametrize("asked", ["", "m"])
def test_ctrl_c(plain: Terminal, asked: str) -> None:
    """Leaves with 130, the summary, and the terminal as it was; while a line is asked for too."""
    plain.send("d")
    plain.wait_for("2 of")
    if asked:
        plain.send(asked)
        plain.wait_for("note:")
    plain.send("ctrl+c")
    assert plain.wait_for_exit() == 130
    assert "1 read in " in plain.text
    assert plain.settings_now == plain.settings


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_signals(plain: Terminal, number: signal.Signals) -> None:
    """Leave the terminal as it was."""
    plain.kill(number)
    assert plain.wait_for_exit() == 128 + number
    assert plain.settings_now == plain.settings


def test_ctrl_d(plain: Terminal) -> None:
    """Is the end of the input."""
    plain.send(b"\x04")
    assert plain.wait_for_exit() == 0
    assert "Nothing was decided; " in plain.text
