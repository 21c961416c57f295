"""The doors of this machine that the app is handed: clipboard, browser and editor, none through a shell."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tui.papers.paper import Paper

#: browsers that draw on the terminal
_TEXT_BROWSERS = {"w3m", "lynx", "links", "links2", "elinks", "browsh", "carbonyl", "cha", "www-browser"}
#: seconds for tmux to take a text, and after which a browser that still runs has found its page
_TMUX, _OPENING = 3.0, 2.0


def copy(text: str) -> str | None:
    """Put a text on this machine's clipboard; the name of the way it went, or None."""
    if _has_clipboard():
        import pyperclip

        try:
            pyperclip.copy(text)
        except (pyperclip.PyperclipException, OSError, subprocess.SubprocessError):
            pass
        else:
            return "pyperclip"
    return "tmux" if os.environ.get("TMUX") and _to_tmux(text) else None


def _has_clipboard() -> bool:
    """Whether this machine's clipboard is the one the user pastes from."""
    if sys.platform == "linux":
        return bool(os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY"))
    return not os.environ.get("SSH_CONNECTION")


def _to_tmux(text: str) -> bool:
    """Into a buffer of tmux, which hands it on to the terminal; before tmux 3.2 it keeps it for itself.

    As tmux is set up, it lets no program's OSC 52 through (its option set-clipboard).
    """
    return any(_fed(["tmux", "load-buffer", *flags, "-"], text) for flags in (["-w"], []))


def _fed(command: list[str], text: str) -> bool:
    try:
        done = subprocess.run(command, input=text.encode(), capture_output=True, timeout=_TMUX, check=False)
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0


# -- browsing -------------------------------------------------------------------------------------


def browse(address: str) -> bool:
    """Open a web address in the user's browser; False where there is none.

    One that draws on the terminal has it until it ends: see `browses_here`.
    """
    from tui.exports.addresses import is_safe

    if not is_safe(address):
        return False
    # behind one of the openers stands PowerShell, which takes `$(…)` for a command
    address = re.sub(r"[$()]", lambda match: f"%{ord(match[0]):02X}", address)
    if sys.platform == "win32":
        os.startfile(address)
        return True
    here = browses_here()
    programs = [program for program in _programs() if here or not _is_text(program)]
    return any(_opened(_with(program, address)) for program in programs)


def browses_here() -> bool:
    """Whether the browser that comes first draws on the terminal."""
    first = next((program for program in _programs() if shutil.which(program[0])), None)
    return first is not None and _is_text(first)


def _programs() -> list[list[str]]:
    """What could open an address here, the user's own choice first."""
    own = own_browsers()
    if sys.platform == "darwin":
        return [*own, ["open"]]
    if not (own or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return [["wslview"]]
    return [*own, ["xdg-open"], ["gio", "open"], ["wslview"]]


def own_browsers() -> list[list[str]]:
    """What $BROWSER names, each with its arguments."""
    return [words for text in os.environ.get("BROWSER", "").split(os.pathsep) if (words := _words(text))]


def _words(command: str) -> list[str]:
    """The program and its arguments; nothing where that cannot be told."""
    import shlex

    try:
        return shlex.split(command)
    except ValueError:
        return []


def _with(program: Sequence[str], address: str) -> list[str]:
    """The address in the place of `%s`, as $BROWSER has it, else behind the rest."""
    command = [word.replace("%s", address) for word in program]
    return command if any("%s" in word for word in program) else [*command, address]


def _is_text(program: Sequence[str]) -> bool:
    return Path(program[0]).name in _TEXT_BROWSERS


def _opened(command: list[str]) -> bool:
    if shutil.which(command[0]) is None:
        return False
    if _is_text(command):
        from tui.cli.lending import run_here

        return run_here(command) == 0
    quiet = subprocess.DEVNULL
    try:
        program = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    except OSError:
        return False
    try:
        return program.wait(_OPENING) == 0  # what finds no browser says so by its exit code
    except subprocess.TimeoutExpired:
        return True


def link_of(paper: Paper) -> Sequence[str]:
    """The paper's addresses that may be opened or copied, its own first."""
    from tui.exports.addresses import is_safe

    own = [f"https://arxiv.org/abs/{paper.arxiv_id}"] if paper.arxiv_id else []
    return tuple(dict.fromkeys(link for link in (*own, *paper.links) if is_safe(link)))


# -- editing --------------------------------------------------------------------------------------


def edit(text: str) -> str | None:
    """The text as the user's editor leaves it, None where that changes nothing. Raises EditorError."""
    from tui.cli.editing import edited

    return edited(text)
