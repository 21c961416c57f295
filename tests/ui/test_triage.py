"""The screen papers are decided on: what is seen at every size, going about, other processes, and trouble."""

import errno
import os
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.segment import Segment
from sittings import MORNING, NAMES, SMALL, WIDE, Opener, Sitting, reading, records
from textual.color import Color

from tui.digests import read_text
from tui.digests.sources import load
from tui.errors import LibraryError
from tui.papers.library import Library
from tui.papers.paper import Record
from tui.papers.triage import TAG, VERBS, Triage
from tui.store.database import Database
from tui.ui.given import Place
from tui.ui.screens import waiting
from tui.ui.screens.drawing import paper_lines
from tui.ui.screens.triage import TriageScreen

Size = tuple[int, int]
DUMPS = Path(__file__).parents[1] / "dumps"


def quoted(name: str) -> str:
    return f"“{name}: What It Does to Tensors”"


# -- what is seen ---------------------------------------------------------------------------------


async def test_side_by_side(open_: Opener) -> None:
    """At 120x36: tabs, sixteen papers at the left, title, facts and abstract at the right, message, keys."""
    async with open_(WIDE) as ui:
        assert ui.top.startswith("  inbox 40  starred 0  later 0  all 40 ")
        assert ui.top.rstrip().endswith("as in the digests")
        assert ui.listed == NAMES[:16]
        left, right = ui.lines[2].split("│")
        assert left.startswith("▌● Anvil: What It Does to Tensors")
        assert right.strip() == "Anvil: What It Does to Tensors"
        assert "nov-18 digest, no. 1" in ui.text
        assert ui.lines[-2].rstrip().endswith("1 of 40")
        keys = "s star  d done  l later  t tag  u undo  / find  c cards  m note  o browse  w views  e export"
        assert ui.lines[-1].strip() == f"{keys}  ? help"


async def test_one_above_the_other(open_: Opener) -> None:
    """At 80x24: six papers, a rule with the place, nine lines of abstract; keys drop out, never help."""
    async with open_(SMALL) as ui:
        assert ui.top.rstrip().endswith(" digest")
        assert ui.listed == NAMES[:6]
        assert ui.lines[13].startswith("────")
        assert ui.lines[13].endswith(" 1 of 40 ─")
        assert ui.lines[14].startswith("   We study the anvil with care.")
        assert ui.lines[22].rstrip().endswith("more lines · space")
        assert ui.lines[23].rstrip().endswith("? help")
        assert "e export" not in ui.lines[23]


async def test_the_views_stand_at_the_side(open_: Opener) -> None:
    """From 140 columns views, tags and digests have a place, and the top says what is decided."""
    async with open_((140, 40)) as ui:
        await ui.press(*"tred", "enter", "s")
        assert ui.top.startswith("  inbox  39 of 40 papers · as in the digests")
        assert "1 decided ━━━" in ui.top
        assert ui.lines[2].startswith("▌ inbox             39 ")
        assert any(line.startswith("  #red               1 ") for line in ui.lines)
        assert any(line.startswith("  nov-18            40 ") for line in ui.lines)


async def test_the_terminal_is_named(open_: Opener) -> None:
    """The window's title says the view and its count."""
    async with open_() as ui:
        titles: list[str] = []
        ui.app.name_terminal = titles.append  # type: ignore[method-assign]
        await ui.press("s", "]")
        assert titles[-1] == "papertui: starred 1"


async def test_every_size_shows_cursor_place_and_keys(open_: Opener) -> None:
    """No line is too long, the row of the cursor is whole, the last line ends with help."""
    async with open_() as ui:
        await ui.press("G")
        for size in ((40, 10), (60, 12), (80, 24), (99, 30), (100, 30), (120, 36), (140, 40), (220, 70)):
            await ui.resize(*size)
            assert [len(line) for line in ui.lines] == [size[0]] * size[1]
            assert ui.here == "Nozzle"
            assert ui.place == "40 of 40"
            assert ui.lines[-1].rstrip().endswith("help")


async def test_too_small_a_terminal(open_: Opener) -> None:
    """Says so, and decides nothing unseen; larger again, all is as it was."""
    async with open_() as ui:
        await ui.press("j", "j")
        for width, height in ((39, 24), (80, 9), (39, 9), (1, 1)):
            await ui.resize(width, height)
            if width > 1:
                size = f"this is {width} x {height}. Nothing is lost."
                words = f"papertui needs 40 columns and 10 rows; {size}"
                assert " ".join(ui.text.split()) == words
            await ui.press("d", "A", "y", "/", *"tred", "enter")
            assert ui.decisions == 0
            await ui.resize(*SMALL)
            assert ui.here == "Candle"


async def test_quit_where_nothing_can_be_drawn(open_: Opener) -> None:
    """`q` quits there as well."""
    async with open_((39, 9)) as ui:
        await ui.press("q")
        assert not ui.app.is_running


async def test_an_empty_library(open_: Opener, size: Size) -> None:
    """Says what papertui is for, what to type, and where the library will be; nothing can be decided."""
    async with open_(size, given=()) as ui:
        assert "Four hundred titles arrive. Twelve deserve an hour." in ui.text
        assert "papertui open ~/digests" in ui.text
        assert "Your library will lie in ~/library" in ui.text
        await ui.press("s", "j", "G", "D", "A", "y", "enter", "space", "n", "ctrl+o")
        assert ui.decisions == 0
        await ui.press("?")
        assert "star: keep it" in ui.text
        await ui.press("q", "q")
        assert not ui.app.is_running


