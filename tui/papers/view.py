"""A view: which papers, in which order, under which name. A frozen value that can say what it shows."""

import msgspec
from msgspec import Struct

from tui.errors import UsageError
from tui.papers.query import EVERYTHING, All, parse

#: the orders by name, with the words the top line shows and those for the reverse
ORDERS = {
    "digest": ("as in the digests", "last in the digests first"),
    "newest": ("newest first", "oldest first"),
    "oldest": ("oldest first", "newest first"),
    "title": ("by title", "by title, z first"),
}


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

    def narrowed(self, filter_: All) -> "View":
        """The same view showing only what the filter wants as well."""
        return msgspec.structs.replace(self, filter=filter_)

    def ordered(self, order: str, reverse: bool = False) -> "View":
        """The same papers in another order. Raises UsageError for an unknown one."""
        return msgspec.structs.replace(self, order=known_order(order), reverse=reverse)


def known_order(order: str) -> str:
    """The order's name, or UsageError."""
    if order not in ORDERS:
        raise UsageError(f"There is no order “{order}”; choose one of {', '.join(ORDERS)}.")
    return order


#: the built-in views, in the order of their tabs
BUILT_IN = (
    View("inbox", parse("is:inbox")),
    View("starred", parse("is:starred")),
    View("later", parse("is:later")),
    View("all"),
)
