"""Macros: what one key does is one decision, taken back at once; and they stand wherever commands do."""

from typing import Any

import pytest
from sittings import SMALL, Opener, title

from tui.papers.triage import Triage

KEEP = ["paper.star", "paper.tag_again", "list.next_unread"]


async def test_the_acts_of_a_macro_are_one_decision(open_: Opener, size: tuple[int, int]) -> None:
    """Star and tag in one; the cursor goes where the macro says, undo takes all of it back."""
    async with open_(size, own={"C": KEEP}) as ui:
        await ui.press(*"tred", "enter", "j", "C")
        assert ui.triage("Bellows") == Triage(starred=True, tags=("red",))
        assert ui.here == "Candle"
        assert ui.said.startswith("starred, tagged #red “Bellows: What")
        assert ui.decisions == 2
        assert next(ui.library.log())[0].verb == "macro"
        await ui.press("u")
        assert ui.triage("Bellows") == Triage()
        assert ui.said.startswith("took back: starred, tagged #red")


async def test_a_macro_of_verdicts_alone_steps_as_they_do(open_: Opener) -> None:
    """Where nothing says where to go; and it acts on as many as were counted, and can be repeated."""
    async with open_(own={"C": ["paper.star", "paper.mark_read"], "h": ["paper.done"]}) as ui:
        await ui.press("2", "C", ".")
        assert ui.triage("Anvil") == ui.triage("Bellows") == ui.triage("Candle")
        assert ui.triage("Anvil") == Triage(starred=True, read=True)
        assert (ui.here, ui.decisions) == ("Dagger", 2)
        await ui.press("h")
        assert next(ui.library.log())[0].verb == "done"


async def test_a_star_of_a_macro_never_takes_one_off(open_: Opener) -> None:
    """A row of commands means one thing, whatever the paper is."""
    async with open_(own={"C": ["paper.star"]}) as ui:
        await ui.press("C", "k", "C")
        assert ui.names("starred") == ["Anvil"]
        assert ui.said.startswith("already starred “Anvil")


async def test_no_tag_to_repeat_stops_the_whole(open_: Opener) -> None:
    """Nothing is half done."""
    async with open_(own={"C": KEEP}) as ui:
        await ui.press("C")
        assert ui.said == "No tag to repeat yet; t asks for one."
        assert (ui.decisions, ui.here) == (0, "Anvil")


async def test_what_could_not_be_kept_stops_the_rest(open_: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cursor stays on the paper that is as it was, below the reason."""
    async with open_(own={"C": ["paper.star", "list.last"]}) as ui:
        await ui.press("j")

        def fail(*args: Any) -> None:
            ui.screen.say(("Could not keep this decision: disk full.", "error"))

        monkeypatch.setattr(ui.screen.deciding, "decide", fail)
        await ui.press("C")
        assert (ui.here, ui.said) == ("Bellows", "Could not keep this decision: disk full.")


async def test_a_macro_may_end_with_a_question(open_: Opener) -> None:
    """What is typed on goes into it."""
    async with open_(own={"C": ["list.down", "paper.star", "paper.note"]}) as ui:
        await ui.press("C", *"why", "enter")
        assert ui.triage("Bellows") == Triage(starred=True, note="why")
        assert ui.here == "Bellows"


async def test_a_macro_of_movements_takes_a_count(open_: Opener) -> None:
    """For each of them."""
    async with open_(own={"C": ["list.down", "list.down"]}) as ui:
        await ui.press("3", "C")
        assert ui.place == "7 of 40"


async def test_macros_stand_in_help_and_palette(open_: Opener) -> None:
    """Under their own words, marked as one's own; and do what they say from there."""
    macro = {"does": ["paper.star"], "words": "keep [it]"}
    async with open_(SMALL, own={"C": macro}) as ui:
        await ui.press(":", *"keep [")
        assert ui.foot[1].startswith("keep [it] C")
        await ui.press("enter")
        assert ui.names("starred") == ["Anvil"]
        await ui.press("?", "end")
        assert "macros" in ui.text
        assert "C  keep [it] · yours" in ui.text
        await ui.press("/", *"keep [", "enter")
        assert ui.names("starred") == ["Anvil", "Bellows"]


@pytest.mark.parametrize("keymap", ["vim", "emacs", "newsboat", "arrows"])
async def test_macros_work_over_every_keymap(open_: Opener, keymap: str) -> None:
    """On a key that it leaves free."""
    async with open_(keymap=keymap, own={"f5" if keymap != "arrows" else "E": ["paper.star"]}) as ui:
        await ui.press("f5" if keymap != "arrows" else "E")
        assert ui.said.startswith(f"starred “{title('Anvil')}”")
