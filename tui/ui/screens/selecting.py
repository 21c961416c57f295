"""The papers selected on a triage screen: one by one, as a range that movement extends, or all there are."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.ui.screens.triage import TriageScreen


class Selecting:
    """What is selected, by paper id, and the range begun, if any."""

    def __init__(self, screen: "TriageScreen") -> None:
        self._screen = screen
        self.chosen: set[str] = set()

    def toggle(self, count: int = 1) -> None:
        """Select the paper under the cursor, or let go of it, and step down; so many from there on."""

    def range(self) -> None:
        """Begin a range that every movement extends, or end it."""

    def all(self) -> None:
        """Select all that the list holds, or let go of it."""

    def invert(self) -> None:
        """Select the others."""

    def extend(self, by: int) -> None:
        """Select from here so many on, up where negative."""
