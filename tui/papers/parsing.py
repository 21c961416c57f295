"""The grammar: from the text of a query to its value, or to a QueryError that knows its column.

any  := all ("OR" all)*        all := term+        term := "-"? ( "(" any ")" | phrase | field | word )
"""

import difflib
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date

from msgspec import Struct

from tui.errors import QueryError
from tui.papers.asked import HAVINGS, NUMBERS, PLACES, STATES
from tui.papers.combined import All, Any, Not, Query
from tui.papers.periods import WAYS, in_calendar, is_ago
from tui.papers.quoting import FIELD, written_words
from tui.papers.saying import shortened
from tui.papers.terms import Author, Compare, Digest, Fuzzy, Has, InAct, InView, Is, Span, Tag, Word
from tui.papers.text import words
from tui.papers.triage import is_id_start

#: the fields of the language, each with a line of help
FIELDS: Mapping[str, str] = {
    "title": 'words in the title: title:swin, title:"large kernel"',
    "abstract": "words in the abstract: abstract:mamba",
    "note": "words in your note: note:todo",
    "tag": "a whole tag, or its beginning: tag:vision, #vision, tag:vis*",
    "author": "the beginning of an author's name: author:he",
    "digest": "a digest by its name, or its beginning: digest:nov-18, digest:nov*",
    "is": f"a state: {', '.join(STATES)}",
    "has": f"what a paper has: {', '.join(HAVINGS)}",
    "published": "its date: published:2024, published:2023-06..2024-02",
    "before": "published before: before:2020",
    "after": "published after: after:2021-06",
    "added": "when it came: added:today, added:7d, added:2024-05..",
    "decided": "when you decided: decided:today, decided:7d",
    "act": "the papers of a decision, by its id: act:01KXJ9D05R",
    "authors": "how many: authors:>5",
    "comments": "how many: comments:>0",
    "upvotes": "how many: upvotes:>=20",
    "view": "what a view holds: view:starred",
}

#: the views there always are, in the order of their tabs
VIEWS = ("inbox", "starred", "later", "tagged", "new", "all")
#: so many brackets may stand inside each other
DEEPEST = 24

_QUOTED = re.compile(r'"((?:\\.|[^"\\])*)"', re.DOTALL)
_LEAD = re.compile(rf'(?:[#~]|{FIELD.pattern})(?=")')
_ESCAPED = re.compile(r"\\([\\\"])")
_SIGN = re.compile(r"[#~](?=.)")
_DASHES = re.compile(r"-+(?=[^\s)])")
_NUMBER = re.compile(r"(>=|<=|>|<|=)?\s*([0-9]{1,9})")


class _Value(Struct, frozen=True):
    """A piece of text as it stands in a query, without its quotes and the * behind it."""

    raw: str
    column: int
    in_quotes: bool = False
    begins: bool = False

    @property
    def name(self) -> str:
        """What it says, to the letter."""
        return (_ESCAPED.sub(r"\1", self.raw) if self.in_quotes else self.raw).strip()

    @property
    def words(self) -> str:
        """What it says, folded; in quotes too a TeX accent is one: Schr\\"odinger."""
        return words(_ESCAPED.sub(_unescaped, self.raw) if self.in_quotes else self.raw)

    @property
    def written(self) -> str:
        """What it says, as it can be written anywhere."""
        return f'"{self.raw}"' if self.in_quotes else written_words(self.raw)


class _Token(Struct, frozen=True):
    """A sign of the grammar, ( ) - or OR, or a term; one with neither asks for nothing."""

    column: int
    sign: str = ""
    term: Query | None = None


def parse(text: str, views: Collection[str] = VIEWS) -> All:
    """The query a text asks; `views` are the names that `view:` may use.

    Raises QueryError, whose column lies inside the text.
    """
    found = _Grammar(text, tuple(_Reader(text, views).tokens())).whole()
    return found if isinstance(found, All) else All((found,))


