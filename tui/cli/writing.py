"""Files that are handed over: replaced in one step or left as they were."""

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tui.errors import ExportError, UsageError
from tui.exports import EXPORTS, Export
from tui.settings import at_home


def export_named(name: str) -> Export:
    """The export format of this name, or UsageError."""
    for export in EXPORTS:
        if export.name == name:
            return export
    raise UsageError(f"There is no export format “{name}”; choose {_listed()}.")


def _listed() -> str:
    *names, last = [export.name for export in EXPORTS]
    return f"{', '.join(names)} or {last}"


def write_file(path: Path, text: str, *, private: bool = False) -> None:
    """Put the text in the file's place in one step, through a link if it is one.

    A file that is there keeps its rights; a new one that is `private` is its owner's alone. Raises
    ExportError with a sentence; the old file is then as it was.
    """
    target = at_home(path)
    try:
        _refuse_planted(target, path)
        if target.is_dir():
            raise ExportError(f"{path}: is a folder; name a file in it. Nothing was written.")
        if target.exists() and not os.access(target, os.W_OK):
            raise ExportError(f"{path}: permission denied; nothing was written.")
        if target.exists() and not target.is_file():
            _pour(target, text)
            return
        with suppress(FileNotFoundError):
            target.stat()  # a link in a circle is no reason to replace it
        target = target.resolve()
        usual = 0o600 if private else 0o666 & ~_umask()
        mode = target.stat().st_mode & 0o777 if target.exists() else usual
        _replace(target, text, mode)
    except OSError as error:
        reason = os.strerror(error.errno or 0).casefold()
        if not target.parent.exists():
            reason = f"there is no folder {target.parent}"
        raise ExportError(f"{path}: {reason}; nothing was written.") from error


#: a file longer than this many bytes is not looked into
_LONGEST = 64_000_000


def papers_in(path: Path, count: Callable[[str], int | None]) -> int | None:
    """How many papers stand in a file, counted as its format has it; None where it is none of ours."""
    target = at_home(path)
    try:
        if not target.is_file() or target.stat().st_size > _LONGEST:
            return None
        return count(target.read_text("utf-8"))
    except (OSError, ValueError):
        return None


def _refuse_planted(target: Path, path: Path) -> None:
    """In a folder that others may write to, a link of theirs could lead to any file of ours."""
    if target.is_symlink() and (owner := target.lstat().st_uid) and owner != os.geteuid():
        raise ExportError(f"{path}: is another user's link; name the file itself. Nothing was written.")


def _pour(target: Path, text: str) -> None:
    """Write to a device or a pipe; a pipe that nobody reads is an error and not waited for."""
    fd = os.open(target, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))
    os.set_blocking(fd, True)
    with os.fdopen(fd, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _replace(target: Path, text: str, mode: int) -> None:
    fd, fresh = tempfile.mkstemp(prefix=f".{target.name[:40]}.", dir=target.parent)
    try:
        with os.fdopen(fd, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(fresh).chmod(mode)
        Path(fresh).replace(target)
    except BaseException:
        Path(fresh).unlink(missing_ok=True)
        raise
