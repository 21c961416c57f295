"""Selecting: what is taken, how that is seen and said, what lets go of it, and what it outlives."""

import re
from datetime import timedelta
from pathlib import Path
from time import perf_counter

import msgspec
import pytest
from sittings import MORNING, NAMES, SMALL, WIDE, Opener, Sitting, reading, records

from tui.papers.paper import Record
from tui.ui.look import ASCII

HINTS = "s d l t y e act on all of them, escape lets go"


def selected(ui: Sitting) -> list[str]:
    """The names of all that is selected, in the order of the list."""
    return [paper.title.partition(":")[0] for paper in ui.screen.selecting.papers]


# -- one by one -----------------------------------------------------------------------------------


async def test_x_selects_and_steps_down(open_: Opener, size: tuple[int, int]) -> None:
    """`xxx` takes three; each has a check mark at the right edge, and the line says what can be done."""
    async with open_(size) as ui:
        await ui.press("s")
        await ui.press(*"xxx")
        assert ui.selected == ["Bellows", "Candle", "Dagger"]
        assert ui.here == "Easel"
        assert ui.said == f"3 selected · {HINTS}"
        assert [ui.mark(name) for name in ui.listed[:4]] == ["★", "●", "●", "●"]


async def test_x_again_lets_go_of_one(open_: Opener) -> None:
    """On a selected paper `x` takes it out; of one alone the line speaks as of one."""
    async with open_() as ui:
        await ui.press(*"xxkx")
        assert ui.selected == ["Anvil"]
        assert ui.said == "1 selected · s d l t y e act on it, escape lets go"
        await ui.press(*"gx")
        assert (ui.selected, ui.said) == ([], "")


async def test_a_count_before_x(open_: Opener) -> None:
    """`3x` is `xxx`, and at the end of the list takes what there is."""
    async with open_() as ui:
        await ui.press(*"3x")
        assert (ui.selected, ui.here) == (["Anvil", "Bellows", "Candle"], "Dagger")
        await ui.press("G", "k", *"9x")
        assert selected(ui)[3:] == ["Mallet", "Nozzle"]


async def test_all_that_is_shown(open_: Opener, size: tuple[int, int]) -> None:
    """`X` takes all that the filter shows, on the screen or not; the same again lets go of it."""
    async with open_(size) as ui:
        await ui.press("X")
        assert (selected(ui), ui.selected) == (NAMES, ui.listed)
        assert ui.said == f"40 selected · {HINTS}"
        await ui.press("X")
        assert (selected(ui), ui.said) == ([], "Let go of 40 papers.")
        await ui.press("/", *"gle", "enter", "X")
        assert len(selected(ui)) == sum("gle" in name for name in NAMES)


async def test_all_again_lets_go_of_what_is_listed_alone(open_: Opener) -> None:
    """What was selected before the filter stays selected."""
    async with open_() as ui:
        await ui.press("x", "/", *"zither", "enter", "X", "X", "backspace")
        assert selected(ui) == ["Anvil"]


async def test_the_others(open_: Opener) -> None:
    """Inverting takes what was not selected, and lets go of the rest."""
    async with open_(given=records(NAMES[:4]), own={"select.invert": "V"}) as ui:
        await ui.press(*"xxV")
        assert selected(ui) == ["Candle", "Dagger"]


async def test_nothing_to_select(open_: Opener) -> None:
    """In an empty list every key of selecting says so."""
    async with open_(own={"select.invert": "V", "select.extend_down": "ctrl+j"}) as ui:
        await ui.press("]")
        for key in ("x", "v", "X", "V", "ctrl+j"):
            await ui.press(key)
            assert ui.said == "No paper here to select."


# -- ranges ---------------------------------------------------------------------------------------