class _Grammar:
    """Puts tokens together."""

    def __init__(self, text: str, tokens: tuple[_Token, ...]) -> None:
        self._text, self._tokens, self._at = text, tokens, 0

    @property
    def _sign(self) -> str:
        return self._tokens[self._at].sign if self._at < len(self._tokens) else "end"

    def whole(self) -> Query:
        """Everything there is; of nothing, the query that wants everything."""
        found = self._any() if self._tokens else All()
        if found is None:
            asked = self._text.strip()
            raise QueryError(_nothing(asked), len(self._text) - len(self._text.lstrip()))
        return found

    def _any(self) -> Query | None:
        found = [self._all()]
        while self._sign == "OR":
            column = self._tokens[self._at].column
            self._at += 1
            found.append(self._all())
            if found[-2] is None or found[-1] is None:
                raise QueryError('OR stands between two things to look for; the word is "OR"', column)
        if len(found) == 1:
            return found[0]
        terms = [term for one in found if one for term in (one.terms if isinstance(one, Any) else (one,))]
        return Any(tuple(terms))

    def _all(self) -> Query | None:
        terms: list[Query] = []
        while self._sign not in ("OR", ")", "end"):
            term = self._term()
            terms += term.terms if isinstance(term, All) else (term,) if term else ()
        return All(tuple(terms)) if len(terms) > 1 else terms[0] if terms else None

    def _term(self) -> Query | None:
        token = self._tokens[self._at]
        self._at += 1
        if token.sign == "-":
            term = self._term()
            return Not(term) if term else None
        if token.sign != "(":
            return token.term
        found = self._any()
        self._at += 1  # past the ), which is there: the reader counts them
        if found is None:
            raise QueryError("nothing to look for in these brackets", token.column)
        return found


class _Reader:
    """Cuts a text into tokens."""

    def __init__(self, text: str, views: Collection[str]) -> None:
        self._text, self._views, self._at = text, views, 0
        #: the brackets open here: the columns of those that group, -1 for one inside a word
        self._open: list[int] = []

    def tokens(self) -> Iterator[_Token]:
        """All of them; every group among them is closed."""
        while self._at < len(self._text):
            if self._text[self._at].isspace():
                self._at += 1
            else:
                yield self._token()
        if groups := [column for column in self._open if column >= 0]:
            raise QueryError("this ( is never closed; a ( to search for stands in quotes", groups[-1])

    def _token(self) -> _Token:
        column, char = self._at, self._text[self._at]
        if char == "(":
            return self._group(column)
        if char == ")" and (not self._open or self._open[-1] >= 0):
            if not self._open:
                raise QueryError("this ) closes nothing; a ) to search for stands in quotes", column)
            self._open.pop()
            self._at += 1
            return _Token(column, ")")
        if dashes := _DASHES.match(self._text, column):
            self._at = dashes.end()
            return _Token(column, "-")
        if char == '"':
            return _Token(column, term=_word(self._phrase()))
        if lead := _LEAD.match(self._text, column):
            self._at = lead.end()
            return _Token(column, term=self._led(lead[0], self._phrase(), column))
        return self._bare(column)

    def _group(self, column: int) -> _Token:
        self._at += 1
        self._open.append(column)
        if sum(group >= 0 for group in self._open) > DEEPEST:
            raise QueryError(f"more than {DEEPEST} brackets stand inside each other here", column)
        return _Token(column, "(")

    def _bare(self, column: int) -> _Token:
        chunk = self._chunk()
        if chunk == "OR" and self._text[column - 1 : column] != "-":
            return _Token(column, "OR")
        lead = _SIGN.match(chunk) or FIELD.match(chunk)
        if lead is None:
            if chunk.endswith(":") and chunk[:-1].casefold() in FIELDS:
                name = chunk[:-1].casefold()
                raise QueryError(f'{name}: wants a value right behind it; "{name}" finds the word', column)
            return _Token(column, term=_word(_Value(chunk, column)))
        said = chunk[lead.end() :]
        value = _Value(said.removesuffix("*"), column + lead.end(), begins=said.endswith("*"))
        return _Token(column, term=self._led(lead[0], value, column))

    def _chunk(self) -> str:
        """What runs on to the next blank or to the ) of a group; a ( in it takes its own ) along."""
        start = self._at
        while self._at < len(self._text) and not (char := self._text[self._at]).isspace():
            if char == "(":
                self._open.append(-1)
            elif char == ")":
                if not self._open or self._open[-1] >= 0:
                    break
                self._open.pop()
            self._at += 1
        return self._text[start : self._at]

    def _phrase(self) -> _Value:
        """What stands in quotes; a * may follow."""
        column = self._at
        found = _QUOTED.match(self._text, column)
        if found is None:
            raise QueryError("this quote is never closed", column)
        self._at = found.end()
        begins = self._text[self._at : self._at + 1] == "*"
        self._at += begins
        return _Value(found[1], column, in_quotes=True, begins=begins)

    def _led(self, lead: str, value: _Value, column: int) -> Query | None:
        """What stands behind a #, a ~ or a field's name with its colon."""
        if lead == "~":
            return Fuzzy(value.words, value.written) if value.words else None
        name = "tag" if lead == "#" else lead[:-1].casefold()
        if name == "view":
            return InView(_known(value, self._views, "view"))
        if name not in FIELDS:
            hint = _nearest(name, FIELDS, "a blank behind the colon, or quotes, make it a word")
            raise QueryError(f"no field “{shortened(lead[:-1])}”; {hint}", column)
        if value.raw.startswith("(") and not value.in_quotes:
            raise QueryError(f'{name}: takes one word or a "phrase", no brackets', value.column)
        return _TERMS[name](name, value)


