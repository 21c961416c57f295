"""The app: themes, keys, and leaving the terminal as it was."""

import asyncio
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from textual import events
from textual.app import App
from textual.binding import Binding
from textual.worker import WorkerFailed

from tui.ui.given import Given
from tui.ui.look import ASCII, DAY, GLYPHS, NIGHT, Ink
from tui.ui.screens.keyed import KeyedScreen
from tui.ui.screens.triage import TriageScreen

if TYPE_CHECKING:
    from tui.ui.driver import Terminal

_Result = TypeVar("_Result")
#: exit codes of a program that a signal ended
SIGNALS = {"SIGTERM": 143, "SIGHUP": 129, "SIGINT": 130, "SIGQUIT": 131}
#: the theme that needs no colours
COLOURLESS = "ansi-dark"
#: these are keys of their own where the kitty protocol is spoken
MODIFIERS = frozenset(
    f"{side}_{name}"
    for side in ("left", "right")
    for name in ("shift", "control", "alt", "super", "hyper", "meta")
) | {"caps_lock", "num_lock", "scroll_lock", "iso_level3_shift", "iso_level5_shift"}


class PapertuiApp(App[None], inherit_bindings=False):
    """One screen for triage, one for help."""

    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    TITLE = "papertui"

    _leaving = _is_lent = False
    #: what nobody expected and ended papertui, to be told of once the terminal is as it was
    defect: BaseException | None = None

    def __init__(self, given: Given) -> None:
        # Textual makes colours grey then, and takes the variable away; without any, weight and reverse serve.
        colourless = "NO_COLOR" in os.environ
        if sys.platform == "win32":
            super().__init__(ansi_color=colourless or None)
        else:
            from tui.ui.driver import Terminal

            super().__init__(driver_class=Terminal, ansi_color=colourless or None)
        self.given = given
        self.glyphs = ASCII if given.ascii else GLYPHS
        self.register_theme(NIGHT)
        self.register_theme(DAY)
        self.first_theme = self.theme = COLOURLESS if colourless else given.theme
        self.stylesheet.set_variables(self.get_css_variables())
        self._styled_for = self.theme
        self.renew_ink()
        keymap = given.keys.textual_keymap()
        self.bound = _keys(keymap)
        self._typed: deque[events.Key | events.Paste] = deque()

    def get_default_screen(self) -> TriageScreen:
        """The screen to begin with."""
        return TriageScreen(self.given)

    def open_another(self, given: Given) -> None:
        """Show another library in place of this one; the terminal stays as it is."""
        self.given = given
        self.add_mode(given.where, lambda: TriageScreen(given))  # Textual's first screen cannot be replaced
        self.switch_mode(given.where)

    def renew_ink(self) -> None:
        """Draw with the styles of the theme in force from here on."""
        self.ink = Ink(self)

    def refresh_css(self, animate: bool = True) -> None:
        """Read the styles anew for a theme; not as Textual starts, when they are in its colours: 6 ms."""
        if self._styled_for != self.theme:
            self._styled_for = self.theme
            super().refresh_css(animate)

    def on_load(self) -> None:
        """Signals end papertui as a key does: the terminal as it was, everything on disk."""
        if sys.platform == "win32":
            return
        loop = asyncio.get_running_loop()
        for name, code in SIGNALS.items():
            with suppress(ValueError, RuntimeError):
                loop.add_signal_handler(getattr(signal, name), self._end, code)

    def on_mount(self) -> None:
        """Be there again after a pause."""
        self.app_resume_signal.subscribe(self, lambda _: self._welcome_back())

    def _end(self, code: int) -> None:
        self.exit(return_code=code)

    def exit(self, *args: object, **kwargs: object) -> None:
        """Remember where the user was, and end."""
        screen = self.screen_stack[0] if self.is_running and self.screen_stack else None
        self._leaving = True
        try:
            if isinstance(screen, TriageScreen):
                screen.save()
        finally:
            super().exit(*args, **kwargs)  # type: ignore[arg-type]

    # -- defects ------------------------------------------------------------------------------

    def _handle_exception(self, error: Exception) -> None:
        """Textual brings here whatever nobody expected: the first of it ends papertui."""
        told = error.error if isinstance(error, WorkerFailed) else error
        self.defect, self._leaving = self.defect or told, True
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """End, without the traceback that Textual would print: whoever ran the app tells of the defect."""
        self._close_messages_no_wait()

    def panic(self, *renderables: object) -> None:
        """As for any other defect, though Textual has words of its own for this one."""
        self._close_messages_no_wait()

    def give_terminal_back(self) -> None:
        """Leave the terminal as it was, however the app ended, if that is not done."""
        driver = self._driver
        if driver is not None and hasattr(driver, "give_back"):
            terminal: Terminal = driver  # type: ignore[assignment]
            terminal.give_back()

    # -- what is typed ------------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        """Keys and pastes are taken in order, each by the screen that is there when its turn comes."""
        if isinstance(event, (events.Key, events.Paste)) and not event.is_forwarded:
            self._typed.append(event)
            await self.take_typed()
        elif not (isinstance(event, (events.MouseDown, events.MouseUp)) and self._refuses(event)):
            await super().on_event(event)

    async def take_typed(self) -> None:
        """Take what was typed, as far as there is a screen ready for it; nothing after the quit."""
        while self._typed and not self._leaving and (screen := self._ready_screen):
            event = self._typed.popleft()
            self.app_focus = True
            if isinstance(event, events.Paste):
                screen.take_paste(event.text)
                continue
            is_whole = event.key == "alt+enter" and screen.breaks_lines
            for key in [event] if is_whole else _apart(event, self.bound):
                if (now := self._ready_screen) and not await now.take(key):
                    await super().on_event(key)

    @property
    def _ready_screen(self) -> KeyedScreen | None:
        screen = self.screen_stack[-1] if self.screen_stack else None
        return screen if isinstance(screen, KeyedScreen) and screen.ready else None

    def _refuses(self, event: events.MouseDown | events.MouseUp) -> bool:
        screen = self._ready_screen
        return screen is not None and screen.refuses(event)

    # -- other ends ---------------------------------------------------------------------------

    def lend(self, work: Callable[[], _Result]) -> _Result:
        """Do work that has the terminal for itself, as it was before papertui; then all is drawn anew.

        Raises what the work does, once the terminal is ours again: Textual would not take it back.
        """
        if self._driver is None or not self._driver.can_suspend:
            return work()
        self._lend(True)
        with self.suspend():
            outcome = _tried(work)
        return outcome()

    def _lend(self, on: bool) -> None:
        self._is_lent = on
        if hasattr(self._driver, "is_lent"):
            terminal: Terminal = self._driver  # type: ignore[assignment]
            terminal.is_lent = on

    def _welcome_back(self) -> None:
        screen, was_lent = self.screen_stack[0], self._is_lent
        self._lend(False)
        if isinstance(screen, TriageScreen) and not was_lent:
            screen.say(("Welcome back; nothing was lost.", "plain"))
        self.redraw()

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


