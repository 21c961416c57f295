"""Where the user is on a triage screen, remembered for the next sitting, and gone back to at its start."""

from typing import TYPE_CHECKING

from tui.errors import QueryError
from tui.papers.query import EVERYTHING, All, parse
from tui.ui.given import Given, Place

if TYPE_CHECKING:
    from tui.ui.screens.triage import TriageScreen


class Resuming:
    """Keeps the place of a triage screen."""

    def __init__(self, screen: "TriageScreen") -> None:
        self._screen = screen
        self._saved = screen.given.place

    def begin(self) -> None:
        """Lay the papers out as they were left: the cursor on its paper and its line, or on the nearest."""
        screen, place = self._screen, self._screen.given.place
        screen.lay(screen.desk.nearest(place.paper))
        screen.papers.stand(max(place.above, 0))

    def place(self) -> Place:
        """Where the user is; of the theme only what was chosen here."""
        screen, app = self._screen, self._screen.app
        view, paper = screen.desk.view, screen.papers.paper
        return Place(
            view=view.name,
            order=view.order,
            reverse=view.reverse,
            filter=str(view.filter),
            paper=paper.id if paper else "",
            above=screen.papers.above,
            selected=screen.selecting.written,
            theme=app.theme if app.theme != app.first_theme else screen.given.place.theme,
            queries=[*screen.queries],
        )

    def save(self) -> None:
        """Remember where the user is, if that is somewhere else than before."""
        if (place := self.place()) != self._saved:
            self._screen.given.save_place(place)
            self._saved = place


def remembered_filter(given: Given) -> All:
    """The filter to begin with; one that cannot be read is none."""
    try:
        return parse(given.place.filter, given.views.names)
    except QueryError:
        return EVERYTHING
