"""Which key does what: a keymap file, and the user's own keys over it, become one checked `Keymap`.

Textual passes over unknown commands, misspelt keys and clashes without a word; here each is refused
with a sentence. What arrives for which key was tried out on Textual's parser of a terminal's bytes.
"""

import difflib
import string
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from tui.errors import KeymapError
from tui.ui.commands import BY_ID

_SETTINGS = "config.toml"
_QUIT = ("app.quit", "app.quit_now")
_TEXTS = ("name", "description", "extends", "digits")
_RENAMED = {"solidus": "slash", "reverse_solidus": "backslash", "commercial_at": "at"}
_RENAMED |= {"hyphen_minus": "minus", "plus_sign": "plus", "low_line": "underscore"}
_JOINED = str.maketrans("- ", "__")
_UNICODE = {sign: unicodedata.name(sign).lower().translate(_JOINED) for sign in string.punctuation}
_NAME_OF = {sign: _RENAMED.get(name, name) for sign, name in _UNICODE.items()}
_SIGNS = {name: sign for sign, name in _NAME_OF.items()}
_FREE = {"up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete"}
# These arrive with any modifier; but Textual takes shift+f3 and its like for a cursor report.
_FREE |= {f"f{number}" for number in range(1, 13) if number != 3}
_NAMES = {*_SIGNS, *_FREE, "f3", "backspace", "enter", "escape", "space", "tab"}
_CTRL_SIGNS = {"at", "backslash", "circumflex_accent", "right_square_bracket", "slash", "space"}
_CTRL_SIGNS |= {"underscore"}
_ARRIVES_AS = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+h": "backspace"}
_ARRIVES_AS |= {"ctrl+left_square_bracket": "escape", "alt+backspace": "ctrl+w"}
_ARRIVES_AS |= {"alt+f": "ctrl+right", "alt+b": "ctrl+left", "alt+tab": "shift+tab"}
# One key to the user; older terminals send one of its names, those of the kitty protocol another.
_ONE_KEY = {"ctrl+at": "ctrl+space", "ctrl+underscore": "ctrl+slash"}
_TWINS = {"ctrl+space": ("ctrl+@",), "ctrl+slash": ("ctrl+underscore", "ctrl+shift+minus")}
_TWINS |= {"ctrl+circumflex_accent": ("ctrl+6", "ctrl+shift+6")}


@dataclass(frozen=True, slots=True)
class Keymap:
    """Every command there is with its keys, as Textual spells them.

    A key that terminals report under several names stands in `keys` under each of them, the one
    to show first. `own` are the commands whose keys the user's own settings changed.
    """

    name: str
    description: str
    digits: Literal["counts", "views"]
    keys: Mapping[str, tuple[str, ...]]
    own: frozenset[str] = frozenset()

    def keys_of(self, command_id: str) -> tuple[str, ...]:
        """The command's keys as a user reads them: `G`, `]`, `,`, `ctrl+r`, `space`."""
        return tuple(_shown(key) for key in _distinct(self.keys[command_id]))

    def textual_keymap(self) -> dict[str, str]:
        """For `App.set_keymap`; a command without keys gets its `no_key`, as "" unbinds nothing."""
        return {
            command_id: ",".join(keys) or BY_ID[command_id].no_key for command_id, keys in self.keys.items()
        }


def shipped() -> list[str]:
    """The names of the keymaps that come with papertui, `default` first."""
    found = (Path(file.name) for file in files("tui.keymaps").iterdir())
    names = (file.stem for file in found if file.suffix == ".toml")
    return sorted(names, key=lambda name: (name != "default", name))


def load_keymap(name: str, own: Mapping[str, object] = MappingProxyType({})) -> Keymap:
    """The shipped keymap of that name, or the one in that .toml file, under the user's `own` keys.

    Raises KeymapError, naming file, command and remedy, where it would not work as written.
    """
    head, base = _load(name)
    keys = _overlay(base, own, _SETTINGS)
    changed = frozenset(key for key in keys if keys[key] != base.get(key, ()))
    if not any(keys.get(command_id) for command_id in _QUIT):
        source = _SETTINGS if changed.intersection(_QUIT) else name
        raise KeymapError(
            f'{source}: no key is left to quit with; give one to "app.quit" or "app.quit_now",'
            ' for instance "app.quit" = "q".'
        )
    every = MappingProxyType({command_id: keys.get(command_id, ()) for command_id in BY_ID})
    return Keymap(head["name"], head["description"], head["digits"], every, changed)


