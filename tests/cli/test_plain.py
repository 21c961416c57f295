"""triage --plain: papers in lines of text, a letter each, whoever types it; nothing but text is printed."""

import json
import re
import signal
import subprocess
import sys

import pytest

from tui.cli.plain_letters import letters_of
from tui.keymap import load_keymap, shipped


def states(call) -> dict[str, str]:
    """The state of each paper by the first word of its title."""
    return {
        paper["title"].split()[0]: next(
            (state for state in ("later", "starred", "read") if paper[state]), "undecided"
        )
        for paper in map(json.loads, call("list", "--jsonl").lines)
    }


def shown(out: str) -> list[tuple[str, str]]:
    """The papers printed: place and state, title."""
    return re.findall(r"^(\d+ of \d+: [a-z ]+)\n(.*)$", out, re.MULTILINE)


def test_a_sitting(call, ids) -> None:
    """Each paper is printed, each letter says what it did, and the last line says what it came to."""
    said = call("triage", "--plain", stdin="s\nd\nl\nq\n")
    assert (said.code, said.err) == (0, "")
    assert shown(said.out) == [
        ("1 of 4: undecided", "Alpha kettle"),
        ("2 of 4: undecided", "Beta kettle"),
        ("3 of 4: undecided", "Gamma lantern"),
        ("4 of 4: undecided", "Delta lantern"),
    ]
    for words in ("starred “Alpha kettle”.", "done “Beta kettle”.", "put off “Gamma lantern”."):
        assert words in said.lines
    assert "About Alpha kettle." in said.lines
    assert said.lines[-1].startswith("1 read, 1 starred, 1 put off in ")
    assert states(call) == {"Alpha": "starred", "Beta": "read", "Gamma": "later", "Delta": "undecided"}


@pytest.mark.parametrize("typed", ["sdl", "s d\tl", "s\n\nd\n \nl", "s\r\nd\r\nl\r\n", "sd\nl"])
def test_letters_in_a_row_or_one_a_line(call, ids, typed) -> None:
    """Blanks and line ends are passed over; the end of the input ends it."""
    said = call("triage", "--plain", stdin=typed)
    assert said.code == 0
    assert said.lines[-1].startswith("1 read, 1 starred, 1 put off in ")


@pytest.mark.parametrize("typed", ["t#red blue\nd", "t\nred blue\nd\n", "t red #blue \nd", "tred\nt blue"])
def test_tags(call, ids, typed) -> None:
    """On the rest of the line, or on the next; the paper stays until its verdict."""
    call("triage", "--plain", stdin=typed)
    assert call("show", ids[0], "--json").json["tags"] == ["blue", "red"]


@pytest.mark.parametrize("line", ["hello world", "3d", "sdx", "st red", "skim this", "quit"])
def test_a_line_that_is_no_row_of_letters(call, ids, line) -> None:
    """It is refused whole in a sentence, and decides nothing; the next line is taken as ever."""
    said = call("triage", "--plain", stdin=f"{line}\nd\nq\n")
    refusal = f"“{line}” is no row of letters that act here, so nothing was done; ? lists them."
    assert said.lines.count(refusal) == 1
    assert states(call) == {"Alpha": "read", "Beta": "undecided", "Gamma": "undecided", "Delta": "undecided"}


def test_tags_and_a_note_alone_are_summed_up(call, ids) -> None:
    """In the words of the app's line."""
    said = call("triage", "--plain", stdin="t alpha beta\nq\n")
    assert re.fullmatch(r"1 tagged in \d+ s", said.lines[-1])
    said = call("triage", "--plain", stdin="m words\nq\n")
    assert re.fullmatch(r"1 noted in \d+ s", said.lines[-1])


def test_a_paper_starred_before_and_done_now(call, ids) -> None:
    """It is counted as what was done with it."""
    call("mark", ids[0], "--star")
    said = call("triage", "--plain", "kettle", stdin="d\nq\n")
    assert re.fullmatch(r"1 read in \d+ s; 3 left in the inbox", said.lines[-1])


