"""The terminal: Textual's driver, made to leave it as it was in every case, and at once."""

import os
import select
import signal
from codecs import getincrementaldecoder
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any

from textual import constants, events
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size
from textual.message import Message

from tui.ui.keyboard import Keyboard

#: seconds between two looks at whether to leave
LOOK = 0.1
#: the exit code of a program whose terminal went away: that of SIGHUP
GONE = 129


class Terminal(LinuxDriver):
    """Names the window, and gives its old title back on leaving (xterm's title stack, CSI 22 t and 23 t)."""

    _window, _named = "", False
    _taken = False
    #: whether another program is to have the terminal for a while
    is_lent = False

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
        with suppress(OSError):
            os.set_blocking(self._file.fileno(), True)  # what others left on would cut frames short
        self._taken = True
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self._window:
            self.name_window(self._window)

    def stop_application_mode(self) -> None:
        """Put the old title back, then all the rest."""
        self._taken = False
        if self._named:
            self._named = False
            self.write("\x1b[23;2t")
        if self._mouse_pixels:
            self._mouse_pixels = False
            self.write("\x1b[?1016l")
        super().stop_application_mode()

    def give_back(self) -> None:
        """Leave the terminal as it was, if an end that nobody expected has not, and write all to its end."""
        writer = self._writer_thread
        if writer is None or not writer.is_alive():
            return
        if self._taken:
            self.stop_application_mode()
        self.close()

    # -- input --------------------------------------------------------------------------------

    def run_input_thread(self) -> None:
        """Pass on what is typed, whatever it is; only the terminal's own end ends this, and papertui."""
        try:
            self._take_input()
        except Exception as error:  # without keys the app must not go on
            self._later(self._app._handle_exception, error)

    def _take_input(self) -> None:
        keyboard, decode = Keyboard(), getincrementaldecoder("utf-8")("ignore").decode
        while not self.exit_event.is_set():
            wait = constants.ESCAPE_DELAY if keyboard.waits else LOOK
            ready, _, _ = select.select([self.fileno], [], [], wait)
            data = self._read() if ready else None
            if data == b"":
                self._later(self._app.exit, None, GONE)
                return
            keyboard.reports_size = self._in_band_window_resize
            for message in keyboard.feed(decode(data)) if data else keyboard.pause():
                if self._loop.is_closed():
                    return
                self.process_message(message)

    def _read(self) -> bytes:
        """What there is to read; nothing where the terminal is gone."""
        try:
            return os.read(self.fileno, 1 << 12)
        except OSError:
            return b""

    def _later(self, call: Callable[..., object], *args: object) -> None:
        with suppress(RuntimeError):  # the app has left
            self._loop.call_soon_threadsafe(call, *args)

    def process_message(self, message: Message) -> None:
        """Pass a message on. Of sizes the system knows more, and no mouse is off the screen."""
        if isinstance(message, (events.Resize, events.MouseEvent)):
            size = Size(*self._get_terminal_size())
            if isinstance(message, events.Resize):
                message = events.Resize(size, size, size, message.pixel_size)
            elif not size.region.contains(int(message.screen_x), int(message.screen_y)):
                return
        super().process_message(message)

    def disable_input(self) -> None:
        """On leaving for good nobody waits for the input thread: the process ends before it wakes.

        What was typed and not read yet is let go, unless the terminal is lent: then it is for the program
        that has it, or for us afterwards.
        """
        if self.is_lent and not self._app._exit:
            self._stop_reading()
            return
        if self._app._exit:
            self._key_thread = None
        super().disable_input()

    def _stop_reading(self) -> None:
        """As Textual does, but for what is typed."""
        signal.signal(signal.SIGWINCH, signal.SIG_DFL)
        self._disable_mouse_support()
        self.exit_event.set()
        if self._key_thread is not None:
            self._key_thread.join()
        self.exit_event.clear()

    def _get_terminal_size(self) -> tuple[int, int]:
        """The size of what is drawn on, wherever stdout goes and whatever COLUMNS says."""
        try:
            columns, rows = os.get_terminal_size(self._file.fileno())
        except OSError:
            columns = rows = 0
        return (columns, rows) if columns and rows else super()._get_terminal_size()

    def _sigcont_application(self, *_: object) -> None:
        """Go on; where it was not we who stopped, from a point at which the screen can be taken anew.

        A terminal that is lent to another program meanwhile is not taken.
        """
        if self._must_signal_resume:
            super()._sigcont_application()
        elif self._auto_restart:
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
        with suppress(OSError, ValueError):
            self._file.write(text)

    def flush(self) -> None:
        with suppress(OSError, ValueError):
            self._file.flush()

    def fileno(self) -> int:
        return self._file.fileno()
