"""What is asked at the foot: finding, tags, choices; and that typing ahead loses nothing."""

import pytest
from sittings import NAMES, SMALL, WIDE, Opener, Sitting, records

from tui.papers.triage import TAG, Triage
from tui.papers.view import ORDERS
from tui.ui.widgets.prompt import seen as shown_text

Size = tuple[int, int]


DLE = [name for name in NAMES if name.endswith("dle")]


def quoted(name: str) -> str:
    return f"“{name}: What It Does to Tensors”"


def marked(ui: Sitting) -> list[str]:
    """The words on the screen that are drawn as matches."""
    strips = ui.app.screen._compositor.render_strips()
    ground = ui.app.ink.match.bgcolor
    return [part.text for strip in strips for part in strip if part.style and part.style.bgcolor == ground]


# -- finding --------------------------------------------------------------------------------------


async def test_every_letter_narrows_the_list(open_: Opener, size: Size) -> None:
    """`/` and words: the list holds what was found, the number stands at the right, matches are marked."""
    async with open_(size) as ui:
        await ui.press("/")
        assert ui.foot[0].startswith("/ ")
        assert ui.foot[0].endswith("40 of 40")
        await ui.type("dle")
        assert ui.listed == DLE
        assert ui.foot[0].endswith(f"{len(DLE)} of 40")
        await ui.type("x")
        assert ui.foot[0].endswith(" 0 of 40")
        await ui.press("ctrl+u", *"quill")
        assert ui.listed == ["Quill"]
        assert (ui.here, ui.foot[0].split()[-3:]) == ("Quill", ["1", "of", "40"])
        assert "Quill" in marked(ui)
        assert "quill" in marked(ui)


async def test_the_words_of_an_abstract_are_found(open_: Opener) -> None:
    """A phrase is looked for in titles and abstracts."""
    async with open_() as ui:
        await ui.press(*'/"study the kettle"')
        assert ui.listed == ["Kettle"]


async def test_nothing_moves_while_the_question_opens_and_closes(open_: Opener, size: Size) -> None:
    """`/` and escape leave list, cursor and abstract where they stand."""
    async with open_(size) as ui:
        await ui.press(*"9j", *"9j", "d", "k", "k")
        before = ui.lines[:-2]
        await ui.press("/")
        body = slice(1, 12)
        assert ui.lines[body] == before[body]
        await ui.press("escape")
        assert ui.lines[body] == before[body]
        assert ui.here == "Rudder"


async def test_escape_restores_the_list_line_by_line(open_: Opener, size: Size) -> None:
    """After looking for something else, escape brings back the list, the decided ones too, as it stood."""
    async with open_(size) as ui:
        await ui.press("s", *"9j", *"9j", "d")
        before = ui.listed
        await ui.type("/zither")
        assert ui.listed == ["Zither"]
        await ui.press("escape")
        assert ui.listed == before
        assert (ui.here, ui.place) == ("Urn", "21 of 40")


async def test_enter_keeps_what_was_found(open_: Opener) -> None:
    """The filter then stands at the top, and the cursor stays on its paper; escape drops it."""
    async with open_(SMALL) as ui:
        await ui.press(*"/angle", "enter")
        assert "/ angle" in ui.top
        assert ui.listed == ["Mangle"]
        await ui.press("escape")
        assert "/ angle" not in ui.top
        assert (ui.here, ui.place) == ("Mangle", "13 of 40")


async def test_a_kept_filter_is_edited(open_: Opener) -> None:
    """`/` again goes on with the words that stand; escape keeps them."""
    async with open_() as ui:
        await ui.press(*"/dle", "enter", "/")
        assert ui.foot[0].startswith("/ dle ")
        await ui.press(*"teapot", "escape")
        assert "/ dle" in ui.top
        assert ui.listed == DLE


async def test_backspace_drops_the_filter(open_: Opener) -> None:
    """In the list backspace clears what was found; without a filter it says so."""
    async with open_() as ui:
        await ui.press(*"/anvil", "enter", "backspace")
        assert ui.place == "1 of 40"
        await ui.press("backspace")
        assert ui.said == "No filter here to drop."


