"""The figures: numbers, columns and bars, a cursor over them, and enter shows the papers behind."""

import json
import re
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from msgspec import structs
from sittings import MORNING, NAMES, SMALL, WIDE, Doors, Opener, Sitting, reading, records
from textual import events

from tui.errors import LibraryError
from tui.keymap import shipped
from tui.papers.library import Library
from tui.papers.triage import VERBS, Decision
from tui.store.database import Database
from tui.ui.screens import stats
from tui.ui.screens.stats import StatsScreen
from tui.ui.screens.triage import TriageScreen

Size = tuple[int, int]


@pytest.fixture(autouse=True)
def _in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Days are those of UTC."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


class Clock:
    """Stands still until told to move."""

    def __init__(self) -> None:
        self.now = MORNING - timedelta(days=30)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """The clock of the library."""
    return Clock()


@pytest.fixture
def held(tmp_path: Path, clock: Clock) -> Library:
    """Forty papers in two digests; ten decided the day before yesterday, four yesterday; tags on some."""
    made = Library(Database(tmp_path / "held", wait=0.1), clock=clock)
    first = records(NAMES[:30])
    undated = tuple(structs.replace(one, published=None) for one in records(NAMES[30:]))
    made.add(reading(first, "nov-18"))
    made.add(reading(undated, "dec-1", MORNING + timedelta(hours=1)))
    ids = [*made.papers]
    clock.now = MORNING - timedelta(days=2)
    made.decide("star", ids[:4], VERBS["star"])
    made.decide("done", ids[4:10], VERBS["done"])
    clock.now = MORNING - timedelta(days=1)
    made.decide("later", ids[30:33], VERBS["later"])
    made.decide("star", ids[33:34], VERBS["star"])
    made.decide("tag", ids[3:8], {"tag:audio": True})
    made.decide("tag", ids[:2], {"tag:ssm": True})
    clock.now = MORNING
    return made


async def until(ui: Sitting, holds: Callable[[], bool]) -> None:
    """Let the app work, but not wait for its threads, until this holds."""
    for _ in range(2_000):
        if holds():
            return
        await ui.pilot.pause(0.001)
    raise AssertionError(ui.text)


async def show(ui: Sitting, *keys: str) -> None:
    """Open the figures, let all be counted, and press these keys."""
    ui.screen.run_command("stats.show")
    await until(ui, lambda: isinstance(ui.app.screen, StatsScreen) and ui.app.screen.ready)
    await ui.press(*keys)


def has_cursor(ui: Sitting) -> str:
    """The words behind the cursor's bar."""
    found = re.search(r"▌ ?(\S+(?: \S+)*)", ui.text)
    return found[1] if found else ""


async def go_to(ui: Sitting, words: str, key: str = "j") -> None:
    """Press a key until the cursor is on this."""
    for _ in range(80):
        if has_cursor(ui).startswith(words):
            return
        await ui.press(key)
    raise AssertionError(f"never on {words}:\n{ui.text}")


async def test_the_figures(open_: Opener, held: Library, size: Size) -> None:
    """What is decided, at both sizes, with the library's size on top."""
    async with open_(size, held=held) as ui:
        await show(ui)
        assert ui.top.split() == ["stats", "the", "whole", "library", "40", "papers", "from", "2", "digests"]
        at = next(i for i, line in enumerate(ui.lines) if "inbox" in line)
        assert ui.lines[at - 1].replace("▌", " ").split() == ["26", "5", "3", "6", "36", "%", "-"]
        assert ui.lines[at].split()[:4] == ["inbox", "starred", "later", "read"]
        assert ui.foot[1].startswith("enter show these papers  y copy as JSON")
        assert "papers given a verdict, tag or note, the last 14 days" in ui.text


async def test_days(open_: Opener, held: Library, size: Size) -> None:
    """A column a day, the number beneath it; the highest reaches the top, nothing is a dot."""
    async with open_(size, held=held) as ui:
        await show(ui)
        at = next(i for i, line in enumerate(ui.lines) if "7 Nov" in line)
        assert "20 Nov" in ui.lines[at]
        assert ui.lines[at - 1].split() == ["·"] * 11 + ["10", "11", "·"]
        tall = 6 if size == WIDE else 3
        columns = [line[2:72] for line in ui.lines[at - 1 - tall : at - 1]]
        assert columns[0][12 * 5 : 12 * 5 + 3] == "███"
        assert columns[-1][11 * 5 : 11 * 5 + 3] == "███"
        assert columns[0][11 * 5 : 11 * 5 + 3] == ("▄▄▄" if size == WIDE else "▆▆▆")
        assert not columns[-1][:55].strip()
        assert not columns[-1][65:].strip()