async def test_every_movement_extends_a_range(open_: Opener, size: tuple[int, int]) -> None:
    """Keys, pages, ends and jumps extend and shrink it; `v` again ends it and keeps what it covers."""
    async with open_(size) as ui:
        await ui.press(*"vjj")
        assert ui.selected == ["Anvil", "Bellows", "Candle"]
        assert ui.said == "range: 3 papers · move to extend, v ends it"
        await ui.press("k", "k")
        assert ui.said == "range: 1 paper · move to extend, v ends it"
        for key, last in (("pagedown", len(ui.listed)), ("G", 39), ("n", 39), ("g", 0), ("4", 0), ("j", 4)):
            await ui.press(key)
            assert selected(ui) == NAMES[: last + 1], key
        await ui.press("v")
        assert ui.said == f"5 selected · {HINTS}"
        await ui.press("j", "j")
        assert selected(ui) == NAMES[:5]


async def test_a_range_upwards_beside_what_is_selected(open_: Opener) -> None:
    """It covers the rows above where it began, and what was selected elsewhere stays so."""
    async with open_() as ui:
        await ui.press(*"xjjjvkk")
        assert selected(ui) == ["Anvil", "Candle", "Dagger", "Easel"]
        assert ui.said == "range: 3 papers, 4 selected · move to extend, v ends it"


async def test_x_ends_a_range(open_: Opener) -> None:
    """It keeps what that covers, the paper under the cursor too."""
    async with open_() as ui:
        await ui.press(*"vjx")
        assert (selected(ui), ui.here) == (["Anvil", "Bellows"], "Bellows")


async def test_shift_and_arrows(open_: Opener) -> None:
    """They select on from the cursor, and back; going anywhere else ends that and keeps it."""
    async with open_(keymap="arrows") as ui:
        await ui.press("shift+down", "shift+down", "shift+down", "shift+up")
        assert selected(ui) == ["Anvil", "Bellows", "Candle"]
        assert ui.said == "3 selected · right left f6 f4 ctrl+e act on all of them, escape lets go"
        await ui.press("down", "down", "down", "shift+up")
        assert selected(ui) == ["Anvil", "Bellows", "Candle", "Easel", "Fiddle"]


async def test_shift_and_click(open_: Opener) -> None:
    """A click with shift selects from the cursor to there; it opens nothing."""
    async with open_() as ui:
        await ui.press("j")
        await ui.click(10, 9, shift=True)
        assert (selected(ui), ui.here) == (["Bellows", "Candle", "Dagger"], "Dagger")
        await ui.click(10, 13, shift=True)
        assert selected(ui) == NAMES[1:6]
        await ui.click(10, 3)
        assert (selected(ui), ui.here, ui.screen.reading) == (NAMES[1:6], "Anvil", False)


# -- letting go -----------------------------------------------------------------------------------


async def test_escape_peels_one_layer_a_press(open_: Opener, size: tuple[int, int]) -> None:
    """The count, the range, the selection, the abstract, the filter; then it says how to leave."""
    async with open_(size) as ui:
        await ui.press("/", *"e", "enter", "x", "enter", "v", "j", "7")
        assert ui.said.startswith("7…")
        await ui.press("escape")
        assert ui.said.startswith("range: 2 papers, 3 selected")
        await ui.press("escape")
        assert ui.said.startswith("1 selected")
        await ui.press("escape")
        assert ui.said == "Let go of 1 paper. escape closes the abstract."
        assert ui.screen.reading
        await ui.press("escape")
        assert not ui.screen.reading
        assert ui.top.rstrip().endswith("/ e")
        await ui.press("escape", "escape")
        assert ui.said == "This is the whole inbox; q quits."
        assert selected(ui) == []


async def test_a_range_alone_is_let_go_of_whole(open_: Opener) -> None:
    """With nothing else selected the line says how many that were, and what is next."""
    async with open_() as ui:
        await ui.press("/", *"e", "enter", *"vjjj", "escape")
        assert ui.said == "Let go of 4 papers. escape drops the filter."
        await ui.press("j")
        assert (ui.said, selected(ui)) == ("", [])


async def test_another_view_lets_go(open_: Opener) -> None:
    """What was selected in one view is not selected in the next, nor on coming back."""
    async with open_() as ui:
        await ui.press(*"xxvj", "w", "4")
        assert (selected(ui), ui.selected, ui.said) == ([], [], "")
        await ui.press("w", "1")
        assert selected(ui) == []


# -- what it outlives -----------------------------------------------------------------------------


