"""Verdicts by key: what is decided, what is said, where the cursor goes, and how it is taken back."""

import re
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from rich.style import Style
from sittings import NAMES, SMALL, WIDE, Opener, Sitting, reading, records

from tui.papers.triage import Triage, new_id
from tui.store.database import Database
from tui.ui.verdicts import VERDICTS, verdict

Size = tuple[int, int]
#: rows of papers on a screen
ROWS = {WIDE: 16, SMALL: 6}


def quoted(name: str) -> str:
    return f"“{name}: What It Does to Tensors”"


# -- the table ------------------------------------------------------------------------------------


@pytest.mark.parametrize("command_id", VERDICTS)
@pytest.mark.parametrize("triage", [Triage(), Triage(read=True), Triage(starred=True), Triage(later=True)])
def test_every_verdict_is_an_act_on_every_state(command_id: str, triage: Triage) -> None:
    """Each sets something; only what takes a paper out of the inbox steps on."""
    act = verdict(command_id, triage)
    assert act.verb
    assert act.sets
    decides = any(act.sets.get(name) for name in ("read", "starred", "later"))
    assert act.steps == (decides and command_id in ("paper.star", "paper.done", "paper.later"))


def test_done_never_toggles() -> None:
    """On a paper that is read `d` marks it read."""
    assert verdict("paper.done", Triage(read=True)) == verdict("paper.done", Triage())


# -- one paper ------------------------------------------------------------------------------------


async def test_star_keeps_the_paper_and_goes_on(open_: Opener, size: Size) -> None:
    """`s` stars the paper, says so with the way back, and goes to the next undecided one."""
    async with open_(size) as ui:
        await ui.press("s")
        assert ui.names("starred") == ["Anvil"]
        assert ui.said == f"starred {quoted('Anvil')}  u takes it back"
        assert ui.mark("Anvil") == "★"
        assert (ui.here, ui.place) == ("Bellows", "2 of 40")
        assert "inbox 39  starred 1  later 0  all 40" in ui.top
        assert "We study the bellows" in ui.text


async def test_star_on_a_starred_paper_takes_the_star_off_and_stays(open_: Opener) -> None:
    """`s` again brings the paper back to the inbox, and the cursor stays on it."""
    async with open_() as ui:
        await ui.press("s", "k", "s")
        assert ui.names("starred") == []
        assert ui.said == f"no longer starred {quoted('Anvil')}  u takes it back"
        assert (ui.mark("Anvil"), ui.here) == ("●", "Anvil")


async def test_done_marks_read_and_goes_on_however_often(open_: Opener, size: Size) -> None:
    """`d` marks read; on a paper that is read it says so, decides nothing and goes on."""
    async with open_(size) as ui:
        await ui.press("d")
        assert ui.said == f"done {quoted('Anvil')}  u takes it back"
        assert (ui.mark("Anvil"), ui.here) == (" ", "Bellows")
        await ui.press("k", "d")
        assert ui.said == f"already done {quoted('Anvil')}"
        assert ui.here == "Bellows"
        assert ui.names("read") == ["Anvil"]
        assert ui.decisions == 1


async def test_later_puts_off_and_again_brings_back(open_: Opener) -> None:
    """`l` and `f` put a paper off and go on; on one that is put off they bring it back and stay."""
    async with open_() as ui:
        await ui.press("l", "f")
        assert ui.names("later") == ["Anvil", "Bellows"]
        assert ui.said == f"put off {quoted('Bellows')}  u takes it back"
        assert (ui.mark("Anvil"), ui.here) == ("»", "Candle")
        await ui.press("g", "l")
        assert ui.said == f"back in the inbox {quoted('Anvil')}  u takes it back"
        assert (ui.mark("Anvil"), ui.here) == ("●", "Anvil")


