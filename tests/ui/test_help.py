"""The help: all keys at a glance, found by one's own words, and enter does the thing."""

import pytest
from rich.style import Style
from sittings import SMALL, WIDE, Opener, Sitting

from tui.ui.commands import COMMANDS, GROUPS
from tui.ui.screens.help import HelpScreen

Size = tuple[int, int]


def chosen(ui: Sitting) -> list[str]:
    """The words that stand on the cursor's ground."""
    ground = ui.app.ink.cursor.bgcolor
    strips = ui.app.screen._compositor.render_strips()
    lines = [[part for part in strip if (part.style or Style()).bgcolor == ground] for strip in strips]
    return ["".join(part.text for part in parts).strip() for parts in lines if parts]


async def test_all_commands_on_one_screen(open_: Opener) -> None:
    """At 120x36 `?` shows every command under its heading, keys right-aligned before the words."""
    async with open_(WIDE) as ui:
        await ui.press("?")
        assert ui.top.split() == ["keys", "in", "the", "list", "keymap", "default"]
        assert ui.lines[1].startswith("  / finds what you want to do, in your words")
        for group in GROUPS:
            assert group in ui.text
        for command in COMMANDS:
            assert command.help in ui.text
        columns = {
            line.index(words)
            for line in ui.lines
            for words in ("star: keep it", "done: read")
            if words in line
        }
        assert len(columns) == 1
        assert "            s  star: keep it, go on" in ui.text
        assert ui.foot[1] == "enter does it  / find  down choose  space more  escape close"


async def test_two_columns_at_80(open_: Opener) -> None:
    """There is more below, and space brings it; b and the ends go back and forth."""
    async with open_(SMALL) as ui:
        await ui.press("?")
        assert "star: keep it, go on" in ui.text
        assert "take the last act back" in ui.text
        assert "more lines · space" in ui.text
        await ui.press("space", "space")
        assert "close this, or quit" in ui.text
        assert "more lines" not in ui.text
        for back in ("b", "pageup", "home"):
            await ui.press(back, back)
            assert "star: keep it, go on" in ui.text
            await ui.press("end")
            assert "close this, or quit" in ui.text


async def test_it_closes(open_: Opener) -> None:
    """And the list is there as it was."""
    async with open_() as ui:
        await ui.press("j")
        before = ui.lines
        for key in ("q", "escape", "?", "f1", "ctrl+c", "ctrl+g"):
            await ui.press("?", key)
            assert ui.lines == before
        await ui.press("j")
        assert ui.here == "Candle"


async def test_nothing_is_decided_in_it(open_: Opener) -> None:
    """Keys of the list mean nothing there."""
    async with open_() as ui:
        await ui.press("?", "s", "d", "l", "D", "A", "5", "t", "S", "ы")
        assert ui.decisions == 0
        assert len(ui.app.screen_stack) == 2


async def test_quit_at_once(open_: Opener) -> None:
    """ctrl+q leaves papertui from there as well."""
    async with open_() as ui:
        await ui.press("?", "ctrl+q")
        assert not ui.app.is_running


async def test_choosing_and_doing(open_: Opener) -> None:
    """`j` and `k` choose, enter closes the help and does it."""
    async with open_() as ui:
        await ui.press("?", "j", "j", "j", "k")
        assert chosen(ui) == ["d  done: read, go on"]
        await ui.press("enter")
        assert ui.names("read") == ["Anvil"]
        assert ui.said.startswith("done")


async def test_what_is_chosen_is_on_the_screen(open_: Opener) -> None:
    """Choosing on and on scrolls, at 80x24 too; at the ends it stays."""
    async with open_(SMALL) as ui:
        await ui.press("?", *["down"] * (len(COMMANDS) + 3))
        assert chosen(ui)[0].endswith("choose a theme")
        await ui.press(*["up"] * (len(COMMANDS) + 3))
        assert chosen(ui)[0].endswith("star: keep it, go on")


async def test_enter_with_nothing_chosen_closes(open_: Opener) -> None:
    """And does nothing."""
    async with open_() as ui:
        await ui.press("?", "enter")
        assert ui.decisions == 0
        assert ui.here == "Anvil"


