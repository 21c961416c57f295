"""The filter line while it is typed into: the first search, later ones, and whether typing ever waits."""

import re
import time
from collections.abc import Iterator

import on_screen
from case import Case
from table import Figure

#: what is typed: the words of many papers, those of few
TYPED = ("diffusion language", "kernel vision", "sparse")
#: seconds between two letters of a fast typist
LETTER = 0.1
#: seconds of silence after which nothing more is found
SILENCE = 0.4
#: the foot once all was looked through; until then an ellipsis follows the number found
_COMPLETE = re.compile(r" [\d,]+ of [\d,]+ *$", re.MULTILINE)
#: the line that is typed into
_PROMPT = re.compile(r"^ */", re.MULTILINE)


def finding(case: Case) -> Iterator[Figure]:
    """All that is measured of the filter line, in three programs opened afresh and one that goes on."""
    firsts = []
    for _ in range(3):
        app, _ = case.papertui()
        begun = app.send("/kernel")
        app.wait_for(re.compile(r"^ */ ?kernel", re.MULTILINE), _COMPLETE)
        firsts.append((time.perf_counter() - begun) * 1e3)
        app.close()
    yield case.figure("first search, complete", firsts)
    app, _ = case.papertui()
    on_screen.type_all(app, "/")
    yield case.figure("first search: longest wait for a key typed", max(_typed(app, "diffusion language")))
    app.wait_for(_COMPLETE)
    titles, complete = _letters(app)
    yield case.figure("filter, key typed to titles: median", titles.all)
    yield case.figure("filter, key typed to titles: 95th of 100", titles.p95)
    yield case.figure("filter, key typed to abstracts too: slowest", max(complete.all))
    yield case.figure("memory, abstracts searched", on_screen.memory(app))
    app.close()


def _typed(app: on_screen.Terminal, text: str) -> Iterator[float]:
    """Type without waiting for what is found; for each letter the milliseconds to the next whole frame."""
    for letter in text:
        before = len(app.log)
        pressed = app.send(letter)
        yield (on_screen.first_frame(app, before) - pressed) * 1e3
        while (left := pressed + LETTER - time.perf_counter()) > 0:
            app.read(left)


def _letters(app: on_screen.Terminal) -> tuple[on_screen.Times, on_screen.Times]:
    """Each letter at rest: the milliseconds to its first frame, which has the titles, and to its last."""
    titles, complete = on_screen.Times(), on_screen.Times()
    for text in TYPED:
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
