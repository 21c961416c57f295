"""Searches in a thread of their own, so that no key waits: one at a time, and only the newest is heard.

The thread works on values and touches no widget; what it found is taken in by the screen's own turn.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from tui.errors import LibraryError
from tui.papers.finding import Finder
from tui.papers.query import All, Query, Word
from tui.papers.search import Cancelled
from tui.ui.looking import Found, Looking, Otherwise, Titles

if TYPE_CHECKING:
    from tui.ui.screens.triage import TriageScreen

#: seconds for which keys wait for a search that was kept before it was done
PATIENCE = 1.0

News = Found | Otherwise | LibraryError
Heard = Callable[[], None]


class Searching:
    """What is looked for on a triage screen.

    `going` says whether more may be found, `otherwise` what there is where nothing was.
    """

    def __init__(self, screen: "TriageScreen") -> None:
        self._screen = screen
        self._number = 0
        self._turn = Lock()
        self._held = False
        self._at = ""
        self._heard: Heard = _nobody
        self._looking: Looking | None = None
        self._titled: Finder | None = None
        self.going = False
        self.otherwise: Otherwise | None = None
        self.wrong: LibraryError | None = None

    def drop(self) -> None:
        """Hear no more of what is being looked for."""
        self._number += 1
        self.going, self.otherwise, self.wrong = False, None, None
        self._release()

    def prepare(self) -> None:
        """Have all abstracts in memory when they are looked for."""
        self.drop()
        finder = self._screen.desk.finder

        def prepare(cancelled: Cancelled) -> None:
            with suppress(LibraryError):  # said when something is looked for
                finder.prepare(cancelled)

        self._run(prepare)

    def look(self, query: All, at: str, heard: Heard) -> None:
        """Show what the query finds in titles at once, the rest as it comes; `heard` is told each time.

        The cursor goes to this paper, or to the one that is nearest to it.
        """
        self.drop()
        self._at, self._heard = at, heard
        desk = self._screen.desk
        looking = desk.looking(query)
        if not query:
            self._screen.lay(desk.narrow(query, at))
            return
        if desk.is_small and (desk.finder.ready or not query.needs_text):
            found = looking.whole() or Found([], ())
            self._show(query, found)
            if not found.papers:
                self._start(looking, done=True)
            return
        self.going, self._looking = True, looking
        if self._titled is desk.finder and _is_words(query):
            self._show(query, looking.titles(), unfinished=True)
            self._start(looking)
        else:
            self._start(looking, titles=_is_words(query))

    def finish(self, at: str = "") -> None:
        """Look through the abstracts for the filter that stands, unless that is under way.

        The cursor goes to this paper once it is found.
        """
        looking = self._screen.desk.looking()
        if not self.going or self._looking != looking:
            self.drop()
            self._at, self._heard = at, self._say_wrong
            self._start(looking)

    def _say_wrong(self) -> None:
        if self.wrong:
            self._screen.say((str(self.wrong), "error"))

    def keep(self, heard: Heard) -> None:
        """The query is kept: the cursor may move now, and what is typed next waits a little for the rest."""
        self._heard = heard
        if self.going:
            self._held, self._screen.ready = True, False
            self._screen.set_timer(PATIENCE, partial(self._release, self._number))
        else:
            self._at = ""

    def _release(self, number: int | None = None) -> None:
        if self._held and number in (None, self._number):
            self._held, self._at = False, ""
            self._screen.go_on()

    # -- in the thread ------------------------------------------------------------------------

    def _start(self, looking: Looking, *, done: bool = False, titles: bool = False) -> None:
        """Look through all, `titles` before the rest; `done` where all was done, and found nothing."""
        self.going, self._looking = not done, looking
        elsewhere = self._screen.desk.view.name != "all"
        number = self._number

        def search(cancelled: Cancelled) -> None:
            try:
                if titles:
                    self._tell(number, looking, looking.titles_first(cancelled))
                found = Found([], ()) if done else looking.whole(cancelled)
                if found is not None and not done:
                    self._tell(number, looking, found)
                if found is not None and not found.papers:
                    self._tell(number, looking, looking.otherwise(elsewhere, cancelled))
            except LibraryError as error:
                self._tell(number, looking, error)

        self._run(search)

    def _run(self, work: Callable[[Cancelled], None]) -> None:
        number = self._number

        def run() -> None:
            worker = get_current_worker()

            def cancelled() -> bool:
                return number != self._number or worker.is_cancelled

            with self._turn:
                if not cancelled():
                    work(cancelled)

        self._screen.run_worker(run, thread=True, group="find", exit_on_error=False)

    def _tell(self, number: int, looking: Looking, news: News | None) -> None:
        if news is not None:
            self._screen.call_later(self._hear, number, looking, news)

    # -- on the screen ------------------------------------------------------------------------

    def _hear(self, number: int, looking: Looking, news: News) -> None:
        desk = self._screen.desk
        if desk.finder is looking.finder:
            self._titled = looking.finder
        if number != self._number or desk.finder is not looking.finder:
            return
        if isinstance(news, Titles):
            self._show(looking.query, news, unfinished=True)
            self._heard()
            return
        self.going = False
        if isinstance(news, LibraryError):
            self.wrong = news
        elif isinstance(news, Otherwise):
            self.otherwise = news
            if news.found:
                self._show(desk.view.filter, news.found)
        elif news.papers != desk.rows or news.words != desk.words:
            self._show(looking.query, news, keep_scroll=True)
        else:
            desk.show(looking.query, news)
        self._heard()
        self._release()

    def _show(self, query: All, found: Found, *, keep_scroll: bool = False, unfinished: bool = False) -> None:
        screen = self._screen
        here = screen.papers.paper
        at = self._at or (here.id if here else "")
        paper = screen.desk.show(query, found, at, unfinished=unfinished)
        screen.lay(paper, keep_scroll=keep_scroll)


def _is_words(query: Query) -> bool:
    """Whether it is found at once in any number of titles."""
    return all(map(_is_words, query.terms)) if isinstance(query, All) else isinstance(query, Word)


def _nobody() -> None:
    """Nobody has to be told."""