async def test_the_cursor_stays_on_its_paper_or_the_nearest(open_: Opener) -> None:
    """While one types the cursor stays on its paper; where that is not found, on the next that is."""
    async with open_() as ui:
        await ui.press(*"9j", *"/dle")
        assert ui.here == "Needle"
        await ui.press("ctrl+u", *"jig")
        assert ui.here == "Jigsaw"
        await ui.press("ctrl+u", *"nozz")
        assert ui.here == "Nozzle"


@pytest.mark.parametrize(
    ("query", "sentence", "column"),
    [
        ("drum tga:x", "no field “tga”; tab makes it tag:x", 5),
        ('drum "larg', "this quote is never closed", 5),
        ("drum is:sarred", "no state “sarred”; tab makes it is:starred", 8),
    ],
)
async def test_a_wrong_query_points_at_the_place(
    open_: Opener, size: Size, query: str, sentence: str, column: int
) -> None:
    """The list is of what stands before it, and the caret under what is wrong; enter does nothing."""
    async with open_(size) as ui:
        await ui.type(f"/{query}")
        assert ui.listed == ["Drum"]
        line, under = ui.lines[-2:]
        assert line.rstrip().endswith("list as before")
        assert under.strip() == f"^ {sentence}"
        assert under.index("^") == line.index("drum") + column
        await ui.press("enter")
        assert ui.foot[1] == f"^ {sentence}"
        await ui.press("ctrl+u", *"anvil", "enter")
        assert ui.listed == ["Anvil"]


async def test_nothing_found_says_how_many_there_are_elsewhere(open_: Opener) -> None:
    """Where the view has none, the line says so, with the number in all views."""
    async with open_(SMALL) as ui:
        await ui.press("s", "s", "R", *"/anvil")
        assert ui.foot[1] == "Nothing in the inbox has “anvil”. In all views: 1."
        assert "Nothing in the inbox for anvil. escape drops the filter." in ui.text
        await ui.type("x")
        assert ui.foot[1] == "Nothing in the inbox has “anvilx”."
        await ui.press("enter")
        assert ui.said == "Nothing matches. escape drops the filter."


async def test_letting_go_of_a_filter_that_found_nothing_returns_to_the_paper(open_: Opener) -> None:
    """The cursor is where it was before the search."""
    async with open_() as ui:
        await ui.press(*"9j", *"/xxx", "enter", "escape")
        assert ui.here == "Jigsaw"


async def test_a_field_that_is_only_begun_waits(open_: Opener) -> None:
    """While `is:` or `tag:` is typed the list stays; the values are offered with how many each would find."""
    async with open_(SMALL) as ui:
        await ui.press("t", *"wood", "enter", *"jjsg", *"/dle is:")
        assert ui.foot[0].endswith(f"{len(DLE)} of 40")
        assert f"inbox  {len(DLE) - 1}" in ui.foot[1]
        assert "starred 1" in ui.foot[1]
        await ui.type("sta")
        assert ui.foot[0].endswith(f"{len(DLE)} of 40")
        assert ui.foot[1].startswith("starred  1")
        await ui.press("tab")
        assert ui.foot[0].startswith("/ dle is:starred")
        assert ui.listed == ["Candle"]
        await ui.press("ctrl+u", *"tag:w")
        assert ui.foot[0].endswith("40 of 40")
        assert ui.foot[1].startswith("wood  1")
        await ui.press("tab", "enter")
        assert ui.listed == ["Anvil"]


async def test_the_counts_of_what_is_new_and_of_hash_tags(open_: Opener) -> None:
    """`is:n` offers noted and new, `#` the tags."""
    async with open_() as ui:
        await ui.press("t", *"wood", "enter", *"/is:n")
        assert ui.foot[1].startswith("noted  0  new 40")
        await ui.press("ctrl+u", *"-#")
        assert ui.foot[1].startswith("wood  1")
        await ui.press("tab")
        assert ui.foot[0].startswith("/ -#wood")
        assert ui.foot[0].endswith("39 of 40")


