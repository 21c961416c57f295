"""Abstracts: read where their papers say they lie, and found by key where lines have moved.

Lines move when a file synchroniser or git puts the tables of two machines together.
"""

import os
from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import msgspec

from tui.errors import LibraryError
from tui.papers.identity import preferred
from tui.papers.paper import Paper
from tui.store.lines import UNDECODABLE, NoFile, Tail, blocks, opened, unreadable


class Abstract(msgspec.Struct):
    """A line of `abstracts`, under a key of its paper."""

    text: str


_LINE = msgspec.json.Decoder(dict[str, Abstract])


def decoded(line: bytes) -> dict[str, Abstract]:
    """The abstracts in a line; none where it is damaged."""
    try:
        return _LINE.decode(line)
    except UNDECODABLE:
        return {}


class Abstracts:
    """The abstracts in a table's file, or in several of which the first is the one papers speak of."""

    def __init__(self, *paths: Path) -> None:
        self._paths = paths
        self._index: dict[str, list[tuple[Path, int, int]]] = {}
        self._indexed: tuple[int, ...] = ()

    def __call__(self, paper: Paper) -> str:
        """The abstract of a paper, empty where it has none. Raises LibraryError where it is lost."""
        if paper.abstract_at is None:
            return ""
        text = self.at(paper, self._paths[0], *paper.abstract_at)
        return self._elsewhere(paper) if text is None else text

    def at(self, paper: Paper, path: Path, offset: int, length: int) -> str | None:
        """The abstract in this line, checked to be the paper's own."""
        try:
            with opened(path, buffering=0) as file:  # a buffer would be filled: 64 KB for each abstract
                if not 0 <= offset < offset + length <= os.fstat(file.fileno()).st_size:
                    return None
                file.seek(offset)
                line = file.read(length)
        except (FileNotFoundError, NoFile):
            return None
        except OSError as error:
            raise unreadable(path, error) from error
        return next((found.text for key, found in decoded(line).items() if key in paper.keys), None)

    def _elsewhere(self, paper: Paper) -> str:
        """Of all lines under its keys the preferred one."""
        places = {place for key in paper.keys for place in self._places().get(key, ())}
        texts = [text for place in places if (text := self.at(paper, *place)) is not None]
        if not texts:
            raise LibraryError(
                f"{self._paths[0]}: the abstract of “{paper.title}” ({paper.id}) cannot be read; "
                "`papertui doctor` says more."
            )
        best = texts[0]
        for text in texts[1:]:
            best = preferred(best, text)
        return best

    def _places(self) -> dict[str, list[tuple[Path, int, int]]]:
        """Where the lines of each key lie, looked through again once a file has another size."""
        sizes = tuple(path.stat().st_size if path.is_file() else 0 for path in self._paths)
        if sizes != self._indexed:
            index = defaultdict(list)
            for path in filter(Path.is_file, self._paths):
                for offset, line in Tail(path):
                    for key in decoded(line):
                        index[key].append((path, offset, len(line)))
            self._index, self._indexed = index, sizes
        return self._index

    def __iter__(self) -> Iterator[tuple[tuple[int, int], str]]:
        """All abstracts of the first file with where each lies, in one pass."""
        offset = 0
        for block in blocks(self._paths[0]):
            for line in BytesIO(block):
                size = len(line)
                for abstract in decoded(line).values():
                    yield (offset, size), abstract.text
                offset += size
