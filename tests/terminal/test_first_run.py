"""The first run on a real terminal: nothing is written before there is anything to keep; no flicker."""

from homes import Home


def test_looking_round_never_leaves_the_screen_and_leaves_ones_own_library_alone(home: Home) -> None:
    """The samples are shown in place of the first screen, without going back to the shell between."""
    app = home.open()
    app.wait_for("look round with forty made-up papers")
    assert not home.library.exists()
    app.send("s")
    app.wait_for("plain `papertui` opens your own", "1 of 44")
    assert app.log.count(b"\x1b[?1049h") == 1
    assert b"\x1b[?1049l" not in app.log
    app.send("sq")
    assert app.wait_for_exit() == 0
    assert app.left_on == {}
    assert not home.library.exists()


def test_a_folder_chosen_is_kept(home: Home) -> None:
    """Its papers are there the next time."""
    app = home.open()
    app.wait_for("choose a file or folder now")
    app.send("o")
    app.wait_for("enter imports it")
    app.send(f"{home.dumps}\r")
    app.wait_for("44 new", "1 of 44")
    app.send("dq")
    assert app.wait_for_exit() == 0
    assert len(home.run("list", "is:inbox").stdout.splitlines()) == 43


def test_forgetting_asks_on_the_terminal(home: Home) -> None:
    """Of the command line: y does it, and the next start does not show the papers."""
    home.run("import", home.dumps)
    app = home.open("forget", "nov-18")
    app.wait_for("Forget them? [y/N]")
    app.send("y\r")
    assert app.wait_for_exit() == 0
    assert "forgot nov-18" in home.run("log").stdout
