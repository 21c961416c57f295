"""Cards: one paper at a time over what is undecided, with the keys of the list, and nothing lost."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from sittings import MORNING, NAMES, SMALL, WIDE, Opener, Sitting, library, reading, records, title

from tui.keymap import load_keymap, shipped
from tui.store.database import Database

Size = tuple[int, int]
THIRTY = NAMES[:30]
SIGNED = records(("Anvil",))[0]


def card(ui: Sitting) -> str:
    """The name of the paper on the card; empty where none is."""
    found = re.search(r"^ *(\w+): What It Does to Tensors", "\n".join(ui.lines[1:]), re.MULTILINE)
    return found[1] if found else ""


def progress(ui: Sitting) -> str:
    """The line at the top."""
    return " ".join(ui.top.split())


def message(ui: Sitting) -> str:
    """What stands above the tiles."""
    lines = [line.strip() for line in ui.lines]
    place = next(i for i in reversed(range(len(lines))) if "star" in lines[i] and "done" in lines[i])
    above = place - (3 if ui.app.size.height >= 30 and ui.app.size.width >= 100 else 1)
    return lines[above]


# -- the flow -------------------------------------------------------------------------------------


async def test_thirty_papers(open_: Opener, size: Size) -> None:
    """Three starred, two put off, a slip taken back, the rest done: 36 keys at most."""
    keys = ["c"]
    for number in range(1, 31):
        if number in (5, 12, 23):
            keys.append("s")
        elif number in (9, 17):
            keys.append("l")
        else:
            keys += ["l", "u", "d"] if number == 15 else ["d"]
    async with open_(size, given=records(THIRTY)) as ui:
        await ui.press(*keys)
        assert len(keys) <= 36
        assert ui.names("starred") == [THIRTY[4], THIRTY[11], THIRTY[22]]
        assert ui.names("later") == [THIRTY[8], THIRTY[16]]
        assert len(ui.names("read")) == 25
        assert re.search(r"30 seen in \d+ min: 3 starred, 2 put off, 25 done\.", ui.text)
        assert "e export the starred   c list   u last one again" in ui.text
        assert progress(ui) == "30 of 30 in the inbox all decided"


async def test_the_deck_is_what_is_undecided(open_: Opener) -> None:
    """In the order of the list, from the cursor on; what is decided in cards can be gone back to."""
    async with open_(given=records(NAMES[:5])) as ui:
        await ui.press("d", "j", "d", "g", "c")  # Anvil and Candle
        assert (card(ui), progress(ui)) == ("Bellows", "1 of 3 in the inbox 3 left")
        await ui.press("s")
        assert (card(ui), progress(ui)) == ("Dagger", "2 of 3 in the inbox 2 left · about 2 min")
        await ui.press("k")
        assert card(ui) == "Bellows"
        assert "★ starred" in ui.text
        await ui.press("k")
        assert (card(ui), message(ui)) == ("Bellows", "This is the first one.")


async def test_a_view_without_anything_undecided(open_: Opener, size: Size) -> None:
    """Starred and put off papers can be looked through as cards, all of them; nothing ends there."""
    async with open_(size) as ui:
        await ui.press("s", "s", "]", "g", "c")
        assert (card(ui), progress(ui)) == ("Anvil", "1 of 2 in starred")
        await ui.press("d")
        assert (card(ui), progress(ui)) == ("Bellows", "2 of 2 in starred")
        await ui.press("d", "l")
        assert "seen in" not in ui.text
        assert card(ui) == "Bellows"


async def test_no_paper_at_all(open_: Opener, size: Size) -> None:
    """There is nothing to lay out, and that is said."""
    async with open_(size, given=records(NAMES[:1])) as ui:
        await ui.press("d", "R", "c")
        assert ui.said == "No paper here to lay out as cards."
        assert not ui.screen.cards.is_on


# -- the keys -------------------------------------------------------------------------------------


async def test_verdicts_and_their_messages(open_: Opener, size: Size) -> None:
    """Each says above the tiles what it did and how it is taken back."""
    async with open_(size) as ui:
        await ui.press("c", "s")
        assert message(ui).startswith("starred “Anvil: What It Does to")
        assert message(ui).endswith("u takes it back")
        await ui.press("l")
        assert message(ui).startswith("put off “Bellows")
        await ui.press("u")
        assert (card(ui), message(ui).partition("“")[0]) == ("Bellows", "took back: put off ")
        await ui.press("ctrl+r")
        assert ui.triage("Bellows").later


async def test_counts_repeat_read_and_page_done(open_: Opener) -> None:
    """A count takes so many cards, `.` repeats, `r` stays, `D` is done with this one card."""
    async with open_() as ui:
        await ui.press("c", "3", "d")
        assert (card(ui), ui.names("read")) == ("Dagger", NAMES[:3])
        await ui.press("l", ".")
        assert ui.names("later") == NAMES[3:5]
        await ui.press("D")
        assert ui.triage("Fiddle").read
        assert card(ui) == "Goblet"
        await ui.press("r")
        assert card(ui) == "Goblet"
        assert "read · " in ui.text


async def test_going_about(open_: Opener, size: Size) -> None:
    """A page is a card; ends, next undecided and the place before a jump are the list's."""
    async with open_(size) as ui:
        await ui.press("c", "pagedown")
        assert card(ui) == "Bellows"
        await ui.press("ctrl+d", "pageup")
        assert card(ui) == "Bellows"
        await ui.press("G")
        assert card(ui) == "Nozzle"
        await ui.press("ctrl+o", "d", "g", "n")
        assert card(ui) == "Candle"
        await ui.press("N")
        assert card(ui) == "Anvil"
        await ui.press("5", "j")
        assert card(ui) == "Fiddle"