async def test_finding_in_ones_own_words(open_: Opener, size: Size) -> None:
    """`/` and words leave what is meant, the best chosen; enter does it."""
    async with open_(size) as ui:
        await ui.press("s", "?", "/", *"undo")
        assert ui.lines[1].startswith("  / undo")
        assert "take the last act back" in ui.text
        assert "star: keep it" not in ui.text
        await ui.press("enter")
        assert ui.said.startswith("took back: starred")


async def test_the_words_found_are_chosen_from(open_: Opener) -> None:
    """Tab and the arrows choose, other keys go on with the words."""
    async with open_() as ui:
        await ui.press("?", "/", *"view")
        first = chosen(ui)
        await ui.press("tab")
        assert chosen(ui) != first
        await ui.press("up")
        assert chosen(ui) == first
        await ui.press("backspace", "backspace", *"ew")
        assert ui.lines[1].startswith("  / view")


async def test_nothing_like_that(open_: Opener) -> None:
    """Is said; enter stays, so that other words can be tried."""
    async with open_() as ui:
        await ui.press("?", "/", *"qqqzzz")
        assert "Nothing like that; fewer letters find more." in ui.text
        await ui.press("enter")
        assert "Nothing like that; fewer letters find more." in ui.text
        await ui.press("ctrl+u", *"undo")
        assert "take the last act back" in ui.text


async def test_escape_leaves_the_words_first(open_: Opener) -> None:
    """Then letters are keys again, and all commands are back."""
    async with open_() as ui:
        await ui.press("?", "/", *"undo", "escape")
        assert "star: keep it" in ui.text
        assert len(ui.app.screen_stack) == 2
        await ui.press("q")
        assert len(ui.app.screen_stack) == 1


async def test_a_paste_is_looked_for(open_: Opener) -> None:
    """Text pasted into the help goes to its find line."""
    async with open_() as ui:
        await ui.press("?")
        await ui.paste("undo\x1b")
        assert ui.lines[1].startswith("  / undo ")
        assert "take the last act back" in ui.text


async def test_all_typed_ahead(open_: Opener) -> None:
    """`?/undo`, enter and `d` in one write: the help is not there yet when its keys come."""
    async with open_() as ui:
        await ui.press("s", *"?/undo", "enter", "d", *"?q", "s")
        assert ui.names("read") == ["Anvil"]
        assert ui.names("starred") == ["Bellows"]


async def test_a_command_that_asks(open_: Opener) -> None:
    """The prompt opens in the list, and what is typed on goes there."""
    async with open_() as ui:
        await ui.press(*"?/give it tags", "enter", *"red", "enter")
        assert ui.triage("Anvil").tags == ("red",)


async def test_ones_own_keys_are_marked(open_: Opener) -> None:
    """Keys that the settings changed are counted at the top and marked."""
    async with open_(own={"paper.tag": "t,*", "order.reverse": "B"}) as ui:
        await ui.press("?")
        assert ui.top.rstrip().endswith("keymap default, 2 keys of your own")
        assert "t *  give it tags · yours" in ui.text
        assert "B  reverse the order · yours" in ui.text
        assert ui.text.count("· yours") == 2


async def test_the_keys_of_another_keymap(open_: Opener) -> None:
    """The keymap's own keys are shown, and work in the help as well."""
    async with open_(keymap="arrows") as ui:
        await ui.press("f1")
        assert "right  star: keep it, go on" in ui.text
        await ui.press("f3", *"undo", "escape", "down", "enter")
        assert ui.names("starred") == ["Anvil"]
    async with open_(given=(), keymap="vim") as ui:
        await ui.press("?", "j", "h")
        assert len(ui.app.screen_stack) == 1


@pytest.mark.parametrize("to", [(80, 24), (200, 60), (40, 10)])
async def test_another_size(open_: Opener, to: Size) -> None:
    """The help fits whatever the window becomes."""
    async with open_() as ui:
        await ui.press("?", "j")
        await ui.resize(*to)
        assert [len(line) for line in ui.lines] == [to[0]] * to[1]
        assert chosen(ui)[0].endswith("star: keep it, go on")
        await ui.press("q")
        assert ui.listed


