"""What `papertui doctor` looks at, and what it says of each."""

import locale
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from tui.cli.examining_library import Finding
from tui.cli.examining_library import library as look_through
from tui.errors import EditorError, PapertuiError, SettingsError
from tui.papers.saying import counted

#: columns and rows that the app needs
SMALLEST = (40, 10)


def examine(library: Path) -> list[Finding]:
    """Look at everything; nothing is changed."""
    checks: dict[str, Callable[[], Iterator[Finding]]] = {
        "library": lambda: look_through(library),
        "settings": _settings,
        "keymap": _keymap,
        "state": _state,
        "terminal": _terminal,
        "programs": _programs,
    }
    findings: list[Finding] = []
    for about, check in checks.items():
        try:
            findings.extend(check())
        except PapertuiError as error:
            findings.append(Finding(about, False, str(error)))
        except OSError as error:
            words = f"{error.filename or about}: {os.strerror(error.errno or 0).casefold()}."
            findings.append(Finding(about, False, words))
    return findings


def _settings() -> Iterator[Finding]:
    from tui.settings import config_path, load_settings

    settings, path = load_settings(), config_path()
    if settings.theme not in ("papertui-night", "papertui-day"):
        from textual.theme import BUILTIN_THEMES

        if settings.theme not in BUILTIN_THEMES:
            yield Finding("settings", False, f"{path}: there is no theme “{settings.theme}”.")
            return
    yield Finding(
        "settings", True, str(path) if path.exists() else f"{path} is not there; the defaults hold."
    )


def _keymap() -> Iterator[Finding]:
    from tui.keymap import load_keymap
    from tui.settings import load_settings

    try:
        settings = load_settings()
    except SettingsError:
        return  # told of the settings already
    keymap = load_keymap(settings.keymap, settings.keys)
    own = f", {counted(len(keymap.own), 'command')} with keys of your own" if keymap.own else ""
    yield Finding("keymap", True, f"{keymap.name}{own}.")


def _state() -> Iterator[Finding]:
    """Where the place is remembered at which the user stopped."""
    import platformdirs

    folder = Path(platformdirs.user_state_dir("papertui", appauthor=False))
    there = next(path for path in (folder, *folder.parents) if os.path.lexists(path))
    if not (there.is_dir() and os.access(there, os.W_OK | os.X_OK)):
        words = f"{there} cannot be written: where you stopped is not remembered. Change its permissions."
        yield Finding("state", False, words, there)


def _terminal() -> Iterator[Finding]:
    term = os.environ.get("TERM", "")
    encoding = locale.getpreferredencoding(False)
    utf8 = encoding.casefold().replace("-", "") == "utf8"
    words = f"TERM={term or '(none)'}, {encoding}"
    if term in ("", "dumb"):
        yield Finding("terminal", True, f"{words}: no screen here; `papertui list` and the other verbs work.")
    elif not utf8:
        yield Finding("terminal", False, f'{words}: not UTF-8. Set LC_ALL=C.UTF-8, or glyphs = "ascii".')
    else:
        yield Finding("terminal", True, f"{words}, {_colours(term)}.")
    yield from _screen()


def _screen() -> Iterator[Finding]:
    if not sys.stderr.isatty():
        return
    try:
        columns, rows = os.get_terminal_size(sys.stderr.fileno())
    except OSError:
        return
    small = columns < SMALLEST[0] or rows < SMALLEST[1]
    words = f"{columns} columns and {rows} rows"
    words += (
        f" are too few; the app wants {SMALLEST[0]} by {SMALLEST[1]}. Enlarge the window" if small else ""
    )
    yield Finding("screen", not small, f"{words}.")


def _colours(term: str) -> str:
    if os.environ.get("NO_COLOR"):
        return "no colours (NO_COLOR)"
    if os.environ.get("COLORTERM", "") in ("truecolor", "24bit"):
        return "all colours"
    return "256 colours" if "256" in term else "16 colours"


def _programs() -> Iterator[Finding]:
    """What papertui hands something over to."""
    clipboard = _first("pbcopy") if sys.platform == "darwin" else _on_screen("wl-copy", "xclip", "xsel")
    words = f"{clipboard}, and " if clipboard else ""
    yield Finding("clipboard", True, f"{words}the terminal, if it takes OSC 52.")
    yield _browser()
    yield _editor()


def _browser() -> Finding:
    from tui.cli.handing import own_browsers

    own = [words[0] for words in own_browsers()]
    usual = ("open",) if sys.platform == "darwin" else ("xdg-open", "gio", "wslview")
    other = _first(*usual) if sys.platform == "darwin" else _on_screen(*usual)
    if found := _first(*own):
        return Finding("browser", True, f"{found} ($BROWSER).")
    instead = f"{other} is used" if other else "o copies the address"
    if own:
        words = f"$BROWSER is {os.environ['BROWSER']}, which is not to be found; {instead} instead."
        return Finding("browser", False, f"{words} Set it to your browser.")
    return Finding("browser", True, f"{other or 'none here: o copies the address instead'}.")


def _editor() -> Finding:
    from tui.cli.editing import editor

    is_set = any(os.environ.get(name, "").strip() for name in ("VISUAL", "EDITOR"))
    try:
        words = " ".join(editor())
    except EditorError as error:
        return Finding("editor", not is_set, str(error))
    return Finding("editor", True, f"{words}." if is_set else f"{words}, as $EDITOR is not set.")


def _first(*names: str) -> str:
    return next((name for name in names if shutil.which(name)), "")


def _on_screen(*names: str) -> str:
    """The first of these programs, where there are windows to show it in."""
    return _first(*names) if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") else ""