async def test_empty_views_say_how_they_are_filled(open_: Opener, size: Size) -> None:
    """Starred, later, and the inbox once all is decided."""
    async with open_(size, given=records(NAMES[:2])) as ui:
        await ui.press("]")
        assert "Nothing starred yet. s keeps a paper." in ui.text
        await ui.press("]")
        assert "Nothing put off. l puts a paper off; it waits here." in ui.text
        await ui.press("[", "[", "d", "d", "R")
        assert " ".join(ui.text.split("│")[0].split()).count("All 2 papers are decided. q quits.") <= 1
        assert "The inbox is empty. All 2 papers are decided. q" in " ".join(ui.text.replace("│", "").split())
        await ui.press("u", "s", "R")
        text = " ".join(ui.text.replace("│", "").split())
        assert "All 2 papers are decided. ] shows the 1 starred, e writes them down." in text


async def test_a_paper_without_abstract(open_: Opener) -> None:
    """Says that the digest gave none."""
    async with open_(given=(Record(title="Anvil: bare"),)) as ui:
        assert "The digest gave no abstract." in ui.text


async def test_the_message_given_at_the_start_stands_until_the_first_act(open_: Opener) -> None:
    """What the import said is read on the status line, and moving about leaves it."""
    async with open_(message="219 new, 12 known already") as ui:
        assert ui.said == "219 new, 12 known already"
        await ui.press("j", "j")
        assert ui.said == "219 new, 12 known already"
        await ui.press("s")
        assert ui.said.startswith("starred")


# -- hostile text ---------------------------------------------------------------------------------

HOSTILE = (
    Record(title="[bold red]Anvil[/] [@click=app.quit]hi[/] [/", abstract="[link=x] [[ ]] ${x}"),
    Record(title="Bellows\x1b]52;c;ZXZpbA==\x07 and\x9b31m \x1b[2J more", abstract="\x1b[?1049l\x07 x"),
    Record(title="Candle \u202edesrever\u202c \u2066iso\u2069 \u200bzero\u200d\ufeff", abstract="\u202e x"),
    Record(
        title="Dagger \U0001f469\u200d\U0001f469\u200d\U0001f467 ❤\ufe0f 深層学習 e\u0301",
        abstract="家 " * 300,
    ),
    Record(title="Easel\nwith\ttabs\r\nand lines", abstract="a\x00b"),
)


async def test_hostile_titles_are_only_text(open_: Opener, size: Size) -> None:
    """Markup, escape sequences, bidi and zero-width characters reach neither list, pane, bars nor prompt."""
    async with open_(size, given=HOSTILE) as ui:
        assert "[bold red]Anvil[/] [@click=app.quit]hi[/] [/" in ui.text
        for _ in HOSTILE:
            await ui.press("s")
            assert_harmless(ui)
            await ui.press("k", "enter")
            assert_harmless(ui)
            await ui.press("enter", "o", "y", "escape", "j")
            assert_harmless(ui)
        assert "Easel with tabs and lines" in ui.text


async def test_hostile_tags_notes_and_names_are_only_text(open_: Opener) -> None:
    """What other programs wrote into the library is cleaned as well."""
    async with open_((140, 40)) as ui:
        bad = "x\x1b[31m\u202e[@click=app.quit]"
        for verb, sets in (("tag", {f"{TAG}{bad}": True}), ("note", {"note": f"n\n{bad}"})):
            ui.library.decide(verb, [ui.paper("Anvil").id], sets)
        ui.library.add(reading(records(["Hoe"]), f"name{bad}"))
        ui.screen.others.look()
        await ui.press("R", "g")
        assert_harmless(ui)
        for keys in (("enter",), ("enter", "t"), ("-",), ("tab",), ("escape", "m"), ("escape", *"/tag:")):
            await ui.press(*keys)
            assert_harmless(ui)


def assert_harmless(ui: Sitting) -> None:
    for line in ui.lines:
        assert line.isprintable(), repr(line)
        assert not set(line) & set("\u200b\u200d\u202e\u2066\u2069\ufeff\ufe0f\x1b"), repr(line)


async def test_only_ascii_of_our_own(open_: Opener, size: Size) -> None:
    """With the ASCII glyphs nothing of ours is anything else, while a paper's own words stay."""
    given = (Record(title="Ångström “quoted” · x", abstract="…"), *records(NAMES[:30]))
    async with open_(size, given=given, ascii=True) as ui:
        await ui.press("s", "l", "j", *"ma note", "enter", *"tred", "enter")
        for keys in ((), ("/",), ("escape", "A"), ("n", "y"), ("escape", "?"), ("q", "5"), ("escape", "G")):
            await ui.press(*keys)
            foreign = {char for line in ui.lines for char in line if not char.isascii()}
            assert foreign <= set("Åö“”·…"), foreign
        await ui.press("g")
        assert "|* Ångström “quoted” · x" in ui.text


