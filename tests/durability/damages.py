"""Tables cut short, damaged, missing, or no files at all: the rest stands, and nothing is deleted."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from children import Child, Hung, Say, raised
from kills import pile
from samples import TABLES, TITLES, abstract, build, copy_of, everything, holds, opened, page, sentence, star
from tally import CORRUPTION, LOSS, TRACEBACK, Tally

from tui.errors import PapertuiError
from tui.papers.library import Library
from tui.store.database import Database

#: seconds within which a library must have been opened, or refused
SOON = 5.0
_LONG = 10_000_000


def trial(tally: Tally, about: str, work: Callable[[], Iterator[tuple[str, str]]]) -> None:
    """Do this in a child; what it yields, raises, or fails to come back from is found."""

    def tell(say: Say) -> None:
        for found in work():
            say(found)

    tally.tried += 1
    with Child(tell) as child:
        try:
            heard = child.all(SOON)
        except Hung:
            tally.find(CORRUPTION, f"{about}: hangs")
            return
    if words := raised(heard):
        where = [line.strip() for line in heard.pop()["trace"].splitlines() if "/tui/" in line][-1:]
        tally.find(TRACEBACK, f"{about}: {words[:160]} {where}")
    for what, words in heard:
        tally.find(what, f"{about}: {words}")


# -- cut short ------------------------------------------------------------------------------------


def cuts(folder: Path, every: int = 1) -> Tally:
    """Each table cut at every position, or at each so-manieth, of its last three lines."""
    tally = Tally("cut short")
    build(folder / "original")
    for table in TABLES:
        data = (folder / "original" / f"{table}.jsonl").read_bytes()
        begin = len(data) - sum(map(len, data.splitlines(keepends=True)[-3:]))
        edges = {
            at for at in range(begin, len(data)) if data[at - 1 : at] == b"\n" or data[at : at + 1] == b"\n"
        }
        for at in sorted({*range(begin, len(data), every), *edges}):
            with copy_of(folder / "original", folder / "library") as path:
                (path / f"{table}.jsonl").write_bytes(data[:at])
                trial(tally, f"{table} cut", lambda table=table, path=path: _cut(path, table))  # type: ignore[misc]
    return tally


def _cut(path: Path, table: str) -> Iterator[tuple[str, str]]:
    data = (path / f"{table}.jsonl").read_bytes()
    end = data.rfind(b"\n") + 1
    fresh = opened(path)
    yield from _whole_lines(fresh, table, data[:end])
    before = everything(fresh)
    yield from _goes_on(path, fresh, before, lost_abstracts=table == "abstracts")
    kept = opened(path)
    after = everything(kept)
    for title, triage in before["triage"].items():
        if title != next(iter(before["triage"])) and after["triage"].get(title) != triage:
            yield LOSS, f"the triage of {title} changed"
    if data[end:] and not holds(path, data[end:]):
        yield LOSS, "the torn bytes were deleted by the next writes"


def _whole_lines(library: Library, table: str, data: bytes) -> Iterator[tuple[str, str]]:
    """What a table's whole lines say must be there."""
    keys = [key for line in data.splitlines() for key in json.loads(line)]
    found = {
        "papers": lambda: {key for paper in library.papers.values() for key in paper.keys},
        "abstracts": lambda: {p.id for p in library.papers.values() if "All about" in abstract(library, p)},
        "digests": lambda: set(library.digests),
        "decisions": lambda: {decision.id for decision, _ in library.log()},
    }[table]()
    finished = found >= set(keys) if table == "abstracts" else found == set(keys)
    if not finished:
        yield LOSS, f"{len(found)} of {len(set(keys))} whole lines count"
    for paper in library.papers.values():
        words = abstract(library, paper)
        if words != f"All about the {paper.title}." and not sentence(words):
            yield CORRUPTION, f"an abstract is {words!r}"
    if table != "papers" and not {*TITLES} <= {paper.title for paper in library.papers.values()}:
        yield LOSS, f"{len(library.papers)} papers are left"


def _goes_on(
    path: Path, library: Library, before: object, *, lost_abstracts: bool = False
) -> Iterator[tuple[str, str]]:
    """The next decision, imports of new and of known papers, and a compaction are taken."""
    first = next(iter(library.papers.values()))
    library.decide("tag", [first.id], {"tag:next": True})
    if "next" not in opened(path).triage(first.id).tags:
        yield LOSS, "the next decision is lost"
    library.add(page("four", "Compass"))
    try:
        library.add(page("five", *TITLES, comments=7))
    except PapertuiError as error:
        yield CORRUPTION, f"an import of known papers is refused: {str(error).replace(str(path), '')}"
    pile(path, len(library.papers) + 5)
    library.compact()
    again = opened(path)
    if everything(again) != everything(library):
        yield LOSS, "memory is not what another process reads"
    titles = {paper.title for paper in again.papers.values()}
    if "Compass" not in titles:
        yield LOSS, "the next import is lost"


# -- damaged in the middle ------------------------------------------------------------------------


