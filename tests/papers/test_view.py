"""A view: a value that narrows, orders and describes itself."""

import msgspec
import pytest

from tui.errors import UsageError
from tui.papers.query import EVERYTHING, parse
from tui.papers.view import BUILT_IN, ORDERS, View, known_order


def test_the_tabs_are_inbox_starred_later_and_all() -> None:
    assert [(view.name, str(view.query)) for view in BUILT_IN] == [
        ("inbox", "is:inbox"),
        ("starred", "is:starred"),
        ("later", "is:later"),
        ("all", ""),
    ]


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


def test_an_unknown_order_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match=r"no order “newst”.*digest, newest, oldest, title"):
        View("all").ordered("newst")
    assert known_order("title") == "title"
