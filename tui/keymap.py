"""Which key does what: a keymap file, and the user's own keys over it, become one checked `Keymap`.

Textual passes over unknown commands, misspelt keys and clashes without a word; here each is refused
with a sentence.
"""

import tomllib
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from msgspec import Struct, field

from tui.errors import KeymapError
from tui.key_names import canonical, distinct, in_toml, meant, shown, spellings
from tui.macros import is_key, is_macro, is_table, macro
from tui.ui.commands import BY_ID, Macro

#: where those that come with papertui lie; importlib.resources, which also looks into archives, takes 3 ms
_SHIPPED = Path(import_module("tui.keymaps").__path__[0])
_SETTINGS = "config.toml"
_QUIT = ("app.quit", "app.quit_now")
_TEXTS = ("name", "description", "extends", "digits")


class Keymap(Struct, frozen=True):
    """Every command there is with its keys, as Textual spells them.

    A key that terminals report under several names stands in `keys` under each of them, the one
    to show first. `macros` have the key they are on for an id. `own` are the commands and macros whose
    keys the user's own settings changed.
    """

    name: str
    description: str
    digits: Literal["counts", "views"]
    keys: Mapping[str, tuple[str, ...]]
    own: frozenset[str] = frozenset()
    macros: Mapping[str, Macro] = field(default_factory=dict)

    def keys_of(self, command_id: str) -> tuple[str, ...]:
        """The keys of a command or macro as a user reads them: `G`, `]`, `,`, `ctrl+r`, `space`."""
        macro = self.macros.get(command_id)
        return tuple(shown(key) for key in distinct(macro.keys if macro else self.keys[command_id]))

    def textual_keymap(self) -> dict[str, str]:
        """For `App.set_keymap`; a command without keys gets its `no_key`, as "" unbinds nothing."""
        keys = {name: ",".join(keys) or BY_ID[name].no_key for name, keys in self.keys.items()}
        return keys | {macro.id: ",".join(macro.keys) for macro in self.macros.values()}


class _Bound(Struct, frozen=True):
    """What a keymap binds so far."""

    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    macros: Mapping[str, Macro] = field(default_factory=dict)

    @property
    def all(self) -> dict[str, tuple[str, ...]]:
        """The keys of commands and macros by id."""
        return {**self.keys, **{name: macro.keys for name, macro in self.macros.items()}}


def shipped() -> list[str]:
    """The names of the keymaps that come with papertui, `default` first."""
    names = (file.stem for file in _SHIPPED.iterdir() if file.suffix == ".toml")
    return sorted(names, key=lambda name: (name != "default", name))


def load_keymap(name: str, own: Mapping[str, object] = MappingProxyType({})) -> Keymap:
    """The shipped keymap of that name, or the one in that .toml file, under the user's `own` keys.

    Raises KeymapError, naming file, command and remedy, where it would not work as written.
    """
    head, base = _load(name)
    bound = _overlay(base, own, _SETTINGS)
    keys = bound.keys
    changed = {command_id for command_id in keys if keys[command_id] != base.keys.get(command_id, ())}
    changed |= {key for key, macro in bound.macros.items() if macro != base.macros.get(key)}
    if not any(keys.get(command_id) for command_id in _QUIT):
        source = _SETTINGS if changed.intersection(_QUIT) else name
        raise KeymapError(
            f'{source}: no key is left to quit with; give one to "app.quit" or "app.quit_now",'
            ' for instance "app.quit" = "q".'
        )
    every = MappingProxyType({command_id: keys.get(command_id, ()) for command_id in BY_ID})
    macros = MappingProxyType(dict(bound.macros))
    return Keymap(head["name"], head["description"], head["digits"], every, frozenset(changed), macros)


def _load(name: str) -> tuple[dict[str, Any], _Bound]:
    """The head of the keymap file, checked, and its keys over those of the one it extends."""
    file = Path(name).expanduser()
    if not name.endswith(".toml"):
        if name not in shipped():
            raise KeymapError(
                f'There is no keymap "{name}"{meant(name, shipped())}; choose one of'
                f" {', '.join(shipped())}, or give the path of a .toml file."
            )
        file, name = _SHIPPED / f"{name}.toml", f"{name}.toml"
    head = _parse(file, name)
    keys = head.pop("keys", {})
    _check_head(head, name)
    if not isinstance(keys, dict):
        raise KeymapError(f'{name}: "keys" must be a table: [keys], and below it "app.quit" = "q".')
    base = _Bound() if head["extends"] == "nothing" else _load(head["extends"])[1]
    return head, _overlay(base, keys, name)


