"""The doors of a first run: paths to choose from, a file or folder taken in, and the library of samples."""

import os
import shlex
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from importlib.resources import as_file, files
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from msgspec.structs import replace

from tui.cli.importing import Report, import_paths
from tui.errors import DigestError
from tui.papers.library import Library
from tui.settings import at_home
from tui.store.database import Database

if TYPE_CHECKING:
    from tui.ui.given import Given

#: entries of a folder that are looked at, and paths that are offered
LOOKED_AT, OFFERED = 5_000, 50
SAMPLES = "This is the sample library; plain `papertui` opens your own."


def paths(text: str) -> Sequence[str]:
    """The files and folders whose path begins so, folders first and with a slash behind; by name."""
    folder, part = os.path.split(text)
    try:
        with os.scandir(at_home(folder or ".")) as scan:
            entries = [(not _is_folder(entry), entry.name) for entry in islice(scan, LOOKED_AT)]
    except (OSError, ValueError):
        return ()
    begin = text[: len(text) - len(part)]
    fits = sorted(
        (is_file, name)
        for is_file, name in entries
        if name.casefold().startswith(part.casefold()) and (not name.startswith(".") or part.startswith("."))
    )
    return [f"{begin}{name}{'' if is_file else '/'}" for is_file, name in fits[:OFFERED]]


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def bring_in(library: Path, typed: str, told: Callable[[int, int], None]) -> str:
    """Import what is at the path into the library of this folder, and return the report in a line.

    It is written as another papertui would: whoever has it open takes it in by a refresh. Raises
    DigestError where nothing could be read, and what `told` raises.
    """
    path = _meant(typed)
    report = Report()
    import_paths(Library(Database(library)), [path], None, report, partial(_telling, told))
    if not report.nothing_read:
        name = os.path.basename(path.rstrip("/")) or path  # noqa: PTH119
        why = f"; `papertui import {shlex.quote(path)}` says why" if report.has_lost else ""
        return f"{report.summary()}, from {name}{why}"
    first = report.files[0].error or ""
    if len(report.files) == 1:
        raise DigestError(first)
    raise DigestError(f"None of the {len(report.files)} files in {path} is a digest. The first: {first}")


def _meant(typed: str) -> str:
    """The path that was typed, or that a terminal typed for a file dropped on it: quoted, or with `\\ `."""
    path = str(at_home(typed))
    if not os.path.lexists(path):
        try:
            (other,) = shlex.split(typed)
        except ValueError:
            return path
        other = str(at_home(other))
        return other if os.path.lexists(other) else path
    return path


@contextmanager
def _telling(told: Callable[[int, int], None], total: int) -> Iterator[Callable[[], None]]:
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        told(done, total)

    yield step


def open_samples(given: "Given") -> "Given":
    """What the app is handed for the library of the samples, which is made where it is not there yet."""
    from tui.cli.launch import Folder, homely
    from tui.settings import load_place, save_place
    from tui.ui.given import Place

    path = Path(platformdirs.user_data_dir("papertui", appauthor=False), "samples")
    database = Database(path, wait=0.1)
    library = Library(database, views=given.views)
    if not library.imports:
        with as_file(files("tui.samples")) as folder:
            import_paths(library, [str(folder)], None, Report(), partial(_telling, lambda done, total: None))
    return replace(
        given,
        library=library,
        where=homely(str(path)),
        save_place=partial(save_place, path),
        place=load_place(path, Place()),
        standing=Folder(path),
        message=SAMPLES,
        bring_in=None,
        samples=None,
    )
