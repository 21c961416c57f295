"""One at a time: threads, other processes, and whoever takes it twice."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tui.store.turn import Turn

HOLD = """
import sys
from pathlib import Path
from tui.store.turn import Turn
turn = Turn(Path(sys.argv[1]))
assert turn.take(5)
print("mine", flush=True)
sys.stdin.read()
"""


def held_elsewhere(lock: Path) -> "subprocess.Popen[str]":
    """Another process that has the turn until its stdin ends."""
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, lock], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "mine\n"
    return other


def test_another_process_is_waited_for_and_no_longer_than_asked(tmp_path: Path) -> None:
    """While it holds the turn nobody else gets it; when it gives it, whoever waits does."""
    lock = tmp_path / "lock"
    with held_elsewhere(lock) as other:
        turn = Turn(lock)
        assert not turn.take(0)
        assert not turn.take(0.05)
        assert other.stdin is not None
        other.stdin.close()
        assert turn.take(20)
    turn.give()


def test_a_turn_ends_with_its_process(tmp_path: Path) -> None:
    """Killed, the other has given it."""
    lock = tmp_path / "lock"
    with held_elsewhere(lock) as other:
        other.kill()
        other.wait()
        assert Turn(lock).take(20)


def test_a_second_turn_of_the_same_process_waits_too(tmp_path: Path) -> None:
    """Two libraries opened in one process, or two threads, do not write at once."""
    one, two = Turn(tmp_path / "lock"), Turn(tmp_path / "lock")
    assert one.take(0)
    assert not two.take(0)
    found: list[bool] = []
    thread = threading.Thread(target=lambda: found.append(one.take(0)))
    thread.start()
    thread.join()
    assert found == [False]
    one.give()
    assert two.take(0)


def test_taken_twice_it_is_given_twice(tmp_path: Path) -> None:
    """Only the last giving lets others have it."""
    one, two = Turn(tmp_path / "lock"), Turn(tmp_path / "lock")
    assert one.take(0)
    assert one.take(0)
    one.give()
    assert not two.take(0)
    one.give()
    assert two.take(0)


def test_a_lock_put_elsewhere_is_no_lock(tmp_path: Path) -> None:
    """Whoever locked a file that then made way for another does not have the turn of that one."""
    lock = tmp_path / "lock"
    one, two = Turn(lock), Turn(lock)
    assert one.take(0)
    lock.rename(tmp_path / "away")
    assert two.take(0)
    assert not Turn(lock).take(0)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_something_else_in_its_place_is_refused(tmp_path: Path) -> None:
    """A pipe or a link is not waited for, and nothing is made through it."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "far")
    for name in ("pipe", "link"):
        with pytest.raises(OSError, match=name):
            Turn(tmp_path / name).take(0)
    assert not (tmp_path / "far").exists()
