"""TinyDB on append-only JSON Lines: a change is one durable line, whatever the size of the table.

A library is a directory and each TinyDB table a file in it:

    decisions.jsonl     {"01JD…": {"verb": "star", …}}

A line is a change: it sets the documents it names, `null` removes one, and the last line for an id
wins.
"""

import copy
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from tui.store.durable import append, encode, replace
from tui.store.lines import UNDECODABLE, Tail
from tui.store.turn import Turn

Documents = dict[str, Any]
_LINE = msgspec.json.Decoder(dict[str, dict[str, Any] | None])


class JsonLinesStorage(Storage):
    """A directory of tables, shared by several processes that take turns by a lock file."""

    def __init__(self, directory: Path, wait: float = 5.0) -> None:
        self.directory = Path(directory)
        self.wait, self.turn = wait, Turn(self.directory)
        self._documents: dict[str, tuple[Tail, Documents]] = {}

    def path(self, table: str) -> Path:
        """The file of a table."""
        return self.directory / f"{table}.jsonl"

    def documents(self, table: str) -> Documents:
        """A table as TinyDB sees it, with what others appended."""
        tail, documents = self._documents.setdefault(table, (Tail(self.path(table)), {}))
        if tail.replaced():
            tail.restart()
            documents.clear()
        for _, line in tail:
            with suppress(*UNDECODABLE):
                merge(documents, _LINE.decode(line))
        return documents

    def change(self, table: str, changes: Documents) -> None:
        """Make these changes durable, then visible."""
        if changes:
            append(self.path(table), [encode(changes)])

    def read(self) -> dict[str, Documents] | None:
        """All tables, as TinyDB wants them."""
        names = sorted(path.stem for path in self.directory.glob("*.jsonl"))
        return {name: self.documents(name) for name in names} or None

    def write(self, data: dict[str, Documents]) -> None:
        """Replace all tables: what TinyDB does for `drop_tables`, never on papertui's own way."""
        with self.turn.taken(self.wait):
            held = self.read() or {}
            for name in held.keys() - data.keys():
                self.path(name).unlink()
            for name, documents in data.items():
                if documents != held.get(name):  # the places of abstracts are known elsewhere
                    replace(self.path(name), (encode({key: value}) for key, value in documents.items()))

    def close(self) -> None:
        """Nothing is held open between two calls."""


def merge(documents: Documents, changes: Documents) -> None:
    """Let a line count."""
    for key, document in changes.items():
        if document is None:
            documents.pop(key, None)
        else:
            documents[key] = document


class JsonLinesTable(Table):
    """A TinyDB table that hands its storage only what changed.

    TinyDB's Table does all its reading and writing through two methods, overridden here.
    """

    document_id_class = str  # type: ignore[assignment]

    def __init__(
        self, storage: JsonLinesStorage, name: str, cache_size: int = 0, persist_empty: bool = False
    ) -> None:
        super().__init__(storage, name, cache_size, persist_empty)
        self._lines = storage

    def _read_table(self) -> Documents:
        return self._lines.documents(self.name)

    def _update_table(self, updater: Callable[[Documents], None]) -> None:  # type: ignore[override]
        with self._lines.turn.taken(self._lines.wait):
            draft = Draft(self._lines.documents(self.name))
            updater(draft)  # type: ignore[arg-type]
            self._lines.change(self.name, draft.changes())
        self.clear_cache()


class Draft(MutableMapping[str, Any]):
    """A table as an update sees it: what it touches is copied, so the original stays as it was."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._touched: Documents = {}

    def changes(self) -> Documents:
        """What is different now; None for what was removed."""
        return {key: doc for key, doc in self._touched.items() if doc != self._documents.get(key)}

    def __getitem__(self, key: str) -> Any:
        if key not in self._touched:
            self._touched[key] = copy.deepcopy(self._documents[key])
        if self._touched[key] is None:
            raise KeyError(key)
        return self._touched[key]

    def __setitem__(self, key: str, document: Any) -> None:
        self._touched[key] = document

    def __delitem__(self, key: str) -> None:
        self._touched[key] = None

    def clear(self) -> None:
        self._touched = dict.fromkeys(self._documents)

    def __contains__(self, key: object) -> bool:
        return self._touched.get(key, self._documents.get(key)) is not None  # type: ignore[call-overload]

    def __iter__(self) -> Iterator[str]:
        keys = (*self._documents, *(self._touched.keys() - self._documents.keys()))
        return (key for key in keys if key in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class LinesDB(TinyDB):
    """TinyDB with these tables."""

    table_class = JsonLinesTable  # type: ignore[assignment]
    default_storage_class = JsonLinesStorage  # type: ignore[assignment]