async def test_bars(open_: Opener, held: Library) -> None:
    """Bars carry numbers and stars; the longest is in proportion, nothing more is drawn."""
    async with open_(WIDE, held=held) as ui:
        await show(ui)
        rows = {
            found[1]: (len(found[2]), int(found[3]), found[4])
            for found in re.finditer(r" (\S+) +(▆+) (\d+)(?:  (\d+) ★)?", ui.text)
        }
        assert rows["nov-18"][1:] == (30, "4")
        assert rows["dec-1"][1:] == (10, "1")
        assert abs(rows["nov-18"][0] - 3 * rows["dec-1"][0]) <= 2
        assert rows["audio"][1:] == (5, "1")
        assert rows["ssm"][1:] == (2, "2")
        assert rows["date"][1:] == (10, "1")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("dec-1", "digest:dec-1"),
        ("audio", "tag:audio"),
        ("Sep 2024", "published:2024-09"),
        ("no date", "-has:date"),
    ],
)
async def test_enter_on_a_bar(open_: Opener, held: Library, size: Size, words: str, found: str) -> None:
    """It closes, and the list shows exactly the papers that the bar counted."""
    async with open_(size, held=held) as ui:
        await show(ui)
        await go_to(ui, words)
        number = int(re.search(rf"▌{re.escape(words)} +▆+ (\d+)", ui.text)[1])
        await ui.press("enter")
        assert isinstance(ui.app.screen, TriageScreen)
        assert ui.screen.desk.view.name == "all"
        assert str(ui.screen.desk.view.filter) == found
        assert len(ui.screen.desk.rows) == number
        assert ui.said.endswith(f"{number} papers")


@pytest.mark.parametrize(("presses", "state"), [(0, "inbox"), (1, "starred"), (2, "later"), (3, "read")])
async def test_enter_on_a_figure(open_: Opener, held: Library, presses: int, state: str) -> None:
    """The four states show their papers."""
    async with open_(held=held) as ui:
        await show(ui, *["l"] * presses, "enter")
        assert str(ui.screen.desk.view.filter) == f"is:{state}"
        assert {ui.library.triage(paper.id).state for paper in ui.screen.desk.rows} == {state}


async def test_enter_on_a_day(open_: Opener, held: Library) -> None:
    """It shows the papers of that day, or says why it cannot; a day without any says so."""
    async with open_(held=held) as ui:
        await show(ui, "j", *["l"] * 20, "enter")
        assert isinstance(ui.app.screen, StatsScreen)
        assert "No papers there to show." in ui.text
        await ui.press("h")
        assert "19 Nov 2026: 11 papers decided" in ui.text
        await ui.press("enter")
        assert isinstance(ui.app.screen, TriageScreen)
        assert str(ui.screen.desk.view.filter) == "decided:2026-11-19"
        assert len(ui.screen.desk.rows) == 11


async def test_the_cursor(open_: Opener, held: Library, size: Size) -> None:
    """Down and up through the bars of a block and on to the next; left and right beside; tab by blocks."""
    async with open_(size, held=held) as ui:
        await show(ui)
        assert has_cursor(ui).startswith("26")
        for key, words in (
            *(("l", "5"), ("right", "3"), ("h", "5"), ("left", "26"), ("left", "26"), ("k", "26")),
            *(("j", "·"), ("j", "dec-1"), ("down", "nov-18"), ("l", "ssm"), ("h", "nov-18"), ("up", "dec-1")),
            *(
                ("tab", "audio"),
                ("tab", "Sep 2024"),
                ("k", "ssm"),
                ("shift+tab", "dec-1"),
                ("end", "no date"),
            ),
            *(("j", "no date"), ("home", "26")),
        ):
            await ui.press(key)
            assert has_cursor(ui).startswith(words), key


async def test_all_of_it_can_be_seen(open_: Opener, held: Library) -> None:
    """At 80x24 the rest is below; space brings it, the cursor too, and b goes back."""
    async with open_(SMALL, held=held) as ui:
        await show(ui)
        assert re.search(r"▼ \d+ more lines · space", ui.text)
        assert "no date" not in ui.text
        await ui.press("space")
        assert "no date" in ui.text
        assert "Nothing decided yet." in ui.text
        assert "more lines" not in ui.text
        assert has_cursor(ui)
        await ui.press("b")
        assert "more lines" in ui.text
        assert "inbox" in ui.text
        assert has_cursor(ui)
        await ui.press("b")
        assert has_cursor(ui).startswith("26")
        await go_to(ui, "no date")
        assert "no date: 10 papers, 1 starred" in ui.text


