"""History and why: every decision in words, any of them taken back, its papers shown in the list."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sittings import SMALL, WIDE, Opener, Sitting, library, opener, records, title

from tui.papers.library import Library
from tui.papers.paper import Record
from tui.papers.triage import VERBS, Decision, new_id
from tui.store.database import Database

Size = tuple[int, int]
both_sizes = pytest.mark.parametrize("size", [WIDE, SMALL])


def rows(ui: Sitting) -> list[str]:
    """The acts on the screen, as they stand there."""
    width = 64 if ui.app.size.width >= 100 else 80
    lines = (line[:width].rstrip() for line in ui.lines)
    return [" ".join(line.split()) for line in lines if re.match(r".\s\d\d:\d\d ", line)]


def acts(ui: Sitting) -> list[str]:
    """The same without their times and the cursor's bar."""
    return [re.sub(r"^(▌ ?)?\d\d:\d\d ", "", row) for row in rows(ui)]


def chosen(ui: Sitting) -> str:
    """The act under the cursor."""
    return next(row.removeprefix("▌").strip()[6:] for row in rows(ui) if row.startswith("▌"))


def at_noon(directory: Path, given: Sequence[Record] | None = None, days: int = 0) -> Library:
    """A library whose clock begins at noon, so many days ago: no day ends while a test runs."""
    library(directory, given)
    noon = datetime.now().astimezone().replace(hour=12, minute=0) - timedelta(days=days)
    minutes = (noon + timedelta(minutes=n) for n in range(100_000))
    return Library(Database(directory, wait=0.1), clock=minutes.__next__)


def earlier(directory: Path, days: int = 1, machine: str = "") -> Library:
    """A library whose Anvil and Bellows were starred, Candle and Dagger done so many days ago."""
    old = at_noon(directory, days=days)
    ids = list(old.papers)
    old.decide("star", ids[:2], VERBS["star"])
    old.decide("done", ids[2:4], VERBS["done"])
    if machine:
        path = directory / "decisions.jsonl"
        path.write_text(re.sub(r'"by":"[^"]*"', f'"by":"{machine}"', path.read_text()))
    return at_noon(directory, ())


@pytest.fixture
def open_(tmp_path: Path) -> Opener:
    """papertui at noon."""
    opened = opener(tmp_path / "library")

    def at(size: Size = WIDE, given: Sequence[Record] | None = None, **more: Any) -> Any:
        held = more.pop("held", None) or at_noon(tmp_path / "library", given)
        return opened(size, held=held, **more)

    return at


async def taken(ui: Sitting) -> None:
    """Wait until the history takes keys and has taken all that were typed."""
    while not ui.app.screen.ready or ui.app._typed:
        await ui.pilot.pause(0.02)
    await ui.settle()


@both_sizes
async def test_every_decision_in_words(open_: Opener, size: Size) -> None:
    """Newest first, under the day and the session; the chosen one's papers beside it, by title."""
    async with open_(size) as ui:
        await ui.press("s", "d", "l", "D", "U")
        assert ui.top.split() == ["history", "newest", "first", "4", "decisions"]
        assert "today, this session" in ui.text
        said = acts(ui)
        assert re.fullmatch(r"done \d+ papers", said[0])
        assert said[1].startswith("» put off Candle")
        assert said[2].startswith("done Bellows")
        assert said[3].startswith("★ starred Anvil")
        assert chosen(ui) == said[0]
        for name in ("Dagger", "Easel"):
            assert title(name) in ui.text
        assert "1 of 4" in ui.text
        assert "u take back  ctrl+r do again  enter show its papers  / find  q close  ? help" in ui.foot[1]


@both_sizes
async def test_any_decision_is_taken_back(open_: Opener, size: Size) -> None:
    """Not the newest alone: later ones stay, the line says so, and the list shows it when one is back."""
    async with open_(size) as ui:
        await ui.press("s", "d", "d", "U", "j", "j", "u")
        assert ui.names("starred") == []
        assert ui.names("read") == ["Bellows", "Candle"]
        assert f"took back: starred “{title('Anvil')}”" in ui.text
        assert acts(ui)[2].endswith("taken back")
        assert re.search(r"taken back \d\d:\d\d today", ui.text)
        await ui.press("q")
        assert ui.said.startswith(f"took back: starred “{title('Anvil')}”")
        assert ui.mark("Anvil") == "●"
        assert " inbox 38 " in ui.top


