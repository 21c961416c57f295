"""What is wrong with a library's files, as facts: for whoever tells of it, and for whoever mends it.

Nothing is changed, no turn is taken, and every file is read once.
"""

import os
import re
import stat
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from tui.papers.paper import Digest, Paper
from tui.papers.triage import DIGEST, TAG, Decision
from tui.store.abstracts import Abstract
from tui.store.copies import conflict_copies
from tui.store.database import FORMAT, TABLES, Damage
from tui.store.durable import ASIDE
from tui.store.lines import UNDECODABLE, NoFile, opened, unreadable

HEAD = "papertui.json"
#: the share of replaced lines from which on `papers` is worth writing anew, and how many there must be
SHARE, SOME = 0.25, 100
#: what a decision may set, besides tags
FIELDS = {"read", "starred", "later", "note"}

_KINDS: Mapping[str, type[Paper | Abstract | Digest | Decision]] = {
    "papers": Paper,
    "abstracts": Abstract,
    "digests": Digest,
    "decisions": Decision,
}
_DECODERS: Mapping[str, msgspec.json.Decoder[Any]] = {
    "papers": msgspec.json.Decoder(dict[str, Paper | None]),
    "abstracts": msgspec.json.Decoder(dict[str, Abstract]),
    "digests": msgspec.json.Decoder(dict[str, Digest | None]),
    "decisions": msgspec.json.Decoder(dict[str, Decision | None]),
}
_NAMES = {
    table: {field.encode_name for field in msgspec.structs.fields(kind)} for table, kind in _KINDS.items()
}
_RAW = msgspec.json.Decoder(dict[str, dict[str, msgspec.Raw] | None])
_ULID = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")


class Line(NamedTuple):
    """A line of a table: where it begins, its bytes, and what it says, or why that cannot be told.

    One without its newline is torn: a write that was cut short.
    """

    number: int
    offset: int
    data: bytes
    documents: dict[str, Any]
    reason: str = ""

    @property
    def torn(self) -> bool:
        """Whether its end is missing."""
        return not self.data.endswith(b"\n")

    @property
    def good(self) -> bool:
        """Whether it counts."""
        return not (self.torn or self.reason)


def lines_of(path: Path, table: str) -> Iterator[Line]:
    """All lines of a table's file, torn and damaged ones too; none where there is no file.

    Raises NoFile, and LibraryError for a file that cannot be read.
    """
    offset = 0
    try:
        with opened(path) as file:
            for number, data in enumerate(file, 1):
                try:
                    yield Line(number, offset, data, _DECODERS[table].decode(data))
                except UNDECODABLE as error:
                    yield Line(number, offset, data, {}, str(error))
                offset += len(data)
    except (FileNotFoundError, NoFile):
        if os.path.lexists(path):
            raise NoFile(f"{path} is no file") from None
    except OSError as error:
        raise unreadable(path, error) from error


@dataclass
class Table:
    """What was found in one table's file. `unknown` are fields nobody knows, `torn` bytes at its end."""

    path: Path
    instead: str = ""
    lines: int = 0
    damaged: list[Damage] = field(default_factory=list)
    torn: int = 0
    unknown: Counter[str] = field(default_factory=Counter)

    @property
    def sound(self) -> bool:
        """Whether it can stay as it is."""
        return not (self.instead or self.damaged or self.torn)


def survey(directory: Path) -> "Survey":
    """Look through a library's files. Raises LibraryError where they cannot be read."""
    try:
        return Survey(directory)
    except OSError as error:
        raise unreadable(Path(error.filename or directory), error) from error


