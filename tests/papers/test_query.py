"""What is typed at the filter line, and which papers it wants."""

import re
from types import SimpleNamespace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tui.errors import QueryError
from tui.papers.query import EVERYTHING, STATES, All, Not, both, parse
from tui.papers.text import words
from tui.papers.triage import UNDECIDED, VERBS, change

steady = settings(derandomize=True, deadline=None, database=None, max_examples=300)

PAPERS = {
    "swin": ("Swin Transformer", "Hierarchical windows with a large-kernel baseline."),
    "mamba": ("Mamba", "State space models (https://arxiv.org/abs/2312.00752) in linear time."),
    "poincare": ("Poincaré embeddings", 'Titel: learning "hierarchies" — x:y 50%.'),
    "bare": ("日本語 BERT", ""),
}
TRIAGE = {
    "swin": {**VERBS["star"], "tag:vision": True, "tag:To-Read": True},
    "mamba": {**VERBS["done"], "note": "read it twice"},
    "poincare": {**VERBS["later"], "tag:vis": True},
    "bare": {},
}


class Asked(SimpleNamespace):
    """A paper as a query sees it."""


ASKED = {
    name: Asked(
        triage=change(UNDECIDED, TRIAGE[name]),
        is_new=name in ("mamba", "bare"),
        text=f"{words(title)}\n{words(abstract)}",
    )
    for name, (title, abstract) in PAPERS.items()
}


def found(text: str) -> str:
    query = parse(text)
    return " ".join(name for name, asked in ASKED.items() if query(asked))


EVERY = "swin mamba poincare bare"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", EVERY),
        ("   ", EVERY),
        ("swin", "swin"),
        ("SWIN", "swin"),
        ("ham", ""),
        ("mam", "mamba"),
        ("hierarch", "swin poincare"),
        ("hierarch swin", "swin"),
        ("swin mamba", ""),
        ("large kernel", "swin"),
        ("kernel large", "swin"),
        ('"large kernel"', "swin"),
        ('"kernel large"', ""),
        ("large-kernel", "swin"),
        ('"transformer hierarchical"', ""),
        ("poincare", "poincare"),
        ("POINCARÉ", "poincare"),
        ("日本", "bare"),
        ("-swin", "mamba poincare bare"),
        ('-"large kernel" -mamba', "poincare bare"),
        ("hierarch -swin", "poincare"),
        ("…", EVERY),
        ("- -- –", EVERY),
        ("--", EVERY),
        ("50%", "poincare"),
        # tags, whole and whatever their case
        ("tag:vision", "swin"),
        ("#vision", "swin"),
        ("#VISION", "swin"),
        ("tag:to-read", "swin"),
        ('tag:"vision"', "swin"),
        ('#"vision"', "swin"),
        ("#vis", "poincare"),
        ("-#vision", "mamba poincare bare"),
        ("-tag:vis #vision", "swin"),
        ("TAG:vision", "swin"),
        ("#none", ""),
        # states
        ("is:inbox", "bare"),
        ("is:unread", "swin poincare bare"),
        ("is:read", "mamba"),
        ("is:starred", "swin"),
        ("is:later", "poincare"),
        ("is:tagged", "swin poincare"),
        ("is:noted", "mamba"),
        ("is:new", "mamba bare"),
        ("is:STARRED", "swin"),
        ('is:"starred"', "swin"),
        ("-is:starred", "mamba poincare bare"),
        ("is:unread -is:later -#vision", "bare"),
        ("is:starred is:read", ""),
        # what only looks like a field
        ("Swin: transformer", "swin"),
        ("tag: vision", ""),
        ("titel: hierarchies", "poincare"),
        ("https://arxiv.org/abs/2312.00752", "mamba"),
        ("-https://arxiv.org/abs/2312.00752", "swin poincare bare"),
        ("日本語:BERT", "bare"),
        ("_://_", EVERY),
        ('x"y', "poincare"),
    ],
)
def test_a_query_wants(text: str, names: str) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    ("text", "column", "says"),
    [
        ("titel:swin", 0, "no field “titel”"),
        ("swin tga:vision", 5, "did you mean tag?"),
        ("-titel:swin", 1, "no field"),
        ("x:y", 0, "there are tag, is"),
        ("is:stared", 3, "did you mean starred?"),
        ("swin is:zzz", 8, "there are inbox, unread, read"),
        ('swin "large kernel', 5, "never closed"),
        ('"', 0, "never closed"),
        ('-"', 1, "never closed"),
        ('tag:"a', 4, "never closed"),
        ('#"', 1, "never closed"),
        ('tag:""', 4, "name is missing"),
        ('#" "', 1, "name is missing"),
        ('is:""', 3, "no state"),
    ],
)
def test_a_wrong_query_points_at_its_column(text: str, column: int, says: str) -> None:
    with pytest.raises(QueryError, match=re.escape(says)) as caught:
        parse(text)
    assert caught.value.column == column


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('Swin "Large-Kernel" -mamba #x is:read', ("swin", "large kernel")),
        ("https://a.b", ("https a b",)),
        ("_://_", ()),
        ("—", ()),
    ],
)
def test_the_words_to_highlight(text: str, wanted: tuple[str, ...]) -> None:
    assert parse(text).wanted == wanted