def _load(name: str) -> tuple[dict[str, Any], dict[str, tuple[str, ...]]]:
    """The head of the keymap file, checked, and its keys over those of the one it extends."""
    file: Traversable = Path(name).expanduser()
    if not name.endswith(".toml"):
        if name not in shipped():
            raise KeymapError(
                f'There is no keymap "{name}"{_meant(name, shipped())}; choose one of'
                f" {', '.join(shipped())}, or give the path of a .toml file."
            )
        file, name = files("tui.keymaps") / f"{name}.toml", f"{name}.toml"
    head = _parse(file, name)
    keys = head.pop("keys", {})
    _check_head(head, name)
    if not isinstance(keys, dict):
        raise KeymapError(f'{name}: "keys" must be a table: [keys], and below it "app.quit" = "q".')
    base = {} if head["extends"] == "nothing" else _load(head["extends"])[1]
    return head, _overlay(base, keys, name)


def _parse(file: Traversable, source: str) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise KeymapError(f"{source}: this is not TOML, correct it there: {error}.") from error
    except UnicodeDecodeError as error:
        raise KeymapError(f"{source}: this is not UTF-8; save it as UTF-8.") from error
    except OSError as error:
        raise KeymapError(f"{source} cannot be read: {error.strerror}; check its path.") from error


def _check_head(head: Mapping[str, object], source: str) -> None:
    for field in head:
        if field not in _TEXTS:
            hint = "; commands stand below [keys]" if field in BY_ID else _meant(field, _TEXTS)
            raise KeymapError(
                f'{source}: unknown "{field}"{hint}. A keymap has {", ".join(_TEXTS)} and [keys].'
            )
    choices = {"extends": ["nothing", *shipped()], "digits": ["counts", "views"]}
    for field in _TEXTS:
        value, allowed = head.get(field), choices.get(field)
        if not isinstance(value, str) or not value or (allowed and value not in allowed):
            wrong = f"cannot be {value!r}" if field in head else "is missing"
            remedy = f"one of {', '.join(allowed)}" if allowed else "some words"
            raise KeymapError(f'{source}: "{field}" {wrong}; write {remedy}, in quotes.')


def _overlay(
    base: Mapping[str, tuple[str, ...]], table: Mapping[str, object], source: str
) -> dict[str, tuple[str, ...]]:
    """The base with the table's keys over it; a key that two commands now have is refused."""
    new = {command_id: _keys(command_id, value, source) for command_id, value in _flat(table)}
    keys = {**base, **new}
    holder: dict[str, str] = {}
    for command_id in sorted(keys, key=new.__contains__):
        for key in keys[command_id]:
            other = holder.setdefault(key, command_id)
            if other != command_id:
                rest = [k for k in _distinct(keys[other]) if k not in keys[command_id]]
                remedy = f'say what "{other}" has instead: "{other}" = "{_in_toml(rest)}"'
                raise KeymapError(
                    f'{source}: {_shown(key)} would be the key of both "{other}" and "{command_id}";'
                    f" {'leave it to one of them' if other in new else remedy}."
                )
    return keys


