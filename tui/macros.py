"""Several commands on one key: what a keymap may say of that, and what is refused with a sentence."""

from collections.abc import Iterator, Mapping
from typing import Any

from tui.errors import KeymapError
from tui.key_names import canonical, meant, shown, spellings
from tui.papers.text import clean
from tui.ui.commands import ACTS, BY_ID, LAST, MACROS, OTHER_ACTS, Macro

_FIELDS = ("does", "words")
_EXAMPLE = '["paper.star", "list.next_unread"]'


def is_key(written: str) -> bool:
    """Whether this is a key that a terminal program can have."""
    try:
        return bool(written) and bool(canonical(written))
    except ValueError:
        return False


def is_macro(name: str, value: object) -> bool:
    """Whether a line of a keymap is meant for a macro: a key, and a list of commands or a table with one."""
    if name in BY_ID or not isinstance(value, (list, dict)):
        return False
    listed = value if isinstance(value, list) else []
    return isinstance(value, dict) or is_key(name) or any(isinstance(v, str) and v in BY_ID for v in listed)


def is_table(value: Mapping[str, object]) -> bool:
    """Whether a table is that of a macro; others hold ids without their quotes."""
    return not value.keys().isdisjoint(_FIELDS)


def macro(name: str, value: object, source: str) -> Macro:
    """The macro of a key. Raises KeymapError, naming file, key and remedy."""
    try:
        key = canonical(name)
    except (ValueError, IndexError) as why:
        said = str(why) if name else "it has no name"
        raise KeymapError(f'{source}: the key "{name}" cannot have a macro: {said}.') from None
    here = f'{source}: "{name}"'
    table: Mapping[str, Any] = value if isinstance(value, dict) else {"does": value}
    for field in table:
        if field not in _FIELDS:
            raise KeymapError(f'{here} has "{field}"{meant(field, _FIELDS)}; a macro has "does" and "words".')
    does = _commands(table.get("does"), here)
    words = table.get("words", ", ".join(BY_ID[command].words for command in does))
    if not isinstance(words, str) or not (words := clean(words).strip()):
        raise KeymapError(f'{here}: "words" must be a few words in quotes, as "keep as before".')
    for fault in _faults(does):
        raise KeymapError(f"{here}: {fault}.")
    return Macro(shown(key), words, words, MACROS, spellings(key), does)


def _commands(listed: object, here: str) -> tuple[str, ...]:
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        wrong = "is missing" if listed is None else f"cannot be {listed!r}"
        raise KeymapError(f'{here}: "does" {wrong}; write a list of commands in quotes, as {_EXAMPLE}.')
    if not listed:
        raise KeymapError(f"{here} does nothing; write what it does, as {_EXAMPLE}, or leave it out.")
    for command in listed:
        if command not in BY_ID:
            near = meant(command, BY_ID)
            raise KeymapError(f'{here}: "{command}" is no command{near}; `papertui keys` lists them.')
    return tuple(listed)


def _faults(does: tuple[str, ...]) -> Iterator[str]:
    """Why these commands cannot be done in a row."""
    for command in does[:-1]:
        if command in LAST:
            yield f'"{command}" asks, shows something or leaves, so nothing can follow it; put it last'
    decided, before = False, ""
    for command in does:
        apart = command in OTHER_ACTS or (command in ACTS and before not in ACTS)
        if apart and decided:
            yield (
                f'"{command}" would be a decision of its own, but what one key does is taken back at once;'
                " put the acts side by side, or take it out"
            )
        decided, before = decided or apart, command