async def test_what_was_decided_here_is_found_with_the_rest(open_: Opener) -> None:
    """A paper that keeps its row after its verdict is found there too."""
    async with open_() as ui:
        await ui.press("s", *"/is:starred", "enter")
        assert ui.listed == ["Anvil"]
        await ui.press("R")
        assert ui.listed == []


async def test_earlier_searches_come_back_with_up(open_: Opener) -> None:
    """Up and down go through what was looked for before."""
    async with open_() as ui:
        await ui.press(*"/anvil", "enter", "backspace", *"/drum", "enter", "backspace", "/", "up", "up")
        assert ui.foot[0].startswith("/ anvil")
        assert ui.listed == ["Anvil"]
        await ui.press("down")
        assert ui.listed == ["Drum"]
        await ui.press("down")
        assert ui.foot[0].endswith("40 of 40")


# -- typing ahead ---------------------------------------------------------------------------------


async def test_all_letters_after_a_slash_are_the_querys(open_: Opener) -> None:
    """What follows `/` in the same write is text, though every letter is a command."""
    async with open_(SMALL) as ui:
        await ui.type("/sdlftrq")
        assert ui.foot[0].startswith("/ sdlftrq")
        assert ui.decisions == 0


async def test_what_follows_enter_is_the_lists_again(open_: Opener) -> None:
    """`/quill`, enter and `s` in one write star the paper that was found."""
    async with open_() as ui:
        await ui.press(*"/quill", "enter", "s", *"tcraft", "enter", "escape", "g", "d")
        assert ui.names("starred") == ["Quill"]
        assert ui.triage("Quill").tags == ("craft",)
        assert ui.names("read") == ["Anvil"]


async def test_escape_and_a_letter_at_once(open_: Opener) -> None:
    """A prompt left by escape, and `s`, whether they come as two keys or glued to one."""
    async with open_() as ui:
        await ui.press(*"/quill", "escape", "s")
        assert ui.names("starred") == ["Anvil"]
        await ui.press(*"/quill", "alt+s")
        assert ui.names("starred") == ["Anvil", "Bellows"]
        await ui.press(*"/quill", "enter", "alt+d")
        assert ui.names("read") == ["Quill"]
        assert ui.place.endswith("of 40")
        await ui.press(*"/quill", "alt+shift+g")
        assert ui.here == "Nozzle"


async def test_a_question_behind_a_question(open_: Opener) -> None:
    """A whole chain typed ahead: a view, an order, a tag, an export and a quit."""
    async with open_() as ui:
        await ui.press(
            "s", "w", "4", "O", "t", *"tfine", "enter", *"A", "n", ":", *"reverse the order", "enter"
        )
        assert ui.screen.desk.view.name == "all"
        assert ui.top.rstrip().endswith("by title, z first")
        assert ui.triage("Bellows").tags == ("fine",)
        assert ui.said == "by title, z first"


async def test_a_choice_is_on_one_line(open_: Opener, size: tuple[int, int]) -> None:
    """Where the choices need several lines, these end between them."""
    async with open_(size) as ui:
        await ui.press("O")
        shown = [line for line in ui.lines if "upvotes" in line or "reversed" in line]
        assert any("u most upvotes first" in line for line in shown)
        for words, _ in ORDERS.values():
            assert words in ui.text


async def test_a_tag_that_was_never_worn_is_not_taken_off(open_: Opener) -> None:
    """It says so, nothing is decided, and `T` repeats the tag before it."""
    async with open_() as ui:
        await ui.press("t", *"odd", "enter", "j", "t", *"-nope", "enter")
        assert ui.said == f"not tagged #nope {quoted('Bellows')}"
        assert ui.decisions == 1
        await ui.press("T")
        assert ui.triage("Bellows").tags == ("odd",)


