"""Notes: of one line or several, in the prompt or in an editor; nothing written is lost or overwritten."""

import re
from pathlib import Path

import pytest
from sittings import SMALL, Opener, Sitting, library

from tui.errors import EditorError

Size = tuple[int, int]


def quoted(name: str) -> str:
    return f"“{name}: What It Does to Tensors”"


def written(ui: Sitting) -> list[str]:
    """The lines of the note as the prompt shows them."""
    foot = next(at for at, line in enumerate(ui.lines) if line.lstrip().startswith("note"))
    return [line.strip().removeprefix("note").strip() for line in ui.lines[foot:-1]]


async def test_a_note_is_kept(open_: Opener) -> None:
    """`m`, words and enter keep a note; the row shows that there is one, the abstract's head what it says."""
    async with open_(SMALL) as ui:
        await ui.press(*"mread the proof", "enter")
        assert ui.triage("Anvil").note == "read the proof"
        assert ui.said == f"noted {quoted('Anvil')}  u takes it back"
        assert "✎" in ui.text
        await ui.press("enter")
        assert "✎ read the proof" in ui.text


async def test_what_is_typed_ahead_goes_in(open_: Opener, size: Size) -> None:
    """Also the first time, when the field is not there yet; after it the list has the keys again."""
    async with open_(size) as ui:
        await ui.press(*"mone", "enter", "j", *"mtwo", "enter", "j", "s")
        assert [ui.triage(name).note for name in ("Anvil", "Bellows", "Candle")] == ["one", "two", ""]
        assert ui.names("starred") == ["Candle"]


async def test_a_note_is_taken_off(open_: Opener) -> None:
    """Emptied, it is gone; left as it was, it is no decision."""
    async with open_() as ui:
        await ui.press(*"mwords", "enter", "m", "enter")
        assert ui.said == "The note is as it was."
        await ui.press("m", "ctrl+u", "enter")
        assert ui.triage("Anvil").note == ""
        assert ui.said == f"took the note off {quoted('Anvil')}  u takes it back"
        assert ui.decisions == 2


async def test_keys_typed_ahead_find_the_lines_as_they_are_drawn(open_: Opener) -> None:
    """A cursor key is taken when it is known where the lines wrap."""
    async with open_(SMALL) as ui:
        await ui.press("m", *"a" * 100, "up", "X", "enter")
        assert 20 < ui.triage("Anvil").note.index("X") < 80


# -- lines ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["alt+enter", "ctrl+j", "shift+enter"])
async def test_a_line_is_broken(open_: Opener, key: str) -> None:
    """Enter keeps the note, so another key goes on to the next line; the hints name it."""
    async with open_() as ui:
        await ui.press(*"mone", key, *"two")
        assert written(ui) == ["one", "two"]
        assert ui.foot[1] == "enter keep  alt+enter ctrl+j new line  escape back"
        await ui.press("enter")
        assert ui.triage("Anvil").note == "one\ntwo"


async def test_enter_after_a_fast_escape_is_no_line_break_in_the_list(open_: Opener) -> None:
    """Terminals send alt+enter as escape and enter."""
    async with open_() as ui:
        await ui.press("alt+enter")
        assert ui.screen.reading


async def test_the_prompt_grows_with_the_note_up_to_a_bound(open_: Opener, size: Size) -> None:
    """At 80x24 to four lines; the rest scrolls, and which line one is on is said."""
    most = 4 if size == SMALL else 8
    async with open_(size) as ui:
        await ui.press("m")
        assert written(ui) == [""]
        for number in range(1, most + 1):
            await ui.press(*f"line {number}")
            assert len(written(ui)) == number
            await ui.press(*(["ctrl+j"] if number < most else []))
        assert written(ui)[0] == "line 1"
        await ui.press("ctrl+j", *"more")
        assert len(written(ui)) == most
        assert f"line {most + 1} of {most + 1}" in ui.text
        await ui.press(*["up"] * most)
        assert f"line 1 of {most + 1}" in ui.text
        assert written(ui)[0].startswith("line 1")
        assert ui.here == "Anvil"
        await ui.press("enter")
        assert ui.foot[1].endswith("? help")
        assert ui.triage("Anvil").note.count("\n") == most


async def test_a_long_line_wraps_at_a_word(open_: Opener) -> None:
    """Wide characters take their two cells; what is kept is one line."""
    text = "深層学習 " * 8 + "and words that find no room on the first of the lines"
    async with open_(SMALL) as ui:
        await ui.press("m", *text)
        lines = written(ui)
        assert len(lines) == 2
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        await ui.press("enter")
        assert ui.triage("Anvil").note == text


