"""The pane as it is read: the text, how much of it is below, paging, and no layout for another text."""

from collections.abc import Sequence
from typing import Any

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.strip import Strip

from tui.ui.draw import more, prose
from tui.ui.look import DAY, GLYPHS, NIGHT, Ink
from tui.ui.widgets.abstract_pane import AbstractPane

WORDS = " ".join(f"word{n:03d}" for n in range(120))


class Reading(App[None]):
    """One pane, as large as the screen."""

    CSS = "AbstractPane { height: 1fr; } .padded AbstractPane { padding: 1 3 0 2; }"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, text: str = WORDS, theme: str = NIGHT.name) -> None:
        super().__init__()
        self.register_theme(NIGHT)
        self.register_theme(DAY)
        self.theme, self.text, self.words = theme, text, [""]

    def compose(self) -> ComposeResult:
        yield AbstractPane(lambda lines: more(lines, "space", Ink(self), GLYPHS))

    def on_mount(self) -> None:
        self.pane.show(self.lines)

    def lines(self, width: int) -> Sequence[Strip]:
        return prose(self.text, width, Ink(self), self.words)

    @property
    def pane(self) -> AbstractPane:
        return self.query_one(AbstractPane)

    def seen(self) -> list[str]:
        strips = self.screen._compositor.render_strips()
        return ["".join(part.text for part in strip).rstrip() for strip in strips]


async def settle(pilot: Pilot[Any]) -> None:
    await pilot.pause()


async def test_what_is_below_is_counted_on_the_last_line() -> None:
    """At the right edge of the text, until the end is on the screen."""
    app = Reading()
    async with app.run_test(size=(40, 9)) as pilot:  # five words a line, 24 lines
        assert app.seen()[0].startswith("word000 ")
        assert app.seen()[8] == "▼ 16 more lines · space".rjust(40)
        last = app.screen._compositor.render_strips()[8]
        assert (
            next(part.style.color for part in last if part.style and "▼" in part.text) == Ink(app).soft.color
        )
        assert app.pane.page(1)
        await settle(pilot)
        assert app.seen()[0].startswith("word040 ")
        assert app.seen()[8] == "▼ 8 more lines · space".rjust(40)
        assert not app.pane.at_end
        assert app.pane.page(1)
        await settle(pilot)
        assert app.pane.at_end
        assert app.seen()[8].endswith("word119")
        assert not app.pane.page(1)
        assert app.pane.page(-1)
        assert app.pane.page(-1)
        assert not app.pane.page(-1)
        await settle(pilot)
        assert app.seen()[0].startswith("word000 ")


async def test_a_text_that_fits_is_shown_whole() -> None:
    """Nothing is said of lines below, and there is nowhere to page to."""
    app = Reading("one two\nthree")
    async with app.run_test(size=(20, 3)):
        assert app.seen() == ["one two three", "", ""]
        assert app.pane.at_end
        assert not app.pane.page(1)
        assert not app.pane.scroll_by_lines(-1)


async def test_lines_are_scrolled_singly() -> None:
    """The count below goes down with them."""
    app = Reading()
    async with app.run_test(size=(40, 9)) as pilot:
        assert app.pane.scroll_by_lines(1)
        await settle(pilot)
        assert app.seen()[0].startswith("word005 ")
        assert "15 more lines" in app.seen()[8]


async def test_a_long_line_is_no_line_to_read() -> None:
    """At most 88 columns of text, however wide the screen; the count stands at their edge."""
    app = Reading(WORDS * 3)
    async with app.run_test(size=(140, 9)):
        assert max(map(len, app.seen())) <= 88
        assert len(app.seen()[8]) == 88


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_another_text_costs_no_layout(size: tuple[int, int]) -> None:
    """It is shown from its first line."""
    app = Reading()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        layouts = []
        app.screen._refresh_layout = lambda *args, **kwargs: layouts.append(args)  # type: ignore[method-assign]
        app.pane.scroll_by_lines(2)
        app.text = "something else " * 300
        app.pane.show(app.lines)
        await settle(pilot)
        assert app.seen()[0].startswith("something else")
        assert layouts == []


