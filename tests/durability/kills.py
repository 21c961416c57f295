"""Writers killed at chance and at chosen moments; after each, what was acknowledged must be there.

One library outlives many writers. What each acknowledged is folded apart from papertui (works.Shelf);
of the one act in hand at the moment of the kill, all may be there or nothing. An import in hand may be
there in part: then the next writer does it again, and it must be whole.
"""

import itertools
import os
import random
import shutil
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from children import Child, Hung, raised, spin
from tally import CORRUPTION, LOSS, TRACEBACK, Tally
from witness import Held, fresh, near
from works import Shelf, reading
from writer import Act, Start, write

from tui.papers.library import Library
from tui.store.database import Database

SMALL, LARGE = 40, 5_000
#: every so many kills it is the real program, started anew, that says what is there
ANEW = 10
#: so many kills one library outlives
LIFE = 50

#: returns when it is time to kill, and whether that is the moment aimed at
Aim = Callable[[Path, random.Random, Child], bool]


@dataclass(frozen=True)
class Kind:
    """A kind of kill: its aim, what the writers mostly do, and whether they begin with a compaction."""

    name: str
    aim: Aim
    mix: tuple[int, int, int, int]
    compacts: bool = False


# -- moments --------------------------------------------------------------------------------------


def at_random(path: Path, chance: random.Random, child: Child) -> bool:
    """Any moment of the next few acts."""
    end = time.perf_counter() + chance.uniform(0, 0.02)
    return spin(lambda: time.perf_counter() >= end)


def growing(table: str) -> Aim:
    """The moment at which a table is seen to have grown, or a blink later."""

    def aim(path: Path, chance: random.Random, child: Child) -> bool:
        file = os.fspath(path / f"{table}.jsonl")
        for _ in range(chance.randrange(1, 4)):
            size = _size(file)
            if not spin(lambda size=size: _size(file) != size, 2):  # type: ignore[misc]
                return False
        if chance.random() < 0.5:
            _blink(chance)
        return True

    return aim


def replaced(path: Path, chance: random.Random, child: Child) -> bool:
    """While the new file of a compaction is there, or as it takes the old one's place."""
    file = os.fspath(path / "papers.jsonl")
    new, inode = f"{file}.new", os.stat(file).st_ino  # noqa: PTH116
    if chance.random() < 0.6:
        hit = spin(lambda: _size(new) >= 0 or _inode(file) != inode, 2)
    else:
        hit = spin(lambda: _inode(file) != inode, 2)
    if chance.random() < 0.5:
        _blink(chance)
    return hit


def _blink(chance: random.Random) -> None:
    end = time.perf_counter() + chance.uniform(0, 0.0006)
    spin(lambda: time.perf_counter() >= end)


def _size(file: str) -> int:
    try:
        return os.stat(file).st_size  # noqa: PTH116
    except FileNotFoundError:
        return -1


def _inode(file: str) -> int:
    try:
        return os.stat(file).st_ino  # noqa: PTH116
    except FileNotFoundError:
        return -1


KINDS = (
    Kind("kill at random", at_random, (6, 2, 2, 2)),
    Kind("kill as decisions grow", growing("decisions"), (6, 2, 2, 0)),
    Kind("kill as abstracts grow", growing("abstracts"), (1, 0, 0, 6)),
    Kind("kill as papers grow", growing("papers"), (1, 0, 0, 6)),
    Kind("kill as digests grow", growing("digests"), (1, 0, 0, 6)),
    Kind("kill in compaction", replaced, (6, 2, 2, 0), compacts=True),
)


# -- one library and the writers on it ------------------------------------------------------------


