"""The names of keys: as users write them, as Textual spells them, and which of them terminals can send.

What arrives for which key was tried out on Textual's parser of a terminal's bytes.
"""

import difflib
import string
import unicodedata
from collections.abc import Iterable

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


def canonical(written: str) -> str:
    """The key as Textual spells it; ValueError says why a terminal program cannot have it."""
    stem, _, last = written[:-1].rpartition("+")
    last = _NAME_OF.get(last + written[-1], last + written[-1])
    modifiers = set(stem.split("+")) if stem else set()
    if modifiers - {"alt", "ctrl", "shift"}:
        raise ValueError("only ctrl+, alt+ and shift+ reach a program in a terminal")
    if last not in _NAMES and not (len(last) == 1 and last.isprintable()):
        near = meant(last, _NAMES)
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
    return f"ctrl+{last}" if ctrl else f"{shown(last)} alone or not at all"


def spellings(key: str) -> tuple[str, ...]:
    """The key and its other names; a capital comes as `G` or, where no text is sent, `shift+g`."""
    if len(key) == 1 and key.isupper() and len(key.lower()) == 1:
        return key, f"shift+{key.lower()}"
    return key, *_TWINS.get(key, ())


def distinct(keys: Iterable[str]) -> list[str]:
    """The keys without the other spellings that `spellings` added."""
    keys = list(keys)
    twins = {twin for key in keys for twin in spellings(key)[1:]}
    return [key for key in keys if key not in twins]


def shown(key: str) -> str:
    """The key as a user reads it: `]`, `ctrl+/`."""
    stem, plus, last = key.rpartition("+")
    return stem + plus + _SIGNS.get(last, last)


def in_toml(keys: Iterable[str]) -> str:
    """Keys as they are written between the quotes of a keymap."""
    return ",".join(key if shown(key)[-1] in ',"\\' else shown(key) for key in keys)


def _is_letter(key: str) -> bool:
    return len(key) == 1 and key.isalpha()


def meant(word: str, known: Iterable[str]) -> str:
    """A question after the nearest of the known words; empty where none is near."""
    near = difflib.get_close_matches(word.lower(), list(known), 1)
    return f' (did you mean "{near[0]}"?)' if near else ""
