"""The lines of a Hugging Face page saved as text: which are the page's own, which a paper's facts.

A saved page has no mark-up left. Its own lines (the "furniture": banner, Subscribe, header) are
known by their words, the facts under an entry by their shape, and all the rest is text:

    new                                              Cross-Scale Attention for …      title
    Get trending papers in your email inbox!         We study attention which …       abstract
    Subscribe                                          • 3 authors                    facts
    Daily Papers                                     ·
    byAK and the research community                  Jan 9, 2024 2
    Nov 18

Pages differ in which of these they have, in blank lines, and in whether `Subscribe` is glued to
the first title. The number after a date counts discussion comments.
"""

import re
from typing import NamedTuple

from tui.digests.dates import MONTHS, Day

#: What a line may have around it and still be the same line; the last five take no room on a screen.
_AROUND = " \t\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u2002\u2003\u2009\u202f\u3000\u200b\u200e\u200f\u2060\ufeff"
_LONGEST_SIGN = 72
_MOST_FACT_LINES = 5

BANNERS = (
    "Get trending papers in your email inbox!",
    "Get trending papers in your email inbox once a day!",
)
HEADINGS = ("byAK and the research community", "by AK and the research community")
SUBSCRIBE = "Subscribe"
SUBMITTED = "Submitted by"
FURNITURE = frozenset({"new", SUBSCRIBE, "Daily Papers", SUBMITTED, *BANNERS, *HEADINGS})

# Not glued: "Subscribers of …", "Subscribed …". Glued: a title's first character, whatever it is.
_GLUED = re.compile(r"Subscribe(?!(?:d|s|rs?)\b)(?=[\w$\\\"'“‘(\[{])")
_GLUED_NEW = re.compile(r"(?<=\S)\ufeff?new\Z")
_FACTS = re.compile(
    r"(?:[•·∙⋅*-]?\s*(?P<authors>\d{1,6})\s+authors?(?!\w))?"
    r"(?:\s*(?P<dot>[•·∙⋅]))?"
    rf"(?:\s*(?P<month>{'|'.join(MONTHS)})\s+(?P<day>0?[1-9]|[12]\d|3[01])(?!\d)"
    r"(?:,?\s+(?P<year>(?:19|20)\d\d)(?!\d))?(?:\s+(?P<comments>\d{1,5})(?!\d))?)?"
    r"[^\S\n]*(?=\n|\Z)"
)
_FACT_NAMES = ("authors", "dot", "month", "day", "year", "comments")
_FACTS_BEGIN = frozenset("•·∙⋅*-0123456789") | {month[0] for month in MONTHS}


class Line(NamedTuple):
    """A line that is not blank, without what stands around it, and its number in the file."""

    number: int
    text: str


class Facts(NamedTuple):
    """What stands under an entry, or a header's date: one to five lines read as one."""

    line: Line
    lines: int
    marked: bool
    """Whether an authors line or a dot shows that it belongs to an entry."""
    authors: int | None
    day: Day | None
    comments: int | None


def split(text: str) -> list[Line]:
    """The lines that are not blank; pages put together without a line end between them parted."""
    lines: list[Line] = []
    for number, raw in enumerate(text.split("\n"), 1):
        if line := raw.strip(_AROUND):
            if line.endswith(BANNERS):
                _part(lines, number, line)
            else:
                lines.append(Line(number, line))
    return lines


def _part(lines: list[Line], number: int, line: str) -> None:
    """A page's last line has no line end: the next page's `new` or banner may hang on to it."""
    banner = next(banner for banner in BANNERS if line.endswith(banner))
    if line != banner:
        lines.append(Line(number, line.removesuffix(banner).rstrip(_AROUND)))
    elif lines and _GLUED_NEW.search(last := lines[-1].text):
        lines[-1] = Line(lines[-1].number, last.removesuffix("new").rstrip(_AROUND))
        lines.append(Line(lines[-1].number, "new"))
    lines.append(Line(number, banner))


def furniture(line: str) -> str | None:
    """The furniture a line is, with plain blanks, or None."""
    if len(line) > _LONGEST_SIGN:
        return None
    if line in FURNITURE:
        return line
    if line.startswith(SUBMITTED + " "):
        return SUBMITTED
    plain = " ".join(line.split())
    return plain if plain in FURNITURE else None


def may_be_name(line: str) -> bool:
    """Whether a line can be the name that follows `Submitted by`."""
    return len(line) <= _LONGEST_SIGN and furniture(line) is None


def glued_title(line: str) -> str | None:
    """The title glued to `Subscribe`, or None."""
    match = _GLUED.match(line)
    return line[match.end() :] if match else None


def facts(lines: list[Line], at: int) -> Facts | None:
    """The facts that begin at a line, wherever the page breaks them, or None.

    A bare date is facts too, not `marked`: whether it is an entry's or the header's depends on
    where it stands.
    """
    if lines[at].text[0] not in _FACTS_BEGIN or len(lines[at].text) > _LONGEST_SIGN:
        return None
    near = "\n".join([line.text[:_LONGEST_SIGN] for line in lines[at : at + _MOST_FACT_LINES]])
    match = _FACTS.match(near)
    if not match or not (text := match[0]):
        return None
    authors, dot, month, day, year, comments = match.group(*_FACT_NAMES)
    return Facts(
        line=Line(lines[at].number, text),
        lines=text.count("\n") + 1,
        marked=bool(authors or dot),
        authors=int(authors) if authors else None,
        day=Day.read(month, day, year) if day else None,
        comments=int(comments) if comments else None,
    )
