"""Pages as the site gives them, about papers that do not exist, and the real ones where they are."""

from collections.abc import Callable
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[3] / "shared"

_THINGS = ("Kettles", "Ladders", "Lanterns", "Bridges", "Harbours", "Orchards", "Clocks", "Maps")
_WAYS = ("Growing", "Folding", "Counting", "Sorting", "Mending", "Reading", "Weighing", "Naming")


def pair(number: int) -> tuple[str, str]:
    """The title and abstract of made-up paper `number`; no two are alike."""
    thing, way = _THINGS[number % 8], _WAYS[number // 8 % 8]
    title = f"{way} {thing} at Scale {number}: {'A Closer Look ' * (number % 5)}Revisited"
    abstract = (
        f"We study {thing.lower()} of kind {number} and how {way.lower()} changes them. "
        f"Earlier work needed {number + 2} passes and a steady hand. "
        + "Ours needs one, and says so plainly in every case that was tried. " * (3 + number % 9)
        + f"Code is kept at https://example.org/{way.lower()}-{number}."
    )
    return title, abstract


def facts(number: int) -> list[str]:
    """The three lines under made-up paper `number`; every fifth date has no year."""
    year = "" if number % 5 == 4 else f", {2015 + number % 9}"
    comments = f" {number}" if number % 3 == 2 else ""
    month = ("Jan", "Jun", "Nov")[number % 3]
    return [f"  • {number % 12 + 1} authors", "·", f"{month} 7{year}{comments}"]


def page_with_facts(count: int) -> str:
    """A search page with facts; entry 3 has none, as happens."""
    parts = ["new", "Get trending papers in your email inbox!", "Subscribe", "Daily Papers"]
    parts += ["byAK and the research community", "Nov 18"]
    for number in range(count):
        parts += pair(number)
        if number != 3:
            parts.append("\n".join(facts(number)))
    return "\n\n".join(parts)


def page_plain(count: int) -> str:
    """A page with blank lines and a date but no facts."""
    parts = ["new", "Get trending papers in your email inbox!", "Subscribe"]
    parts += ["byAK and the research community", "Mar 12"]
    for number in range(count):
        parts += pair(number)
    return "\n\n".join(parts)


def page_glued(count: int) -> str:
    """A page without blank lines, `Subscribe` glued to the first title."""
    lines = [line for number in range(count) for line in pair(number)]
    banner = "Get trending papers in your email inbox"
    return "\n".join([f"{banner} once a day!", f"{banner}!", "Subscribe" + lines[0], *lines[1:]])


MADE: dict[str, Callable[[int], str]] = {
    "facts": page_with_facts,
    "plain": page_plain,
    "glued": page_glued,
}
REAL = {
    "000": "dumps/000_bb4b64ca26ca827d.txt",
    "001": "dumps/001_133330ea10746aa2.txt",
    "004": "dumps/004_2052bfa5135965c2.txt",
}


@pytest.fixture(params=[*MADE, *REAL])
def page(request: pytest.FixtureRequest) -> str:
    """Each kind of saved page in turn: three made up, then three real ones."""
    if make := MADE.get(request.param):
        return make(24)
    return _real(REAL[request.param])


@pytest.fixture(params=list(MADE))
def made_page(request: pytest.FixtureRequest) -> str:
    """Each kind of saved page in turn, of 24 made-up papers."""
    return MADE[request.param](24)


@pytest.fixture
def made() -> list[tuple[str, str]]:
    """The titles and abstracts of the papers in a made-up page."""
    return [pair(number) for number in range(24)]


@pytest.fixture
def real() -> Callable[[str], str]:
    """Reads a file under `shared`; the test is skipped where it is not there."""
    return _real


def _real(path: str) -> str:
    file = SHARED / path
    if not file.is_file():
        pytest.skip(f"the real digest {file} is not on this machine")
    return file.read_text("utf-8")