async def test_many_tags(open_: Opener, held: Library, size: Size) -> None:
    """Of many bars the first are shown, and how many more there are; enter shows all."""
    held.decide("tag", [*held.papers][:1], {f"tag:t{number:02}": True for number in range(40)})
    async with open_(size, held=held) as ui:
        await show(ui)
        await go_to(ui, "audio", "tab")
        few = 6 if size == WIDE else 5
        await go_to(ui, f"{42 - few} more")
        await ui.press("enter")
        assert has_cursor(ui).startswith(f"t{few - 2:02}")
        await go_to(ui, "t39")
        assert isinstance(ui.app.screen, StatsScreen)


async def test_this_session(open_: Opener, held: Library, clock: Clock) -> None:
    """What was done since papertui was opened, how long it took, and what that says of the rest."""
    async with open_(held=held) as ui:
        await ui.press("s", "d", "l", "d")
        clock.now += timedelta(seconds=90)
        await ui.press("d", "d", "u")
        await show(ui)
        assert "5 decided in 2 min" in ui.text
        assert "1 starred, 1 put off, 3 read" in ui.text
        assert "1 taken back" in ui.text
        assert "at this pace the inbox takes 6 min" in ui.text


async def test_few_decisions(open_: Opener, size: Size) -> None:
    """Below five there is nothing to draw by day, and no time of a verdict."""
    async with open_(size) as ui:
        await ui.press("s", "d", "l", "d")
        await show(ui)
        assert "Too few decisions to draw; the figures above are whole." in ui.text
        assert "papers given a verdict, tag or note" not in ui.text
        await ui.press("q", "d")
        await show(ui)
        assert "papers given a verdict, tag or note" in ui.text


async def test_long_ago(open_: Opener, held: Library, clock: Clock) -> None:
    """Where the last days have nothing to show, it is said when the last decision was."""
    clock.now += timedelta(days=400)
    async with open_(held=held) as ui:
        await show(ui)
        assert "Nothing decided in the last 14 days; the last time was 19 Nov 2026." in ui.text


async def test_an_empty_library(open_: Opener) -> None:
    """A sentence, no noughts; nothing happens on any key."""
    async with open_(given=()) as ui:
        await show(ui)
        assert "The library is empty; there is nothing to count yet." in ui.text
        await ui.press("j", "k", "h", "l", "tab", "space", "b", "enter", "y")
        assert isinstance(ui.app.screen, StatsScreen)


async def test_it_closes(open_: Opener, held: Library) -> None:
    """And the list is there as it was; nothing is decided in it."""
    async with open_(held=held) as ui:
        await ui.press("j")
        before, decisions = ui.lines, ui.decisions
        for key in ("q", "escape", "%", "ctrl+c", "ctrl+g"):
            await show(ui, "s", "d", "D", "A", "5", "S", key)
            assert ui.lines == before
        assert ui.decisions == decisions


async def test_copy(open_: Opener, held: Library) -> None:
    """y copies the figures as JSON, characters of strangers as escapes."""
    held.decide("tag", [*held.papers][:1], {"tag:a\u202eb": True})
    async with open_(held=held, doors=Doors(clipboard="pyperclip")) as ui:
        await show(ui, "y")
        assert "copied the figures as JSON (pyperclip)" in ui.text
        (copied,) = ui.doors.copied
        assert copied.isascii()
        told = json.loads(copied)
        assert (told["papers"], told["starred"], told["by_digest"][0]["name"]) == (40, 5, "dec-1")
        await ui.press("j")
        assert "copied" not in ui.text


@pytest.mark.parametrize("keymap", shipped())
async def test_every_keymap(open_: Opener, held: Library, keymap: str) -> None:
    """Arrows, enter and q work whatever the keymap says; letters too, where it has any."""
    async with open_(SMALL, held=held, keymap=keymap) as ui:
        ui.screen.run_command("stats.show")
        await ui.settle()
        await ui.press("down", "down", "right", "left", "y")
        assert has_cursor(ui).startswith("dec-1")
        assert "sent the figures as JSON to the terminal (OSC 52)" in ui.text
        await ui.press("q")
        assert isinstance(ui.app.screen, TriageScreen)


async def test_hostile_names(open_: Opener, held: Library, size: Size) -> None:
    """Markup is text, what moves cursors is dropped, and long names are cut, wide ones at their cells."""
    tags = ("[@click=app.quit]x[/]", "\x1b]52;c;x\x07tag", "木" * 60, "y" * 200, "a\u202eb")
    held.decide("tag", [*held.papers][:20], {f"tag:{tag}": True for tag in tags})
    async with open_(size, held=held) as ui:
        await show(ui)
        assert "\x1b" not in ui.text
        assert "\u202e" not in ui.text
        assert "[@click" in ui.text
        width = size[0]
        for strip in ui.app.screen._compositor.render_strips():
            assert strip.cell_length == width
        assert "20" in next(line for line in ui.lines if "木" in line)


