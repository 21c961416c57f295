"""The format `papertui-jsonl`: one paper a line, as papertui writes them.

The fields are those of a paper in `papertui list --jsonl`. What was decided about a paper (read,
starred, later, tags, note) is not read: a digest says what there is, the user what becomes of it.
"""

import json
import re
from datetime import date
from typing import Annotated, Any

import msgspec

from tui.digests.format import Content, Format, ReadContext
from tui.digests.links import arxiv_id, is_address
from tui.digests.quote import first_words
from tui.papers.paper import Record, Reject

_SURROGATE = re.compile("[\ud800-\udfff]")
_WHERE = re.compile(r"`\$\.(\w+)")
_FIRST = re.compile(r"\s*(\{.*)")
_Count = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]


class _Line(msgspec.Struct, kw_only=True):
    """The fields that are read, all but the title as good as absent when they are null."""

    title: str
    abstract: str | None = None
    authors: tuple[str, ...] | None = None
    authors_count: _Count | None = None
    published: date | None = None
    year_inferred: bool | None = None
    comments: _Count | None = None
    upvotes: _Count | None = None
    arxiv_id: str | None = None
    links: tuple[str, ...] | None = None


_decode = msgspec.json.Decoder(_Line).decode


class _LineError(ValueError):
    """A line that is no record; its words are the reason."""


def knows(text: str) -> bool:
    """Whether the first line that is not blank is a JSON object with a title, and an id or abstract."""
    first_line = _FIRST.match(text)
    if not first_line:
        return False
    try:
        first = _object(first_line[1])
    except _LineError:
        return False
    return isinstance(first, dict) and "title" in first and ("id" in first or "abstract" in first)


def read(text: str, context: ReadContext) -> Content:
    """The papers of the text; a line that is no paper is a reject that names the field."""
    records, rejects = [], []
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line.isspace():
            continue
        try:
            records.append(_record(_fields(line)))
        except _LineError as error:
            rejects.append(Reject(number, f"{first_words(line)} {error}"))
    return Content(tuple(records), tuple(rejects))


def _fields(line: str) -> _Line:
    """The line's fields. What only the standard library takes (lone surrogates) is read again."""
    try:
        return _decode(line)
    except msgspec.ValidationError as error:
        raise _LineError(_reason(str(error))) from None
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        pass
    try:
        return msgspec.convert(_object(line), _Line)
    except msgspec.ValidationError as error:
        raise _LineError(_reason(str(error))) from None


def _object(line: str) -> Any:
    """The line's JSON value; lone surrogates, which no file can hold, become U+FFFD."""
    try:
        return _whole(json.loads(line))
    except RecursionError:
        raise _LineError("is nested too deeply.") from None
    except ValueError as error:
        raise _LineError(f"is not JSON: {error}.") from None


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_whole(each) for each in value]
    if isinstance(value, dict):
        return {_whole(key): _whole(each) for key, each in value.items()}
    return value


def _reason(message: str) -> str:
    """msgspec's "Expected `str`, got `int` - at `$.title`" as the end of a sentence."""
    where = _WHERE.search(message)
    what = message.partition(" - at ")[0].replace("`", "")
    return f"has a wrong field {where[1]}: {what}." if where else f"is no paper: {what}."


def _record(line: _Line) -> Record:
    if not line.title.strip():
        raise _LineError("has a wrong field title: it is empty.")
    named = (line.arxiv_id or "").strip()
    found = arxiv_id(named)
    if named and found is None:
        raise _LineError(f"has a wrong field arxiv_id: {first_words(named)} is no arXiv id.")
    links = line.links or ()
    for link in links:
        if not is_address(link):
            raise _LineError(f"has a wrong field links: {first_words(link)} is no web address.")
    return Record(
        title=line.title,
        abstract=line.abstract or "",
        authors=line.authors or (),
        authors_count=line.authors_count,
        published=line.published,
        year_inferred=bool(line.year_inferred and line.published),
        comments=line.comments,
        upvotes=line.upvotes,
        arxiv_id=found,
        links=tuple(dict.fromkeys(links)),
    )


JSON_LINES = Format("papertui-jsonl", knows, read)
