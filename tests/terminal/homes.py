"""A home of one's own for the real program: folders, a library, and terminals to open it on."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from pty_terminal import PATIENCE, Terminal

PAPERTUI = Path(sys.executable).with_name("papertui")
DUMPS = Path(__file__).parents[1] / "dumps"
#: what a developer's own shell may hold, and would change what is seen
_LEFT_BEHIND = (
    "COLUMNS",
    "LINES",
    "NO_COLOR",
    "LANG",
    "LC_CTYPE",
    "PYTHONDONTWRITEBYTECODE",
    "TERM_PROGRAM",
    "VISUAL",
    "BROWSER",
    "TMUX",
)


class Home:
    """A user's folders, all of them under `path`; nothing of the real user is seen or touched."""

    papertui, dumps = PAPERTUI, DUMPS

    def __init__(self, path: Path) -> None:
        self.path, self.library = path, path / "library"
        kept = {k: v for k, v in os.environ.items() if k not in _LEFT_BEHIND and "TEXTUAL" not in k}
        self.env = kept | {
            "HOME": str(path),
            "XDG_CONFIG_HOME": str(path / "config"),
            "XDG_DATA_HOME": str(path / "data"),
            "XDG_STATE_HOME": str(path / "state"),
            "XDG_CACHE_HOME": str(path / "cache"),
            "PAPERTUI_CONFIG": str(path / "config.toml"),
            "PAPERTUI_LIBRARY": str(self.library),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LC_ALL": "C.UTF-8",
            "EDITOR": "true",
        }
        self._terminals: list[Terminal] = []

    def open(self, *args: str | Path, env: dict[str, str] | None = None, **options: Any) -> Terminal:
        """papertui on a terminal of its own; options are those of Terminal."""
        return self.start([PAPERTUI, *args], env=env, **options)

    def start(self, command: list[str | Path], env: dict[str, str] | None = None, **options: Any) -> Terminal:
        """Any program on a terminal of its own."""
        terminal = Terminal(command, self.env | (env or {}), cwd=self.path, **options)
        self._terminals.append(terminal)
        return terminal

    def run(self, *args: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
        """papertui where there is no terminal at all."""
        done = subprocess.run(
            [PAPERTUI, *args],
            env=self.env,
            cwd=self.path,
            input=stdin,
            capture_output=True,
            timeout=PATIENCE,
            start_new_session=True,
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
        )

    def papers(self, *query: str) -> list[dict[str, Any]]:
        """The papers of a query, as `papertui list --jsonl` has them."""
        done = self.run("list", *query, "--jsonl")
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    def titles(self, *query: str) -> list[str]:
        """The titles of a query."""
        return [paper["title"] for paper in self.papers(*query)]

    def find(self, app: Terminal, words: str) -> None:
        """Narrow the list to these words, without haste."""
        app.send("/")
        app.wait_for(re.compile(r"^  /", re.MULTILINE))
        app.send(words)
        app.wait_for(re.compile(rf"\A.*/ {words}$", re.MULTILINE))
        app.send("enter")
        app.wait_for("? help", f"/ {words}")

    def close(self) -> None:
        """End whatever still runs."""
        for terminal in self._terminals:
            terminal.close()
