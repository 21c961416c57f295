"""Acts on what is selected: one decision, one undo, where the cursor goes, and when it is asked first."""

import pytest
from sittings import NAMES, SMALL, WIDE, Opener, Sitting, records

Size = tuple[int, int]
#: rows of papers on a screen
ROWS = {WIDE: 16, SMALL: 6}


def selected(ui: Sitting) -> list[str]:
    return [paper.title.partition(":")[0] for paper in ui.screen.selecting.papers]


# -- verdicts -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "state", "words"),
    [
        ("s", "starred", "starred"),
        ("d", "read", "done"),
        ("l", "later", "put off"),
        ("r", "read", "marked read"),
    ],
)
async def test_a_verdict_acts_on_all_that_is_selected(
    open_: Opener, size: Size, key: str, state: str, words: str
) -> None:
    """As one decision, which undo takes back whole; the selection is let go."""
    async with open_(size) as ui:
        await ui.press(*"xjxjx", key)
        assert ui.names(state) == ["Anvil", "Candle", "Easel"]
        assert ui.said == f"{words}: 3 papers  u takes them back"
        assert (ui.decisions, selected(ui), ui.selected) == (1, [], [])
        await ui.press("u")
        assert ui.names("inbox") == NAMES
        assert ui.said == f"took back: {words}, 3 papers"
        assert ui.here == "Anvil"


async def test_the_cursor_goes_on_after_the_last_row(open_: Opener) -> None:
    """To the next undecided paper below the last selected, wherever the cursor stood."""
    async with open_() as ui:
        await ui.press(*"jjjd", "g", *"xjx", "g", "s")
        assert ui.here == "Easel"
        await ui.press("g", *"vjj", "d")
        assert ui.here == "Easel"


async def test_a_verdict_ends_a_range_and_acts_on_it(open_: Opener) -> None:
    """What it covers is what the verdict is about; movement extends nothing after that."""
    async with open_() as ui:
        await ui.press(*"vjj", "l", "j", "j")
        assert ui.names("later") == ["Anvil", "Bellows", "Candle"]
        assert selected(ui) == []


@pytest.mark.parametrize(
    ("key", "state", "back"),
    [
        ("s", "starred", "no longer starred"),
        ("l", "later", "back in the inbox"),
        ("r", "read", "unread again"),
    ],
)
async def test_of_mixed_papers_all_are_given_it(open_: Opener, key: str, state: str, back: str) -> None:
    """A key that toggles takes back only what all the selected have."""
    async with open_(advance="stay") as ui:
        await ui.press(key, "g", *"xx", key)
        assert ui.names(state) == ["Anvil", "Bellows"]
        await ui.press("g", *"xx", key)
        assert ui.names(state) == []
        assert ui.said == f"{back}: 2 papers  u takes them back"


async def test_what_is_so_already_is_said(open_: Opener) -> None:
    """Nothing is decided then, the selection is let go and the cursor goes on."""
    async with open_() as ui:
        await ui.press("2", "d", "g", *"xx", "d")
        assert ui.said == "already done: 2 papers"
        assert (ui.decisions, selected(ui), ui.here) == (1, [], "Candle")


async def test_what_is_not_in_the_list_is_left_alone(open_: Opener) -> None:
    """An act touches the selected papers of the list; the others stay selected for the next."""
    async with open_() as ui:
        await ui.press(*"4x", "/", *"bellows", "enter", "s")
        assert (ui.names("starred"), ui.decisions) == (["Bellows"], 1)
        assert ui.said == "All of these are decided. escape shows the others."
        await ui.press("backspace")
        assert selected(ui) == ["Anvil", "Candle", "Dagger"]


async def test_the_page_is_done_beside_what_is_selected(open_: Opener, size: Size) -> None:
    """`D` is about the page, whatever is selected, and ends a range without taking the next page into it."""
    async with open_(size) as ui:
        await ui.press(*"vj", "D")
        assert ui.names("read") == NAMES[: ROWS[size]]
        assert ui.said == f"done: {ROWS[size]} papers of this page  u takes them back"
        assert selected(ui) == ["Anvil", "Bellows"]