def damages(table: str) -> Iterator[tuple[str, bytes, int]]:
    """Lines that a table must live with: what they are, their bytes, and how many lines of damage."""
    key, digits = "0123456789ab", b"7" * 5000
    fields = {"title": 5, "id": [], "keys": "x", "name": None, "text": {}, "at": "yesterday", "sets": [1]}
    yield "smashed bytes", b'{"\x93\x00\xfe\xff#"\x80:}', 1
    yield "Latin-1", '{"0123456789ab": {"title": "Café", "text": "Café"}}'.encode("latin-1"), 1
    yield "a list", b"[1, 2]", 1
    yield "a number", b"5", 1
    yield "a string", b'"x"', 1
    yield "an id that is a number", b'{"id": 5}', 1
    yield "wrong types", json.dumps({key: fields}).encode(), 1
    yield "NaN", b'{"0123456789ab": NaN}', 1
    yield "a huge number", b'{"0123456789ab": {"comments": ' + digits + b"}}", 1
    yield "a lone surrogate", b'{"0123456789ab": {"title": "\\ud800", "text": "\\ud800"}}', 1
    yield "a lone surrogate as the key", b'{"\\udfff": null}', 1
    yield "zero bytes", b"\0" * 512, 1
    yield "an empty line", b"", 1
    yield "deep nesting", b'{"a":' * 100_000, 1
    yield "a long line", b'{"' + b"x" * _LONG, 1
    yield "half a line", b'{"0123456789ab": {"id": "0123', 1
    yield "a conflict", b"<<<<<<< HEAD\n=======\n>>>>>>> theirs", 3
    yield "carriage return", b"\r", 1


def middle(folder: Path, *, long: bool = True) -> Tally:
    """Each kind of damaged line in the middle of each table."""
    tally = Tally("damaged lines")
    build(folder / "original")
    for table in TABLES:
        for what, line, count in damages(table):
            if not long and len(line) > 1_000_000 and table != "decisions":
                continue
            with copy_of(folder / "original", folder / "library") as path:
                trial(
                    tally,
                    f"{what} in {table}",
                    lambda p=path, t=table, a=line, n=count: _inserted(p, t, a, n),  # type: ignore[misc]
                )
        with copy_of(folder / "original", folder / "library") as path:
            trial(tally, f"an overwritten line in {table}", lambda p=path, t=table: _smashed(p, t))  # type: ignore[misc]
    return tally


def _inserted(path: Path, table: str, line: bytes, count: int) -> Iterator[tuple[str, str]]:
    """Between two lines: everything stands, and the damage is named and kept."""
    before = everything(opened(path))
    file = path / f"{table}.jsonl"
    first, *rest = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join((first, line + b"\n", *rest)))
    database = Database(path, wait=1)
    library = Library(database)
    found = everything(library)
    for part, was in before.items():
        if found[part] != was:
            yield LOSS, f"the {part} changed"
    named = [damage for damage in database.damaged.values() if damage.path == file]
    if table != "abstracts" and line.strip() and [damage.line for damage in named] != [*range(2, 2 + count)]:
        yield CORRUPTION, f"the damage is named as lines {[damage.line for damage in named]}"
    yield from _goes_on(path, library, before)
    if not holds(path, line + b"\n"):
        yield LOSS, "the damaged line was deleted"


def _smashed(path: Path, table: str) -> Iterator[tuple[str, str]]:
    """The second line overwritten: all but what it said stands, and it is kept."""
    file = path / f"{table}.jsonl"
    first, second, *rest = file.read_bytes().splitlines(keepends=True)
    bad = b"#" * 9 + second[9:]
    file.write_bytes(b"".join((first, bad, *rest)))
    library = opened(path)
    yield from _whole_lines(library, table, b"".join((first, *rest)))
    yield from _goes_on(path, library, None)
    if not holds(path, bad):
        yield LOSS, "the damaged line was deleted"


# -- no file, or none that can be read ------------------------------------------------------------


def empty(path: Path, file: Path) -> None:
    """A file of no bytes."""
    file.write_bytes(b"")


def gone(path: Path, file: Path) -> None:
    """No file at all."""
    file.unlink()


def a_folder(path: Path, file: Path) -> None:
    """A folder where the file should be."""
    file.unlink()
    file.mkdir()


def a_pipe(path: Path, file: Path) -> None:
    """A FIFO, which nobody writes to."""
    file.unlink()
    os.mkfifo(file)


def a_link_to_nothing(path: Path, file: Path) -> None:
    """A link whose target is not there."""
    file.unlink()
    file.symlink_to(path.parent / "nowhere" / "table")


def places(folder: Path) -> Tally:
    """Each table empty, missing, a folder, a pipe or a link to nothing."""
    tally = Tally("no table")
    build(folder / "original")
    for table in TABLES:
        for change in (empty, gone, a_folder, a_pipe, a_link_to_nothing):
            with copy_of(folder / "original", folder / "library") as path:
                kept = (path / f"{table}.jsonl").read_bytes()
                change(path, path / f"{table}.jsonl")
                about = f"{table}: {(change.__doc__ or '').rstrip('.')}"
                read = change in (empty, gone)
                trial(tally, about, lambda p=path, t=table, k=kept, r=read: _without(p, t, k, r))  # type: ignore[misc]
    return tally


def _without(path: Path, table: str, kept: bytes, readable: bool) -> Iterator[tuple[str, str]]:
    """Opened, or refused with a sentence that names the table; and once that is back, all is there."""
    try:
        library = opened(path)
        everything(library)
        yield from _whole_lines(library, table, b"")
        if readable:
            star(library, TITLES[0]) if library.papers else None
        library.add(page("four", "Compass"))
        library.add(page("five", *TITLES))
        if readable and everything(opened(path)) != everything(library):
            yield LOSS, "memory is not what another process reads"
    except PapertuiError as error:
        if readable or f"{table}.jsonl" not in str(error) or not sentence(str(error)):
            yield CORRUPTION, f"refused with {str(error).replace(str(path), '')}"
    if not readable:
        yield from _put_back(path, table, kept)


def _put_back(path: Path, table: str, kept: bytes) -> Iterator[tuple[str, str]]:
    file = path / f"{table}.jsonl"
    file.rmdir() if file.is_dir() else file.unlink()
    file.write_bytes(kept)
    library = opened(path)
    if table == "decisions":
        yield from _whole_lines(library, table, kept)
    elif table != "papers" and len(library.papers) < len(TITLES):
        yield LOSS, f"{len(library.papers)} papers are left once the file is back"