@pytest.mark.parametrize("keys", [(), ("/", *"anv"), ("A",), ("?",)])
async def test_no_color(open_: Opener, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...]) -> None:
    """NO_COLOR: no colour at all; weight and reverse say what has to be said."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with open_(theme="papertui-day") as ui:
        await ui.press(*keys)
        styles = [part.style for strip in ui.app.screen._compositor.render_strips() for part in strip]
        for line_filter in ui.app.get_line_filters():
            parts = [Segment("x", style) for style in styles]
            styles = [part.style for part in line_filter.apply(parts, Color(0, 0, 0))]
        drawn = [style for style in styles if style]
        assert {c.name for style in drawn for c in (style.color, style.bgcolor) if c} == {"default"}
        assert any(style.reverse for style in drawn)
        assert any(style.bold for style in drawn)


async def test_no_color_has_no_themes(open_: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then no theme can be chosen, and none is remembered."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with open_(own={"theme.pick": "B"}) as ui:
        await ui.press("B", "q")
        assert ui.app.theme == "ansi-dark"
    assert [place.theme for place in ui.doors.places] == [""]


# -- going about ----------------------------------------------------------------------------------


async def test_down_and_up_do_not_wrap(open_: Opener, size: Size) -> None:
    """`j` `k` and the arrows move by one; at the ends the line says so until the cursor moves on."""
    async with open_(size) as ui:
        await ui.press("k")
        assert (ui.here, ui.said) == ("Anvil", "This is the first one.")
        await ui.press("j", "down")
        assert (ui.here, ui.said) == ("Candle", "")
        await ui.press("G", "j")
        assert (ui.here, ui.said) == ("Nozzle", "This is the last one.")
        await ui.press("up")
        assert (ui.here, ui.said) == ("Mallet", "")


async def test_counts_before_a_move(open_: Opener, size: Size) -> None:
    """`5j` moves five; while the number stands the line says what it is for; escape forgets it."""
    async with open_(size) as ui:
        await ui.press("1", "5")
        assert ui.said == "15… j k s d l, escape forgets it"
        await ui.press("j")
        assert (ui.here, ui.said) == ("Pulley", "")
        await ui.press("3", "k")
        assert ui.here == "Mangle"
        await ui.press(*"/angle", "enter", "7", "escape")
        assert "/ angle" in ui.top
        await ui.press("k")
        assert ui.here == "Mangle"
        await ui.press("0", "9", "9", "9", "9", "9", "k", "escape", "9", "9", "9", "9", "9", "9", "j")
        assert ui.here == "Nozzle"


async def test_a_zero_is_no_count(open_: Opener) -> None:
    """It counts only behind another digit."""
    async with open_() as ui:
        await ui.press("0", "j")
        assert ui.here == "Bellows"
        await ui.press("1", "0", "j")
        assert ui.here == NAMES[11]


async def test_pages_and_halves(open_: Opener) -> None:
    """Pages turn by what the list shows; the cursor keeps its line on the screen."""
    async with open_(SMALL) as ui:
        await ui.press("j", "pagedown")
        assert (ui.here, ui.listed[0]) == (NAMES[7], NAMES[6])
        await ui.press("ctrl+d")
        assert ui.here == NAMES[10]
        await ui.press("ctrl+u", "ctrl+b")
        assert (ui.here, ui.listed[0]) == ("Bellows", "Anvil")
        await ui.press("2", "ctrl+f", "pageup")
        assert ui.here == NAMES[7]


async def test_first_last_and_back(open_: Opener) -> None:
    """`g` and `G` go to the ends, `ctrl+o` back where one was, as far as there was anything."""
    async with open_() as ui:
        await ui.press("ctrl+o")
        assert ui.said == "Nowhere to go back to yet."
        await ui.press(*"7j", "G", "g")
        assert ui.here == "Anvil"
        await ui.press("ctrl+o")
        assert ui.here == "Nozzle"
        await ui.press("ctrl+o")
        assert ui.here == NAMES[7]


async def test_to_the_next_undecided_and_the_last(open_: Opener) -> None:
    """`n`, tab, `N` and shift+tab pass over what is decided, and say where there is none."""
    async with open_() as ui:
        await ui.press("j", "d", "d", "d", "g", "n")
        assert ui.here == "Easel"
        await ui.press("N")
        assert ui.here == "Anvil"
        await ui.press("shift+tab")
        assert ui.said == "No undecided paper above."
        await ui.press("tab")
        assert ui.here == "Easel"
        await ui.press("G", "n")
        assert ui.said == "No undecided paper below. 36 above are still undecided: g"


async def test_views_are_tabs(open_: Opener, size: Size) -> None:
    """`]` `[` `>` `<` go from view to view; they do not wrap; order and filter go along."""
    async with open_(size) as ui:
        await ui.press("s", "l", "O", "t", *"]]")
        assert (ui.here, ui.place) == ("Bellows", "1 of 1")
        await ui.press(">")
        assert ui.screen.desk.view.name == "all"
        assert ui.screen.desk.view.order == "title"
        await ui.press("]", "]", "]")
        assert ui.screen.desk.view.name == "new"
        await ui.press("<", "[", "[", "[", "[", "[")
        assert ui.screen.desk.view.name == "inbox"
        await ui.press(*"/anvil", "enter", "]")
        assert ui.listed == ["Anvil"]


async def test_a_view_remembers_its_paper(open_: Opener) -> None:
    """Back in a view, the cursor is where it was; where the paper is in both, it stays on it."""
    async with open_() as ui:
        await ui.press("s", *"9j", "]", "[")
        assert ui.here == NAMES[10]
        await ui.press("]", "]", "]")
        assert (ui.screen.desk.view.name, ui.here) == ("all", "Anvil")


async def test_tabs_are_clicked(open_: Opener, size: Size) -> None:
    """A click on a tab opens its view."""
    async with open_(size) as ui:
        await ui.press("s")
        await ui.click(ui.top.index("starred"), 0)
        assert (ui.screen.desk.view.name, ui.listed) == ("starred", ["Anvil"])
        await ui.click(ui.top.index("all"), 0)
        assert ui.screen.desk.view.name == "all"
        await ui.click(ui.top.index("as in" if size == WIDE else "digest"), 0)
        assert ui.screen.desk.view.name == "all"


async def test_views_at_the_side_are_clicked(open_: Opener) -> None:
    """On a wide screen the names at the left open their views."""
    async with open_((140, 40)) as ui:
        await ui.click(5, 5)
        assert ui.screen.desk.view.name == "all"
        await ui.click(5, 12)
        assert ui.screen.desk.view.name == "all"


async def test_the_cursor_stays_on_its_paper_through_orders_and_views(open_: Opener) -> None:
    """Whatever order or view, the paper under the cursor is the same; decided rows stay too."""
    async with open_() as ui:
        await ui.press("d", *"9j")
        for order in "notr":
            await ui.press("O", order)
            assert ui.here == NAMES[10]
            assert ui.place.endswith("of 40")
        await ui.press("]", "]", "]", "[", "[", "[")
        assert ui.here == NAMES[10]


async def test_reversing_the_order_with_a_key_of_ones_own(open_: Opener) -> None:
    """The same papers from the end."""
    async with open_(own={"order.reverse": "B"}) as ui:
        await ui.press("B")
        assert (ui.here, ui.place) == ("Anvil", "40 of 40")
        await ui.press("B")
        assert ui.place == "1 of 40"


async def test_digits_are_views_where_the_keymap_says_so(open_: Opener) -> None:
    """Then the tabs show them, and a click still finds its tab."""
    async with open_(keymap="newsboat") as ui:
        assert ui.top.startswith("  1 inbox 40  2 starred 0  3 later 0  4 all 40 ")
        await ui.press("4")
        assert ui.screen.desk.view.name == "all"
        await ui.press("9", "2")
        assert ui.screen.desk.view.name == "starred"
        await ui.click(ui.top.index("4 all"), 0)
        assert ui.screen.desk.view.name == "all"


# -- the abstract ---------------------------------------------------------------------------------


async def test_space_reads_on_and_then_goes_on(open_: Opener) -> None:
    """Space turns the pages of the abstract; at its end it goes to the next undecided, deciding nothing."""
    async with open_(SMALL) as ui:
        await ui.press("j", "d", "g", "space")
        assert "We study the anvil" not in ui.text
        assert ui.here == "Anvil"
        await ui.press("b")
        assert "We study the anvil" in ui.text
        await ui.press("space", "space", "space")
        assert ui.here == "Candle"
        assert "We study the candle" in ui.text
        assert ui.names("read") == ["Bellows"]


async def test_the_abstract_moves_by_lines(open_: Opener) -> None:
    """`J` and `K`, with a count too; another paper begins at its first line."""
    async with open_(SMALL) as ui:
        await ui.press("J")
        assert "We study the anvil" not in ui.text
        await ui.press("K", "3", "J", "j", "k")
        assert "We study the anvil" in ui.text


async def test_the_reader(open_: Opener, size: Size) -> None:
    """Enter gives the paper the whole width; `j` `k` and verdicts work; enter, escape and `q` close it."""
    async with open_(size) as ui:
        await ui.press("enter")
        assert "Bellows" not in ui.text
        assert any(line.strip() == "Anvil: What It Does to Tensors" for line in ui.lines)
        assert "We study the anvil" in ui.text
        await ui.press("s")
        assert "We study the bellows" in ui.text
        assert ui.said.startswith(f"starred {quoted('Anvil')}")
        assert ui.place == "2 of 40"
        for key in ("escape", "q", "enter"):
            await ui.press(key)
            assert ui.here == "Bellows"
            assert ui.app.is_running
            await ui.press("enter")
            assert "Candle" not in ui.text


async def test_no_paper_no_reader(open_: Opener) -> None:
    """Where the list is empty enter says so."""
    async with open_() as ui:
        await ui.press("]", "enter")
        assert ui.said == "No paper here to read."


async def test_an_abstract_that_cannot_be_read(open_: Opener, tmp_path: Path) -> None:
    """The pane says what is wrong, and the rest goes on."""
    async with open_(SMALL) as ui:
        (tmp_path / "library" / "abstracts.jsonl").unlink()
        await ui.press("j")
        assert "abstracts.jsonl" in "".join(line.strip() for line in ui.lines)
        await ui.press("s")
        assert ui.names("starred") == ["Bellows"]


# -- the mouse and the window ---------------------------------------------------------------------


async def test_a_click_moves_the_cursor_and_a_second_reads(open_: Opener, size: Size) -> None:
    """Click and double click on a paper."""
    async with open_(size) as ui:
        y = next(n for n, line in enumerate(ui.lines) if "Dagger" in line)
        await ui.click(10, y)
        assert ui.here == "Dagger"
        await ui.click(10, y + 2, times=2)
        assert "We study the easel" in ui.text
        assert ui.screen.reading


async def test_the_wheel(open_: Opener) -> None:
    """Over the list it scrolls that, the cursor staying on its paper; over the abstract that."""
    async with open_(SMALL) as ui:
        await ui.wheel(10, 5)
        assert ui.listed[0] == NAMES[3]
        await ui.press("j")
        assert ui.here == "Bellows"
        assert "Bellows" in ui.listed
        await ui.wheel(10, 5, down=False)
        await ui.wheel(10, 18)
        assert "We study the bellows" not in ui.text
        await ui.wheel(10, 18, down=False)
        assert "We study the bellows" in ui.text


async def test_another_size_keeps_cursor_and_message(open_: Opener) -> None:
    """From wide to small and back."""
    async with open_() as ui:
        await ui.press(*"9j", "s")
        for size in (SMALL, (140, 40), (60, 12), WIDE):
            await ui.resize(*size)
            assert ui.here == NAMES[10]
            assert ui.place == "11 of 40"
            assert ui.said.startswith("starred “Jigsaw")


async def test_the_reader_in_another_size(open_: Opener) -> None:
    """It stays open, in the new width."""
    async with open_() as ui:
        await ui.press("enter")
        await ui.resize(*SMALL)
        assert "Bellows" not in ui.text
        assert "We study the anvil" in ui.text
        await ui.press("q")
        assert ui.listed == NAMES[:6]


# -- letting go, redrawing, leaving ---------------------------------------------------------------


async def test_escape_lets_go_of_one_thing_at_a_time(open_: Opener) -> None:
    """Count, reader, filter; then it says how to leave."""
    async with open_() as ui:
        await ui.press(*"/anvil", "enter", "enter", "5", "escape")
        assert ui.screen.reading
        await ui.press("escape")
        assert not ui.screen.reading
        assert "/ anvil" in ui.top
        await ui.press("escape")
        assert "/ anvil" not in ui.top
        await ui.press("escape")
        assert ui.said == "This is the whole inbox; q quits."
        await ui.press("w", "4", "escape")
        assert ui.said == "This is all there is; q quits."
        await ui.press("w", "2", "escape")
        assert ui.said == "This is the whole of starred; q quits."


async def test_keys_that_do_nothing_say_so(open_: Opener) -> None:
    """And what to do instead; the word goes with the next move."""
    words = {
        "S": "S does nothing here. Caps lock?",
        ";": "; does nothing here; ? shows the keys.",
        "ы": "ы is not a key here; --keymap arrows needs no letters.",
        "å": "å is not a key here; --keymap arrows needs no letters.",
    }
    async with open_() as ui:
        for key, said in words.items():
            await ui.press(key)
            assert ui.said == said
            await ui.press("j")
            assert ui.said == ""


async def test_caps_lock_is_asked_about_once(open_: Opener) -> None:
    """The second time a capital does nothing it is only said that it does nothing."""
    async with open_() as ui:
        await ui.press("S", "L")
        assert ui.said == "L does nothing here; ? shows the keys."


async def test_capitals_come_under_two_names(open_: Opener) -> None:
    """`G` is sent as shift+g by some terminals."""
    async with open_() as ui:
        await ui.press("shift+g")
        assert ui.here == "Nozzle"


async def test_redraw(open_: Opener) -> None:
    """`ctrl+l` draws everything afresh and changes nothing."""
    async with open_() as ui:
        before = ui.lines
        await ui.press("ctrl+l")
        assert ui.lines == before


async def test_suspending(open_: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    """`ctrl+z` asks Textual to stop the process; afterwards papertui says that nothing was lost."""
    async with open_() as ui:
        stopped: list[bool] = []
        monkeypatch.setattr(ui.app, "action_suspend_process", lambda: stopped.append(True))
        await ui.press("ctrl+z")
        assert stopped == [True]
        ui.app.app_resume_signal.publish(ui.app)
        await ui.settle()
        assert ui.said == "Welcome back; nothing was lost."


@pytest.mark.parametrize(
    "keys", [("q",), ("ctrl+q",), ("ctrl+c",), ("/", "ctrl+c", "ctrl+c"), ("enter", "q", "q")]
)
async def test_quit(open_: Opener, keys: tuple[str, ...]) -> None:
    """`q`, ctrl+q and ctrl+c leave."""
    async with open_() as ui:
        await ui.press(*keys)
        assert not ui.app.is_running


@pytest.mark.parametrize("keys", ["/kettle", "w", ":", "O", "xe", "y", "A", "m"])
async def test_quit_at_once_while_something_is_asked(open_: Opener, keys: str) -> None:
    """ctrl+q leaves from every prompt, picker and question, and answers none of them."""
    async with open_() as ui:
        await ui.press(*keys)
        assert ui.screen.prompt.is_open
        await ui.press("ctrl+q")
        assert not ui.app.is_running
        assert ui.decisions == 0


async def test_quit_at_once_asks_for_a_note_not_kept(open_: Opener) -> None:
    """As escape does; once that is answered, it leaves."""
    async with open_() as ui:
        await ui.press("m", *"odd", "ctrl+q")
        assert "The note is not kept yet." in ui.foot[0]
        await ui.press("enter", "ctrl+q")
        assert not ui.app.is_running
        assert ui.triage("Anvil").note == "odd"


async def test_a_letter_that_quits_is_typed_where_something_is_asked(open_: Opener) -> None:
    """As `Q` of newsboat."""
    async with open_(keymap="newsboat") as ui:
        await ui.press("F", "Q")
        assert ui.screen.prompt.text == "Q"
        await ui.press("escape", "Q")
        assert not ui.app.is_running


async def test_nothing_typed_after_the_quit_counts(open_: Opener) -> None:
    """`qd` in one write quits, and decides nothing."""
    async with open_() as ui:
        await ui.press("q", "d", "s")
        assert ui.decisions == 0


# -- where the user was ---------------------------------------------------------------------------


async def test_the_place_is_saved_and_gone_on_from(open_: Opener) -> None:
    """View, order, filter, paper and theme are there again in the next sitting."""
    async with open_() as ui:
        await ui.press("w", "4", "O", "t", "O", "r", *"/e", "enter", *"5j", ":", *"choose a theme", "enter")
        await ui.press(*"papertui-day", "enter")
        here, view = ui.screen.papers.paper, ui.screen.desk.view
        await ui.press("q")
    place = ui.doors.places[-1]
    assert (place.view, place.order, place.reverse, place.filter, place.theme) == (
        "all",
        "title",
        True,
        "e",
        "papertui-day",
    )
    assert here
    assert place.paper == here.id
    async with open_(given=(), place=place, theme=place.theme) as again:
        assert again.here == here.title.partition(":")[0]
        assert again.top.rstrip().endswith("/ e")
        assert (again.screen.desk.view, again.app.theme) == (view, "papertui-day")
        assert again.doors.places == []


async def test_the_theme_of_the_settings_is_not_remembered(open_: Opener) -> None:
    """Only one that was chosen here is, so that the settings can change."""
    async with open_(theme="papertui-day") as ui:
        await ui.press("j", "q")
    assert ui.doors.places[-1].theme == ""


async def test_the_place_is_saved_while_one_reads(open_: Opener) -> None:
    """Every look at the library also keeps the place, once for each."""
    async with open_() as ui:
        await ui.press("j")
        ui.screen.others.look()
        ui.screen.others.look()
        assert [place.paper for place in ui.doors.places] == [ui.paper("Bellows").id]


@pytest.mark.parametrize(
    "place",
    [
        Place(view="gone", order="gone", filter='"open', paper="gone", theme="gone"),
        Place(view="later", order="title", filter="nothing like that"),
    ],
)
async def test_a_place_that_is_no_more(open_: Opener, place: Place) -> None:
    """What cannot be gone back to is passed over."""
    async with open_(place=place) as ui:
        await ui.press("escape", "w", "1")
        assert ui.here == "Anvil"


# -- other processes ------------------------------------------------------------------------------


def another(ui: Sitting, tmp_path: Path) -> Library:
    """The same library, open in another process."""
    return Library(Database(tmp_path / "library"))


async def test_decisions_from_elsewhere_are_taken_in(open_: Opener, size: Size, tmp_path: Path) -> None:
    """The rows, the counts and the abstract's head change, the cursor stays, and the line says so."""
    async with open_(size) as ui:
        other = another(ui, tmp_path)
        await ui.press(*"3j")
        keys = [ui.paper(name).id for name in ("Anvil", "Dagger")]
        other.decide("star", keys, VERBS["star"])
        ui.screen.others.look()
        await ui.settle()
        assert ui.said == "2 changes came from another papertui: now 38 in the inbox"
        assert (ui.mark("Anvil"), ui.mark("Dagger"), ui.here) == ("★", "★", "Dagger")
        assert "inbox 38  starred 2" in ui.top
        assert "★ starred" in ui.text or size == SMALL


