"""Disks that are full, fail or are read-only: a refused act changes nothing, says so, and works again.

Each call to the system that an act makes fails in turn; where this may be mounted, a small file system
is really full, byte for byte.
"""

import errno
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from damages import trial
from kills import pile
from samples import TITLES, build, copy_of, everything, opened, page, remove, sentence, star
from tally import CORRUPTION, LOSS, Tally

from tui.errors import LibraryError
from tui.papers.library import Library

#: calls that may fail when something is written
CALLS = ("open", "write", "fsync", "replace", "mkdir")
PAGE = 4096

Act = Callable[[Library], object]
Campaign = Callable[[Path], Tally | None]


def acts(path: Path) -> dict[str, Act]:
    """Each kind of write."""
    return {
        "decide": lambda library: star(library, "Ladder"),
        "decide on all": lambda library: library.decide("tag", library.papers, {"tag:all": True}),
        "undo": Library.undo,
        "redo": Library.redo,
        "import": lambda library: library.add(page("four", "Compass", "Map", TITLES[0], comments=4)),
        "compact": Library.compact,
        "first import": lambda library: library.add(page("one", *TITLES)),
    }


def prepared(path: Path, act: str) -> Library:
    """The library in which that act has something to do."""
    if act == "first import":
        remove(path)
    library = opened(path)
    if act == "redo":
        library.undo()
    if act == "compact":
        pile(path, len(library.papers))
        library = opened(path)
    return library


# -- calls that fail ------------------------------------------------------------------------------


