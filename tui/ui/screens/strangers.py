"""Keys that are no command's: digits, and those that do nothing and say so."""

from typing import TYPE_CHECKING

from textual import events

from tui.papers.text import clean
from tui.ui.desk import in_tabs

if TYPE_CHECKING:
    from tui.ui.screens.triage import TriageScreen


class Strangers:
    """Counts or views by digit on a triage screen, as the keymap has it; a word about all other keys."""

    def __init__(self, screen: "TriageScreen") -> None:
        self._screen = screen
        self._told_caps = False

    def take(self, key: events.Key) -> None:
        """Deal with a key that no command has."""
        if key.key.isdecimal() and key.key.isascii():
            self._digit(key.key)
        elif key.is_printable and key.character:
            self._unbound(key.character)

    def _digit(self, digit: str) -> None:
        screen = self._screen
        if screen.given.keys.digits == "views":
            names = [view.name for view in in_tabs(screen.library.views)]
            if 1 <= int(digit) <= len(names):
                screen.going.show_view(names[int(digit) - 1])
        elif screen.count or digit != "0":
            screen.count = (screen.count + digit)[-4:]
            screen.bars.renew_place()

    def _unbound(self, char: str) -> None:
        bars, shown = self._screen.bars, clean(char)
        if char.isalpha() and not char.isascii():
            words = f"{shown} is not a key here; --keymap arrows needs no letters."
            bars.say((words, "plain"), passing=True)
        elif char.isupper() and not self._told_caps:
            self._told_caps = True
            bars.say((f"{shown} does nothing here. Caps lock?", "plain"), passing=True)
        else:
            bars.say(
                (f"{shown} does nothing here; ", "plain"),
                (self._screen.key("app.help"), "key"),
                (" shows the keys.", "plain"),
                passing=True,
            )