async def test_orders_keep_it(open_: Opener) -> None:
    """The same papers are selected, wherever they stand now; a range has become what it covered."""
    async with open_() as ui:
        await ui.press(*"xjvj", "O", "t")
        assert sorted(selected(ui)) == ["Anvil", "Candle", "Dagger"]
        await ui.press("G")
        assert len(selected(ui)) == 3


async def test_a_filter_keeps_it_and_says_what_is_not_shown(open_: Opener, size: tuple[int, int]) -> None:
    """An act would touch those in the list; the line counts the others."""
    async with open_(size) as ui:
        await ui.press(*"4x", "/", *"bellows", "enter")
        assert selected(ui) == ["Bellows"]
        assert ui.said.startswith("4 selected, 1 of them in this list · s d l t y e act on that one")
        await ui.press("backspace")
        assert ui.said == f"4 selected · {HINTS}"


async def test_of_several_in_the_list_it_says_that_acts_reach_those(open_: Opener) -> None:
    """And the act reaches just them."""
    async with open_() as ui:
        await ui.press(*"4x", "/", *"-bellows", "enter")
        assert ui.said == "4 selected, 3 of them in this list · s d l t y e act on those, escape lets go"
        await ui.press("s")
        assert ui.names("starred") == ["Anvil", "Candle", "Dagger"]


async def test_in_the_inbox_it_says_how_many_are_decided(open_: Opener, size: tuple[int, int]) -> None:
    """They stay in their rows, and an act would decide them once more; elsewhere all are decided."""
    async with open_(size) as ui:
        await ui.press("s", "d", "X")
        assert ui.said.startswith("40 selected, 2 of them decided · s d l t y e act on")
        await ui.press("escape", "w", *"starred", "enter", "X")
        assert "decided" not in ui.said


