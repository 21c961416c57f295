"""The command line as a script sees it: arguments in; exit code, stdout and stderr out."""

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tui.cli.front_door import run

DUMPS = Path(__file__).parent.parent / "dumps"


@dataclass(frozen=True)
class Said:
    """What a call left: its exit code, data and talk."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Call = Callable[..., Said]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home of our own: nobody's library, settings or state is read or touched."""
    for name in ("DATA", "CONFIG", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / "xdg" / name.lower()))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PAPERTUI_LIBRARY", str(tmp_path / "library"))
    monkeypatch.setenv("PAPERTUI_CONFIG", str(tmp_path / "config.toml"))
    for name in ("VISUAL", "EDITOR", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.chdir(tmp_path)
    before = signal.getsignal(signal.SIGPIPE)
    yield tmp_path
    signal.signal(signal.SIGPIPE, before)


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """Run papertui in this process."""

    def call(*args: object, stdin: str | bytes = b"") -> Said:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), "utf-8"))
        capsys.readouterr()
        code = run([str(arg) for arg in args])
        out, err = capsys.readouterr()
        return Said(code, out, err)

    return call


@pytest.fixture
def program() -> Call:
    """Run papertui as a program of its own."""

    def program(*args: object, stdin: str = "", python: tuple[str, ...] = (), **env: str) -> Said:
        command = [sys.executable, *(python or ("-m", "tui.cli")), *map(str, args)]
        done = subprocess.run(
            command, input=stdin.encode(), capture_output=True, env={**os.environ, **env}, check=False
        )
        return Said(done.returncode, done.stdout.decode(), done.stderr.decode())

    return program


@pytest.fixture
def digest(home: Path) -> Callable[..., Path]:
    """Write a digest with these titles and return its path."""

    def digest(*titles: str, name: str = "digest.txt") -> Path:
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("---\n".join(f"Title: {t}\nSummary: About {t}.\n" for t in titles), "utf-8")
        return path

    return digest


@pytest.fixture
def ids(call: Call, digest: Callable[..., Path]) -> list[str]:
    """A library of four papers: Alpha, Beta, Gamma, Delta; their ids in this order."""
    call("import", digest("Alpha kettle", "Beta kettle", "Gamma lantern", "Delta lantern"))
    return call("list", "--ids").lines


@pytest.fixture
def interrupting() -> Iterator[None]:
    """SIGINT raises KeyboardInterrupt, whatever the tests are run under."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
