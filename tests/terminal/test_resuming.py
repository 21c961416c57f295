"""Going on where one stopped, on a real terminal, after papertui was given no time to say goodbye."""

import re
import signal

import pytest
from homes import Home
from pty_terminal import Terminal

SELECTED = re.compile(r"^[ ▌]. .*✓", re.MULTILINE)


@pytest.mark.parametrize("size", [(100, 30), (80, 24), (120, 36)])
def test_after_kill_9_all_is_as_it_was(app: Terminal, home: Home, size: tuple[int, int]) -> None:
    """Filter, paper and selection are there again, in a window of another size too."""
    home.find(app, "e")
    app.send("jxx")
    app.wait_for("2 selected", re.compile(r"4 of \d+ *$", re.MULTILINE))
    there = next(line for line in app.text.splitlines() if line.startswith("▌"))[2:26]
    kept = home.path / "state" / "papertui"
    app.wait_until(
        lambda text: any('"above": 3' in place.read_text() for place in kept.glob("place-*.json")),
        "the place is kept",
    )
    app.kill(signal.SIGKILL)
    assert app.wait_for_exit() == -signal.SIGKILL
    again = home.open(size=size)
    text = again.wait_for("2 selected", "? help", re.compile(r"4 of \d+"))
    assert re.search(rf"^▌.{re.escape(there)}", text, re.MULTILINE)
    assert re.search(r"\A.*/ e$", text, re.MULTILINE)
    assert len(SELECTED.findall(text)) == 2