async def test_read_toggles_in_place(open_: Opener) -> None:
    """`r` marks read and unread, and the cursor stays."""
    async with open_() as ui:
        await ui.press("r")
        assert ui.said == f"marked read {quoted('Anvil')}  u takes it back"
        assert (ui.mark("Anvil"), ui.here) == (" ", "Anvil")
        await ui.press("r")
        assert ui.said == f"unread again {quoted('Anvil')}  u takes it back"
        assert (ui.mark("Anvil"), ui.here) == ("●", "Anvil")


async def test_the_verdicts_without_keys_stay_and_never_toggle(open_: Opener) -> None:
    """Unstar, mark read and mark unread, given keys of one's own, set and stay; what is so is said."""
    own = {"paper.unstar": "B", "paper.mark_read": "C", "paper.mark_unread": "E"}
    async with open_(own=own) as ui:
        await ui.press("C")
        assert (ui.here, ui.mark("Anvil")) == ("Anvil", " ")
        await ui.press("C")
        assert ui.said == f"already marked read {quoted('Anvil')}"
        await ui.press("E")
        assert (ui.here, ui.mark("Anvil")) == ("Anvil", "●")
        await ui.press("E")
        assert ui.said == f"was not read {quoted('Anvil')}"
        await ui.press("B")
        assert ui.said == f"was not starred {quoted('Anvil')}"
        await ui.press("s", "k", "B")
        assert (ui.here, ui.mark("Anvil")) == ("Anvil", "●")
        assert ui.names("starred") == []


async def test_what_was_decided_stays_in_its_row_until_the_view_is_refreshed(
    open_: Opener, size: Size
) -> None:
    """Decided papers keep their rows, dimmed; `R` lets them go, and the cursor stays on its paper."""
    async with open_(size) as ui:
        await ui.press("s", "d", "l")
        assert ui.listed[:4] == ["Anvil", "Bellows", "Candle", "Dagger"]
        await ui.press("R")
        assert ui.listed[0] == "Dagger"
        assert (ui.here, ui.place) == ("Dagger", "1 of 37")
        assert ui.said == "inbox: 37 papers"


async def test_what_was_decided_is_thinner_and_dimmer(open_: Opener) -> None:
    """A paper to decide is bold, a starred one plain, one that is done soft."""
    async with open_() as ui:
        await ui.press("s", "d")
        ink = ui.app.ink
        assert style_of(ui, "Anvil").bold is not True
        assert style_of(ui, "Anvil").color == ink.plain.color
        assert style_of(ui, "Bellows").color == ink.soft.color
        assert style_of(ui, "Dagger").bold is True


def style_of(ui: Sitting, name: str) -> Style:
    strips = ui.app.screen._compositor.render_strips()
    return next(
        part.style for strip in strips for part in strip if part.style and part.text.strip().startswith(name)
    )


async def test_a_star_ends_later_and_done_keeps_the_star(open_: Opener) -> None:
    """A paper that was put off and is starred is starred alone; marked done it keeps its star."""
    async with open_() as ui:
        await ui.press("l", "k", "s")
        assert ui.triage("Anvil") == Triage(starred=True)
        await ui.press("k", "d")
        assert ui.triage("Anvil") == Triage(starred=True, read=True)
        assert ui.mark("Anvil") == "★"


async def test_no_paper_no_verdict(open_: Opener) -> None:
    """Where the list is empty verdicts say that there is no paper, and do nothing."""
    async with open_() as ui:
        await ui.press("]")
        for key in ("s", "d", "l", "r"):
            await ui.press(key)
            assert ui.said == "No paper here."
        assert ui.decisions == 0


async def test_what_is_typed_ahead_of_a_refused_prompt_is_no_command(open_: Opener) -> None:
    """Where there is no paper to tag or note, the words meant for it go nowhere."""
    async with open_() as ui:
        await ui.press("s", "]", "]")
        for keys in (*"tquaduz", "enter"), (*"mwords, d", "escape"):
            await ui.press(*keys)
            assert ui.said == "No paper here."
        assert ui.decisions == 1


# -- going on -------------------------------------------------------------------------------------


async def test_a_verdict_goes_past_what_is_decided(open_: Opener) -> None:
    """The cursor goes to the next undecided paper, not to the next row."""
    async with open_() as ui:
        await ui.press("j", "d", "d", "g", "s")
        assert ui.here == "Dagger"


