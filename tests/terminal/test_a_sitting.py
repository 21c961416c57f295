"""What a user does from a folder of digests to a file of starred papers, on a real terminal."""

import re
import signal

from homes import Home
from pty_terminal import Terminal


def marked(mark: str, title: str) -> re.Pattern[str]:
    """A row of the list: a mark and the begin of a title."""
    return re.compile(rf"^.{re.escape(mark)} {re.escape(title[:24])}", re.MULTILINE)


def test_a_folder_of_digests_becomes_a_readable_list(home: Home) -> None:
    """`papertui open FOLDER` shows the papers, the first one's abstract and the keys."""
    app = home.open("open", home.dumps)
    app.wait_for("? help", "1 of")
    first = home.papers()[0]
    text = app.wait_for(marked("●", first["title"]), first["abstract"][:30])
    assert f"inbox {len(home.papers())} " in text


def test_a_sitting_ends_with_exactly_the_starred_papers_in_the_export(app: Terminal, home: Home) -> None:
    """Star three, tag one, mark two done, undo one, find, quit: `export` writes the three."""
    one, two, three, four, five, *_ = home.titles()
    found = next(title for title in home.titles("kernel") if title not in (one, two, three, four, five))
    for keys, mark, title in (("s", "★", one), ("d", " ", two), ("s", "★", three), ("d", " ", four)):
        app.send(keys)
        app.wait_for(marked(mark, title))
    app.send("u")
    app.wait_for("took back", marked("●", four))
    app.send("t")
    app.wait_for("tag")
    app.send("audio")
    app.wait_for(re.compile(r"tag audio$", re.MULTILINE | re.IGNORECASE))
    app.send("enter")
    app.wait_for("tagged #audio", "? help")
    home.find(app, "kernel")
    app.send("g")
    app.wait_for("1 of")
    while not re.search(rf"^▌. {re.escape(found[:24])}", app.text, re.MULTILINE):
        place = re.search(r"(\d+) of \d+ *$", app.text, re.MULTILINE)
        assert place
        app.send("j")
        app.wait_for(re.compile(rf"{int(place[1]) + 1} of \d+ *$", re.MULTILINE))
    app.send("s")
    app.wait_for("starred 3")
    app.send("q")
    assert app.wait_for_exit() == 0

    written = home.run("export").stdout
    assert sorted(home.titles("is:starred")) == sorted([one, three, found])
    assert re.findall(r"^## ", written, re.MULTILINE) == ["## "] * 3
    assert all(title in written for title in (one, three, found))
    assert home.titles("is:read") == [two]
    assert home.titles("tag:audio") == [four]


def test_nothing_that_was_shown_is_lost_by_kill_9(app: Terminal, home: Home) -> None:
    """Killed at the very frame that shows the last star, papertui has all decisions on the disk."""
    one, two, three, *_ = home.titles()
    for number in (1, 2, 3):
        app.send("s")
        app.wait_for(f"starred {number}")
    app.kill(signal.SIGKILL)
    assert app.wait_for_exit() == -signal.SIGKILL
    assert home.titles("is:starred") == [one, two, three]
    again = home.open()
    again.wait_for("starred 3", "? help")
    again.send("u")
    again.wait_for("starred 2", "took back")


def test_one_goes_on_where_one_stopped(app: Terminal, home: Home) -> None:
    """View, filter and paper are there again after a quit."""
    app.send("]")
    app.wait_for("Nothing starred yet")
    app.send("]]")
    app.wait_for(re.compile(r"1 of \d+ *$", re.MULTILINE))
    home.find(app, "kernel")
    app.send("G")
    last = home.titles("kernel")[-1]
    app.wait_for(re.compile(rf"^▌. {re.escape(last[:24])}", re.MULTILINE))
    app.send("q")
    assert app.wait_for_exit() == 0
    again = home.open()
    number = len(home.titles("kernel"))
    again.wait_for(
        "/ kernel", f"{number} of {number}", re.compile(rf"^▌. {re.escape(last[:24])}", re.MULTILINE)
    )


def test_the_starred_papers_are_written_from_within(app: Terminal, home: Home) -> None:
    """`e` and enter write reading.md into the folder papertui was started in."""
    app.send("s")
    app.wait_for("starred 1")
    app.send("e")
    app.wait_for("reading.md")
    app.send("enter")
    app.wait_for("wrote 1 paper")
    assert home.titles()[0] in (home.path / "reading.md").read_text("utf-8")


def test_a_star_given_elsewhere_appears_without_a_key(app: Terminal, home: Home) -> None:
    """While papertui is open, `papertui mark` in another process is seen on the screen."""
    second = home.papers()[1]
    assert home.run("mark", second["id"], "--star").returncode == 0
    app.wait_for(marked("★", second["title"]), "starred 1", "came from another papertui", timeout=5)
    app.send("q")
    assert app.wait_for_exit() == 0
    assert home.titles("is:starred") == [second["title"]]


def test_the_find_line_says_how_many_it_found(app: Terminal, home: Home) -> None:
    """While one types, the number of papers found stands at the right of the line."""
    app.send("/")
    app.wait_for(re.compile(r"^  /", re.MULTILINE))
    app.send("kernel")
    found, all_ = len(home.titles("kernel")), len(home.titles())
    app.wait_for(re.compile(rf"^  / kernel +{found} of {all_} *$", re.MULTILINE))
