"""The list as it is used: what is seen, where the cursor goes, and that a key costs two rows."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from rich.text import Text
from textual import events
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widget import Widget

from tui.papers.paper import Paper
from tui.papers.triage import Triage
from tui.ui.draw import row, tab_at, tabs
from tui.ui.look import ASCII, DAY, GLYPHS, NIGHT, THEIRS, Ink
from tui.ui.widgets.line import Line
from tui.ui.widgets.paper_list import PaperList

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)


def papers(number: int, title: Callable[[int], str] = "Paper number {}".format) -> list[Paper]:
    return [
        Paper(id=f"{n:012x}", title=title(n), published=date(2024, 10, 1), added=NOW) for n in range(number)
    ]


class Listed(App[None]):
    """A list of papers above one line, as on a screen."""

    CSS = "PaperList { height: 1fr; } .padded PaperList { padding: 1 0 0 0; }"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, shown: Sequence[Paper], theme: str = NIGHT.name, start: int = 0) -> None:
        super().__init__()
        self.register_theme(NIGHT)
        self.register_theme(DAY)
        self.theme = theme
        self.shown, self.start, self.triage = shown, start, dict[str, Triage]()
        self.painted: list[tuple[int, bool]] = []
        self.moves: list[tuple[int, int]] = []
        self.opened: list[str] = []

    def compose(self) -> ComposeResult:
        with Vertical():
            yield PaperList(self.paint, empty=lambda width: [Text("Nothing here."), Text("s keeps one.")])
            yield Line(lambda width, height: [Text(f"{self.rows.cursor + 1} of {len(self.rows.papers)}")])

    def on_mount(self) -> None:
        self.rows.set_rows(self.shown, self.start)
        self.watch(self.rows, "cursor", self.moved, init=False)

    def moved(self, old: int, new: int) -> None:
        self.moves.append((old, new))
        self.query_one(Line).say()

    def paint(self, paper: Paper, index: int, width: int, cursor: bool) -> tuple[Strip, Strip]:
        self.painted.append((index, cursor))
        triage = self.triage.get(paper.id, Triage())
        return row(paper, triage, width, Ink(self), GLYPHS, cursor=cursor, words=self.rows.words)

    def on_paper_list_opened(self, event: PaperList.Opened) -> None:
        assert event.control is self.rows
        self.opened.append(event.paper.id)

    @property
    def rows(self) -> PaperList:
        return self.query_one(PaperList)

    def seen(self) -> list[str]:
        return ["".join(part.text for part in strip) for strip in self.screen._compositor.render_strips()]


def titles(app: Listed) -> list[str]:
    """What stands in the title lines of the screen, marker and bar included."""
    return [line.rstrip() for line in app.seen()[:-1:2]]


async def settle(pilot: Pilot[Any]) -> None:
    await pilot.pause()


async def wheel(pilot: Pilot[Any], widget: Widget, way: type[events.MouseEvent], notches: int) -> None:
    for _ in range(notches):
        widget.post_message(way(widget, 5, 5, 0, 0, 0, False, False, False, 5, 5))
    await pilot.pause()


@pytest.mark.parametrize(("size", "rows"), [((80, 24), 11), ((120, 36), 17), ((80, 25), 12), ((40, 10), 4)])
async def test_only_whole_rows_are_drawn(size: tuple[int, int], rows: int) -> None:
    """An odd last line stays blank; the rows on the screen are those that are whole."""
    app = Listed(papers(50))
    async with app.run_test(size=size):
        assert app.rows.shown_rows() == range(rows)
        seen = app.seen()
        assert seen[0].rstrip() == "▌● Paper number 0"
        assert seen[2 * rows - 2].rstrip() == f" ● Paper number {rows - 1}"
        assert seen[2 * rows - 1].rstrip() == "   Oct 2024"
        assert all(not line.strip() for line in seen[2 * rows : -1])
        assert all(len(line) == size[0] for line in seen)


async def test_a_move_paints_two_rows_and_lays_nothing_out() -> None:
    """The row left and the row reached; who watches is told before the frame is drawn."""
    app = Listed(papers(1000))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        layouts = []
        app.screen._refresh_layout = lambda *args, **kwargs: layouts.append(args)  # type: ignore[method-assign]
        app.painted.clear()
        app.rows.move(1)
        assert app.moves == [(0, 1)]
        await settle(pilot)
        assert app.painted == [(0, False), (1, True)]
        assert layouts == []
        assert app.seen()[-1].startswith("2 of 1000")
        assert titles(app)[:3] == [" ● Paper number 0", "▌● Paper number 1", " ● Paper number 2"]


async def test_a_list_with_space_above_repaints_the_right_lines() -> None:
    """Padding shifts the rows, not what is drawn."""
    app = Listed(papers(100))
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.add_class("padded")
        await settle(pilot)
        app.rows.move(3)
        await settle(pilot)
        seen = app.seen()
        assert not seen[0].strip()
        assert seen[7].startswith("▌● Paper number 3")
        assert sum(line.startswith("▌") for line in seen) == 2
        assert app.rows.shown_rows() == range(11)


async def test_the_cursor_goes_by_rows_and_pages_and_wraps_nowhere() -> None:
    """A page is the rows wholly on the screen, and turns as one."""
    app = Listed(papers(40))
    async with app.run_test(size=(80, 24)):
        shown = app.rows
        shown.move(-1)
        assert (shown.cursor, shown.shown_rows()) == (0, range(11))
        shown.move(4)
        shown.page(1)
        assert (shown.cursor, shown.shown_rows()) == (15, range(11, 22))
        shown.half_page(1)
        assert (shown.cursor, shown.shown_rows()) == (20, range(16, 27))
        shown.page(-1)
        assert (shown.cursor, shown.shown_rows()) == (9, range(5, 16))
        shown.go(-1)
        assert (shown.cursor, shown.shown_rows()) == (39, range(29, 40))
        shown.move(1)
        shown.page(1)
        assert (shown.cursor, shown.shown_rows()) == (39, range(29, 40))
        shown.go(12, top=True)
        assert (shown.cursor, shown.shown_rows()) == (12, range(12, 23))
        shown.go(-99)
        assert (shown.cursor, shown.shown_rows()) == (0, range(11))


async def test_one_step_past_the_edge_scrolls_one_row() -> None:
    """A jump from afar lands in the middle instead."""
    app = Listed(papers(100))
    async with app.run_test(size=(80, 24)) as pilot:
        app.rows.go(10)
        app.rows.move(1)
        assert app.rows.shown_rows() == range(1, 12)
        await settle(pilot)
        assert titles(app)[10] == "▌● Paper number 11"
        app.rows.go(60)
        assert app.rows.shown_rows() == range(55, 66)
        assert app.rows.scroll_offset.y % 2 == 0


async def test_other_rows_keep_the_place_if_asked() -> None:
    """The cursor's paper stays on its line of the screen, and the watcher is told once."""
    app = Listed(papers(100))
    async with app.run_test(size=(80, 24)) as pilot:
        app.rows.go(60)
        app.rows.move(2)
        app.moves.clear()
        some = [paper for n, paper in enumerate(app.shown) if n % 2 == 0]
        app.rows.set_rows(some, 31, keep_scroll=True)
        assert app.moves == [(31, 31)]
        assert app.rows.paper is some[31]
        await settle(pilot)
        assert titles(app)[7] == "▌● Paper number 62"
        app.rows.set_rows(some[:3], 31)
        assert (app.rows.cursor, app.rows.shown_rows()) == (2, range(3))
        await settle(pilot)
        assert app.seen()[-1].startswith("3 of 3")
        assert [title for title in titles(app) if title] == [
            " ● Paper number 0",
            " ● Paper number 2",
            "▌● Paper number 4",
        ]


