"""A library on disk: its tables as the nouns the library speaks of.

papers, digests and decisions are decoded line by line straight into Structs; TinyDB's own view of
the same tables is made only for whoever asks for it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import TypeVar, cast

import msgspec
from msgspec import Struct

from tui import __version__
from tui.errors import LibraryError
from tui.papers.collection import stored_id
from tui.papers.keeping import Entry, News, Snapshot
from tui.papers.paper import Digest, Paper
from tui.papers.triage import Decision
from tui.store.abstracts import Abstract, Abstracts
from tui.store.durable import append, cut, encode, put_torn_aside, replace, uncertain
from tui.store.entries import entries, line_at
from tui.store.lines import UNDECODABLE, NoFile, Tail, backwards, blocks, unreadable
from tui.store.snapshots import Mark, load_snapshot, save_snapshot
from tui.store.turn import Turn

#: the version of the format written here; a library of a newer one is refused
FORMAT = 1
TABLES = ("papers", "abstracts", "digests", "decisions")
#: what a crash at the very beginning may leave behind
LEFT_OVER = {"lock", "papertui.json.new"}
#: superseded lines `papers` may hold beyond its live ones before it is written anew
SPARE_LINES = 1000
#: more keys than this are looked for by decoding every decision
MANY = 40

_Doc = TypeVar("_Doc", Paper, Digest, Decision)


_PAPERS = msgspec.json.Decoder(dict[str, Paper | None])
_DIGESTS = msgspec.json.Decoder(dict[str, Digest | None])
_DECISIONS = msgspec.json.Decoder(dict[str, Decision | None])


class Damage(Struct, frozen=True):
    """A line that could not be read: its file, its number from 1 (0: all of the file), and why."""

    path: Path
    line: int
    reason: str


class Database:
    """The library in this directory, which is made when something is first kept.

    `wait`, which may change, is how many seconds another's turn is waited for. Raises LibraryError for a
    directory that is something else, or was written by a newer papertui.
    """

    def __init__(self, directory: Path, *, wait: float = 5.0) -> None:
        self.directory = directory
        self._tails = {table: Tail(directory / f"{table}.jsonl") for table in TABLES}
        self._abstracts = Abstracts(self._tails["abstracts"].path)
        self.damaged: dict[tuple[Path, int], Damage] = {}
        self._check()
        #: whether the library was here, and whether it says which format it has
        self._stands, self._prepared = directory.is_dir(), False
        self.wait = wait
        self._turn = Turn(directory)

    def _check(self) -> None:
        """Refuse what is no library, and what a newer papertui wrote."""
        try:
            names = {path.name for path in self.directory.iterdir()}
        except FileNotFoundError:
            return
        except NotADirectoryError:
            raise LibraryError(f"{self.directory} is a file; a library is a folder.") from None
        except OSError as error:
            raise unreadable(self.directory, error) from error
        others = {name for name in names - LEFT_OVER if not name.startswith(".")}
        if "papertui.json" in names:
            self._check_format()
        elif others and not any(f"{table}.jsonl" in names for table in TABLES):
            raise LibraryError(
                f"{self.directory} is not a papertui library: it holds other files. "
                "Choose a new or empty folder."
            )

    def _check_format(self) -> None:
        path = self.directory / "papertui.json"
        try:
            head = msgspec.json.decode(path.read_bytes())
            version, written_by = int(head["format"]), str(head.get("papertui", "?"))
        except (OSError, ValueError, KeyError, TypeError, OverflowError, *UNDECODABLE):
            return  # the tables speak for themselves
        if version > FORMAT:
            raise LibraryError(
                f"This library was written by papertui {written_by}; this is {__version__}. "
                "Nothing was opened or changed."
            )

    def _prepare(self) -> None:
        """Say which format the library has, where nothing says so yet."""
        head = self.directory / "papertui.json"
        if not (self._prepared or head.exists()):
            replace(head, [encode({"format": FORMAT, "papertui": __version__})])
        self._prepared = True

    # -- reading ------------------------------------------------------------------------------

    def papers(self) -> Iterable[Paper]:
        """Every paper as it was last written."""
        return self.by_stored_id().values()

    def by_stored_id(self) -> dict[str, Paper]:
        """Every paper as it was last written, by the id it is stored under; the caller's to change."""
        papers: dict[str, Paper | None] = {}
        self._restart("papers")
        for lines in self._pieces("papers", _PAPERS):
            for line in lines:
                papers.update(line)
        for paper_id in [paper_id for paper_id, paper in papers.items() if paper is None]:
            del papers[paper_id]
        return cast(dict[str, Paper], papers)

    def digests(self) -> Iterable[Digest]:
        """Every digest, in the order of import."""
        self._restart("digests")
        digests = {key: d for line in self._lines("digests", _DIGESTS) for key, d in line.items() if d}
        return digests.values()

    def decisions(self) -> Iterator[Decision]:
        """Every decision, in the order in which they were written."""
        self._restart("decisions")
        yield from self.rest()

    def snapshot(self) -> Snapshot | None:
        """What the decisions come to as far as that is kept; `rest` are those after it."""
        return load_snapshot(self.directory, *self._of_snapshot)

    def rest(self) -> Iterator[Decision]:
        """The decisions not yet taken in, in the order in which they were written."""
        for line in self._lines("decisions", _DECISIONS):
            yield from filter(None, line.values())

    def keep_snapshot(self) -> Callable[[Snapshot], None]:
        """Keeps a snapshot of all decisions taken in so far; not where lines of these are damaged."""
        papers, digests, decisions = self._of_snapshot
        if any(path == decisions.path for path, _ in self.damaged) or not decisions.end:
            return lambda snapshot: None
        return partial(save_snapshot, self.directory, (Mark.of(papers), Mark.of(digests), Mark.of(decisions)))

    @property
    def _of_snapshot(self) -> tuple[Tail, Tail, Tail]:
        """The tables that a snapshot hangs on."""
        return self._tails["papers"], self._tails["digests"], self._tails["decisions"]

    def _restart(self, table: str) -> None:
        tail = self._tails[table]
        tail.restart()
        self.damaged = {at: damage for at, damage in self.damaged.items() if damage.path != tail.path}

    def _lines(
        self, table: str, decoder: msgspec.json.Decoder[dict[str, _Doc | None]]
    ) -> Iterator[dict[str, _Doc | None]]:
        """The lines not yet taken in, as far as they can be read."""
        return chain.from_iterable(self._pieces(table, decoder))

    def _pieces(
        self, table: str, decoder: msgspec.json.Decoder[dict[str, _Doc | None]]
    ) -> Iterator[list[dict[str, _Doc | None]]]:
        """The same, some 64 KB of them at a time."""
        tail = self._tails[table]
        try:
            for _, block, number in tail.blocks():
                try:
                    yield _at_once(block, number, decoder)
                except UNDECODABLE:
                    yield list(self._singly(tail, block, decoder))
        except NoFile:
            self.damaged[tail.path, 0] = Damage(tail.path, 0, "something else stands where a file should be")

    def _singly(
        self, tail: Tail, block: bytes, decoder: msgspec.json.Decoder[dict[str, _Doc | None]]
    ) -> Iterator[dict[str, _Doc | None]]:
        """The lines that can be read, with a note of those that cannot."""
        for number, line in enumerate(BytesIO(block), tail.lines + 1):
            try:
                yield decoder.decode(line)
            except UNDECODABLE as error:
                self.damaged[tail.path, number] = Damage(tail.path, number, str(error))

    def takebacks(self) -> Iterator[Decision]:
        """The undos and redos among the decisions."""
        return self._holding([b'"act":'])

    def naming(self, keys: set[str]) -> Iterator[Decision]:
        """The decisions that name any of these keys."""
        needles = [f'"{key}"'.encode() for key in keys] if len(keys) <= MANY else [b"\n"]
        return (d for d in self._holding(needles) if not keys.isdisjoint(d.papers))

    def called(self, prefix: str) -> Iterator[Decision]:
        """The decisions whose ids begin so."""
        return (d for d in self._holding([f'"{prefix}'.encode()]) if d.id.startswith(prefix))

    def entries(self, start: int = 0) -> list[Entry]:
        """Where each decision lies from this place on; a place is the offset of a line."""
        return entries(self._tails["decisions"].path, start)

    def decision_at(self, place: int) -> Decision | None:
        """The decision whose line begins there; None where there is no such line any more."""
        return next(_decoded(line_at(self._tails["decisions"].path, place)), None)

    def newest_first(self) -> Iterator[Decision]:
        """The decisions from the last one written back to the first."""
        for line in backwards(self._tails["decisions"].path):
            yield from _decoded(line)

    def _holding(self, needles: list[bytes]) -> Iterator[Decision]:
        """The decisions of the lines that hold any of these bytes, each once, in file order.

        What `news` has yet to tell is left to it.
        """
        for block in blocks(self._tails["decisions"].path):
            starts: set[int] = set()
            for needle in needles:
                at = block.find(needle)
                while at >= 0:
                    starts.add(block.rfind(b"\n", 0, at) + 1)
                    at = block.find(needle, block.find(b"\n", at) + 1)
            for start in sorted(starts):
                yield from _decoded(block[start : block.find(b"\n", start)])

    def abstract(self, paper: Paper) -> str:
        """The abstract that lies where the paper says, or under one of its keys."""
        return self._abstracts(paper)

    def abstracts(self) -> Iterator[tuple[tuple[int, int], str]]:
        """All abstracts with where each lies, in one pass."""
        return iter(self._abstracts)

    # -- writing ------------------------------------------------------------------------------

    @contextmanager
    def turn(self) -> Iterator[None]:
        """The exclusive right to write, among all processes that have this library open.

        Raises LibraryError for a library that was here and is gone: it is not begun anew unasked.
        """
        if self._stands and not self.directory.is_dir():
            raise LibraryError(
                f"{self.directory} is gone; nothing was changed. Put it back, or leave and begin a new one."
            )
        with self._turn.taken(self.wait):
            self._prepare()
            self._stands = True
            yield

    def news(self) -> News:
        """What others appended since the last call."""
        tails = self._tails
        if any(True in tails[table].look() for table in ("papers", "digests")):
            return News(papers=True)
        replaced, grown = tails["decisions"].look()
        if not grown:
            return News(papers=replaced)
        lines = self._lines("decisions", _DECISIONS)
        return News(decisions=[d for line in lines for d in line.values() if d])

    def keep(self, decision: Decision) -> None:
        """Make a decision durable: one line, on the disk when this returns."""
        with self._appending() as append_to:
            append_to("decisions", [encode({decision.id: decision})])

    def keep_import(
        self,
        digests: Sequence[Digest],
        papers: Sequence[tuple[Paper, str | None]],
        gone: Sequence[str],
        decisions: Sequence[Decision] = (),
    ) -> list[Paper]:
        """Make an import durable: abstracts first, the digests last, so that they count once all is there."""
        texts = [encode({p.keys[0]: Abstract(text)}) for p, text in papers if text is not None]
        with self._appending() as append_to:
            stored = _placed(papers, append_to("abstracts", texts), map(len, texts))
            append_to("papers", _paper_lines(stored, gone))
            append_to("decisions", [encode({decision.id: decision}) for decision in decisions])
            append_to("digests", [encode({digest.id: digest}) for digest in digests])
        return stored

    @contextmanager
    def _appending(self) -> Iterator[Callable[[str, list[bytes]], int]]:
        """Appends lines to tables whose news has been taken in; where one fails, none keeps any.

        What it gives is called with a table and lines, and returns the offset of the first.
        """
        written: list[tuple[Tail, int, int, list[bytes]]] = []

        def append_to(table: str, lines: list[bytes]) -> int:
            if not lines:
                return 0
            start, end = append(self._tails[table].path, lines)
            written.append((self._tails[table], start, end, lines))
            return start

        try:
            yield append_to
        except LibraryError as error:
            taken_back = [cut(tail.path, start) for tail, start, _, _ in written]
            if not all(taken_back):
                raise uncertain(self.directory) from error
            raise
        for tail, _, end, lines in written:
            tail.skip(end, lines)

    def compact(self, papers: Iterable[Paper]) -> bool:
        """Write `papers` anew, one line each, where superseded lines have piled up."""
        live = list(papers)
        tail = self._tails["papers"]
        if tail.lines <= 2 * len(live) + SPARE_LINES or any(path == tail.path for path, _ in self.damaged):
            return False
        lines = [encode({stored_id(paper): paper}) for paper in live]
        put_torn_aside(tail.path)
        replace(tail.path, lines)
        tail.restart()
        tail.skip(sum(map(len, lines)), lines)
        return True


