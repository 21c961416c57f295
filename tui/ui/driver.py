"""The terminal: Textual's driver, which also names the window and leaves at once."""

from textual.drivers.linux_driver import LinuxDriver


class Terminal(LinuxDriver):
    """The window's old title comes back on leaving (xterm's title stack, CSI 22 t and CSI 23 t)."""

    _window = ""

    def name_window(self, title: str) -> None:
        """Give the window a title of our own words."""
        if title != self._window and self.is_headless is False:
            if not self._window:
                self.write("\x1b[22;2t")
            self._window = title
            self.write(f"\x1b]2;{title}\x07")
            self.flush()

    def stop_application_mode(self) -> None:
        """Put the old title back, then all the rest."""
        if self._window:
            self.write("\x1b[23;2t")
            self._window = ""
        super().stop_application_mode()

    def disable_input(self) -> None:
        """On leaving for good nobody waits for the input thread: the process ends before it wakes."""
        if self._app._exit:
            self._key_thread = None
        super().disable_input()
