"""Draws the pictures of the README from the real app: a library of the sample digests, keys pressed in it.

`make screenshots` runs it. The same app draws the same bytes, wherever and whenever.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from svg import redrawn

from tui import __version__
from tui.digests import read_text
from tui.digests.sources import load
from tui.exports import EXPORTS
from tui.keymap import load_keymap
from tui.papers.library import Library
from tui.papers.triage import TAG, VERBS
from tui.papers.view import own_views
from tui.store.database import Database
from tui.ui.app import PapertuiApp
from tui.ui.given import Given

HERE = Path(__file__).parent
DUMPS = HERE.parent / "tests" / "dumps"
STAMP = f"papertui {__version__}, drawn by make screenshots"
#: the digests in the order in which they were given to papertui
DIGESTS = (
    "page-with-facts.txt",
    "page-plain.txt",
    "page-glued.txt",
    "weekly_2026-08-14.txt",
    "exported.jsonl",
)
MORNING = datetime(2026, 11, 21, 7, tzinfo=UTC)
EVENING = MORNING - timedelta(hours=12, minutes=40)
#: what was decided the day before: how a title begins, the verb, the tags
YESTERDAY = (
    ("Small Models", "star", ("audio", "ssm")),
    ("The Large Kernel Hypothesis", "star", ("convnet", "scaling")),
    ("Whalesong", "star", ("audio",)),
    ("Slow Decoding", "star", ("inference",)),
    ("Teaching Robots", "later", ()),
    ("Tidepool", "later", ("data",)),
    ("Family Trees", "done", ()),
    ("Excuse Me", "done", ("audio",)),
    ("Patch, Pool", "done", ()),
    ("Reviewer Two", "done", ()),
    ("[@click", "done", ()),
    ("OddSock", "done", ()),
    ("木漏れ日", "done", ()),
)
#: this morning's keys: one put off, two starred, three done, the first two tagged; then the third paper
TRIAGE = (
    *("4", "j", "l"),
    *("3", "j", "s", "d"),
    *("j", "l"),
    *("g", "t", *"convnet", "enter", "s", "d"),
)


@dataclass(frozen=True)
class Picture:
    """One file: what it shows, how large the terminal is, and the keys pressed after the triage."""

    name: str
    shows: str
    size: tuple[int, int]
    keys: Sequence[str] = ()
    theme: str = "papertui-night"
    views: Sequence[tuple[str, str, str]] = ()
    empty: bool = False


#: views of the user's own: name, query, order
OWN = (("long memory", "memory OR long", "digest"), ("few authors", "authors:<4", "newest"))
PICTURES = (
    Picture("triage-120x36", "The list of papers at the left, an abstract at the right", (120, 36)),
    Picture("triage-80x24", "The list of papers above, an abstract below", (80, 24)),
    Picture("triage-140x40", "Views and tags, the list of papers, an abstract", (140, 40), views=OWN),
    Picture(
        "views-140x40",
        "A view, a digest or a tag being chosen by its letters",
        (140, 40),
        ("w", *"n", "tab"),
        views=OWN,
    ),
    Picture("day-120x36", "The same by day: dark letters on light ground", (120, 36), theme="papertui-day"),
    Picture(
        "find-120x36",
        "Papers found while typing, matches marked",
        (120, 36),
        ("w", "4", "g", "/", *"large kernel"),
    ),
    Picture("tag-80x24", "Tags being given, those in use offered", (80, 24), ("t", *"ss", "tab", *"a")),
    Picture("help-120x36", "What the keys do", (120, 36), ("?",)),
    Picture("reader-120x36", "One paper in the full width", (120, 36), ("enter",)),
    Picture(
        "selection-120x36",
        "Papers selected, and the keys that act on all of them",
        (120, 36),
        ("j", "x", "j", *"xx", "k"),
    ),
    Picture("cards-120x36", "One paper as a card, its keys as tiles below", (120, 36), ("c", "d")),
    Picture("cards-80x24", "A card on a small screen", (80, 24), ("c", "d")),
    Picture(
        "history-120x36",
        "The decisions, newest first, one of them taken back",
        (120, 36),
        ("D", "U", *"jj", "u", *"kk"),
    ),
    Picture("stats-120x36", "Figures and bars: days, digests, tags, months", (120, 36), ("%",)),
    Picture("empty-120x36", "What can be done while there are no papers", (120, 36), empty=True),
)


def filled(directory: Path) -> Library:
    """A library with the sample digests and yesterday's decisions, this morning."""
    library = Library(Database(directory), clock=_clock(EVENING).__next__)
    for name in DIGESTS:
        library.add(read_text(load(str(DUMPS / name)), path=name, imported=MORNING))
    for beginning, verb, tags in YESTERDAY:
        paper = next(paper for paper in library.papers.values() if paper.title.startswith(beginning))
        library.decide(verb, [paper.id], {**VERBS[verb], **{f"{TAG}{tag}": True for tag in tags}})
    return Library(Database(directory), clock=_clock(MORNING).__next__)


def _clock(now: datetime) -> Iterator[datetime]:
    while True:
        yield now
        now += timedelta(seconds=7)


async def drawn(picture: Picture, directory: Path) -> str:
    """The picture as SVG, of an app whose doors to the outside are shut."""
    given = Given(
        library=Library(Database(directory)) if picture.empty else filled(directory),
        where="~/.local/share/papertui/library",
        keys=load_keymap("default"),
        exports=EXPORTS,
        write_file=lambda path, text: None,
        copy=lambda text: None,
        browse=lambda address: False,
        link_of=lambda paper: (),
        markdown_of=lambda paper: paper.title,
        save_place=lambda place: None,
        theme=picture.theme,
        views=own_views(picture.views),
        bring_in=lambda path, told: "",
        samples=lambda: given,
    )
    app = PapertuiApp(given)
    async with app.run_test(size=picture.size) as pilot:
        await pilot.press(*(() if picture.empty else TRIAGE), *picture.keys)
        await app.workers.wait_for_complete()
        await pilot.pause()
        exported = app.export_screenshot(title=picture.name)
    return redrawn(exported, ground=app.current_theme.background or "", title=picture.shows, stamp=STAMP)


def main(target: str = str(HERE), *names: str) -> None:
    """Draw the pictures of these names, or all, into a folder."""
    os.environ["TZ"] = "UTC"  # times stand in some of them
    time.tzset()
    for picture in PICTURES:
        if names and picture.name not in names:
            continue
        with tempfile.TemporaryDirectory() as directory:
            text = asyncio.run(drawn(picture, Path(directory, "library")))
        Path(target, f"{picture.name}.svg").write_text(text, "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