async def test_the_paper_under_the_cursor_is_shown_as_it_is_now(open_: Opener) -> None:
    """Its mark in the list, and the state above its abstract."""
    async with open_() as ui:
        await ui.press("s", "k")
        assert "★" in ui.text
        await ui.press("U", "u", "q")
        assert ui.here == "Anvil"
        assert "★" not in ui.text


async def test_it_is_given_back(open_: Opener) -> None:
    """Redo lets the chosen act stand again; twice the same says what it is and the key for the contrary."""
    async with open_() as ui:
        await ui.press("s", "d", "U", "j", "u", "u")
        assert "It is taken back already; ctrl+r does it again." in ui.text
        await ui.press("ctrl+r")
        assert f"did again: starred “{title('Anvil')}”" in ui.text
        assert ui.names("starred") == ["Anvil"]
        await ui.press("ctrl+r")
        assert "It stands; u takes it back." in ui.text


async def test_undo_after_it_goes_on_as_ever(open_: Opener) -> None:
    """In the list `u` takes back the newest that stands; the one taken back in the history stays so."""
    async with open_() as ui:
        await ui.press("s", "d", "d", "U", "u", "q", "u")
        assert ui.names("read") == []
        assert ui.names("starred") == ["Anvil"]


async def test_what_still_rules_is_named(open_: Opener) -> None:
    """A later act on the same paper goes on to hold, and the message says which."""
    async with open_() as ui:
        await ui.press("s", "k", "s", "U", "j", "u")
        assert "it is as before: no longer starred, " in ui.text
        await ui.press("ctrl+r")
        assert ui.names("starred") == []
        assert "did again: starred" in ui.text
        assert "it is as before: no longer starred, " in ui.text


async def test_days_and_machines_are_headings(open_: Opener, tmp_path: Path) -> None:
    """Of yesterday, of another machine; the message names both."""
    held = earlier(tmp_path / "library", machine="laptop")
    async with open_(held=held) as ui:
        await ui.press("s", "U")
        assert ui.text.index("today, this session") < ui.text.index("yesterday, on laptop")
        await ui.press("j", "u")
        assert "took back: done, 2 papers on laptop, yesterday 12:0" in ui.text
        await ui.press("q")
        assert "took back: done, 2 papers on laptop, yesterday 12:0" in ui.said


async def test_a_day_of_another_year_has_its_year(open_: Opener, tmp_path: Path) -> None:
    """And one of this year has none."""
    held = earlier(tmp_path / "library", days=500)
    async with open_(held=held) as ui:
        await ui.press("U")
        day = (datetime.now().astimezone() - timedelta(days=500)).strftime("%b %Y")
        assert day in ui.lines[2]


@both_sizes
async def test_enter_shows_the_one_paper(open_: Opener, size: Size) -> None:
    """The cursor is on it, in the view that holds it."""
    async with open_(size) as ui:
        await ui.press("s", "d", "d", "U", "j", "enter")
        assert ui.here == "Bellows"
        assert ui.said.startswith("done “Bellows: ")


async def test_enter_leaves_a_filter_that_hides_the_paper(open_: Opener) -> None:
    """And says so."""
    async with open_() as ui:
        await ui.press("s", "/", *"zither", "enter", "U", "enter")
        assert ui.here == "Anvil"
        assert "the filter was dropped" in ui.said


async def test_enter_shows_many_papers(open_: Opener) -> None:
    """In the view of all, narrowed to the papers of that decision."""
    async with open_() as ui:
        await ui.press("D", "U", "enter")
        act = next(act for act, _ in ui.library.log())
        assert str(ui.screen.desk.view.filter) == f"act:{act.id}"
        assert len(ui.screen.desk.rows) == len(act.papers) > 10
        assert ui.said.startswith(f"done, {len(act.papers)} papers")


async def test_enter_on_an_act_that_was_taken_back_says_so(open_: Opener) -> None:
    """And that the filter had to go, where there was one."""
    async with open_() as ui:
        await ui.press("D", "s", "u", "U", "enter")
        assert ui.said.startswith("starred “")
        assert ui.said.endswith(", taken back")
        await ui.press("/", *"kettle", "enter", "U", "G", "enter")
        assert ui.said.startswith("done, ")
        assert ui.said.endswith("; the filter was dropped")
        assert "taken back" not in ui.said


