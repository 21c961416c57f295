"""What a start imports is counted, as times hang on the machine: a module takes 0.1 to 2 ms of each start."""

import signal
import sys
import time
from pathlib import Path

import pytest
from homes import Home
from pty_terminal import PATIENCE

BARE = Path(__file__).parents[1] / "benchmarks" / "bare_app.py"
#: so many modules more than an app of one line: our own, and click, msgspec and tomllib with theirs
MOST = 135
#: what has its use, and none before the list can be read
LATER = {
    *("calendar", "hashlib", "json", "markdown_it", "pyperclip", "rapidfuzz", "shlex", "ssl", "statistics"),
    *("importlib.resources", "tinydb", "tui.papers.merging", "tui.papers.stats", "tui.papers.tex"),
    *("tui.store.holder", "tui.store.json_lines", "tui.ui.completing", "zipfile"),
}
#: of these packages of ours a start needs no more
NEEDED = {
    "cli": {"asking", "front_door", "handing", "import_verbs", "launch", "streams", "writing"},
    "digests": set(),
    "exports": set(),
}
_TELL = """
import signal, sys
def tell(*_):
    ours = [kind for name, module in [*sys.modules.items()] if name.startswith("tui.")
            for kind in vars(module).values() if kind.__class__ is type and kind.__module__ == name]
    made = [f"@{kind.__name__}" for kind in ours if "__dataclass_fields__" in vars(kind)]
    with open("modules", "w") as file:
        file.write(" ".join([*sys.modules, *made]) + "\\n")
signal.signal(signal.SIGUSR1, tell)
"""
_PAPERTUI = "from tui.cli import main; main()"
_BARE = f"import runpy; runpy.run_path({str(BARE)!r}, run_name='__main__')"


def imported(home: Home, program: str, shown: str) -> set[str]:
    """The modules of a program once this stands on its screen; and its dataclasses, with an @ before them."""
    app = home.start([sys.executable, "-c", _TELL + program])
    app.wait_for(shown)
    app.kill(signal.SIGUSR1)
    told, end = home.path / "modules", time.monotonic() + PATIENCE
    while not (told.exists() and (text := told.read_text()).endswith("\n")):
        assert time.monotonic() < end
        app.read(0.01)
    told.unlink()
    return set(text.split())


@pytest.fixture
def started(home: Home) -> set[str]:
    """The modules of papertui as it shows its list."""
    assert home.run("import", home.dumps).returncode == 0
    return imported(home, _PAPERTUI, "? help")


def test_a_start_imports_nothing_for_later(started: set[str]) -> None:
    """Neither what is asked for by a key, nor other verbs, nor readers and writers of files."""
    assert not started & LATER
    for package, needed in NEEDED.items():
        lead = f"tui.{package}."
        assert {name.removeprefix(lead) for name in started if name.startswith(lead)} <= needed


def test_a_start_makes_no_dataclasses(started: set[str]) -> None:
    """Each of them takes 0.3 to 1.5 ms to make, for its methods are compiled; a Struct takes 0.02."""
    assert not [name for name in started if name.startswith("@")]


def test_a_start_imports_little_more_than_textual(home: Home, started: set[str]) -> None:
    """Every module that is added to the way to the first frame has to be worth its time."""
    more = started - imported(home, _BARE, "bare and readable")
    assert len(more) <= MOST, sorted(more)