async def test_the_last_card_says_what_is_left_above(open_: Opener, size: Size) -> None:
    """As the list does after a verdict, with the key that leads there."""
    async with open_(size) as ui:
        await ui.press("c", "G", "n")
        assert message(ui) == "No undecided paper below. 39 above are still undecided: g"
        await ui.press("g", "s", "G", "n")
        assert message(ui).endswith("38 above are still undecided: g n")


async def test_the_abstract_is_scrolled(open_: Opener) -> None:
    """A line, a page; at its end space goes on to the next undecided, deciding nothing."""
    async with open_((80, 16)) as ui:
        await ui.press("c")
        assert re.search(r"▼ \d+ more lines · space", ui.text)
        await ui.press("J")
        assert card(ui) == ""
        await ui.press("K")
        assert card(ui) == "Anvil"
        await ui.press("space", "b", "b")
        assert card(ui) == "Anvil"
        for _ in range(10):
            await ui.press("space")
            if card(ui) == "Bellows":
                break
        assert card(ui) == "Bellows"
        assert ui.decisions == 0


async def test_tags_and_notes(open_: Opener, size: Size) -> None:
    """Asked for at the foot, the card stays where it is; both are seen on it."""
    async with open_(size) as ui:
        await ui.press("c")
        before = ui.lines[:10]
        await ui.press("t", *"red")
        assert ui.foot[0].startswith("tag red")
        assert ui.lines[:10] == before
        await ui.press("enter", "m", *"again", "enter")
        assert "#red" in ui.text
        assert "✎ again" in ui.text
        assert card(ui) == "Anvil"


async def test_the_other_questions(open_: Opener, size: Size) -> None:
    """Copy, browse, order and views are asked and answered as in the list."""
    async with open_(size) as ui:
        await ui.press("c", "y", "t")
        assert ui.app.clipboard == title("Anvil")
        await ui.press("o")
        assert ui.doors.browsed == ["https://example.org/anvil"]
        await ui.press("enter")
        assert message(ui) == "A card has the full width already."
        await ui.press("?", "q")
        assert card(ui) == "Anvil"