@contextmanager
def failing(call: str, number: int, after: int, *, for_ever: bool) -> Iterator[list[str]]:
    """This call fails after so many that go well, once or from then on; yields what failed.

    Only what is opened to be written fails; a write that fails has written half of what it was given.
    """
    calls, failed = 0, list[str]()
    real = getattr(os, call)

    def due(what: object) -> bool:
        nonlocal calls
        calls += 1
        if calls <= after or (failed and not for_ever):
            return False
        failed.append(str(what))
        return True

    def stand_in(*args: Any, **kwargs: Any) -> Any:
        reading = call == "open" and not args[1] & (os.O_WRONLY | os.O_RDWR)
        if not reading and due(args[0]):
            if call == "write":
                real(args[0], bytes(args[1])[: len(args[1]) // 2])
            raise OSError(number, os.strerror(number), None)
        return real(*args, **kwargs)

    with patch.object(os, call, stand_in):
        yield failed


def calls(folder: Path, *, long: bool = True) -> Tally:
    """Each call of each act fails in turn, once and for good, the disk being full or broken."""
    tally = Tally("calls that fail")
    build(folder / "original")
    ways = [(number, ever) for number in (errno.ENOSPC, errno.EIO) for ever in (False, True)]
    for name in acts(folder):
        for call in CALLS:
            for number, for_ever in ways if long else ways[:1]:
                _each_in_turn(folder, tally, name, partial(failing, call, number, for_ever=for_ever), call)
    return tally


def _each_in_turn(folder: Path, tally: Tally, name: str, fails: Callable[..., Any], call: str) -> None:
    for after in range(20):
        with copy_of(folder / "original", folder / "library") as path:
            about = f"{name}, {call} fails"

            def work(path: Path = path, after: int = after) -> Iterator[tuple[str, str]]:
                yield from _refused(path, name, partial(fails, after=after))

            tried = len(tally.found)
            trial(tally, about, work)
            ends = [what == "end" for what, _ in tally.found[tried:]]
            tally.found[tried:] = [found for found in tally.found[tried:] if found[0] != "end"]
            if any(ends):
                return


def _refused(path: Path, name: str, fails: Callable[[], Any]) -> Iterator[tuple[str, str]]:
    """The act under a failing disk, and what is there then; `end` once nothing is left to fail."""
    library = prepared(path, name)
    before, size = everything(library), _sizes(path)
    with fails() as failed:
        try:
            acts(path)[name](library)
            refused = ""
        except LibraryError as error:
            refused = str(error)
    if not failed:
        yield "end", ""
    yield from judged(path, library, before, refused)
    if refused and any(now > size.get(file, 0) for file, now in _sizes(path).items()):
        yield CORRUPTION, f"refused, but files grew: {_sizes(path)} after {size}"
    yield from again(path, library, name)


def judged(path: Path, library: Library, before: Any, refused: str) -> Iterator[tuple[str, str]]:
    """What holds after any act on a bad disk."""
    memory, disk = everything(library), everything(opened(path))
    if memory != disk:
        parts = [part for part in disk if memory[part] != disk[part]]
        yield LOSS, f"memory and disk differ in {parts}, refused with “{refused.replace(str(path), '')}”"
    if refused and disk != before:
        yield CORRUPTION, f"refused, but something changed: {refused.replace(str(path), '')}"
    if refused and not sentence(refused):
        yield CORRUPTION, f"no sentence: {refused}"


def again(path: Path, library: Library, name: str) -> Iterator[tuple[str, str]]:
    """The same act once the disk is well."""
    try:
        acts(path)[name](library)
        star(library, "Orchard")
    except LibraryError as error:
        yield CORRUPTION, f"refused still, when the disk is well: {error}"
        return
    if everything(library) != everything(opened(path)):
        yield LOSS, "once the disk is well, memory and disk differ"


def _sizes(path: Path) -> dict[str, int]:
    return {file.name: file.stat().st_size for file in path.glob("*.jsonl*")}


# -- a file system that is really full ------------------------------------------------------------


@contextmanager
def mounted(at: Path, size: int) -> Iterator[bool]:
    """A file system of its own, in memory; False where that may not be mounted."""
    at.mkdir(parents=True)
    made = ["mount", "-t", "tmpfs", "-o", f"size={size}", "papertui-tests", at]
    try:
        may = subprocess.run(made, capture_output=True, check=False).returncode == 0
    except OSError:
        may = False
    try:
        yield may
    finally:
        if may:
            subprocess.run(["umount", "-l", at], capture_output=True, check=False)


def full(folder: Path, pages: int = 12) -> Tally | None:
    """Each act with so many pages of room, from none on; None where nothing may be mounted."""
    tally = Tally("disk really full")
    build(folder / "original")
    with mounted(folder / "disk", 1 << 22) as may:
        if not may:
            return None
        for name in acts(folder):
            for room in range(pages):
                with copy_of(folder / "original", folder / "disk" / "library") as path:
                    trial(tally, f"{name}, disk full", partial(_on_full, path, name, room))
                (folder / "disk" / "ballast").unlink(missing_ok=True)
    return tally


def _on_full(path: Path, name: str, room: int) -> Iterator[tuple[str, str]]:
    library = prepared(path, name)
    act = acts(path)[name]
    if name.startswith("decide"):  # a page that is half empty holds many decisions
        star(library, "Harbour")
        for number in range(room * 3):
            library.decide("tag", library.papers, {f"tag:{number}": True})
    before = everything(library)
    ballast = path.parent / "ballast"
    _fill(ballast, room)
    refused, done = "", 0
    try:
        if name.startswith("decide"):
            for number in range(200):
                library.decide("note", library.papers, {"note": f"{number} " * 60})
                done += 1
                before = everything(library)
        else:
            act(library)
    except LibraryError as error:
        refused = str(error)
    yield from judged(path, library, before, refused)
    if name.startswith("decide") and "disk full" not in refused:
        yield CORRUPTION, f"the disk is full, and what was said is “{refused}” after {done}"
    ballast.unlink()
    yield from again(path, library, name)


def _fill(ballast: Path, room: int) -> None:
    """Leave room for so many pages."""
    free = os.statvfs(ballast.parent)
    pages = free.f_bavail * free.f_frsize // PAGE - room
    ballast.write_bytes(b"\0" * PAGE * max(pages, 0))


# -- a file system that cannot be written ---------------------------------------------------------


def read_only(folder: Path) -> Tally | None:
    """All reading works, and each act is refused with the word for it; None where nothing may be mounted."""
    tally = Tally("read-only")
    with mounted(folder / "disk", 1 << 22) as may:
        if not may:
            return None
        path = folder / "disk" / "library"
        library = build(path)
        library.undo()
        pile(path, len(library.papers))
        remount = ["mount", "-o", "remount,ro", folder / "disk"]
        if subprocess.run(remount, capture_output=True, check=False).returncode:
            return None
        for name in acts(folder).keys() - {"first import"}:
            trial(tally, f"{name}, read-only", partial(_on_read_only, path, name))
    return tally


def _on_read_only(path: Path, name: str) -> Iterator[tuple[str, str]]:
    library = opened(path)
    before = everything(library)
    try:
        acts(path)[name](library)
        refused = ""
    except LibraryError as error:
        refused = str(error)
    yield from judged(path, library, before, refused)
    if "read-only" not in refused:
        yield CORRUPTION, f"what was said is “{refused}”"
