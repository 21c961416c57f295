"""Made-up digests of believable size, and libraries that papertui imported from them. All of it is seeded."""

import argparse
import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path

from tui.cli.importing import Report, import_paths
from tui.papers.library import Library
from tui.papers.triage import VERBS
from tui.store.database import Database

#: papers of one digest
PAGE = 400
#: characters of a title and of an abstract, about
TITLE, ABSTRACT = 80, 1300

_FIRST = date(2022, 1, 3)
_STEMS = (
    *("attention", "gradient", "lantern", "kernel", "retrieval", "router", "token", "dialogue"),
    *("harbour", "diffusion", "memory", "orchard", "speech", "ladder", "policy", "encoder", "kettle"),
    *("search", "latent", "reward", "graph", "vision", "sparse", "window", "ferry", "prompt"),
    *("planner", "tensor", "bridge", "corpus", "signal", "sampler", "agent", "quilt", "decoder"),
    *("margin", "render", "compass", "schedule"),
)
_VERBS = ("keeps", "learns", "routes", "samples", "folds", "weighs", "reads", "scores", "prunes", "bounds")
_LINKS = ("with", "beyond", "under", "without", "across", "between", "against", "through")


def pages(papers: int, seed: int = 1) -> Iterator[str]:
    """So many papers as saved pages of 400, each with its header and the facts of every paper."""
    rng = random.Random(seed)
    sentences = [_sentence(rng) for _ in range(3000)]
    day = _FIRST
    for start in range(0, papers, PAGE):
        day += timedelta(days=7)
        parts = ["new", "Get trending papers in your email inbox!", "Subscribe", "Daily Papers"]
        parts += ["byAK and the research community", f"{day:%b} {day.day}"]
        for number in range(start, min(start + PAGE, papers)):
            parts += [_title(rng, number), _abstract(rng, sentences, number), _facts(rng, day)]
        yield "\n\n".join(parts) + "\n"


def _sentence(rng: random.Random) -> str:
    words = rng.choices(_STEMS, k=rng.randint(10, 20))
    words[2], words[5] = rng.choice(_VERBS), rng.choice(_LINKS)
    return " ".join(words).capitalize() + f" in {rng.randint(2, 98)}% of cases."


def _title(rng: random.Random, number: int) -> str:
    head = f"{rng.choice(_STEMS).title()}{rng.choice(_STEMS).title()}-{number}:"
    while len(head) < TITLE - 5:
        head += f" {rng.choice(_STEMS).title()}"
    return head


def _abstract(rng: random.Random, sentences: list[str], number: int) -> str:
    text = f"We study case {number}, which earlier work left open."
    while len(text) < ABSTRACT - 50:
        text += " " + rng.choice(sentences)
    return text


def _facts(rng: random.Random, day: date) -> str:
    seen = day - timedelta(days=rng.randint(0, 90))
    comments = f" {rng.randint(1, 40)}" if rng.random() < 0.5 else ""
    return f"  • {rng.randint(2, 14)} authors\n·\n{seen:%b} {seen.day}, {seen.year}{comments}"


def write_digests(folder: Path, papers: int) -> Path:
    """A folder of digests with so many papers."""
    folder.mkdir(parents=True)
    for number, page in enumerate(pages(papers)):
        (folder / f"digest-{number:04}.txt").write_text(page, "utf-8")
    return folder


def import_digests(digests: Path, library: Path, papers: int) -> Library:
    """A library that papertui made of the digests; all papers must have come through."""
    report = Report()
    made = Library(Database(library))
    import_paths(made, [str(digests)], None, report)
    if len(made.papers) != papers or report.rejected:
        raise ValueError(f"{papers} papers written, {len(made.papers)} read, {report.rejected} rejected")
    return made


def decide_some(library: Library, share: float) -> None:
    """Decide this share of the papers, evenly spread: star, done and later in turn."""
    papers = list(library.papers)
    verbs = cycle(("done", "star", "done", "later"))
    wanted = round(len(papers) * share)
    for number in range(wanted):
        verb = next(verbs)
        library.decide(verb, [papers[number * len(papers) // wanted]], VERBS[verb])


def main() -> None:
    """Write digests to look round in."""
    parser = argparse.ArgumentParser(description="Write digests of so many made-up papers.")
    parser.add_argument("papers", type=int)
    parser.add_argument("folder", type=Path, help="a folder that is not there yet")
    options = parser.parse_args()
    if options.folder.exists():
        parser.error(f"{options.folder} is there already; name another folder")
    write_digests(options.folder, options.papers)


if __name__ == "__main__":
    main()