async def test_a_paper_is_found_by_its_id() -> None:
    """Under the cursor, anywhere, nowhere, and after other rows came."""
    app = Listed(papers(100))
    async with app.run_test(size=(80, 24)):
        shown = app.rows
        assert shown.index_of(app.shown[0].id) == 0
        assert shown.index_of(app.shown[70].id) == 70
        assert shown.index_of("none") is None
        shown.set_rows(app.shown[50:])
        assert shown.index_of(app.shown[70].id) == 20
        assert shown.index_of(app.shown[0].id) is None


async def test_an_empty_list_says_what_fills_it() -> None:
    """In the words it was given, and no key does harm there."""
    app = Listed([])
    async with app.run_test(size=(80, 24)) as pilot:
        assert [line.rstrip() for line in app.seen() if line.strip()][:2] == [
            "   Nothing here.",
            "   s keeps one.",
        ]
        app.rows.move(1)
        app.rows.page(1)
        app.rows.go(-1)
        assert (app.rows.cursor, app.rows.paper, app.rows.shown_rows()) == (0, None, range(0))
        await pilot.click(PaperList, offset=(5, 5))
        assert app.opened == []


async def test_a_decided_paper_is_drawn_again_alone() -> None:
    """Where it is on the screen; where it is not, nothing is drawn."""
    app = Listed(papers(100))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.painted.clear()
        app.triage[app.shown[3].id] = Triage(starred=True)
        app.rows.refresh_row(3)
        app.rows.refresh_row(77)
        await settle(pilot)
        assert app.painted == [(3, False)]
        assert titles(app)[3] == " ★ Paper number 3"
        app.rows.refresh_rows([1, 2, 50])
        await settle(pilot)
        assert app.painted[1:] == [(1, False), (2, False)]


