"""stdout and stderr as papertui wants them, whatever the locale and whoever reads."""

import codecs
import os
import re
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import TextIO


def prepare() -> None:
    """A reader that goes away ends us without a word; what a stream cannot encode becomes an escape."""
    _occupy()
    if hasattr(signal, "SIGPIPE") and not sys.stdout.isatty():
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    codecs.register_error("papertui", _unencodable)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="papertui")


def _occupy() -> None:
    """Put nowhere in the place of streams that were closed, before a file of ours takes their number."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:  # Python's way to say so
            with suppress(OSError):
                os.fstat(number)
                continue
            nowhere = os.open(os.devnull, os.O_RDWR)
            if nowhere != number:
                os.dup2(nowhere, number)
                os.close(nowhere)
            if number:
                setattr(sys, name, os.fdopen(number, "w", closefd=False))


def let_go(stream: TextIO) -> None:
    """Give up a stream that cannot be written, so that nobody tries again at the end."""
    try:
        stream.flush()
    except OSError:
        with suppress(OSError), Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), stream.fileno())


def _unencodable(error: UnicodeError) -> tuple[str, int]:
    from tui.exports.json_lines import escaped

    if not isinstance(error, UnicodeEncodeError):
        raise error
    return escaped(error.object[error.start : error.end]), error.end


def seen(text: str) -> str:
    """The text with all that is unseen written as escapes: for paths, which `clean` would change."""
    from tui.exports.json_lines import escaped
    from tui.papers.text import UNSEEN

    return re.sub(f"[{UNSEEN}]", lambda match: escaped(match[0]), text)
