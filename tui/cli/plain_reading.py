"""Letters from whoever types them: one at a time from a terminal, line by line from a pipe, both the same."""

import codecs
import os
import select
import sys
from contextlib import suppress
from io import TextIOWrapper
from types import TracebackType
from typing import Any, Self, TextIO

try:
    import termios
except ImportError:  # Windows: lines alone
    termios = None  # type: ignore[assignment]

#: bytes taken at once
_SOME = 4096
#: ctrl+d where each key is given at once
_END = b"\x04"
#: stands for a character of which not all bytes have come
_BEGUN = "\0"


class Letters:
    """Reads single letters and whole lines from one stream.

    A terminal gives each letter as it is pressed, without showing it; where it gives only whole lines,
    as the shells of editors do, blanks and line ends between letters are passed over. On leaving it is
    as it was.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream, self._waiting = stream, ""
        self._number: int | None = None
        self._before: list[Any] | None = None
        self._decoder = codecs.getincrementaldecoder(stream.encoding or "utf-8")("replace")

    def __enter__(self) -> Self:
        if isinstance(self._stream, TextIOWrapper):
            self._stream.reconfigure(errors="replace")
        with suppress(OSError, ValueError):
            self._number = self._stream.fileno()
        if termios and self._number is not None and os.isatty(self._number):
            with suppress(termios.error):
                self._before = termios.tcgetattr(self._number)
        return self

    def __exit__(self, *error: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._show_typing(True)

    def letter(self) -> str | None:
        """The next letter, None at the end of all input. Raises KeyboardInterrupt at ctrl+c."""
        self._show_typing(False)
        while not (waiting := self._waiting.lstrip()):
            if not self._take():
                return None
        self._waiting = waiting[1:]
        return waiting[0]

    @property
    def rest(self) -> str:
        """What stands behind the letter on its line; empty on a terminal where the line is not ended yet."""
        rest, end, _ = self._waiting.partition("\n")
        return rest.rstrip() if end or self._before is None else ""

    def drop_rest(self) -> None:
        """Pass over it."""
        self._waiting = self._waiting.partition("\n")[2]

    def line(self) -> str:
        """The rest of this line if there is any, else the next one; without its end."""
        self._show_typing(True)
        if self._before is not None and self._more():
            self._take()
        rest, end, after = self._waiting.partition("\n")
        if end and not rest.strip():
            self._waiting, rest, end = after, "", ""
        elif not end and rest:
            sys.stdout.write(rest)  # typed ahead, when it was not shown
            sys.stdout.flush()
        while not end and "\n" not in self._waiting and self._take():
            pass
        rest, _, self._waiting = self._waiting.partition("\n")
        if self._before is None:  # nobody's enter has ended the line that asked
            sys.stdout.write("\n")
        return rest.strip()

    def _more(self) -> bool:
        """Whether something has been typed already."""
        return self._number is not None and bool(select.select([self._number], [], [], 0)[0])

    def _take(self) -> bool:
        """Wait for what comes next; False where nothing will."""
        if self._number is None or self._before is None:
            taken = self._stream.readline()
        else:
            data = os.read(self._number, _SOME)
            if not data or data == _END:
                return False
            taken = self._decoder.decode(data).replace("\r", "\n") or _BEGUN
        self._waiting += taken.strip(_BEGUN)
        return bool(taken)

    def _show_typing(self, on: bool) -> None:
        """Have the terminal give whole lines and show them, as it did before; or each key at once, unseen."""
        if not termios or self._before is None or self._number is None:
            return
        mode = list(self._before)
        if not on:
            mode[3] &= ~(termios.ICANON | termios.ECHO)
            mode[6] = [*mode[6]]
            mode[6][termios.VMIN], mode[6][termios.VTIME] = 1, 0
        with suppress(termios.error):
            termios.tcsetattr(self._number, termios.TCSADRAIN, mode)