@pytest.mark.parametrize(
    ("advance", "here"), [("next-undecided", "Dagger"), ("next", "Bellows"), ("stay", "Anvil")]
)
async def test_advance_says_where_a_verdict_goes(open_: Opener, advance: str, here: str) -> None:
    """The setting `advance` decides: the next undecided, the next row, or nowhere."""
    async with open_(advance=advance) as ui:
        await ui.press("r", "j", "r", "j", "r", "g", "s")
        assert ui.here == here


async def test_elsewhere_a_verdict_goes_to_the_next_row(open_: Opener) -> None:
    """Outside the inbox everything is decided, so a verdict goes to the next row; at the end it says so."""
    async with open_() as ui:
        await ui.press("s", "s", "s", "]", "g", "d")
        assert (ui.here, ui.place) == ("Bellows", "2 of 3")
        await ui.press("d", "d")
        assert ui.here == "Candle"
        assert ui.said.endswith("This is the last one.")


async def test_the_last_one_says_how_many_are_left_above(open_: Opener, size: Size) -> None:
    """At the end of the inbox the cursor stays, and the line says what is left above and how to get there."""
    async with open_(size) as ui:
        await ui.press("d", "G", "d")
        assert (ui.here, ui.place) == ("Nozzle", "40 of 40")
        assert ui.said.endswith("Last one of the inbox. 38 above are still undecided: g n")
        await ui.press("g", "n")
        assert ui.here == "Bellows"


async def test_where_the_first_is_undecided_g_alone_leads_there(open_: Opener) -> None:
    """`n` after `g` would pass over it."""
    async with open_(given=records(NAMES[:2])) as ui:
        await ui.press("j", "d")
        assert "1 above is still undecided: g" in ui.said
        assert not ui.said.endswith("n")


async def test_the_end_of_the_inbox(open_: Opener) -> None:
    """With the last verdict the inbox is empty, and the line says what to do with what was starred."""
    async with open_(given=records(NAMES[:3])) as ui:
        await ui.press("s", "d", "l")
        assert re.search(r"The inbox is empty. 3 decided in \d+ min. e writes the 1 starred.$", ui.said)
        await ui.press("u", "d", "u", "u", "u", "d", "d", "d")
        assert re.search(r"The inbox is empty. 3 decided in \d+ min.$", ui.said)


async def test_the_end_of_what_was_found(open_: Opener) -> None:
    """Where a filter leaves nothing to decide, the line says how to see the others."""
    async with open_() as ui:
        await ui.press("/", *"zither", "enter", "d")
        assert ui.said.endswith("All of these are decided. escape shows the others.")


# -- several --------------------------------------------------------------------------------------


async def test_a_count_before_a_verdict(open_: Opener, size: Size) -> None:
    """`3s` stars three papers as one decision and goes on after them."""
    async with open_(size) as ui:
        await ui.press("3", "s")
        assert ui.names("starred") == ["Anvil", "Bellows", "Candle"]
        assert ui.said == "starred: 3 papers  u takes them back"
        assert (ui.here, ui.decisions) == ("Dagger", 1)
        await ui.press("u")
        assert ui.names("starred") == []
        assert ui.said == "took back: starred, 3 papers"


async def test_a_count_beyond_the_end_takes_what_there_is(open_: Opener) -> None:
    """`9d` two before the end marks two."""
    async with open_() as ui:
        await ui.press("G", "k", "9", "d")
        assert ui.names("read") == ["Mallet", "Nozzle"]


async def test_page_done_decides_what_is_left_on_the_page(open_: Opener, size: Size) -> None:
    """`D` marks read what is undecided among the rows on the screen, turns the page, and is one decision."""
    rows = ROWS[size]
    async with open_(size) as ui:
        await ui.press("s", "j", "l", "D")
        assert ui.names("starred") == ["Anvil"]
        assert ui.names("later") == ["Candle"]
        assert ui.names("read") == [n for n in NAMES[:rows] if n not in ("Anvil", "Candle")]
        assert ui.said == f"done: {rows - 2} papers of this page  u takes them back"
        assert ui.here == ui.listed[0] == NAMES[rows]
        assert ui.decisions == 3
        await ui.press("u")
        assert ui.names("read") == []
        assert ui.said == f"took back: done, {rows - 2} papers"
        assert ui.here == "Bellows"