async def test_ascii(open_: Opener, held: Library, size: Size) -> None:
    """Nothing but ASCII is drawn where only that can be."""
    async with open_(size, held=held, ascii=True) as ui:
        await show(ui, "j", "j")
        assert ui.text.isascii()
        assert "|dec-1" in ui.text
        assert "##" in ui.text
        assert "1 *" in ui.text


async def test_without_colours(open_: Opener, held: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cursor has a sign of its own, the bars are glyphs."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with open_(held=held) as ui:
        await show(ui, "tab", "tab")
        assert has_cursor(ui).startswith("dec-1")
        assert "▆▆▆" in ui.text


@pytest.mark.parametrize("shape", [(40, 10), (50, 16), (64, 20), (140, 40), (200, 60), (20, 5)])
async def test_any_size(open_: Opener, held: Library, shape: Size) -> None:
    """Nothing breaks, and the cursor is always seen."""
    async with open_(WIDE, held=held) as ui:
        await show(ui)
        await ui.resize(*shape)
        if shape[0] >= 40:
            for key in ("j", "j", "j", "l", "tab", "end", "space", "b"):
                await ui.press(key)
                assert "▌" in ui.text, key
            await ui.press("end")
            assert "no date" in ui.text


async def test_the_mouse(open_: Opener, held: Library) -> None:
    """A click puts the cursor there, a second one shows the papers; the wheel scrolls."""
    async with open_(SMALL, held=held) as ui:
        await show(ui)
        y = next(at for at, line in enumerate(ui.lines) if "nov-18" in line)
        await ui.click(4, y)
        assert has_cursor(ui).startswith("nov-18")
        await ui.wheel(4, 10)
        await ui.wheel(4, 10)
        assert "no date" in ui.text
        await ui.wheel(4, 10, down=False)
        await ui.wheel(4, 10, down=False)
        assert ui.lines[1].split()[:2] == ["26", "5"]
        await ui.click(4, y)
        assert str(ui.screen.desk.view.filter) == "digest:nov-18"


async def test_typed_ahead(open_: Opener, held: Library) -> None:
    """What is typed before all is counted is meant for what is shown then."""
    async with open_(held=held) as ui:
        await ui.press("%", "tab", "tab", "j", "enter")
        await until(ui, lambda: str(ui.screen.desk.view.filter) == "digest:nov-18")


async def test_what_cannot_be_read(open_: Opener, held: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the views hold is shown, and why there is no more."""

    def log() -> Iterator[tuple[Decision, bool]]:
        raise LibraryError("decisions.jsonl: no longer there")
        yield

    monkeypatch.setattr(held, "log", log)
    async with open_(held=held) as ui:
        await show(ui)
        assert "decisions.jsonl: no longer there" in ui.text
        assert "The rest cannot be counted." in ui.text
        assert "26" in ui.lines[2]


async def test_keys_do_not_wait(open_: Opener, held: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """While it counts for long, what is known is there, and keys work."""
    counted = Event()
    real: Callable[[], Iterator[tuple[Decision, bool]]] = held.log
    monkeypatch.setattr(held, "log", lambda: (counted.wait(20), real())[1])
    monkeypatch.setattr(stats, "SLOW", 0.001)
    async with open_(held=held) as ui:
        try:
            ui.screen.run_command("stats.show")
            await until(ui, lambda: "Counting papers and decisions…" in ui.text)
            assert "26" in ui.text
            assert "by digest" not in ui.text
            for key in ("y", "l", "enter"):
                ui.app.post_message(events.Key(key, key))
            await until(ui, lambda: str(ui.screen.desk.view.filter) == "is:starred")
        finally:
            counted.set()


async def test_closed_before_all_is_counted(
    open_: Opener, held: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What comes of it then is nobody's business any more."""
    counted = Event()
    real: Callable[[], Iterator[tuple[Decision, bool]]] = held.log
    monkeypatch.setattr(held, "log", lambda: (counted.wait(20), real())[1])
    async with open_(held=held) as ui:
        try:
            ui.screen.run_command("stats.show")
            await until(ui, lambda: isinstance(ui.app.screen, StatsScreen))
            ui.app.screen.dismiss()
            await until(ui, lambda: isinstance(ui.app.screen, TriageScreen))
        finally:
            counted.set()
        await ui.press("j")
        assert ui.screen.papers.cursor == 1
