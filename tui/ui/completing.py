"""What could be typed next in a query: fields, states, facts, tags, digests and views; no Textual here."""

import re
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from tui.errors import QueryError
from tui.papers.library import Library
from tui.papers.paper import Paper
from tui.papers.query import FIELDS, HAVINGS, STATES, parse, written

_VALUE = re.compile(
    r'(?<!\S)(?P<lead>[-(]*(?:(?P<field>is|has|tag|digest|view|added|decided):|(?P<hash>#)))(?P<part>"[^"]*|[^\s"]*)$',
    re.IGNORECASE,
)
_FIELD = re.compile(r"(?<!\S)(?P<lead>[-(]*)(?P<part>[a-z]{2,})$")
_MEANT = re.compile(r"; did you mean (.+)\?$")
_WRONG = re.compile(r'"[^"]*"?|[^\s:()]+')
#: the periods that are offered for a day
LATELY = ("today", "yesterday", "7d", "4w")
#: with more papers than this it is not counted what each completion would find
COUNTED = 2_000


class Completion(Struct, frozen=True):
    """What could stand in place of `text[at:]`, best first; `waits` where that asks for nothing as it is."""

    at: int
    names: Sequence[str]
    field: str = ""
    waits: bool = False

    def taken(self, text: str) -> str:
        """The text with the first of the names."""
        return (
            f"{text[: self.at]}{written(self.names[0])} " if self.field else text[: self.at] + self.names[0]
        )


def completion(text: str, library: Library, tags: Callable[[], Sequence[str]]) -> Completion | None:
    """What could follow; `tags` gives those in use, the most used first."""
    if value := _VALUE.search(text):
        field = "tag" if value["hash"] else value["field"].casefold()
        part = value["part"].removeprefix('"').casefold()
        known = _known(field, library, tags)
        names = [name for name in known if name.casefold().startswith(part)]
        if not names or (len(names) == 1 and value["part"] in (names[0], written(names[0]))):
            return None
        whole = any(name.casefold() == part for name in names)
        names = [name for name in names if name != value["part"]]
        return Completion(value.start("part"), names, field, waits=not whole)
    if word := _FIELD.search(text):
        names = [f"{name}:" for name in FIELDS if name.startswith(word["part"])]
        return Completion(word.start("part"), names) if names else None
    return None


def _known(field: str, library: Library, tags: Callable[[], Sequence[str]]) -> Sequence[str]:
    if field == "digest":
        newest = sorted(library.digests.values(), key=lambda digest: digest.imported, reverse=True)
        return [digest.name for digest in newest]
    known = {"is": tuple(STATES), "has": tuple(HAVINGS), "view": library.views.names}
    return known.get(field) or (LATELY if field in ("added", "decided") else tags())


def counts(done: Completion, library: Library, papers: Sequence[Paper]) -> Mapping[str, int]:
    """How many of these papers each name would leave, where that is soon counted."""
    if not done.field or done.field == "view" or len(papers) > COUNTED:
        return {}
    asked = [library.asked(paper) for paper in papers]
    if done.field in ("is", "has"):
        said = STATES if done.field == "is" else HAVINGS
        return {name: sum(map(said[name], asked)) for name in done.names[:8]}
    if done.field in ("added", "decided"):
        wanted = {name: parse(f"{done.field}:{name}") for name in done.names}
        return {name: sum(map(query, asked)) for name, query in wanted.items()}
    if done.field == "digest":
        return {name: sum(name in one.digests for one in asked) for name in done.names[:8]}
    return {name: sum(name in one.triage.tags for one in asked) for name in done.names[:8]}


def corrected(text: str, error: QueryError) -> tuple[str, str] | None:
    """What a wrong query would be with the name that was probably meant, and the word as it then is."""
    meant = _MEANT.search(str(error))
    wrong = _WRONG.match(text, error.column)
    if not meant or not wrong:
        return None
    fixed = f"{text[: error.column]}{written(meant[1])}{text[wrong.end() :]}"
    start = fixed.rfind(" ", 0, error.column) + 1
    return fixed, re.split(r"\s", fixed[start:], maxsplit=1)[0]


def wrong_part(text: str, column: int) -> tuple[int, int | None]:
    """From where to where a query is wrong."""
    wrong = _WRONG.match(text, column)
    return column, wrong.end() if wrong else None
