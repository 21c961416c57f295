"""The doors of this machine that the app is handed: clipboard and browser, neither through a shell."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence

from tui.exports.markdown import is_safe
from tui.papers.paper import Paper


def copy(text: str) -> str | None:
    """Put a text on this machine's clipboard; the name of the way it went, or None."""
    if sys.platform == "linux" and not (os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY")):
        return None
    import pyperclip

    try:
        pyperclip.copy(text)
    except (pyperclip.PyperclipException, OSError, subprocess.SubprocessError):
        return None
    return "pyperclip"


def browse(address: str) -> bool:
    """Open a web address in the user's browser; False where there is none."""
    if not is_safe(address):
        return False
    # behind one of the openers stands PowerShell, which takes `$(…)` for a command
    address = re.sub(r"[$()]", lambda match: f"%{ord(match[0]):02X}", address)
    if sys.platform == "win32":
        os.startfile(address)
        return True
    return any(_opened([*program, address]) for program in _programs())


def _programs() -> list[list[str]]:
    """What could open an address here, the user's own choice first."""
    own = [[name] for name in os.environ.get("BROWSER", "").split(os.pathsep) if name and "%" not in name]
    if sys.platform == "darwin":
        return [*own, ["open"]]
    if not (own or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return [["wslview"]]
    return [*own, ["xdg-open"], ["gio", "open"], ["wslview"]]


def _opened(command: list[str]) -> bool:
    if shutil.which(command[0]) is None:
        return False
    quiet = subprocess.DEVNULL
    try:
        subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    except OSError:
        return False
    return True


def link_of(paper: Paper) -> Sequence[str]:
    """The paper's addresses that may be opened or copied, its own first."""
    own = [f"https://arxiv.org/abs/{paper.arxiv_id}"] if paper.arxiv_id else []
    return tuple(dict.fromkeys(link for link in (*own, *paper.links) if is_safe(link)))
