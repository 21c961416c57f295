"""Terminals of all kinds: their size, colours, characters and title, or none at all."""

import re
import subprocess
from pathlib import Path

import pytest
from homes import Home
from pty_terminal import Terminal

_SGR = re.compile(rb"\x1b\[([0-9;:]*)m")


def colours(log: bytes) -> set[bytes]:
    """The SGR sequences that set a colour."""
    return {
        found[0]
        for found in _SGR.finditer(log)
        for part in re.split(rb"[;:]", found[1])
        if re.fullmatch(rb"(3|4|9|10)[0-8]", part)
    }


def test_every_size_and_back(app: Terminal, home: Home) -> None:
    """Smaller, too small, and as before: the screen fits each time, the cursor on its paper."""
    app.send("jj")
    third = home.titles()[2]
    on_third = re.compile(rf"^▌. {re.escape(third[:30])}", re.MULTILINE)
    app.wait_for(re.compile(r"3 of \d+ *$", re.MULTILINE), on_third)
    app.resize(80, 24)
    app.wait_for(re.compile(r"3 of \d+ ─$", re.MULTILINE), on_third, re.compile(r"\? help *\Z"))
    app.resize(39, 9)
    text = app.wait_for("this is 39 x 9. Nothing is")
    assert third[:10] not in text
    app.resize(40, 10)
    app.wait_for(re.compile(rf"^▌. {re.escape(third[:12])}", re.MULTILINE), re.compile(r"\? help *\Z"))
    app.resize(200, 60)
    app.wait_for("decided ━", re.compile(rf"▌. {re.escape(third[:30])}"), re.compile(r"\? help *\Z"))
    app.resize(100, 30)
    app.wait_for(re.compile(r"3 of \d+ *$", re.MULTILINE), on_third, re.compile(r"\? help *\Z"))


def test_no_color_means_none(home: Home) -> None:
    """With NO_COLOR no colour is ever set; without it there are some."""
    home.run("import", home.dumps)
    for env, wanted in (({"NO_COLOR": "1"}, False), ({}, True)):
        app = home.open(env=env)
        app.wait_for("? help", "1 of")
        home.find(app, "kernel")
        app.send("sq")
        assert app.wait_for_exit() == 0
        assert bool(colours(app.log)) == wanted, colours(app.log)


def test_without_utf_8_all_glyphs_are_ascii(home: Home) -> None:
    """In the C locale our own signs are ASCII."""
    (home.path / "one.txt").write_text(
        "Title: A Plain Title\nPDF: https://arxiv.org/pdf/2608.90001\nSummary: "
        + "All is plain. " * 30
        + "\n"
    )
    app = home.open("open", home.path / "one.txt", env={"LC_ALL": "C"})
    app.wait_for("? help", "1 of", re.compile(r"^\|o A Plain Title", re.MULTILINE))
    app.send("s")
    text = app.wait_for("starred 1", re.compile(r"^\|\* A Plain Title", re.MULTILINE))
    assert text.isascii(), sorted(set(text) - set(map(chr, range(128))))


@pytest.mark.parametrize(
    ("keymap", "star", "leave"),
    [
        ("default", "s", "q"),
        ("vim", "s", "q"),
        ("emacs", "!", "q"),
        ("newsboat", "s", "Q"),
        ("arrows", "right", "ctrl+q"),
    ],
)
def test_every_keymap_stars_and_quits(home: Home, keymap: str, star: str, leave: str) -> None:
    """The keymaps papertui comes with are good for a first star."""
    app = home.open("open", home.dumps, "--keymap", keymap)
    app.wait_for("help", "1 of")
    app.send(star)
    app.wait_for("starred 1", "takes it back")
    app.send(leave)
    assert app.wait_for_exit() == 0
    assert home.titles("is:starred") == home.titles()[:1]


@pytest.mark.parametrize("option", ["--keymap", "--theme", "--query"])
def test_a_wrong_option_is_refused_before_the_screen(home: Home, option: str) -> None:
    """An unknown name ends with 2 and a sentence; nothing was imported and no mode was touched."""
    app = home.open("open", home.dumps, option, "is:nosuch" if option == "--query" else "nosuch")
    assert app.wait_for_exit() == 2
    app.wait_for("nosuch")
    assert b"\x1b[" not in app.log
    assert app.settings_now == app.settings
    assert not home.library.exists()


