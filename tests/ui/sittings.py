"""papertui open on a library on disk, the hands at its keys and the eyes on its screen."""

import re
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from tui.cli.writing import papers_in, write_file
from tui.exports import EXPORTS
from tui.exports.markdown import linked_title
from tui.keymap import load_keymap
from tui.papers.library import Library
from tui.papers.paper import Digest, Paper, Reading, Record
from tui.papers.triage import Triage
from tui.store.database import Database
from tui.ui.app import PapertuiApp
from tui.ui.given import Given, Place
from tui.ui.screens.triage import TriageScreen

WIDE, SMALL = (120, 36), (80, 24)
MORNING = datetime(2026, 11, 20, 7, tzinfo=UTC)
_NAMES = """
Anvil Bellows Candle Dagger Easel Fiddle Goblet Hammer Inkwell Jigsaw Kettle Ladder Mangle Needle Oven Pulley
Quill Rudder Saddle Teapot Urn Valve Whistle Xylophone Yoke Zither Awl Bucket Chisel Drum Engine Funnel Gauge
Hinge Iron Jug Knob Lantern Mallet Nozzle
"""
NAMES = _NAMES.split()
_CHARACTERS = {"enter": "\r", "tab": "\t", "escape": "\x1b", "space": " ", "backspace": "\x7f"}


def title(name: str) -> str:
    """The title of the paper of this name."""
    return f"{name}: What It Does to Tensors"


def records(names: Sequence[str] = NAMES) -> tuple[Record, ...]:
    """One record a name; every third has a link."""
    return tuple(
        Record(
            title=title(name),
            abstract=f"We study the {name.lower()} with care. " + "It holds, as far as we can see. " * 40,
            published=date(2024, 1, 1) + timedelta(days=7 * (number * 17 % 40)),
            links=(f"https://example.org/{name.lower()}",) if number % 3 == 0 else (),
        )
        for number, name in enumerate(names)
    )


def reading(given: Sequence[Record], name: str = "nov-18", imported: datetime = MORNING) -> Reading:
    """A digest of these records."""
    digest = Digest(
        id=blake2b(repr(given).encode(), digest_size=6).hexdigest(),
        name=name,
        path=f"{name}.txt",
        format="hf-page",
        imported=imported,
        records=len(given),
    )
    return Reading(digest=digest, records=tuple(given))


def library(directory: Path, given: Sequence[Record] | None = None) -> Library:
    """A library in this directory; its clock gives every decision a minute of its own."""
    ticks: Iterator[datetime] = (datetime.now(UTC) + timedelta(minutes=n) for n in range(10_000))
    made = Library(Database(directory, wait=0.1), clock=ticks.__next__)
    if given is None:
        given = records()
    if given:
        made.add(reading(given))
    return made


@dataclass
class Doors:
    """What went through the doors the app was given, and what is behind them."""

    clipboard: str | None = None
    has_browser: bool = True
    copied: list[str] = field(default_factory=list)
    browsed: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)

    def copy(self, text: str) -> str | None:
        """Put a text on the clipboard of this machine."""
        self.copied.append(text)
        return self.clipboard

    def browse(self, address: str) -> bool:
        """Open an address in a browser."""
        self.browsed.append(address)
        return self.has_browser

    def links(self, paper: Paper) -> Sequence[str]:
        """The paper's own addresses."""
        return paper.links