def _parse(file: Path, source: str) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_bytes().decode().removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise KeymapError(f"{source}: this is not TOML, correct it there: {error}.") from error
    except UnicodeDecodeError as error:
        raise KeymapError(f"{source}: this is not UTF-8; save it as UTF-8.") from error
    except OSError as error:
        raise KeymapError(f"{source} cannot be read: {error.strerror}; check its path.") from error


def _check_head(head: Mapping[str, object], source: str) -> None:
    for name in head:
        if name not in _TEXTS:
            hint = "; commands stand below [keys]" if name in BY_ID else meant(name, _TEXTS)
            raise KeymapError(
                f'{source}: unknown "{name}"{hint}. A keymap has {", ".join(_TEXTS)} and [keys].'
            )
    choices = {"extends": ["nothing", *shipped()], "digits": ["counts", "views"]}
    for name in _TEXTS:
        value, allowed = head.get(name), choices.get(name)
        if not isinstance(value, str) or not value or (allowed and value not in allowed):
            wrong = f"cannot be {value!r}" if name in head else "is missing"
            remedy = f"one of {', '.join(allowed)}" if allowed else "some words"
            raise KeymapError(f'{source}: "{name}" {wrong}; write {remedy}, in quotes.')


def _overlay(base: _Bound, table: Mapping[str, object], source: str) -> _Bound:
    """The base with the table's keys over it; a key that two of them now have is refused."""
    new: dict[str, tuple[str, ...]] = {}
    macros = dict(base.macros)
    for name, value in _flat(table):
        if is_macro(name, value):
            made = macro(name, value, source)
            if made.id in new:
                raise KeymapError(f"{source}: {made.id} has two macros; leave it to one of them.")
            macros[made.id], new[made.id] = made, made.keys
        elif value == "" and name not in BY_ID and is_key(name) and shown(canonical(name)) in macros:
            del macros[shown(canonical(name))]
        else:
            new[name] = _keys(name, value, source)
    bound = _Bound({**base.keys, **{name: new[name] for name in new if name in BY_ID}}, macros)
    _refuse_clashes(bound, new, source)
    return bound


def _refuse_clashes(bound: _Bound, new: Mapping[str, object], source: str) -> None:
    keys = bound.all
    holder: dict[str, str] = {}
    for name in sorted(keys, key=new.__contains__):
        for key in keys[name]:
            other = holder.setdefault(key, name)
            if other != name:
                both = " and ".join(_named(each, bound) for each in (other, name))
                remedy = _remedy(other, bound, keys[name])
                raise KeymapError(
                    f"{source}: {shown(key)} would be the key of both {both};"
                    f" {'leave it to one of them' if other in new else remedy}."
                )


def _named(name: str, bound: _Bound) -> str:
    macro = bound.macros.get(name)
    return f"the macro “{macro.words}”" if macro else f'"{name}"'


def _remedy(other: str, bound: _Bound, taken: tuple[str, ...]) -> str:
    """What to write so that another command or macro lets go of its key."""
    if other in bound.macros:
        return f'take the macro off it: "{in_toml([other])}" = ""'
    rest = [key for key in distinct(bound.keys[other]) if key not in taken]
    return f'say what "{other}" has instead: "{other}" = "{in_toml(rest)}"'


def _flat(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    """Names and values; to TOML an id without its quotes is a table in a table."""
    for name, value in table.items():
        if isinstance(value, dict) and not is_table(value):
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
    if len(commands) > 1 and command_id not in BY_ID:
        listed = ", ".join(f'"{command}"' for command in commands)
        raise KeymapError(f'{here}: several commands on one key are a list: "{command_id}" = [{listed}].')
    if commands:
        raise KeymapError(
            f'{here}: "{commands[0]}" is a command, no key; the command stands on the left,'
            f' its keys on the right: "{commands[0]}" = "x".'
        )
    if command_id not in BY_ID:
        raise KeymapError(f"{here} is no command{meant(command_id, BY_ID)}; `papertui keys` lists them.")
    if written == [""]:
        return ()
    if "" in written:
        raise KeymapError(f"{here}: commas part the keys of a list; write the key itself as comma.")
    found: dict[str, None] = {}
    for key in written:
        try:
            found |= dict.fromkeys(spellings(canonical(key)))
        except ValueError as why:
            raise KeymapError(f'{here} cannot have the key "{key}": {why}.') from None
    return tuple(found)