def test_the_window_is_named_while_papertui_is_open(app: Terminal, home: Home) -> None:
    """The title says view and number; the old one comes back from the terminal's stack."""
    number = len(home.titles())
    app.send("d")
    app.wait_for(f"inbox {number - 1} ")
    assert app.screen.title == f"papertui: inbox {number - 1}"
    kept = app.log.index(b"\x1b[22;2t")
    assert kept < app.log.index(b"\x1b]2;")
    app.send("q")
    assert app.wait_for_exit() == 0
    assert app.log.count(b"\x1b[23;2t") == 1
    assert app.log.index(b"\x1b[23;2t") > app.log.rindex(b"\x1b]2;")


def test_the_digest_from_a_pipe_and_the_keys_from_the_terminal(home: Home) -> None:
    """`cat digest | papertui open -` reads the digest, then the keyboard."""
    page = home.dumps / "page-plain.txt"
    with page.open("rb") as digest:
        app = home.open("open", "-", stdin=digest)
    app.wait_for("? help", "1 of")
    app.send("s")
    app.wait_for("starred 1")
    app.send("q")
    assert app.wait_for_exit() == 0
    assert app.settings_now == app.settings
    assert app.left_on == {}
    assert home.titles("is:starred") == home.titles()[:1]


def test_output_that_goes_elsewhere_leaves_the_screen_whole(home: Home) -> None:
    """With stdout in a file, the app has the whole terminal still, and follows its size."""
    with (home.path / "out.txt").open("wb") as out:
        app = home.open("open", home.dumps, stdout=out)
    app.wait_for("1 of", re.compile(r"as in the digests *$", re.MULTILINE), re.compile(r"\? help *\Z"))
    app.resize(120, 36)
    app.wait_until(
        lambda text: "? help" in text.splitlines()[-1] and len(text.splitlines()) == 36, "all 36 rows"
    )
    app.send("q")
    assert app.wait_for_exit() == 0
    assert b"\x1b" not in (home.path / "out.txt").read_bytes()


def test_without_a_terminal_the_inbox_is_printed(home: Home) -> None:
    """Where there is nothing to draw on, `open` imports, says so, and prints what `list` would."""
    done = home.run("open", home.dumps)
    assert done.returncode == 0
    assert done.stdout == home.run("list", "is:inbox").stdout
    assert done.stdout.count("\n") == len(home.titles()) > 40
    assert "No terminal" in done.stderr
    assert "\x1b" not in done.stdout + done.stderr


def test_an_empty_library_says_how_it_is_filled(home: Home) -> None:
    """papertui without anything shows what to do, and quits."""
    app = home.open()
    app.wait_for("papertui open")
    app.send("sjdq")
    assert app.wait_for_exit() == 0
    assert app.left_on == {}


def test_a_folder_that_is_no_library_is_refused_before_the_screen(home: Home) -> None:
    """Pointed at somebody else's folder, papertui ends with 1 and changes nothing."""
    home.library.mkdir()
    (home.library / "letter.txt").write_text("Dear Sir")
    app = home.open()
    assert app.wait_for_exit() == 1
    app.wait_for("is not a papertui")
    assert b"\x1b[?1049h" not in app.log
    assert [path.name for path in home.library.iterdir()] == ["letter.txt"]


def test_two_windows_of_one_library(home: Home) -> None:
    """Two papertui side by side see each other's stars."""
    home.run("import", home.dumps)
    one, two = home.open(), home.open()
    for window in (one, two):
        window.wait_for("? help", "1 of")
    one.send("s")
    two.wait_for("starred 1", timeout=5)
    two.send("jjs")
    one.wait_for("starred 2", timeout=5)
    for window in (one, two):
        window.send("q")
        assert window.wait_for_exit() == 0
    assert len(home.titles("is:starred")) == 2


def test_the_library_is_private(app: Terminal, home: Home) -> None:
    """What is read is nobody else's business: folder 0700, files 0600."""
    app.send("s")
    app.wait_for("starred 1")
    files = [path for path in home.library.iterdir() if path.is_file()]
    assert home.library.stat().st_mode & 0o777 == 0o700
    assert {path.name: oct(path.stat().st_mode & 0o777) for path in files} == {
        path.name: "0o600" for path in files
    }


def test_help_needs_no_terminal(home: Home) -> None:
    """`papertui --help` prints, whatever it prints on."""
    done = home.run("--help")
    assert done.returncode == 0
    assert Path(done.args[0]).name in done.stdout
    assert isinstance(done, subprocess.CompletedProcess)
