"""An error nobody expected: the terminal as it was, one sentence, the details in a file, nothing lost."""

import re
import signal
import sys

import pytest
from homes import Home
from pty_terminal import Terminal
from test_leaving import assert_as_it_was

#: where an error may come from: what is put in papertui's place, and the keys that reach it
BROKEN = {
    "a command": ("from tui.ui.screens.handing import Handing\nHanding.ask_copy = fail", "y"),
    "a widget's render": (
        "from tui.ui.widgets.paper_list import PaperList\n"
        "draw = PaperList.render_line\n"
        "PaperList.render_line = lambda self, y: fail() if self.cursor == 1 else draw(self, y)",
        "j",
    ),
    "a timer": ("from tui.ui.screens.going import Going\nGoing.move = soon", "j"),
    "a thread of a worker": ("from tui.ui.screens.going import Going\nGoing.move = aside", "j"),
    "a callback of the loop": (
        "from tui.ui.driver import Terminal\nTerminal.process_message = failing_j",
        "j",
    ),
    "saving the place": (
        "from tui.ui.screens.resuming import Resuming\n"
        "Resuming.place = lambda self: fail() if self._screen.papers.cursor else self._screen.given.place",
        "jq",
    ),
}
AT_START = {
    "compose": "from tui.ui.screens.triage import TriageScreen\nTriageScreen.compose = fail",
    "on_mount": "from tui.ui.screens.triage import TriageScreen\nTriageScreen.on_mount = fail",
    "the app's own making": "from tui.ui.app import PapertuiApp\nPapertuiApp.renew_ink = fail",
}
MEANS = """
def fail(*args):
    raise {error}

def soon(screen, by):
    screen._screen.set_timer(0.01, fail)

def aside(screen, by):
    screen._screen.run_worker(fail, thread=True)

def failing_j(self, message):
    if getattr(message, "key", "") == "j":
        fail()
    Driver.process_message(self, message)

from textual.driver import Driver
"""


def start(home: Home, broken: str, error: str = "ZeroDivisionError('by the secret title')") -> Terminal:
    """papertui with something of it broken."""
    home.run("import", home.dumps)
    code = f"{MEANS.format(error=error)}\n{broken}\nfrom tui.cli import main\nmain()\n"
    return home.start([sys.executable, "-c", code])


def assert_told(app: Terminal, home: Home, name: str) -> None:
    """It ended with 1 and one sentence; the details are in a file that nobody else can read."""
    said = app.log[app.log.rindex(b"\x1b[?1049l") if b"\x1b[?1049l" in app.log else 0 :].decode()
    lines = [line for line in re.sub(r"\x1b\[[<?0-9;]*[a-z]", "", said).splitlines() if line.strip()]
    assert len(lines) == 1, said
    log = home.path / "state" / "papertui" / "defect.log"
    assert f"({name})" in lines[0]
    assert lines[0].endswith(f"Nothing decided was lost; the details are in {log}.")
    assert "Traceback" not in said
    assert "Traceback (most recent call last)" in log.read_text()
    assert name in log.read_text()
    assert log.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("where", BROKEN)
def test_a_defect_ends_papertui_in_a_sentence(home: Home, where: str) -> None:
    """Wherever the error comes from, the terminal is put right, the user told, the star kept."""
    broken, keys = BROKEN[where]
    app = start(home, broken)
    app.wait_for("? help", "1 of")
    app.send("tkept\r")
    app.wait_for("tagged #kept")
    app.send(keys)
    assert app.wait_for_exit() == 1
    assert_as_it_was(app)
    assert_told(app, home, "ZeroDivisionError")
    assert len(home.titles("tag:kept")) == 1


@pytest.mark.parametrize("where", AT_START)
def test_a_defect_at_the_start(home: Home, where: str) -> None:
    """What fails before the first frame is told of in the same way."""
    app = start(home, AT_START[where])
    assert app.wait_for_exit() == 1
    assert app.settings_now == app.settings
    assert app.left_on == {}
    assert_told(app, home, "ZeroDivisionError")


@pytest.mark.parametrize("error", ["MemoryError()", "RecursionError('deep')", "KeyboardInterrupt()"])
def test_errors_of_the_interpreter(home: Home, error: str) -> None:
    """Errors that leave little to work with are no exception."""
    app = start(home, BROKEN["a command"][0], error)
    app.wait_for("? help", "1 of")
    app.send("y")
    assert app.wait_for_exit() == 1
    assert_as_it_was(app)
    assert_told(app, home, error.partition("(")[0])


def test_an_exit_in_the_middle_of_everything(home: Home) -> None:
    """sys.exit, wherever it is called, leaves the terminal as it was and gives its code."""
    app = start(home, BROKEN["a command"][0], "SystemExit(7)")
    app.wait_for("? help", "1 of")
    app.send("y")
    assert app.wait_for_exit() == 7
    assert_as_it_was(app)


def test_a_log_that_cannot_be_written(home: Home) -> None:
    """Where there is no room for the details, the sentence has the gist of them."""
    (home.path / "state").write_text("in the way")
    app = start(home, BROKEN["a command"][0])
    app.wait_for("? help", "1 of")
    app.send("y")
    assert app.wait_for_exit() == 1
    said = " ".join(app.log[app.log.rindex(b"\x1b[?1049l") :].decode().split())
    assert "the details could not be written to" in said
    assert re.search(r"ZeroDivisionError by the secret title in <string>, line \d+\.", said)


def test_a_terminal_that_is_gone_without_a_signal(home: Home) -> None:
    """Where SIGHUP never comes, the end of what can be read ends papertui."""
    home.run("import", home.dumps)
    code = f"import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, [{int(signal.SIGHUP)}])\n"
    app = home.start([sys.executable, "-c", f"{code}from tui.cli import main\nmain()\n"])
    app.wait_for("? help", "1 of")
    app.send("s")
    app.wait_for("starred 1")
    app.hang_up()
    assert app.wait_for_exit() == 129
    assert len(home.titles("is:starred")) == 1
