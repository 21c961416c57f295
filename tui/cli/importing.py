"""From paths to a library with their digests in it, and the report that says what became of every file."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from tui.cli.streams import seen
from tui.digests import digest_id, read_text
from tui.digests.sources import FoundFile, find, load, load_stream
from tui.errors import DigestError, LibraryError
from tui.papers.library import Library
from tui.papers.paper import Digest, Reading
from tui.papers.saying import counted
from tui.papers.triage import now_utc

#: seconds that may pass before a progress bar is worth looking at
BLINK = 0.4


@dataclass(frozen=True)
class Rejected:
    """A piece of a file that is no record: the line it begins on, and why."""

    line: int
    reason: str


@dataclass(frozen=True)
class FileReport:
    """What became of one file: its records (new + merged + repeated), or the sentence why it was not read."""

    path: str
    format: str | None = None
    known: bool = False
    records: int = 0
    new: int = 0
    merged: int = 0
    repeated: int = 0
    rejected: tuple[Rejected, ...] = ()
    error: str | None = None
    yearless: int = 0
    read_again: bool = False
    recalled: int = 0
    forgotten: bool = False

    def to_json(self) -> dict[str, Any]:
        """The fields of design's contract, in its order."""
        fields = asdict(self)
        for name in ("yearless", "read_again", "recalled", "forgotten"):
            del fields[name]
        return fields

    def lines(self) -> Iterator[str]:
        """The report's lines for a person."""
        name = seen(self.path)
        if self.error:
            yield f"not read: {seen(self.error)}"
            return
        if self.known:
            again = ", read again" if self.read_again else ""
            after = ""
            if self.recalled:
                after = f", {counted(self.recalled, 'forgotten paper')} brought back"
            elif self.forgotten:
                after = "; it is forgotten, name the file itself to bring it back"
            yield f"{name}  {self.format}  known already{again}, {counted(self.records, 'record')}{after}"
        else:
            parts = [
                f"{n} {w}"
                for n, w in ((self.new, "new"), (self.merged, "merged"), (self.repeated, "repeated"))
                if n
            ]
            yield f"{name}  {self.format}  {counted(self.records, 'record')}: {', '.join(parts) or 'none'}"
        if self.yearless:
            yield f"    {counted(self.yearless, 'date')} without a year left out; --year YYYY gives them one"
        for reject in self.rejected:
            yield f"    line {reject.line} not understood: {seen(reject.reason)}"


@dataclass
class Report:
    """What became of all files."""

    files: list[FileReport] = field(default_factory=list)
    passed_over: int = 0

    def total(self, name: str) -> int:
        """The sum of a count over all files."""
        return sum(getattr(file, name) for file in self.files)

    @property
    def rejected(self) -> int:
        """How many pieces were not understood."""
        return sum(len(file.rejected) for file in self.files)

    @property
    def has_lost(self) -> bool:
        """Whether any file, or piece of one, did not come in."""
        return any(file.error or file.rejected for file in self.files)

    @property
    def nothing_read(self) -> bool:
        """Whether no file at all could be read."""
        return all(file.error for file in self.files)

    def to_json(self) -> dict[str, Any]:
        """Files and totals."""
        totals = {name: self.total(name) for name in ("records", "new", "merged", "repeated")}
        totals = {
            "files": len(self.files),
            **totals,
            "rejected": self.rejected,
            "passed_over": self.passed_over,
        }
        return {"files": [file.to_json() for file in self.files], "totals": totals}

    def closing(self) -> Iterator[str]:
        """What stands under the lines of the files."""
        if self.passed_over:
            yield f"{counted(self.passed_over, 'hidden file or link', 'hidden files and links')} passed over"
        if len(self.files) > 1:
            yield f"{counted(len(self.files), 'file')}: {self.summary()}"

    def summary(self) -> str:
        """What came in, in one line."""
        merged, repeated = self.total("merged"), self.total("repeated")
        unread = sum(1 for file in self.files if file.error)
        parts = [f"{self.total('new'):,} new"]
        parts += [f"{merged:,} also in another digest"] if merged else []
        parts += [f"{repeated:,} known already"] if repeated or not merged else []
        recalled, forgotten = self.total("recalled"), sum(file.forgotten for file in self.files)
        parts += [f"{counted(recalled, 'forgotten paper')} brought back"] if recalled else []
        parts += [f"{counted(forgotten, 'forgotten file')} passed over"] if forgotten else []
        parts += [f"{self.rejected:,} not understood"] if self.rejected else []
        parts += [f"{counted(unread, 'file')} not read"] if unread else []
        return ", ".join(parts)