async def test_an_act_here_takes_in_what_was_done_there(open_: Opener, tmp_path: Path) -> None:
    """A verdict knows what others decided meanwhile."""
    async with open_() as ui:
        another(ui, tmp_path).decide("done", [ui.paper("Anvil").id], VERBS["done"])
        await ui.press("d")
        assert ui.said == f"already done {quoted('Anvil')}"
        ui.screen.others.look()
        await ui.settle()
        assert ui.mark("Anvil") == " "


async def test_papers_from_elsewhere_are_taken_in(open_: Opener, tmp_path: Path) -> None:
    """New papers appear in their order, those decided here keep their rows, the cursor its paper."""
    async with open_() as ui:
        await ui.press("s", "d", *"7j")
        another(ui, tmp_path).add(reading(records(["Hoe", "Rake"]), "nov-19", MORNING + timedelta(days=1)))
        ui.screen.others.look()
        await ui.settle()
        assert ui.said == "2 new papers came from another papertui: now 40 in the inbox"
        assert (ui.here, ui.place.split()[-1]) == (NAMES[9], "42")
        await ui.press("g")
        assert ui.listed[:4] == ["Hoe", "Rake", "Anvil", "Bellows"]


async def test_nothing_new_says_nothing(open_: Opener) -> None:
    """A look that finds nothing leaves the message."""
    async with open_() as ui:
        await ui.press("s")
        ui.screen.others.look()
        await ui.settle()
        assert ui.said.startswith("starred")


