"""Clipboard and browser, by whatever programs there are: here scripts that write down what they get."""

import sys
from pathlib import Path

import pytest

from tui.cli import handing

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a shell script")


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder that programs are found in, besides the system's; no desktop is there."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER", "TMUX", "SSH_CONNECTION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    return folder


def program(folder: Path, name: str, text: str) -> None:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    file.chmod(0o700)


def test_without_a_desktop_there_is_no_clipboard(programs: Path) -> None:
    """Over ssh, say: the terminal is the only way."""
    assert handing.copy("text") is None


def test_tmux_takes_a_copy_and_hands_it_on(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Inside tmux the text goes into its buffer, and on to the terminal: that its exit code confirms."""
    program(programs, "tmux", f'echo "$*" >>{programs}/args; cat >{programs}/got')
    assert handing.copy("text") is None
    monkeypatch.setenv("TMUX", "/tmp/tmux-0/default,1,0")
    assert handing.copy("two\nlines é") == "tmux"
    assert (programs / "args").read_text() == "load-buffer -w -\n"
    assert (programs / "got").read_text("utf-8") == "two\nlines é"


def test_an_old_tmux_keeps_it_for_itself(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that does not know the option is asked again without; one that fails is no way."""
    monkeypatch.setenv("TMUX", "/tmp/tmux-0/default,1,0")
    program(programs, "tmux", f'[ "$2" = - ] && cat >{programs}/got')
    assert handing.copy("text") == "tmux"
    assert (programs / "got").read_text() == "text"
    program(programs, "tmux", "exit 1")
    assert handing.copy("text") is None


def test_a_browser_may_have_arguments(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And a place for the address among them, as $BROWSER has it."""
    program(programs, "mine", f'printf "%s|" "$@" >{programs}/got')
    for own, got in (("mine -new 'a b'", "-new|a b|ADR|"), ("mine --url=%s -x", "--url=ADR|-x|")):
        monkeypatch.setenv("BROWSER", own)
        assert handing.browse("https://x.example/1")
        assert (programs / "got").read_text() == got.replace("ADR", "https://x.example/1")


def test_a_browser_that_fails_at_once_is_none(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next is tried; where all fail there is no browser."""
    program(programs, "bad", "exit 3")
    program(programs, "good", "exit 0")
    for own, is_there in (("bad", False), ("bad:good", True), ("bad:'half", False)):
        monkeypatch.setenv("BROWSER", own)
        assert handing.browse("https://x.example/1") is is_there


def test_a_browser_of_the_terminal_is_known(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its name; only where it is the first that is there, for otherwise nobody lends it the terminal."""
    program(programs, "w3m", f'echo "$1" >{programs}/got')
    for own, here in (("w3m", True), ("no-such:w3m -o x", True), ("sh:w3m", False), ("", False)):
        monkeypatch.setenv("BROWSER", own)
        assert handing.browses_here() is here
    monkeypatch.setenv("BROWSER", "w3m")
    assert handing.browse("https://x.example/1")
    assert (programs / "got").read_text() == "https://x.example/1\n"
    program(programs, "bad", "exit 3")
    monkeypatch.setenv("BROWSER", "bad:w3m")
    (programs / "got").unlink()
    assert not handing.browse("https://x.example/1")
    assert not (programs / "got").exists()
