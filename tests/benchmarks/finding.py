"""The filter line while it is typed into: the first search, later ones, and whether typing ever waits."""

import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import on_screen
from case import PAPERTUI, Case
from pty_terminal import Terminal
from table import Figure

#: what is looked for first: a seventh of the papers, by their abstracts
FIRST = "98"
#: what is typed: the words of many papers, those of few
TYPED = ("diffusion language", "kernel vision", "sparse reward")
#: seconds between two letters of a fast typist
LETTER = 0.1
#: seconds of silence after which nothing more is found
SILENCE = 0.3
#: seconds of silence after which all abstracts were read, on any machine that is fit for so many
READ = 2.0


def finding(case: Case) -> Iterator[Figure]:
    """All that is measured of the filter line, in three programs opened afresh and one that goes on."""
    found = f" {_number_of(case, FIRST):,} of {case.undecided:,}"
    firsts = []
    for _ in range(3):
        app, _ = case.papertui()
        begun = app.send(f"/{FIRST}")
        app.wait_for(f"/ {FIRST} ", found)
        firsts.append((time.perf_counter() - begun) * 1e3)
        app.close()
    yield case.figure("first search, complete", firsts)
    app, _ = case.papertui()
    on_screen.type_all(app, "/")
    yield case.figure("first search: longest wait for a key typed", max(_typed(app, TYPED[0])))
    on_screen.rest(app, READ)
    titles, complete = _letters(app, TYPED[: max(1, case.often // 3)])
    yield case.figure("filter, key typed to titles: median", titles.all)
    yield case.figure("filter, key typed to titles: 95th of 100", titles.p95)
    yield case.figure("filter, key typed to abstracts too: slowest", max(complete.all))
    yield case.figure("memory, abstracts searched", on_screen.memory(app))
    app.close()


def _number_of(case: Case, query: str) -> int:
    """How many papers of the inbox there are to be found: the screen has that number once all is found."""
    command: list[str | Path] = [PAPERTUI, "list", query, "is:inbox", "--ids"]
    return len(subprocess.run(command, env=case.env, check=True, capture_output=True).stdout.split())


def _typed(app: Terminal, text: str) -> Iterator[float]:
    """Type without waiting for what is found; for each letter the milliseconds to the next whole frame."""
    for letter in text:
        before = len(app.log)
        pressed = app.send(letter)
        yield (on_screen.first_frame(app, before) - pressed) * 1e3
        while (left := pressed + LETTER - time.perf_counter()) > 0:
            app.read(left)


def _letters(app: Terminal, texts: Sequence[str]) -> tuple[on_screen.Times, on_screen.Times]:
    """Each letter at rest: the milliseconds to its first frame, which has the titles, and to its last."""
    titles, complete = on_screen.Times(), on_screen.Times()
    for text in texts:
        app.send(b"\x15")  # an empty line
        on_screen.rest(app, SILENCE)
        for letter in text:
            before = len(app.log)
            pressed = app.send(letter)
            if letter == " ":
                on_screen.rest(app, SILENCE)
                continue
            titles.all.append((on_screen.first_frame(app, before) - pressed) * 1e3)
            complete.all.append((on_screen.last_byte(app, SILENCE) - pressed) * 1e3)
    return titles, complete