async def test_words_are_found(open_: Opener) -> None:
    """Of acts and titles; enter keeps what was found, escape lets it go, then closes."""
    async with open_() as ui:
        await ui.press("s", "d", "s", "d", "U", "/", *"starred", "enter")
        assert [said.split()[2] for said in acts(ui)] == ["Candle:", "Anvil:"]
        assert "/ starred" in ui.top
        assert "2 of 4 decisions" in ui.top
        await ui.press("/", *" anvil")
        assert [said.split()[2] for said in acts(ui)] == ["Anvil:"]
        await ui.press(*"x")
        assert "No decision has “starred anvilx”." in ui.text
        await ui.press("escape")
        assert len(acts(ui)) == 4
        await ui.press("/", *"bell", "enter", "u", "escape")
        assert ui.names("read") == ["Dagger"]
        assert len(acts(ui)) == 4
        await ui.press("escape")
        assert ui.here


async def test_what_the_rows_show_is_found(open_: Opener, tmp_path: Path) -> None:
    """That an act was taken back, how many papers it was done on, and its day."""
    async with open_(held=earlier(tmp_path / "library")) as ui:
        old = len(list(ui.library.log()))
        await ui.press("D", "s", "u", "U")
        many = re.findall(r"(\d+) papers", acts(ui)[1])[0]
        await ui.press("/", *"taken back", "enter")
        assert [said.split()[1] for said in acts(ui)] == ["starred"]
        await ui.press("escape", "/", *f"{many} papers", "enter")
        assert [said.split()[0] for said in acts(ui)] == ["done"]
        await ui.press("escape", "/", *"today", "enter")
        assert len(acts(ui)) == 2
        await ui.press("escape", "/", *"yesterday", "enter")
        assert 0 < len(acts(ui)) <= old


async def test_letters_typed_ahead_are_looked_for(open_: Opener) -> None:
    """What follows `/` in one write goes into the find line, and takes nothing back."""
    async with open_() as ui:
        await ui.press("s", "U", "/", *"uqd")
        assert ui.names("starred") == ["Anvil"]
        assert "No decision has “uqd”." in ui.text


async def test_nothing_decided_yet(open_: Opener) -> None:
    """Says what makes a decision."""
    async with open_() as ui:
        await ui.press("U")
        assert "No decisions yet." in ui.text
        assert "s d l decide about a paper" in ui.text
        await ui.press("u", "enter", "j", "space", "G")
        assert ui.foot[1] == "q close  ? help"
        await ui.press("q")
        assert ui.here == "Anvil"


async def test_a_write_elsewhere_comes_in(open_: Opener, tmp_path: Path) -> None:
    """The list grows above the cursor, which stays on its act."""
    async with open_() as ui:
        await ui.press("s", "d", "U", "j")
        assert chosen(ui).startswith("★ starred Anvil")
        other = Library(Database(tmp_path / "library"))
        other.decide("tag", [ui.paper("Kettle").id], {"tag:audio": True})
        ui.screen.others.look()
        ui.app.screen._look()
        await ui.settle()
        assert acts(ui)[0].startswith("tagged #audio Kettle")
        assert chosen(ui).startswith("★ starred Anvil")
        await ui.press("u")
        assert ui.names("starred") == []


@pytest.mark.parametrize("soon", [5000, 0])
async def test_what_was_merged_in_is_taken_back_here(
    open_: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, soon: int
) -> None:
    """An older act that came late stands in its place by time, says from where, and can be taken back."""
    monkeypatch.setattr("tui.papers.holdings.SOON", soon)
    async with open_() as ui:
        await ui.press("s", "s")
        first = min((act for act, _ in ui.library.log()), key=lambda act: act.id)
        at = first.at - timedelta(hours=1)
        late = Decision(
            id=new_id(at),
            at=at,
            by="laptop",
            verb="star",
            papers=(ui.paper("Urn").id, "0123456789ab"),
            sets=dict(VERBS["star"]),
            origin="old laptop",
        )
        Database(tmp_path / "library").keep(late)
        ui.screen.others.look()
        assert ui.triage("Urn").starred
        await ui.press("U", "G")
        await taken(ui)
        assert chosen(ui) == "★ starred 2 papers"
        assert "merged in from old laptop" in ui.text
        assert "a paper not known here (0123456789ab)" in ui.text
        await ui.press("u")
        assert not ui.triage("Urn").starred