def test_tags_taken_off_and_refused(call, ids) -> None:
    """-name takes one off, what cannot be a tag changes nothing, nor does an empty line."""
    said = call("triage", "--plain", stdin='tred\nt-red\nt\n\nta"b c\nq')
    assert call("show", ids[0], "--json").json["tags"] == []
    assert "tags (wears #red; -name takes one off): " in said.lines
    assert "took #red off “Alpha kettle”." in said.lines
    assert "No tag was given; nothing was changed." in said.lines
    assert '“a"b” cannot be a tag: no comma, quote or # in it. Nothing was changed.' in said.lines


def test_a_note(call, ids) -> None:
    """A line; an empty one leaves it as it was; it is printed with the paper."""
    said = call("triage", "--plain", stdin="m read with care\nm\n\njk")
    assert call("show", ids[0], "--json").json["note"] == "read with care"
    assert "The note is as it was." in said.lines
    assert "Note: read with care" in said.lines


def test_going_about(call, ids) -> None:
    """j and n on, k back, and at the first one that is said; r stays."""
    said = call("triage", "--plain", stdin="kjrkn")
    assert "This is the first one." in said.lines
    assert [place for place, _ in shown(said.out)] == [
        "1 of 4: undecided",
        "2 of 4: undecided",
        "1 of 4: undecided",
        "3 of 4: undecided",
    ]
    assert states(call)["Beta"] == "read"


def test_undo_goes_there(call, ids) -> None:
    """What was taken back is said, and the paper is printed again."""
    said = call("triage", "--plain", stdin="sduuu")
    assert "took back: done “Beta kettle”." in said.lines
    assert "took back: starred “Alpha kettle”." in said.lines
    assert "Nothing to take back." in said.lines
    assert shown(said.out)[-1] == ("1 of 4: undecided", "Alpha kettle")
    assert re.fullmatch(r"2 taken back in \d+ s; 4 left in the inbox", said.lines[-1])


def test_past_the_last(call, ids) -> None:
    """The last act can be taken back there; another letter ends, however many follow."""
    said = call("triage", "--plain", stdin="jddd" + "d" * 1000)
    assert said.out.count("That was the last one; 1 of them is still undecided.") == 1
    assert re.fullmatch(r"3 read in \d+ s; 1 left in the inbox", said.lines[-1])
    said = call("triage", "--plain", stdin="duksq")
    assert states(call)["Alpha"] == "starred"
    assert re.fullmatch(r"1 starred in \d+ s; the inbox is empty", said.lines[-1])


def test_a_query(call, ids) -> None:
    """All that it finds, decided or not, one after another, in the order asked for."""
    call("mark", ids[1], "--star")
    said = call("triage", "--plain", "kettle", "--order", "-title", stdin="jd")
    assert shown(said.out) == [("1 of 2: starred", "Beta kettle"), ("2 of 2: undecided", "Alpha kettle")]
    said = call("triage", "--plain", "-kettle", stdin="")
    assert len(shown(said.out)) == 1
    assert "1 of 2: undecided" in said.out


def test_nothing_to_go_through(call, ids) -> None:
    """An empty inbox is no mistake, a query that finds nothing is; a wrong one is wrong usage."""
    assert call("triage", "--plain", "zzz").code == 1
    assert call("triage", "--plain", "kettel").err == (
        "Nothing matches.\nNothing has “kettel”. Close: kettle (2).\nType: papertui triage --plain kettle\n"
    )
    assert call("triage", "--plain", "titel:x").code == 2
    assert call("triage", "--plain", "--order", "sideways").code == 2
    call("mark", *ids, "--read")
    said = call("triage", "--plain")
    assert (said.code, said.out) == (0, "")
    assert "The inbox is empty" in said.err


def test_an_empty_library(call) -> None:
    """How to fill it is said."""
    said = call("triage", "--plain")
    assert (said.code, said.out) == (0, "")
    assert "The library is empty." in said.err


