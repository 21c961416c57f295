"""What a key costs in frames and lines: counted, since these do not hang on the machine.

How long a frame takes is measured by `make bench`.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sittings import WIDE, Opener, Sitting, library, records, title
from textual.screen import Screen
from textual.widget import Widget

from tui.papers.library import Library
from tui.papers.paper import Paper, Record
from tui.store.abstracts import Abstracts
from tui.store.database import Database
from tui.ui.app import PapertuiApp
from tui.ui.widgets.abstract_pane import AbstractPane
from tui.ui.widgets.line import Line
from tui.ui.widgets.paper_list import PaperList

Size = tuple[int, int]
ROW = 2


class Drawn:
    """What was drawn: frames, layouts, and the lines of each widget by its id."""

    def __init__(self) -> None:
        self.frames = self.layouts = 0
        self.lines: Counter[str] = Counter()


@contextmanager
def counting(monkeypatch: pytest.MonkeyPatch) -> Iterator[Drawn]:
    """Count what is drawn meanwhile."""
    drawn = Drawn()
    display, refresh_layout = PapertuiApp._display, Screen._refresh_layout

    def displayed(app: PapertuiApp, screen: Any, update: Any) -> None:
        drawn.frames += update is not None
        display(app, screen, update)

    def laid_out(screen: Any, *args: Any, **kwargs: Any) -> None:
        drawn.layouts += 1
        refresh_layout(screen, *args, **kwargs)

    def lines_of(kind: type[Widget]) -> Any:
        render = kind.render_line

        def rendered(widget: Widget, y: int) -> Any:
            drawn.lines[widget.id or ""] += 1
            return render(widget, y)

        return rendered

    with monkeypatch.context() as patch:
        patch.setattr(PapertuiApp, "_display", displayed)
        patch.setattr(Screen, "_refresh_layout", laid_out)
        for kind in (PaperList, AbstractPane, Line):
            patch.setattr(kind, "render_line", lines_of(kind))
        yield drawn


async def pressed(ui: Sitting, monkeypatch: pytest.MonkeyPatch, *keys: str) -> Drawn:
    """What these keys, pressed at rest, have drawn once nothing is left to draw."""
    await at_rest(ui)
    with counting(monkeypatch) as drawn:
        await ui.press(*keys)
        await at_rest(ui)
    return drawn


async def at_rest(ui: Sitting) -> None:
    """Nothing is left that waits for the next frame."""
    screen = ui.screen
    while screen._dirty_widgets or screen._layout_required or screen._repaint_required:
        await ui.pilot.pause()
    await ui.settle()


async def test_a_start_reads_the_one_abstract_it_shows(
    open_: Opener, tmp_path: Path, size: Size, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of all the others none is touched, however many there are."""
    library(tmp_path / "library")
    held = Library(Database(tmp_path / "library"))
    read: list[str] = []
    take = Abstracts.at

    def taken(abstracts: Abstracts, paper: Paper, *place: Any) -> str | None:
        read.append(paper.title)
        return take(abstracts, paper, *place)

    def all_of_them(abstracts: Abstracts) -> Any:
        raise AssertionError("no start looks through all abstracts")

    monkeypatch.setattr(Abstracts, "at", taken)
    monkeypatch.setattr(Abstracts, "__iter__", all_of_them)
    async with open_(size, held=held):
        assert set(read) == {title("Anvil")}
        assert len(read) <= 2


@pytest.mark.parametrize("key", "jksdlru")
async def test_a_key_draws_one_frame_and_lays_nothing_out(
    open_: Opener, size: Size, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """List, abstract, message and counts change together, also where the list is small."""
    async with open_(size) as ui:
        await ui.press("j", "j", "s")
        drawn = await pressed(ui, monkeypatch, key)
        assert (drawn.frames, drawn.layouts) == (1, 0)


@pytest.mark.parametrize("key", "jksdlu")
async def test_a_card_is_one_frame(
    open_: Opener, size: Size, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next card, its keys and the time left at once."""
    async with open_(size) as ui:
        await ui.press("c", "j", "s")
        drawn = await pressed(ui, monkeypatch, key)
        assert drawn.frames == 1


async def test_a_move_draws_two_rows_and_the_pane(
    open_: Opener, size: Size, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the list the row left and the row reached; of the bars the line that holds the place."""
    async with open_(size) as ui:
        pane = ui.screen.pane.container_size.height
        drawn = await pressed(ui, monkeypatch, "j")
        place = "status" if size == WIDE else "rule"
        assert 0 < drawn.lines.pop("pane") <= pane
        assert drawn.lines == {"list": 2 * ROW, place: 1}


@pytest.mark.parametrize(("before", "key", "rows"), [("j", "r", 1), ("jx", "x", 2)])
async def test_marking_a_row_draws_its_lines_and_the_bars(
    open_: Opener, size: Size, before: str, key: str, rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read or selected (which steps down): no other row, and nothing is laid out."""
    async with open_(size) as ui:
        await ui.press(*before)
        drawn = await pressed(ui, monkeypatch, key)
        assert (drawn.frames, drawn.layouts) == (1, 0)
        assert drawn.lines["list"] == rows * ROW
        assert drawn.lines["top"] + drawn.lines["status"] + drawn.lines["rule"] <= 2


async def test_no_key_costs_more_in_a_longer_list(
    open_: Opener, many: list[Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forty papers or four thousand: the same lines."""
    costs = []
    for given in (many[:40], many):
        async with open_(given=given) as ui:
            await ui.press("j", "j")
            costs.append(
                [(d.frames, d.lines) for key in "jsdlur" if (d := await pressed(ui, monkeypatch, key))]
            )
    assert costs[0] == costs[1]


@pytest.fixture
def many() -> list[Record]:
    """Records of four thousand papers."""
    return list(records([f"Kettle{number}" for number in range(4000)]))
