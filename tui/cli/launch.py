"""From settings and library to the running app, and out of it again."""

import locale
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.errors import UsageError

if TYPE_CHECKING:
    from tui.cli.front_door import Session
    from tui.keymap import Keymap


@dataclass(frozen=True)
class Prepared:
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


def launch(session: "Session", prepared: Prepared, query: str, message: str) -> None:
    """Run the app until the user leaves; the process ends with it."""
    from dataclasses import replace

    from tui.cli.handing import browse, copy, link_of
    from tui.cli.writing import write_file
    from tui.exports import EXPORTS
    from tui.settings import load_place, save_place
    from tui.ui.app import PapertuiApp
    from tui.ui.given import Given, Place

    settings = session.settings
    session.database.wait = 0.1
    place = load_place(session.path, Place())
    theme = _theme(prepared.theme or place.theme or settings.theme)
    if query:
        place = replace(place, view="all", filter=query)
    given = Given(
        library=session.library,
        where=_homely(str(session.path)),
        keys=prepared.keymap,
        exports=EXPORTS,
        write_file=write_file,
        copy=copy,
        browse=browse,
        link_of=link_of,
        save_place=lambda place: save_place(session.path, place),
        place=place,
        theme=theme,
        ascii=_ascii(settings.glyphs),
        advance=settings.advance,
        search=settings.search,
        message=message,
    )
    _take_keyboard()
    app = PapertuiApp(given)
    app.call_later(_after_start)
    app.run()
    _leave(app.return_code or 0)


def _theme(name: str) -> str:
    """A theme that is there; the one remembered may have gone."""
    from textual.theme import BUILTIN_THEMES

    return name if name in BUILTIN_THEMES or name in ("papertui-night", "papertui-day") else "papertui-night"


def _after_start() -> None:
    """The collector rests until the first frame; what the start made is never looked at again."""
    import gc

    gc.freeze()
    gc.enable()


def _take_keyboard() -> None:
    """Where stdin was the digest, the keyboard is the terminal's."""
    if not sys.stdin.isatty():
        terminal = os.open("/dev/tty", os.O_RDWR)
        os.dup2(terminal, 0)
        os.close(terminal)
        sys.stdin = open(0, closefd=False)  # noqa: SIM115
        sys.__stdin__ = sys.stdin  # type: ignore[misc]


def _leave(code: int) -> None:
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


def _homely(path: str) -> str:
    home = os.path.expanduser("~")  # noqa: PTH111
    return "~" + path.removeprefix(home) if path.startswith(home + os.sep) else path
