"""What stands at the left of a wide screen: the views, the tags and the digests, with what each holds."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct
from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from tui.papers.query import Digest, Query, Tag
from tui.papers.view import BUILT_IN, View
from tui.ui.cutting import fit
from tui.ui.desk import in_tabs
from tui.ui.facts import digest_name
from tui.ui.look import THEIRS, Glyphs, Ink

if TYPE_CHECKING:
    from tui.ui.screens.triage import TriageScreen

#: tags and digests shown at most
MOST = 10


class Place(Struct, frozen=True):
    """A line: where it leads, how many papers are there, and whether it is a tag; a heading leads nowhere."""

    name: str = ""
    number: int | None = None
    take: Callable[[], object] = lambda: None
    is_tag: bool = False
    heading: bool = False
    view: str = ""
    term: Query | None = None


def beside(screen: "TriageScreen") -> list[Place]:
    """All the lines, in order; an empty one between two groups."""
    going, counting, library = screen.going, screen.counting, screen.library

    def leads(view: View) -> Place:
        name = view.name
        return Place(name, counting.of_view(name), partial(going.show_view, name), view=name)

    def narrows(name: str, number: int, term: Query) -> Place:
        return Place(name, number, partial(going.narrow_to, term), isinstance(term, Tag), term=term)

    views, tally = in_tabs(library.views), counting.tally
    digests = sorted(library.digests.values(), key=lambda digest: digest.imported, reverse=True)
    groups = (
        ("", [leads(view) for view in views[: len(BUILT_IN)]]),
        ("mine", [leads(view) for view in views[len(BUILT_IN) :]]),
        ("tags", [narrows(f"#{tag}", n, Tag(tag)) for tag, n in [*tally.tags.items()][:MOST]]),
        (
            "digests",
            [narrows(digest_name(d), tally.digests.get(d.id, 0), Digest(d.name)) for d in digests[:MOST]],
        ),
    )
    lines: list[Place] = []
    for heading, places in groups:
        if places and heading:
            lines += [Place(), Place(heading, heading=True)]
        lines += places
    return lines


def side_lines(
    places: Sequence[Place], here: View, width: int, height: int, ink: Ink, glyphs: Glyphs
) -> list[Text]:
    """Lines of a name and a number; the view shown, and what narrows it, have the bar of the cursor."""

    def line(place: Place) -> Text:
        if place.heading or not place.name:
            return Text(f"  {place.name}".rstrip(), ink.soft)
        number = "" if place.number is None else f"{place.number:,}"
        is_here = place.view == here.name or (place.term is not None and place.term in here.filter.terms)
        style = ink.accent if is_here else ink.tag if place.is_tag else ink.plain
        shown = fit(place.name, width - 10, glyphs)
        pad = " " * max(width - 3 - cell_len(shown) - len(number) - 1, 1)
        bar = glyphs.cursor if is_here else " "
        soft: Style = style if is_here else ink.soft
        return Text.assemble((bar, ink.accent), " ", (shown, style + THEIRS), pad, (f"{number} ", soft))

    return [line(place) for place in places][:height]