async def test_the_keys_of_an_editor(open_: Opener) -> None:
    """Cursor keys over the lines, home and end, a word at a time, ctrl+w, ctrl+u, ctrl+k, undo."""
    async with open_() as ui:
        await ui.press(*"mone two", "ctrl+j", *"three", "up", "end", "ctrl+w", *"2", "home", *">")
        assert written(ui) == [">one 2", "three"]
        await ui.press("ctrl+right", *"!", "down", "home", "ctrl+k", *"3", "backspace", *"4")
        assert written(ui) == [">one! 2", "4"]
        await ui.press("up", "end", "ctrl+u", "delete")
        assert written(ui) == ["4"]
        await ui.press("ctrl+z", "enter")
        assert ui.triage("Anvil").note == "4"


async def test_a_paste_keeps_its_lines(open_: Opener) -> None:
    """However a terminal ends them; tabs become blanks, and what is not seen stays out."""
    async with open_() as ui:
        await ui.press("m")
        await ui.paste("one\r\ntwo\rthr\x1bee\nfour\t|\u202e\x9b")
        assert written(ui) == ["one", "two", "three", "four    |"]
        await ui.press("enter")
        assert ui.triage("Anvil").note == "one\ntwo\nthree\nfour    |"


async def test_a_note_of_several_lines_left_as_it_was_is_no_decision(open_: Opener) -> None:
    """Not even where it holds what is not shown; once changed, that is gone."""
    async with open_() as ui:
        ui.library.decide("note", [ui.paper("Anvil").id], {"note": "one\n\ntwo\x1b[2J"})
        await ui.press("m")
        assert written(ui) == ["one", "", "two[2J"]
        await ui.press("enter")
        assert ui.triage("Anvil").note == "one\n\ntwo\x1b[2J"
        await ui.press("m", "ctrl+j", *"three", "enter")
        assert ui.triage("Anvil").note == "one\n\ntwo[2J\nthree"


async def test_markup_is_text(open_: Opener) -> None:
    """Nothing that is written is obeyed."""
    async with open_() as ui:
        await ui.press(*"m[@click=app.quit]x[/] [bold", "enter", "m")
        assert written(ui) == ["[@click=app.quit]x[/] [bold"]


async def test_another_window_size_while_a_note_is_written(open_: Opener) -> None:
    """The text wraps anew, nothing of it is lost."""
    async with open_() as ui:
        await ui.press("m", *"a word and " * 9)
        assert len(written(ui)) == 1
        await ui.resize(60, 24)
        assert len(written(ui)) == 3
        await ui.press("enter")
        assert ui.triage("Anvil").note == ("a word and " * 9).strip()


# -- leaving --------------------------------------------------------------------------------------


async def test_leaving_an_unkept_note_asks(open_: Opener) -> None:
    """Escape with words not kept asks; enter keeps them."""
    async with open_(SMALL) as ui:
        await ui.press(*"mwords", "escape")
        assert ui.foot == [
            "? The note is not kept yet.",
            "enter keep it  d drop it  escape go on writing",
        ]
        await ui.press("enter")
        assert ui.triage("Anvil").note == "words"


async def test_an_unkept_note_is_dropped_with_d(open_: Opener) -> None:
    """`d` drops it and decides nothing."""
    async with open_() as ui:
        await ui.press(*"mwords", "escape", "d")
        assert ui.said == "The note is as it was."
        assert (ui.decisions, ui.here) == (0, "Anvil")


async def test_any_other_key_goes_on_writing(open_: Opener) -> None:
    """With the words as they were typed, and the cursor where it was."""
    async with open_() as ui:
        await ui.press(*"mwords", "left")
        for key in ("x", "escape", "ctrl+c", "q"):
            await ui.press("escape", key)
            assert ui.foot[0] == "note words"
        await ui.press(*"+", "enter")
        assert ui.triage("Anvil").note == "word+s"


async def test_a_note_left_as_it_was_asks_nothing(open_: Opener) -> None:
    """Escape closes at once."""
    async with open_() as ui:
        await ui.press(*"mwords", "enter", "m", "escape", "j")
        assert ui.here == "Bellows"


# -- several papers, several programs -------------------------------------------------------------


async def test_what_a_note_replaces_leaves_room_for_the_keys(open_: Opener, size: Size) -> None:
    """Shortened where need be."""
    async with open_(size) as ui:
        await ui.press(*"3m", *"old", "enter", *"20m")
        assert ui.foot[1].startswith("replaces 3 notes")
        assert re.search(r"enter keep  .*ctrl\+j (new )?line  escape back$", ui.foot[1])


async def test_one_note_on_several_papers(open_: Opener) -> None:
    """It begins empty, says on how many, and how many notes it replaces; one undo takes all back."""
    async with open_() as ui:
        await ui.press(*"mold", "enter", *"3m")
        assert ui.foot[0] == "note on 3 papers"
        assert ui.foot[1].startswith("replaces 1 note")
        await ui.press(*"same", "enter")
        assert [ui.triage(name).note for name in ("Anvil", "Bellows", "Candle")] == ["same"] * 3
        assert ui.said == "noted: 3 papers  u takes them back"
        await ui.press("u")
        assert [ui.triage(name).note for name in ("Anvil", "Bellows", "Candle")] == ["old", "", ""]


