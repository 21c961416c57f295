"""What stands at the left of a wide screen: the views, the tags and the digests, with what each holds."""

from collections import Counter

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from tui.papers.library import Library
from tui.papers.view import TABS
from tui.ui.draw import fit
from tui.ui.facts import digest_name
from tui.ui.look import THEIRS, Glyphs, Ink

#: tags and digests shown at most
MOST = 10


def side_lines(library: Library, here: str, width: int, height: int, ink: Ink, glyphs: Glyphs) -> list[Text]:
    """Lines of a name and a number; the view shown has the bar of the cursor."""
    counts = library.counts()

    def line(name: str, number: int, style: Style, bar: str = " ") -> Text:
        shown = fit(name, width - 10, glyphs)
        pad = " " * max(width - 3 - cell_len(shown) - len(f"{number:,}") - 1, 1)
        soft = style if bar != " " else ink.soft
        return Text.assemble((bar, ink.accent), " ", (shown, style + THEIRS), pad, (f"{number:,} ", soft))

    lines = [
        line(view.name, counts[view.name], ink.accent, glyphs.cursor)
        if view.name == here
        else line(view.name, counts[view.name], ink.plain)
        for view in TABS
    ]
    tags = library.tags().most_common(MOST)
    if tags:
        lines += [Text(), Text("  tags", ink.soft)]
        lines += [line(f"#{tag}", number, ink.tag) for tag, number in tags]
    seen = Counter(sighting.digest for paper in library.papers.values() for sighting in paper.sightings)
    digests = sorted(library.digests.values(), key=lambda digest: digest.imported, reverse=True)
    if digests:
        lines += [Text(), Text("  digests", ink.soft)]
        lines += [line(digest_name(digest), seen[digest.id], ink.plain) for digest in digests[:MOST]]
    return lines[:height]


def view_at(y: int) -> str | None:
    """The view whose name stands on this line."""
    return TABS[y].name if 0 <= y < len(TABS) else None