async def test_no_list_command_fires_while_something_is_asked(open_: Opener) -> None:
    """Keys that have a meaning in the list edit the text or do nothing."""
    async with open_() as ui:
        listed = [
            key
            for key, name in ui.app.bound.items()
            if name not in ("app.back", "app.quit_now", "paper.open")
        ]
        assert {"ctrl+d", "tab", "shift+g", "pagedown", "f1"} <= set(listed)
        await ui.press("/")
        for key in listed:
            if key not in ("ctrl+c", "backspace"):
                await ui.press(key)
        assert ui.screen.prompt.is_open
        assert len(ui.app.screen_stack) == 1
        assert (ui.decisions, ui.screen.desk.view.name) == (0, "inbox")
        await ui.press("ctrl+c")
        assert not ui.screen.prompt.is_open
        assert ui.app.is_running
        assert ui.here == "Anvil"


async def test_keys_of_modifiers_answer_nothing(open_: Opener) -> None:
    """Pressing shift alone, which some terminals send as a key, neither leaves a question nor says a word."""
    async with open_() as ui:
        await ui.press("A", "left_shift", "caps_lock")
        assert ui.foot[0].startswith("? Mark 40 papers read")


async def test_the_line_is_edited_as_lines_are(open_: Opener) -> None:
    """Arrows, home, end, ctrl+w, ctrl+u, delete: as in a shell."""
    async with open_() as ui:
        await ui.press(*"/one two", "ctrl+w", *"six", "home", "delete", *"O", "end", "left", *"-")
        assert ui.foot[0].startswith("/ One si-x")
        await ui.press("ctrl+u")
        assert ui.foot[0].startswith("/ x")


async def test_a_paste_is_text(open_: Opener) -> None:
    """In a prompt a paste is put in as one harmless line; in the list it is no row of keys."""
    async with open_() as ui:
        await ui.paste("sdsd")
        assert ui.decisions == 0
        assert ui.said == "Nothing to paste into here; / finds papers."
        await ui.press("/")
        await ui.paste("Quill:\nWhat\x1b]52;c;AAAA\x07\u202e")
        assert ui.foot[0].startswith("/ Quill: What]52;c;AAAA")
        await ui.press("escape", "A")
        await ui.paste("y")
        assert ui.decisions == 0
        assert ui.foot[0].startswith("? Mark")


def test_what_is_put_in_is_one_line_of_visible_text() -> None:
    """Line ends and tabs become blanks; what nobody sees goes; all else stays as it is."""
    assert shown_text("a\nb\tc") == "a b c"
    assert shown_text("\\emph{x} \x1b[2J\u200d\u2066é") == "\\emph{x} [2Jé"


# -- tags -----------------------------------------------------------------------------------------


async def test_a_tag_is_given_and_the_cursor_stays(open_: Opener) -> None:
    """`t`, a name and enter tag the paper; it is seen on the row, and a verdict can follow."""
    async with open_(SMALL) as ui:
        await ui.press(*"taudio", "enter")
        assert ui.triage("Anvil").tags == ("audio",)
        assert ui.said == f"tagged #audio {quoted('Anvil')}  u takes it back"
        assert ui.here == "Anvil"
        assert "#audio" in ui.text
        await ui.press("s")
        assert ui.triage("Anvil") == Triage(starred=True, tags=("audio",))


async def test_several_tags_are_one_decision(open_: Opener) -> None:
    """Words are tags; -name takes one off; `u` takes all of it back."""
    async with open_() as ui:
        await ui.press(*"tred #blue", "enter", *"tgreen -red", "enter")
        assert ui.triage("Anvil").tags == ("blue", "green")
        assert ui.said == f"tagged #green, took #red off {quoted('Anvil')}  u takes it back"
        assert ui.decisions == 2
        await ui.press("u")
        assert ui.triage("Anvil").tags == ("blue", "red")


async def test_tab_completes_the_most_used_first(open_: Opener) -> None:
    """Tags in use are offered with how many papers wear each, what begins so before what holds it."""
    async with open_(SMALL) as ui:
        for name, tag in (
            ("Anvil", "long"),
            ("Bellows", "long"),
            ("Candle", "language"),
            ("Dagger", "oblong"),
        ):
            ui.library.decide("tag", [ui.paper(name).id], {f"{TAG}{tag}": True})
        await ui.press("G", "t")
        assert ui.foot[1].startswith("long  2")
        await ui.type("l")
        assert ui.foot[1].startswith("long  2  language 1  oblong 1")
        await ui.press(*"an", "tab")
        assert ui.foot[0].rstrip() == "tag language"
        await ui.press("tab", "enter")
        assert ui.triage("Nozzle").tags == ("language", "long")