async def test_a_key_that_does_nothing(open_: Opener) -> None:
    """Says so above the tiles."""
    async with open_() as ui:
        await ui.press("c", "ä")
        assert message(ui) == "ä is not a key here; --keymap arrows needs no letters."


# -- other decks ----------------------------------------------------------------------------------


async def test_finding(open_: Opener, size: Size) -> None:
    """A filter deals a new deck while it is typed; left again, the card is the one before."""
    async with open_(size) as ui:
        await ui.press("c", "d", "s", "/", *"kettle")
        assert card(ui) == "Kettle"
        await ui.press("escape")
        assert (card(ui), progress(ui)[:8]) == ("Candle", "3 of 40 ")
        await ui.press("/", *"kettle", "enter")
        assert progress(ui).startswith("1 of 1 in the inbox / kettle 1 left")
        await ui.press("backspace")
        assert (card(ui), progress(ui)[:9]) == ("Kettle", "11 of 40 ")


async def test_nothing_found(open_: Opener, size: Size) -> None:
    """Says so where the card stood, with the key that brings them back."""
    async with open_(size) as ui:
        await ui.press("c", "/", *"is:starred", "enter")
        assert "Nothing in the inbox for is:starred." in ui.text
        await ui.press("s", "D", "space", "n")
        assert ui.decisions == 0
        await ui.press("escape")
        assert card(ui)
        assert ui.screen.cards.is_on


async def test_views_and_orders(open_: Opener) -> None:
    """Another view or order is another deck, from the same paper where it is in it."""
    async with open_(given=records(NAMES[:6])) as ui:
        await ui.press("c", "d", "d", "j")
        await ui.press("O", "t")
        assert card(ui) == "Dagger"
        await ui.press("w", "4")
        assert progress(ui).startswith("2 of 4 undecided in all 4 left")
        assert card(ui) == "Dagger"
        await ui.press("w", "1", "R")
        assert (card(ui), progress(ui)[:21]) == ("Dagger", "2 of 4 in the inbox 4")


async def test_an_import_by_another(open_: Opener, tmp_path: Path) -> None:
    """New papers join the deck; the card stays."""
    async with open_(given=records(NAMES[:3])) as ui:
        await ui.press("c", "d")
        other = library(tmp_path / "library", given=())
        other.add(reading(records(NAMES[3:5]), "nov-19", MORNING + timedelta(days=1)))
        ui.screen.others.look()
        await ui.settle()
        assert card(ui) == "Bellows"
        assert progress(ui).startswith("4 of 5 in the inbox 4 left")
        assert message(ui).startswith("2 new papers came")


async def test_taking_back_what_is_not_in_the_deck(open_: Opener) -> None:
    """The paper is found again, dealt and shown."""
    async with open_() as ui:
        await ui.press("d", "R", "c", "j")
        assert card(ui) == "Candle"
        await ui.press("u")
        assert (card(ui), ui.decisions) == ("Anvil", 2)
        assert progress(ui).startswith("1 of 40 ")


async def test_taking_back_what_stays_decided(open_: Opener) -> None:
    """It is shown all the same, where it is to be found."""
    async with open_() as ui:
        await ui.press("d", "k", "t", *"red", "enter", "R", "c", "j", "u")
        assert message(ui).endswith("shown in all")
        assert card(ui) == "Anvil"
        assert "read · " in ui.text


# -- there and back -------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["c", "escape", "q"])
async def test_leaving_in_the_middle(open_: Opener, size: Size, way: str) -> None:
    """Nothing is lost: the list again, on the same paper, what was decided dimmed in its row."""
    async with open_(size) as ui:
        await ui.press("j", "c", "s", "d", way)
        assert ui.app.is_running
        assert (ui.here, ui.place) == ("Dagger", "4 of 40")
        assert (ui.mark("Bellows"), ui.mark("Candle"), ui.mark("Dagger")) == ("★", " ", "●")
        assert ui.top.startswith("  inbox 38  starred 1 ")
        assert "inbox" in ui.top
        await ui.press("q")
        assert not ui.app.is_running