async def test_words_are_marked_once_they_are_set() -> None:
    """In every row on the screen."""
    app = Listed(papers(100))
    async with app.run_test(size=(80, 24)) as pilot:
        app.rows.set_words(["number"])
        await settle(pilot)
        line = app.screen._compositor.render_strips()[6]
        assert [part.text for part in line if part.style and part.style.underline] == ["number"]


async def test_a_click_takes_the_cursor_and_a_second_opens() -> None:
    """Anywhere on a row's two lines, also where the list is scrolled."""
    app = Listed(papers(100))
    async with app.run_test(size=(80, 24)) as pilot:
        app.rows.go(20, top=True)
        await pilot.click(PaperList, offset=(30, 5))
        assert (app.rows.cursor, app.opened) == (22, [])
        await pilot.click(PaperList, offset=(30, 8), times=2)
        assert (app.rows.cursor, app.opened) == (24, [app.shown[24].id])
        await pilot.click(PaperList, offset=(30, 22))
        assert app.rows.cursor == 24


async def test_the_wheel_scrolls_and_a_key_comes_back() -> None:
    """Three rows a notch; the cursor stays on its paper until it is moved."""
    app = Listed(papers(100))
    async with app.run_test(size=(80, 24)) as pilot:
        await wheel(pilot, app.rows, events.MouseScrollDown, 4)
        assert app.rows.shown_rows() == range(12, 23)
        assert (app.rows.cursor, app.moves) == (0, [])
        assert not any(line.startswith("▌") for line in app.seen())
        app.rows.move(1)
        assert app.rows.cursor == 1
        assert 1 in app.rows.shown_rows()
        await wheel(pilot, app.rows, events.MouseScrollUp, 9)
        assert app.rows.shown_rows() == range(11)


async def test_another_size_keeps_the_cursor_in_sight() -> None:
    """Smaller, larger, odd; the rows never stand half way."""
    app = Listed(papers(100))
    async with app.run_test(size=(120, 36)) as pilot:
        app.rows.go(16)
        for width, height in ((80, 24), (60, 11), (132, 50), (40, 10), (80, 25)):
            await pilot.resize_terminal(width, height)
            assert app.rows.cursor in app.rows.shown_rows()
            assert titles(app).count("▌● Paper number 16") == 1
            assert app.rows.shown_rows().stop - app.rows.shown_rows().start == (height - 1) // 2
        app.rows.go(-1)
        await pilot.resize_terminal(80, 51)
        assert app.rows.shown_rows() == range(75, 100)


async def test_the_cursor_may_be_far_down_at_the_start() -> None:
    """The list is told its rows before it knows its size."""
    app = Listed(papers(100), start=60)
    async with app.run_test(size=(80, 24)):
        assert app.rows.cursor == 60
        assert titles(app)[5] == "▌● Paper number 60"


async def test_the_list_binds_no_keys() -> None:
    """What a key does is the screen's to say."""
    app = Listed(papers(30))
    async with app.run_test(size=(80, 24)) as pilot:
        app.rows.focus()
        await pilot.press("down", "pagedown", "end", "j")
        assert (app.rows.cursor, app.rows.scroll_offset.y) == (0, 0)
        assert not app.rows._bindings.key_to_bindings


async def test_titles_are_not_obeyed() -> None:
    """Markup is shown, controls are gone, wide titles take their cells."""
    titles_ = [
        "[@click=app.quit]x[/] [bold]y",
        "a\x1b]52;c;aGk=\x07b\x9b31m",
        "evil\u202egnp.exe \U0001f468\u200d\U0001f469",
        "深層学習のための大規模カーネル" * 3,
        "[/",
    ]
    app = Listed(papers(len(titles_), lambda n: titles_[n]))
    async with app.run_test(size=(60, 24)) as pilot:
        seen = app.seen()
        assert "[@click=app.quit]x[/] [bold]y" in seen[0]
        assert not {"\x1b", "\x07", "\x9b", "\u202e", "\u200d"} & set("".join(seen))
        assert "]52;c;aGk=b31m" in seen[2]
        assert "[/" in seen[8]
        strips = app.screen._compositor.render_strips()
        assert all(strip.cell_length == 60 for strip in strips)
        await pilot.click(PaperList, offset=(12, 0))
        assert app.is_running
        assert "\x1b" not in app.export_screenshot()


