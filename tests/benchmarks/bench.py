"""Measure papertui beside its peers and its budgets: `make bench`. No time makes it fail."""

import argparse
import json
import os
import platform
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from case import Case
from finding import finding
from generate import decide_some, import_digests, write_digests
from keys import keys
from on_disk import deciding, importing
from table import Figure, table
from visits import visits

from tui.papers.library import Library
from tui.store.database import Database

README = Path(__file__).parents[2] / "README.md"
#: what stands in the README before and after the table
BEGIN, END = "<!-- figures: make bench ARGS=--readme -->", "<!-- end of figures -->"


def circumstances() -> dict[str, Any]:
    """What the figures hang on."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "textual": version("textual"),
        "load": round(os.getloadavg()[0], 2),
    }


def _processor() -> str:
    """The processor's name, where the system tells it."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text().splitlines() if told.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or "unknown")


def cases(folder: Path, papers: int, shares: Sequence[int], often: int) -> Iterator[Case]:
    """Libraries of this size, one a share of decided papers, from digests that stay in the folder."""
    digests = write_digests(folder / "digests", papers)
    import_digests(digests, folder / "undecided", papers)
    for decided in shares:
        case = Case(folder, folder / f"decided-{decided}", papers, decided, often)
        shutil.copytree(folder / "undecided", case.library)
        decide_some(Library(Database(case.library)), decided / 100)
        yield case


def figures(made: Iterable[Case], beside: Sequence[Case]) -> Iterator[Figure]:
    """All measures of these libraries, keys in turn with another's; imports are measured once."""
    for number, case in enumerate(made):
        if not number:
            yield from importing(case, case.folder / "digests")
        smaller = (one for one in beside if one.decided == case.decided and one.papers < case.papers)
        case = replace(case, beside=next(smaller, None))
        yield from visits(case)
        yield from keys(case)
        yield from finding(case)
        yield from deciding(case, case.folder / "stock.json")
        shutil.rmtree(case.library)


def foot(held: dict[str, Any], shares: Sequence[int], minutes: float) -> str:
    """What the figures hang on, in words."""
    decided = " / ".join(f"{share} %" for share in shares)
    return (
        f"Sizes in papers, of which {decided} are decided; medians. {held['processor']}, "
        f"{held['cores']} cores, {held['system']}, Python {held['python']}, "
        f"Textual {held['textual']}; {held['date']}, {minutes:.0f} minutes from a load of {held['load']} on."
    )


def write_readme(words: str) -> None:
    """Put the table where the README has its figures."""
    text = README.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise SystemExit(f"{README} has no place for figures")
    README.write_text(f"{before}{BEGIN}\n{words}\n{END}{after}", "utf-8")


@contextmanager
def _folder(where: Path | None) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="papertui-bench-", dir=where))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=_numbers, default="400,10000,100000", help="papers of the libraries")
    parser.add_argument("--decided", type=_numbers, default="10,90", help="per cent of the papers decided")
    parser.add_argument("--quick", action="store_true", help="do each thing a few times only")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    parser.add_argument("--readme", action="store_true", help="put the table into README.md")
    parser.add_argument("--dir", type=Path, help="where the libraries lie meanwhile")
    return parser.parse_args()


def main() -> None:
    """Measure and print."""
    options = _options()
    held, began = circumstances(), time.monotonic()
    found: list[Figure] = []
    sizes, shares, often = sorted(options.sizes), options.decided, 3 if options.quick else 10
    with _folder(options.dir) as small:
        beside = [*cases(small, sizes[0], shares, often)]
        for size in sizes:
            with _folder(options.dir) as folder:
                found += figures(cases(folder, size, shares, often), beside)
            print(f"{size:,} papers measured", flush=True)
    words = f"{table(found)}\n\n{foot(held, options.decided, (time.monotonic() - began) / 60)}"
    print(f"\n{words}")
    if options.readme:
        write_readme(words)
    if options.json:
        told = {**held, "figures": [figure.to_json() for figure in found]}
        options.json.write_text(json.dumps(told, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
