"""The terminal: Textual's driver, made to leave it as it was in every case, and at once."""

import os
from contextlib import suppress
from typing import IO, Any

from textual.drivers.linux_driver import LinuxDriver


class Terminal(LinuxDriver):
    """Names the window, and gives its old title back on leaving (xterm's title stack, CSI 22 t and 23 t)."""

    _window, _named = "", False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._file: IO[str] = _Screen(self._file)  # type: ignore[assignment]

    def name_window(self, title: str) -> None:
        """Give the window a title of our own words."""
        if title != self._window or not self._named:
            if not self._named:
                self.write("\x1b[22;2t")
            self._window, self._named = title, True
            self.write(f"\x1b]2;{title}\x07")
            self.flush()

    def start_application_mode(self) -> None:
        """Take the terminal; the window has our title again after a pause."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self._window:
            self.name_window(self._window)

    def stop_application_mode(self) -> None:
        """Put the old title back, then all the rest."""
        if self._named:
            self._named = False
            self.write("\x1b[23;2t")
        if self._mouse_pixels:
            self._mouse_pixels = False
            self.write("\x1b[?1016l")
        super().stop_application_mode()

    def disable_input(self) -> None:
        """On leaving for good nobody waits for the input thread: the process ends before it wakes."""
        if self._app._exit:
            self._key_thread = None
        super().disable_input()

    def _get_terminal_size(self) -> tuple[int, int]:
        """The size of what is drawn on, wherever stdout goes and whatever COLUMNS says."""
        try:
            columns, rows = os.get_terminal_size(self._file.fileno())
        except OSError:
            columns = rows = 0
        return (columns, rows) if columns and rows else super()._get_terminal_size()

    def _sigcont_application(self, *_: object) -> None:
        """Go on; where it was not we who stopped, from a point at which the screen can be taken anew."""
        if self._must_signal_resume:
            super()._sigcont_application()
        else:
            self._loop.call_soon_threadsafe(self._take_again)

    def _take_again(self) -> None:
        """Take a terminal that others may have used meanwhile. One that is gone sends SIGCONT too."""
        if self._auto_restart and not self._app._exit and os.isatty(self.fileno):
            self.suspend_application_mode()
            self._must_signal_resume = True
            self.resume_application_mode()


class _Screen:
    """stderr, drawn on; what a closed window no longer takes is let go, and nobody waits for it."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, text: str) -> None:
        with suppress(OSError):
            self._file.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._file.flush()

    def fileno(self) -> int:
        return self._file.fileno()
