"""A screen that takes its keys one after another, each as the one before it left things.

Textual hands a key to the widget that has the focus when it comes, to be dealt with later: what is
typed ahead of a prompt would go to the list, as commands.
"""

from typing import TYPE_CHECKING

from textual import events
from textual.screen import Screen

if TYPE_CHECKING:
    from tui.ui.app import PapertuiApp


def leaves(key: events.Key, command: str | None) -> bool:
    """Whether a key quits even where text is typed: it types nothing, and is none that just closes."""
    closes = key.is_printable or key.key in ("ctrl+c", "escape", "ctrl+g")
    return command == "app.quit_now" and not closes


class KeyedScreen(Screen[None], inherit_bindings=False):
    """The app holds back what is typed until the screen is `ready`."""

    app: "PapertuiApp"
    ready = False

    @property
    def breaks_lines(self) -> bool:
        """Whether alt+enter breaks a line now; elsewhere it is an escape that an enter followed too fast."""
        return False

    def begin(self) -> None:
        """Be ready once the screen has been drawn."""
        self.call_after_refresh(self.go_on)

    def hold(self, on: bool) -> None:
        """Take no keys, or take them again as soon as all is drawn."""
        self.ready = False
        if not on:
            self.begin()

    def go_on(self) -> None:
        """Take what was typed meanwhile, and all that follows."""
        self.ready = True
        self.app.call_later(self.app.take_typed)

    async def take(self, key: events.Key) -> bool:
        """Deal with a key; False leaves it to the bindings."""
        return False

    def take_paste(self, text: str) -> None:
        """Deal with a text that was pasted."""

    def refuses(self, event: events.MouseDown | events.MouseUp) -> bool:
        """Whether a mouse button does nothing here for now."""
        return False
