"""However papertui ends, the terminal is as it was and nothing is lost."""

import re
import signal
import sys

import pytest
from homes import Home
from pty_terminal import Terminal

WAYS = {
    "q": 0,
    "ctrl+c": 0,
    "ctrl+q": 0,
    signal.SIGTERM: 143,
    signal.SIGHUP: 129,
    signal.SIGINT: 130,
    signal.SIGQUIT: 131,
}


def leave(app: Terminal, way: str | signal.Signals) -> int:
    """End papertui by a key or a signal; returns its exit code."""
    if isinstance(way, signal.Signals):
        app.kill(way)
    else:
        app.send(way)
    return app.wait_for_exit()


def assert_as_it_was(app: Terminal) -> None:
    """The terminal has its line discipline and modes again, and the shell's screen."""
    assert app.settings_now == app.settings
    assert app.left_on == {}
    assert app.log.rindex(b"\x1b[?1049l") > app.log.rindex(b"\x1b[?2026l")


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_every_way_out_restores_the_terminal(app: Terminal, home: Home, way: str | signal.Signals) -> None:
    """Keys end with 0, signals with their code; the star of the last frame is kept."""
    assert app.left_on.keys() >= {1000, 1003, 1006, 1049, 2004, 25, "keyboard", "title"}
    assert app.settings_now != app.settings
    app.send("s")
    app.wait_for("starred 1")
    assert leave(app, way) == WAYS[way]
    assert_as_it_was(app)
    assert home.titles("is:starred") == home.titles()[:1]


@pytest.mark.parametrize("way", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT], ids=str)
def test_a_signal_while_something_is_asked(app: Terminal, way: signal.Signals) -> None:
    """A signal ends papertui out of the prompt as well."""
    app.send("/")
    app.wait_for(re.compile(r"^  /", re.MULTILINE))
    app.send("ker")
    app.wait_for(re.compile(r"\A.*/ ker$", re.MULTILINE))
    assert leave(app, way) == WAYS[way]
    assert_as_it_was(app)


@pytest.mark.parametrize("way", ["q", signal.SIGTERM], ids=str)
def test_leaving_the_help(app: Terminal, way: str | signal.Signals) -> None:
    """A signal ends papertui out of the help; `q` closes the help, and then papertui."""
    app.send("?")
    app.wait_for("decide", "take back", "move")
    if way == "q":
        app.send("q")
        app.wait_for("? help", "1 of")
    assert leave(app, way) == WAYS[way]
    assert_as_it_was(app)


def test_ctrl_c_closes_the_prompt_and_no_more(app: Terminal) -> None:
    """While something is asked, ctrl+c takes the question back."""
    app.send("/")
    app.wait_for(re.compile(r"^  /", re.MULTILINE))
    app.send("ctrl+c")
    app.wait_for("? help", "1 of")
    app.send("q")
    assert app.wait_for_exit() == 0


def test_a_terminal_that_knows_more_is_restored_as_well(home: Home) -> None:
    """Sizes reported in band and mouse positions in pixels are switched off again."""
    app = home.open("open", home.dumps, known=(2026, 2048, 1016))
    app.wait_for("? help", "1 of")
    app.wait_for_bytes(b"\x1b[?2048h")
    app.send("q")
    assert app.wait_for_exit() == 0
    assert_as_it_was(app)


def test_a_window_that_is_closed(app: Terminal, home: Home) -> None:
    """When the window goes, papertui ends by itself, and the star is kept."""
    app.send("s")
    app.wait_for("starred 1")
    app.hang_up()
    assert app.wait_for_exit() in (129, -signal.SIGHUP)
    assert home.titles("is:starred") == home.titles()[:1]


def test_a_defect_of_ours_restores_the_terminal(home: Home) -> None:
    """An error nobody expected ends with 1, after the terminal was put right; the star is kept."""
    home.run("import", home.dumps)
    broken = (
        "from tui.ui.screens.handing import Handing\n"
        "Handing.ask_copy = lambda self: 1 / 0\n"
        "from tui.cli import main\n"
        "main()\n"
    )
    app = home.start([sys.executable, "-c", broken])
    app.wait_for("? help", "1 of")
    app.send("s")
    app.wait_for("starred 1")
    app.send("y")
    assert app.wait_for_exit() == 1
    assert_as_it_was(app)
    assert app.log.rindex(b"ZeroDivisionError") > app.log.rindex(b"\x1b[?1049l")
    assert home.titles("is:starred") == home.titles()[:1]


def test_what_did_not_come_in_is_told_behind_the_list(home: Home) -> None:
    """The list says so, and quitting shows the sentences that were written before it."""
    folder = home.path / "mixed"
    folder.mkdir()
    (folder / "good.txt").write_text("Title: Kettle\nSummary: About it.\n", "utf-8")
    (folder / "bad.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    app = home.open("open", folder)
    app.wait_for("1 file not read; the terminal shows why when you quit")
    assert leave(app, "q") == 0
    before = app.log.split(b"\x1b[?1049h")[0].decode()
    assert f"not read: {folder}/bad.png" in before
