"""The library that the faults are done to: few papers, lines of every kind, and all that it holds."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from works import NOW

from tui.errors import LibraryError
from tui.papers.library import Library
from tui.papers.paper import Digest, Reading, Record
from tui.papers.triage import VERBS
from tui.store.database import Database

SEED = 20261120

TABLES = ("papers", "abstracts", "digests", "decisions")
TITLES = ("Kettle", "Lantern", "Orchard", "Harbour", "Ladder")


def page(name: str, *titles: str, comments: int | None = None) -> Reading:
    """A digest of papers with these titles, each with an abstract that names it."""
    records = tuple(Record(title=t, abstract=f"All about the {t}.", comments=comments) for t in titles)
    made = Digest(
        id=name.encode().hex()[:12].ljust(12, "0"),
        name=name,
        path=f"/{name}",
        format="test",
        imported=NOW,
        records=len(records),
    )
    return Reading(digest=made, records=records)


def build(path: Path) -> Library:
    """Three digests of five papers, and five decisions, the last but one taken back."""
    library = Library(Database(path, wait=1))
    library.add(page("one", *TITLES[:3]))
    library.add(page("two", TITLES[3]))
    library.add(page("three", TITLES[4]))
    star(library, "Kettle")
    ids = list(library.papers)
    library.decide("tag", ids[:3], {"tag:metal": True})
    library.decide("later", [ids[1]], VERBS["later"])
    library.undo()
    library.decide("note", [ids[3]], {"note": "by the sea"})
    return library


def star(library: Library, title: str) -> None:
    """Star the paper of this title."""
    (paper,) = (paper for paper in library.papers.values() if paper.title == title)
    library.decide("star", [paper.id], VERBS["star"])


def opened(path: Path) -> Library:
    """The library as one more process has it."""
    return Library(Database(path, wait=1))


def everything(library: Library) -> Mapping[str, Any]:
    """All that a library holds; an abstract that cannot be read is the sentence that says so."""
    return {
        "papers": {p.title: (p, abstract(library, p)) for p in library.papers.values()},
        "triage": {p.title: library.triage(p.id) for p in library.papers.values()},
        "digests": dict(library.digests),
        "log": list(library.log()),
        "counts": dict(library.counts()),
    }


def abstract(library: Library, paper: Any) -> str:
    """The abstract, or the sentence why there is none."""
    try:
        return library.abstract(paper)
    except LibraryError as error:
        return str(error)


def holds(folder: Path, data: bytes) -> bool:
    """Whether these bytes are somewhere in the library's folder."""
    return any(data in file.read_bytes() for file in folder.rglob("*") if file.is_file())


def sentence(words: str) -> bool:
    """Whether this is what a user should be told: one line, and a full stop at its end."""
    return bool(words) and "\n" not in words and words.endswith((".", "?"))


@contextmanager
def copy_of(original: Path, path: Path) -> Iterator[Path]:
    """A copy of a library, gone at the end."""
    shutil.copytree(original, path)
    try:
        yield path
    finally:
        remove(path)


def remove(path: Path) -> None:
    """Remove a folder, whatever became of its permissions."""
    with suppress(OSError):
        os.chmod(path, 0o700)  # noqa: PTH101
    shutil.rmtree(path, ignore_errors=True)