async def test_page_done_skips_what_is_decided_on_the_next_page(open_: Opener) -> None:
    """The cursor lands on the first undecided paper of the next page."""
    async with open_(SMALL) as ui:
        await ui.press("6", "j", "d", "g", "D")
        assert ui.listed[0] == NAMES[6]
        assert ui.here == NAMES[7]


async def test_page_done_at_the_end(open_: Opener) -> None:
    """The last page stays, and the line says that the inbox is empty."""
    async with open_(given=records(NAMES[:5])) as ui:
        await ui.press("s", "D")
        assert re.search(r"The inbox is empty. 5 decided in \d+ min. e writes the 1 starred.$", ui.said)
        await ui.press("D")
        assert ui.said.startswith("Nothing undecided on this page.")
        assert ui.decisions == 2


async def test_page_done_in_the_reader_is_the_paper_that_is_read(open_: Opener) -> None:
    """Where one paper has the whole screen, `D` decides that one alone."""
    async with open_() as ui:
        await ui.press("enter", "D")
        assert ui.names("read") == ["Anvil"]
        assert "We study the bellows" in ui.text


async def test_all_shown_asks_with_both_numbers(open_: Opener, size: Size) -> None:
    """`A` that reaches off the screen asks; `y` marks them all, as one decision."""
    rows = ROWS[size]
    async with open_(size) as ui:
        await ui.press("s", "A")
        assert ui.foot[0] == f"? Mark 39 papers read, {40 - rows} of them not on the screen?"
        assert ui.foot[1] == "y mark them   any other key leaves them"
        assert ui.names("read") == []
        await ui.press("y")
        assert len(ui.names("read")) == 39
        assert ui.said == "done: 39 papers  u takes them back"
        await ui.press("u")
        assert ui.names("read") == []


async def test_any_other_key_leaves_them(open_: Opener) -> None:
    """At the question every key but `y` leaves the papers as they were, and does nothing else."""
    async with open_() as ui:
        for key in ("n", "escape", "q", "s", "enter", "tab", "ctrl+c", "Y"):
            await ui.press("A", key)
            assert ui.said == "Left as they were."
            assert ui.decisions == 0
            assert ui.here == "Anvil"


@pytest.mark.parametrize(("size", "number"), [(SMALL, 10), (WIDE, 16)])
async def test_few_or_all_on_the_screen_are_not_asked_about(open_: Opener, size: Size, number: int) -> None:
    """`A` on ten papers, or on one screen of them, does it at once."""
    async with open_(size, given=records(NAMES[:number])) as ui:
        await ui.press("A")
        assert len(ui.names("read")) == number
        await ui.press("A")
        assert ui.said == "Nothing undecided here."


async def test_all_shown_means_what_the_filter_shows(open_: Opener) -> None:
    """With a filter only what was found is marked."""
    async with open_() as ui:
        await ui.press("/", *"gle", "enter", "A")
        assert 0 < len(ui.names("read")) < 10
        assert all("gle" in name for name in ui.names("read"))


# -- again ----------------------------------------------------------------------------------------


async def test_repeat_does_the_last_act_to_this_paper(open_: Opener) -> None:
    """`.` repeats the last verdict or tagging, and steps as that did."""
    async with open_() as ui:
        await ui.press(".")
        assert ui.said == "No act to repeat yet."
        await ui.press("l", ".")
        assert ui.names("later") == ["Anvil", "Bellows"]
        assert ui.here == "Candle"
        await ui.press("t", *"odd", "enter", "j", ".")
        assert ui.triage("Dagger").tags == ("odd",)
        assert ui.here == "Dagger"