async def test_none_of_them_in_the_list(
    open_: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then no act does anything, none opens a prompt that would write nothing, and each says why."""
    monkeypatch.chdir(tmp_path)
    async with open_() as ui:
        await ui.press(*"2x", "/", *"zither", "enter")
        assert ui.said == "2 selected, none of them in this list · escape lets go"
        for key in ("s", "d", "l", "r", "."):
            await ui.press(key)
            assert ui.decisions == 0
        await ui.press("s")
        assert ui.said == "None of the 2 selected is in this list; escape lets go."
        await ui.press("t", *"odd", "enter")
        assert ui.decisions == 0
        await ui.press("y")
        assert ui.said == "None of the 2 selected is in this list; escape lets go."
        Path("reading.md").write_text("kept")
        await ui.press("e")
        assert ui.foot[0] == "None of the 2 selected is in this list; escape lets go"
        await ui.press("enter")
        assert Path("reading.md").read_text() == "kept"


async def test_a_range_is_written_as_well(open_: Opener) -> None:
    """Whatever way papers were selected, those are exported."""
    async with open_() as ui:
        await ui.press(*"vje")
        assert ui.foot[0] == "write 2 selected papers to reading.md"


async def test_what_is_kept_ends_a_range(open_: Opener) -> None:
    """Else the rows one only passes on the way would be acted on next; what it covered stays selected."""
    async with open_() as ui:
        await ui.press(*"vjt", *"odd", "enter", *"jj")
        assert selected(ui) == ["Anvil", "Bellows"]


async def test_one_that_is_decided(open_: Opener) -> None:
    """It is one: none is of them."""
    async with open_() as ui:
        await ui.press(*"skx")
        assert ui.said.startswith("1 selected, already decided · s d l t y e act on it")


async def test_an_import_keeps_it_and_a_range_goes_on(open_: Opener) -> None:
    """Papers that come above leave the same selected, and the range covers what lies between its ends."""
    async with open_() as ui:
        await ui.press("x", "j", "v", "j")
        ui.library.add(reading(records(["Hoe", "Rake"]), "nov-19", MORNING + timedelta(days=1)))
        ui.screen.lay_anew()
        await ui.settle()
        assert selected(ui) == ["Anvil", "Candle", "Dagger"]
        assert (ui.here, ui.place) == ("Dagger", "6 of 42")
        await ui.press("j")
        assert selected(ui) == ["Anvil", "Candle", "Dagger", "Easel"]


async def test_what_is_said_gives_way_to_the_hints(open_: Opener) -> None:
    """The message of an act stands until the next key; then the line says again what is selected."""
    async with open_() as ui:
        await ui.press(*"xx", "t", *"odd", "enter")
        assert ui.said == "tagged #odd: 2 papers  u takes them back"
        await ui.press("j")
        assert ui.said == f"2 selected · {HINTS}"
        await ui.press("é")
        assert ui.said.startswith("é is not a key here")
        await ui.press("k")
        assert ui.said == f"2 selected · {HINTS}"


# -- how it looks ---------------------------------------------------------------------------------


async def test_the_ground_of_the_selected(open_: Opener) -> None:
    """A selected row has a ground of its own on both lines, under the cursor the cursor's."""
    async with open_() as ui:
        await ui.press("x", "j", "x", "k")
        grounds = [_ground(ui, y) for y in (2, 3, 4, 6)]
        ink = ui.app.ink
        assert grounds[0] == grounds[1] == ink.selected.bgcolor
        assert grounds[3] == ink.cursor.bgcolor
        assert grounds[2] not in (ink.selected.bgcolor, ink.cursor.bgcolor)


def _ground(ui: Sitting, y: int) -> object:
    strip = ui.app.screen._compositor.render_strips()[y]
    style = next(part.style for part in strip if part.text.strip())
    return style.bgcolor if style else None


async def test_in_ascii(open_: Opener) -> None:
    """Where the glyphs are ASCII, so is the check mark, and the hints part with a dash."""
    async with open_(ascii=True) as ui:
        await ui.press("x", "j")
        assert f" {ASCII.selected} |" in ui.lines[2]
        assert ui.said.startswith("1 selected - s d l")


@pytest.mark.parametrize("keymap", ["default", "vim", "emacs", "newsboat", "arrows"])
@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_no_word_is_cut(open_: Opener, keymap: str, size: tuple[int, int]) -> None:
    """In every keymap and with large numbers the hints are whole, however much of them finds room."""
    async with open_(size, keymap=keymap, given=records([f"Item{n}" for n in range(1_200)])) as ui:
        selecting = ui.screen.selecting
        for do in (selecting.all, selecting.range, lambda: ui.screen.papers.go(900)):
            do()
            await ui.settle()
            assert "…" not in ui.said
            assert ui.said.startswith(("1,200 selected · ", "range: "))
            assert ui.said.endswith((" lets go", " ends it", " act on them"))
        selecting.settle()
        ui.screen.say()
        await ui.press("/" if keymap != "arrows" else "f3", *"item77", "enter")
        assert "1,200 selected, 11 of them in this list" in ui.said
        assert "…" not in ui.said


# -- its cost -------------------------------------------------------------------------------------


async def test_a_hundred_thousand_at_once(open_: Opener) -> None:
    """Selecting all of them, and each step after that, is done before anybody notices."""
    async with open_() as ui:
        one = ui.paper("Anvil")
        many = [msgspec.structs.replace(one, id=f"{number:012x}") for number in range(100_000)]
        ui.screen.desk.rows = many
        ui.screen.papers.set_rows(many)
        began = perf_counter()
        ui.screen.selecting.all()
        assert (ui.screen.selecting.number, perf_counter() - began < 1) == (100_000, True)
        began = perf_counter()
        for _ in range(100):
            ui.screen.papers.move(1)
        assert perf_counter() - began < 2


async def test_the_check_mark_keeps_its_distance(open_: Opener, size: tuple[int, int]) -> None:
    """Where a title fills its line there is a blank before it all the same."""
    names = ["Kettle " + "o" * length + " and so on" for length in range(30, 80)]
    async with open_(size, given=[*map(titled, names)]) as ui:
        await ui.press("X")
        for _ in range(4):
            assert all(re.search(r" ✓ ?(│|$)", line) for line in ui.lines if "✓" in line)
            await ui.press("pagedown")


def titled(text: str) -> Record:
    return msgspec.structs.replace(records(["Anvil"])[0], title=text)
