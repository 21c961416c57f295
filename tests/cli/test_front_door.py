"""Verbs in, exit codes out: what a first word means, and what is said of a wrong call."""

import re
from pathlib import Path

import click
import pytest

from tui import __version__
from tui.cli.front_door import papertui, run

VERBS = [
    *("open", "triage", "import", "list", "show", "mark", "undo", "redo", "log", "export", "digests"),
    *("forget", "views", "tags", "stats", "merge", "backup", "doctor", "keys", "config", "completions"),
]


def test_no_word_at_all_is_open(call, ids) -> None:
    """Without a terminal that prints the inbox, and says so."""
    said = call()
    assert said.code == 0
    assert [line.split("\t")[0] for line in said.lines] == ids
    assert said.err == "No terminal here; these are the papers of the inbox.\n"


@pytest.mark.parametrize("args", [["x.txt"], ["open", "x.txt"], ["--query", "alpha", "x.txt"], ["."]])
def test_a_path_is_opened(call, digest, args) -> None:
    """`papertui dumps/` and `papertui --query x dumps/` mean `open`."""
    digest("Alpha", name="x.txt")
    said = call(*args)
    assert said.code == 0
    assert said.lines[0].endswith("\tAlpha")


@pytest.mark.parametrize("args", [["-"], ["open", "-"], ["--query", "alpha", "-"], ["-", "--query", "alpha"]])
def test_a_dash_is_stdin(call, args) -> None:
    """`papertui -` reads the digest from stdin."""
    said = call(*args, stdin="Title: Alpha\nSummary: x\n---\nTitle: Beta\nSummary: y\n")
    assert said.code == 0
    assert said.lines[0].endswith("\tAlpha")
    assert len(said.lines) == (1 if "--query" in args else 2)


def test_library_before_and_after_the_verb(call, digest, home) -> None:
    """`--library` may stand on either side; the later one wins over PAPERTUI_LIBRARY."""
    call("--library", "other", "import", digest("Alpha"))
    assert (home / "other" / "papers.jsonl").exists()
    assert len(call("--library", "other", "list").lines) == 1
    assert len(call("list", "--library", "other").lines) == 1
    assert len(call("list", "--library=other").lines) == 1
    assert call("list").out == ""
    assert not (home / "library").exists()


def test_an_empty_library_name_is_refused(call) -> None:
    """`--library "$UNSET"` must not decide about another library."""
    said = call("--library", "", "mark", "x", "--star")
    assert said.code == 2
    assert "--library" in said.err


def test_a_verb_misspelt(call) -> None:
    """The nearest verb, in one line."""
    said = call("lsit")
    assert said.code == 2
    assert said.err == "papertui: No such command or file: lsit. Did you mean `papertui list`?\n"
    assert said.out == ""


@pytest.mark.parametrize("word", ["zzzzzzzz", "no/such.txt", ""])
def test_neither_verb_nor_path(call, word) -> None:
    """Nothing near: nothing is proposed."""
    said = call(word)
    assert said.code == 2
    assert f"No such command or file: {word}." in said.err
    assert "Did you mean" not in said.err


@pytest.mark.parametrize(
    ("args", "near"),
    [
        (["list", "--jsnl"], "--jsonl"),
        (["list", "--limt", "3"], "--limit"),
        (["mark", "x", "--strar"], "--star"),
        (["export", "--outptu=x"], "--output"),
        (["open", "--quey", "x"], "--query"),
    ],
)
def test_an_option_misspelt(call, args, near) -> None:
    """Long options are never part of a query: the nearest one is named."""
    said = call(*args)
    assert said.code == 2
    assert "No such option" in said.err
    assert near in said.err


@pytest.mark.parametrize(
    "args",
    [
        ["list", "--limit", "x"],
        ["list", "--limit"],
        ["list", "--limit", "-1"],
        ["list", "--jsonl", "--ids"],
        ["list", "--order", "nwest"],
        ["list", "is:nonsense"],
        ["export", "--format", "html"],
        ["export", "--order", "nwest"],
        ["import"],
        ["import", "x", "--year", "24"],
        ["show"],
        ["show", "a", "b"],
        ["mark", "x"],
        ["mark", "--star"],
        ["undo", "0"],
        ["undo", "x"],
        ["keys", "nope"],
        ["completions", "tcsh"],
        ["open", "--keymap", "nope"],
        ["open", "--theme", "nope"],
        ["open", "--query", "is:nonsense"],
        ["--nonsense"],
    ],
)
def test_wrong_usage_is_exit_2_and_a_sentence(call, home, args) -> None:
    """One short message on stderr, nothing on stdout, nothing made."""
    said = call(*args)
    assert said.code == 2
    assert said.out == ""
    assert said.err.startswith("papertui: ")
    assert said.err.splitlines()[0].endswith((".", "?", ")", "`"))
    assert "Usage:" not in said.err
    assert list(home.iterdir()) == []


def test_version_and_help(call) -> None:
    """Both are data; `-h` is `--help`."""
    assert call("--version").out == f"papertui {__version__}\n"
    assert call("--help").out == call("-h").out
    assert call("list", "--help").out == call("list", "-h").out != call("-h").out


