"""A library as it is at one moment, as a tar archive that unpacks to a library.

Tables only grow or are replaced by other files, so an open file and its size are that moment, however
long the copying takes.
"""

import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Literal

from tui.errors import ExportError, ReadOnlyLibrary, UsageError
from tui.store.copies import conflict_copies
from tui.store.database import Database
from tui.store.durable import ASIDE, sync_directory
from tui.store.inspecting import HEAD
from tui.store.lines import NoFile, opened

#: the folder that an archive unpacks to
FOLDER = "library"
#: who writes an import ends with its digest: whoever reads that first finds all the rest
_ORDER = ("digests", "decisions", "papers", "abstracts")
_Mode = Literal["w|", "w|gz", "w|xz"]
_MODES: dict[str, _Mode] = {".tar": "w|", ".tar.gz": "w|gz", ".tgz": "w|gz", ".tar.xz": "w|xz"}


@dataclass(frozen=True)
class _Held:
    """A file of the library, open, and how many of its bytes are meant."""

    name: str
    file: BinaryIO
    size: int
    changed: float


def back_up(database: Database, path: Path) -> int:
    """Write the library to this file in one step and return the file's size.

    The file is for its owner alone, and replaces one that is there; its name says how it is packed.
    Raises UsageError for a name that does not, ExportError and LibraryError.
    """
    mode = _mode(path)
    try:
        if path.exists() and not path.is_file():
            raise ExportError(f"{path}: is no file; name another. Nothing was written.")
        with _held(database) as files:
            return _replace(path, mode, files)
    except OSError as error:
        reason = os.strerror(error.errno or 0).casefold() if error.errno else str(error)
        if not path.parent.exists():
            reason = f"there is no folder {path.parent}"
        raise ExportError(f"{path}: {reason}; nothing was written.") from error


def pour(database: Database, out: BinaryIO) -> None:
    """Write the library to a stream. Raises LibraryError, OSError."""
    with _held(database) as files:
        _write(out, "w|", files)


def _mode(path: Path) -> _Mode:
    for ending in sorted(_MODES, key=len, reverse=True):
        if path.name.casefold().endswith(ending):
            return _MODES[ending]
    raise UsageError(f"“{path.name}” does not say how to pack it; let it end with {', '.join(_MODES)}.")


@contextmanager
def _held(database: Database) -> Iterator[list[_Held]]:
    """All files of the library, open, as they are at one moment."""
    with ExitStack() as stack:
        try:
            with database.turn():
                files = _open(database.directory, stack)
        except ReadOnlyLibrary:  # whoever may not write needs no turn: the order will do
            files = _open(database.directory, stack)
        yield files


def _open(directory: Path, stack: ExitStack) -> list[_Held]:
    tables = [directory / f"{table}.jsonl" for table in _ORDER]
    others = [directory / HEAD, *conflict_copies(directory)]
    aside = directory / ASIDE
    if aside.is_dir() and not aside.is_symlink():
        others += sorted(aside.rglob("*"))
    files = []
    for path in (*tables, *(each for each in others if not each.is_symlink())):
        try:
            file = stack.enter_context(opened(path))
        except (FileNotFoundError, NoFile):
            continue
        name, status = str(path.relative_to(directory)), os.fstat(file.fileno())
        if _is_torn(file, status.st_size):
            data = file.read()  # the next write cuts off what has no newline
            files.append(_Held(name, BytesIO(data), len(data), status.st_mtime))
        else:
            files.append(_Held(name, file, status.st_size, status.st_mtime))
    return files


def _is_torn(file: BinaryIO, size: int) -> bool:
    file.seek(max(size - 1, 0))
    torn = file.read(1) not in (b"", b"\n")
    file.seek(0)
    return torn


def _write(out: BinaryIO, mode: _Mode, files: list[_Held]) -> None:
    folders = {Path(FOLDER, held.name).parent.as_posix() for held in files}
    with tarfile.open(fileobj=out, mode=mode, format=tarfile.PAX_FORMAT) as archive:
        for folder in sorted({FOLDER, *folders}):
            entry = tarfile.TarInfo(folder)
            entry.type, entry.mode = tarfile.DIRTYPE, 0o700
            entry.mtime = max((held.changed for held in files), default=0)
            archive.addfile(entry)
        for held in files:
            entry = tarfile.TarInfo(Path(FOLDER, held.name).as_posix())
            entry.size, entry.mode, entry.mtime = held.size, 0o600, held.changed
            archive.addfile(entry, held.file)


def _replace(path: Path, mode: _Mode, files: list[_Held]) -> int:
    """A link is replaced, not followed: it may have been planted."""
    fd, fresh = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)  # for its owner alone
    try:
        with os.fdopen(fd, "wb") as file:
            _write(file, mode, files)
            file.flush()
            os.fsync(file.fileno())
            size = os.fstat(file.fileno()).st_size
        Path(fresh).replace(path)
        sync_directory(path.parent)
    except BaseException:
        Path(fresh).unlink(missing_ok=True)
        raise
    return size
