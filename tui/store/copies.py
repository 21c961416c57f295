"""Conflict copies: what file synchronisers leave beside a table that was changed on two machines.

decisions.sync-conflict-20261120-101010-ABCDEFG.jsonl     Syncthing
decisions (laptop's conflicted copy 2026-11-20).jsonl     Dropbox, Nextcloud
decisions.jsonl~theirs, decisions.jsonl.orig              git, merge tools
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from tui.papers.paper import Digest, Paper
from tui.papers.triage import Decision
from tui.store.abstracts import Abstracts
from tui.store.lines import UNDECODABLE, Tail

_COPY = re.compile(r"(papers|abstracts|digests|decisions)\b.*\.jsonl.*", re.DOTALL)
_Doc = TypeVar("_Doc", Paper, Digest, Decision)


def conflict_copies(directory: Path) -> dict[Path, str]:
    """The copies in a library's folder, by name, each with its table."""
    found: dict[Path, str] = {}
    for path in sorted(directory.iterdir()) if directory.is_dir() else ():
        match = _COPY.fullmatch(path.name)
        if match and path.name not in (f"{match[1]}.jsonl", f"{match[1]}.jsonl.new") and path.is_file():
            found[path] = match[1]
    return found


class Copies:
    """The conflict copies in a library's folder, read as one more library. `unread` counts damaged lines."""

    def __init__(self, directory: Path) -> None:
        self.files = conflict_copies(directory)
        self.unread = 0
        self.abstract = Abstracts(directory / "abstracts.jsonl", *self._of("abstracts"))

    def _of(self, table: str) -> list[Path]:
        return [path for path, name in self.files.items() if name == table]

    def papers(self) -> Iterator[Paper]:
        """Every paper as each copy last wrote it."""
        for path in self._of("papers"):
            yield from self._read(path, Paper).values()

    def digests(self) -> Iterator[Digest]:
        """Every digest of each copy."""
        for path in self._of("digests"):
            yield from self._read(path, Digest).values()

    def decisions(self) -> Iterator[Decision]:
        """Every decision of each copy."""
        for path in self._of("decisions"):
            yield from self._read(path, Decision).values()

    def _read(self, path: Path, kind: type[_Doc]) -> dict[str, _Doc]:
        decoder = msgspec.json.Decoder(dict[str, kind | None])  # type: ignore[valid-type]
        found: dict[str, _Doc | None] = {}
        for _, line in Tail(path):
            try:
                found.update(decoder.decode(line))
            except UNDECODABLE:
                self.unread += 1
        return {key: document for key, document in found.items() if document}