async def test_a_busy_library_is_waited_for(open_: Opener, tmp_path: Path) -> None:
    """While another has its turn nothing is lost: the act is taken back when that is over."""
    async with open_() as ui:
        await ui.press("s", "U")
        other = Database(tmp_path / "library")
        with other.turn():
            await ui.press("u")
            assert "Waiting: " in ui.text
            assert ui.names("starred") == ["Anvil"]
        await taken(ui)
        assert ui.names("starred") == []
        assert "took back: starred" in ui.text


async def test_a_failing_disk_is_told(open_: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be kept changes nothing, and the history says why."""
    from tui.errors import LibraryError

    async with open_() as ui:
        await ui.press("s", "U")

        def full(*args: object) -> None:
            raise LibraryError("/x: disk full; nothing was changed. Free some space and try again.")

        monkeypatch.setattr(ui.library._store, "keep", full)
        await ui.press("u")
        assert "Could not keep this decision: disk full" in ui.text
        assert ui.names("starred") == ["Anvil"]


@pytest.mark.parametrize("soon", [5000, 100])
async def test_going_about_in_thousands(
    open_: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, soon: int
) -> None:
    """Ends, pages and single steps; only what is seen is read. Keys wait until all acts are there."""
    monkeypatch.setattr("tui.papers.holdings.SOON", soon)
    held = library(tmp_path / "library")
    store = Database(tmp_path / "library")
    ids, at, last = list(held.papers), datetime.now(UTC) - timedelta(days=3), ""
    with store.turn():
        lines = []
        for number in range(3000):
            last = new_id(at + timedelta(seconds=number), last)
            sets = {"starred": number % 2 == 0}
            verb = "star" if number % 2 == 0 else "unstar"
            lines.append(
                Decision(
                    id=last,
                    at=at + timedelta(seconds=number),
                    by="x",
                    verb=verb,
                    papers=(ids[number % 40],),
                    sets=sets,
                )
            )
        with store._appending() as append_to:
            append_to("decisions", [msgspec.json.encode({d.id: d}) + b"\n" for d in lines])
    async with open_(held=at_noon(tmp_path / "library", ())) as ui:
        await ui.press("U", "G")
        await taken(ui)
        assert "3,000 of 3,000" in ui.text
        assert len(ui.app.screen.acts.log._read) < 200
        await ui.press("k", "pageup")
        place = int(re.search(r"([\d,]+) of 3,000", ui.text)[1].replace(",", ""))
        assert 2900 < place < 2999
        assert len(ui.app.screen.acts.log._read) < 400
        await ui.press("g")
        assert "1 of 3,000" in ui.text


async def test_papers_beside_are_scrolled(open_: Opener) -> None:
    """Where there are more than fit, the last line says how many and the key that brings them."""
    async with open_(SMALL) as ui:
        await ui.press("A", "y", "U")
        assert "more · space" in ui.text
        await ui.press("space", "space", "space", "space", "space")
        assert title("Nozzle") in ui.text
        assert "more · space" not in ui.text
        await ui.press("b")
        assert "more · space" in ui.text


async def test_a_click_chooses_and_two_show(open_: Opener) -> None:
    """As in the list."""
    async with open_() as ui:
        await ui.press("s", "d", "U")
        y = next(y for y, line in enumerate(ui.lines) if "starred" in line)
        await ui.click(20, y)
        assert chosen(ui).startswith("★ starred Anvil")


async def test_help_lies_over_it(open_: Opener) -> None:
    """`?` shows the keys; what is chosen there is done here where it can be, else in the list."""
    async with open_() as ui:
        await ui.press("s", "U", "?", "/", *"do again", "escape", "q")
        assert "history" in ui.top
        await ui.press("q")
        assert ui.here


@pytest.mark.parametrize("keymap", ["default", "vim", "emacs", "newsboat", "arrows"])
async def test_with_every_keymap(open_: Opener, keymap: str) -> None:
    """The keys of undo and redo are the user's own, and enter and q close."""
    async with open_(keymap=keymap) as ui:
        key = ui.screen.key
        await ui.press(key("paper.star"))
        await ui.press(key("history.show"))
        await ui.press(key("history.undo"))
        assert ui.names("starred") == []
        await ui.press(key("history.redo"))
        assert ui.names("starred") == ["Anvil"]
        assert f"{key('history.undo')} take back" in ui.foot[1]
        await ui.press("enter")
        assert ui.here == "Anvil"


async def test_a_query_asks_for_what_was_decided(open_: Opener) -> None:
    """The filter line offers days with how many papers each finds, and says the query in words."""
    async with open_() as ui:
        await ui.press("s", "d", "]", "]", "]", "/", *"deci", "tab")
        assert ui.foot[1].startswith("today  2  yesterday 0  7d 2  4w 2 ")
        await ui.press(*"today", "enter")
        assert ui.listed == ["Anvil", "Bellows"]
        await ui.press("/", "space")
        assert "decided today" in ui.foot[1]


async def test_without_colours(open_: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    """All is said in words, titles too."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with open_() as ui:
        await ui.press("s", "d", "U", "j", "u")
        assert f"took back: starred “{title('Anvil')}”" in ui.text
        assert acts(ui)[1].endswith("taken back")


# -- why ----------------------------------------------------------------------------------------------


@both_sizes
async def test_why_a_paper_is_as_it_is(open_: Opener, size: Size) -> None:
    """Its own decisions, which of them rules, and where it was seen."""
    async with open_(size) as ui:
        await ui.press("l", "k", "s", "k", "t", *"audio", "enter", "d", "k", "i")
        assert ui.top.startswith("  why  Anvil")
        assert acts(ui) == ["done", "tagged #audio", "★ starred", "» put off overruled"]
        assert "starred because: starred, " in ui.text
        assert "read because: done, " in ui.text
        assert "#audio because: tagged #audio, " in ui.text
        assert "seen in nov-18 digest, no. 1: nov-18.txt" in ui.text
        assert "came to the library " in ui.text
        await ui.press("j", "u")
        assert ui.triage("Anvil").tags == ()
        assert "#audio because" not in ui.text
        await ui.press("q")
        assert ui.here == "Anvil"


async def test_why_of_what_is_undecided(open_: Opener) -> None:
    """Nothing was decided; or nothing that stands."""
    async with open_(SMALL) as ui:
        await ui.press("i")
        assert "in the inbox: nothing was decided about it" in " ".join(ui.text.split())
        await ui.press("q", "s", "u", "i")
        assert acts(ui) == ["★ starred taken back"]
        assert "nothing was decided about it that stands" in " ".join(ui.text.split())


async def test_why_counts_the_others_of_a_page(open_: Opener) -> None:
    """A page done is one decision: it says with how many others."""
    async with open_() as ui:
        await ui.press("D", "g", "i")
        others = len(next(act for act, _ in ui.library.log()).papers) - 1
        assert others > 10
        assert acts(ui) == [f"done with {others} others"]
        assert f"read because: done, with {others} others, " in ui.text


async def test_no_paper_to_ask_about(open_: Opener) -> None:
    """In an empty library."""
    async with open_(given=()) as ui:
        await ui.press("i")
        assert ui.lines[-1].strip() == "No paper here to ask about."


async def test_hostile_words_are_shown_clean(open_: Opener) -> None:
    """A tag, a note, a machine's name and a title with controls in them command nothing."""
    evil = records(["Anvil"])[0]
    evil = msgspec.structs.replace(evil, title="Anvil \x1b]52;c;eHg=\x07 [bold]\u202e: x")
    async with open_(given=[evil]) as ui:
        ui.library.decide("note", [*ui.library.papers], {"note": "a\x1b[2Jb [@click=app.quit]x[/]"})
        await ui.press("s", "U")
        for line in ui.lines:
            assert line.isprintable()
        assert "[bold]" in ui.text
        await ui.press("j")
        assert "[@click=app.quit]x[/]" in ui.text
        await ui.press("q", "i")
        assert all(line.isprintable() for line in ui.lines)