async def test_leaving_a_filtered_deck(open_: Opener) -> None:
    """The filter stays, with all that it found."""
    async with open_() as ui:
        await ui.press("/", *"with care", "enter", "d", "c", "d", "c")
        assert ui.place == "3 of 40"
        assert ui.mark("Anvil") == " "


async def test_from_the_reader(open_: Opener) -> None:
    """Cards take its place, and lead back to the list."""
    async with open_() as ui:
        await ui.press("enter", "c", "d")
        assert card(ui) == "Bellows"
        await ui.press("c")
        assert ui.here == "Bellows"


async def test_the_end(open_: Opener, size: Size) -> None:
    """Nothing is decided on the summary by mistake; the last card can be seen and taken back."""
    async with open_(size, given=records(NAMES[:2])) as ui:
        await ui.press("c", "d", "s")
        assert "2 seen in" in ui.text
        assert message(ui).endswith("u takes it back")
        decisions = ui.decisions
        await ui.press("s", "t", "m", "D", ".", "o", "l")
        assert (ui.decisions, ui.doors.browsed) == (decisions, [])
        assert message(ui) == "No card here any more; u takes the last act back, k shows the last card."
        await ui.press("k")
        assert card(ui) == "Bellows"
        await ui.press("u")
        assert (card(ui), ui.names("inbox")) == ("Bellows", ["Bellows"])
        await ui.press("d")
        assert "2 seen in" in ui.text
        assert "2 done." in ui.text
        assert "export" not in "\n".join(ui.lines[2:-4])
        await ui.press("c")
        assert ui.here == "Bellows"


async def test_the_end_of_another(open_: Opener, tmp_path: Path) -> None:
    """What another papertui decides does not take the card from under the eye."""
    async with open_(given=records(NAMES[:1])) as ui:
        await ui.press("c")
        other = library(tmp_path / "library", given=())
        other.decide("star", [next(iter(other.papers))], {"starred": True})
        ui.screen.others.look()
        await ui.settle()
        assert card(ui) == "Anvil"
        assert "★ starred" in ui.text


# -- what is seen ---------------------------------------------------------------------------------


async def test_facts(open_: Opener, tmp_path: Path, size: Size) -> None:
    """Full date, all digests with numbers, and the link."""
    held = library(tmp_path / "library", given=records(NAMES[:3]))
    for number in range(2, 9):
        held.add(reading(records((NAMES[number], "Anvil")), f"digest-of-week-{number}"))
    async with open_(size, held=held) as ui:
        await ui.press("c")
        assert "1 Jan 2024" in ui.text
        assert "example.org/anvil" in ui.text
        for number in range(2, 9):
            assert re.search(rf"digest-of-week-{number}( digest)?, no\. 2", ui.text)
        assert "more ·" not in ui.text


async def test_every_size(open_: Opener) -> None:
    """No line is too long, the title is whole, star, done and help or list can be seen at the foot."""
    async with open_() as ui:
        await ui.press("c", "d")
        for size in (
            (40, 10),
            (60, 12),
            (80, 24),
            (99, 30),
            (100, 29),
            (100, 30),
            (120, 36),
            (140, 40),
            (220, 70),
        ):
            await ui.resize(*size)
            assert [len(line) for line in ui.lines] == [size[0]] * size[1]
            assert card(ui) == "Bellows"
            assert progress(ui).startswith("2 of 40 in the inbox")
            foot = "\n".join(ui.lines[-6:])
            assert "s  star" in foot or "s star" in foot
            assert "list" in foot
            assert "u takes it back" in foot
        await ui.resize(39, 9)
        assert "Nothing is lost." in " ".join(ui.text.split())
        await ui.press("d")
        await ui.resize(80, 24)
        assert card(ui) == "Bellows"