def _flat(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    """Ids and values; to TOML an id without its quotes is a table in a table."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value


def _keys(command_id: str, value: object, source: str) -> tuple[str, ...]:
    """The keys in a keymap's value, every spelling of each."""
    here = f'{source}: "{command_id}"'
    texts: list[Any] = value if isinstance(value, list) else [value]
    if not all(isinstance(text, str) for text in texts):
        raise KeymapError(f'{here} must be keys in quotes, as "l,f" or ["l", "f"], not {value!r}.')
    written = [key.strip() for key in ",".join(texts).split(",")]
    commands = [key for key in written if key in BY_ID]
    if len(commands) > 1:
        raise KeymapError(f"{here}: one key for several commands is not possible yet; give each its own.")
    if commands:
        raise KeymapError(
            f'{here}: "{commands[0]}" is a command, no key; the command stands on the left,'
            f' its keys on the right: "{commands[0]}" = "x".'
        )
    if command_id not in BY_ID:
        raise KeymapError(f"{here} is no command{_meant(command_id, BY_ID)}; `papertui keys` lists them.")
    if written == [""]:
        return ()
    if "" in written:
        raise KeymapError(f"{here}: commas part the keys of a list; write the key itself as comma.")
    found: dict[str, None] = {}
    for key in written:
        try:
            found |= dict.fromkeys(_spellings(_canonical(key)))
        except ValueError as why:
            raise KeymapError(f'{here} cannot have the key "{key}": {why}.') from None
    return tuple(found)


def _canonical(written: str) -> str:
    """The key as Textual spells it; ValueError says why a terminal program cannot have it."""
    stem, _, last = written[:-1].rpartition("+")
    last = _NAME_OF.get(last + written[-1], last + written[-1])
    modifiers = set(stem.split("+")) if stem else set()
    if modifiers - {"alt", "ctrl", "shift"}:
        raise ValueError("only ctrl+, alt+ and shift+ reach a program in a terminal")
    if last not in _NAMES and not (len(last) == 1 and last.isprintable()):
        near = _meant(last, _NAMES)
        raise ValueError(f"there is no such key{near}; write it like x, G, ctrl+r, f1 or pagedown")
    if last.isdecimal() and not modifiers:
        raise ValueError("digits are for counts and views, so take another key")
    if modifiers == {"shift"} and _is_letter(last):
        modifiers, last = set(), last.upper()
    elif modifiers and _is_letter(last) and last.isupper():
        modifiers, last = modifiers | {"shift"}, last.lower()
    key = "+".join([*sorted(modifiers), last])
    if arrives := _arrives_as(key, modifiers, last):
        raise ValueError(f"terminals send it as {arrives}, so write that or another key")
    return _ONE_KEY.get(key, key)


def _arrives_as(key: str, modifiers: set[str], last: str) -> str:
    """What reaches us instead of the key on terminals in wide use; empty where it does itself."""
    letter = _is_letter(last)
    ctrl = "ctrl" in modifiers and (last in _CTRL_SIGNS or (letter and last.isascii()))
    itself = not modifiers or last in _FREE or key == "shift+tab" or (ctrl and len(modifiers) == 1)
    if key in _ARRIVES_AS or itself or (letter and "alt" in modifiers and "ctrl" not in modifiers):
        return _ARRIVES_AS.get(key, "")
    if modifiers == {"alt"} and last.isdecimal():
        return "another character, such as ¡ or ∞"
    if modifiers == {"shift"} and (last in _SIGNS or last.isdecimal()):
        return "the sign that shift makes of it"
    return f"ctrl+{last}" if ctrl else f"{_shown(last)} alone or not at all"


def _spellings(key: str) -> tuple[str, ...]:
    """The key and its other names; a capital comes as `G` or, where no text is sent, `shift+g`."""
    if len(key) == 1 and key.isupper() and len(key.lower()) == 1:
        return key, f"shift+{key.lower()}"
    return key, *_TWINS.get(key, ())


def _distinct(keys: Iterable[str]) -> list[str]:
    """The keys without the other spellings that `_spellings` added."""
    keys = list(keys)
    twins = {twin for key in keys for twin in _spellings(key)[1:]}
    return [key for key in keys if key not in twins]


def _shown(key: str) -> str:
    stem, plus, last = key.rpartition("+")
    return stem + plus + _SIGNS.get(last, last)


def _in_toml(keys: Iterable[str]) -> str:
    return ",".join(key if _shown(key)[-1] in ',"\\' else _shown(key) for key in keys)


def _is_letter(key: str) -> bool:
    return len(key) == 1 and key.isalpha()


def _meant(word: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(word.lower(), list(known), 1)
    return f' (did you mean "{near[0]}"?)' if near else ""
