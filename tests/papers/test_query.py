"""What is typed at the filter line, and which papers it wants."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tui.digests import read_text
from tui.errors import QueryError
from tui.papers.library import Library
from tui.papers.paper import Paper, Record
from tui.papers.query import (
    EVERYTHING,
    FIELDS,
    HAVINGS,
    STATES,
    VIEWS,
    All,
    Any,
    Author,
    Compare,
    Digest,
    Fuzzy,
    Has,
    InView,
    Is,
    Not,
    Span,
    Tag,
    Word,
    both,
    in_words,
    parse,
    written_words,
)
from tui.papers.text import words
from tui.papers.triage import UNDECIDED, VERBS, change
from tui.papers.view import View, own_views

steady = settings(derandomize=True, deadline=None, database=None, max_examples=300)

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
#: a user's views: one of them named through another
OWN = (("sight", "tag:vis*", "newest"), ("far sight", "view:sight -is:starred", "-title"))


@pytest.fixture(scope="module")
def library(make: SimpleNamespace) -> Library:
    """Two digests, ten days apart; swin is in both."""
    made = make.library(clock=make.clock(NOW))
    made.views = own_views(OWN)
    swin = make.record(
        "Swin Transformer: Windows",
        "Hierarchical windows with a large-kernel baseline; the capsule was dropped.",
        authors=("Ze Liu", "Kaiming He"),
        published=date(2021, 3, 25),
        comments=3,
        upvotes=20,
        arxiv_id="2103.14030",
    )
    mamba = make.record(
        "Mamba: C++ for f(x) in 3D",
        "State space models (https://arxiv.org/abs/2312.00752) cost O(n log n). 10.1000/xyz-1 OR less.",
        authors_count=7,
        published=date(2023, 12, 31),
        comments=0,
    )
    old = make.reading(
        swin, mamba, digest_id="0" * 12, name="nov-10", imported=NOW - timedelta(days=10), place=0
    )
    new = make.reading(
        swin,
        make.record("Poincaré maps", 'Titel: "hierarchies" — x:y 50%, e.g.: GPT-4o.', upvotes=3),
        make.record("On Poincar\\'e balls", published=date(2024, 2, 29), links=("https://a.b/c",)),
        make.record("日本語 BERT", authors=("Hélène Shen",), comments=12, published=date(2024, 1, 1)),
        digest_id="1" * 12,
        name="Nov 20",
        imported=NOW,
    )
    made.add(old)
    made.add(new)
    by_name = {name_of(paper): paper.id for paper in made.papers.values()}
    made.decide("star", [by_name["swin"]], {**VERBS["star"], "tag:vision": True, "tag:To-Read": True})
    made.decide("done", [by_name["mamba"]], {**VERBS["done"], "note": "read it twice;\nTODO: cite"})
    made.decide("later", [by_name["maps"]], {**VERBS["later"], "tag:vis": True})
    return made


@pytest.fixture
def real_records() -> list[Record]:
    """The papers of the real digests; the test is skipped where there are none."""
    dumps = sorted(Path(__file__).parents[3].glob("shared/dumps/*.txt"))
    if not dumps:
        pytest.skip("the real digests ../shared/dumps are not on this machine")
    readings = (read_text(dump.read_text("utf-8"), path=dump.name, imported=NOW) for dump in dumps)
    return [record for reading in readings for record in reading.records]


def name_of(paper: Paper) -> str:
    return next(n for n in ("swin", "mamba", "maps", "balls", "bert") if n in words(paper.title))


ORDER = "swin mamba maps balls bert"


def found(library: Library, text: str) -> str:
    """The papers by calling the query on each, which must be those the library lists."""
    query = parse(text, library.views.names)
    names = {name_of(p) for p in library.papers.values() if query(library.asked(p))}
    assert {name_of(p) for p in library.list(View("all", query))} == names
    return " ".join(name for name in ORDER.split() if name in names)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ORDER),
        ("   ", ORDER),
        # words and phrases: parts of the folded text of title, abstract, tags and note
        ("swin", "swin"),
        ("SWIN", "swin"),
        ("mam", "mamba"),
        ("hierarch", "swin maps"),
        ("hierarch swin", "swin"),
        ("swin mamba", ""),
        ("kernel large", "swin"),
        ('"large kernel"', "swin"),
        ('"kernel large"', ""),
        ("large-kernel", "swin"),
        ('"windows hierarchical"', ""),
        ("日本", "bert"),
        ("50%", "maps"),
        ("vision", "swin"),
        ("to-read", "swin"),
        ("twice", "mamba"),
        ('"twice todo"', "mamba"),
        # accents and TeX
        ("poincare", "maps balls"),
        ("POINCARÉ", "maps balls"),
        ("Poincar\\'e", "maps balls"),
        ('"Poincar\\\'e balls"', "balls"),
        ("title:poincaré", "maps balls"),
        # one place
        ("title:swin", "swin"),
        ("title:hierarch", ""),
        ("abstract:hierarch", "swin maps"),
        ("abstract:swin", ""),
        ('abstract:"large kernel"', "swin"),
        ("abstract:vision", ""),
        ("note:todo", "mamba"),
        ("note:swin", ""),
        ("TITLE:swin", "swin"),
        ("-title:swin", "mamba maps balls bert"),
        # not, and, or, brackets
        ("-swin", "mamba maps balls bert"),
        ('-"large kernel" -mamba', "maps balls bert"),
        ("swin OR mamba", "swin mamba"),
        ("swin OR mamba bert", "swin"),
        ("(swin OR mamba) hierarch", "swin"),
        ("-(swin OR mamba)", "maps balls bert"),
        ("-(swin mamba)", ORDER),
        ("-(hierarch swin)", "mamba maps balls bert"),
        ("-swin OR swin", ORDER),
        ("-(-swin)", "swin"),
        ("--swin", "mamba maps balls bert"),
        ("--(swin OR mamba)", "maps balls bert"),
        ("swin or mamba", ""),
        ('state "OR"', "mamba"),
        ("((swin) OR ((mamba)))", "swin mamba"),
        # tags, whole or by their beginning, whatever their case
        ("tag:vision", "swin"),
        ("#vision", "swin"),
        ("#VISION", "swin"),
        ('tag:"to-read"', "swin"),
        ('#"vision"', "swin"),
        ("#vis", "maps"),
        ("tag:vis*", "swin maps"),
        ("#VIS*", "swin maps"),
        ("tag:*", "swin maps"),
        ('tag:"vis*"', ""),
        ("-#vision", "mamba maps balls bert"),
        ("-tag:vis* hierarch", ""),
        # digests and authors
        ("digest:nov-10", "swin mamba"),
        ('digest:"nov 20"', "swin maps balls bert"),
        ("digest:nov", ""),
        ("digest:nov*", ORDER),
        ("author:he", "swin bert"),
        ("author:helene", "bert"),
        ('author:"Kaiming He"', "swin"),
        ('author:"liu kaiming"', ""),
        ("author:aiming", ""),
        # states and what there is
        ("is:inbox", "balls bert"),
        ("is:unread", "swin maps balls bert"),
        ("is:read", "mamba"),
        ("is:starred", "swin"),
        ("is:later", "maps"),
        ("is:tagged", "swin maps"),
        ("is:noted", "mamba"),
        ("is:new", "maps balls bert"),
        ("is:STARRED", "swin"),
        ("is:starred is:read", ""),
        ("has:link", "swin balls"),
        ("has:links", "swin balls"),
        ("has:date", "swin mamba balls bert"),
        ("has:note", "mamba"),
        ("has:abstract", "swin mamba maps"),
        ("has:tag", "swin maps"),
        ("has:author", "swin mamba bert"),
        ("has:comments", "swin bert"),
        ("has:upvotes", "swin maps"),
        ("has:arxiv", "swin"),
        # days; what has none is in no span
        ("published:2024", "balls bert"),
        ("published:2024-02", "balls"),
        ("published:2024-02-29", "balls"),
        ("published:2021..2023", "swin mamba"),
        ("published:2023-06..2024-01", "mamba bert"),
        ("published:2024..", "balls bert"),
        ("published:..2021", "swin"),
        ("-published:2024", "swin mamba maps"),
        ("before:2024", "swin mamba"),
        ("before:2023-12-31", "swin"),
        ("after:2023", "balls bert"),
        ("after:2024-01-01", "balls"),
        ("after:2021 before:2024-02", "mamba bert"),
        ("-before:2024 -after:2023", "maps"),
        ("published:2y", ""),
        ("published:3y", "mamba balls bert"),
        ("published:..3y", "swin"),
        ("before:1000w", ""),
        ("added:2026", ORDER),
        ("added:7d", "maps balls bert"),
        ("added:2w", ORDER),
        ("added:2w..1w", "swin mamba"),
        ("added:today", "maps balls bert"),
        ("added:yesterday", ""),
        ("added:1m..yesterday", "swin mamba"),
        # numbers
        ("authors:>5", "mamba"),
        ("authors:2", "swin"),
        ("authors:<=2", "swin bert"),
        ("-authors:>0", "maps balls"),
        ("comments:>0", "swin bert"),
        ("comments:0", "mamba"),
        ("comments:=12", "bert"),
        ("comments:<4", "swin mamba"),
        ("upvotes:>=20", "swin"),
        ("upvotes:<20", "maps"),
        # views, the built-in and the user's
        ("view:starred", "swin"),
        ("view:ALL", ORDER),
        ("view:new hierarch", "maps"),
        ("view:sight", "swin maps"),
        ('view:"far sight"', "maps"),
        ('-view:"far sight" -view:inbox', "swin mamba"),
        # pasted: punctuation, and what only looks like a field
        ("Swin Transformer: Windows", "swin"),
        ("Mamba: C++ for f(x) in 3D", "mamba"),
        ("cost O(n log n)", "mamba"),
        ("(cost O(n log n) OR swin)", "swin mamba"),
        ("titel: hierarchies", "maps"),
        ('"Poincar\\"e maps"', "maps"),
        ('"say\\"s hierarchies"', ""),
        ("maps - hierarchies & …", "maps"),
        ("maps (hierarchies)", "maps"),
        ("e.g.: GPT-4o", "maps"),
        ("https://arxiv.org/abs/2312.00752", "mamba"),
        ("-https://arxiv.org/abs/2312.00752 -swin", "maps balls bert"),
        ("2312.00752", "mamba"),
        ("arXiv:2312.00752", ""),
        ("10.1000/xyz-1", "mamba"),
        ("日本語:BERT", "bert"),
        ('"x:y"', "maps"),
        ('x"y', "maps"),
        ('"\\"hierarchies\\" x"', "maps"),
        ('"-swin"', "swin"),
    ],
)
def test_a_query_wants(library: Library, text: str, names: str) -> None:
    assert found(library, text) == names


@pytest.mark.parametrize(
    ("text", "column", "says"),
    [
        ("titel:swin", 0, "no field “titel”; did you mean title?"),
        ("swin tga:vision", 5, "did you mean tag?"),
        ("-titel:swin", 1, "no field"),
        ('titel:"swin"', 0, "no field"),
        ("Swin:windows", 0, "a blank behind the colon, or quotes, make it a word"),
        ("is:stared", 3, "no state “stared”; did you mean starred?"),
        ("swin is:zzz", 8, "there are inbox, unread, read"),
        ('is:""', 3, "no state"),
        ("has:lnik", 4, "did you mean link?"),
        ("view:stared", 5, "no view “stared”; did you mean starred?"),
        ("view:sight", 5, "no view"),
        ('swin "large kernel', 5, "never closed"),
        ('"', 0, "never closed"),
        ('"a\\"', 0, "never closed"),
        ('-"', 1, "never closed"),
        ('tag:"a', 4, "never closed"),
        ('#"', 1, "never closed"),
        ('tag:""', 4, "name is missing"),
        ('#" "', 1, "name is missing"),
        ('digest:" "', 7, "name is missing"),
        ("a (b", 2, "this ( is never closed"),
        ("((a)", 0, "this ( is never closed"),
        ("a b)", 3, "this ) closes nothing"),
        ("a () b", 2, "nothing to look for in these brackets"),
        ("title:(a OR b)", 6, "no brackets"),
        ("a OR", 2, "OR stands between"),
        ("OR a", 0, "OR stands between"),
        ("a OR OR b", 2, "OR stands between"),
        ("a (b OR) c", 5, "OR stands between"),
        ("  !!!", 2, "nothing to look for in “!!!”"),
        ("-", 0, "nothing to look for in “-”"),
        ("_://_", 0, "nothing to look for"),
        ("title:…", 6, "nothing to look for"),
        ('author:"?"', 7, "nothing to look for"),
        ("published:2024-13", 10, "not a date: 2024-13"),
        ("published:2023-02-29", 10, "not a date"),
        ("published:2023..x", 16, "not a date: x"),
        ("published:..", 10, "takes a day"),
        ("before:2020..2021", 7, "takes a day"),
        ("after:0000", 6, "not a date"),
        ("added:>7d", 6, "not a date: >7d"),
        ("published:2024..2023", 10, "ends before it begins"),
        ("authors:many", 8, "not a number: many; write authors:5"),
        ("comments:>", 9, "not a number"),
        ("comments:-1", 9, "not a number"),
        ("is:", 0, "is: wants a value right behind it"),
        ("swin title: x", 5, 'title: wants a value right behind it; "title" finds the word'),
    ],
)
def test_a_wrong_query_points_at_its_column(text: str, column: int, says: str) -> None:
    with pytest.raises(QueryError, match=re.escape(says)) as caught:
        parse(text)
    assert caught.value.column == column


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "everything"),
        ("is:unread #vision", "unread, tagged vision"),
        (
            'published:2023.. title:"large kernel" -convnet',
            "published since 2023, with “large kernel” in the title, without “convnet”",
        ),
        ("swin OR mamba", "with “swin” or with “mamba”"),
        ("a (b OR c d)", "with “a”, (with “b” or (with “c” and with “d”))"),
        ("-(a b)", "not (with “a” and with “b”)"),
        ("-is:read -is:later", "unread, not put off"),
        ("is:new has:link -has:authors", "from the last import, with a link, without authors"),
        ("tag:vis* -digest:nov-18", "tagged vis…, not in the digest nov-18"),
        ("tag:*", "with any tag"),
        ("author:he -author:liu", "by “he”, not by “liu”"),
        ("before:2024 after:7d", "published before 2024, published after 7 days ago"),
        ("added:1w added:3m..1m", "added in the last week, added from 3 months ago to 1 month ago"),
        ("note:todo ~kernl", "with “todo” in your note, with words close to “kernl”"),
        ("view:starred", "in the view starred"),
        ('"say \\"ah\\""', 'with “say "ah"”'),
    ],
)
def test_a_query_in_words(text: str, said: str) -> None:
    assert in_words(parse(text)) == said


def test_numbers_and_days_in_words() -> None:
    said = in_words(parse("authors:>5 comments:1 -upvotes:<=1000 comments:>=2 upvotes:<3"))
    assert said == (
        "with more than 5 authors, with 1 comment, not with 1,000 or fewer upvotes, "
        "with 2 or more comments, with fewer than 3 upvotes"
    )
    assert in_words(parse("added:today published:2024-02-29 published:2024 published:2021..2022")) == (
        "added today, published 2024-02-29, published in 2024, published from 2021 to 2022"
    )


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('Swin "Large-Kernel" -mamba #x is:read', ("swin", "large kernel")),
        ("https://a.b", ("https a b",)),
        ("a … (b OR -c) -(d)", ("a", "b")),
        ("title:a abstract:b note:c author:d ~e", ("a", "b", "e")),
    ],
)
def test_the_words_to_highlight(text: str, wanted: tuple[str, ...]) -> None:
    assert parse(text).wanted == wanted


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("  a   b ", "a b"),
        ("#x", "tag:x"),
        ('#"a b"', 'tag:"a b"'),
        ("added:7d..", "added:7d"),
        ("published:2023..2023", "published:2023"),
        ("before:2024-01", "before:2024-01"),
        ("comments:=5", "comments:5"),
        ("((a)) ((b OR c)) d", "a (b OR c) d"),
        ("f(x O(n A*", '"f x" "o n" A*'),
        ("HAS:Links is:READ", "has:link is:read"),
        ("- a", "a"),
    ],
)
def test_a_query_prints_itself(text: str, printed: str) -> None:
    assert str(parse(text)) == printed


def asked(now: datetime = NOW, added: datetime = NOW, **facts: object) -> SimpleNamespace:
    paper = Paper(id="0" * 12, title="T", added=added)
    return SimpleNamespace(paper=paper, now=now, triage=UNDECIDED, is_new=False, **facts)


def test_days_are_those_of_the_users_zone() -> None:
    """What came at 23:30 UTC came tomorrow in Tokyo."""
    late = datetime(2026, 11, 19, 23, 30, tzinfo=UTC)
    tokyo = timezone(timedelta(hours=9))
    assert parse("added:2026-11-19")(asked(NOW, late))
    assert parse("added:2026-11-20")(asked(NOW.astimezone(tokyo), late))
    assert parse("added:today")(asked(NOW.astimezone(tokyo), late))
    assert parse("added:yesterday")(asked(NOW, late))


@pytest.mark.parametrize(
    ("now", "text", "first"),
    [
        (date(2024, 3, 31), "1m", date(2024, 2, 29)),
        (date(2024, 2, 29), "1y", date(2023, 2, 28)),
        (date(2024, 1, 15), "2m", date(2023, 11, 15)),
        (date(2024, 1, 15), "2w", date(2024, 1, 1)),
        (date(2024, 1, 1), "1d", date(2023, 12, 31)),
        (date(2024, 1, 1), "99999y", date(1, 1, 1)),
    ],
)
def test_so_long_ago_is_the_same_day_of_the_month_or_its_last(now: date, text: str, first: date) -> None:
    moment = datetime(now.year, now.month, now.day, 12, tzinfo=UTC)
    day = datetime(first.year, first.month, first.day, 12, tzinfo=UTC)
    assert parse(f"added:{text}")(asked(moment, day))
    if first > date.min:
        assert not parse(f"added:{text}")(asked(moment, day - timedelta(days=1)))


def test_close_spellings_are_asked_of_the_paper() -> None:
    close = asked(is_close=lambda wanted: wanted == "large kernl")
    assert parse('~"Large Kernl"')(close)
    assert not parse("~kernl")(close)
    assert parse("-~kernl")(close)
    assert str(parse('~"Large Kernl" ~x')) == '~"Large Kernl" ~x'


pieces = st.one_of(
    st.sampled_from([*(f"{name}:" for name in FIELDS), *STATES, *HAVINGS, *VIEWS]),
    st.sampled_from(["#", "-", "~", '"', " ", " ", "  ", "\t", "\xa0", "\x1f", ":", "//", "*", "\\", '\\"']),
    st.sampled_from(
        ["OR", " OR ", "(", ")", " (", ") ", "f(x)", "..", ">", "<=", "5", "7d", "2024", "2024-02"]
    ),
    st.sampled_from(["swin", "Vision", "large kernel", "é", "日", "\\'e", "\ud800", "\x00"]),
    st.text(st.characters(), max_size=3),
)
texts = st.lists(pieces, max_size=12).map("".join)


@steady
@given(texts)
@example('#"a\tb"')
@example('tag:"a\xa0b"')
@example('tag:a"b')
@example("-_://_")
@example('tag:a\\"*')
@example('Schr\\"odinger(')
@example("(a OR b) -(c OR -(d e))")
def test_any_text_is_a_query_that_prints_itself_or_an_error_inside_it(text: str) -> None:
    query, column = EVERYTHING, 0
    try:
        query = parse(text)
    except QueryError as error:
        column = error.column
    assert 0 <= column <= len(text)
    assert parse(str(query)) == query
    assert hash(parse(str(query))) == hash(query)
    assert in_words(query)
    assert all(query.wanted)


@steady
@given(texts, texts)
def test_a_query_and_its_contrary_split_the_library(library: Library, text: str, other: str) -> None:
    """And two in a row want what both want."""
    try:
        first, second = parse(text.replace("~", "")), parse(other.replace("~", ""))
    except QueryError:
        return
    contrary, row = Not(first), parse(f"({first}) {second}" if first else str(second))
    joined = both(first, second)
    assert parse(str(joined)) == joined
    for paper in library.papers.values():
        held = library.asked(paper)
        assert contrary(held) != first(held)
        assert row(held) == joined(held) == (first(held) and second(held))
    if first:
        assert parse(f"-({first})") == All((Not(first if len(first.terms) > 1 else first.terms[0]),))


names = st.text(st.characters(), min_size=1, max_size=4).map(str.strip).filter(bool)
said = names.filter(words)
days = st.sampled_from(["2021", "2021-03", "2021-03-04", "7d", "today"])
leaves = st.one_of(
    st.builds(
        lambda text, where: Word(words(text), written_words(text), where),
        said,
        st.sampled_from(["", "title", "note"]),
    ),
    said.map(lambda text: Fuzzy(words(text), written_words(text))),
    said.map(lambda text: Author(words(text), written_words(text))),
    st.builds(Tag, names, st.booleans()),
    st.builds(Digest, names, st.booleans()),
    st.sampled_from([*map(Is, STATES), *map(Has, HAVINGS), *map(InView, VIEWS)]),
    st.builds(lambda day: Span("before", "", day), days),
    st.builds(lambda field, day: Span(field, day, ""), st.sampled_from(["after", "published"]), days),
    st.builds(lambda field, day: Span(field, day, day), st.sampled_from(["added", "published"]), days),
    st.builds(
        Compare, st.sampled_from(["authors", "comments"]), st.sampled_from(["<=", "="]), st.integers(0, 9)
    ),
)


def several(kind: type[All] | type[Any], inner: st.SearchStrategy) -> st.SearchStrategy:
    unlike = inner.filter(lambda term: not isinstance(term, kind))
    return st.lists(unlike, min_size=2, max_size=3).map(lambda terms: kind(tuple(terms)))


values = st.recursive(
    leaves, lambda inner: st.one_of(several(All, inner), several(Any, inner), inner.map(Not)), max_leaves=8
)


@steady
@given(values)
def test_any_query_that_can_be_made_prints_as_text_that_makes_it(value: object) -> None:
    """Names and words of any characters, however deep they stand."""
    whole = value if isinstance(value, All) else All((value,))
    assert parse(str(whole)) == whole


@pytest.mark.parametrize(
    "text", ["(" * 10_000, "(" * 10_000 + "a" + ")" * 10_000, "-(" * 10_000, "a(" * 10_000 + " ("]
)
def test_brackets_without_end_are_an_error(text: str) -> None:
    with pytest.raises(QueryError):
        parse(text)


def test_the_deepest_and_the_longest_query_is_one_like_any_other() -> None:
    deep = parse("-(a OR (b " * 12 + "c" + "))" * 12)
    long = parse(" ".join(["a OR -b"] * 10_000) + " " + "-" * 10_001 + "c")
    nothing = asked(text="", note="")
    for query in (deep, long):
        assert parse(str(query)) == query
        assert hash(query) == hash(parse(str(query)))
        assert in_words(query)
        assert query.needs_text
        assert query(nothing) in (True, False)


def test_what_is_dear_is_asked_last() -> None:
    """A text is only made where nothing cheaper has said no already."""

    class NoText(SimpleNamespace):
        @property
        def text(self) -> str:
            raise AssertionError

    done = NoText(triage=change(UNDECIDED, VERBS["done"]), is_new=False)
    assert not both(parse("swin"), parse("is:inbox"))(done)
    assert not both(parse("swin -mamba"), parse("#x"))(done)
    assert both(EVERYTHING, EVERYTHING) == EVERYTHING
    assert not EVERYTHING


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("a", True),
        ("-abstract:a", True),
        ("~a", True),
        ("title:a is:read OR #b", False),
        ("#a OR (#b c)", True),
    ],
)
def test_an_abstract_is_only_needed_where_it_is_asked_for(text: str, needs: bool) -> None:
    assert parse(text).needs_text is needs


def test_every_field_has_its_help_and_can_be_asked() -> None:
    """Each example of the help is a query."""
    for name, about in FIELDS.items():
        for text in re.findall(rf'(?:{name}:|#)(?:"[^"]*"|[^\s,]+)', about):
            assert parse(text), text
    for state in STATES:
        assert str(parse(f"is:{state}")) == f"is:{state}"
    for what in HAVINGS:
        assert str(parse(f"has:{what}")) == f"has:{what}"


def test_real_papers_are_found(make: SimpleNamespace, real_records: list[Record]) -> None:
    """What was asked for is in what is found, and in nothing else."""
    library = make.library(*real_records)

    def papers(text: str) -> list[Paper]:
        return library.list(View("all", parse(text)))

    everything = list(library.papers.values())
    titled = {p.id for p in everything if "large kernel" in p.title.casefold().replace("-", " ")}
    assert {p.id for p in papers('title:"large kernel"')} == titled != set()
    for paper in (dated := papers("published:2023 authors:>5 -convnet")):
        assert paper.published
        assert paper.published.year == 2023
        assert (paper.authors_count or 0) > 5
        assert "convnet" not in words(paper.title + " " + library.abstract(paper))
    assert len(dated) < len(papers("published:2023 authors:>5")) + 1
    either = papers("(transformer OR capsule) is:unread")
    texts = [words(paper.title + " " + library.abstract(paper)) for paper in everything]
    assert len(either) == sum("transformer" in text or "capsule" in text for text in texts) > 0
