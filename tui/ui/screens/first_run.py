"""The first run: what can be done while there are no papers: take a file in, or look round in samples."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from tui.errors import PapertuiError
from tui.papers.search import Stopped
from tui.papers.text import clean
from tui.ui.messages import Message, Piece
from tui.ui.screens.questions import completions, hints
from tui.ui.widgets.prompt import Answer, Question

if TYPE_CHECKING:
    from tui.ui.screens.triage import TriageScreen

#: names that are offered at once
OFFERED = 6
#: what the commands begin with that need no papers
_FREE = ("app.", "history.", "list.", "abstract.", "order.", "stats.", "theme.")
_VIEWS = ("view.next", "view.previous", "view.refresh")
_INSTEAD = {"paper.browse": " takes a file or folder in", "paper.star": " looks round in samples"}


class FirstRun:
    """Two keys of the list mean something else while it has no papers: where they do, `doing` has them.

    Those that need papers say that there are none.
    """

    def __init__(self, screen: "TriageScreen") -> None:
        self._screen = screen
        #: whether files are being read; the library is left alone meanwhile
        self.is_reading = False

    @property
    def words(self) -> Mapping[str, str]:
        """The commands that mean something else here, and what."""
        given, words = self._screen.given, {}
        if given.bring_in:
            words["paper.browse"] = "choose a file or folder now"
        if given.samples and not self._screen.library.imports:
            words["paper.star"] = "look round with forty made-up papers, kept apart from yours"
        return words

    def doing(self, command_id: str) -> Callable[[int], object] | None:
        """What a command does here instead."""
        if self._screen.library.papers or not self.words:
            return None
        if command_id.startswith(_FREE) or command_id in _VIEWS:
            return None
        if self.is_reading:
            return lambda count: self._screen.say(("Still reading; the papers come in a moment.", "plain"))
        if command_id not in self.words:
            return lambda count: self._screen.say(*self._lack())
        return {"paper.browse": self._choose, "paper.star": self._look_round}[command_id]

    def _lack(self) -> Message:
        """That there are no papers, and the keys that bring some."""
        screen = self._screen
        pieces: list[Piece] = []
        for name in self.words:
            if key := screen.key(name):
                pieces += [(", " if pieces else "; ", "plain"), (key, "key"), (_INSTEAD[name], "plain")]
        words = "All papers are forgotten" if screen.library.imports else "No papers yet"
        return [(words, "plain"), *pieces, (".", "plain")]

    def _look_round(self, count: int) -> None:
        """Open the samples, in place of this screen."""
        if samples := self._screen.given.samples:
            self._screen.app.open_another(samples())

    # -- a file or folder -----------------------------------------------------------------------

    def _choose(self, count: int, text: str = "") -> None:
        self._screen.ask(Question("import", self._changed, self._entered, self._completed, text=text))

    def _changed(self, text: str) -> Answer:
        found = self._screen.given.paths(text)
        keys = hints(("tab", "completes"), ("enter", "imports it"), ("escape", "back"))
        if not found:
            words = "No file or folder begins so." if text.strip() else "Type the way to a file or folder."
            return Answer(((words, "plain"),), keys)
        names = [*completions([clean(_last(path)) for path in found], most=OFFERED)]
        if (more := len(found) - OFFERED) > 0:
            names.append((f" and {more:,} more", "soft"))
        return Answer(names, keys)

    def _completed(self, text: str, step: int) -> str | None:
        """The first path that begins so; backwards, the folder above."""
        if step < 0:
            stem = text.rstrip("/")
            return stem[: stem.rfind("/") + 1]
        return next(iter(self._screen.given.paths(text)), None)

    def _entered(self, text: str) -> bool:
        if not text.strip():
            return False
        self.is_reading = True
        self._screen.say(("Reading…", "plain"))
        self._screen.run_worker(
            partial(self._bring_in, text.strip()), thread=True, group="import", exit_on_error=False
        )
        return True

    # -- in a thread of its own ----------------------------------------------------------------

    def _bring_in(self, path: str) -> None:
        screen, worker = self._screen, get_current_worker()
        bring_in = screen.given.bring_in
        assert bring_in is not None

        def told(done: int, total: int) -> None:
            if worker.is_cancelled:
                raise Stopped
            if total > 1:
                screen.call_later(screen.say, (f"Reading… {done:,} of {total:,} files", "plain"))

        try:
            words = bring_in(path, told)
        except Stopped:
            return
        except PapertuiError as error:
            screen.call_later(self._unread, path, str(error))
            return
        except Exception as error:
            screen.call_later(self._failed, error)
            return
        screen.call_later(self._read, ((words, "plain"),))

    def _failed(self, error: Exception) -> None:
        """Nobody expected it: it ends papertui as any other defect does."""
        raise error

    def _read(self, message: Message) -> None:
        """Show what came."""
        self.is_reading = False
        self._screen.others.arrived(message)

    def _unread(self, path: str, reason: str) -> None:
        """Say why nothing came, and ask for the path again, as it was typed."""
        self.is_reading = False
        self._screen.others.arrived(((reason, "error"),))
        if not (self._screen.prompt.is_open or self._screen.library.papers):
            self._choose(1, path)
            self._screen.prompt.tell((("^ ", "error"), (reason, "plain")))


def _last(path: str) -> str:
    """The last part of a path, a folder with its slash."""
    return path[path.rstrip("/").rfind("/") + 1 :]
