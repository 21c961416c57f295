"""What is measured on the disk: imports and decisions, beside stock TinyDB and a bare append."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from case import PAPERTUI, Case
from on_screen import Times
from table import Figure
from tinydb import TinyDB

from tui.digests import read_text
from tui.papers.library import Library
from tui.papers.triage import VERBS, now_utc
from tui.store.database import Database

#: an append as long as a line of decisions
LINE = b"x" * 230 + b"\n"


def importing(case: Case, digests: Path) -> Iterator[Figure]:
    """From the text of digests to records, and to a durable library; the latter by the real program."""
    turns = range(3 if case.papers <= 10_000 else max(1, case.often // 4))
    yield case.figure("digests read", [case.papers / _reading(digests)[0] for _ in turns])
    took = []
    for _ in turns:
        library = case.folder / "imported"
        began = time.perf_counter()
        subprocess.run(
            [PAPERTUI, "import", digests, "--library", library, "--json"],
            env=case.env,
            check=True,
            capture_output=True,
        )
        took.append(time.perf_counter() - began)
        shutil.rmtree(library)
    yield case.figure(
        "digests imported and stored", took, _tinydb_import(digests, case.folder / "stock.json")
    )


def deciding(case: Case, stock: Path) -> Iterator[Figure]:
    """One star, durable when it is shown."""
    ours, raw = _decisions(Library(Database(case.library)), case.folder / "raw", case.often * 20)
    yield case.figure("decision on disk", ours.all, raw.median)
    yield case.figure("decision on disk, TinyDB", ours.all, _tinydb_updates(stock, 3).median)


def _reading(digests: Path) -> tuple[float, list[dict[str, object]]]:
    """The seconds that reading the text took, and what stock TinyDB is to hold of it."""
    records: list[dict[str, object]] = []
    texts = [(path, path.read_text("utf-8")) for path in sorted(digests.iterdir())]
    began = time.perf_counter()
    readings = [read_text(text, path=str(path), imported=now_utc()) for path, text in texts]
    took = time.perf_counter() - began
    for reading in readings:
        records += (
            {"title": r.title, "abstract": r.abstract, "authors_count": r.authors_count, "starred": False}
            for r in reading.records
        )
    return took, records


def _tinydb_import(digests: Path, database: Path) -> float:
    """Seconds of the same with stock TinyDB: records read by us, inserted all at once, as suits it best."""
    took, records = _reading(digests)
    began = time.perf_counter()
    with TinyDB(database) as db:
        db.insert_multiple(records)
    return took + time.perf_counter() - began


def _decisions(library: Library, raw: Path, times: int) -> tuple[Times, Times]:
    """Star so many papers one by one, and after each append a bare line; milliseconds of either."""
    inbox = [paper_id for paper_id in library.papers if library.triage(paper_id).undecided]
    ours, bare = Times(), Times()
    fd = os.open(raw, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        for paper_id in inbox[:times]:
            began = time.perf_counter()
            library.decide("star", [paper_id], VERBS["star"])
            ours.all.append((time.perf_counter() - began) * 1e3)
            began = time.perf_counter()
            os.write(fd, LINE)
            os.fsync(fd)
            bare.all.append((time.perf_counter() - began) * 1e3)
    finally:
        os.close(fd)
    return ours, bare


def _tinydb_updates(database: Path, times: int) -> Times:
    """Star so many papers in a stock TinyDB; milliseconds each."""
    measured = Times()
    with TinyDB(database) as db:
        for number in range(1, times + 1):
            began = time.perf_counter()
            db.update({"starred": True}, doc_ids=[number])
            measured.all.append((time.perf_counter() - began) * 1e3)
    return measured