pieces = st.one_of(
    st.sampled_from(
        ["tag:", "is:", "#", "-", '"', " ", "  ", "\t", "\xa0", "\x1f", "starred", "inbox", ":", "//", "x"]
    ),
    st.sampled_from(["swin", "Vision", "large kernel", "é", "日", "OR", "(", ")", "~", "*", "\\'e"]),
    st.text(max_size=3),
)
texts = st.lists(pieces, max_size=10).map("".join)


@steady
@given(texts)
@example('#"a\tb"')
@example('tag:"a\xa0b"')
@example('tag:a"b')
@example("-_://_")
def test_any_text_is_a_query_that_prints_itself_or_an_error_inside_it(text: str) -> None:
    try:
        query = parse(text)
    except QueryError as error:
        column = error.column
        query = EVERYTHING
    else:
        column = 0
    assert 0 <= column <= len(text)
    assert parse(str(query)) == query
    assert all(query.wanted)
    for asked in ASKED.values():
        query(asked)


@steady
@given(texts)
def test_a_term_and_its_negation_split_the_papers(text: str) -> None:
    try:
        terms = parse(text).terms
    except QueryError:
        return
    for term in terms:
        opposite = All((Not(term),))
        for asked in ASKED.values():
            assert opposite(asked) != term(asked)
        if not isinstance(term, Not):
            assert parse(f"-{term}") == opposite


@steady
@given(texts, texts)
def test_two_queries_in_a_row_want_what_both_want(one: str, other: str) -> None:
    try:
        first, second = parse(one), parse(other)
    except QueryError:
        return
    together, joined = parse(f"{first} {second}"), both(first, second)
    for asked in ASKED.values():
        assert together(asked) == joined(asked) == (first(asked) and second(asked))


def test_what_is_dear_is_asked_last() -> None:
    """A text is only made where nothing cheaper has said no already."""

    class NoText(Asked):
        @property
        def text(self) -> str:
            raise AssertionError

    asked = NoText(triage=change(UNDECIDED, VERBS["done"]), is_new=False)
    assert not both(parse("swin"), parse("is:inbox"))(asked)
    assert not both(parse("swin -mamba"), parse("#x"))(asked)
    assert both(EVERYTHING, EVERYTHING) == EVERYTHING
    assert not EVERYTHING


def test_every_state_can_be_asked_for() -> None:
    for state in STATES:
        assert str(parse(f"is:{state}")) == f"is:{state}"
        split = (found(f"is:{state}") + " " + found(f"-is:{state}")).split()
        assert sorted(split) == sorted(ASKED)