class Series:
    """A library, what it must hold, and writers on it that are killed one after the other."""

    def __init__(self, path: Path, papers: int, chance: random.Random, tally: Tally) -> None:
        self.path, self.shelf, self._chance, self._tally = path, Shelf(), chance, tally
        self._pending: Act | None = None
        self._about = f"{papers:,} papers"
        act = {"do": "import", "digest": 1, "works": [(n, 0) for n in range(1, papers + 1)]}
        Library(Database(path)).add(reading(act["works"], 1))  # type: ignore[arg-type]
        self.shelf.take(act)

    def kill(self, kind: Kind, *, anew: bool) -> None:
        """One writer, its end, and what is there then."""
        start = self._start(kind)
        self._tally.tried += 1
        with Child(lambda say: write(self.path, start, say)) as child:
            try:
                self._until(kind, child)
            except Hung:
                self._tally.find(CORRUPTION, f"{self._about}: the writer hangs")
            child.kill()
            self._heard(child)
        self._verify(anew=anew)

    def _start(self, kind: Kind) -> Start:
        """A compaction comes first where that is aimed at, unless an import is to be done again."""
        first = self._pending
        if first is None and kind.compacts:
            pile(self.path, len(self.shelf.works))
            first = {"do": "compact"}
        digest = max((*self.shelf.digests, self._pending["digest"] if self._pending else 0)) + 1
        return Start(self.shelf.works, digest, self._chance.getrandbits(32), kind.mix, first)

    def _until(self, kind: Kind, child: Child) -> None:
        """Wait for the moment, from the first act that was kept or from the start of a compaction."""
        compacting = kind.compacts and self._pending is None
        for _ in range(1 if compacting else 2):
            if child.hear() is None or raised(child.heard):
                return
        hit = (kind.aim if compacting or not kind.compacts else at_random)(self.path, self._chance, child)
        self._tally.notes["moments hit"] += hit

    def _heard(self, child: Child) -> None:
        """Fold what was acknowledged."""
        child.all()
        self._pending = None
        for said in child.heard:
            if "will" in said:
                self._pending = said["will"]
            elif "did" in said and self._pending:
                self.shelf.take(self._pending)
                self._pending = None
            elif "raised" in said:
                last = said["trace"].strip().splitlines()[-3:]
                self._tally.find(TRACEBACK, f"{self._about}: the writer raised {' '.join(last)}")
        self._tally.notes["acts acknowledged"] += sum("did" in said for said in child.heard)

    # -- what is there then -------------------------------------------------------------------

    def _verify(self, *, anew: bool) -> None:
        held = fresh(self.path, self._tally, self._about) if anew else self._near()
        if held is None:
            self._pending = None
            return
        importing = self._pending if self._pending and self._pending["do"] == "import" else None
        self._check_papers(held, dict(importing["works"]) if importing else {})
        if held.digests is not None:
            lost = self.shelf.digests - held.digests
            self._tally.expect(not lost, LOSS, f"{self._about}: digests {sorted(lost)[:5]} are lost")
        self._check_triage(held)
        if self._pending is not None and importing is None:
            self._pending = None

    def _near(self) -> Held | None:
        looked_at = set(self._chance.sample(list(self.shelf.works), min(60, len(self.shelf.works))))
        if self._pending and self._pending["do"] == "import":
            looked_at |= {number for number, _ in self._pending["works"]}
        return near(self.path, self._tally, self._about, looked_at)

    def _check_papers(self, held: Held, pending: Mapping[int, int]) -> None:
        for number, version in self.shelf.works.items():
            seen = held.papers.get(number, [])
            self._tally.expect(seen, LOSS, f"{self._about}: work {number} is lost")
            fine = {-1, version, pending.get(number, version)}
            wrong = [v for v, _ in seen if v not in fine]
            self._tally.expect(not wrong, LOSS, f"{self._about}: an abstract is of version {wrong}")
            whole = len(seen) < 2 or number in pending
            self._tally.expect(whole, CORRUPTION, f"{self._about}: work {number} is there {len(seen)} times")
        strange = held.papers.keys() - self.shelf.works.keys() - pending.keys()
        self._tally.expect(not strange, CORRUPTION, f"{self._about}: works nobody imported: {strange}")

    def _check_triage(self, held: Held) -> None:
        """What is there is the fold of what was acknowledged, or of that and the act in hand."""
        found = held.triages
        if found == self.shelf.triages:
            return
        before = dict(self.shelf.triages)
        if self._pending:
            self.shelf.take(self._pending)
            if found == self.shelf.triages:
                self._tally.notes["unacknowledged acts found kept"] += 1
                return
        wrong = [n for n in before.keys() | found.keys() if before.get(n) != found.get(n)]
        words = f"work {wrong[0]} is {found.get(wrong[0])}, not {before.get(wrong[0])}" if wrong else ""
        self._tally.find(
            LOSS, f"{self._about}: {len(wrong)} triages are wrong: {words}, in hand {self._in_hand()}"
        )

    def _in_hand(self) -> str:
        return str(self._pending)[:120]


def pile(path: Path, live: int) -> None:
    """Write the lines of all papers once more until a compaction is due: the last line of an id wins.

    Damage is not multiplied, and what a kill left unfinished is not touched.
    """
    file = path / "papers.jsonl"
    data = file.read_bytes()
    if not data.endswith(b"\n"):
        return
    lines = data.splitlines(keepends=True)
    fine = [line for line in lines if len(line) < 10_000 and (b'"added"' in line or b":null}" in line)]
    missing = 2 * live + 1100 - len(lines)
    if missing > 0 and fine:
        with file.open("ab") as end:
            end.write(b"".join(fine) * -(-missing // len(fine)))


def campaign(kind: Kind, folder: Path, kills: int, seed: int) -> Tally:
    """So many kills of one kind, on as many libraries as that needs; every fifth is a large one."""
    chance, tally = random.Random(f"{seed} {kind.name}"), Tally(kind.name)
    done = 0
    for number in itertools.count():
        if done >= kills:
            break
        path = folder / f"{number}" / "library"
        path.parent.mkdir(parents=True)
        many = number % 5 == 4
        series = Series(path, LARGE if many else SMALL, chance, tally)
        for _ in range(min(LIFE, kills - done)):
            done += 1
            series.kill(kind, anew=done % ANEW == 0 or done == kills)
            if len(tally.found) > 20:
                return tally
        with suppress(OSError):
            shutil.rmtree(path.parent)
    return tally
