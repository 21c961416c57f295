"""What the tests of the screens share: sittings at a real library, on both sizes that are promised."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))

from sittings import SMALL, WIDE, Opener, opener


@pytest.fixture
def open_(tmp_path: Path) -> Opener:
    """`async with open_() as ui:` is a sitting at a library of forty made-up papers."""
    return opener(tmp_path / "library")


@pytest.fixture(params=[WIDE, SMALL], ids=["120x36", "80x24"])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """Each of the sizes that are promised to work."""
    return request.param
