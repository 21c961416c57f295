"""What a library holds, as a process that opens it afresh sees it: a copy of this one, or the program."""

import json
import os
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from children import Child, Hung, Say, raised
from tally import CORRUPTION, TRACEBACK, Tally
from works import Triages, number_of, told, version_of

from tui.papers.library import Library
from tui.store.database import Database

#: a paper: the version of its abstract (None: of none; -1: not looked at), and its triage
Seen = tuple[int | None, dict[str, bool | str]]


@dataclass
class Held:
    """The papers by the number of their work (more than one paper only while an import is cut short)."""

    papers: dict[int, list[Seen]] = field(default_factory=lambda: defaultdict(list))
    digests: set[int] | None = None

    @property
    def triages(self) -> Triages:
        """The triage of each paper that has any; of several papers of one work, of the one decided about."""
        triages = {n: next((t for _, t in seen if t), {}) for n, seen in self.papers.items()}
        return {number: triage for number, triage in triages.items() if triage}


def near(path: Path, tally: Tally, about: str, abstracts: set[int] | None = None) -> Held | None:
    """As a new Library in a copy of this process has it; None, and a finding, where it cannot be read.

    Abstracts are read of these works only; of all with None.
    """
    with Child(lambda say: _tell(path, abstracts, say)) as child:
        try:
            heard = child.all()
        except Hung:
            tally.find(CORRUPTION, f"{about}: opening hangs")
            return None
    if words := raised(heard):
        tally.find(TRACEBACK, f"{about}: opening raised {words}")
        return None
    if not heard:
        tally.find(TRACEBACK, f"{about}: opening ended with status {child.status}")
        return None
    for words in heard[0]["damaged"]:
        tally.find(CORRUPTION, f"{about}: {words}")
    held = Held(digests={int(digest, 16) for digest in heard[0]["digests"]})
    for number, version, triage in heard[0]["papers"]:
        held.papers[number].append((version, triage))
    return held


def _tell(path: Path, abstracts: set[int] | None, say: Say) -> None:
    database = Database(path)
    library = Library(database)
    papers = []
    for paper in library.papers.values():
        number, t = number_of(paper.title), library.triage(paper.id)
        wanted = abstracts is None or number in abstracts
        version = version_of(number, library.abstract(paper)) if wanted else -1
        papers.append((number, version, told(t.read, t.starred, t.later, t.tags, t.note)))
    say({"papers": papers, "digests": list(library.digests), "damaged": damaged(database)})


def damaged(database: Database) -> list[str]:
    """The damage a database has met, but for a last line that was never finished."""
    found = []
    for damage in database.damaged.values():
        whole = damage.path.read_bytes().count(b"\n") if damage.path.is_file() else 0
        if damage.line <= whole:
            found.append(f"{damage.path.name} has a damaged line: {damage.reason}")
    return found


def fresh(path: Path, tally: Tally, about: str) -> Held | None:
    """As the real program prints it, started anew; `doctor` finds no more than a write cut short."""
    if examined := program(path, "doctor"):
        code, out, err = examined
        tally.expect("Traceback" not in err, TRACEBACK, f"{about}: doctor: {err[-300:]}")
        found = [line for line in out.splitlines() if line.startswith("NO")]
        wrong = [line for line in found if "cut short" not in line]
        tally.expect(not wrong and code == bool(found), CORRUPTION, f"{about}: doctor exits {code}: {found}")
    listed = program(path, "list", "--jsonl")
    if examined is None or listed is None:
        tally.find(CORRUPTION, f"{about}: the program hangs")
        return None
    code, out, err = listed
    if not tally.expect("Traceback" not in err, TRACEBACK, f"{about}: list: {err[-300:]}"):
        return None
    if not tally.expect(code == 0, CORRUPTION, f"{about}: list exits {code}: {err}"):
        return None
    held = Held()
    for paper in map(json.loads, out.splitlines()):
        number = number_of(paper["title"])
        triage = told(paper["read"], paper["starred"], paper["later"], paper["tags"], paper["note"] or "")
        held.papers[number].append((version_of(number, paper["abstract"] or ""), triage))
    return held


def program(path: Path, *args: str, patience: float = 60.0) -> tuple[int, str, str] | None:
    """The real program on a library: its exit code, stdout and stderr; None where it hangs."""
    nowhere = str(path.parent / "home")
    env: dict[str, Any] = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    env |= {"HOME": nowhere, "PAPERTUI_LIBRARY": str(path), "PAPERTUI_CONFIG": f"{nowhere}/config.toml"}
    env |= {"LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "tui.cli", *args],
            env=env,
            capture_output=True,
            timeout=patience,
            stdin=subprocess.DEVNULL,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
