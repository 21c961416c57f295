"""TinyDB on append-only JSON Lines: a change is one durable line, whatever the size of the table.

A library is a directory and each TinyDB table a file in it:

    decisions.jsonl     {"01JD…": {"verb": "star", …}}

A line is a change: it sets the documents it names, `null` removes one, and the last line for an id
wins. A line counts once its newline is there, so a write cut short by a kill never happened.
"""

import copy
import errno
import os
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import msgspec
from filelock import FileLock, Timeout
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from tui.errors import LibraryBusy, LibraryError, ReadOnlyLibrary

Documents = dict[str, Any]


class Tail:
    """Reads a table's lines as they are appended, by whomever.

    `end` is the offset up to which lines were taken in, `lines` their number.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.end = self.lines = 0
        self._inode = self._torn = -1

    def replaced(self) -> bool:
        """Whether another file stands in its place, so that all of it must be read again."""
        try:
            status = self.path.stat()
        except FileNotFoundError:
            return self.end > 0
        return self.end > 0 and (status.st_ino != self._inode or status.st_size < self.end)

    def restart(self) -> None:
        """Read from the beginning next time."""
        self.end = self.lines = 0

    def grown(self) -> bool:
        """Whether there are whole lines beyond `end`."""
        try:
            size = self.path.stat().st_size
            if size <= self.end or size == self._torn:
                return False
            with self.path.open("rb") as file:
                file.seek(self.end)
                whole = any(b"\n" in block for block in iter(lambda: file.read(1 << 20), b""))
        except FileNotFoundError:
            return False
        except OSError as error:
            raise unreadable(self.path, error) from error
        self._torn = -1 if whole else size
        return whole

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        """The whole lines not yet taken in, each with its offset."""
        try:
            file: IO[bytes] = self.path.open("rb", buffering=1 << 20)
        except FileNotFoundError:
            return
        except OSError as error:
            raise unreadable(self.path, error) from error
        with file:
            self._inode = os.fstat(file.fileno()).st_ino
            file.seek(self.end)
            for line in file:
                if not line.endswith(b"\n"):
                    break
                offset = self.end
                self.end += len(line)
                self.lines += 1
                yield offset, line

    def skip(self, end: int, lines: int) -> None:
        """Take lines as taken in that this process has just appended."""
        self.end, self.lines = end, self.lines + lines
        self._inode = self.path.stat().st_ino


def unreadable(path: Path, error: OSError) -> LibraryError:
    """The sentence for a table that cannot be read."""
    return LibraryError(f"{path}: cannot be read ({os.strerror(error.errno or 0)}).")


def unwritable(path: Path, error: OSError) -> LibraryError:
    """The sentence for a table that cannot be written."""
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return ReadOnlyLibrary(f"{path.parent}: the library is read-only; nothing was changed.")
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return LibraryError(f"{path.parent}: disk full; nothing was changed. Free some space and try again.")
    return LibraryError(f"{path}: cannot be written ({os.strerror(error.errno or 0)}); nothing was changed.")


def append(path: Path, lines: Iterable[bytes]) -> tuple[int, int]:
    """Append lines and return, once they are on the disk, the offsets of their begin and end.

    What cannot be written whole is taken back. Raises LibraryError. Call it under the lock.
    """
    data = b"".join(lines)
    try:
        new = not path.exists()
        fd = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        try:
            start = _whole_end(fd)
            _write(fd, data, start)
            os.fsync(fd)
        finally:
            os.close(fd)
        if new:
            sync_directory(path.parent)
    except OSError as error:
        raise unwritable(path, error) from error
    return start, start + len(data)


def _write(fd: int, data: bytes, start: int) -> None:
    left = memoryview(data)
    try:
        while left:
            left = left[os.write(fd, left) :]
    except OSError:
        with suppress(OSError):
            os.ftruncate(fd, start)
        raise


def _whole_end(fd: int) -> int:
    """Where the last whole line ends; what a killed process left after it is cut off."""
    size = os.fstat(fd).st_size
    end, step = size, 1
    while end > 0:
        start = max(end - step, 0)
        os.lseek(fd, start, os.SEEK_SET)
        newline = os.read(fd, end - start).rfind(b"\n")
        if newline >= 0:
            end = start + newline + 1
            break
        end, step = start, 1 << 16
    if end < size:
        os.ftruncate(fd, end)
    return end


def replace(path: Path, lines: Iterable[bytes]) -> None:
    """Put a new file in the old one's place in one step, durably. Raises LibraryError."""
    fresh = path.with_name(f"{path.name}.new")
    try:
        fd = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(fd, "wb") as file:
            file.writelines(lines)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        sync_directory(path.parent)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise unwritable(path, error) from error


def sync_directory(path: Path) -> None:
    """Make a file's name as durable as its content (where directories can be synced)."""
    if os.name == "nt":
        return
    fd = os.open(path, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


class JsonLinesStorage(Storage):
    """A directory of tables, shared by several processes that take turns by a lock file."""

    def __init__(self, directory: Path, wait: float = 5.0) -> None:
        self.directory = Path(directory)
        self._lock = FileLock(self.directory / "lock", timeout=wait, mode=0o600)
        self._documents: dict[str, tuple[Tail, Documents]] = {}

    def path(self, table: str) -> Path:
        """The file of a table."""
        return self.directory / f"{table}.jsonl"

    def lock(self, wait: float | None = None) -> None:
        """Take the turn; raises LibraryBusy after `wait` seconds, ReadOnlyLibrary at once."""
        try:
            self._lock.acquire(timeout=wait)
        except Timeout:
            raise LibraryBusy(
                f"{self.directory}: another papertui is writing; nothing was changed. Try again."
            ) from None
        except OSError as error:
            raise unwritable(self.directory / "lock", error) from error

    def unlock(self) -> None:
        """Give the turn to whoever waits."""
        self._lock.release()

    def documents(self, table: str) -> Documents:
        """A table as TinyDB sees it, with what others appended."""
        tail, documents = self._documents.setdefault(table, (Tail(self.path(table)), {}))
        if tail.replaced():
            tail.restart()
            documents.clear()
        for _, line in tail:
            with suppress(msgspec.DecodeError, AttributeError):
                merge(documents, msgspec.json.decode(line))
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
        for name in set(self.read() or {}) - set(data):
            self.path(name).unlink()
        for name, documents in data.items():
            replace(self.path(name), (encode({key: value}) for key, value in documents.items()))

    def close(self) -> None:
        """Nothing is held open between two calls."""


def encode(changes: object) -> bytes:
    """One line. Raises TypeError for what JSON cannot hold."""
    try:
        return msgspec.json.encode(changes) + b"\n"
    except UnicodeEncodeError as error:
        raise TypeError("text with a lone surrogate cannot be stored") from error


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
        self._lines.lock()
        try:
            draft = Draft(self._lines.documents(self.name))
            updater(draft)  # type: ignore[arg-type]
            self._lines.change(self.name, draft.changes())
        finally:
            self._lines.unlock()
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