# -- again ----------------------------------------------------------------------------------------


async def test_repeat_acts_on_what_is_selected(open_: Opener) -> None:
    """`.` does the last act to the selection, or to so many papers as were counted."""
    async with open_() as ui:
        await ui.press("l", *"xx", ".")
        assert ui.names("later") == ["Anvil", "Bellows", "Candle"]
        assert ui.here == "Dagger"
        await ui.press(*"2.")
        assert ui.names("later") == NAMES[:5]
        await ui.press("t", *"odd", "enter", *"xx", ".")
        assert ui.triage("Fiddle").tags == ui.triage("Goblet").tags == ("odd",)


# -- tags -----------------------------------------------------------------------------------------


async def test_tags_on_many(open_: Opener, size: Size) -> None:
    """The prompt says on how many; one decision tags them, the selection stays for the verdict after it."""
    async with open_(size) as ui:
        await ui.press(*"xxx", "t")
        assert ui.foot[0].endswith("on 3 papers")
        await ui.press(*"odd even", "enter")
        assert ui.said == "tagged #odd #even: 3 papers  u takes them back"
        assert [ui.triage(name).tags for name in NAMES[:4]] == [("even", "odd")] * 3 + [()]
        await ui.press("s")
        assert ui.names("starred") == NAMES[:3]
        await ui.press("u", "u")
        assert ui.triage("Candle").tags == ()


async def test_tags_that_some_wear_are_offered_to_the_rest(open_: Opener) -> None:
    """One that all the selected wear is not."""
    async with open_() as ui:
        await ui.press("t", *"odd", "enter", "j", "t", *"odd even", "enter", "k", *"xx", "t")
        assert "even  1" in ui.foot[1]
        assert "odd" not in ui.foot[1]


async def test_taking_tags_off(open_: Opener, size: Size) -> None:
    """Untag offers the tags that are worn, with how many wear them, and takes what is named off."""
    async with open_(size, own={"paper.untag": "V"}) as ui:
        await ui.press(*"xx", "t", *"odd", "enter", "g", "escape", "t", *"even", "enter", *"xxx", "V")
        assert ui.foot[0].startswith("untag")
        assert ui.foot[0].endswith("on 3 papers")
        assert "odd  2  even 1" in ui.foot[1]
        await ui.press("o", "tab", "enter")
        assert ui.said == "took #odd off: 2 papers  u takes them back"
        assert [ui.triage(name).tags for name in NAMES[:3]] == [("even",), (), ()]
        await ui.press("escape", "g", "V", *"-#even", "enter")
        assert ui.triage("Anvil").tags == ()


async def test_nothing_to_take_off(open_: Opener) -> None:
    """Where no tag is worn, untag says so, and what is typed for it goes nowhere."""
    async with open_(own={"paper.untag": "V"}) as ui:
        await ui.press("V", *"odd", "enter")
        assert ui.said == "No tag here to take off."
        await ui.press("t", *"odd", "enter", "V", *"even")
        assert "not worn here" in ui.foot[1]
        await ui.press("enter")
        assert ui.triage("Anvil").tags == ("odd",)


# -- asking ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "asked", "yes", "state"),
    [
        ("s", "Star 40 papers", "star them", "starred"),
        ("d", "Mark 40 papers read", "mark them", "read"),
        ("l", "Put 40 papers off", "put them off", "later"),
    ],
)
async def test_far_acts_are_asked_about(
    open_: Opener, size: Size, key: str, asked: str, yes: str, state: str
) -> None:
    """With both numbers and the act in words; `y` does it, any other key leaves them and the selection."""
    async with open_(size) as ui:
        await ui.press("X", key)
        assert ui.foot[0] == f"? {asked}, {40 - ROWS[size]} of them not on the screen?"
        assert ui.foot[1] == f"y {yes}   any other key leaves them"
        await ui.press("n")
        assert (ui.said, ui.decisions, len(selected(ui))) == ("Left as they were.", 0, 40)
        await ui.press(key, "y")
        assert ui.names(state) == NAMES
        assert (ui.decisions, selected(ui)) == (1, [])
        await ui.press("u")
        assert ui.names(state) == []


