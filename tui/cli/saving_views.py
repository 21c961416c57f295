"""Views of the user's own, added to the end of config.toml as one would by hand: nothing else in it changes.

A table at the end always means the same and leaves comments and layout alone to the letter.
"""

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli.writing import write_file
from tui.errors import ExportError, SettingsError
from tui.exports.json_lines import encode_json
from tui.settings import load_settings

if TYPE_CHECKING:
    from tui.papers.view import Views


def save_view(path: Path, name: str, query: str, order: str) -> "Views":
    """Add a view to the settings in this file, and return all there are then.

    The file is replaced in one step; it is made, and its folder, where there is none. Raises UsageError
    for a view that cannot be, SettingsError for a file that cannot be read or added to, ExportError for
    one that cannot be written; the file is then as it was.
    """
    view = {"name": name, "query": query} | ({"order": order} if order != "digest" else {})
    views = load_settings(path).all_views(view)
    fresh = _with_view(_text(path), view)
    if fresh is None:
        raise SettingsError(
            f"{path}: the view “{name}” was not kept: only a file that has its views as [[views]] tables "
            "can be added to. Write it there yourself."
        )
    _make_folder(path.parent)
    write_file(path, fresh, private=True)
    return views


def _text(path: Path) -> str:
    """What the file holds, line ends and all."""
    try:
        return path.read_bytes().decode()
    except FileNotFoundError:
        return ""


def _with_view(text: str, view: dict[str, str]) -> str | None:
    """The text with a table for the view at its end; None where that is no TOML."""
    line_end = "\r\n" if "\r\n" in text else "\n"
    before = text + (line_end if text and not text.endswith("\n") else "")
    gap = line_end if before.strip() and not before.endswith(line_end * 2) else ""
    table = ["[[views]]", *(f"{key} = {_quoted(said)}" for key, said in view.items())]
    fresh = before + gap + "".join(line + line_end for line in table)
    try:
        tomllib.loads(fresh.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError:
        return None
    return fresh


def _quoted(text: str) -> str:
    """The text as TOML, in single quotes where it holds phrases: those read best as they are typed."""
    is_plain = '"' in text and "'" not in text and text.isprintable()
    return f"'{text}'" if is_plain else encode_json(text)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(f"{folder}: this folder cannot be made; the view was not kept.") from error