def test_help_and_strangers(call, ids) -> None:
    """? lists the letters; a letter that is none says so, and decides nothing."""
    said = call("triage", "--plain", stdin="?\né\n\x1b")
    assert "s    star: keep it, go on" in said.lines
    assert "u z  take the last act back" in said.lines
    assert "é does nothing here; ? lists the letters." in said.lines
    assert "That does nothing here; ? lists the letters." in said.lines
    assert set(states(call).values()) == {"undecided"}


@pytest.mark.parametrize("keymap", shipped())
def test_the_letters_of_every_keymap(keymap) -> None:
    """Its own where they are single letters, and some letter for everything else."""
    letters = letters_of(load_keymap(keymap))
    for command_id in set(letters.values()):
        own = [key for key in load_keymap(keymap).keys_of(command_id) if len(key) == 1]
        mine = [letter for letter, command in letters.items() if command == command_id]
        assert mine == own if own else len(mine) == 1
    assert len(set(letters.values())) == 14


def test_ones_own_keys(call, ids, home) -> None:
    """Those of config.toml."""
    (home / "config.toml").write_text('[keys]\n"paper.star" = "*"\n')
    said = call("triage", "--plain", stdin="*")
    assert "starred “Alpha kettle”." in said.lines
    assert "* star, d done, l later" in said.lines[0]


def test_no_escape_codes_from_a_hostile_title(call, digest) -> None:
    """Neither from the title nor from us."""
    call("import", digest("\x1b]52;c;AAAA\x07Evil \u202etitle"))
    said = call("triage", "--plain", stdin="tx\nsk?q")
    assert "Evil title" in said.out
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", said.out + said.err)


def test_without_a_terminal_and_without_plain(program, ids) -> None:
    """`papertui triage` is then what `papertui open` is: the inbox is printed."""
    said = program("triage", "kettle")
    assert said.code == 0
    assert "No terminal here" in said.err
    assert len(said.lines) == 2
    assert program("triage", "--order", "title").code == 2


def test_a_dumb_terminal(program, ids) -> None:
    """TERM=dumb is plain without being asked."""
    said = program("triage", stdin="s", TERM="dumb")
    assert re.fullmatch(r"1 starred in \d+ s; 3 left in the inbox", said.lines[-1])


def test_no_screen_is_imported(program, ids) -> None:
    """Nothing of Textual."""
    code = (
        "import sys\nfrom tui.cli.front_door import run\n"
        "code = run(['triage', '--plain'])\nprint(code, 'textual' in sys.modules)"
    )
    assert program(stdin="sd\nt a\n?u", python=("-c", code)).lines[-1] == "0 False"


def test_what_is_said_is_kept(ids, home) -> None:
    """Killed right after it said so, the decision is there."""
    command = [sys.executable, "-m", "tui.cli", "triage", "--plain"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(b"s\n")
        process.stdin.flush()
        while b"2 of 4" not in process.stdout.readline():
            pass
        process.send_signal(signal.SIGKILL)
    assert "starred" in (home / "library" / "decisions.jsonl").read_text()


def test_what_cannot_be_kept(call, ids, monkeypatch) -> None:
    """Says why, and stays at the paper."""
    from tui.errors import LibraryError
    from tui.store.database import Database

    def full(*given: object) -> None:
        raise LibraryError("disk full; nothing was changed.")

    monkeypatch.setattr(Database, "keep", full)
    said = call("triage", "--plain", stdin="sd")
    assert said.lines.count("Could not keep this decision: disk full; nothing was changed.") == 2
    assert len(shown(said.out)) == 1


def test_browse(call, ids, monkeypatch) -> None:
    """Where there is no browser the address is printed."""
    monkeypatch.setattr("tui.cli.handing.browse", lambda address: False)
    said = call("triage", "--plain", stdin="o")
    address = "https://scholar.google.com/scholar?q=Alpha%20kettle"
    assert f"No browser here; the address is {address}" in said.lines
