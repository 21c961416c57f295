"""From the folders of libraries to one library that holds them all, and the report of what each brought."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from tui.errors import LibraryBusy, LibraryError, PapertuiError, ReadOnlyLibrary
from tui.papers.library import Library
from tui.papers.merging import Merged
from tui.papers.paper import Digest, Paper
from tui.papers.saying import counted, shortened
from tui.papers.text import storable
from tui.papers.triage import Decision
from tui.settings import at_home
from tui.store.copies import Copies
from tui.store.database import TABLES, Database
from tui.store.mending import move_aside

#: so many papers or sentences of a kind are told one by one
FEW = 5


@dataclass(frozen=True)
class LibraryReport:
    """What one library brought, or the sentence why it was not read. `titles` are those of `merged.notes`."""

    path: str
    merged: Merged = field(default_factory=Merged)
    titles: tuple[str, ...] = ()
    unread: int = 0
    error: str | None = None

    def to_json(self) -> dict[str, Any]:
        """What it brought, in numbers, ids and sentences."""
        return {
            "path": self.path,
            "papers": self.merged.new,
            "joined": self.merged.joined,
            "digests": self.merged.digests,
            "decisions": self.merged.decisions,
            "notes": list(self.merged.notes),
            "left_out": [*self._unread(), *self.merged.left_out],
            "error": self.error,
        }

    def lines(self) -> Iterator[str]:
        """The report's lines for a person."""
        if self.error:
            yield f"not read: {self.error}"
            return
        brought = [
            f"{self.merged.new:,} new {'paper' if self.merged.new == 1 else 'papers'}"
            * bool(self.merged.new),
            f"{self.merged.joined:,} joined" * bool(self.merged.joined),
            counted(self.merged.digests, "digest") * bool(self.merged.digests),
            counted(self.merged.decisions, "decision") * bool(self.merged.decisions),
        ]
        yield f"{self.path}: {', '.join(filter(None, brought)) or 'nothing new'}."
        if self.titles:
            words = f"    The notes on {_some(self.titles)} differ: the later note stands"
            yield f"{words}; `papertui log` shows the other."
        for sentence in (*self._unread(), *self.merged.left_out[:FEW]):
            yield f"    {sentence}"
        if len(self.merged.left_out) > FEW:
            yield f"    {len(self.merged.left_out) - FEW:,} more were left out."

    def _unread(self) -> Iterator[str]:
        if self.unread:
            lines = counted(self.unread, "line")
            yield f"{lines} there could not be read; `papertui doctor --library {self.path}` says which."


@dataclass
class Report:
    """What all libraries brought."""

    libraries: list[LibraryReport] = field(default_factory=list)

    @property
    def nothing_read(self) -> bool:
        """Whether no library at all could be read."""
        return all(library.error for library in self.libraries)

    def to_json(self) -> dict[str, Any]:
        """Libraries and totals."""
        found = [library.to_json() for library in self.libraries]
        names = ("papers", "joined", "digests", "decisions")
        totals = {name: sum(library[name] for library in found) for name in names}
        return {"libraries": found, "totals": {"libraries": len(found), **totals}}

    def lines(self) -> Iterator[str]:
        """The lines of all."""
        for library in self.libraries:
            yield from library.lines()


class _Other:
    """A library and the conflict copies in its folder, as one to be read."""

    def __init__(self, directory: Path) -> None:
        self._database, self._copies = Database(directory), Copies(directory)
        self.abstract = self._copies.abstract

    @property
    def unread(self) -> int:
        return len(self._database.damaged) + self._copies.unread

    def papers(self) -> Iterator[Paper]:
        return chain(self._database.papers(), self._copies.papers())

    def digests(self) -> Iterator[Digest]:
        return chain(self._database.digests(), self._copies.digests())

    def decisions(self) -> Iterator[Decision]:
        return chain(self._database.decisions(), self._copies.decisions())


def merge_all(own: Path, others: Sequence[str], report: Report, *, dry_run: bool) -> None:
    """Take in these libraries, adding to the report one by one; without any, the own conflict copies.

    Raises PapertuiError where there is nothing to take in, and where the own library cannot be written.
    """
    database = Database(own)
    if not others and not Copies(own).files:
        raise PapertuiError(
            f"{own} holds no conflict copies; name the library to take in: `papertui merge LIBRARY`."
        )
    library = Library(database)
    for other in others or (str(own),):
        try:
            report.libraries.append(_merged(library, database, at_home(other), other, dry_run))
        except (LibraryBusy, ReadOnlyLibrary):
            raise
        except LibraryError as error:
            report.libraries.append(LibraryReport(other, error=_named(other, str(error))))
        except OSError as error:
            words = f"{other}: cannot be read ({os.strerror(error.errno or 0).casefold()})."
            report.libraries.append(LibraryReport(other, error=words))


def _named(other: str, sentence: str) -> str:
    return sentence if other in sentence else f"{other}: {sentence}"


def _merged(library: Library, database: Database, path: Path, name: str, dry_run: bool) -> LibraryReport:
    own = database.directory
    if path.exists() and own.exists() and path.samefile(own):
        copies = Copies(own)
        if not copies.files:
            raise LibraryError(f"{name} is this same library, and holds no conflict copies.")
        merged = library.merge(copies, "conflict copies", dry_run=dry_run)
        if not dry_run:
            _put_away(database, copies)
        return _report(library, name, merged, copies.unread)
    _refuse_what_is_none(path, name)
    source = _Other(path)
    merged = library.merge(source, _short(path), dry_run=dry_run)
    return _report(library, name, merged, source.unread)


def _report(library: Library, name: str, merged: Merged, unread: int) -> LibraryReport:
    papers = [(paper_id, library.paper(paper_id)) for paper_id in merged.notes]
    titles = tuple(f"“{shortened(paper.title)}”" if paper else paper_id for paper_id, paper in papers)
    return LibraryReport(name, merged, titles, unread)


def _refuse_what_is_none(path: Path, name: str) -> None:
    try:
        names = {each.name for each in path.iterdir()}
    except FileNotFoundError:
        raise LibraryError(f"{name}: there is no such folder. Check the name.") from None
    except NotADirectoryError:
        raise LibraryError(f"{name} is a file; a library is a folder.") from None
    if not names & {f"{table}.jsonl" for table in TABLES} and not Copies(path).files:
        raise LibraryError(f"{name} is no papertui library: none of its tables are there. Check the name.")


def _put_away(database: Database, copies: Copies) -> None:
    """Move conflict copies that were taken in to where nothing reads them."""
    with database.turn():
        try:
            for path in copies.files:
                move_aside(path)
        except OSError as error:
            words = "They were taken in, but could not be moved to the folder aside; move them there."
            raise LibraryError(f"{error.filename}: {words}") from error


def _short(path: Path) -> str:
    """Folder and parent, for the log: "laptop/library"."""
    return storable("/".join(path.absolute().parts[-2:]).replace("//", "/"))[-60:]


def _some(items: Sequence[str]) -> str:
    more = f" and {len(items) - FEW:,} more" if len(items) > FEW else ""
    return ", ".join(items[:FEW]) + more