async def test_an_existing_spelling_is_used(open_: Opener) -> None:
    """`graph` on a paper, where others wear `Graph`, gives Graph."""
    async with open_() as ui:
        await ui.press(*"tGraph", "enter", "j", *"tgraph", "enter")
        assert ui.triage("Bellows").tags == ("Graph",)


async def test_what_it_wears_is_shown_and_completed_after_a_minus(open_: Opener) -> None:
    """On a paper with tags the prompt says which; after a minus those are offered."""
    async with open_() as ui:
        await ui.press(*"tred blue", "enter", "t")
        assert ui.foot[1].startswith("wears #blue #red")
        await ui.press("-")
        assert ui.foot[1].startswith("blue  1  red 1")
        await ui.press(*"r", "tab", "enter")
        assert ui.triage("Anvil").tags == ("blue",)


@pytest.mark.parametrize("wrong", ['a"b', "a,b", "a#b"])
async def test_a_wrong_tag_stays_open(open_: Opener, size: Size, wrong: str) -> None:
    """What cannot be a tag is pointed at; enter does not close, and nothing is decided."""
    async with open_(size) as ui:
        await ui.press(*f"tfine {wrong}", "enter")
        line, under = ui.lines[-2:]
        words = "cannot be a tag: no comma, quote or # in it"
        assert under.strip() == f"^ “{wrong}” {words}"
        assert under.index("^") == line.index(wrong)
        assert ui.decisions == 0
        await ui.press("ctrl+u", *"fine", "enter")
        assert ui.triage("Anvil").tags == ("fine",)


async def test_nothing_typed_tags_nothing(open_: Opener) -> None:
    """Enter on an empty line, and escape, leave the paper as it is."""
    async with open_() as ui:
        await ui.press("t", "enter", "t", *"red", "escape")
        assert ui.decisions == 0


async def test_a_tag_it_has_already(open_: Opener) -> None:
    """Is said, and is no decision."""
    async with open_() as ui:
        await ui.press(*"tred", "enter", *"tred", "enter")
        assert ui.said == f"already tagged #red {quoted('Anvil')}"
        assert ui.decisions == 1


async def test_tag_again(open_: Opener) -> None:
    """`T` gives the last tags to this paper, `3T` to three; before any it says which key asks."""
    async with open_() as ui:
        await ui.press("T")
        assert ui.said == "No tag to repeat yet; t asks for one."
        await ui.press(*"tred", "enter", "j", "T", "j", "3", "T")
        worn = [name for name in NAMES if ui.triage(name).tags == ("red",)]
        assert worn == ["Anvil", "Bellows", "Candle", "Dagger", "Easel"]
        assert ui.said == "tagged #red: 3 papers  u takes them back"


# -- choosing -------------------------------------------------------------------------------------


async def test_a_view_is_chosen_by_digit_or_letters(open_: Opener) -> None:
    """`w` shows the views with their counts; letters narrow them, tab goes on to the next."""
    async with open_() as ui:
        await ui.press("s")
        for keys, view in {"2": "starred", "lat\r": "later", "4": "all", "in\t\r": "inbox"}.items():
            await ui.press("w")
            assert ui.foot[0].startswith("view ")
            assert ui.foot[1].startswith("1 inbox  39  2 starred 1   3 later 0   4 all 40   5 tagged 0")
            names = {"\r": "enter", "\t": "tab", "\x7f": "backspace"}
            await ui.press(*(names.get(key, key) for key in keys))
            assert ui.screen.desk.view.name == view


async def test_the_arrows_go_through_what_is_offered(open_: Opener) -> None:
    """As tab and shift+tab do; at either end they stay."""
    async with open_() as ui:
        await ui.press("w", "up", "down", "down", "enter")
        assert ui.screen.desk.view.name == "later"
        await ui.press("w", "down", "up", "enter")
        assert ui.screen.desk.view.name == "inbox"


