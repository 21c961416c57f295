"""What the tests of the screens share: sittings at a real library, on both sizes that are promised."""

import gc
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))

from sittings import SMALL, WIDE, Opener, opener


@pytest.fixture(scope="session", autouse=True)
def _seldom_collected() -> Iterator[None]:
    """Each test makes an app; collecting after every few objects of it takes a fifth of the time."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(200_000, 10, 10)
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


@pytest.fixture
def open_(tmp_path: Path) -> Opener:
    """`async with open_() as ui:` is a sitting at a library of forty made-up papers."""
    return opener(tmp_path / "library")


@pytest.fixture(params=[WIDE, SMALL], ids=["120x36", "80x24"])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """Each of the sizes that are promised to work."""
    return request.param
