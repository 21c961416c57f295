"""Whatever comes in where keys are expected: papertui goes on, and nothing is decided by it."""

import random
import re

import pytest
from homes import Home
from pty_terminal import Terminal

#: no key among these: sequences that terminals send or might, whole, cut short, or out of order
SEQUENCES = {
    "kitty with another letter": b"\x1b[106:74;2u\x1b[115:83;1:3u\x1b[100:68:100;1:3u",
    "kitty let go": b"\x1b[115;1:3u\x1b[100;1:3u",
    "kitty beyond Unicode": b"\x1b[99999999999;2u\x1b[55296;1;55296u\x1b[::;;:u\x1b[1;2:9;99999999u",
    "unknown CSI": b"\x1b[5;5s\x1b[?1;2d\x1b[>0;10;1s\x1b[1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1d",
    "OSC": b"\x1b]11;rgb:1d1d/dddd/ssss\x1b\\\x1b]52;c;c2RzZA==\x07",
    "DCS": b"\x1bP1$rsdsd\x1b\\\x1bP>|sdsd(1)\x1b\\\x1b_Gsdsd\x1b\\\x1b^sd\x1b\\\x1bXsd\x1b\\",
    "8 bit": "\x9b5;5s\x9d11;sdsd\x9c\x90sdsd\x9c".encode(),
    "mouse": b"\x1b[<0;99999;99999M\x1b[<0;-5;-5M\x1b[<64;1;1M\x1b[<999;0;0m\x1b[Msss\x1b[32;1;1M\x1b[<;;M",
    "sizes": b"\x1b[48;0;0;0;0t\x1b[48;9999999;9999999;1;1t\x1b[8;1;1t",
    "modes": b"\x1b[?2026;9$y\x1b[?9;0$y\x1b[?;$y\x1b[?1u\x1b[1;1R\x1b[99999;0R\x1b[I\x1b[O\x1b[O",
    "truncated UTF-8": b"\xe2\x98\xff\xfe\xc3\xf0\x9f\x98\xed\xa0\x80\xc0\xaf",
    "an end without a begin": b"\x1b[201~\x1b\\\x07\x9c",
    "unfinished CSI": b"\x1b[1;2",
    "unfinished OSC": b"\x1b]52;c;sdsdsd",
    "unfinished DCS": b"\x1bPsdsdsd",
    "unfinished UTF-8": b"\xf0\x9f",
    "a paste without an end": b"\x1b[200~sdsd\rD\x1b[Asd\x1b",
}


def fall_silent(app: Terminal) -> None:
    """Send nothing for a while: what has begun is then over."""
    while app.read(0.25):
        pass


def still_answers(app: Terminal, home: Home, place: int = 2) -> None:
    """j goes down, q quits with the terminal as it was, and nothing has been decided."""
    app.send("j")
    app.wait_for(re.compile(rf"{place} of \d+ *$", re.MULTILINE))
    app.send("q")
    assert app.wait_for_exit() == 0
    assert app.left_on == {}
    assert home.run("log").stdout == ""


@pytest.mark.parametrize("what", SEQUENCES)
def test_no_sequence_is_a_key(app: Terminal, home: Home, what: str) -> None:
    """The last key is answered, what came before it was none."""
    app.send(SEQUENCES[what])
    fall_silent(app)
    still_answers(app, home)


def test_garbage_by_the_kilobyte(app: Terminal, home: Home) -> None:
    """100 kB of bytes that are no text, and of sequences thrown together, and keys are answered again."""
    chance = random.Random(8)
    high = bytes(range(0x80, 0x100))
    pieces = [
        *SEQUENCES.values(),
        b"\x1b[",
        b"\x1b]",
        b"\x1b",
        b"\x07",
        b"\x1b\\",
        b"\x1b[200~",
        b"\x1b[201~",
    ]
    for _ in range(25):
        app.send(b"".join(chance.choices([bytes(chance.choices(high, k=200)), *pieces], k=40)))
    app.send(b"\x1b[201~\x1b\\")
    fall_silent(app)
    app.send("ctrl+c") if "? help" not in app.text else None
    app.send("g")
    app.wait_for(re.compile(r"1 of \d+ *$", re.MULTILINE))
    still_answers(app, home)


def test_typed_garbage(home: Home) -> None:
    """Thousands of keys by chance, those that quit left out, and papertui still stands and leaves."""
    home.run("import", home.dumps)
    app = home.open()
    app.wait_for("? help", "1 of")
    chance = random.Random(3)
    keys = [chr(n) for n in range(32, 127) if chr(n) not in "qQoe"] + [
        "é",
        "ы",
        "字",
        "\t",
        "\r",
        "\x1b",
        "\x1b[B",
    ]
    for _ in range(40):
        app.send("".join(chance.choices(keys, k=50)).encode())
        app.read(0.01)
    app.send("\x1b[201~")
    app.send("\x1b")
    fall_silent(app)
    app.send("ctrl+q")
    assert app.wait_for_exit() == 0
    assert app.settings_now == app.settings
    assert app.left_on == {}


def test_a_long_paste_is_no_command(app: Terminal, home: Home) -> None:
    """A paste in pieces, with pauses and colours in it, decides nothing and closes nothing."""
    app.send("\x1b[200~sdsdq\n")
    app.wait_for("Nothing to paste into here")
    for piece in ("dsds\rD", "q\x1b[31msd", "sd\x1b[2", "01~"):
        app.send(piece)
        fall_silent(app)
    still_answers(app, home)


def test_a_paste_into_a_prompt(app: Terminal, home: Home) -> None:
    """What is pasted is text of the prompt, its line ends too; enter is the user's."""
    app.send("t")
    app.wait_for(re.compile(r"^  tag", re.MULTILINE))
    app.send("\x1b[200~red\rblue\n\x1b[201~")
    app.wait_for(re.compile(r"^  tag red blue", re.MULTILINE))
    assert home.run("log").stdout == ""
    app.send("enter")
    app.wait_for("tagged #red #blue")
