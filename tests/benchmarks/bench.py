"""Measure papertui beside its peers and its budgets: `make bench`. No time makes it fail."""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import on_disk
import on_screen
from generate import decide_some, import_digests, write_digests
from table import Budget, Row, layout

from tui.papers.library import Library
from tui.papers.view import BUILT_IN

BARE = "bare Textual"
STOCK = "stock TinyDB"
#: budgets of what is found, by how the measure's name begins
FINDING = {
    "abstracts into memory": 1000,
    "titles": 50,
    "  slowest key": 250,
    "close": 250,
    "  longest wait": 16,
    "  memory": 450,
}
PAPERTUI = Path(sys.executable).with_name("papertui")


class Visits:
    """A program opened and left several times."""

    def __init__(self) -> None:
        self.start, self.processor, self.end = (on_screen.Times() for _ in range(3))
        self.memory = 0.0

    def pay(self, app: on_screen.Terminal, took: float, key: str, *, counts: bool) -> None:
        """Note what one took, and leave it."""
        used = on_screen.processor(app)
        on_screen.rest(app, 0.3)
        self.memory = max(self.memory, on_screen.memory(app))
        left = on_screen.leave(app, key)
        if counts:
            self.start.all.append(took)
            self.processor.all.append(used)
            self.end.all.append(left)