def test_help_lists_the_verbs_whole(call) -> None:
    """In the order in which one needs them, none of their lines cut short."""
    listed = re.findall(r"^  (\w+)  +(.+)$", call("--help").out.partition("Commands:")[2], re.MULTILINE)
    assert [verb for verb, _ in listed] == VERBS
    assert not [words for _, words in listed if words.endswith("...")]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_helps(call, verb) -> None:
    """Exit 0, each option with words of its own, and the library untouched."""
    said = call(verb, "--help")
    assert said.code == 0
    assert said.out.startswith(f"Usage: papertui {verb} ")
    command = papertui.get_command(click.Context(papertui), verb)
    assert command
    for param in command.params:
        if isinstance(param, click.Option):
            assert param.help, param.name
            assert param.opts[0] in said.out
    assert "--library" in said.out


@pytest.mark.parametrize(
    "args",
    [
        *([verb] for verb in ("list", "log", "undo", "redo", "export", "digests", "views", "stats")),
        *([verb] for verb in ("keys", "config", "doctor", "open")),
        ["show", "abcdef"],
        ["mark", "x", "--star"],
        ["mark", "x", "--star", "--dry-run"],
        ["import", "nowhere"],
        ["import", "-"],
        ["export", "-o", "x.md"],
    ],
)
def test_nothing_is_made_by_merely_looking(call, home, args) -> None:
    """No folder for a library that was only asked about."""
    call(*args)
    assert list(home.iterdir()) == []


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["list"], 0),
        (["list", "--jsonl"], 0),
        (["log"], 0),
        (["log", "--jsonl"], 0),
        (["digests"], 0),
        (["open"], 0),
        (["mark", "x", "--star"], 1),
        (["undo"], 1),
        (["redo"], 1),
        (["show", "abcdef"], 1),
        (["export"], 1),
    ],
)
def test_an_empty_library_says_how_to_fill_it(call, args, code) -> None:
    """On stderr; stdout stays empty."""
    said = call(*args)
    assert (said.code, said.out) == (code, "")
    assert "The library is empty. `papertui open FILE_OR_FOLDER` fills it" in said.err


def test_a_library_that_is_none(call, home) -> None:
    """A folder of other files and a file are refused with exit 1 and left alone."""
    (home / "library").mkdir()
    (home / "library" / "thesis.tex").touch()
    said = call("list")
    assert said.code == 1
    assert "is not a papertui library" in said.err
    assert call("--library", home / "library" / "thesis.tex", "list").code == 2


def test_a_newer_library_is_refused(call, ids, home) -> None:
    """With the sentence that says so, and nothing changed."""
    head = home / "library" / "papertui.json"
    head.write_text('{"format": 99, "papertui": "9.0"}')
    said = call("mark", "alpha", "--star")
    assert said.code == 1
    assert "This library was written by papertui 9.0" in said.err


def test_an_unexpected_error_of_the_system_is_a_sentence(call, ids, monkeypatch) -> None:
    """No traceback where a disk gives up."""

    def broken(*_: object) -> None:
        raise OSError(5, "Input/output error", "/the/disk")

    monkeypatch.setattr("tui.papers.library.Library.list", broken)
    said = call("list")
    assert said.code == 1
    assert said.err == "papertui: /the/disk: input/output error.\n"


def test_interrupted(call, ids, monkeypatch) -> None:
    """Exit 130, and what was finished is kept."""

    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tui.papers.library.Library.list", broken)
    said = call("list")
    assert said.code == 130
    assert "what was finished is kept" in said.err


def test_run_gives_the_exit_code(tmp_path: Path) -> None:
    """And raises nothing."""
    assert run(["--version"]) == 0
    assert run(["lsit"]) == 2


@pytest.mark.parametrize(
    "args", [["list"], ["log"], ["stats", "--json"], ["undo"], ["show", "ffffffffffff"], []], ids=" ".join
)
def test_lines_that_cannot_be_read_are_told_of_once(call, ids, home, args) -> None:
    """On stderr, by every verb that reads the library, also where it finds nothing; never among the data."""
    call("mark", ids[0], "--star")
    for table in ("papers", "decisions"):
        with (home / "library" / f"{table}.jsonl").open("ab") as file:
            file.write(b"\x00garbage\n")
    said = call(*args)
    words = "papertui: 2 lines of the library could not be read; `papertui doctor` says which."
    assert said.err.splitlines().count(words) == 1
    assert "could not be read" not in said.out


@pytest.mark.parametrize("args", [["doctor"], ["backup", "x.tar"], ["merge", "other"], ["config"]])
def test_some_verbs_tell_more_of_them_or_need_none(call, ids, home, digest, args) -> None:
    """The doctor names them, a backup holds them, a merge is about others, settings are no papers."""
    call("import", digest("Epsilon"), "--library", home / "other")
    with (home / "library" / "papers.jsonl").open("ab") as file:
        file.write(b"\x00garbage\n")
    assert "of the library could not be read" not in call(*args).err