async def test_ones_own_keys_are_told_apart_without_colours(open_: Opener, size: Size) -> None:
    """They are underlined, and so is what says that there are any."""
    async with open_(size, own={"paper.why": "I"}) as ui:
        await ui.press("?")
        lines = ui.app.screen._compositor.render_strips()
        parts = [part for line in lines for part in line if part.style and part.style.underline]
        assert [part.text.strip() for part in parts] == ["1 key of your own", "I"]


async def test_what_has_no_key_stands_last_in_its_group(open_: Opener) -> None:
    """So that the keys can be read down in one go."""
    async with open_() as ui:
        await ui.press("?")
        assert ui.text.index("repeat the last act") < ui.text.index("take tags off")


async def test_another_sheet_has_its_own_heading_and_keys_that_are_no_commands(open_: Opener) -> None:
    """The help of a sheet says where it is, and begins with the keys of that place."""
    async with open_() as ui:
        sheet = HelpScreen(ui.app.given.keys, lambda name: None, "in the history", [("ctrl+y", "star, tag")])
        ui.app.push_screen(sheet)
        await ui.settle()
        assert ui.top.startswith("  keys  in the history ")
        assert "in the history" in ui.lines[3]
        assert "ctrl+y  star, tag" in ui.lines[4]


@pytest.mark.parametrize(
    ("keys", "where", "first"),
    [
        ("sc?", "in cards", "s  star"),
        ("sU?", "in the history", "u  take back"),
        ("si?", "in the history of a paper", "u  take back"),
        ("%?", "in the figures", "enter  show these papers"),
    ],
)
async def test_help_says_where_one_is(open_: Opener, size: Size, keys: str, where: str, first: str) -> None:
    """And lists the keys of that place first; closed, one is there again."""
    async with open_(size) as ui:
        await ui.press(*keys[:-1])
        before = ui.lines
        await ui.press("?")
        assert ui.top.startswith(f"  keys  {where} ")
        assert where in ui.lines[3]
        assert ui.lines[4].strip().startswith(first)
        await ui.press("q")
        assert ui.lines == before


async def test_a_command_chosen_in_the_figures_is_done_in_the_list(open_: Opener) -> None:
    """Where it is not one of the figures themselves."""
    async with open_() as ui:
        await ui.press("%", "?", "/", *"put off, go on", "enter")
        assert ui.names("later") == ["Anvil"]
        await ui.press("%", "?", "/", *"clipboard", "enter")
        assert "figures as JSON" in ui.text


@pytest.mark.parametrize(
    ("word", "helps"),
    [
        ("clipboard", ["copy title, link, BibTeX"]),
        ("yank", ["copy title, link, BibTeX"]),
        ("search", ["find papers as I type"]),
        ("filter", ["find papers as I type"]),
        ("sort", ["choose the order", "reverse the order"]),
        ("remove", ["done: read, go on", "take tags off", "take an import back"]),
        ("delete", ["done: read, go on", "take tags off", "take an import back"]),
        ("skip", ["later: put off, go on"]),
        ("favourite", ["star: keep it, go on"]),
        ("bookmark", ["star: keep it, go on"]),
        ("keep", ["star: keep it, go on"]),
        ("colour", ["choose a theme"]),
        ("statistics", ["figures and bars"]),
        ("scroll", ["abstract: a line on", "abstract: a page on"]),
        ("exit", ["close this, or quit", "quit at once"]),
        ("leave", ["close this, or quit", "quit at once"]),
    ],
)
async def test_everyday_words_are_understood(open_: Opener, word: str, helps: list[str]) -> None:
    """In the help and in the palette; what is meant stands first."""
    async with open_() as ui:
        await ui.press("?", "/", *word)
        assert chosen(ui)[0].endswith(tuple(helps))
        assert all(words in ui.text for words in helps)
        await ui.press("escape", "q", ":", *word)
        assert ui.foot[1].startswith(tuple(helps))
