"""From settings and library to the running app, and out of it again."""

import locale
import os
import signal
import sys
from collections.abc import Set
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from msgspec import Struct

from tui.errors import LibraryError, PapertuiError, UsageError

if TYPE_CHECKING:
    from tui.cli.front_door import Session
    from tui.keymap import Keymap
    from tui.papers.paper import Paper
    from tui.papers.sitting import Sitting
    from tui.papers.view import Views
    from tui.ui.app import PapertuiApp
    from tui.ui.given import Given, Place

_TURN = 0.001
"""Seconds that a busy thread keeps another waiting, a fifth of Python's: Textual writes to the terminal in a
thread, which would wait so long at each piece of the first frame."""


class Prepared(Struct, frozen=True):
    """What was asked of the app, found to be possible."""

    keymap: "Keymap"
    theme: str


def check(session: "Session", keymap: str | None, theme: str | None) -> Prepared:
    """Refuse an unknown keymap or theme before anything is done. Raises UsageError."""
    chosen = theme or session.settings.theme
    if chosen not in ("papertui-night", "papertui-day"):
        from textual.theme import BUILTIN_THEMES

        if chosen not in BUILTIN_THEMES:
            names = ", ".join(("papertui-night", "papertui-day", *sorted(BUILTIN_THEMES)))
            raise UsageError(f"There is no theme “{chosen}”; choose one of {names}.")
    return Prepared(session.keymap(keymap), theme or "")


def launch(
    session: "Session", prepared: Prepared, query: str, message: str, new: Set[str] = frozenset()
) -> None:
    """Run the app until the user leaves; the process ends with it. `new` are papers that just came."""
    from tui.papers.sitting import Sitting

    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)  # a clipboard that goes away must not end the app
    try:
        _take_keyboard()
        _without_tls()
        sys.setswitchinterval(_TURN)
        app = _made(given(session, prepared, query, message, new))
    except Exception as error:
        if isinstance(error, PapertuiError):
            raise
        _leave(_tell(error))
    sitting = Sitting(session.library)
    code = _run(app)
    if not (app.defect or code):
        _sum_up(sitting)
    _leave(_tell(app.defect) if app.defect else code)


def given(
    session: "Session", prepared: Prepared, query: str, message: str, new: Set[str] = frozenset()
) -> "Given":
    """All that the app is handed; it begins with the first of the new papers, if there are any."""
    from tui.cli.front_door import unread
    from tui.cli.handing import browse, browses_here, copy, edit, link_of
    from tui.cli.writing import papers_in, write_file
    from tui.exports import EXPORTS
    from tui.settings import config_path, save_place
    from tui.ui.given import Given

    settings = session.settings
    session.database.wait = 0.1
    place = _place(session, query, new)
    made = Given(
        library=session.library,
        where=homely(str(session.path)),
        keys=prepared.keymap,
        exports=EXPORTS,
        write_file=write_file,
        copy=copy,
        browse=browse,
        link_of=link_of,
        markdown_of=_linked_title,
        save_place=lambda place: save_place(session.path, place),
        place=place,
        theme=_theme(prepared.theme or place.theme or settings.theme),
        ascii=_ascii(settings.glyphs),
        advance=settings.advance,
        search=settings.search,
        message=" ".join(filter(None, (unread(session.database), message))),
        standing=Folder(session.path),
        views=session.views,
        save_view=partial(_save_view, config_path()),
        edit=edit,
        browses_here=browses_here,
        papers_in=papers_in,
    )
    return made if session.library.papers else _with_first_doors(made, session.path)


def _linked_title(paper: "Paper") -> str:
    from tui.exports.markdown import linked_title  # 3 ms with its expressions, for who copies one

    return linked_title(paper)


def _save_view(path: Path, name: str, query: str, order: str) -> "Views":
    from tui.cli.saving_views import save_view  # with all that it needs, of which a start needs nothing

    return save_view(path, name, query, order)


def _with_first_doors(given: "Given", library: Path) -> "Given":
    """With what is wanted only while there are no papers."""
    from msgspec.structs import replace

    from tui.cli.first_run import bring_in, open_samples, paths

    return replace(
        given, paths=paths, bring_in=partial(bring_in, library), samples=partial(open_samples, given)
    )


def _place(session: "Session", query: str, new: Set[str]) -> "Place":
    """All that a query finds, the first of the new papers in the inbox, or where the user stopped."""
    from msgspec.structs import replace

    from tui.settings import load_place
    from tui.ui.given import Place

    place = load_place(session.path, Place())
    if query:
        return replace(place, view="all", filter=query, selected="")
    if first := _first_of(new, session, place):
        return replace(place, view="inbox", filter="", paper=first, above=0, selected="")
    return place