async def test_an_order_is_chosen(open_: Opener, size: Size) -> None:
    """`O` shows the orders; the cursor stays on its paper, the order is said and stands at the top."""
    orders = {
        "n": "newest first",
        "o": "oldest first",
        "t": "by title",
        "a": "last added first",
        "c": "most comments first",
        "u": "most upvotes first",
        "s": "last starred first",
        "b": "best match first",
        "d": "as in the digests",
        "r": "last in the digests first",
    }
    async with open_(size) as ui:
        await ui.press(*"9j")
        for key, words in orders.items():
            await ui.press("O")
            assert "? Which order?" in ui.text
            assert "r reversed" in ui.text
            await ui.press(key)
            assert ui.said == words
            assert ui.here == "Jigsaw"
            short = f"{ui.screen.desk.view.order}{' reversed' if key == 'r' else ''}"
            assert ui.top.rstrip().endswith(words if size == WIDE else short)


async def test_the_palette_finds_a_command_by_a_word(open_: Opener) -> None:
    """`:` and a word offer commands with their keys; enter does the first."""
    async with open_(SMALL) as ui:
        await ui.press("d", ":", *"take the last")
        assert ui.foot[1].startswith("take the last act back u")
        await ui.press("enter")
        assert ui.said.startswith("took back: done")


async def test_the_palette_does_nothing_of_its_own_accord(open_: Opener) -> None:
    """Nothing typed, nothing done; nothing like it, and it says where all commands are."""
    async with open_() as ui:
        await ui.press(":", "enter")
        assert ui.foot[1] == "A word of what you want to do; ? shows all."
        await ui.press(*"qqqqzzzz")
        assert ui.foot[1] == "No command like that; ? shows all."
        await ui.press("enter")
        assert ui.screen.prompt.is_open
        assert ui.decisions == 0
        await ui.press("escape")


async def test_the_palette_asks_the_next_question(open_: Opener) -> None:
    """A command that asks something takes the palette's place; tab writes the first out."""
    async with open_() as ui:
        await ui.press("ctrl+p", *"give it ta", "tab")
        assert ui.foot[0] == ": give it tags"
        await ui.press("enter")
        assert ui.foot[0] == "tag"
        await ui.press(*"red", "enter")
        assert ui.triage("Anvil").tags == ("red",)


# -- the mouse and the window ---------------------------------------------------------------------


async def test_clicks_above_a_question_do_nothing(open_: Opener) -> None:
    """While something is asked, neither tabs nor papers can be clicked; the text can."""
    async with open_() as ui:
        await ui.press(*"tred")
        await ui.click(20, 0)
        await ui.click(20, 9, times=2)
        assert (ui.screen.desk.view.name, ui.here, ui.screen.reading) == ("inbox", "Anvil", False)
        await ui.click(7, 34)
        await ui.press(*"x", "enter")
        assert ui.triage("Anvil").tags == ("rxed",)


@pytest.mark.parametrize("to", [(80, 24), (140, 40), (60, 12), (39, 9)])
async def test_a_question_survives_another_size(open_: Opener, to: Size) -> None:
    """The window may change while something is asked; text and answer stay."""
    async with open_() as ui:
        await ui.press(*"/quill")
        await ui.resize(*to)
        if to != (39, 9):
            assert ui.foot[0].startswith("/ quill")
            assert ui.listed == ["Quill"]
        else:
            assert "quill" not in ui.text
        await ui.resize(*WIDE)
        assert ui.foot[0].startswith("/ quill")
        await ui.press("enter", "s")
        assert ui.names("starred") == ["Quill"]


async def test_a_question_at_the_smallest_size(open_: Opener) -> None:
    """40 columns and 10 rows are enough to find and tag."""
    async with open_((40, 10), given=records(NAMES[:9])) as ui:
        await ui.press(*"/fid")
        assert ui.listed == ["Fiddle"]
        assert ui.foot[0].startswith("/ fid")
        await ui.press("enter", *"tred", "enter")
        assert ui.triage("Fiddle").tags == ("red",)
