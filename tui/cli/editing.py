"""A text in the user's own editor: $VISUAL, $EDITOR or what is there, on a file that nobody else can read."""

import os
import shlex
import shutil
import sys
import tempfile
from pathlib import Path

from tui.cli.lending import run_here
from tui.errors import EditorError

#: what stands in for $VISUAL and $EDITOR where neither is set
_USUAL = ("notepad",) if sys.platform == "win32" else ("vi", "nano")


def edited(text: str) -> str | None:
    """The text as the editor leaves it, without the line end behind it; None where nothing changed.

    Raises EditorError: there is no editor, it failed, or what it wrote is no text; that is then kept in a
    file that the error names.
    """
    command = editor()
    folder = Path(tempfile.mkdtemp(prefix="papertui-"))  # its owner's alone
    file, keep = folder / "note.md", False
    try:
        _fill(file, text)
        before = file.read_bytes()
        code = run_here([*command, str(file)])
        after = file.read_bytes() if file.exists() else before
        if code:
            keep = code < 0 and after != before  # what it had saved when it was killed
            raise EditorError(_failed(command[0], code, file if keep else None))
        if after == before:
            return None
        keep = True
        written = _decoded(after, file)
        keep = False
        return written
    except OSError as error:
        reason = os.strerror(error.errno or 0).casefold()
        raise EditorError(f"{error.filename or file}: {reason}; the note is as it was.") from error
    finally:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


def editor() -> list[str]:
    """The editor that a note would be written in, and its arguments. Raises EditorError."""
    for name in ("VISUAL", "EDITOR"):
        if own := os.environ.get(name, "").strip():
            return _split(own, name)
    found = next((each for each in _USUAL if shutil.which(each)), None)
    if found is None:
        raise EditorError(f"There is no {' or '.join(_USUAL)} here; name your editor in $EDITOR.")
    return [found]


def _split(own: str, name: str) -> list[str]:
    try:
        words = shlex.split(own, posix=sys.platform != "win32")
    except ValueError as error:
        raise EditorError(f"${name} cannot be read as a command: {str(error).casefold()}.") from error
    if not words or shutil.which(words[0]) is None:
        raise EditorError(f"${name} is {own}, which is not to be found; set it to your editor.")
    return words


def _fill(file: Path, text: str) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as empty:
        empty.write(f"{text}\n".encode() if text else b"")


def _decoded(written: bytes, file: Path) -> str:
    try:
        return written.decode("utf-8-sig").replace("\r\n", "\n").rstrip("\n")
    except UnicodeDecodeError as error:
        raise EditorError(
            f"What the editor wrote is not UTF-8; the note is as it was, and the text is kept in {file}."
        ) from error


def _failed(editor: str, code: int, kept: Path | None) -> str:
    how = f"ended with code {code}" if code > 0 else f"was ended by signal {-code}"
    where = f"; what it had saved is kept in {kept}" if kept else ""
    return f"{Path(editor).name} {how}; the note is as it was{where}."
