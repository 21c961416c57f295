"""Keys that change list and abstract: in the list, in cards, held down, and acting on ten thousand papers."""

import time
from collections.abc import Iterator

import on_screen
from case import Case
from measures import CARDS, IN_CARDS, IN_LIST
from table import Figure

#: selects ten thousand papers from the first on, and gives them a tag, which none of them has
SELECT, TAG = "gv9999j", "bulk"
#: presses a second while a key is held, and how long it is held
RATE, HELD = 30, 10.0
#: from the inbox to the first of all papers
TO_ALL = "]]]g"


def keys(case: Case) -> Iterator[Figure]:
    """All that is measured of keys, each part in a papertui opened afresh."""
    yield from _pressed(case, IN_LIST, "", "")
    yield from _pressed(case, IN_CARDS, "c", CARDS)
    yield from _at_once(case)
    yield from _held(case)


def _pressed(case: Case, wanted: str, begin: str, place: str) -> Iterator[Figure]:
    """Each key several times, from the key to the last byte of its frame; what was decided is taken back."""
    cases = [case, *([case.beside] if case.beside else [])]
    often = min(case.often * 2, *(one.undecided // 4 for one in cases))
    apps = [one.papertui()[0] for one in cases]
    for app in apps:
        on_screen.type_all(app, begin + "jjkk")
    on_screen.press_all(apps, "jjkk")
    for key in wanted.replace("u", ""):
        measured = on_screen.press_all(apps, key * often)
        yield from _figures(case, key, place, *measured)
        if key in "sdl":
            undone = on_screen.press_all(apps, "u" * often)
            if key == "s":
                yield from _figures(case, "u", place, *undone)
        elif key == "j":
            on_screen.press_all(apps, "k" * often)
    for app in apps:
        app.close()


def _figures(
    case: Case, key: str, place: str, ours: on_screen.Keys, beside: on_screen.Keys | None = None
) -> Iterator[Figure]:
    yield case.figure(f"key `{key}`{place}", ours.times.all)
    peer = beside.processor.median if beside else None
    yield case.figure(f"key `{key}`{place}: processor time", ours.processor.all, peer)


def _at_once(case: Case) -> Iterator[Figure]:
    """Tag ten thousand papers, or all there are, and take it back."""
    acted, undone = [], []
    app, _ = case.papertui()
    on_screen.type_all(app, TO_ALL)
    for _ in range(max(3, case.often // 3)):
        on_screen.type_all(app, [*SELECT, "t", *TAG, "enter"])
        app.wait_for("not on the screen?")
        acted.append(on_screen.press(app, "y"))
        app.wait_for(f"{min(case.papers, 10_000):,} papers")
        undone.append(on_screen.press(app, "u"))
        app.wait_for("took back: ")
    app.close()
    yield case.figure("tag all papers, 10,000 at most", acted)
    yield case.figure("undo of it", undone)


def _held(case: Case) -> Iterator[Figure]:
    """Hold j; the milliseconds from the last press to the last byte, so that what piled up shows."""
    app, _ = case.papertui()
    on_screen.type_all(app, TO_ALL)
    presses = min(round(RATE * HELD * min(case.often / 10, 1)), case.papers - 1)
    begun = time.perf_counter()
    for number in range(presses):
        while (left := begun + number / RATE - time.perf_counter()) > 0:
            app.read(left)
        last = app.send("j")
    ended = on_screen.last_byte(app)
    app.wait_for(f"{presses + 1} of ")
    app.close()
    yield case.figure("`j` held, 30 a second: behind at the end", (ended - last) * 1e3)