# -- taking back ----------------------------------------------------------------------------------


async def test_undo_puts_the_cursor_on_the_paper(open_: Opener, size: Size) -> None:
    """`u` takes back the last act and goes to its paper; `ctrl+o` returns."""
    async with open_(size) as ui:
        await ui.press("d", "G", "u")
        assert ui.said == f"took back: done {quoted('Anvil')}"
        assert (ui.here, ui.names("read")) == ("Anvil", [])
        await ui.press("ctrl+o")
        assert ui.here == "Nozzle"


async def test_redo_does_it_again(open_: Opener) -> None:
    """`ctrl+r` and `Z` do again what was undone, until a new act is made."""
    async with open_() as ui:
        await ui.press("s", "d", "u", "z", "ctrl+r")
        assert ui.said == f"did again: starred {quoted('Anvil')}"
        await ui.press("Z")
        assert ui.said == f"did again: done {quoted('Bellows')}"
        assert (ui.names("starred"), ui.names("read")) == (["Anvil"], ["Bellows"])
        await ui.press("Z")
        assert ui.said == "Nothing to do again."
        await ui.press("u", "l", "ctrl+r")
        assert ui.said == "Nothing to do again."


async def test_nothing_to_take_back(open_: Opener) -> None:
    """With no act left `u` says so."""
    async with open_() as ui:
        await ui.press("u")
        assert ui.said == "Nothing to take back."


async def test_undo_finds_a_paper_the_filter_hides(open_: Opener) -> None:
    """Where the filter hides the paper it is dropped, and that is said."""
    async with open_() as ui:
        await ui.press("s", "/", *"zither", "enter", "u")
        assert ui.said == f"took back: starred {quoted('Anvil')}; the filter was dropped"
        assert ui.here == "Anvil"
        assert "as in the digests" in ui.top


async def test_undo_finds_a_paper_of_another_view(open_: Opener) -> None:
    """Where the view does not hold the paper, all are shown, and that is said."""
    async with open_() as ui:
        await ui.press("l", "s", "]", "u", "u")
        assert ui.said == f"took back: put off {quoted('Anvil')}; shown in all"
        assert ui.here == "Anvil"
        assert ui.screen.desk.view.name == "all"


async def test_undo_over_a_restart(open_: Opener) -> None:
    """What was decided in an earlier sitting can be taken back in this one."""
    async with open_() as ui:
        await ui.press("s", "d")
    async with open_(given=()) as ui:
        await ui.press("u")
        assert ui.said.startswith(f"took back: done {quoted('Bellows')}")
        assert ui.names("read") == []


async def test_an_act_made_elsewhere_is_named(open_: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    """Taking back what another machine decided says which machine that was."""
    async with open_() as ui:
        monkeypatch.setattr("socket.gethostname", lambda: "laptop")
        await ui.press("s")
        monkeypatch.setattr("socket.gethostname", lambda: "desk")
        await ui.press("u")
        assert ui.said.startswith(f"took back: starred {quoted('Anvil')} on laptop, ")


async def test_what_still_rules_is_named(open_: Opener, tmp_path: Path) -> None:
    """Where an act merged in says the same, taking one back changes nothing, and the message says why."""
    async with open_() as ui:
        await ui.press("s")
        act = next(act for act, _ in ui.library.log())
        later = new_id(act.at + timedelta(days=1), act.id)
        Database(tmp_path / "library").keep(msgspec.structs.replace(act, id=later, origin="laptop"))
        await ui.press("u")
        assert ui.names("starred") == ["Anvil"]
        assert ui.said == f"took back: starred {quoted('Anvil')}; it is still starred"


async def test_more_papers_do_not_move_what_is_done(open_: Opener) -> None:
    """A digest that comes in meanwhile leaves the cursor on its paper; the new ones are undecided."""
    async with open_() as ui:
        await ui.press("s", "d")
        ui.library.add(reading(records(["Hoe"]), "nov-19"))
        assert ui.library.counts()["inbox"] == 39
        await ui.press("R")
        assert ui.here == "Candle"
