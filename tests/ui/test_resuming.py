"""Going on where one stopped: view, filter, paper, scroll and selection, whatever changed meanwhile."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from sittings import NAMES, SMALL, WIDE, Doors, Opener, Sitting

from tui.errors import LibraryError
from tui.settings import load_place, save_place
from tui.ui.given import Place


def selected(ui: Sitting) -> list[str]:
    return [paper.title.partition(":")[0] for paper in ui.screen.selecting.papers]


async def left(open_: Opener, *keys: str, size: tuple[int, int] = WIDE) -> Place:
    """The place that is kept when papertui dies without a word after these keys."""
    async with open_(size) as ui:
        await ui.press(*keys)
        ui.screen.others.look()
        return ui.doors.places[-1]


async def test_scroll_and_selection_come_back(open_: Opener, size: tuple[int, int]) -> None:
    """The same rows stand on the screen, the cursor on its line, and the same papers are selected."""
    place = await left(open_, "ctrl+f", "ctrl+f", *"xjxkk", size=size)
    async with open_(size, given=()) as ui:
        fresh = ui.listed
    async with open_(size, given=(), place=place) as ui:
        assert ui.listed != fresh
        first = NAMES.index(ui.listed[0])
        assert NAMES.index(ui.here) - first == place.above
        assert len(selected(ui)) == len(ui.selected) == 2
        assert ui.said.startswith("2 selected · ")
        ui.screen.others.look()
        assert ui.doors.places[-1:] in ([], [place])


@pytest.mark.parametrize(
    ("before", "after"), [(WIDE, SMALL), (SMALL, WIDE), (WIDE, (140, 40)), (WIDE, (60, 12))]
)
async def test_in_another_window(open_: Opener, before: tuple[int, int], after: tuple[int, int]) -> None:
    """Where the screen has another size the cursor is on its paper all the same, and that is seen."""
    place = await left(open_, *"xx", *"28j", size=before)
    async with open_(after, given=(), place=place) as ui:
        assert ui.here == NAMES[30]
        assert ui.here in ui.listed
        assert selected(ui) == NAMES[:2]


async def test_a_range_comes_back_as_what_it_covered(open_: Opener) -> None:
    """Nothing of it is lost; it is no longer extended."""
    place = await left(open_, *"vjj")
    async with open_(given=(), place=place) as ui:
        await ui.press("j")
        assert selected(ui) == NAMES[:3]


async def test_a_filter_comes_back_with_what_it_hides_still_selected(open_: Opener) -> None:
    """And dropping it shows them."""
    place = await left(open_, "x", "/", *"gle", "enter", "j")
    async with open_(given=(), place=place) as ui:
        assert ui.here == "Mangle"
        assert ui.said == "1 selected, none of them in this list · escape lets go"
        await ui.press("backspace")
        assert selected(ui) == ["Anvil"]


async def test_a_paper_that_was_decided_last(open_: Opener) -> None:
    """It is no longer in the inbox: the cursor is on its neighbour, not at the top."""
    place = await left(open_, *"20j", *"ddd", "k")
    async with open_(given=(), place=place) as ui:
        assert (ui.here, ui.place) == (NAMES[23], "21 of 37")


async def test_what_vanished_is_passed_over(open_: Opener) -> None:
    """Ids that no paper has any more are neither selected nor gone to."""
    place = await left(open_, "j", "x")
    gone = replace(place, paper="0" * 12, selected=f"{'0' * 12} {place.selected} nonsense", above=-5)
    async with open_(given=(), place=gone) as ui:
        assert (ui.here, selected(ui)) == ("Anvil", ["Bellows"])
        assert ui.said.startswith("1 selected · ")


async def test_the_place_is_kept_once_for_each_change(open_: Opener) -> None:
    """Looks between which nothing moved write nothing; a selection and a scroll are changes."""
    async with open_() as ui:
        for key, number in (("x", 1), ("x", 2), ("escape", 3)):
            await ui.press(key)
            for _ in range(3):
                ui.screen.others.look()
            assert len(ui.doors.places) == number
        await ui.wheel(10, 10)
        ui.screen.others.look()
        assert len(ui.doors.places) == 4


async def test_the_place_is_kept_though_the_library_cannot_be_read(open_: Opener) -> None:
    """What goes wrong with one has nothing to do with the other."""

    def gone() -> None:
        raise LibraryError("the library's folder is gone")

    doors = Doors()
    async with open_(doors=doors, standing=gone) as ui:
        await ui.press("j")
        ui.screen.others.look()
    assert doors.places[0].paper == ui.paper("Bellows").id


def test_a_place_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is read as it was written; what is of another kind is as at the beginning."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr("platformdirs.user_state_dir", lambda *args, **others: str(tmp_path))
    place = Place(view="all", paper="29d7553bdb5b", above=4, selected="29d7553bdb5b 5b29d7553bdb")
    save_place(tmp_path / "library", place)
    assert load_place(tmp_path / "library", Place()) == place
    (kept,) = tmp_path.glob("place-*.json")
    kept.write_text('{"view": "all", "above": "four", "selected": ["29d7553bdb5b"], "unknown": 1}')
    assert load_place(tmp_path / "library", Place()) == Place(view="all")
