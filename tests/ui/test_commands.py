"""The table of commands is whole, and reading it costs no Textual."""

import subprocess
import sys

import pytest
from rich.cells import cell_len

from tui.ui.commands import BY_ID, COMMANDS, FOOTER, GROUPS, Command


def test_no_id_is_declared_twice():
    assert len(BY_ID) == len(COMMANDS)
    assert all(BY_ID[command.id] is command for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_command_has_words_for_the_key_line_and_help_for_its_column(command: Command):
    assert command.words
    assert len(command.words.split()) <= 2
    assert command.help
    assert not command.help.endswith(".")
    assert cell_len(command.help) <= 24


def test_words_and_help_name_one_command_each():
    """The palette shows them without their group."""
    assert len({command.words for command in COMMANDS}) == len(COMMANDS)
    assert len({command.help for command in COMMANDS}) == len(COMMANDS)


def test_the_groups_are_those_of_the_help_and_each_stands_together():
    assert GROUPS == ("decide", "take back", "move", "abstract", "many at once", "find", "papertui")
    order = [GROUPS.index(command.group) for command in COMMANDS]
    assert order == sorted(order)


def test_the_key_line_shows_known_commands_once_and_ends_with_help():
    assert set(FOOTER) <= set(BY_ID)
    assert len(set(FOOTER)) == len(FOOTER)
    words = " ".join(BY_ID[command_id].words for command_id in FOOTER)
    assert words == "star done later tag undo find cards note browse views export help"


@pytest.mark.parametrize("module", ["tui.ui.commands", "tui.keymap"])
def test_reading_commands_and_keymaps_imports_no_textual(module: str):
    code = f"import sys, {module}; print([name for name in sys.modules if name == 'textual'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