async def test_a_theme_change_draws_all_rows_in_it() -> None:
    """Text and ground both."""
    app = Listed(papers(30))
    async with app.run_test(size=(60, 24)) as pilot:
        app.theme = DAY.name
        await settle(pilot)
        ink = Ink(app)
        strip = app.screen._compositor.render_strips()[2]
        part = next(part for part in strip if "Paper" in part.text)
        assert part.style is not None
        assert part.style.color == ink.strong.color
        assert part.style.bgcolor is not None
        assert part.style.bgcolor.get_truecolor().hex == DAY.background


@pytest.mark.parametrize("theme", [NIGHT.name, "ansi-dark", "ansi-light"])
async def test_states_can_be_told_apart_without_colour(theme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR leaves weight, shades of grey, reverse and the markers."""
    monkeypatch.setenv("NO_COLOR", "1")
    app = Listed(papers(5), theme)
    for n, triage in enumerate((Triage(), Triage(), Triage(starred=True), Triage(read=True))):
        app.triage[app.shown[n].id] = triage
    async with app.run_test(size=(60, 24)):
        strips = app.screen._compositor.render_strips()
        cursor, inbox, starred, read = (_look(strips[2 * n], "Paper") for n in range(4))
        assert len({cursor, inbox, starred, read}) == 4
        assert all(_grey(part.style.color) and _grey(part.style.bgcolor) for part in strips[2] if part.style)
        assert "★" in "".join(part.text for part in strips[4])


def _look(strip: Strip, text: str) -> tuple[Any, ...]:
    style = next(part.style for part in strip if text in part.text)
    assert style is not None
    return (style.bold, style.dim, style.reverse, style.color, style.bgcolor)


def _grey(colour: Any) -> bool:
    return colour is None or colour.triplet is None or len({*colour.triplet}) == 1


# -- the lines around -----------------------------------------------------------------------------

VIEWS = [("inbox", 361), ("starred", 12)]


class Lined(App[None]):
    """Tabs above a message."""

    CSS = "#tabs { background: $surface; }"
    said = Text("done “Why” ").append("a · b\x1b[0m…", THEIRS)

    def __init__(self, ascii_only: bool = False) -> None:
        super().__init__()
        self.glyphs = ASCII if ascii_only else GLYPHS
        self.clicks: list[int] = []

    def compose(self) -> ComposeResult:
        yield Line(
            lambda width, height: [tabs(VIEWS, "inbox", "newest", width, Ink(self))],
            glyphs=self.glyphs,
            clicked=self.clicks.append,
            id="tabs",
        )
        yield Line(lambda width, height: [self.said], glyphs=self.glyphs, id="said")

    def seen(self) -> list[str]:
        return ["".join(part.text for part in strip) for strip in self.screen._compositor.render_strips()]


async def test_a_line_shows_what_its_function_gives() -> None:
    """At the width there is, asked again when told to and after a resize, without a layout."""
    app = Lined()
    async with app.run_test(size=(50, 5)) as pilot:
        assert app.seen()[0].endswith("newest ")
        await pilot.resize_terminal(60, 5)
        assert len(app.seen()[0]) == 60
        assert app.seen()[0].endswith("newest ")
        layouts = []
        app.screen._refresh_layout = lambda *args, **kwargs: layouts.append(args)  # type: ignore[method-assign]
        app.query_one("#said", Line).say(lambda width, height: [Text("other [bold]words")])
        await settle(pilot)
        assert app.seen()[1].rstrip() == "other [bold]words"
        assert layouts == []


async def test_our_words_are_plain_where_only_ascii_may_be_shown() -> None:
    """Theirs stay as they are, but no control gets through."""
    for ascii_only, words in ((False, "done “Why” a · b[0m…"), (True, 'done "Why" a · b[0m…')):
        app = Lined(ascii_only)
        async with app.run_test(size=(50, 5)):
            assert app.seen()[1].rstrip() == words


async def test_a_click_on_a_line_tells_its_column() -> None:
    """So that a tab can be clicked."""
    app = Lined()
    async with app.run_test(size=(50, 5)) as pilot:
        await pilot.click("#tabs", offset=(16, 0))
        assert app.clicks == [16]
        assert tab_at(VIEWS, "inbox", "newest", 50, 16) == "starred"
        await pilot.click("#said", offset=(3, 0))
        assert app.clicks == [16]
