"""ctrl+z and fg, under a real shell."""

import re
import shutil
import signal
import termios
import time
from pathlib import Path

import pytest
from homes import Home
from pty_terminal import PATIENCE, Terminal

BASH = shutil.which("bash")
needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")


def wait_until_stopped(app: Terminal) -> None:
    """Wait until the system says that the program is stopped, and take in all that it wrote until then."""
    end = time.perf_counter() + PATIENCE
    stat = Path(f"/proc/{app.process.pid}/stat")
    while (state := stat.read_text().rpartition(")")[2].split()[0]) != "T":
        assert time.perf_counter() < end, f"the process is {state}, not T"
        app.read(0.02)
    while app.read(0):
        pass


def full_redraw(app: Terminal, after: int) -> None:
    """Wait until every row of the screen has been written again."""
    rows = range(1, app.screen.lines + 1)
    app.wait_until(
        lambda _: all(re.search(rb"\x1b\[%d;1H" % row, app.log[after:]) for row in rows),
        "every row drawn again",
    )


@needs_proc
def test_stopped_and_continued(app: Terminal) -> None:
    """Stopped, papertui gives the terminal back; continued, it takes it and draws everything."""
    app.send("ctrl+z")
    wait_until_stopped(app)
    app.wait_for_bytes(b"\x1b[?1049l")
    assert app.settings_now == app.settings
    assert app.left_on == {}
    before = len(app.log)
    app.kill(signal.SIGCONT)
    goes_on(app, before)


@needs_proc
def test_stopped_from_outside(app: Terminal) -> None:
    """Stopped without a word by somebody else, papertui takes the terminal again when it goes on."""
    app.kill(signal.SIGSTOP)
    wait_until_stopped(app)
    termios.tcsetattr(app.slave, termios.TCSANOW, app.settings)
    before = len(app.log)
    app.kill(signal.SIGCONT)
    goes_on(app, before)


def goes_on(app: Terminal, before: int) -> None:
    """The app has the whole terminal again, says so, takes keys and leaves all as it was."""
    app.wait_for_bytes(b"\x1b[?1049h", before)
    app.wait_for("Welcome back")
    full_redraw(app, before)
    assert app.left_on.keys() >= {1003, 1049, 2004, "keyboard", "title"}
    assert app.settings_now != app.settings
    app.send("s")
    app.wait_for("starred 1")
    app.send("q")
    assert app.wait_for_exit() == 0
    assert app.settings_now == app.settings
    assert app.left_on == {}


@pytest.mark.skipif(BASH is None, reason="needs bash")
def test_the_shell_and_back(home: Home) -> None:
    """ctrl+z leads to the shell's prompt, `fg` back to the paper one was on."""
    home.run("import", home.dumps)
    shell = home.start([BASH, "--norc", "--noprofile", "-i"], env={"PS1": "shell> "})
    shell.wait_for("shell>")
    shell.send(f"{home.papertui}\r")
    shell.wait_for("? help", "1 of")
    shell.send("j")
    shell.wait_for("2 of")
    shell.send("ctrl+z")
    shell.wait_for_bytes(b"Stopped")
    before = len(shell.log)
    shell.send("echo I am $((40 + 2))\r")
    shell.wait_for_bytes(b"I am 42", before)
    before = len(shell.log)
    shell.send("fg\r")
    shell.wait_for_bytes(b"\x1b[?1049h", before)
    shell.wait_for("Welcome back", "2 of", "? help")
    shell.send("s")
    shell.wait_for("starred 1")
    before = len(shell.log)
    shell.send("q")
    shell.wait_for_bytes(b"\x1b[?1049l", before)
    shell.wait_for_bytes(b"shell>", shell.log.rindex(b"\x1b[?1049l"))
    shell.send("exit $?\r")
    assert shell.wait_for_exit() == 0
    assert home.titles("is:starred") == home.titles()[1:2]
