"""Whoever writes until killed: says what it will do, does it, and acknowledges it once that has returned."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from children import Say
from works import reading, title

from tui.papers.library import Library
from tui.papers.triage import VERBS
from tui.store.database import Database

Act = Mapping[str, Any]


@dataclass(frozen=True)
class Start:
    """Where a writer begins: what is in the library, the next digest, an act to do first, and its chances.

    `mix` are the weights of deciding, undoing, redoing and importing.
    """

    works: Mapping[int, int]
    digest: int
    seed: int
    mix: tuple[int, int, int, int] = (6, 2, 2, 0)
    first: Act | None = None


def write(path: Path, start: Start, say: Say) -> None:
    """Act after act, for ever: `{"will": act}` before each and `{"did": …}` once it is kept."""
    chance, works, digest = random.Random(start.seed), dict(start.works), start.digest
    library = Library(Database(path, wait=30))
    perform = performer(library)
    act = start.first or _next(chance, start, works, digest)
    while True:
        say({"will": act})
        perform(act)
        say({"did": act["do"]})
        if act["do"] == "import":
            works.update(act["works"])
            digest = max(digest, act["digest"] + 1)
        act = _next(chance, start, works, digest)


def performer(library: Library) -> Callable[[Act], None]:
    """Does acts to a library, by the numbers of works."""
    ids: dict[str, str] = {paper.title: paper.id for paper in library.papers.values()}

    def perform(act: Act) -> None:
        match act["do"]:
            case "decide":
                library.decide(act["verb"], [ids[title(n)] for n in act["works"]], act["sets"])
            case "undo":
                library.undo()
            case "redo":
                library.redo()
            case "import":
                library.add(reading(act["works"], act["digest"]))
                ids.update((paper.title, paper.id) for paper in library.papers.values())
            case "compact":
                library.compact()

    return perform


def _next(chance: random.Random, start: Start, works: Mapping[int, int], digest: int) -> Act:
    do = chance.choices(("decide", "undo", "redo", "import"), start.mix)[0]
    if do == "import":
        return an_import(chance, works, digest)
    return a_decision(chance, works) if do == "decide" else {"do": do}


def a_decision(chance: random.Random, works: Mapping[int, int]) -> Act:
    """Some verb on one paper, on a few, or now and then on all."""
    numbers = list(works)
    count = chance.choice((1, 1, 1, 5, len(numbers) if chance.random() < 0.2 else 1))
    verb = chance.choice((*VERBS, "tag", "untag", "note"))
    tag, note = f"tag:{chance.choice('abcdef')}", f"note {chance.randrange(1000)}"
    sets: Mapping[str, bool | str] = {"tag": {tag: True}, "untag": {tag: False}, "note": {"note": note}}.get(
        verb, VERBS.get(verb, {})
    )
    chosen = sorted(chance.sample(numbers, min(count, len(numbers))))
    return {"do": "decide", "verb": verb, "works": chosen, "sets": dict(sets)}


def an_import(chance: random.Random, works: Mapping[int, int], digest: int) -> Act:
    """Papers not seen yet, and some known ones: as they were, or with an abstract that is longer."""
    numbers = list(works)
    fresh = range(max(numbers, default=0) + 1, max(numbers, default=0) + 1 + chance.choice((1, 3, 20)))
    again = sorted(chance.sample(numbers, min(chance.choice((0, 5, 200)), len(numbers))))
    pairs = [(n, works[n] + chance.randrange(2)) for n in again] + [(n, 0) for n in fresh]
    return {"do": "import", "digest": digest, "works": pairs}
