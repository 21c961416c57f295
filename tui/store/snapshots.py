"""A snapshot of what all decisions come to, so that a start need not fold 100,000 of them.

It is disposable: it counts only while the tables go on from where they stood when it was made, and
whoever deletes it loses a fraction of a second.
"""

import zlib
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from tui.errors import LibraryError
from tui.papers.keeping import Snapshot
from tui.store.durable import replace
from tui.store.lines import Tail, opened

#: the file in a library; hidden, for it is nobody's data
NAME = ".triage"
#: of what is written here; another number is passed over
_FORMAT = 3
#: bytes before it: the CRC-32 of all that follows, so that nothing damaged is believed
_SEAL = 4


class Mark(Struct, frozen=True, array_like=True):
    """How far a table had been read: its length, how many lines, and the last of them."""

    end: int
    lines: int
    last: bytes

    @classmethod
    def of(cls, tail: Tail) -> "Mark":
        """How far this one has been read."""
        return cls(tail.end, tail.lines, tail.last)


class Kept(Struct, frozen=True):
    """What stands in the file."""

    format: int
    #: of papers, digests and decisions
    tables: tuple[Mark, Mark, Mark]
    snapshot: Snapshot


_KEPT = msgspec.msgpack.Decoder(Kept)


def load_snapshot(directory: Path, papers: Tail, digests: Tail, decisions: Tail) -> Snapshot | None:
    """The snapshot, if it is of these papers and digests and these decisions go on from it.

    `decisions` does so then.
    """
    try:
        kept = _KEPT.decode(_unsealed((directory / NAME).read_bytes()))
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None
    *same, decided = kept.tables
    if kept.format != _FORMAT or same != [Mark.of(papers), Mark.of(digests)]:
        return None
    if not _goes_on(decisions.path, decided):
        return None
    decisions.resume(decided.end, decided.lines, decided.last)
    return kept.snapshot


def _goes_on(path: Path, mark: Mark) -> bool:
    """Whether the last line that was folded still stands where it stood."""
    with suppress(OSError), opened(path) as file:
        file.seek(mark.end - len(mark.last))
        return bool(mark.last) and file.read(len(mark.last)) == mark.last
    return False


def _sealed(packed: bytes) -> bytes:
    return zlib.crc32(packed).to_bytes(_SEAL, "big") + packed


def _unsealed(sealed: bytes) -> bytes:
    """What was sealed; nothing where any of it has changed since."""
    packed = sealed[_SEAL:]
    return packed if sealed == _sealed(packed) else b""


def save_snapshot(directory: Path, tables: tuple[Mark, Mark, Mark], snapshot: Snapshot) -> None:
    """Keep it, of papers, digests and decisions as far as they were read.

    One that cannot be kept is no reason to trouble anyone.
    """
    with suppress(LibraryError):
        replace(directory / NAME, [_sealed(msgspec.msgpack.encode(Kept(_FORMAT, tables, snapshot)))])
