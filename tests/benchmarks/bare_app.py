"""The least a Textual app can be: what papertui's start is measured beside."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class BareApp(App[None]):
    """One line of text."""

    def compose(self) -> ComposeResult:
        yield Static("bare and readable")


if __name__ == "__main__":
    BareApp().run()
