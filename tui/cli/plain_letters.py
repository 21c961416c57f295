"""The letters of plain triage: those of the keymap in force, and others for what it has no letter for."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.keymap import Keymap

#: what a letter can ask for here, in the order of the help; those that take words stand first on a line
VERDICTS = ("paper.star", "paper.done", "paper.later", "paper.read")
WORDED = ("paper.tag", "paper.note")
COMMANDS = (
    *VERDICTS,
    *WORDED,
    *("history.undo", "history.redo", "list.down", "list.up"),
    *("list.next_unread", "paper.browse", "app.help", "app.quit"),
)
#: the letters of commands that have none in the keymap in force
_ELSE = {
    "paper.star": "s",
    "paper.done": "d",
    "paper.later": "l",
    "paper.read": "r",
    "paper.tag": "t",
    "paper.note": "m",
    "history.undo": "u",
    "history.redo": "Z",
    "list.down": "j",
    "list.up": "k",
    "list.next_unread": "n",
    "paper.browse": "o",
    "app.help": "?",
    "app.quit": "q",
}


def letters_of(keymap: "Keymap") -> dict[str, str]:
    """The command of each letter: the keymap's keys of one character, and others for what has none."""
    found = {
        key: command_id for command_id in COMMANDS for key in keymap.keys_of(command_id) if len(key) == 1
    }
    for command_id, letter in _ELSE.items():
        if command_id not in found.values():
            free = next(c for c in (letter, letter.swapcase(), *"123456789") if c not in found)
            found[free] = command_id
    return found
