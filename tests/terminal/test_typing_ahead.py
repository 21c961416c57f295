"""Keys that come faster than frames: many in one write, before the screen, or pasted."""

import re

from homes import Home
from pty_terminal import Terminal


def test_two_stars_in_one_write(app: Terminal, home: Home) -> None:
    """`ss` stars two papers."""
    app.send("ss")
    app.wait_for("starred 2")
    assert home.titles("is:starred") == home.titles()[:2]


def test_down_and_star_in_one_write(app: Terminal, home: Home) -> None:
    """`js` stars the second paper."""
    app.send("js")
    app.wait_for("starred 1")
    assert home.titles("is:starred") == home.titles()[1:2]


def test_a_search_in_one_write(app: Terminal, home: Home) -> None:
    """`/kernel` and enter narrow the list; no letter of the word acts as a key."""
    app.send("/kernel\r")
    app.wait_for("/ kernel", f"1 of {len(home.titles('kernel'))}", "? help")
    assert home.titles("is:inbox") == home.titles()


def test_a_search_and_a_star_in_one_write(app: Terminal, home: Home) -> None:
    """What is typed after the enter of a search is a key of the list again."""
    app.send("/kernel\rs")
    app.wait_for("starred 1")
    assert home.titles("is:starred") == home.titles("kernel")[:1]


def test_a_tag_in_one_write(app: Terminal, home: Home) -> None:
    """`t`, a tag and enter tag the paper."""
    app.send("taudio\r")
    app.wait_for("tagged #audio")
    assert home.titles("tag:audio") == home.titles()[:1]


def test_a_tag_written_while_the_prompt_opens(app: Terminal, home: Home) -> None:
    """`t` in one write and the tag in the next, without waiting for the prompt."""
    app.send("t")
    app.send("audio\r")
    app.wait_for("tagged #audio")
    assert home.titles("tag:audio") == home.titles()[:1]


def test_a_long_row_of_verdicts(app: Terminal, home: Home) -> None:
    """Thirty verdicts in one write all count, and the screen comes to show the last of them."""
    app.send("sdl" * 10)
    number = len(home.titles())
    app.wait_for("starred 10", "later 10", f"inbox {number - 30} ", f"31 of {number}")


def test_keys_before_the_screen(home: Home) -> None:
    """What is typed while papertui starts is not lost."""
    home.run("import", home.dumps)
    app = home.open()
    app.send("ss")
    app.wait_for("starred 2")
    assert home.titles("is:starred") == home.titles()[:2]


def test_a_star_and_quit_in_one_write(app: Terminal, home: Home) -> None:
    """`sq` keeps the star and leaves."""
    app.send("sq")
    assert app.wait_for_exit() == 0
    assert home.titles("is:starred") == home.titles()[:1]


def test_a_paste_decides_nothing(app: Terminal, home: Home) -> None:
    """Text pasted by mistake is no row of keys."""
    app.send("\x1b[200~sdsdq\n\x1b[201~")
    app.send("l")
    app.wait_for("later 1")
    assert home.titles("is:inbox") == home.titles()[1:]


def test_escape_and_a_letter_in_one_write(app: Terminal, home: Home) -> None:
    """Over a slow line escape and `s` arrive as one; both count."""
    home.find(app, "kernel")
    app.send("\x1bs")
    app.wait_for("starred 1", re.compile(r"as in the digests|digest *$", re.MULTILINE))
