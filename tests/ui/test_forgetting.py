"""Forgetting an import in the app: how it is asked, what is said, where the cursor is, and the way back."""

from datetime import timedelta
from pathlib import Path

import pytest
from sittings import MORNING, NAMES, SMALL, WIDE, Opener, library, reading, records, title

from tui.papers.library import Library
from tui.papers.triage import VERBS
from tui.store.database import Database

FIRST, SECOND = NAMES[:12], [*NAMES[10:12], *NAMES[12:20]]


@pytest.fixture
def two(tmp_path: Path) -> Library:
    """nov-18 with twelve papers, and nov-19, which came later, with two of these and eight more."""
    made = library(tmp_path / "library", records(FIRST))
    made.add(reading(records(NAMES)[10:20], "nov-19", MORNING + timedelta(days=1)))
    return made


async def test_the_import_is_chosen_and_the_numbers_are_said(open_: Opener, two: Library) -> None:
    """By the palette's command: the list of imports, then a question with what leaves and what stays."""
    ids = {paper.title: paper.id for paper in two.papers.values()}
    two.decide("star", [ids[title("Anvil")], ids[title(NAMES[11])]], VERBS["star"])
    async with open_(held=two) as ui:
        await ui.press(":", *"take an import back", "enter")
        assert "forget which import?" in ui.foot[0]
        await ui.press(*"nov-18", "enter")
        assert ui.foot[0] == "? Forget nov-18? 10 papers leave, 1 starred among them; 2 stay"
        assert ui.foot[1] == "y forgets it   any other key leaves it"
        await ui.press("n")
        assert ui.said == "Left as it was."
        assert len(ui.library.papers) == 20


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_the_named_digest_is_forgotten_from_the_digest_picker(
    open_: Opener, two: Library, size: tuple[int, int]
) -> None:
    """The key is hinted; the list is laid anew, and the message says how to take it back."""
    async with open_(size, held=two) as ui:
        await ui.press("p", *"nov-18")
        assert "ctrl+d forgets" in ui.foot[1]
        await ui.press("ctrl+d", "y")
        assert ui.said == "forgot nov-18: 10 papers are gone, 2 stay  u brings them back"
        assert ui.top.startswith("  inbox 10 ")
        assert set(ui.listed) <= set(SECOND)
        assert ui.place.endswith(" of 10")
        await ui.press("u")
        assert ui.said.startswith("took back: forgot nov-18: 12 papers")
        assert ui.top.startswith("  inbox 20 ")
        assert ui.here in FIRST
        await ui.press("ctrl+r")
        assert ui.said.startswith("did again: forgot nov-18: 12 papers")
        assert ui.top.startswith("  inbox 10 ")
        assert ui.place.endswith(" of 10")


async def test_the_cursor_goes_to_the_nearest_paper(open_: Opener, two: Library) -> None:
    """A paper that stays is stayed on; else it is the nearest that stands where it stood."""
    async with open_(held=two) as ui:
        await ui.press(*"jjj")
        here = ui.here
        await ui.press("p", *"nov-18", "ctrl+d", "y")
        assert ui.here == here
        await ui.press("u", "G", "k", "k")
        assert ui.here == NAMES[9]
        await ui.press("p", *"nov-18", "ctrl+d", "y")
        assert ui.here == SECOND[-1]


async def test_what_was_forgotten_is_nowhere_in_the_app(open_: Opener, two: Library) -> None:
    """Not in the pickers, not in a filter, and not in the facts of a paper that another import holds."""
    async with open_(held=two) as ui:
        await ui.press("p", *"nov-18", "ctrl+d", "y", "p")
        assert "nov-18" not in ui.foot[1]
        assert "nov-19" in ui.foot[1]
        await ui.press("escape", "/", *"digest:", "tab", "escape", "g")
        assert ui.here == NAMES[10]
        assert "2 digests" not in ui.text
        assert "nov-18" not in "\n".join(ui.lines[:-2])


async def test_the_list_follows_another_papertui(open_: Opener, two: Library, tmp_path: Path) -> None:
    """What another program forgets leaves the screen too."""
    async with open_(held=two) as ui:
        other = Library(Database(tmp_path / "library"))
        digest = next(digest for digest in other.digests.values() if digest.name == "nov-18")
        other.forget(other.loss(digest.id))
        ui.screen.others.look()
        await ui.settle()
        assert ui.top.startswith("  inbox 10 ")
        assert ui.listed == SECOND
        assert "came from another papertui: now 10 in the inbox" in ui.said


async def test_forgetting_all_there_is_leaves_a_way_back(open_: Opener) -> None:
    """The screen says that it is forgotten, and undo brings it back."""
    async with open_() as ui:
        await ui.press("p", "ctrl+d", "y")
        assert "All that was imported is forgotten." in ui.text
        await ui.press("u")
        assert ui.listed == NAMES[:16]


@pytest.mark.parametrize("keymap", ["vim", "emacs", "newsboat", "arrows"])
async def test_the_keys_of_the_prompt_are_those_of_every_keymap(open_: Opener, keymap: str) -> None:
    """ctrl+d, y and the keymap's own undo."""
    async with open_(keymap=keymap) as ui:
        ui.screen.run_command("digest.pick")
        await ui.settle()
        await ui.press("ctrl+d", "y")
        undo = ui.screen.key("history.undo")
        assert f"  {undo} brings them back" in ui.text
        ui.screen.run_command("history.undo")
        await ui.settle()
        assert ui.top.startswith("  inbox 40 ") or "inbox 40" in ui.top


async def test_the_history_names_what_was_forgotten(open_: Opener, two: Library) -> None:
    """And takes it back there as any other act."""
    async with open_(WIDE, held=two) as ui:
        await ui.press("p", *"nov-18", "ctrl+d", "y", "s", "U", "j")
        assert "forgot" in ui.text
        assert "nov-18  12 papers" in ui.text
        assert title("Anvil") in ui.text
        await ui.press("u")
        assert "took back: forgot nov-18: 12 papers" in ui.text
        await ui.press("q")
        assert ui.top.startswith("  inbox 19 ")