def _first_of(new: Set[str], session: "Session", place: "Place") -> str:
    """The first of these papers in the inbox, in the order of this place; empty where it holds none."""
    if not new:
        return ""
    from tui.papers.query import EVERYTHING
    from tui.ui.desk import opening

    inbox = opening(session.views, "inbox", place.order, place.reverse, EVERYTHING)
    return next((paper.id for paper in session.library.list(inbox) if paper.id in new), "")


class Folder:
    """Asks of a library's folder, when called, whether it is still the one it was when it was first there."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: tuple[int, int] | None = None
        with suppress(LibraryError):
            self()

    def __call__(self) -> None:
        """Raise LibraryError where it is gone, or another stands in its place."""
        try:
            status = self._path.stat()
        except OSError as error:
            if self._known is not None:
                raise LibraryError(
                    f"{self._path}: the library's folder is gone; nothing was changed. Put it back, or quit."
                ) from error
            return
        now = status.st_dev, status.st_ino
        self._known = self._known or now
        if now != self._known:
            raise LibraryError(
                f"{self._path}: another library stands in this one's place; nothing was changed. "
                "Quit and open it again."
            )


def _made(given: "Given") -> "PapertuiApp":
    from tui.ui.app import PapertuiApp

    app = PapertuiApp(given)
    app.call_later(_after_start)
    return app


def _run(app: "PapertuiApp") -> int:
    """Run the app and return its exit code; the terminal is as it was, however it ended."""
    try:
        app.run()
        return app.return_code or 0
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else 1
    except BaseException as error:
        app.defect = app.defect or error
        return 1
    finally:
        app.give_terminal_back()


def _tell(defect: BaseException) -> int:
    """Say in a sentence what ended the app, and return the exit code."""
    from tui.cli.defects import told
    from tui.cli.front_door import say

    expected = isinstance(defect, PapertuiError)
    with suppress(OSError):
        say(f"papertui: {defect}" if expected else told(defect))
    return 1


def _sum_up(sitting: "Sitting") -> None:
    """Say on stdout what was decided, if anything was and anybody listens."""
    with suppress(OSError, ValueError):  # a stream that is full, or closed
        if words := sitting.words():
            print(words, flush=True)


def _theme(name: str) -> str:
    """A theme that is there; the one remembered may have gone."""
    from textual.theme import BUILTIN_THEMES

    return name if name in BUILTIN_THEMES or name in ("papertui-night", "papertui-day") else "papertui-night"


def _after_start() -> None:
    """The collector rests until the first frame; what the start made is never looked at again."""
    import gc

    gc.freeze()
    gc.enable()


def _without_tls() -> None:
    """Have asyncio, on which Textual runs, do without ssl, as it does where there is none: 4 ms.

    Nothing here speaks to a network. Whoever imports ssl afterwards has it.
    """
    if "ssl" not in sys.modules:
        sys.modules["ssl"] = None  # type: ignore[assignment]
        try:
            import asyncio  # noqa: F401
        finally:
            del sys.modules["ssl"]


def _take_keyboard() -> None:
    """Where stdin was the digest, the keyboard is the terminal's."""
    if not sys.stdin.isatty():
        terminal = os.open("/dev/tty", os.O_RDWR)
        os.dup2(terminal, 0)
        os.close(terminal)
        sys.stdin = open(0, closefd=False)  # noqa: SIM115
        sys.__stdin__ = sys.stdin  # type: ignore[misc]


def _leave(code: int) -> NoReturn:
    """Everything is on disk and the terminal as it was: nothing is worth tearing down."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # a window that was closed
            stream.flush()
    os._exit(code)


def _ascii(glyphs: str) -> bool:
    """Whether only ASCII may be drawn: as set, else where the locale's fonts make our glyphs wide."""
    if glyphs != "auto":
        return glyphs == "ascii"
    encoding = locale.getencoding().casefold().replace("-", "")
    language = next((os.environ[n] for n in ("LC_ALL", "LC_CTYPE", "LANG") if os.environ.get(n)), "")
    return encoding != "utf8" or language[:2] in ("zh", "ja", "ko")


def homely(path: str) -> str:
    """The path with the user's home as `~`."""
    home = os.path.expanduser("~")  # noqa: PTH111
    return "~" + path.removeprefix(home) if path.startswith(home + os.sep) else path
