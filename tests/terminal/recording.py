"""What passed over a terminal, to be looked at again: every key, every byte drawn, and when.

The format is asciicast v2 (docs.asciinema.org/manual/asciicast/v2): a line of JSON with the size, then
a line [seconds, "i" or "o", text] for each key and each piece of output. Any asciinema player shows it.
"""

import codecs
import json
import time
from pathlib import Path
from typing import Any

from pty_terminal import KEYS, Terminal

#: bytes that terminals send for keys that `Terminal.send` has no name for
_SENT = {
    "pagedown": b"\x1b[6~",
    "pageup": b"\x1b[5~",
    "home": b"\x1b[H",
    "end": b"\x1b[F",
    "insert": b"\x1b[2~",
    "backspace": b"\x7f",
    "ctrl+space": b"\x00",
    "ctrl+/": b"\x1f",
}


class RecordedTerminal(Terminal):
    """A terminal that remembers; `frames` are the screens that were waited for, with the keys before each."""

    def __init__(self, *args: Any, size: tuple[int, int] = (120, 36), **more: Any) -> None:
        self.events: list[tuple[float, str, str]] = []
        self.frames: list[tuple[str, str]] = []
        self.keys: list[str] = []
        self._size, self._decoder, self._typed = size, codecs.getincrementaldecoder("utf-8")("replace"), ""
        super().__init__(*args, size=size, **more)

    def press(self, key: str) -> None:
        """Press one key, by its name."""
        self.keys.append(key)
        self._typed = f"{self._typed} {key}".strip()
        self.events.append((time.perf_counter() - self.started, "i", key))
        self.send(_sent(key))

    def read(self, timeout: float) -> int:
        """Take in what the program writes, and remember it."""
        before = len(self.log)
        number = super().read(timeout)
        if text := self._decoder.decode(bytes(self.log[before:])):
            self.events.append((time.perf_counter() - self.started, "o", text))
        return number

    def wait_for(self, *wanted: Any, **more: Any) -> str:
        """Read until all of this stands on the screen at once, and keep that screen."""
        text = super().wait_for(*wanted, **more)
        if self._typed:
            self.frames.append((self._typed, text))
            self._typed = ""
        return text

    def write_cast(self, path: Path) -> None:
        """Write the recording."""
        columns, rows = self._size
        head = {"version": 2, "width": columns, "height": rows, "env": {"TERM": "xterm-256color"}}
        lines = [
            json.dumps(head),
            *(json.dumps([round(at, 4), kind, text]) for at, kind, text in self.events),
        ]
        path.write_text("\n".join(lines) + "\n", "utf-8")

    def write_frames(self, path: Path) -> None:
        """Write keys and screens as text, one after the other."""
        pieces = [f"=== {keys} ===\n{text}\n" for keys, text in self.frames]
        path.write_text("\n".join(pieces), "utf-8")


def _sent(key: str) -> str | bytes:
    """What a terminal sends for a key as keymaps spell it."""
    if key in _SENT:
        return _SENT[key]
    if key not in KEYS and key.startswith("ctrl+"):
        return bytes([ord(key[-1]) & 31])
    return key
