"""A view: which papers, in which order, under which name. A frozen value that can say what it shows."""

import difflib
from collections.abc import Collection, Iterable, Iterator

import msgspec
from msgspec import Struct

from tui.errors import QueryError, UsageError
from tui.papers.query import EVERYTHING, VIEWS, All, Any, InView, Is, Not, Query, both, in_words, parse
from tui.papers.text import clean

#: the orders by name, with the words the top line shows and those for the reverse
ORDERS = {
    "digest": ("as in the digests", "last in the digests first"),
    "newest": ("newest first", "oldest first"),
    "oldest": ("oldest first", "newest first"),
    "title": ("by title", "by title, z first"),
    "added": ("last added first", "first added first"),
    "comments": ("most comments first", "fewest comments first"),
    "upvotes": ("most upvotes first", "fewest upvotes first"),
    "starred": ("last starred first", "first starred first"),
    "relevance": ("best match first", "worst match first"),
}

#: so many views may stand behind each other, each naming the next
DEEPEST = 5


class View(Struct, frozen=True):
    """A named query, what the user narrows it with, and an order."""

    name: str
    query: All = EVERYTHING
    order: str = "digest"
    reverse: bool = False
    filter: All = EVERYTHING

    @property
    def order_words(self) -> str:
        """The order as the top line says it."""
        return ORDERS[self.order][self.reverse]

    @property
    def words(self) -> str:
        """What it shows, in words: "unread, tagged vision"."""
        return in_words(both(self.query, self.filter))

    def narrowed(self, filter_: All) -> "View":
        """The same view showing only what the filter wants as well."""
        return msgspec.structs.replace(self, filter=filter_)

    def ordered(self, order: str, reverse: bool = False) -> "View":
        """The same papers in another order; a - in front of its name turns it round.

        Raises UsageError for an unknown one.
        """
        name = order.removeprefix("-")
        return msgspec.structs.replace(self, order=known_order(name), reverse=reverse != (name != order))


def known_order(order: str) -> str:
    """The order's name, or UsageError."""
    if order not in ORDERS:
        close = difflib.get_close_matches(order, ORDERS, 1)
        hint = f"did you mean {close[0]}? There are" if close else "choose one of"
        raise UsageError(f"There is no order “{order}”; {hint} {', '.join(ORDERS)}.")
    return order


#: the built-in views, in the order of their tabs
BUILT_IN = tuple(View(name, EVERYTHING if name == "all" else All((Is(name),))) for name in VIEWS)
#: those of them that always have a tab
TABS = tuple(view for view in BUILT_IN if view.name not in ("tagged", "new"))


class Views(Struct, frozen=True):
    """The views there are: the built-in ones, then the user's `own`."""

    own: tuple[View, ...] = ()

    def __iter__(self) -> Iterator[View]:
        yield from BUILT_IN
        yield from self.own

    @property
    def names(self) -> tuple[str, ...]:
        """Their names, in order: what `view:` may be followed by."""
        return tuple(view.name for view in self)

    def get(self, name: str) -> View | None:
        """The view of this name."""
        return next((view for view in self if view.name == name), None)


BUILT_IN_ALONE = Views()


def own_views(written: Iterable[tuple[str, str, str]]) -> Views:
    """The built-in views and the user's, each given as name, query and order (`-title` is reversed).

    A query may name any of them by `view:`. Raises QueryError for a wrong query, UsageError for a wrong
    or unknown order, a name that is taken or cannot be typed, and views that name themselves; the
    message begins with the view's name.
    """
    asked = list(written)
    names: list[str] = [*VIEWS]
    for name, _, _ in asked:
        if not name.strip() or name != clean(name).strip():
            raise UsageError(f"view “{clean(name)}”: a name has letters, and no blanks around it.")
        if name.casefold() in (known.casefold() for known in names):
            raise UsageError(f"view “{name}”: there is a view of this name already; choose another.")
        names.append(name)
    views = Views(tuple(_own(name, query, order, names) for name, query, order in asked))
    for view in views.own:
        _refuse_circles(view, views, (view.name,))
    return views


def _own(name: str, query: str, order: str, names: Collection[str]) -> View:
    try:
        return View(name, parse(query, names)).ordered(order)
    except QueryError as error:
        raise QueryError(f"view “{name}”: {error} (column {error.column + 1})", error.column) from None
    except UsageError as error:
        raise UsageError(f"view “{name}”: {error}") from None


def _refuse_circles(view: View, views: Views, way: tuple[str, ...]) -> None:
    for name in dict.fromkeys(_named(view.query)):
        there = " names ".join(f"“{known}”" for known in (*way, name))
        if name in way:
            raise UsageError(f"view “{way[0]}”: it names itself: {there}; take one view: out.")
        if len(way) > DEEPEST:
            raise UsageError(f"view “{way[0]}”: it stands on more than {DEEPEST} others; name fewer.")
        if following := views.get(name):
            _refuse_circles(following, views, (*way, name))


def _named(query: Query) -> Iterator[str]:
    """The views that a query names."""
    if isinstance(query, InView):
        yield query.name
    elif isinstance(query, All | Any):
        for term in query.terms:
            yield from _named(term)
    elif isinstance(query, Not):
        yield from _named(query.term)