class Sitting:
    """The app, what the user sees of it, and what the library holds."""

    def __init__(self, app: PapertuiApp, pilot: Pilot[None], doors: Doors) -> None:
        self.app, self.pilot, self.doors = app, pilot, doors
        self.library = app.given.library

    # -- the hands ----------------------------------------------------------------------------

    async def press(self, *keys: str) -> None:
        """Press keys one straight after another, none waiting for what the last one does."""
        for key in keys:
            name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
            self.app.post_message(events.Key(name, key if len(key) == 1 else _CHARACTERS.get(key)))
        await self.settle()

    async def type(self, text: str) -> None:
        """Type a text as fast as a terminal that sends it in one write."""
        await self.press(*text)

    async def paste(self, text: str) -> None:
        """Paste."""
        self.app.post_message(events.Paste(text))
        await self.settle()

    async def click(self, x: int, y: int, times: int = 1, *, shift: bool = False) -> None:
        """Click on a cell of the screen, as a terminal tells of it."""
        for _ in range(times):
            for happened in (events.MouseDown, events.MouseUp):
                self.app.post_message(_mouse(happened, x, y, button=1, shift=shift))
        await self.settle()

    async def wheel(self, x: int, y: int, down: bool = True) -> None:
        """Turn the wheel over a cell of the screen."""
        self.app.post_message(_mouse(events.MouseScrollDown if down else events.MouseScrollUp, x, y))
        await self.settle()

    async def resize(self, width: int, height: int) -> None:
        """Give the window another size."""
        await self.pilot.resize_terminal(width, height)
        await self.settle()

    async def settle(self) -> None:
        """Let everything be done and drawn that follows from what happened."""
        for _ in range(6):
            if not self.app.screen_stack:
                return
            await self.pilot.pause(0)
            await self.app.workers.wait_for_complete()

    # -- the eyes -----------------------------------------------------------------------------

    @property
    def lines(self) -> list[str]:
        """The lines of the screen."""
        return seen(self.app)

    @property
    def text(self) -> str:
        """The screen."""
        return "\n".join(line.rstrip() for line in self.lines)

    @property
    def top(self) -> str:
        """The line of the tabs."""
        return self.lines[0]

    @property
    def foot(self) -> list[str]:
        """The last two lines: message and keys, or the prompt."""
        return [line.strip() for line in self.lines[-2:]]

    @property
    def said(self) -> str:
        """The message: on the status line, or where there is none, on the rule."""
        lines = self.lines
        rule = next((line for line in lines[1:-2] if line.startswith("─")), None)
        line = rule if rule is not None else lines[-2]
        return re.sub(r"[─ ]*([\d,]+ of [\d,]+ ─?)?\s*$", "", line.removeprefix("─")).strip()

    @property
    def place(self) -> str:
        """Where the cursor is, in numbers: `3 of 40`."""
        found = re.findall(r" ([\d,]+ of [\d,]+)(?: ─)?$", self.text, re.MULTILINE)
        return found[-1] if found else ""

    @property
    def here(self) -> str:
        """The name of the paper with the cursor's bar before it."""
        found = re.search(r"^(?:.{24})?▌. (\w+)", self.text, re.MULTILINE)
        return found[1] if found else ""

    def mark(self, name: str) -> str:
        """The sign before a paper's title in the list: ● ★ » or a blank."""
        found = re.search(rf"^(?:.{{24}})?.(.) {re.escape(name)}\b", self.text, re.MULTILINE)
        assert found, f"{name} is not in the list:\n{self.text}"
        return found[1]

    @property
    def selected(self) -> list[str]:
        """The names of the papers on the screen with the sign of the selected at the right."""
        return re.findall(r"^(?:.{24})?[ ▌][ ●★»] (\w+): [^│\n]* ✓ ?(?:│|$)", self.text, re.MULTILINE)

    @property
    def listed(self) -> list[str]:
        """The names of the papers in the list on the screen."""
        return re.findall(r"^(?:.{24})?[ ▌][ ●★»] (\w+): ", self.text, re.MULTILINE)

    # -- what is behind -----------------------------------------------------------------------

    @property
    def screen(self) -> TriageScreen:
        """The screen papers are decided on."""
        screen = self.app.screen_stack[0]
        assert isinstance(screen, TriageScreen)
        return screen

    def paper(self, name: str) -> Paper:
        """The paper of this name."""
        return next(paper for paper in self.library.papers.values() if paper.title.startswith(name))

    def triage(self, name: str) -> Triage:
        """What the library holds about it."""
        return self.library.triage(self.paper(name).id)

    def names(self, verb: str) -> list[str]:
        """The papers in this state, in the order of import: inbox, starred, later or read."""
        papers = self.library.papers.values()
        return [p.title.partition(":")[0] for p in papers if self.library.triage(p.id).state == verb]

    @property
    def decisions(self) -> int:
        """How many lines the log has."""
        return sum(1 for _ in self.library.log())


def _mouse(
    happened: type[events.MouseEvent], x: int, y: int, button: int = 0, *, shift: bool = False
) -> events.MouseEvent:
    return happened(None, x, y, 0, 0, button, shift, False, False, screen_x=x, screen_y=y)


def seen(app: PapertuiApp) -> list[str]:
    """The screen as plain text."""
    return ["".join(part.text for part in strip) for strip in app.screen._compositor.render_strips()]


Opener = Callable[..., Any]


def opener(directory: Path) -> Opener:
    """A function that opens papertui on the library of this directory."""

    @asynccontextmanager
    async def opened(
        size: tuple[int, int] = WIDE,
        given: Sequence[Record] | None = None,
        keymap: str = "default",
        doors: Doors | None = None,
        held: Library | None = None,
        **changes: Any,
    ) -> AsyncIterator[Sitting]:
        doors = doors or Doors()
        handed = Given(
            library=held or library(directory, given),
            where="~/library",
            keys=load_keymap(keymap, changes.pop("own", {})),
            exports=EXPORTS,
            write_file=write_file,
            copy=doors.copy,
            browse=doors.browse,
            link_of=doors.links,
            markdown_of=linked_title,
            save_place=doors.places.append,
            papers_in=papers_in,
        )
        app = PapertuiApp(replace(handed, **changes))
        async with app.run_test(size=size) as pilot:
            sitting = Sitting(app, pilot, doors)
            await sitting.settle()
            yield sitting

    return opened
