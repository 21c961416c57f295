"""Acts that another papertui's turn holds up: tried again until it is over, the keys after them held back."""

from collections.abc import Awaitable, Callable
from functools import partial
from inspect import isawaitable
from time import monotonic
from typing import Protocol, TypeVar

from tui.errors import LibraryBusy, LibraryError
from tui.ui.given import Given
from tui.ui.messages import Message, Piece
from tui.ui.screens.keyed import KeyedScreen

#: seconds between two tries, and after which an act is given up
AGAIN, PATIENCE = 0.1, 10.0

Act = Callable[[], object]
_Result = TypeVar("_Result")


class Tells(Protocol):
    """What a screen that waits can do besides."""

    given: Given

    def say(self, *pieces: Piece) -> None:
        """Put a message where messages stand."""

    def tell(self, words: Message) -> None:
        """Put it where the user looks now: on the prompt too, if that is open."""


class Waiting:
    """Tries acts for a screen, which takes no keys while it waits."""

    def __init__(self, screen: KeyedScreen, tells: Tells) -> None:
        self._screen, self._tells = screen, tells
        self._since: float | None = None

    @property
    def is_patient(self) -> bool:
        """Whether a turn that does not come is waited for; else it is time to say so."""
        return self._since is None or monotonic() - self._since < PATIENCE

    def attempt(self, act: Act) -> None:
        """Do it now, or as soon as it is our turn. An act that is held up has changed nothing yet."""
        try:
            act()
        except LibraryBusy as error:
            self.hold(act, error)

    def kept(self, write: Callable[[], _Result]) -> _Result | None:
        """Write; what fails is said. Raises LibraryBusy while another's turn is worth waiting for."""
        try:
            self._tells.given.standing()
            return write()
        except LibraryError as error:
            if isinstance(error, LibraryBusy) and self.is_patient:
                raise
            self._tells.say((f"Could not keep this decision: {reason(error)}", "error"))
        return None

    def hold(self, act: Callable[[], Awaitable[object] | object], busy: LibraryBusy) -> None:
        """Take no more keys, and try again a little later."""
        screen = self._screen
        self._since = self._since or monotonic()
        screen.ready = False
        words: Message = (("Waiting: ", "soft"), (reason(busy, remedy=False), "plain"))
        self._tells.tell(words)
        screen.set_timer(AGAIN, partial(self._again, act))

    async def _again(self, act: Callable[[], Awaitable[object] | object]) -> None:
        try:
            done = act()
            if isawaitable(done):
                await done
        except LibraryBusy as error:
            self.hold(act, error)
            return
        self._since = None
        self._screen.go_on()


def reason(error: LibraryError, *, remedy: bool = True) -> str:
    """What the error says without the library's path before it; `remedy` keeps what to do next."""
    path, colon, rest = str(error).partition(": ")
    words = rest if colon and ("/" in path or "\\" in path) else str(error)
    return words if remedy else f"{words.partition(';')[0].rstrip('.')}…"
