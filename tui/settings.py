"""Where things live, and the user's config.toml: every key it may hold, and what to write instead."""

import difflib
import os
import tomllib
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
import platformdirs
from msgspec import Struct, field
from msgspec.structs import asdict, replace

from tui.errors import SettingsError, UsageError

if TYPE_CHECKING:
    from tui.papers.view import Views

_Place = TypeVar("_Place", bound=Struct)

CHOICES = {
    "advance": ("next-undecided", "next", "stay"),
    "glyphs": ("auto", "unicode", "ascii"),
}
#: what each key of config.toml is for, as `papertui config` prints it
KEYS = {
    "keymap": "default, vim, emacs, newsboat, arrows, or the path of your own",
    "theme": "papertui-night, papertui-day, or any of Textual's",
    "glyphs": "auto, unicode or ascii",
    "advance": "where a verdict steps: next-undecided, next or stay",
    "search": "where to look a title up: a web address with {title} in it",
    "keys": 'a table of your own keys: "paper.star" = "s,*"; a list of commands on a key is a macro',
    "views": "a table [[views]] for each view of your own, with name, query and, if you like, order",
}
#: what a view of the user's may say
VIEW_KEYS = ("name", "query", "order")


class Settings(Struct, frozen=True):
    """What config.toml says, or the defaults."""

    keymap: str = "default"
    theme: str = "papertui-night"
    glyphs: str = "auto"
    advance: str = "next-undecided"
    search: str = "https://scholar.google.com/scholar?q={title}"
    keys: Mapping[str, Any] = field(default_factory=dict)
    views: Sequence[Mapping[str, str]] = ()

    def all_views(self, *more: Mapping[str, str]) -> "Views":
        """The built-in views and the user's, with `more` behind them. Raises UsageError naming the view."""
        from tui.papers.view import own_views

        views = (*self.views, *more)
        return own_views((view["name"], view["query"], view.get("order", "digest")) for view in views)


def config_path() -> Path:
    """The user's config.toml; PAPERTUI_CONFIG overrides the usual place."""
    own = os.environ.get("PAPERTUI_CONFIG")
    if own:
        return at_home(own)
    return Path(platformdirs.user_config_dir("papertui", appauthor=False), "config.toml")


def library_path(chosen: str | None = None) -> Path:
    """The library asked for, else PAPERTUI_LIBRARY, else the usual place."""
    own = chosen or os.environ.get("PAPERTUI_LIBRARY")
    if own:
        return at_home(own).absolute()
    return Path(platformdirs.user_data_dir("papertui", appauthor=False), "library")


def at_home(path: str | Path) -> Path:
    """The path with its `~` replaced, where that is somebody's home."""
    try:
        return Path(path).expanduser()
    except RuntimeError:
        return Path(path)


def load_settings(path: Path | None = None) -> Settings:
    """The user's settings.

    Raises SettingsError naming file, key and remedy.
    """
    path = path or config_path()
    try:
        values = tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise SettingsError(
            f"{path}: cannot be read ({os.strerror(error.errno or 0).casefold()})."
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: this is not TOML, correct it there: {error}.") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: this is not UTF-8; save it as UTF-8.") from error
    for key, value in values.items():
        _check(path, key, value)
    settings = Settings(**values)
    if settings.views:
        try:
            settings.all_views()
        except UsageError as error:
            raise SettingsError(f"{path}: {error}") from error
    if settings.keymap.endswith(".toml"):  # a path counts from the file it stands in
        settings = replace(settings, keymap=str(path.parent / at_home(settings.keymap)))
    return settings


def _check(path: Path, key: str, value: object) -> None:
    known = Settings.__struct_fields__
    if key not in known:
        close = difflib.get_close_matches(key, known, 1)
        hint = f"did you mean “{close[0]}”?" if close else f"there are {', '.join(known)}."
        raise SettingsError(f"{path}: there is no setting “{key}”; {hint}")
    if key == "keys" and not isinstance(value, dict):
        raise SettingsError(f'{path}: “keys” must be a table: [keys], and below it "paper.star" = "s,*".')
    if key == "views":
        _check_views(path, value)
    elif key != "keys" and not isinstance(value, str):
        raise SettingsError(f"{path}: “{key}” must be a text in quotes: {KEYS[key]}.")
    if key in CHOICES and value not in CHOICES[key]:
        raise SettingsError(f"{path}: “{key}” cannot be “{value}”; choose {', '.join(CHOICES[key])}.")
    if key == "search" and not (str(value).startswith(("https://", "http://")) and "{title}" in str(value)):
        raise SettingsError(f"{path}: “search” must be a web address with {{title}} in it.")


def _check_views(path: Path, value: object) -> None:
    """That each is a table of texts with a name and a query; what they say is looked at later."""
    if not isinstance(value, list) or not all(isinstance(view, dict) for view in value):
        example = 'name = "ripe" and query = "is:later added:..2w"'
        raise SettingsError(f"{path}: “views” must be tables: [[views]], and below it {example}.")
    for number, view in enumerate(value, 1):
        called = f"view “{view['name']}”" if isinstance(view.get("name"), str) else f"view no. {number}"
        for key, text in view.items():
            if key not in VIEW_KEYS:
                raise SettingsError(
                    f"{path}: {called}: there is no “{key}”; a view has {_listed(VIEW_KEYS)}."
                )
            if not isinstance(text, str):
                raise SettingsError(f"{path}: {called}: its {key} must be a text in quotes.")
        for key in ("name", "query"):
            if key not in view:
                raise SettingsError(f'{path}: {called}: it has no {key}; write {key} = "…" below [[views]].')


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"


def place_path(library: Path) -> Path:
    """The file that says where the user stopped in this library."""
    name = f"{zlib.crc32(str(library).encode('utf-8', 'surrogateescape')):08x}"
    return Path(platformdirs.user_state_dir("papertui", appauthor=False), f"place-{name}.json")


def load_place(library: Path, beginning: _Place) -> _Place:
    """Where the user stopped in this library; the beginning where nothing readable says."""
    try:
        values = _read_json(place_path(library).read_bytes())
        kinds = {name: type(value) for name, value in asdict(beginning).items()}
        return replace(beginning, **{k: v for k, v in values.items() if isinstance(v, kinds.get(k, ()))})
    except (OSError, ValueError, AttributeError, TypeError, RecursionError):
        return beginning


def _read_json(data: bytes) -> Any:
    """The value; half a character, which a filter may hold, takes Python's own reader. Raises ValueError."""
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError):
        import json  # 4 ms that a start hardly ever needs

        return json.loads(data)


def save_place(library: Path, place: Struct) -> None:
    """Remember it; a place that cannot be kept is no reason to trouble anyone."""
    path = place_path(library)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
        import json  # which, unlike others, writes whatever was typed

        fresh.write_text(json.dumps(asdict(place)), "utf-8")
        fresh.replace(path)
    except OSError:
        return
