"""Keeps the counts of views, tags and digests on a triage screen: made in a thread, shown when they come."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual.timer import Timer
from textual.worker import get_current_worker

from tui.ui.tally import Tally, tallied

if TYPE_CHECKING:
    from tui.ui.screens.triage import TriageScreen

#: papers that are counted at once where it is asked for now; of more, seconds between two counts, and for
#: which nothing was decided before one: beside a count of 100,000 keys take 20 ms longer, each that decides
FEW, LATER = 5_000, 1.0


class Counting:
    """`tally` is what was counted last; `renew` has it counted again where anything changed since."""

    def __init__(self, screen: "TriageScreen") -> None:
        self._screen = screen
        self._counted: tuple[int, object] = -1, None
        self._busy = False
        self._soon: Timer | None = None
        self.tally = Tally()

    @property
    def _now(self) -> tuple[int, object]:
        library = self._screen.library
        return library.changes, library.views

    def of_view(self, name: str) -> int | None:
        """How many papers a view holds, where that is known."""
        known = self._screen.library.counts()
        return known[name] if name in known else self.tally.views.get(name)

    def now(self, heard: Callable[[], None]) -> Tally:
        """The tally as it is now where that is soon counted; else the last; `heard` is told of the next."""
        library = self._screen.library
        if self._counted != self._now and len(library.papers) <= FEW:
            self._counted, self.tally = self._now, tallied(library) or self.tally
        self._start(heard)
        return self.tally

    def renew(self) -> None:
        """Count again if anything that is seen now may have changed: many papers once the keys rest."""
        screen = self._screen
        if self._counted == self._now or not (screen.has_class("wide") or screen.library.views.own):
            return
        if self._counted[0] < 0 or len(screen.library.papers) <= FEW:
            self._start(screen.bars.renew_counts)
            return
        if self._soon is not None:
            self._soon.stop()
        self._soon = screen.set_timer(LATER, partial(self._start, screen.bars.renew_counts))

    def _start(self, heard: Callable[[], None]) -> None:
        if self._busy or self._counted == self._now:
            return
        self._busy, library, now = True, self._screen.library, self._now

        def count() -> None:
            worker = get_current_worker()
            tally = tallied(library, lambda: worker.is_cancelled)
            if tally is not None:
                self._screen.call_later(take, tally)

        def take(tally: Tally) -> None:
            self._counted, self.tally = now, tally
            if len(library.papers) > FEW:
                self._screen.set_timer(LATER, free)
            else:
                self._busy = False
            heard()

        def free() -> None:
            self._busy = False
            self.renew()

        self._screen.run_worker(count, thread=True, group="count", exit_on_error=False)