async def test_titles_stand_still(open_: Opener) -> None:
    """The next title is where the last one was, however long the abstracts are."""
    short, long_ = records(NAMES[:2])
    given = (type(short)(title=short.title, abstract="Short."), long_)
    async with open_(WIDE, given=given) as ui:
        await ui.press("c")
        rows = []
        for _ in range(2):
            rows.append(next(i for i, line in enumerate(ui.lines) if f"{card(ui)}: What" in line))
            await ui.press("j")
        assert rows[0] == rows[1]


@pytest.mark.parametrize("keymap", shipped())
async def test_every_keymap(open_: Opener, size: Size, keymap: str) -> None:
    """The tiles show its keys, and its keys do what they say."""
    keys = load_keymap(keymap)
    async with open_(size, keymap=keymap) as ui:
        cards, done = keys.keys["triage.cards"][0], keys.keys["paper.done"][0]
        await ui.press(cards, done)
        assert card(ui) == "Bellows"
        tiles = "\n".join(ui.lines[-4:])
        assert re.search(rf"{re.escape(keys.keys_of('paper.star')[0])}  ?star", tiles)
        assert re.search(rf"{re.escape(keys.keys_of('triage.cards')[0])}  ?list", tiles)
        await ui.press(cards)
        assert ui.here == "Bellows"


async def test_tiles_are_clicked(open_: Opener, size: Size) -> None:
    """A click on a tile is its key; beside the tiles it is nothing, and the tabs cannot be hit unseen."""
    async with open_(size) as ui:
        await ui.press("c")
        row = next(i for i, line in enumerate(ui.lines) if "later" in line and "done" in line)
        await ui.click(ui.lines[row].index("later"), row)
        assert ui.triage("Anvil").later
        await ui.click(0, row)
        await ui.click(12, 0)
        assert (card(ui), ui.decisions) == ("Bellows", 1)
        await ui.click(ui.lines[row].index("list"), row)
        assert ui.here == "Bellows"


async def test_ascii(open_: Opener) -> None:
    """Nothing of ours is drawn with other than ASCII."""
    async with open_(SMALL, ascii=True) as ui:
        await ui.press("c", "s", "k")
        assert ui.text.isascii()
        assert "* starred" in ui.text


async def test_without_colours(open_: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    """States are words, tiles are read without a ground."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with open_() as ui:
        await ui.press("c", "l", "k")
        assert "» put off" in ui.text
        assert "d done" in ui.text


async def test_a_hostile_title(open_: Opener) -> None:
    """No markup is obeyed and no control character reaches the terminal."""
    bad = type(SIGNED)(
        title="[@click=app.quit]x[/] \x1b]52;c;AAAA\x07 \u202eevil",
        abstract="a",
        links=("https://e.org/\x1b[2J",),
    )
    async with open_(given=(bad,)) as ui:
        await ui.press("c")
        assert "[@click=app.quit]x[/]" in ui.text
        assert not any(ord(char) < 32 or char == "\u202e" for line in ui.lines for char in line)


async def test_a_refused_decision_is_told_whole(
    open_: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Above the tiles, in as many lines as it needs; the card is as it was."""
    from tui.errors import LibraryError

    async with open_(SMALL) as ui:
        await ui.press("c")
        words = "the disk is full; the paper is as it was. Free some space, then press the key once more."
        monkeypatch.setattr(Database, "keep", lambda *args: (_ for _ in ()).throw(LibraryError(words)))
        await ui.press("d")
        assert words in " ".join(ui.text.split())
        assert card(ui) == "Anvil"


async def test_papers_selected_are_acted_on_from_a_card(open_: Opener) -> None:
    """As in the list: all of them at once, and then none is selected."""
    async with open_(WIDE) as ui:
        await ui.press(*"xxx", "c")
        assert "3 selected" in ui.text
        await ui.press("s")
        assert ui.names("starred") == ["Anvil", "Bellows", "Candle"]
        assert "selected" not in ui.text
        await ui.press("x", "escape", "escape")
        assert "inbox 37" in ui.top
