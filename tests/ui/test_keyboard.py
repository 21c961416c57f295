"""What is typed, cut into keys, sequences and pastes: nothing that a terminal sends is taken for a key."""

import inspect
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import constants, events
from textual._parser import Parser
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from tui.ui.keyboard import LONGEST, Keyboard

#: what sequences are made of, and what must not come out of them as keys
PIECES = [
    *"\x1b\x1b\x1b[]P^_OX\\\x07\x18;:<>?=0123456789$ ~uMmtRy",
    *(
        "\x9b",
        "\x9d",
        "\x90",
        "\x9c",
        "\x1b[200~",
        "\x1b[201~",
        "\x1b[48;",
        "\x1b[<",
        "\x1b[?",
        "sd",
        "é",
        "\U0010ffff",
    ),
]


def keys(messages: Iterable[Message]) -> list[str]:
    """The keys among these messages, and the texts of pastes in quotes."""
    return [
        f"“{message.text}”" if isinstance(message, events.Paste) else message.key
        for message in messages
        if isinstance(message, events.Key | events.Paste)
    ]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("sG é", ["s", "G", "space", "é"]),
        ("\x1b[A\x1bOB\x1b[1;5C\x1b[[A", ["up", "down", "ctrl+right", "f1"]),
        ("\x1bs\x1bS\x1b\x1b[A", ["alt+s", "alt+shift+s", "escape", "up"]),
        ("\x1b[103:71;2u", ["shift+g"]),
        ("\x1b[106;1:1u\x1b[106;1:2u\x1b[106;1:3u", ["j", "j"]),
        ("\x1b[0;;20013:25991:26631:97:98:99:100u", ["中", "文", "标", "a", "b", "c", "d"]),
        ("\x1b[1114112;1u\x1b[97;1;99999999u", []),
        ("\x1b]11;rgb:1d1d/dddd/ssss\x1b\\j", ["j"]),
        ("\x1b]11;sdsd\x07\x1bPsdsd\x1b\\\x1b_sd\x1b\\\x9bsd\x9dsd\x9c", ["d"]),
        ("\x1b[5;5s\x1b[?1;2d\x1b[" + "1;" * LONGEST + "dj", ["j"]),
        ("\x1b[<0;-5;-5M\x1b[Msdsj", ["j"]),
        ("\x1b[1;2\x03", ["ctrl+c"]),
        ("\x1b]11;sd\x1b[A", ["up"]),
        ("\x1b[200~sd\x1b[31m\rd\0\x1b[201~j", ["“sd\x1b[31m\rd”", "j"]),
        ("\x1b[201~j", ["j"]),
    ],
)
def test_whole_and_in_pieces(typed: str, wanted: list[str]) -> None:
    """Wherever reading stopped in between, the same keys come out."""
    assert keys(Keyboard().feed(typed)) == wanted
    letter_by_letter = Keyboard()
    assert keys(message for char in typed for message in letter_by_letter.feed(char)) == wanted


@pytest.mark.parametrize(
    ("begun", "wanted"),
    [
        ("\x1b", ["escape"]),
        ("\x1b[", ["left_square_bracket"]),
        ("\x1bO", ["alt+shift+o"]),
        ("\x1b[1;2", []),
        ("\x1b]52;c;sdsd", []),
        ("\x1bPsdsd\x1b", []),
        ("\x1b[200~sd\x1b[20", ["“sd”"]),
    ],
)
def test_what_begins_and_does_not_end(begun: str, wanted: list[str]) -> None:
    """After a pause it is over: a key that begins as sequences do, or nothing; the next key is one again."""
    keyboard = Keyboard()
    assert keys(keyboard.feed(begun)) == []
    assert keyboard.waits
    assert keys(keyboard.pause()) == wanted
    assert keys(keyboard.feed("j")) == ["j"]


def test_a_paste_with_pauses() -> None:
    """What comes after a pause in a paste is pasted too, up to its end, wherever that is torn."""
    keyboard = Keyboard()
    got = []
    for piece in ("\x1b[200~one ", "sdsd", "sd\x1b[2", "01~"):
        got += keys(keyboard.feed(piece)) + keys(keyboard.pause())
    assert got == ["“one ”", "“sdsd”", "“sd”"]
    assert keys(keyboard.feed("sd")) == ["s", "d"]


def test_a_paste_that_never_ends_gives_way_to_a_key() -> None:
    """After a pause, a key that is all that comes is one, an arrow too."""
    for key, name in (("j", "j"), ("\x1b[A", "up")):
        keyboard = Keyboard()
        assert keys([*keyboard.feed("\x1b[200~sd"), *keyboard.pause()]) == ["“sd”"]
        assert keys(keyboard.feed(key)) == [name]


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), max_size=8), st.booleans())
def test_nothing_ends_it(chunks: list[str], reports_size: bool) -> None:
    """Whatever comes, in whatever pieces, a key after it is that key."""
    keyboard = Keyboard()
    keyboard.reports_size = reports_size
    for chunk in chunks:
        keys(keyboard.feed(chunk))
    keys(keyboard.pause())
    assert keys(keyboard.feed("j")) == ["j"]


@given(st.text(st.characters(codec="utf-8"), max_size=50))
def test_any_text_goes_through(text: str) -> None:
    """Every letter is a key of its own, none is lost."""
    plain = [char for char in text if char.isalpha()]
    assert keys(Keyboard().feed("".join(plain))) == plain


def test_sizes_are_heeded_only_where_they_were_asked_for() -> None:
    """A size among what is typed is none, unless the terminal reports sizes so."""
    keyboard = Keyboard()
    assert list(keyboard.feed("\x1b[48;30;100;600;1000t")) == []
    keyboard.reports_size = True
    (resize,) = keyboard.feed("\x1b[48;30;100;600;1000t")
    assert isinstance(resize, events.Resize)
    assert resize.size == (100, 30)


def test_what_we_lean_on_is_there() -> None:
    """Textual's own names that are reached for here: where they move, this fails."""
    parser = XTermParser()
    Parser.__init__(parser)
    assert keys(parser.feed("j")) == ["j"]
    assert isinstance(constants.ESCAPE_DELAY, float)
    for owner, names in {
        LinuxDriver: ("run_input_thread", "process_message", "disable_input", "start_application_mode"),
        App: ("_handle_exception", "_fatal_error", "panic", "_close_messages_no_wait"),
    }.items():
        assert [name for name in names if not inspect.isfunction(getattr(owner, name, None))] == []
    assert "self.run_input_thread()" in inspect.getsource(LinuxDriver)
    assert "self._fatal_error()" in inspect.getsource(App._handle_exception)
