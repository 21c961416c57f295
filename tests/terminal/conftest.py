"""Fixtures: a home with nothing in it, and papertui open in it."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("these tests need a pty", allow_module_level=True)

sys.path.append(str(Path(__file__).parent))

from homes import Home
from pty_terminal import Terminal


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """An empty home."""
    made = Home(tmp_path)
    yield made
    made.close()


@pytest.fixture
def app(home: Home) -> Terminal:
    """papertui with the sample digests open, its list readable."""
    terminal = home.open("open", home.dumps)
    terminal.wait_for("? help", "1 of")
    return terminal