class Bench:
    """One size of library in a folder of its own; `often` is how many times each thing is done."""

    def __init__(self, folder: Path, papers: int, often: int, decided: float) -> None:
        self.folder, self.papers, self.often = folder, papers, often
        self.digests = write_digests(folder / "digests", papers)
        self.library = folder / "library"
        decide_some(import_digests(self.digests, self.library, papers), decided)
        kept = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES", "NO_COLOR")}
        kept.pop("PYTHONDONTWRITEBYTECODE", None)
        self.env = kept | {
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LC_ALL": "C.UTF-8",
            "PAPERTUI_CONFIG": str(folder / "config.toml"),
            "PAPERTUI_LIBRARY": str(self.library),
            "XDG_STATE_HOME": str(folder / "state"),
        }

    def rows(self) -> Iterator[Row]:
        """All measures."""
        yield from self.starts()
        yield from self.keys()
        yield from self.deciding()
        yield from self.importing()
        yield from self.finding()

    def row(self, measure: str, value: float | on_screen.Times, unit: str, **rest: Any) -> Row:
        """A measure at this size; of several times the median and the 95th in 100."""
        if isinstance(value, on_screen.Times):
            return Row(self.papers, measure, value.median, unit, p95=value.p95, **rest)
        return Row(self.papers, measure, value, unit, **rest)

    # -- on the screen ------------------------------------------------------------------------

    def app(self) -> tuple[on_screen.Terminal, float]:
        """papertui with its list readable, and how long that took."""
        first = Library(_database(self.library)).list(BUILT_IN[0])[0]
        return on_screen.start([PAPERTUI], self.env, first.title.split()[0])

    def bare(self) -> tuple[on_screen.Terminal, float]:
        """A bare Textual app, readable, and how long that took."""
        script = Path(__file__).with_name("bare_app.py")
        return on_screen.start([sys.executable, script], self.env, "bare and readable")

    def starts(self) -> Iterator[Row]:
        """Start and leave, ours and the bare app's in turn; the first of each only warms the disk's cache."""
        ours, bare = Visits(), Visits()
        for turn in range(self.often + 1):
            for visits, open_, key in ((ours, self.app, "q"), (bare, self.bare, "ctrl+q")):
                visits.pay(*open_(), key, counts=turn > 0)
        beside: dict[str, Any] = {"peer_name": BARE}
        within = Budget(1.3 if self.papers <= 400 else 2.5, "ratio")
        yield self.row(
            "start to readable list", ours.start, "ms", peer=bare.start.median, budget=within, **beside
        )
        yield self.row("  processor time of it", ours.processor, "ms", peer=bare.processor.median, **beside)
        yield self.row("quit to prompt", ours.end, "ms", peer=bare.end.median, budget=Budget(80), **beside)
        yield self.row("memory, list open", ours.memory, "MB", peer=bare.memory, budget=Budget(150), **beside)

    def keys(self) -> Iterator[Row]:
        """Keys that change both list and abstract, from the key to the last byte of the frame."""
        often = min(self.often * 4, self.papers // 10)
        app, _ = self.app()
        on_screen.press_all(app, "jjjkkk")
        sizes: list[Row] = []
        for keys, back in (("j", "g"), ("su", "g"), ("du", "g"), ("lu", "g"), ("r", "")):
            for key in keys:
                measured = on_screen.press_all(app, key * often)
                if key != "u" or keys == "su":
                    yield self.row(f"key {key}", measured.times, "ms", budget=Budget(12))
                    drawn = sorted(measured.bytes)[often // 2]
                    sizes.append(self.row(f"  bytes of {key}", drawn, "bytes"))
                    sizes.append(self.row(f"  processor time of {key}", measured.processor, "ms"))
            on_screen.press_all(app, back)
        yield from sorted(sizes, key=lambda row: row.unit)
        on_screen.press(app, "A")
        read, _ = on_screen.press(app, "y")
        yield self.row("all papers read at once", read, "ms")
        undone, _ = on_screen.press(app, "u")
        yield self.row("undo of all papers read", undone, "ms", budget=Budget(200))
        on_screen.press_all(app, "/")
        typed = on_screen.press_all(app, "kernel")
        yield self.row("find, per key typed", typed.times, "ms", budget=Budget(50))
        app.close()

    # -- on the disk --------------------------------------------------------------------------

    def deciding(self) -> Iterator[Row]:
        """One star, durable when it is shown."""
        often = self.often * 10
        library = Library(_database(self.library))
        ours, raw = on_disk.decisions(library, self.folder / "raw", often)
        stock = self.folder / "stock.json"
        on_disk.tinydb_import_rate(self.digests, stock, self.papers)
        theirs = on_disk.tinydb_updates(stock, 5)
        twice = Budget(2, "ratio")
        name = "a decision on disk"
        yield self.row(name, ours, "ms", peer=raw.median, peer_name="append + fsync", budget=twice)
        yield self.row(name, ours, "ms", peer=theirs.median, peer_name=STOCK)

    def finding(self) -> Iterator[Row]:
        """Searching, in a program of its own."""
        script = Path(__file__).with_name("finding.py")
        run = subprocess.run(
            [sys.executable, script, self.library], env=self.env, capture_output=True, text=True, check=True
        )
        for measure, value, p95, unit in json.loads(run.stdout):
            limit = next((limit for name, limit in FINDING.items() if measure.startswith(name)), None)
            budget = Budget(limit) if limit else None
            yield Row(self.papers, measure, value, unit, p95=p95, budget=budget)

    def importing(self) -> Iterator[Row]:
        """From the text of digests to a durable library."""
        rates = []
        for turn in range(3 if self.papers <= 10_000 else 1):
            rates.append(on_disk.import_rate(self.digests, self.folder / f"again-{turn}", self.papers))
        stock = on_disk.tinydb_import_rate(self.digests, self.folder / "stock-again.json", self.papers)
        least = Budget(20_000, least=True)
        yield self.row("import", max(rates), "papers/s", peer=stock, peer_name=STOCK, budget=least)


def _database(path: Path) -> Any:
    from tui.store.database import Database

    return Database(path)


def circumstances() -> dict[str, Any]:
    """What the figures hang on."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "textual": version("textual"),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0],
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="400,10000", help="papers of the libraries (default: 400,10000)")
    parser.add_argument("--decided", type=float, default=0.1, help="share of papers decided (default: 0.1)")
    parser.add_argument("--quick", action="store_true", help="do each thing a few times only")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    parser.add_argument("--dir", type=Path, help="where the libraries lie meanwhile")
    options = parser.parse_args()
    held = circumstances()
    print("  ".join(f"{name} {value}" for name, value in held.items()), "\n", flush=True)
    rows: list[Row] = []
    for size in options.sizes.split(","):
        folder = Path(tempfile.mkdtemp(prefix="papertui-bench-", dir=options.dir))
        try:
            bench = Bench(folder, int(size), 4 if options.quick else 15, options.decided)
            fresh = list(bench.rows())
        finally:
            shutil.rmtree(folder)
        rows += fresh
        print(layout(fresh), flush=True)
    if options.json:
        figures = {**held, "decided": options.decided, "rows": [row.to_json() for row in rows]}
        options.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
