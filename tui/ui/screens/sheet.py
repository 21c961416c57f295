"""A screen that lies over the list for a while and is closed again: keys, history, figures.

The user's own keys mean here what they mean in the list, as far as there is such a thing; the keys
of `_KEYS_HERE` do so in every keymap.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from textual import events

from tui.ui.screens.keyed import KeyedScreen

#: how many lines are farther than any sheet is long
ALL = 1_000_000
_HERE = {
    "app.quit": "close",
    "app.back": "close",
    "app.quit_now": "quit",
    "app.redraw": "redraw",
    "app.suspend": "suspend",
    "paper.open": "do",
    "list.down": "down",
    "list.up": "up",
    "list.page_down": "page on",
    "abstract.page_down": "page on",
    "list.page_up": "page back",
    "abstract.page_up": "page back",
    "list.first": "first",
    "list.last": "last",
}
_KEYS_HERE = {
    "q": "close",
    "escape": "close",
    "ctrl+c": "close",
    "ctrl+g": "close",
    "enter": "do",
    "j": "down",
    "down": "down",
    "tab": "down",
    "k": "up",
    "up": "up",
    "shift+tab": "up",
    "space": "page on",
    "pagedown": "page on",
    "b": "page back",
    "pageup": "page back",
    "home": "first",
    "end": "last",
}


class Sheet(KeyedScreen, inherit_bindings=False):
    """Looks keys up in `here` (command id to move) and `keys_here` (key to move), then in what all share.

    A subclass overrides the moves it has: `choose` and `page` for going about, `do` for enter; others
    it names in `moves`. One that has to wait before it takes keys overrides `begin`: Textual calls the
    `on_mount` of every class.
    """

    AUTO_FOCUS = ""

    here: Mapping[str, str] = MappingProxyType({})
    keys_here: Mapping[str, str] = MappingProxyType({})

    def __init__(self) -> None:
        super().__init__()
        self.moves: dict[str, Callable[[], object]] = {
            "close": self.dismiss,
            "quit": lambda: self.app.exit(),
            "redraw": lambda: self.app.redraw(),
            "suspend": lambda: self.app.action_suspend_process(),
            "do": self.do,
            "down": lambda: self.choose(1),
            "up": lambda: self.choose(-1),
            "page on": lambda: self.page(1),
            "page back": lambda: self.page(-1),
            "first": lambda: self.page(-ALL),
            "last": lambda: self.page(ALL),
        }

    def on_mount(self) -> None:
        """Take keys."""
        self.begin()

    def choose(self, step: int) -> None:
        """Go so many lines down, up where negative."""

    def page(self, by: int) -> None:
        """Turn so many pages."""

    def do(self) -> None:
        """What enter does."""

    async def take(self, key: events.Key) -> bool:
        """Make the move of a key; keys without one do nothing."""
        command = self.app.bound.get(key.key, "")
        move = (
            self.keys_here.get(key.key)
            or self.here.get(command)
            or _KEYS_HERE.get(key.key)
            or _HERE.get(command)
        )
        if command == "app.quit_now" and key.key != "ctrl+c":
            move = "quit"
        if move:
            self.moves[move]()
        return True
