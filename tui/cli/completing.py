"""What a shell completes: queries, orders and tags. Whatever goes wrong, it then completes nothing."""

from collections.abc import Sequence

import click

from tui.cli.front_door import Session
from tui.errors import PapertuiError


def orders(ctx: click.Context, param: click.Parameter, begun: str) -> list[str]:
    """The orders that begin so."""
    from tui.papers.view import ORDERS

    return [order for order in ORDERS if order.startswith(begun)]


def tag_names(ctx: click.Context, param: click.Parameter, begun: str) -> list[str]:
    """The tags in use that begin so."""
    try:
        return [tag for tag in _tags(ctx) if tag.startswith(begun)]
    except (PapertuiError, OSError):
        return []


def queries(ctx: click.Context, param: click.Parameter, begun: str) -> list[str]:
    """What the last word of a query may be: a field, or a field's state, fact, tag, digest or view.

    bash cuts words at colons and only wants what stands behind the last one.
    """
    from tui.papers.query import FIELDS, written

    before: Sequence[str] = ctx.params.get(param.name or "") or ()
    lead = ""
    if begun == ":" and before:
        lead, begun = f"{before[-1]}:", ""
    elif len(before) > 1 and before[-1] == ":":
        lead = f"{before[-2]}:"
    text = lead + begun
    minus = "-" * text.startswith("-")
    field, colon, part = text.removeprefix("-").partition(":")
    if not colon:
        return [f"{minus}{name}:" for name in FIELDS if field and name.startswith(field)]
    kept = "" if lead else f"{minus}{field}:"
    part = part.removeprefix('"').casefold()
    try:
        return [kept + written(name) for name in _names(ctx, field) if name.casefold().startswith(part)]
    except (PapertuiError, OSError):
        return []


def _names(ctx: click.Context, field: str) -> Sequence[str]:
    """What may stand behind a field's name."""
    from tui.papers.query import HAVINGS, STATES

    match field:
        case "is":
            return (*STATES,)
        case "has":
            return (*HAVINGS,)
        case "view":
            return ctx.ensure_object(Session).views.names
        case "tag":
            return _tags(ctx)
        case "digest":
            return [digest.name for digest in ctx.ensure_object(Session).library.digests.values()]
        case _:
            return ()


def _tags(ctx: click.Context) -> Sequence[str]:
    """The tags in use, the most used first."""
    return [tag for tag, _ in ctx.ensure_object(Session).library.tags().most_common()]
