"""The app: themes, keys, and leaving the terminal as it was."""

import asyncio
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from textual.app import App
from textual.binding import Binding

from tui.ui.given import Given
from tui.ui.look import ASCII, DAY, GLYPHS, NIGHT, Ink
from tui.ui.screens.triage import TriageScreen

if TYPE_CHECKING:
    from tui.ui.driver import Terminal

#: exit codes of a program that a signal ended
SIGNALS = {"SIGTERM": 143, "SIGHUP": 129, "SIGINT": 130}


class PapertuiApp(App[None], inherit_bindings=False):
    """One screen for triage, one for help."""

    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    TITLE = "papertui"

    def __init__(self, given: Given) -> None:
        if sys.platform == "win32":
            super().__init__()
        else:
            from tui.ui.driver import Terminal

            super().__init__(driver_class=Terminal)
        self.given = given
        self.glyphs = ASCII if given.ascii else GLYPHS
        self.register_theme(NIGHT)
        self.register_theme(DAY)
        self.theme = given.theme
        self.renew_ink()
        keymap = given.keys.textual_keymap()
        self.bound = _keys(keymap)
        self.set_keymap(keymap)

    def get_default_screen(self) -> TriageScreen:
        """The screen to begin with."""
        return TriageScreen(self.given)

    def renew_ink(self) -> None:
        """Draw with the styles of the theme in force from here on."""
        self.ink = Ink(self)

    def on_mount(self) -> None:
        """Signals end papertui as a key does: the terminal as it was, everything on disk."""
        self.app_resume_signal.subscribe(self, lambda _: self._welcome_back())
        if sys.platform == "win32":
            return
        loop = asyncio.get_running_loop()
        for name, code in SIGNALS.items():
            with suppress(ValueError, RuntimeError):
                loop.add_signal_handler(getattr(signal, name), self._end, code)

    def _end(self, code: int) -> None:
        self.exit(return_code=code)

    def exit(self, *args: object, **kwargs: object) -> None:
        """Remember where the user was, and end."""
        screen = self.screen_stack[0] if self.is_running and self.screen_stack else None
        if isinstance(screen, TriageScreen):
            screen.save()
        super().exit(*args, **kwargs)  # type: ignore[arg-type]

    def _welcome_back(self) -> None:
        screen = self.screen_stack[0]
        if isinstance(screen, TriageScreen):
            screen.say(("Welcome back; nothing was lost.", "plain"))
        self.redraw()

    def show_help(self, triage: TriageScreen) -> None:
        """Show what the keys do, and then do what was chosen."""
        from tui.ui.screens.help import HelpScreen

        def done(command_id: str | None) -> None:
            if command_id:
                triage.run_command(command_id)

        self.push_screen(HelpScreen(self.given.keys), done)

    def redraw(self) -> None:
        """Draw the whole screen afresh, whatever stands on it."""
        self.screen.refresh(layout=True)
        self.refresh(repaint=True, layout=True)

    def name_terminal(self, title: str) -> None:
        """Give the terminal's window a title."""
        driver = self._driver
        if driver is not None and hasattr(driver, "name_window"):
            terminal: Terminal = driver  # type: ignore[assignment]
            terminal.name_window(title)


def _keys(keymap: dict[str, str]) -> set[str]:
    """Every key that does something, as Textual spells it."""
    made = (Binding.make_bindings([Binding(keys, "")]) for keys in keymap.values())
    return {binding.key for bindings in made for binding in bindings}
