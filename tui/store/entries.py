"""Where each decision lies in its file, so that any of them can be read without the others."""

from pathlib import Path

import msgspec
from msgspec import Struct

from tui.papers.keeping import Entry
from tui.store.lines import UNDECODABLE, NoFile, blocks, opened, unreadable


class _Head(Struct, gc=False):
    """What an entry says of a decision; the rest of the line is passed over."""

    id: str
    act: str | None = None


_HEADS = msgspec.json.Decoder(dict[str, _Head | None])


def entries(path: Path, start: int = 0) -> list[Entry]:
    """The decisions of a file from this offset on; lines that cannot be read are left out.

    Raises LibraryError.
    """
    found: list[Entry] = []
    place = start
    for block in blocks(path, start):
        for line in block.splitlines(keepends=True):
            try:
                heads = _HEADS.decode(line)
            except UNDECODABLE:
                heads = {}
            found += [Entry(head.id, head.act, place) for head in heads.values() if head]
            place += len(line)
    return found


def line_at(path: Path, place: int) -> bytes:
    """The whole line that begins at this offset, empty where there is none. Raises LibraryError."""
    try:
        with opened(path, buffering=1 << 14) as file:  # a line is short, and many are asked for
            file.seek(place)
            line = file.readline()
            return line if line.endswith(b"\n") else b""
    except (FileNotFoundError, NoFile):
        return b""
    except OSError as error:
        raise unreadable(path, error) from error
