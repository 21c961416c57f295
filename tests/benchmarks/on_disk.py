"""What is measured on the disk: imports and decisions, beside stock TinyDB and a bare append."""

import os
import time
from pathlib import Path

from generate import import_digests
from on_screen import Times
from tinydb import TinyDB

from tui.digests import read_text
from tui.papers.library import Library
from tui.papers.triage import VERBS, now_utc

#: an append as long as a line of decisions
LINE = b"x" * 230 + b"\n"


def import_rate(digests: Path, library: Path, papers: int) -> float:
    """Papers a second, from digest text to a durable library."""
    began = time.perf_counter()
    import_digests(digests, library, papers)
    return papers / (time.perf_counter() - began)


def tinydb_import_rate(digests: Path, database: Path, papers: int) -> float:
    """The same into a stock TinyDB: the records read by us, inserted all at once, as suits it best."""
    began = time.perf_counter()
    records: list[dict[str, object]] = []
    for path in sorted(digests.iterdir()):
        reading = read_text(path.read_text("utf-8"), path=str(path), imported=now_utc())
        records += (
            {"title": r.title, "abstract": r.abstract, "authors_count": r.authors_count, "starred": False}
            for r in reading.records
        )
    with TinyDB(database) as db:
        db.insert_multiple(records)
    return papers / (time.perf_counter() - began)


def decisions(library: Library, raw: Path, times: int) -> tuple[Times, Times]:
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


def tinydb_updates(database: Path, times: int) -> Times:
    """Star so many papers in a stock TinyDB; milliseconds each."""
    measured = Times()
    with TinyDB(database) as db:
        for number in range(1, times + 1):
            began = time.perf_counter()
            db.update({"starred": True}, doc_ids=[number])
            measured.all.append((time.perf_counter() - began) * 1e3)
    return measured
