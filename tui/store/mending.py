"""Mending a library: what cannot be read is put aside, and what lies in the wrong place is put right.

Nothing is thrown away. Each step leaves a library that reads the same, so one that is cut short has lost
nothing and is finished by the next.
"""

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import msgspec
from msgspec import Struct

from tui import __version__
from tui.papers.identity import preferred
from tui.papers.paper import Digest, Paper
from tui.papers.saying import counted
from tui.store.database import FORMAT, TABLES, Database
from tui.store.durable import ASIDE, encode, put_aside, replace, sync_directory, unwritable
from tui.store.inspecting import HEAD, Line, Survey, Table, lines_of, survey

#: papers are written once their abstracts lie where they will stay, digests once their papers are there
_ORDER = ("abstracts", "papers", "digests", "decisions")
_RAW = msgspec.json.Decoder(dict[str, msgspec.Raw])

Place = tuple[int, int]


class Mended(Struct, frozen=True):
    """What was done, in sentences, and the digests whose files must be imported again."""

    done: tuple[str, ...]
    again: tuple[Digest, ...]


def mend(database: Database) -> Mended:
    """Mend what can be mended, durably. Raises LibraryError; what was done until then stays done."""
    with database.turn():
        found = survey(database.directory)
        again = tuple(found.to_import_again)
        try:
            return Mended(tuple(_steps(found, {digest.id for digest in again})), again)
        except OSError as error:
            raise unwritable(Path(error.filename or database.directory / ASIDE), error) from error


def _steps(found: Survey, again: set[str]) -> Iterator[str]:
    """Each step, told once it is done. The order leaves every paper its abstract, however it ends."""
    yield from _around(found)
    for name in _ORDER:
        table = found.tables[name]
        if table.instead and not table.path.is_file():
            place = move_aside(table.path)
            yield f"{table.path.name}: moved {table.instead} that stood in its place to {ASIDE}/{place.name}."
        elif name == "papers":
            if not table.sound or found.displaced or found.tables["abstracts"].damaged or found.piled_up:
                yield from _papers(found)
        elif not table.sound or (name == "digests" and again):
            yield from _other(table, name, again)


def _around(found: Survey) -> Iterator[str]:
    """What is no table: permissions, left-over files, papertui.json."""
    for path in found.open_to_others:
        path.chmod(0o700 if path.is_dir() else 0o600)
    if found.open_to_others:
        yield "The library is for your eyes alone again: its folder has the mode 0700, its files 0600."
    for path in found.left_over:
        path.unlink(missing_ok=True)
        yield f"{path.name}: removed; a write that was cut short had left it."
    if found.head_damaged:
        head = found.directory / HEAD
        if os.path.lexists(head) and not head.is_file():
            move_aside(head)
        replace(head, [encode({"format": FORMAT, "papertui": __version__})])
        yield f"{HEAD}: written anew."


def move_aside(path: Path) -> Path:
    """Move a file or folder of a library to where it is kept and no longer read. Raises OSError.

    Call it under the lock: a name that is taken there is left alone.
    """
    folder = path.parent / ASIDE
    folder.mkdir(mode=0o700, exist_ok=True)
    names = (f"{path.name}.{number}" if number else path.name for number in count())
    taken = {f"{table}.jsonl" for table in TABLES}  # what could not be read of the tables goes there
    place = next(folder / name for name in names if name not in taken and not os.path.lexists(folder / name))
    if path.is_file() and not path.is_symlink():
        path.chmod(0o600)
    path.rename(place)
    sync_directory(folder)
    sync_directory(path.parent)
    return place


def _other(table: Table, name: str, taken_out: set[str]) -> Iterator[str]:
    """Put aside what does not count, and these documents; the other lines stay byte for byte."""

    def stays(line: Line) -> bool:
        return line.good and not line.documents.keys() & taken_out

    aside = [line for line in lines_of(table.path, name) if not stays(line)]
    yield from _kept_aside(table, aside)
    kept = (line.data if stays(line) else _rest(line, taken_out) for line in lines_of(table.path, name))
    replace(table.path, kept)
    yield from _made_a_file(table)


def _rest(line: Line, taken_out: set[str]) -> bytes:
    """What else the line of a document says that is taken out."""
    if not line.good:
        return b""
    rest = {key: raw for key, raw in _RAW.decode(line.data).items() if key not in taken_out}
    return encode(rest) if rest else b""


def _papers(found: Survey) -> Iterator[str]:
    """Write each paper once, as it was last written but for where its abstract lies."""
    table = found.tables["papers"]
    live: dict[str, bytes] = {}
    aside: list[Line] = []
    for line in lines_of(table.path, "papers"):
        if not line.good:
            aside.append(line)
            continue
        raws = _RAW.decode(line.data)
        for key, paper in line.documents.items():
            live.pop(key, None)
            if paper:
                live[key] = bytes(raws[key])
    yield from _kept_aside(table, aside)
    place = _new_places(found)
    replace(table.path, (_placed(key, raw, place(found.papers[key])) for key, raw in live.items()))
    yield from _made_a_file(table)
    if found.displaced:
        yield f"{table.path.name}: the place of {counted(len(found.displaced), 'abstract')} put right."
    if found.replaced:
        yield f"{table.path.name}: {counted(found.replaced, 'replaced line')} dropped."


def _placed(key: str, raw: bytes, place: Place | None) -> bytes:
    """A paper's line, its fields as they were, those nobody knows too."""
    fields = _RAW.decode(raw)
    if place:
        fields["abstract_at"] = msgspec.Raw(msgspec.json.encode(place))
    return encode({key: fields})


def _new_places(found: Survey) -> Callable[[Paper], Place | None]:
    """Where a paper's abstract lies now that its table is mended; None where it is lost."""
    moved: dict[int, Place] = {}
    end = 0
    for offset, (length, _) in found.places.items():  # mending left the good lines in their order
        moved[offset] = (end, length)
        end += length
    wanted = {key: paper.id for paper in found.displaced for key in paper.keys}
    best: dict[str, tuple[str, Place]] = {}
    lines = lines_of(found.tables["abstracts"].path, "abstracts") if wanted else ()
    for line in filter(lambda line: line.good, lines):
        for key in line.documents.keys() & wanted.keys():
            text, paper_id = line.documents[key].text, wanted[key]
            if paper_id not in best or preferred(best[paper_id][0], text) != best[paper_id][0]:
                best[paper_id] = (text, (line.offset, len(line.data)))
    lost = {paper.id for paper in found.lost}

    def place(paper: Paper) -> Place | None:
        if paper.id in best:
            return best[paper.id][1]
        if paper.abstract_at is None or paper.id in lost:
            return None
        return moved[paper.abstract_at[0]]

    return place


def _kept_aside(table: Table, lines: list[Line]) -> Iterator[str]:
    """Keep these lines apart from their table, durably."""
    if not lines:
        return
    put_aside(table.path, [line.data if not line.torn else line.data + b"\n" for line in lines])
    yield f"{table.path.name}: {counted(len(lines), 'line')} moved to {ASIDE}/{table.path.name}."


def _made_a_file(table: Table) -> Iterator[str]:
    if table.instead:
        yield f"{table.path.name}: the file itself stands there now, no longer a link to it."
