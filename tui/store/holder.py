"""Who holds a library's lock, as far as the system tells: Linux does, in /proc."""

import os
import re
from pathlib import Path

_LOCKS, _PROCESSES = Path("/proc/locks"), Path("/proc")
#: proc(5): "1: FLOCK  ADVISORY  WRITE 4711 fe:00:2180620 0 EOF"; one that waits has an arrow before its kind
_HELD = re.compile(r"\d+: (?:FLOCK|POSIX|OFDLCK)\s+\S+\s+WRITE\s+(\d+)\s+(\w+):(\w+):(\d+) ")
_VERB = re.compile(r"[a-z]{2,12}")


def holder(lock: Path) -> int | None:
    """The process that holds this lock file; None where nobody does, or nothing tells."""
    try:
        status, lines = lock.stat(), _LOCKS.read_text("ascii", "replace").splitlines()
    except OSError:
        return None
    place = os.major(status.st_dev), os.minor(status.st_dev), status.st_ino
    for line in lines:
        match = _HELD.match(line)
        if match and (int(match[2], 16), int(match[3], 16), int(match[4])) == place:
            return int(match[1]) or None  # 0 is a process that cannot be seen from here
    return None


def called(process: int) -> str | None:
    """What the process was called as, "papertui import"; None for one that is no papertui.

    Program and verb alone: what else stands in a call may be private.
    """
    try:
        line = (_PROCESSES / str(process) / "cmdline").read_bytes()
    except OSError:
        return None
    rest = _after_name(line.decode("utf-8", "replace").split("\0")[:-1])
    if rest is None:
        return None
    if rest[:1] == ["--library"]:
        rest = rest[2:]
    verb = rest[0] if rest and _VERB.fullmatch(rest[0]) else ""
    return f"papertui {verb}".rstrip()


def _after_name(words: list[str]) -> list[str] | None:
    """What follows `papertui`, `python papertui` or `python -m tui.cli`; None where it is none of these."""
    names = [Path(word).name for word in words[:2]]
    if names and names[0].startswith("python"):
        if words[1:3] == ["-m", "tui.cli"]:
            return words[3:]
        words, names = words[1:], names[1:]
    return words[1:] if names[:1] == ["papertui"] else None


def busy(lock: Path) -> str:
    """The sentence for a lock that was not got in time."""
    process = holder(lock)
    name = called(process) if process else None
    if name:
        return f"{lock.parent}: `{name}` (process {process}) is writing; nothing was changed. Try again."
    where = f", or look what process {process} does" if process and process != os.getpid() else ""
    return f"{lock.parent}: another papertui is writing; nothing was changed. Try again{where}."
