"""The real program, killed in the middle of an import of many files, or of a decision in bulk.

Its word is its exit: what ended with exit 0 before a kill is there after it.
"""

import io
import json
import os
import random
import time
from contextlib import redirect_stderr, redirect_stdout
from functools import partial
from pathlib import Path

from children import Child, Say, raised, spin
from samples import remove
from tally import CORRUPTION, LOSS, TRACEBACK, Tally
from witness import fresh, near, program
from works import abstract, title

from tui.cli import decision_verbs, import_verbs, importing  # noqa: F401  a copy finds them read already
from tui.cli.front_door import run
from tui.exports import json_lines  # noqa: F401

#: as often as this the program is started anew, not copied
ANEW = 10
FILES, EACH = 6, 20


def campaign(folder: Path, kills: int, seed: int) -> Tally:
    """So many imports and decisions, each killed at a moment of chance, then done again to the end."""
    chance, tally = random.Random(f"{seed} programs"), Tally("kill of the program")
    path, digests = folder / "library", folder / "digests"
    for number in range(kills):
        if number % 20 == 0:
            remove(path)
            works = set[int]()
        tally.tried += 1
        tag = f"kill-{number}"
        if number % 2:
            args = ["mark", "work", "--tag", tag, "--star"]
        else:
            args = ["import", str(_digests(digests, number % 20 * FILES * EACH)), "--json"]
            works |= {*range(number % 20 * FILES * EACH, (number % 20 + 1) * FILES * EACH)}
        _killed(tally, path, args, chance)
        _done(tally, path, args)
        seen = (fresh if number % ANEW == ANEW - 1 else near)(path, tally, args[0])
        if seen is None:
            continue
        lost = works - {n for n, papers in seen.papers.items() if len(papers) == 1 and papers[0][0] == 0}
        tally.expect(not lost, LOSS, f"{args[0]}: {len(lost)} papers are lost, doubled or wrong")
        wearing = [n for n in works if seen.triages.get(n, {}).get(f"tag:{tag}") is True]
        tally.expect(not number % 2 or len(wearing) == len(works), LOSS, f"{args[0]}: not all are marked")
        tally.expect(_early(seen.triages, number), LOSS, f"{args[0]}: an earlier mark is lost")
    return tally


def _early(triages: dict[int, dict[str, bool | str]], number: int) -> bool:
    """Whether the papers of the first import of this library wear all the tags given since."""
    tags = {f"tag:kill-{n}" for n in range(number - number % 20, number + 1) if n % 2}
    return all(tags <= triages.get(work, {}).keys() for work in range(FILES * EACH))


def _digests(folder: Path, first: int) -> Path:
    """A folder of files with the works from this one on."""
    remove(folder)
    folder.mkdir()
    for file in range(FILES):
        works = range(first + file * EACH, first + (file + 1) * EACH)
        lines = [json.dumps({"title": title(n), "abstract": abstract(n, 0)}) for n in works]
        (folder / f"{file}.jsonl").write_text("\n".join(lines) + "\n")
    return folder


def _killed(tally: Tally, path: Path, args: list[str], chance: random.Random) -> None:
    end = time.perf_counter() + chance.uniform(0, 0.1 if args[0] == "import" else 0.03)
    with Child(partial(_call, path, args)) as child:
        spin(lambda: time.perf_counter() >= end)
        tally.notes["killed at work"] += child.alive
        child.kill()


def _done(tally: Tally, path: Path, args: list[str]) -> None:
    """The same call, to its end."""
    if tally.tried % ANEW == 0:
        ended = program(path, *args)
        code, err = (ended[0], ended[2]) if ended else (-1, "hangs")
    else:
        with Child(partial(_call, path, args)) as child:
            heard = child.all()
        words = raised(heard)
        code, err = (-1, f"Traceback: {words}") if words or not heard else heard[0]
    tally.expect("Traceback" not in err, TRACEBACK, f"{args[0]}: {err[-300:]}")
    fine = code == 0 or (args[0] == "mark" and "changed nothing" in err) or "already" in err
    tally.expect(fine, CORRUPTION, f"{args[0]} exits {code}: {err[-300:]}")


def _call(path: Path, args: list[str], say: Say) -> None:
    os.environ["PAPERTUI_LIBRARY"] = str(path)
    os.environ["PAPERTUI_CONFIG"] = str(path.parent / "config.toml")
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):
        code = run(args)
        err.flush()
    say((code, err.buffer.getvalue().decode()))  # type: ignore[attr-defined]
