"""Who holds a lock, as the system tells."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tui.errors import LibraryBusy
from tui.store.holder import busy, called, holder
from tui.store.json_lines import JsonLinesStorage
from tui.store.turn import Turn

if sys.platform != "linux":
    pytest.skip("nothing tells who holds a lock here", allow_module_level=True)

#: takes a library's turn and keeps it until its stdin closes
HOLD = """
import sys
from pathlib import Path
sys.path[0] = sys.argv[2]
from tui.store.json_lines import JsonLinesStorage
from tui.store.turn import Turn
storage = JsonLinesStorage(Path(sys.argv[4]))
storage.turn.take(5)
print("held", flush=True)
sys.stdin.read()
"""


def test_nobody_holds_what_is_free(path: Path) -> None:
    """Nor what is not there."""
    assert holder(path / "lock") is None
    storage = JsonLinesStorage(path)
    storage.turn.take(5)
    assert holder(path / "lock") == os.getpid()
    storage.turn.give()
    assert holder(path / "lock") is None


def test_a_papertui_is_named_with_its_verb(path: Path, tmp_path: Path) -> None:
    """And with its process, but with nothing else of what it was called with."""
    program = tmp_path / "papertui"
    program.write_text(HOLD)
    root = str(Path(__file__).parents[2])
    command = [sys.executable, str(program), "import", root, "--library", str(path), "secret"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdin
        assert process.stdout.readline() == "held\n"
        with pytest.raises(LibraryBusy) as error:
            Turn(path).take(0)
        process.stdin.close()
    words = f"`papertui import` (process {process.pid}) is writing; nothing was changed. Try again."
    assert str(error.value) == f"{path}: {words}"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["/usr/bin/papertui", "import", "dumps"], "papertui import"),
        (["/usr/bin/python3", "/home/me/.local/bin/papertui", "mark", "x"], "papertui mark"),
        (["python3", "-m", "tui.cli", "--library", "mine", "undo"], "papertui undo"),
        (["papertui"], "papertui"),
        (["papertui", "--query", "private"], "papertui"),
        (["papertui", "dumps/nov-18.txt"], "papertui"),
        (["papertui", "\x1b[31m"], "papertui"),
        (["vim", "papertui"], None),
        (["/usr/bin/rsync", "-a", "papertui"], None),
        ([], None),
    ],
)
def test_what_a_call_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words, name) -> None:
    """Program and verb; what is private, or would change a terminal, is left out."""
    monkeypatch.setattr("tui.store.holder._PROCESSES", tmp_path)
    (tmp_path / "4711").mkdir()
    (tmp_path / "4711" / "cmdline").write_bytes("".join(f"{word}\0" for word in words).encode())
    assert called(4711) == name
    assert called(4712) is None


def test_where_nothing_tells(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is another papertui."""
    monkeypatch.setattr("tui.store.holder._LOCKS", path / "nothing")
    assert busy(path / "lock") == f"{path}: another papertui is writing; nothing was changed. Try again."