#: told how many files there are, it gives what is to be called after each
Progress = Callable[[int], AbstractContextManager[Callable[[], None]]]


def import_paths(
    library: Library,
    paths: Sequence[str],
    year: int | None,
    report: Report,
    progress: Progress | None = None,
) -> None:
    """Import what is new in these files, folders and `-`, adding to the report file by file.

    A forgotten file is brought back where it is named itself; in a folder it is passed over. An interrupt
    leaves what was finished, in the library and in the report.
    """
    found = find(paths)
    report.passed_over = found.passed_over
    newest = max((digest.imported for digest in library.imports.values()), default=None)
    stamp = now_utc()
    if newest and stamp <= newest:
        stamp = newest + timedelta(microseconds=1)
    with (progress or bar)(len(found.files)) as step:
        for place, file in enumerate(found.files):
            reading = _read(library, file, year, stamp, place)
            with interrupts_held():
                report.files.append(_added(library, file.path, reading, named=file.path in paths))
            step()
    if report.total("new") or report.total("merged"):
        with suppress(LibraryError):  # all is kept; only the room that old lines take is not given back
            library.compact()
            if settle := library.settle():
                settle()


def _read(
    library: Library, file: FoundFile, year: int | None, stamp: datetime, place: int
) -> Reading | Digest | FileReport:
    """What is in the file, the digest of one that need not be read, or the report of one that cannot be."""
    if file.error:
        return FileReport(file.path, error=file.error)
    try:
        text = _standard_input() if file.path == "-" else load(file.path)
        known = library.imports.get(digest_id(text))
        if known and year is None:
            return known
        reading = read_text(text, path=file.path, imported=stamp, year=year)
    except DigestError as error:
        return FileReport(file.path, error=str(error))
    except MemoryError:
        words = f"{file.path} is too large for the memory here. Split it and import the parts."
        return FileReport(file.path, error=words)
    path = file.path
    if path != "-":
        path = os.fsencode(Path(path).absolute()).decode("utf-8", "replace")
    return replace(reading, digest=replace(reading.digest, path=path, place=place))


def _standard_input() -> str:
    if sys.stdin is None:  # Python's way to say that it is closed
        raise DigestError("Standard input is closed. Name a file instead.")
    return load_stream(sys.stdin.buffer)


def _added(library: Library, path: str, reading: Reading | Digest | FileReport, *, named: bool) -> FileReport:
    """The report of a file whose papers are in the library now."""
    if isinstance(reading, FileReport):
        return reading
    if isinstance(reading, Digest):
        return _known(library, path, reading, named=named)
    known = reading.digest.id in library.imports
    added = library.add(reading)
    return FileReport(
        path,
        reading.digest.format,
        known,
        len(reading.records),
        added.new,
        added.merged,
        added.repeated,
        tuple(Rejected(reject.line, reject.reason) for reject in reading.rejects),
        yearless=reading.yearless,
        read_again=known,
        recalled=_recalled(library, reading.digest.id) if known else 0,
    )


def _known(library: Library, path: str, digest: Digest, *, named: bool) -> FileReport:
    """The report of a file that was imported before, and brought back if it was forgotten."""
    return FileReport(
        path,
        digest.format,
        True,
        records=digest.records,
        repeated=digest.records,
        recalled=_recalled(library, digest.id) if named else 0,
        forgotten=digest.id not in library.digests,
    )


def _recalled(library: Library, digest_id: str) -> int:
    """How many papers were brought back."""
    decision = library.recall(digest_id)
    return len(decision.papers) if decision else 0


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Let an interrupt wait until what is in hand is done: a digest is taken in whole or not at all."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if came:
            signal.raise_signal(signal.SIGINT)


@contextmanager
def bar(total: int) -> Iterator[Callable[[], None]]:
    """A bar on stderr, once the work has taken longer than a blink and if stderr is a terminal."""
    if not sys.stderr.isatty() or total < 2:
        yield lambda: None
        return
    began = time.monotonic()
    drawn: Any = None
    task: Any = None
    done = 0

    def step() -> None:
        nonlocal drawn, task, done
        done += 1
        if drawn is None and time.monotonic() - began > BLINK:
            from rich.console import Console
            from rich.progress import Progress

            drawn = Progress(console=Console(stderr=True), transient=True)
            drawn.start()
            task = drawn.add_task("reading digests", total=total)
        if drawn is not None:
            drawn.update(task, completed=done)

    try:
        yield step
    finally:
        if drawn is not None:
            drawn.stop()
