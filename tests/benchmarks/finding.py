"""What is measured of searching, in a program of its own: times, memory, and how long others had to wait.

Run with a library's folder, it prints the figures as JSON.
"""

import gc
import json
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from threading import Thread

from on_screen import Times

from tui.papers.finding import Finder
from tui.papers.library import Library
from tui.papers.query import Query, parse
from tui.papers.search import breather
from tui.store.database import Database

#: what is typed; the second finds nothing and has close spellings
TYPED = ("diffusion language model", "difusion lnguage", "difusion atention")


def never() -> bool:
    """Nothing is cancelled, but others have their turn."""
    return False


class Ticker:
    """Another thread that wants to work every millisecond; `longest` is what it waited beyond that."""

    def __init__(self) -> None:
        self.longest, self._on = 0.0, True
        self._thread = Thread(target=self._run)

    def __enter__(self) -> "Ticker":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._on = False
        self._thread.join()

    def _run(self) -> None:
        last = time.perf_counter()
        while self._on:
            time.sleep(0.001)
            now = time.perf_counter()
            self.longest, last = max(self.longest, (now - last) * 1e3 - 1), now


def resident() -> float:
    """MB this program holds now; nan where that cannot be told (Linux only)."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), float("nan"))


def key_by_key(text: str, find: Callable[[Query], object]) -> Times:
    """Milliseconds for each letter of this as it is typed."""
    times = Times()
    for length, letter in enumerate(text, 1):
        if letter != " ":
            times.all.append(_milliseconds(partial(find, parse(text[:length]))))
    return times


def _milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1e3


def measures(library: Library) -> Iterator[tuple[str, float, float | None, str]]:
    """Each measure: its name, value, 95th in 100 and unit."""
    finder: Finder = library.finder()
    with Ticker() as prepared:
        yield "abstracts into memory", _milliseconds(lambda: finder.prepare(never)), None, "ms"
    yield "  longest wait of another thread", prepared.longest, None, "ms"
    yield "  memory then", resident(), None, "MB"
    for text in TYPED[:2]:
        fresh = library.finder()
        fresh.prepare(never)
        titles = key_by_key(text, fresh.titles)
        yield f"titles, typing “{text}”", titles.median, titles.p95, "ms"
        with Ticker() as searched:
            whole = key_by_key(text, partial(fresh.complete, cancelled=never))
        yield f"all texts, typing “{text}”", whole.median, whole.p95, "ms"
        yield "  slowest key", max(whole.all), None, "ms"
        yield "  longest wait of another thread", searched.longest, None, "ms"
    with Ticker() as learnt:
        yield "vocabulary into memory", _milliseconds(lambda: library.learn(breather(never))), None, "ms"
    yield "  longest wait of another thread", learnt.longest, None, "ms"
    query = parse(TYPED[2])
    with Ticker() as offered:
        yield (
            f"close spellings of “{TYPED[2]}”",
            _milliseconds(lambda: finder.close(query, never)),
            None,
            "ms",
        )
    yield "  longest wait of another thread", offered.longest, None, "ms"
    yield "  memory then", resident(), None, "MB"


def main() -> None:
    """Measure the library in this folder."""
    library = Library(Database(Path(sys.argv[1])))
    gc.freeze()
    print(json.dumps(list(measures(library))))


if __name__ == "__main__":
    main()
