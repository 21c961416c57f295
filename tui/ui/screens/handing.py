"""What leaves papertui: copies, opened addresses, written files. The doors themselves were given."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from tui.papers.paper import Paper
from tui.papers.query import parse
from tui.papers.saying import counted
from tui.papers.text import clean
from tui.papers.view import View
from tui.ui.messages import Piece
from tui.ui.screens.questions import choosing, exporting

if TYPE_CHECKING:
    from tui.ui.screens.triage import TriageScreen


class Handing:
    """Copy, browse and export, for a triage screen."""

    def __init__(self, screen: "TriageScreen") -> None:
        self._screen = screen

    # -- copy ---------------------------------------------------------------------------------

    def ask_copy(self) -> None:
        """Ask what of the paper to copy."""
        screen = self._screen
        paper = screen.papers.paper
        if paper is None:
            screen.say(("No paper here to copy.", "plain"))
            return
        links = screen.given.link_of(paper)
        title = clean(paper.title)
        both = "\n".join([title, *links[:1]])
        options = [
            (
                "y",
                "title and link" if links else "title",
                partial(self._copy, both, "title and link" if links else "title"),
            ),
            ("t", "title", partial(self._copy, title, "title")),
            ("m", "Markdown", partial(self._copy, screen.given.markdown_of(paper), "title as Markdown")),
        ]
        if links:
            options.insert(2, ("l", "link", partial(self._copy, links[0], "link")))
        screen.ask(choosing("Copy what?", options, {"enter": "y"}))

    def _copy(self, text: str, what: str) -> None:
        self.copy(text, what, self._screen.say)

    def copy(self, text: str, what: str, say: Callable[[Piece], None]) -> None:
        """Through the terminal, and whatever clipboard this machine has; `say` is told how."""
        screen = self._screen
        screen.app.copy_to_clipboard(text)
        say((f"copied the {what} (terminal, OSC 52)", "plain"))

        def through() -> None:
            if way := screen.given.copy(text):
                screen.app.call_from_thread(say, (f"copied the {what} ({way})", "plain"))

        screen.run_worker(through, thread=True, exclusive=True, group="copy", exit_on_error=False)

    # -- browse -------------------------------------------------------------------------------

    def browse(self) -> None:
        """Open the paper's link, or let one be chosen, or look its title up."""
        screen = self._screen
        paper = screen.papers.paper
        if paper is None:
            screen.say(("No paper here to look up.", "plain"))
            return
        links = list(screen.given.link_of(paper))
        if len(links) > 1:
            options = [
                (str(number), _short(link), partial(self._open, link, f"opened {_short(link)}"))
                for number, link in enumerate(links[:5], 1)
            ]
            screen.ask(choosing("Open which?", options, {"enter": "1", "o": "1"}))
        elif links:
            self._open(links[0], f"opened {_short(links[0])}")
        else:
            self._look_up(paper)

    def _look_up(self, paper: Paper) -> None:
        address = self._screen.given.search.replace("{title}", quote(clean(paper.title), safe=""))
        host = urlsplit(address).hostname or "the web"
        self._open(address, f"No link known; searching for the title at {host}.")

    def _open(self, address: str, words: str) -> None:
        screen = self._screen
        screen.say((words, "plain"))

        def through() -> None:
            if not screen.given.browse(address):
                screen.app.call_from_thread(self._no_browser, address)

        screen.run_worker(through, thread=True, group="browse", exit_on_error=False)

    def _no_browser(self, address: str) -> None:
        self._screen.app.copy_to_clipboard(address)
        self._screen.say(("No browser here; the address is copied: ", "plain"), (_short(address), "soft"))

    # -- export -------------------------------------------------------------------------------

    def ask_export(self) -> None:
        """Ask where the starred papers go."""
        screen = self._screen
        if not screen.library.counts()["starred"]:
            screen.say(
                ("Nothing starred yet. ", "plain"),
                (screen.key("paper.star"), "key"),
                (" keeps a paper.", "soft"),
            )
            return
        screen.ask(exporting(screen, self._write))

    def _write(self, path: Path) -> None:
        """Write the starred papers there. Raises PapertuiError."""
        screen = self._screen
        view = View("starred", parse("is:starred")).ordered(screen.desk.view.order, screen.desk.view.reverse)
        papers = screen.library.list(view)
        screen.given.write_file(path, screen.export_for(path).write(screen.library, papers))
        screen.export_path = str(path)
        lost = sum(1 for paper in papers if paper.id in screen.library.unreadable)
        words = f"wrote {counted(len(papers), 'paper')} to "
        screen.say((words, "plain"), (clean(str(path)), "strong"))
        if lost:
            screen.add((f"{lost:,} of them without the abstract, which cannot be read.", "error"))


def _short(link: str) -> str:
    return clean(link).removeprefix("https://").removeprefix("http://")[:48]
