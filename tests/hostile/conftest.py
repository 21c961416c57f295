"""Fixtures: a home for the real program, and a digest made to do harm."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("these tests need a pty", allow_module_level=True)

sys.path += [str(Path(__file__).parent), str(Path(__file__).parents[1] / "terminal")]

import poison
from homes import Home


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """An empty home."""
    made = Home(tmp_path)
    yield made
    made.close()


@pytest.fixture
def hostile(home: Home) -> Path:
    """The hostile digest, in a file whose name is hostile too."""
    path = home.path / poison.FILE_NAME
    path.write_text(poison.jsonl(), "utf-8")
    return path


@pytest.fixture
def dumps() -> list[Path]:
    """All digests there are: our own, and the real ones where they lie beside the repository."""
    root = Path(__file__).parents[2]
    places = [root / "tests" / "dumps", root.parent / "shared" / "dumps", root.parent / "shared" / "samples"]
    return [
        path for place in places for path in sorted(place.rglob("*")) if path.suffix in (".txt", ".jsonl")
    ]


@pytest.fixture
def within() -> Callable[[float], object]:
    """A context that fails where the work in it takes longer than so many seconds of processor time."""
    return poison.Within