class Survey:
    """A library's files, looked through. Raises LibraryError, OSError.

    `places` are the good lines of `abstracts` by where they begin: how long each is, and its keys.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.tables = {table: Table(directory / f"{table}.jsonl") for table in TABLES}
        self.papers: dict[str, Paper] = {}
        self.digests: dict[str, Digest] = {}
        self.decisions: dict[str, tuple[str | None, tuple[str, ...]]] = {}
        self.no_ulid: list[str] = []
        self.places: dict[int, tuple[int, tuple[str, ...]]] = {}
        for table in TABLES:
            self._look_through(table)
        self._look_for_abstracts()
        self.copies = list(conflict_copies(directory))
        self.left_over = [p for p in (directory / f"{name}.new" for name in _files()) if _is_file(p)]
        self.open_to_others = [path for path in _ours(directory) if _open_to_others(path)]
        self.head_damaged = not head_is_sound(directory / HEAD)

    def _look_through(self, name: str) -> None:
        table = self.tables[name]
        table.instead = what_stands(table.path)
        try:
            for line in lines_of(table.path, name):
                table.lines = line.number
                if line.torn:
                    table.torn = len(line.data)
                elif line.reason:
                    table.damaged.append(Damage(table.path, line.number, line.reason))
                else:
                    table.unknown.update(_unknown(name, line.data))
                    self._take(name, line)
        except NoFile:
            return

    def _take(self, table: str, line: Line) -> None:
        if table == "abstracts":
            self.places[line.offset] = (len(line.data), tuple(line.documents))
            return
        for key, document in line.documents.items():
            if table == "papers":
                self.papers.pop(key, None)
                if document:
                    self.papers[key] = document
            elif document and table == "digests":
                self.digests[key] = document
            elif document:
                self.decisions[key] = (document.act, document.papers)
                if not (_ULID.fullmatch(key) and key == document.id):
                    self.no_ulid.append(key)

    def _look_for_abstracts(self) -> None:
        """Which papers' abstracts lie elsewhere than said, which are nowhere, and how many have no paper."""
        known = {key for _, keys in self.places.values() for key in keys}
        self.orphans = len(known.difference(*(paper.keys for paper in self.papers.values())))
        self.displaced: list[Paper] = []
        self.lost: list[Paper] = []
        for paper in self.papers.values():
            if paper.abstract_at is None:
                continue
            length, keys = self.places.get(paper.abstract_at[0], (0, ()))
            if length != paper.abstract_at[1] or not set(keys) & set(paper.keys):
                (self.displaced if known & set(paper.keys) else self.lost).append(paper)

    @property
    def replaced(self) -> int:
        """How many lines of `papers` say what a later one says anew."""
        table = self.tables["papers"]
        return table.lines - len(table.damaged) - bool(table.torn) - len(self.papers)

    @property
    def piled_up(self) -> bool:
        """Whether there are so many that the file is worth writing anew."""
        return self.replaced >= max(SOME, SHARE * self.tables["papers"].lines)

    @property
    def unknown_digests(self) -> Counter[str]:
        """The digests that papers were seen in and nobody knows, with the number of those papers."""
        named = (sighting.digest for paper in self.papers.values() for sighting in paper.sightings)
        return Counter(digest for digest in named if digest not in self.digests)

    @property
    def incomplete(self) -> list[Digest]:
        """The digests of which papers may have been lost, where lines of papers are damaged or missing."""
        table = self.tables["papers"]
        if table.lines and not (table.damaged or table.instead or self.orphans):
            return []
        places = defaultdict(set)
        for paper in self.papers.values():
            for sighting in paper.sightings:
                places[sighting.digest].add(sighting.position)
        return [digest for key, digest in self.digests.items() if len(places[key]) < digest.records]

    @property
    def to_import_again(self) -> list[Digest]:
        """The digests whose papers or abstracts are lost."""
        wanted = {sighting.digest for paper in self.lost for sighting in paper.sightings}
        wanted |= {digest.id for digest in self.incomplete}
        return [digest for key, digest in self.digests.items() if {key, digest.id} & wanted]

    @property
    def can_be_mended(self) -> bool:
        """Whether there is anything that mending would change."""
        return bool(
            not all(table.sound for table in self.tables.values())
            or self.displaced
            or self.to_import_again
            or self.left_over
            or self.open_to_others
            or self.head_damaged
            or self.piled_up
        )


def what_stands(path: Path) -> str:
    """What stands where a file should be: "a folder", "a pipe", "a link"; empty for a file, or nothing."""
    try:
        mode = path.lstat().st_mode
    except OSError:
        return ""
    if stat.S_ISREG(mode):
        return ""
    kinds = ((stat.S_ISDIR, "a folder"), (stat.S_ISFIFO, "a pipe"), (stat.S_ISLNK, "a link"))
    return next((words for is_one, words in kinds if is_one(mode)), "something else")


def head_is_sound(path: Path) -> bool:
    """Whether papertui.json says which format the library has; one that is not there yet is no damage."""
    try:
        return int(msgspec.json.decode(path.read_bytes())["format"]) <= FORMAT
    except FileNotFoundError:
        return not os.path.lexists(path)
    except (OSError, ValueError, KeyError, TypeError, OverflowError, *UNDECODABLE):
        return False


def _unknown(table: str, data: bytes) -> Iterator[str]:
    """The fields of a good line that are not ours, those a decision sets among them."""
    try:
        documents = _RAW.decode(data).values()
    except UNDECODABLE:  # unknown fields are passed over by the other decoders, whatever is in them
        return
    for document in filter(None, documents):
        yield from document.keys() - _NAMES[table]
        sets = msgspec.json.decode(document["sets"]) if "sets" in document else ()
        yield from (
            f"sets.{name}" for name in sets if name not in FIELDS and not name.startswith((TAG, DIGEST))
        )


def _files() -> Iterator[str]:
    yield HEAD
    yield from (f"{table}.jsonl" for table in TABLES)


def _is_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _ours(directory: Path) -> Iterator[Path]:
    """The library's folder and all files that are its own."""
    yield directory
    yield from (path for name in (*_files(), "lock") if _is_file(path := directory / name))
    yield from filter(_is_file, conflict_copies(directory))
    if (directory / ASIDE).is_dir() and not (directory / ASIDE).is_symlink():
        yield directory / ASIDE
        yield from filter(_is_file, sorted((directory / ASIDE).iterdir()))


def _open_to_others(path: Path) -> bool:
    """Whether anybody else may look into it, as far as this system knows of others."""
    try:
        return os.name != "nt" and bool(path.stat().st_mode & 0o077)
    except FileNotFoundError:  # gone since
        return False
