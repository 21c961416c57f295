"""One at a time: threads, other processes, and whoever takes it twice."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tui.errors import LibraryBusy, LibraryError
from tui.store.turn import Turn

HOLD = """
import sys
from pathlib import Path
from tui.store.turn import Turn
turn = Turn(Path(sys.argv[1]))
turn.take(5)
print("mine", flush=True)
sys.stdin.read()
"""


def comes(turn: Turn, wait: float = 0) -> bool:
    """Whether the turn can be had within so many seconds."""
    try:
        turn.take(wait)
    except LibraryBusy:
        return False
    return True


def held_elsewhere(directory: Path) -> "subprocess.Popen[str]":
    """Another process that has the turn until its stdin ends."""
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, directory], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "mine\n"
    return other


def test_another_process_is_waited_for_and_no_longer_than_asked(tmp_path: Path) -> None:
    """While it has the turn nobody else gets it; when it gives it, whoever waits does."""
    with held_elsewhere(tmp_path) as other:
        turn = Turn(tmp_path)
        assert not comes(turn)
        assert not comes(turn, 0.05)
        assert other.stdin is not None
        other.stdin.close()
        assert comes(turn, 20)


def test_a_turn_ends_with_its_process(tmp_path: Path) -> None:
    """Killed, the other has given it."""
    with held_elsewhere(tmp_path) as other:
        other.kill()
        other.wait()
        assert comes(Turn(tmp_path), 20)


def test_a_second_turn_of_the_same_process_waits_too(tmp_path: Path) -> None:
    """Two libraries opened in one process, or two threads, do not write at once."""
    one, two = Turn(tmp_path), Turn(tmp_path)
    one.take(0)
    assert not comes(two)
    found: list[bool] = []
    thread = threading.Thread(target=lambda: found.append(comes(one)))
    thread.start()
    thread.join()
    assert found == [False]
    one.give()
    assert comes(two)


def test_taken_twice_it_is_given_twice(tmp_path: Path) -> None:
    """Only the last giving lets others have it."""
    one, two = Turn(tmp_path), Turn(tmp_path)
    with one.taken(0), one.taken(0):
        pass
    with one.taken(0):
        with one.taken(0):
            pass
        assert not comes(two)
    assert comes(two)


def test_a_lock_put_elsewhere_is_no_lock(tmp_path: Path) -> None:
    """Whoever locked a file that then made way for another does not have the turn of that one."""
    one, two = Turn(tmp_path), Turn(tmp_path)
    one.take(0)
    (tmp_path / "lock").rename(tmp_path / "away")
    assert comes(two)
    assert not comes(Turn(tmp_path))


def test_a_folder_is_made_for_the_first_turn(tmp_path: Path) -> None:
    """Private, with all that is missing above it."""
    Turn(tmp_path / "a" / "b").take(0)
    assert (tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
@pytest.mark.parametrize("what", ["pipe", "link"])
def test_something_else_in_its_place_is_refused(tmp_path: Path, what: str) -> None:
    """A pipe or a link is not waited for, and nothing is made through it."""
    if what == "pipe":
        os.mkfifo(tmp_path / "lock")
    else:
        (tmp_path / "lock").symlink_to(tmp_path / "far")
    with pytest.raises(LibraryError, match="nothing was changed"):
        Turn(tmp_path).take(0)
    assert not (tmp_path / "far").exists()
