"""A view: a value that narrows, orders and describes itself."""

from types import SimpleNamespace

import msgspec
import pytest

from tui.errors import UsageError
from tui.papers.query import EVERYTHING, parse
from tui.papers.triage import VERBS
from tui.papers.view import BUILT_IN, DEEPEST, ORDERS, TABS, View, own_views


def test_the_built_in_views_and_those_that_have_a_tab() -> None:
    assert [(view.name, str(view.query)) for view in BUILT_IN] == [
        ("inbox", "is:inbox"),
        ("starred", "is:starred"),
        ("later", "is:later"),
        ("tagged", "is:tagged"),
        ("new", "is:new"),
        ("all", ""),
    ]
    assert [view.name for view in TABS] == ["inbox", "starred", "later", "all"]


def test_narrowing_and_ordering_give_new_views() -> None:
    view = BUILT_IN[0]
    narrow = view.narrowed(parse("swin")).ordered("title", reverse=True)
    assert (str(narrow.query), str(narrow.filter), narrow.order, narrow.reverse) == (
        "is:inbox",
        "swin",
        "title",
        True,
    )
    assert (view.filter, view.order) == (EVERYTHING, "digest")
    assert narrow.narrowed(EVERYTHING).ordered("digest") == view
    with pytest.raises(AttributeError):
        view.name = "other"  # type: ignore[misc]
    assert msgspec.structs.replace(view) == view


def test_an_order_says_itself_both_ways() -> None:
    for order in ORDERS:
        ways = {View("all").ordered(order, reverse).order_words for reverse in (False, True)}
        assert len(ways) == 2
    assert View("all").ordered("newest", reverse=True).order_words == "oldest first"


def test_an_order_is_turned_round_by_a_dash() -> None:
    for order in ORDERS:
        view = View("all").ordered(f"-{order}")
        assert (view.order, view.reverse) == (order, True)
        assert view.ordered(f"-{order}", reverse=True) == View("all").ordered(order)


def test_an_unknown_order_is_refused_with_those_there_are() -> None:
    with pytest.raises(
        UsageError, match=r"no order “newst”; did you mean newest\? There are digest, newest,"
    ):
        View("all").ordered("newst")
    for wrong in ("", "-", "--title", "zzz"):
        with pytest.raises(UsageError, match=r"no order .*relevance"):
            View("all").ordered(wrong)


def test_a_view_says_what_it_shows() -> None:
    assert BUILT_IN[0].narrowed(parse("swin")).words == "in the inbox, with “swin”"
    assert BUILT_IN[-1].words == "everything"


def test_the_users_views_follow_the_built_in_ones() -> None:
    """One may name any other, wherever that stands."""
    views = own_views([("todo", "view:Vision is:later", "-added"), ("vision", "#vision", "digest")])
    assert [view.name for view in views] == [*(view.name for view in BUILT_IN), "todo", "vision"]
    todo = views.get("todo")
    assert todo
    assert (str(todo.query), todo.order, todo.reverse) == ("view:vision is:later", "added", True)
    assert views.get("inbox") == BUILT_IN[0]
    assert views.get("other") is None


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ([("a", "titel:x", "digest")], r"view “a”: no field “titel”; did you mean title\? \(column 1\)"),
        ([("a", "", "newst")], "view “a”: There is no order “newst”"),
        ([("a", "view:b", "digest")], "view “a”: no view “b”"),
        ([("Inbox", "", "digest")], "view “Inbox”: there is a view of this name"),
        ([("a", "", "digest"), ("A", "", "digest")], "view “A”: there is a view of this name"),
        ([(" ", "", "digest")], "a name has letters"),
        ([("a\x1b", "", "digest")], "view “a”: a name has letters"),
        ([("a", "x -(view:a OR y)", "digest")], "view “a”: it names itself: “a” names “a”"),
        ([("a", "view:b", "digest"), ("b", "-view:a", "digest")], "“a” names “b” names “a”"),
        (
            [("0", "", "digest"), *((str(n), f"view:{n - 1}", "digest") for n in range(1, DEEPEST + 2))],
            "stands on more than",
        ),
    ],
)
def test_a_wrong_view_is_refused_by_its_name(written: list[tuple[str, str, str]], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        own_views(written)


def test_views_are_counted_as_they_are_listed(make: SimpleNamespace) -> None:
    """The built-in ones without looking, a user's own by its query; a later import is the new one."""
    library = make.library(*(make.record(f"Swin {n}", f"text {n}") for n in range(5)))
    library.views = own_views([("mine", "view:tagged -view:starred", "digest")])
    ids = list(library.papers)
    library.decide("tag", ids[:3], {"tag:a": True})
    library.decide("star", ids[:2], VERBS["star"])
    library.decide("untag", ids[1:2], {"tag:a": False})

    def counted() -> dict[str, int]:
        held = {view.name: library.count(view) for view in library.views}
        assert held == {view.name: len(library.list(view)) for view in library.views}
        assert dict(library.counts()) == {view.name: held[view.name] for view in BUILT_IN}
        return held

    assert counted() == {"inbox": 3, "starred": 2, "later": 0, "tagged": 2, "new": 5, "all": 5, "mine": 1}
    later = make.clock().tick()
    library.add(make.reading(make.record("Swin 0", "text 0"), make.record("Mamba", ""), imported=later))
    library.undo()
    assert counted() == {"inbox": 4, "starred": 2, "later": 0, "tagged": 3, "new": 1, "all": 6, "mine": 1}


def test_the_deepest_views_of_the_deepest_queries_can_be_listed(make: SimpleNamespace) -> None:
    deep = "-(a OR (b " * 12 + "{}" + "))" * 12
    names = [str(number) for number in range(DEEPEST + 1)]
    written = [(name, deep.format(f"view:{int(name) - 1}" if int(name) else "c"), "digest") for name in names]
    library = make.library(make.record("b", "a kernel"), make.record("b", "other"))
    library.views = own_views(written)
    for view in library.views.own:
        assert len(library.list(view)) in (0, 1, 2)
    assert library.views.own[-1].words
