"""What nobody expected: the details for us in a private file, one sentence for the user."""

import os
import platform
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from tui import __version__


def told(error: BaseException) -> str:
    """The sentence for a defect of ours; its details are written down first."""
    ended = f"papertui: a defect of its own ended it ({type(error).__name__}). Nothing decided was lost"
    path = _log_path()
    if _written(path, error):
        return f"{ended}; the details are in {path}."
    return f"{ended}; the details could not be written to {path}: {_short(error)}."


def _log_path() -> Path:
    import platformdirs

    return Path(platformdirs.user_state_dir("papertui", appauthor=False), "defect.log")


def _written(path: Path, error: BaseException) -> bool:
    """Write the details in place of the last ones, for nobody else to read; whether that was possible."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    head = f"{now} papertui {__version__}, Python {platform.python_version()}, {platform.platform()}\n"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            path.unlink()
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(fd, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(head + "".join(traceback.format_exception(error)))
    except OSError:
        return False
    return True


def _short(error: BaseException) -> str:
    """What happened and where, on one line."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" in {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__} {' '.join(str(error).split())[:200]}{where}"