def _word(value: _Value, where: str = "") -> Word | None:
    """Nothing where it holds no letter or digit: that would want, and highlight, everything."""
    return Word(value.words, value.written, where) if value.words else None


def _words_in(name: str, value: _Value) -> Query:
    if not value.words:
        raise QueryError(_nothing(value.raw), value.column)
    return Author(value.words, value.written) if name == "author" else Word(value.words, value.written, name)


def _named(name: str, value: _Value) -> Query:
    kind = Tag if name == "tag" else Digest
    if not value.name and not value.begins:
        raise QueryError(f"a {name}'s name is missing here", value.column)
    return kind(value.name, value.begins)


def _state(name: str, value: _Value) -> Query:
    return Is(_known(value, STATES, "state"))


def _having(name: str, value: _Value) -> Query:
    said = value.name.casefold()
    near = (what for what in (said, f"{said}s", said.removesuffix("s")) if what in HAVINGS)
    return Has(next(near, "") or _known(value, HAVINGS, "fact"))


def _act(name: str, value: _Value) -> Query:
    said = value.name.upper()
    if not is_id_start(said):
        ways = "write 8 or more of its letters and digits, as the log prints them"
        raise QueryError(f"not a decision's id: {shortened(value.name)}; {ways}", value.column)
    return InAct(said)


def _comparison(name: str, value: _Value) -> Query:
    found = _NUMBER.fullmatch(value.name)
    if found is None:
        ways = f"{name}:5, {name}:>5 or {name}:<=5"
        raise QueryError(f"not a number: {shortened(value.name)}; write {ways}", value.column)
    return Compare(name, found[1] or "=", int(found[2]))


def _span(name: str, value: _Value) -> Query:
    said = value.name.casefold()
    first, dots, last = said.partition("..")
    if not (first or last) or (dots and name in ("before", "after")):
        raise QueryError(f"{name}: takes a day; write {WAYS}", value.column)
    ends = [_day(end, value) for end in (first, last)]
    if ends[0] and ends[1] and ends[0][0] > ends[1][1]:
        raise QueryError(f"{shortened(said)} ends before it begins", value.column)
    if name == "before":
        return Span(name, "", first)
    return Span(name, first, last if dots or name == "after" or is_ago(first) else first)


def _day(text: str, value: _Value) -> tuple[date, date] | None:
    """The first and last day meant, where that is known now."""
    try:
        return in_calendar(text) if text else None
    except ValueError:
        column = value.column + max(value.raw.casefold().find(text), 0)
        raise QueryError(f"not a date: {shortened(text)}; write {WAYS}", column) from None


_TERMS: Mapping[str, Callable[[str, _Value], Query]] = {
    **dict.fromkeys((*PLACES, "author"), _words_in),
    **dict.fromkeys(("tag", "digest"), _named),
    **dict.fromkeys(NUMBERS, _comparison),
    **dict.fromkeys(("published", "before", "after", "added", "decided"), _span),
    "act": _act,
    "is": _state,
    "has": _having,
}


def _known(value: _Value, names: Collection[str], what: str) -> str:
    """The name that is meant, whatever its case."""
    said = value.name
    found = {name.casefold(): name for name in names}
    if said.casefold() not in found:
        raise QueryError(f"no {what} “{shortened(said)}”; {_nearest(said.casefold(), names)}", value.column)
    return found[said.casefold()]


def _nearest(name: str, known: Collection[str], otherwise: str = "") -> str:
    close = difflib.get_close_matches(name, list(known), 1, 0.5)
    return f"did you mean {close[0]}?" if close else otherwise or f"there are {', '.join(known)}"


def _nothing(text: str) -> str:
    return f"nothing to look for in “{shortened(text)}”; a word has a letter or a digit"


def _unescaped(match: re.Match[str]) -> str:
    start, end = match.span()
    around = match.string[start - 1 : start] + match.string[end : end + 1]
    is_accent = match[1] == '"' and len(around) == 2 and around.isalpha()
    return match[0] if is_accent else match[1]
