"""Cards: one paper at a time, another layout of the same list; every key means what it means there."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.ui.screens.triage import TriageScreen


class Cards:
    """Lays a triage screen out as cards, and as a list again."""

    def __init__(self, screen: "TriageScreen") -> None:
        self._screen = screen

    def toggle(self) -> None:
        """From list to cards, and back."""
