"""A query in words: "unread, tagged vision, published since 2023, without “convnet”"."""

from tui.papers.combined import All, Any, Not, Query
from tui.papers.periods import in_calendar
from tui.papers.terms import Author, Compare, Digest, Fuzzy, Has, InAct, InView, Is, Span, Tag, Word
from tui.papers.text import clean

#: each state, and what is not in it
_STATES = {
    "inbox": ("in the inbox", "not in the inbox"),
    "unread": ("unread", "read"),
    "read": ("read", "unread"),
    "starred": ("starred", "not starred"),
    "later": ("put off", "not put off"),
    "tagged": ("tagged", "without a tag"),
    "noted": ("with a note", "without a note"),
    "new": ("from the last import", "not from the last import"),
}
_ARTICLES = {"abstract": "an abstract", "authors": "authors", "comments": "comments", "upvotes": "upvotes"}
_NUMBERS = {
    ">": "more than {}",
    ">=": "{} or more",
    "<": "fewer than {}",
    "<=": "{} or fewer",
    "=": "{}",
}
_UNITS = {"d": "day", "w": "week", "m": "month", "y": "year"}


def in_words(query: Query) -> str:
    """What the query wants, as one would say it."""
    if isinstance(query, All):
        if len(query.terms) == 1:
            return in_words(query.terms[0])
        return ", ".join(map(_inside, query.terms)) or "everything"
    return _said(query)


def _said(query: Query) -> str:
    if isinstance(query, All):
        return " and ".join(map(_inside, query.terms)) or "everything"
    if isinstance(query, Any):
        return " or ".join(map(_inside, query.terms)) or "nothing"
    if isinstance(query, Not):
        return _term(query.term, no=True)
    return _term(query)


def _inside(query: Query) -> str:
    """As it is said beside others."""
    return f"({_said(query)})" if isinstance(query, All | Any) else _said(query)


def _term(term: Query, no: bool = False) -> str:
    match term:
        case Word() | Fuzzy() | Is() | Has():
            return _with(term, no)
        case All() | Any() | Not():
            return f"not ({_said(term)})" if no else _said(term)
        case _:
            return ("not " if no else "") + _plain(term)


def _with(term: Word | Fuzzy | Is | Has, no: bool) -> str:
    """What has words of its own for its contrary."""
    word = "without" if no else "with"
    match term:
        case Is():
            return _STATES[term.state][no]
        case Has():
            return f"{word} {_ARTICLES.get(term.what) or _a(term.what)}"
        case Fuzzy():
            return f"{word} words close to {_quotation(term)}"
        case _:
            place = {"": "", "note": " in your note"}.get(term.where, f" in the {term.where}")
            return f"{word} {_quotation(term)}{place}"


def _plain(term: Query) -> str:
    match term:
        case Tag() | Digest():
            what = "tagged" if isinstance(term, Tag) else "in the digest"
            if not term.name:
                return "with any tag" if isinstance(term, Tag) else "in any digest"
            return f"{what} {clean(term.name)}" + "…" * term.begins
        case Author():
            return f"by {_quotation(term)}"
        case Span():
            return _span(term)
        case Compare():
            noun = term.field.removesuffix("s") if term.number == 1 and term.op == "=" else term.field
            return f"with {_NUMBERS[term.op].format(f'{term.number:,}')} {noun}"
        case InAct():
            return f"of the decision {term.prefix}"
        case InView():
            return f"in the view {clean(term.name)}"
        case _:
            return clean(str(term))


def _a(what: str) -> str:
    return "an arXiv id" if what == "arxiv" else f"a {what}"


def _quotation(term: Word | Fuzzy | Author) -> str:
    """What is looked for as it was written, else folded."""
    text = term.written[1:-1].replace('\\"', '"') if term.written.startswith('"') else term.written
    return f"“{clean(text).strip() or term.words}”"


def _span(term: Span) -> str:
    first, last = _day(term.first), _day(term.last)
    if term.field in ("before", "after"):
        return f"published {term.field} {first or last}"
    if term.is_lately:
        number, unit = int(term.first[:-1]), _UNITS[term.first[-1]]
        lately = f"{number:,} {unit}s" if number != 1 else unit
        return f"{term.field} in the last {lately}"
    if not term.last:
        return f"{term.field} since {first}"
    if not term.first:
        return f"{term.field} until {last}"
    if term.first != term.last:
        return f"{term.field} from {first} to {last}"
    return f"{term.field} {'in ' if len(first) < 8 and in_calendar(term.first) else ''}{first}"


def _day(text: str) -> str:
    """A day as it is said: of one that counts back from today, how long ago."""
    if not text or not text[-1:].isalpha() or not text[0].isdigit():
        return text
    number, unit = int(text[:-1]), _UNITS[text[-1]]
    return f"{number:,} {unit}{'s' * (number != 1)} ago"
