"""What `papertui doctor` says of a library."""

import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tui.errors import LibraryError
from tui.papers.library import Library
from tui.papers.saying import counted, shortened
from tui.store.database import Database
from tui.store.durable import ASIDE
from tui.store.holder import called, holder
from tui.store.inspecting import HEAD, Survey, Table, lines_of, survey

#: so many of a kind are told one by one
FEW = 5
#: bytes that a disk should have free
ROOM = 100_000_000
_MENDS = "`papertui doctor --repair` "


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it is fine, and a sentence with the remedy where it is not."""

    about: str
    fine: bool
    words: str
    file: Path | None = None
    line: int | None = None


def library(path: Path) -> Iterator[Finding]:
    """All about the library in this folder, which is only read. Raises PapertuiError."""
    if not path.exists():
        yield Finding("library", True, f"{path} is not there yet; `papertui open PATH` makes it.")
        return
    database = Database(path)
    shelf = Library(database)
    found = survey(path)
    words = f"{path}: {counted(len(shelf.papers), 'paper')}, {counted(len(shelf.digests), 'digest')}"
    if shelf.forgotten:
        words += f" ({counted(len(shelf.forgotten), 'paper')} more forgotten)"
    yield Finding("library", True, f"{words}, {sized(_size(path))}.", path)
    yield from _access(found)
    for table in found.tables.values():
        yield from _lines(table)
    yield from _other_files(found)
    yield from _references(found)
    yield from _decisions(found, shelf)
    yield from _place(found)


def _lines(table: Table) -> Iterator[Finding]:
    name = table.path.name
    if table.instead:
        words = f"{table.path}: {table.instead} stands where this file should be; {_MENDS}puts it right."
        yield Finding("lines", False, words, table.path)
    for damage in table.damaged[:FEW]:
        words = f"{damage.path}, line {damage.line}: {damage.reason}. It is passed over and kept"
        yield Finding(
            "lines", False, f"{words}; {_MENDS}moves it to {ASIDE}/{name}.", table.path, damage.line
        )
    if len(table.damaged) > FEW:
        words = f"{table.path}: and {len(table.damaged) - FEW:,} more of its lines cannot be read."
        yield Finding("lines", False, words, table.path, table.damaged[FEW].line)
    if table.torn:
        words = f"{table.path}, line {table.lines}: its end is missing ({counted(table.torn, 'byte')})"
        words += "; a write was cut short. The next write puts it aside."
        yield Finding("lines", False, words, table.path, table.lines)
    if table.unknown:
        fields = _some(f"“{field}” ({number:,})" for field, number in table.unknown.most_common())
        words = f"{table.path} has fields that this papertui does not know: {fields}. They are passed over; "
        yield Finding("fields", False, words + "a newer papertui may know them: update it.", table.path)


def _other_files(found: Survey) -> Iterator[Finding]:
    if found.copies:
        names = _some(path.name for path in found.copies)
        words = f"conflict copies lie beside the tables: {names}. `papertui merge` takes them in."
        yield Finding("copies", False, words, found.copies[0])
    for path in found.left_over:
        words = f"{path.name} is left over from a write that was cut short; {_MENDS}removes it."
        yield Finding("files", False, words, path)
    if found.head_damaged:
        words = f"{found.directory / HEAD} does not say which format the library has; {_MENDS}writes it anew."
        yield Finding("files", False, words, found.directory / HEAD)
    aside = found.directory / ASIDE
    if aside.is_dir():
        kept = [path for path in aside.rglob("*") if path.is_file()]
        words = f"{aside} holds {counted(len(kept), 'file')} ({sized(_size(aside))}) that nothing reads: "
        yield Finding("aside", True, words + "what could not be read, and copies taken in.", aside)
    elif os.path.lexists(aside):
        words = f"{aside} is no folder, and what cannot be read is to be kept there. Move it away."
        yield Finding("aside", False, words, aside)
    if found.replaced:
        share = found.replaced / found.tables["papers"].lines
        words = f"{share:.0%} of the lines of papers.jsonl are replaced ones"
        remedy = f"; the next import or {_MENDS}writes it anew." if found.piled_up else "; that is usual."
        yield Finding("papers", True, words + remedy)


def _references(found: Survey) -> Iterator[Finding]:
    unknown = found.unknown_digests.most_common()
    paths = _paths_aside(found) if unknown else {}
    for digest, number in unknown[:FEW]:
        file = paths.get(digest, "its file")
        words = f"{counted(number, 'paper')} came from the digest {digest}, which is not known (an import"
        yield Finding("digests", False, f"{words} may have been cut short). Import {file} again.")
    if len(unknown) > FEW:
        more = counted(len(unknown) - FEW, "digest")
        yield Finding("digests", False, f"and papers came from {more} more that are not known.")
    if found.lost:
        titles = _some(f"“{shortened(paper.title)}” ({paper.id})" for paper in found.lost)
        words = f"{counted(len(found.lost), 'abstract')} cannot be read: {titles}. "
        files = _some(dict.fromkeys(digest.path for digest in found.to_import_again))
        remedy = f"{_MENDS}lets you import {files} again." if files else "Import their files again."
        yield Finding("abstracts", False, words + remedy)
    if found.orphans:
        words = (
            f"{counted(found.orphans, 'abstract')} without a paper: lines of papers.jsonl are missing, or an"
        )
        files = _some(dict.fromkeys(digest.path for digest in found.to_import_again))
        remedy = f"{_MENDS}lets you import {files} again." if files else "Import its file again."
        yield Finding("papers", False, f"{words} an import was cut short. {remedy}")
    if found.displaced:
        words = f"the place of {counted(len(found.displaced), 'abstract')} is not the one their papers name"
        yield Finding("abstracts", False, f"{words}. They are found, but slowly; {_MENDS}puts that right.")
    if not (found.lost or found.displaced):
        yield Finding("abstracts", True, "each lies where its paper says.")


def _paths_aside(found: Survey) -> dict[str, str]:
    """The paths of the digests that a repair took out."""
    aside = found.directory / ASIDE / "digests.jsonl"
    try:
        lines = [line for line in lines_of(aside, "digests") if line.good]
    except (LibraryError, OSError):
        return {}
    return {key: digest.path for line in lines for key, digest in line.documents.items() if digest}


def _decisions(found: Survey, shelf: Library) -> Iterator[Finding]:
    stands = [stands for decision, stands in shelf.log() if decision.act is None]
    words = f"{counted(len(stands), 'decision')}, {stands.count(False):,} taken back"
    missing = sum(1 for act, _ in found.decisions.values() if act and act not in found.decisions)
    words += f", {counted(missing, 'undo or redo', 'undos and redos')} of acts not known" if missing else ""
    unknown = {key for _, papers in found.decisions.values() for key in papers if not shelf.paper(key)}
    words += f", {counted(len(unknown), 'paper')} among them that did not come yet" if unknown else ""
    yield Finding("decisions", True, f"{words}.")
    if found.no_ulid:
        words = f"decisions under ids that are no ULIDs, or not their own: {_some(found.no_ulid)}. "
        yield Finding(
            "decisions", False, words + "They count here, but no merge takes them along: decide anew."
        )
    newest = max((_moment(key) for key in found.decisions if key not in found.no_ulid), default=None)
    if newest and newest > datetime.now(UTC) + timedelta(days=1):
        words = (
            f"the newest decision is of {newest:%Y-%m-%d %H:%M} UTC, which is to come: a clock was wrong. "
        )
        yield Finding(
            "decisions", False, words + "Set it right; what is decided before then counts after it."
        )


def _access(found: Survey) -> Iterator[Finding]:
    path = found.directory
    if not os.access(path, os.W_OK | os.X_OK):
        words = f"{path} is read-only: nothing can be decided. Change its permissions."
        yield Finding("library", False, words, path)
    if found.open_to_others:
        mode = found.open_to_others[0].stat().st_mode & 0o777
        names = _some(f"{each.name}" for each in found.open_to_others)
        words = f"others on this machine may look into {names} (mode {mode:04o}); {_MENDS}makes it private."
        yield Finding("permissions", False, words, found.open_to_others[0])


def _place(found: Survey) -> Iterator[Finding]:
    if process := holder(found.directory / "lock"):
        name = called(process)
        words = f"`{name}` (process {process})" if name else f"process {process}"
        yield Finding("lock", True, f"{words} is writing at this moment.")
    free = shutil.disk_usage(found.directory).free
    if free < max(ROOM, _size(found.directory)):
        words = f"only {sized(free)} are free on the disk of {found.directory}. Make room."
        yield Finding("disk", False, words, found.directory)


def _moment(ulid: str) -> datetime:
    """When a ULID was made."""
    digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    number = 0
    for char in ulid[:10]:
        number = number * 32 + digits.index(char)
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=min(number, 2**47))


def _some(items: Iterable[str]) -> str:
    """The first few of these, and how many more there are."""
    each = list(items)
    more = f" and {len(each) - FEW:,} more" if len(each) > FEW else ""
    return ", ".join(each[:FEW]) + more


def _size(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())


def sized(size: int) -> str:
    """A number of bytes: "2.3 MB", "12.5 kB"."""
    return f"{size / 1e6:,.1f} MB" if size >= 100_000 else f"{size / 1e3:.1f} kB"
