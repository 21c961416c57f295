"""Running a program on the terminal, which is its own until it ends."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from tui.errors import EditorError


def run_here(command: Sequence[str]) -> int:
    """Run a program on the terminal and wait for it; its exit code, below 0 where a signal ended it.

    What is typed to interrupt it is for it alone. Raises EditorError where it cannot be run.
    """
    try:
        if sys.platform == "win32":
            return subprocess.run(command, check=False).returncode
        with _deaf():
            return _waited_for(_begun(command))
    except OSError as error:
        raise EditorError(f"{command[0]}: {os.strerror(error.errno or 0).casefold()}.") from error


def _begun(command: Sequence[str]) -> int:
    """Start it with the signals as a shell leaves them; papertui draws on stderr, so that is the terminal."""
    return os.posix_spawnp(
        command[0],
        [*command],
        os.environ,
        file_actions=[(os.POSIX_SPAWN_DUP2, 2, 1)],
        setsigdef=[signal.SIGINT, signal.SIGQUIT, signal.SIGPIPE],
    )


def _waited_for(process: int) -> int:
    _, status = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(status)


@contextmanager
def _deaf() -> Iterator[None]:
    """ctrl+c and ctrl+\\ reach whoever has the terminal; papertui, waiting, must not end by them."""
    heard = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGQUIT)}
    for number in heard:
        signal.signal(number, signal.SIG_IGN)
    try:
        yield
    finally:
        for number, handler in heard.items():
            signal.signal(number, handler)