async def test_the_place_is_kept_where_it_is_asked_for() -> None:
    """As when only the words to mark changed."""
    app = Reading()
    async with app.run_test(size=(40, 9)) as pilot:
        app.pane.scroll_by_lines(4)
        app.words = ["word021"]
        app.pane.show(app.lines, keep_scroll=True)
        await settle(pilot)
        line = app.screen._compositor.render_strips()[0]
        assert [part.text for part in line if part.style and part.style.underline] == ["word021"]


async def test_another_size_wraps_anew_and_stays_in_the_text() -> None:
    """The end is never scrolled past; space around the text is not counted."""
    app = Reading()
    async with app.run_test(size=(40, 9)) as pilot:
        app.pane.page(9)
        await pilot.resize_terminal(80, 24)
        assert app.seen()[11].endswith("word119")
        assert app.pane.at_end
        app.screen.add_class("padded")
        await pilot.resize_terminal(45, 10)
        assert app.seen()[0] == ""
        assert app.seen()[1].startswith("  word000 ")
        assert app.seen()[9] == "  " + "▼ 16 more lines · space".rjust(40)


async def test_the_wheel_scrolls_three_lines() -> None:
    """Down and up, and not past the ends."""
    app = Reading()
    async with app.run_test(size=(40, 9)) as pilot:
        for way, place in ((events.MouseScrollDown, 3), (events.MouseScrollUp, 0), (events.MouseScrollUp, 0)):
            app.pane.post_message(way(app.pane, 5, 5, 0, 0, 0, False, False, False, 5, 5))
            await settle(pilot)
            assert app.pane.scroll_offset.y == place


async def test_a_text_cannot_hurt_the_screen() -> None:
    """Markup is shown, controls are gone, wide characters keep to the edge."""
    app = Reading("[@click=app.quit]x[/] \x1b]52;c;aGk=\x07 \u202e" + "深層学習" * 30 + "a" * 90)
    async with app.run_test(size=(41, 12)) as pilot:
        assert app.seen()[0].startswith("[@click=app.quit]x[/] ]52;c;aGk=")
        assert not {"\x1b", "\x07", "\u202e"} & set("".join(app.seen()))
        assert all(strip.cell_length == 41 for strip in app.screen._compositor.render_strips())
        await pilot.click(AbstractPane, offset=(3, 0))
        assert app.is_running


@pytest.mark.parametrize("theme", [DAY.name, "textual-light"])
async def test_a_theme_change_draws_the_text_in_it(theme: str) -> None:
    """Nobody has to tell the pane."""
    app = Reading()
    async with app.run_test(size=(40, 9)) as pilot:
        app.theme = theme
        await settle(pilot)
        style = next(iter(app.screen._compositor.render_strips()[0])).style
        assert style is not None
        assert style.color == Ink(app).plain.color


async def test_nothing_to_show_is_blank() -> None:
    """Neither no text nor a pane of one line is a trouble."""
    app = Reading("")
    async with app.run_test(size=(40, 1)) as pilot:
        assert app.seen() == [""]
        app.text = WORDS
        app.pane.show(app.lines)
        await settle(pilot)
        assert app.seen()[0].startswith("word000 ")
        assert app.pane.page(1)
        await settle(pilot)
        assert app.seen()[0].startswith("word005 ")


async def test_only_lines_that_changed_are_sent_again() -> None:
    """The same text draws nothing, another one no more than the lines of both."""
    app = Reading(" ".join(["word"] * 20))
    async with app.run_test(size=(40, 9)) as pilot:
        await settle(pilot)
        drawn: list[int] = []
        render_line = app.pane.render_line
        app.pane.render_line = lambda y: (drawn.append(y), render_line(y))[1]  # type: ignore[method-assign]
        app.pane.show(app.lines)
        await settle(pilot)
        assert drawn == []
        app.text = "other " + app.text.removeprefix("word ")
        app.pane.show(app.lines)
        await settle(pilot)
        assert 0 in drawn
        assert max(drawn) < 3
        assert app.seen()[0].startswith("other word")