def _tried(work: Callable[[], _Result]) -> Callable[[], _Result]:
    """Do it now; calling what is returned gives the result, or raises the error."""
    try:
        done = work()
    except Exception as error:
        wrong = error
    else:
        return lambda: done

    def fail() -> _Result:
        raise wrong

    return fail


def _keys(keymap: Mapping[str, str]) -> dict[str, str]:
    """The command of every key that has one, the keys as Textual spells them."""
    return {
        binding.key: command_id
        for command_id, keys in keymap.items()
        for binding in Binding.make_bindings([Binding(keys, "")])
    }


def _apart(event: events.Key, bound: Mapping[str, str]) -> Iterator[events.Key]:
    """The keys of an event: none for a modifier alone; two for an escape that a letter followed too fast.

    Terminals send alt+x as escape and x, so these arrive as one where no command has the key; enter too.
    """
    stem, _, last = event.key.rpartition("+")
    if event.key in MODIFIERS:
        return
    if event.key == "alt+enter":
        yield events.Key("escape", None)
        yield events.Key("enter", "\r")
    elif stem in ("alt", "alt+shift") and len(last) == 1 and event.key not in bound:
        yield events.Key("escape", None)
        last = last.upper() if stem == "alt+shift" else last
        yield events.Key(last, last)
    else:
        yield event
