"""What `papertui doctor` looks at, and what it says of each."""

import locale
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tui.errors import PapertuiError, SettingsError
from tui.papers.saying import counted

if TYPE_CHECKING:
    from tui.papers.library import Library


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it is fine, and a sentence with the remedy where it is not."""

    about: str
    fine: bool
    words: str


def examine(library: Path) -> list[Finding]:
    """Look at everything; nothing is changed."""
    checks: dict[str, Callable[[], Iterator[Finding]]] = {
        "library": lambda: _library(library),
        "settings": _settings,
        "keymap": _keymap,
        "terminal": _terminal,
    }
    findings: list[Finding] = []
    for about, check in checks.items():
        try:
            findings += check()
        except PapertuiError as error:
            findings.append(Finding(about, False, str(error)))
    return findings


def _library(path: Path) -> Iterator[Finding]:
    from tui.papers.library import Library
    from tui.store.database import Database

    if not path.exists():
        yield Finding("library", True, f"{path} is not there yet; `papertui open PATH` makes it.")
        return
    database = Database(path)
    library = Library(database)
    size = sum(file.stat().st_size for file in path.iterdir() if file.is_file())
    words = f"{path}: {counted(len(library.papers), 'paper')}, {counted(len(library.digests), 'digest')}"
    yield Finding("library", True, f"{words}, {size / 1e6:.1f} MB.")
    if not os.access(path, os.W_OK):
        yield Finding(
            "library", False, f"{path} is read-only: nothing can be decided. Change its permissions."
        )
    for damage in database.damaged.values():
        yield Finding(
            "library",
            False,
            f"{damage.path}, line {damage.line}: {damage.reason}. It is passed over and kept.",
        )
    lost = [paper.id for paper in library.papers.values() if not _readable(library, paper.id)]
    if lost:
        yield Finding(
            "abstracts", False, f"{counted(len(lost), 'abstract')} cannot be read, first of {lost[0]}."
        )
    else:
        yield Finding("abstracts", True, "each lies where its paper says.")
    acts = [stands for decision, stands in library.log() if decision.act is None]
    yield Finding("decisions", True, f"{counted(len(acts), 'decision')}, {acts.count(False)} taken back.")


def _readable(library: "Library", paper_id: str) -> bool:
    try:
        library.abstract(library.papers[paper_id])
    except PapertuiError:
        return False
    return True


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
        yield Finding("terminal", True, f"{words}.")