async def test_a_count_is_asked_about_too(open_: Opener) -> None:
    """`20d` reaches off a screen of sixteen; what is done already is not counted."""
    async with open_() as ui:
        await ui.press(*"20d")
        assert ui.foot[0] == "? Mark 20 papers read, 4 of them not on the screen?"
        await ui.press("x", *"12d")
        assert len(ui.names("read")) == 12
        await ui.press("g", *"22d")
        assert len(ui.names("read")) == 22


async def test_tags_are_asked_about(open_: Opener) -> None:
    """From the prompt and by repeating alike."""
    async with open_() as ui:
        await ui.press("X", "t", *"odd", "enter")
        assert ui.foot == [
            "? Tag 40 papers with #odd, 24 of them not on the screen?",
            "y tag them with #odd   any other key leaves them",
        ]
        await ui.press("y")
        assert ui.said == "tagged #odd: 40 papers  u takes them back"
        await ui.press("u", "T")
        assert ui.foot[0].startswith("? Tag 40 papers with #odd")
        await ui.press("escape", "t", *"-odd", "enter")
        assert ui.said == "not tagged #odd: 40 papers"


async def test_all_of_them_off_the_screen(open_: Opener) -> None:
    """A selection that was left behind is said to be out of sight as a whole."""
    async with open_(SMALL) as ui:
        await ui.press(*"12x", "G", "s")
        assert ui.foot[0] == "? Star 12 papers, all of them not on the screen?"


@pytest.mark.parametrize(("size", "number"), [(SMALL, 10), (WIDE, 16)])
async def test_what_is_on_the_screen_is_not_asked_about(open_: Opener, size: Size, number: int) -> None:
    """Nor are ten papers, wherever they are."""
    async with open_(size, given=records(NAMES[:number])) as ui:
        await ui.press("X", "s")
        assert len(ui.names("starred")) == number


# -- going back -----------------------------------------------------------------------------------


async def test_back_over_a_filter_that_undo_dropped(open_: Opener, size: Size) -> None:
    """Undo leaves the filter for its paper; `ctrl+o` opens it again, where one was."""
    async with open_(size) as ui:
        await ui.press("s", "/", *"gle", "enter", "j", "u")
        assert ui.said.endswith("; the filter was dropped")
        await ui.press("ctrl+o")
        assert ui.top.rstrip().endswith("/ gle")
        assert (ui.here, ui.said) == ("Mangle", "back in inbox / gle")


async def test_back_to_the_view_that_was_left(open_: Opener) -> None:
    """By undo, by the tabs, by what history or figures show: each way back is one key."""
    async with open_() as ui:
        await ui.press("l", "s", "j", "]", "u", "u")
        assert ui.screen.desk.view.name == "all"
        await ui.press("ctrl+o")
        assert ui.screen.desk.view.name == "starred"
        await ui.press("ctrl+o")
        assert (ui.screen.desk.view.name, ui.here, ui.said) == ("inbox", "Dagger", "back in inbox")
        await ui.press("ctrl+o")
        assert ui.said == "Nowhere to go back to yet."


async def test_the_ends_are_said(open_: Opener, size: Size) -> None:
    """A movement that goes nowhere says why, whichever key it was; nothing wraps."""
    async with open_(size) as ui:
        for key in ("k", "pageup", "ctrl+u", "g"):
            await ui.press(key)
            assert (ui.said, ui.here) == ("This is the first one.", "Anvil"), key
        await ui.press("G")
        for key in ("j", "pagedown", "ctrl+d", "G"):
            await ui.press(key)
            assert (ui.said, ui.here) == ("This is the last one.", "Nozzle"), key
        await ui.press("[")
        assert ui.said == "inbox is open already."