def _paper_lines(papers: Iterable[Paper], gone: Iterable[str]) -> list[bytes]:
    """A line a paper; one that others became part of removes them in the same line, so that both happen."""
    left = set(gone)
    lines = []
    for paper in papers:
        parts = left.intersection(paper.keys) if left else ()
        left.difference_update(parts)
        lines.append(encode({stored_id(paper): paper, **dict.fromkeys(sorted(parts))}))
    return lines + [encode({paper_id: None}) for paper_id in sorted(left)]


def _placed(papers: Iterable[tuple[Paper, str | None]], offset: int, lengths: Iterator[int]) -> list[Paper]:
    """The papers, knowing where their new abstracts lie: one after the other from `offset`."""
    placed = []
    for paper, text in papers:
        if text is not None:
            length = next(lengths)
            paper = msgspec.structs.replace(paper, abstract_at=(offset, length))
            offset += length
        placed.append(paper)
    return placed


def _decoded(line: bytes) -> Iterator[Decision]:
    try:
        yield from filter(None, _DECISIONS.decode(line).values())
    except UNDECODABLE:
        return


def _at_once(
    block: bytes, number: int, decoder: msgspec.json.Decoder[dict[str, _Doc | None]]
) -> list[dict[str, _Doc | None]]:
    """Whole lines, decoded in one call: a sixth faster. Raises as decoding does, where any is damaged."""
    lines = decoder.decode_lines(block)
    if len(lines) != number:  # a blank line, or one in two
        raise msgspec.DecodeError("not a document a line")
    return lines
