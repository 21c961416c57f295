"""Verdicts by key: what is decided, what is said, where the cursor goes, and how it is taken back."""

import pytest
from sittings import NAMES, Opener

from tui.papers.triage import Triage
from tui.ui.verdicts import VERDICTS, verdict

Size = tuple[int, int]


async def test_star_keeps_the_paper_and_goes_on(open_: Opener, size: Size) -> None:
    """`s` stars the paper, says so with the way back, and goes to the next undecided one."""
    async with open_(size) as ui:
        await ui.press("s")
        assert ui.names("starred") == ["Anvil"]
        assert ui.said == "starred “Anvil: What It Does to Tensors”  u takes it back"
        assert ui.mark("Anvil") == "★"
        assert ui.here == "Bellows"
        assert ui.place == "2 of 40"
        assert "inbox 39  starred 1  later 0  all 40" in ui.top
