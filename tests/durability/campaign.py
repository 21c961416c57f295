"""All campaigns in their long form, and one table: `make campaign`. Exit 1 where anything was found."""

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import damages
import disks
import inputs
import kills
import races
from programs import campaign as programs
from tally import TRACEBACK, Tally, details, layout

Campaign = Callable[[Path], Tally | None]


def campaigns(number: int, seed: int) -> Iterator[tuple[str, Campaign]]:
    """Each kind by its name, with so many kills and mutations."""
    for kind in kills.KINDS:
        yield kind.name, lambda folder, kind=kind: kills.campaign(kind, folder, number, seed)  # type: ignore[misc]
    yield "kill of the program", lambda folder: programs(folder, number, seed)
    yield "races", lambda folder: races.campaign(folder, 10, 200, seed)
    yield "lock holders", lambda folder: races.locks(folder, 50)
    yield "cut short", damages.cuts
    yield "damaged lines", damages.middle
    yield "no table", damages.places
    yield "calls that fail", disks.calls
    yield "disk really full", disks.full
    yield "read-only", disks.read_only
    yield "hostile files", lambda folder: inputs.campaign(folder, number, seed)


def main() -> int:
    """Run what was asked for, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, help="the seed that an earlier campaign printed")
    parser.add_argument("--kills", type=int, default=500, metavar="N", help="kills of each kind (500)")
    parser.add_argument("--only", metavar="KIND", default="", help="the kinds with this in their name")
    args = parser.parse_args()
    seed = random.randrange(1 << 32) if args.seed is None else args.seed
    sys.stdout.write(f"seed {seed}\n")
    wanted = [(n, run) for n, run in campaigns(args.kills, seed) if args.only.casefold() in n.casefold()]
    if not wanted:
        parser.error(f"no kind is called {args.only}")
    tallies = [tally for name, run in wanted if (tally := _run(name, run))]
    sys.stdout.write("\n" + layout(tallies) + "\n")
    for tally in tallies:
        if lines := details(tally):
            sys.stdout.write("\n".join((f"\n{tally.kind}", *(f"  {line}" for line in lines))) + "\n")
    return 1 if any(tally.found for tally in tallies) else 0


def _run(name: str, run: Campaign) -> Tally | None:
    """One campaign in a folder of its own; None where this machine does not let it run."""
    folder, began = Path(tempfile.mkdtemp(prefix="papertui-campaign-")), time.monotonic()
    try:
        tally = run(folder)
    except Exception as error:
        tally = Tally(name, 1)
        tally.find(TRACEBACK, f"the campaign itself broke off: {type(error).__name__}: {error}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    words = f"{time.monotonic() - began:.0f} s" if tally else "left out: nothing may be mounted here"
    sys.stdout.write(f"{name}: {words}\n")
    sys.stdout.flush()
    return tally


if __name__ == "__main__":
    sys.exit(main())
