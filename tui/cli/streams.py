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
    if hasattr(signal, "SIGPIPE") and not sys.stdout.isatty():
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    codecs.register_error("papertui", _unencodable)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="papertui")


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
