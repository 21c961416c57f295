"""Finding papers on a real terminal: the filter line, close spellings, views, digests, orders."""

import re

import pytest
from homes import Home
from pty_terminal import Terminal

#: rows of the prompt and the place of the cursor in the list
TYPED = re.compile(r"^  / ", re.MULTILINE)


@pytest.fixture(params=[(120, 36), (80, 24)], ids=["120x36", "80x24"])
def sized(request: pytest.FixtureRequest, home: Home) -> Terminal:
    """papertui with the sample digests open, in each of the sizes that are promised."""
    terminal = home.open("open", home.dumps, size=request.param)
    terminal.wait_for("? help", "1 of")
    return terminal


def count(found: int, whole: int) -> re.Pattern[str]:
    """The line of the prompt that says so."""
    return re.compile(rf"^  / .* {found} of {whole} *$", re.MULTILINE)


def test_the_list_follows_the_letters_and_escape_restores_it(sized: Terminal, home: Home) -> None:
    """What is typed narrows the list; a wrong query is pointed at; escape leaves all as it was."""
    whole = len(home.titles())
    sized.send("jjj")
    before = sized.wait_for(re.compile(rf" 4 of {whole}")).splitlines()
    sized.send("/")
    sized.wait_for(TYPED)
    sized.send("kernel")
    found = home.titles("is:inbox", "kernel")
    text = sized.wait_for(count(len(found), whole), found[0][:24])
    assert found[0][:24] in text
    sized.send(" tga:x")
    sized.wait_for("^ no field “tga”; tab makes it tag:x", "list as before", found[0][:24])
    sized.send("escape")
    after = sized.wait_for("? help", re.compile(rf" 4 of {whole}")).splitlines()
    assert after[:-2] == before[:-2]


def test_completion_and_enter(sized: Terminal, home: Home) -> None:
    """Tab takes what is offered; enter keeps the filter, which stands at the top."""
    sized.send("s/")
    sized.wait_for(TYPED)
    sized.send("is:sta")
    sized.wait_for(re.compile(r"^ +starred +1", re.MULTILINE))
    sized.send("\t")
    sized.wait_for(count(1, len(home.titles())))
    sized.send("enter")
    sized.wait_for("? help", re.compile(r"/ is:starred *$", re.MULTILINE), "1 of 1")


def test_a_close_spelling_is_offered_and_taken(sized: Terminal, home: Home) -> None:
    """The papers of the nearest spelling are shown under a line that says so; tab makes them the result."""
    sized.send("/")
    sized.wait_for(TYPED)
    sized.send("kernle")
    found = home.titles("kernel")
    sized.wait_for(f"Close: kernel ({len(found)}) tab takes it", count(0, len(home.titles())))
    sized.wait_for(found[0][:24])
    sized.send("\t")
    sized.wait_for(re.compile(r"^  / kernel ", re.MULTILINE), count(len(found), len(home.titles())))


def test_a_digest_is_picked_and_let_go_of(sized: Terminal, home: Home) -> None:
    """`p` and a digit narrow to a digest; again lets go."""
    whole = len(home.titles())
    sized.send("p")
    sized.wait_for(re.compile(r"^  digest ", re.MULTILINE), "undecided")
    sized.send("1")
    sized.wait_for("? help", "/ digest:")
    sized.send("p")
    sized.wait_for("undecided")
    sized.send("1")
    sized.wait_for("? help", re.compile(rf" of {whole}"), "everything")


def test_an_order_is_picked_and_the_cursor_stays(sized: Terminal, home: Home) -> None:
    """`O` shows all orders, whatever the width; the paper under the cursor is the same."""
    here = home.titles()[0][:24]
    sized.send("O")
    sized.wait_for("Which order?", "r reversed", "best match first")
    sized.send("t")
    sized.wait_for("? help", "by title", re.compile(rf"^▌. {re.escape(here)}", re.MULTILINE))


def test_the_history_is_there_in_the_next_sitting(home: Home) -> None:
    """Up brings back what was looked for before the quit."""
    first = home.open("open", home.dumps)
    first.wait_for("? help", "1 of")
    home.find(first, "kernel")
    first.send("q")
    assert first.wait_for_exit() == 0
    again = home.open()
    again.wait_for("? help", "/ kernel")
    again.send("/")
    again.wait_for(TYPED)
    again.send(b"\x15")
    again.send("up")
    again.wait_for(re.compile(r"^  / kernel", re.MULTILINE))
