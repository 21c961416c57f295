"""What the tests of store/ share: digests to import, and disks that fail."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tui.papers.library import Library
from tui.papers.paper import Digest, Reading, Record
from tui.store.database import Database

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)


def reading(*titles: str, digest_id: str = "", **facts: Any) -> Reading:
    """A digest of papers with these titles, each with an abstract that names it."""
    made = digest_id or "".join(titles).encode().hex()[:12].ljust(12, "0")
    records = tuple(Record(title=title, abstract=f"The abstract of {title}.", **facts) for title in titles)
    digest = Digest(id=made, name=made, path=f"/{made}", format="test", imported=NOW, records=len(records))
    return Reading(digest=digest, records=records)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the library is, or will be."""
    return tmp_path / "library"


@pytest.fixture
def read() -> Callable[..., Reading]:
    return reading


@pytest.fixture
def opened(path: Path) -> Callable[..., Library]:
    """Opens the library, as one more process would; `opened.database` is the last one's."""

    def again(wait: float = 5.0) -> Library:
        again.database = Database(path, wait=wait)  # type: ignore[attr-defined]
        return Library(again.database)  # type: ignore[attr-defined]

    return again


@pytest.fixture
def library(opened: Callable[..., Library]) -> Library:
    """A library of three papers."""
    made = opened()
    made.add(reading("Swin", "Mamba", "Jamba"))
    return made


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """`with failing("fsync", ENOSPC):` the disk is full, in that call, on files whose name holds `on`.

    `after` is how many calls go well first; a write that fails has written half of what it was given.
    """
    names: dict[int, str] = {}
    real = SimpleNamespace(open=os.open, write=os.write, fsync=os.fsync, truncate=os.ftruncate)

    def open_(file: Any, *args: Any, **kwargs: Any) -> int:
        fd = real.open(file, *args, **kwargs)
        names[fd] = os.fspath(file) if not isinstance(file, int) else ""
        return fd

    @contextmanager
    def fail(call: str, number: int = errno.ENOSPC, on: str = "", after: int = 0) -> Iterator[None]:
        left = after

        def due(fd: int) -> bool:
            nonlocal left
            if on not in str(names.get(fd, "")):
                return False
            left -= 1
            return left < 0

        def write(fd: int, data: Any) -> int:
            if call == "write" and due(fd):
                real.write(fd, bytes(data)[: len(data) // 2])
                raise OSError(number, os.strerror(number))
            return int(real.write(fd, data))

        def fsync(fd: int) -> None:
            if call == "fsync" and due(fd):
                raise OSError(number, os.strerror(number))
            real.fsync(fd)

        def open_or_fail(file: Any, flags: int, *args: Any, **kwargs: Any) -> int:
            writing = flags & (os.O_WRONLY | os.O_RDWR)
            if call == "open" and writing and on in os.fspath(file):
                raise OSError(number, os.strerror(number))
            return open_(file, flags, *args, **kwargs)

        with monkeypatch.context() as patch:
            patch.setattr(os, "open", open_or_fail)
            patch.setattr(os, "write", write)
            patch.setattr(os, "fsync", fsync)
            yield

    return fail