def elsewhere(tmp_path: Path, ui: Sitting, note: str) -> None:
    """Another papertui writes a note on the first paper."""
    other = library(tmp_path / "library", ())
    other.decide("note", [ui.paper("Anvil").id], {"note": note})


@pytest.mark.parametrize(("key", "kept"), [("enter", "mine"), ("d", "theirs")])
async def test_a_note_that_changed_meanwhile_is_asked_about(
    open_: Opener, tmp_path: Path, key: str, kept: str, size: Size
) -> None:
    """What another papertui wrote since is shown; enter replaces it, `d` leaves it."""
    async with open_(size) as ui:
        await ui.press(*"mmine")
        elsewhere(tmp_path, ui, "theirs")
        await ui.press("enter")
        assert "Another papertui changed this note meanwhile." in ui.text
        assert "It is now: “theirs”" in ui.text
        assert ui.triage("Anvil").note == "theirs"
        await ui.press(key)
        assert ui.triage("Anvil").note == kept
        assert not ui.screen.prompt.is_open


async def test_one_may_go_on_writing_what_another_changed(open_: Opener, tmp_path: Path) -> None:
    """Escape comes back to the words; they are asked about again, unless both wrote the same."""
    async with open_() as ui:
        await ui.press(*"mmine")
        elsewhere(tmp_path, ui, "theirs")
        await ui.press("enter", "escape")
        assert ui.foot[0] == "note mine"
        await ui.press("ctrl+u", *"theirs", "enter")
        assert ui.said == "The note is as it was."
        assert ui.triage("Anvil").note == "theirs"


# -- the user's own editor ------------------------------------------------------------------------


async def test_the_editor_gets_the_note_and_gives_it_back(open_: Opener) -> None:
    """`M`; what it wrote is kept as one decision, what is typed ahead of its end is done after it."""
    given: list[str] = []

    def edit(text: str) -> str | None:
        given.append(text)
        return f"{text}\ntwo\nthree\t|\x1b" if text else "one\n"

    async with open_(edit=edit) as ui:
        await ui.press("M", "M", "j")
        assert given == ["", "one"]
        assert ui.triage("Anvil").note == "one\ntwo\nthree   |"
        assert (ui.decisions, ui.here) == (2, "Bellows")


async def test_an_editor_that_changes_nothing(open_: Opener) -> None:
    """The note is as it was, and no decision is made."""
    async with open_(edit=lambda text: None) as ui:
        await ui.press("M")
        assert ui.said == "The note is as it was."
        assert ui.decisions == 0


async def test_an_editor_that_fails(open_: Opener) -> None:
    """Its sentence is said."""

    def edit(text: str) -> str | None:
        raise EditorError("vi ended with code 1; the note is as it was.")

    async with open_(edit=edit) as ui:
        await ui.press("M")
        assert ui.said == "vi ended with code 1; the note is as it was."


async def test_what_an_editor_wrote_is_not_lost_where_it_cannot_be_kept(
    open_: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It then stands in the prompt, with the reason beneath."""
    async with open_(edit=lambda text: "a long\nthought") as ui:
        monkeypatch.setattr(ui.screen.deciding, "set_note", lambda *args: None)
        ui.screen.say(("Could not keep this decision: disk full.", "error"))
        await ui.press("M")
        assert written(ui) == ["a long", "thought"]
        monkeypatch.undo()
        await ui.press("enter")
        assert ui.triage("Anvil").note == "a long\nthought"


async def test_a_note_changed_while_the_editor_was_open(open_: Opener, tmp_path: Path) -> None:
    """It is asked about as one written in the prompt is."""
    sitting: list[Sitting] = []

    def edit(text: str) -> str | None:
        elsewhere(tmp_path, sitting[0], "theirs")
        return "mine"

    async with open_(edit=edit) as ui:
        sitting.append(ui)
        await ui.press("M")
        assert "Another papertui changed this note meanwhile." in ui.text
        await ui.press("enter")
        assert ui.triage("Anvil").note == "mine"


async def test_a_note_on_many_papers_off_the_screen_is_asked_about(open_: Opener) -> None:
    """Once, with the numbers; another key leaves them as they were."""
    async with open_(SMALL) as ui:
        await ui.press("X", "m", *"all", "enter")
        assert ui.foot[0] == "? Write this note on 40 papers, 34 of them not on the screen?"
        await ui.press("n")
        assert not any(ui.library.triage(paper).note for paper in ui.library.papers)
        await ui.press("m", *"all", "enter", "y")
        assert all(ui.library.triage(paper).note == "all" for paper in ui.library.papers)
        assert len([*ui.library.log()]) == 1
