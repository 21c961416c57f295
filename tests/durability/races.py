"""Several processes on one library at once: nobody's decision is lost, doubled or mixed up with another's."""

import os
import random
import select
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from children import Child, Hung, Say, raised
from kills import pile
from tally import CORRUPTION, LOSS, TRACEBACK, Tally
from witness import damaged
from works import number_of, reading, title, version_of

from tui.errors import LibraryBusy
from tui.papers.library import Library
from tui.papers.triage import VERBS, Decision
from tui.store.database import Database

PAPERS = 60
WRITERS = "abcd"


def campaign(folder: Path, times: int, decisions: int, seed: int) -> Tally:
    """So many races, each of four writers with so many decisions, an importer and a compactor."""
    tally = Tally("races")
    for number in range(times):
        path = folder / f"{number}" / "library"
        path.parent.mkdir(parents=True)
        tally.tried += 1
        Library(Database(path)).add(reading([(n, 0) for n in range(1, PAPERS + 1)], 1))
        imports = max(decisions // 20, 3)
        runners: list[Callable[[Say], None]] = [
            *(partial(_decide, path, who, decisions, seed + number) for who in WRITERS),
            partial(_import, path, imports),
            partial(_compact, path, imports),
        ]
        if _run(tally, runners):
            for what, words in _result(path, decisions, imports):
                tally.find(what, words)
    return tally


def _run(tally: Tally, runners: list[Callable[[Say], None]]) -> bool:
    """Let all go at once; whether all came in."""
    gate, opener = os.pipe()

    def waiting(run: Callable[[Say], None], say: Say) -> None:
        os.close(opener)
        select.select([gate], [], [])
        run(say)

    with ExitStack() as stack:
        children = [stack.enter_context(Child(partial(waiting, run))) for run in runners]
        os.close(opener)
        os.close(gate)
        for child in children:
            try:
                if words := raised(child.all(120)):
                    tally.find(TRACEBACK, words)
                    return False
            except Hung:
                tally.find(CORRUPTION, "a process hangs")
                return False
    return True


# -- who runs -------------------------------------------------------------------------------------


def _decide(path: Path, who: str, decisions: int, seed: int, say: Say) -> None:
    """Decision n tags paper n with one's own name; about the first paper all of them note."""
    library = Library(Database(path, wait=60))
    ids = {number_of(paper.title): paper.id for paper in library.papers.values()}
    chance = random.Random(f"{seed}{who}")
    for n in range(decisions):
        number = 2 + n % (PAPERS - 1)
        library.decide("tag", [ids[number]], {f"tag:{who}{n // (PAPERS - 1)}": True})
        if chance.random() < 0.1:
            library.decide("note", [ids[1]], {"note": f"{who} {n}"})


def _import(path: Path, imports: int, say: Say) -> None:
    """Digests of new papers and of those that are decided about."""
    library = Library(Database(path, wait=60))
    for digest in range(2, imports + 2):
        again = [(n, digest) for n in range(1, PAPERS, 7)]
        library.add(reading([*again, *((1000 * digest + n, 0) for n in range(10))], digest))


def _compact(path: Path, times: int, say: Say) -> None:
    """Compaction after compaction."""
    database = Database(path, wait=60)
    library = Library(database)
    for _ in range(times):
        with database.turn():
            pile(path, len(library.papers) + 300)
        library.refresh()
        library.compact()


# -- what is there then ---------------------------------------------------------------------------


def _result(path: Path, decisions: int, imports: int) -> Iterator[tuple[str, str]]:
    database = Database(path)
    library = Library(database)
    for words in damaged(database):
        yield CORRUPTION, words
    log = [decision for decision, _ in library.log()]
    ids = [decision.id for decision in log]
    if ids != sorted(set(ids), reverse=True):
        yield CORRUPTION, f"{len(ids) - len(set(ids))} ids come twice, or are out of order"
    made = Counter(d.verb for d in log)["tag"]
    if made != len(WRITERS) * decisions:
        yield LOSS, f"{made} of {len(WRITERS) * decisions} decisions are in the log"
    for number in range(2, PAPERS + 1):
        rounds = len(range(number - 2, decisions, PAPERS - 1))
        wanted = tuple(sorted(f"{who}{n}" for who in WRITERS for n in range(rounds)))
        yield from _one(library, number, wanted)
    yield from _notes(library, log)
    expected = PAPERS + 10 * imports
    if len(library.papers) != expected or len(library.digests) != imports + 1:
        yield LOSS, f"{len(library.papers)} papers, {len(library.digests)} digests"
    wrong = [p.title for p in library.papers.values() if _version(library, p.id) is None]
    if wrong:
        yield LOSS, f"abstracts are not their papers': {wrong[:3]}"


def _one(library: Library, number: int, wanted: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    found = [paper for paper in library.papers.values() if paper.title == title(number)]
    if len(found) != 1:
        yield CORRUPTION, f"work {number} is there {len(found)} times"
    elif library.triage(found[0].id).tags != wanted:
        yield LOSS, f"work {number} wears {library.triage(found[0].id).tags}, not {wanted}"


def _notes(library: Library, log: list[Decision]) -> Iterator[tuple[str, str]]:
    """The newest note rules."""
    notes = [str(decision.sets["note"]) for decision in log if decision.verb == "note"]
    found = [library.triage(p.id).note for p in library.papers.values() if p.title == title(1)]
    if notes and found != notes[:1]:
        yield LOSS, f"the first paper has the notes {found}, not {notes[0]}"


def _version(library: Library, paper_id: str) -> int | None:
    paper = library.papers[paper_id]
    return version_of(number_of(paper.title), library.abstract(paper))


# -- the lock -------------------------------------------------------------------------------------


def locks(folder: Path, times: int) -> Tally:
    """Whoever holds the lock is waited for as long as was said, and no longer once killed."""
    tally = Tally("lock holders")
    path = folder / "library"
    path.parent.mkdir(parents=True, exist_ok=True)
    Library(Database(path)).add(reading([(1, 0)], 1))
    for number in range(times):
        tally.tried += 1
        with Child(partial(_hold, path)) as holder:
            holder.hear()
            for what, words in _held(path, number):
                tally.find(what, words)
            os.kill(holder.pid, signal.SIGKILL)
            began = time.monotonic()
            _star(path, number, wait=20)
            took = time.monotonic() - began
            tally.expect(took < 5, CORRUPTION, f"a killed holder blocked for {took:.1f} s")
    return tally


def _hold(path: Path, say: Say) -> None:
    with Database(path).turn():
        say("held")
        signal.pause()


def _held(path: Path, number: int) -> Iterator[tuple[str, str]]:
    began = time.monotonic()
    try:
        _star(path, number, wait=0.05)
        yield CORRUPTION, "a live holder's lock was taken"
    except LibraryBusy:
        took = time.monotonic() - began
        if not 0.05 <= took < 3:
            yield CORRUPTION, f"a live holder was waited for {took:.2f} s, where 0.05 was said"


def _star(path: Path, number: int, wait: float) -> None:
    library = Library(Database(path, wait=wait))
    library.decide("star", library.papers, VERBS["star" if number % 2 == 0 else "unstar"])