async def test_a_library_that_cannot_be_looked_at(open_: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line says why, and papertui goes on."""
    async with open_() as ui:
        ui.library.decide("star", [ui.paper("Anvil").id], VERBS["star"])

        def broken() -> Any:
            raise LibraryError("/mnt/x cannot be read.")

        monkeypatch.setattr(ui.library, "refresh", broken)
        ui.screen.others.look()
        await ui.settle()
        assert ui.said.startswith("/mnt/x")
        await ui.press("j")
        assert ui.here == "Bellows"


# -- trouble with the disk ------------------------------------------------------------------------


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From the call on the disk is full."""

    def fill() -> None:
        def write(fd: int, data: bytes) -> int:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(os, "write", write)

    return fill


async def test_a_full_disk(
    open_: Opener, size: Size, full: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is decided, in memory neither; it is said; once there is room `.` does it."""
    async with open_(size) as ui:
        await ui.press("s")
        before = ui.lines[1:12]
        full()
        await ui.press("s")
        assert ui.said.startswith("Could not keep this decision: disk full; nothing was changed.")
        assert ui.names("starred") == ["Anvil"]
        assert ui.lines[1:12] == before
        assert "inbox 39  starred 1" in ui.top
        await ui.press("u")
        assert ui.said.startswith("Could not keep this decision: disk full")
        assert ui.names("starred") == ["Anvil"]
        await ui.press("D", "3", "d", "T", "A", "y")
        assert ui.names("read") == []
        monkeypatch.undo()
        await ui.press("g", "j", "s", "u", "s")
        assert ui.names("starred") == ["Anvil", "Bellows"]


async def test_a_full_disk_keeps_what_was_typed(
    open_: Opener, full: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A note or tags that could not be kept stay in their prompt, with the reason beneath."""
    async with open_() as ui:
        full()
        for key, words in (("m", "a long thought"), ("t", "red")):
            await ui.press(key, *words, "enter")
            assert ui.foot[0].endswith(words)
            assert ui.foot[1].startswith("Could not keep this decision: disk full")
            monkeypatch.undo()
            await ui.press("enter")
            full()
        assert ui.triage("Anvil") == Triage(note="a long thought", tags=("red",))


async def test_an_unkept_note_that_cannot_be_kept(
    open_: Opener, full: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """After escape and enter on a full disk the words are still there."""
    async with open_() as ui:
        full()
        await ui.press(*"mwords", "escape", "enter")
        assert ui.foot[0] == "note words"
        assert "disk full" in ui.foot[1]
        monkeypatch.undo()
        await ui.press("enter")
        assert ui.triage("Anvil").note == "words"


async def test_an_export_onto_a_full_disk(
    open_: Opener, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It is said in the prompt, which stays, and the old file too."""
    path = tmp_path / "r.md"
    path.write_text("old", "utf-8")

    def full(fd: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    async with open_() as ui:
        await ui.press("s", "e", "ctrl+u", *str(path))
        monkeypatch.setattr(os, "fsync", full)
        await ui.press("enter")
        assert "r.md: no space left on device; nothing was written." in " ".join(ui.text.split())
        assert path.read_text("utf-8") == "old"


async def test_a_library_that_may_only_be_read(open_: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence says so."""
    async with open_() as ui:

        def denied(fd: int, data: bytes) -> int:
            raise PermissionError(errno.EACCES, "denied")

        monkeypatch.setattr(os, "write", denied)
        await ui.press("s")
        assert ui.said.startswith("Could not keep this decision: the library is read-only")


#: what the library may say of an act it could not keep
REFUSALS = (
    "/some/where/library: the library is read-only; nothing was changed.",
    "/some/where/library: disk full; nothing was changed. Free some space and try again.",
    "/some/where/library/decisions.jsonl: cannot be written (Input/output error); nothing was changed.",
    "/some/where/library/decisions.jsonl: something else stands where this file should be; nothing was "
    "changed. Move it away.",
    "/some/where/library: `papertui import` (process 123456) is writing; nothing was changed. Try again.",
)


@pytest.mark.parametrize("refusal", REFUSALS)
async def test_a_refusal_can_be_read_whole(
    open_: Opener, monkeypatch: pytest.MonkeyPatch, refusal: str
) -> None:
    """At 80 columns, on the screen and in a prompt; nothing else gives way but lines of the abstract."""
    async with open_(SMALL) as ui:
        said = " ".join(f"Could not keep this decision: {refusal.partition(': ')[2]}".split())

        def refuse(decision: object) -> None:
            raise LibraryError(refusal)

        monkeypatch.setattr(Database, "keep", lambda self, decision: refuse(decision))
        before = ui.lines[:13]
        await ui.press("s")
        assert said in whole(ui)
        assert (ui.lines[:13], ui.foot[1]) == (before, FOOT)
        await ui.press(*"tred", "enter")
        assert said in whole(ui)
        assert ui.lines[:13] == before
        await ui.press("escape", "j")
        monkeypatch.undo()
        await ui.press("s")
        assert (ui.said.split()[0], ui.names("starred")) == ("starred", ["Bellows"])
        assert ui.lines[13].startswith("─ starred")
        assert ui.lines[14].startswith("   We study the candle")


FOOT = "s star  d done  l later  t tag  u undo  / find  c cards  m note  ? help"


def whole(ui: Sitting) -> str:
    """The screen as one line, without the rule and the place on it."""
    return " ".join(re.sub(r"─+ *[0-9]+ of [0-9]+ ─|─", " ", ui.text).split())


async def test_another_that_writes_is_waited_for(open_: Opener, tmp_path: Path) -> None:
    """What is typed meanwhile is done in its order, once it is our turn, on the papers that were meant."""
    async with open_() as ui:
        with Database(tmp_path / "library").turn():
            await ui.press("s", "d", *"tred", "enter", "l")
            assert ui.said.startswith("Waiting: another papertui")
            assert ui.decisions == 0
        await until(ui, lambda: ui.names("later") == ["Candle"])
        assert (ui.names("starred"), ui.names("read")) == (["Anvil"], ["Bellows"])
        assert (ui.triage("Candle").tags, ui.here, ui.decisions) == (("red",), "Dagger", 4)


async def test_another_that_never_lets_go(
    open_: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the end the line says so and the paper is as it was; the keys after it are taken."""
    monkeypatch.setattr(waiting, "PATIENCE", 0.3)
    async with open_() as ui:
        with Database(tmp_path / "library").turn():
            await ui.press("s", "j")
            await until(ui, lambda: ui.here == "Bellows")
        assert ui.said.startswith("Could not keep this decision: another papertui")
        assert ui.names("starred") == []
        await ui.press("s")
        assert ui.names("starred") == ["Bellows"]


async def until(ui: Sitting, holds: Callable[[], bool]) -> None:
    """Let time pass until this holds."""
    for _ in range(100):
        if holds():
            return
        await ui.pilot.pause(0.02)
    raise AssertionError(ui.text)


# -- keymaps --------------------------------------------------------------------------------------

FLOW = {
    "default": {},
    "vim": {},
    "emacs": {"star": "!", "done": "d", "undo": "ctrl+slash", "find": "ctrl+s"},
    "newsboat": {"find": "F", "quit": "Q"},
    "arrows": {
        "star": "right",
        "done": "left",
        "later": "f6",
        "undo": "backspace",
        "find": "f3",
        "down": "down",
        "quit": "ctrl+q",
    },
}
LATER = {"vim": "f"}


@pytest.mark.parametrize("keymap", FLOW)
async def test_every_keymap_drives_the_same_flow(open_: Opener, keymap: str) -> None:
    """Star, done, later, undo, find and quit, with each keymap's own keys; the key line names them."""
    usual = {"star": "s", "done": "d", "later": LATER.get(keymap, "l"), "undo": "u", "find": "/", "quit": "q"}
    keys = {**usual, **FLOW[keymap]}
    async with open_(keymap=keymap) as ui:
        await ui.press(keys["star"], keys["done"], keys["later"])
        assert (ui.names("starred"), ui.names("read"), ui.names("later")) == (
            ["Anvil"],
            ["Bellows"],
            ["Candle"],
        )
        undo = ui.screen.key("history.undo")
        assert ui.said == f"put off {quoted('Candle')}  {undo} takes it back"
        assert f"{undo} undo" in ui.lines[-1]
        await ui.press(keys["undo"])
        assert (ui.names("later"), ui.here) == ([], "Candle")
        await ui.press(keys["find"], *"quill", "enter")
        assert ui.listed == ["Quill"]
        await ui.press(keys["quit"])
        assert not ui.app.is_running


async def test_vim_hands(open_: Opener) -> None:
    """`l` opens and `h` closes; `ctrl+e` and `ctrl+y` move the abstract; counts work."""
    async with open_(SMALL, keymap="vim") as ui:
        await ui.press("l")
        assert ui.screen.reading
        await ui.press("h")
        assert not ui.screen.reading
        await ui.press("ctrl+e")
        assert "We study the anvil" not in ui.text
        await ui.press("ctrl+y", "3", "j")
        assert ui.here == "Dagger"


async def test_emacs_hands(open_: Opener) -> None:
    """`ctrl+n` `ctrl+p` move, alt+v turns back, `ctrl+g` leaves a prompt, alt+x asks for a command."""
    async with open_(SMALL, keymap="emacs") as ui:
        await ui.press("ctrl+n", "ctrl+n", "ctrl+p", "ctrl+v")
        assert ui.here == NAMES[7]
        await ui.press("alt+v", "ctrl+s", "ctrl+g", "alt+x")
        assert ui.here == "Bellows"
        assert ui.foot[0].startswith(":")
        await ui.press("ctrl+g", ">")
        assert ui.here == "Nozzle"


# -- what it costs --------------------------------------------------------------------------------


async def test_a_move_lays_nothing_out_and_draws_two_rows(
    open_: Opener, size: Size, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`j` draws the row left, the row reached, the abstract, and the place; no layout, no other row."""
    async with open_(size) as ui:
        await ui.press("j")
        layouts: list[object] = []
        drawn: list[int] = []
        refresh, paint = TriageScreen._refresh_layout, ui.screen.papers._paint
        monkeypatch.setattr(
            TriageScreen, "_refresh_layout", lambda *a, **k: (layouts.append(a), refresh(*a, **k))
        )

        def painted(paper: Any, index: int, width: int, cursor: bool) -> Any:
            drawn.append(index)
            return paint(paper, index, width, cursor)

        ui.screen.papers._paint = painted
        await ui.press("j")
        assert layouts == []
        assert set(drawn) == {1, 2}
        drawn.clear()
        await ui.press("s")
        assert layouts == []
        assert set(drawn) == {2, 3}


async def test_the_sample_digests_from_end_to_end(open_: Opener, tmp_path: Path, size: Size) -> None:
    """Every page of the sample digests can be shown, decided and taken back."""
    held = Library(Database(tmp_path / "library", wait=0.1))
    for path in sorted(path for path in DUMPS.iterdir() if path.suffix != ".py" and path.is_file()):
        held.add(read_text(load(str(path)), path=path.name, imported=MORNING))
    number = held.counts()["inbox"]
    async with open_(size, held=held) as ui:
        for _ in range(number):
            await ui.press("D")
            assert_harmless(ui)
            if not held.counts()["inbox"]:
                break
        assert "The inbox is empty." in ui.said
        while held.counts()["inbox"] < number:
            await ui.press("u")
        assert ui.said.startswith("took back: done")


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_of_an_endless_text_no_more_is_laid_out_than_can_be_read(open_: Opener, size: Size) -> None:
    """Its end says how much is left out, and how it is read."""
    endless = Record(title="word " * 400_000, abstract="lorem ipsum " * 400_000)
    async with open_(size, given=(endless, *records())) as ui:
        lines = paper_lines(ui.screen, ui.screen.papers.paper, 40)
        assert 2_000 < len(lines) < 5_000
        rest = " ".join(line.text.strip() for line in lines[-3:])
        assert f"4,700,000 more characters: `papertui show {ui.screen.desk.rows[0].id}` prints them." in rest
        assert ("lorem ipsum" in ui.text) == (size == SMALL)
        await ui.press("d")
        assert ui.said.startswith("done “word word")
