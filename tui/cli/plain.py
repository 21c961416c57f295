"""triage: the app, or with --plain the same loop in lines of text, for dumb terminals and screen readers."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from tui.cli.completing import orders, queries
from tui.cli.front_door import ORDERS_HELP, QueryCommand, library_option, papertui, say, session
from tui.errors import UsageError

if TYPE_CHECKING:
    from tui.papers.view import View


@papertui.command(cls=QueryCommand)
@click.argument("query", nargs=-1, shell_complete=queries)
@click.option("--plain", is_flag=True, help="Lines of text, a letter for each decision, no screen.")
@click.option("--order", metavar="ORDER", help=f"With --plain: {ORDERS_HELP}", shell_complete=orders)
@library_option
@click.pass_context
def triage(ctx: click.Context, query: tuple[str, ...], plain: bool, order: str | None) -> None:
    """Decide, one paper after another.

    Of the inbox, or of QUERY.

    Without --plain this is the app, but for a terminal that cannot draw one (TERM=dumb).
    """
    if plain or os.environ.get("TERM") == "dumb":
        _plainly(_view(query, order or "digest"), bool(query))
        return
    if order:
        raise UsageError("--order goes with --plain; in the app a key chooses the order.")
    from tui.cli.import_verbs import open_

    ctx.invoke(open_, paths=(), query=" ".join(query) or None)


def _view(query: tuple[str, ...], order: str) -> "View":
    """What is gone through."""
    from tui.cli.asking import query_of
    from tui.papers.view import BUILT_IN, View

    return (View("query", query_of(query)) if query else BUILT_IN[0]).ordered(order)


def _plainly(view: "View", is_query: bool) -> None:
    """Go through the papers of a view; exits 1 where a query finds none, 130 where it was interrupted."""
    from tui.cli.asking import offer_close
    from tui.cli.plain_reading import Letters
    from tui.cli.plain_triage import PlainTriage

    keymap, library = session().keymap(), session().library
    papers = library.list(view)
    if not session().has_papers():
        return
    if not papers and is_query:
        say("Nothing matches.")
        offer_close(library, view.query, "triage --plain")
        raise click.exceptions.Exit(1)
    if not papers:
        say("The inbox is empty: nothing to decide. `papertui list is:starred` prints what you starred.")
        return
    with _ended_orderly(), Letters(sys.stdin) as letters:
        sitting = PlainTriage(library, keymap, session().settings.search, papers, letters, is_query)
        try:
            sitting.run()
        except KeyboardInterrupt:
            sitting.close(interrupted=True)
            raise click.exceptions.Exit(130) from None
        sitting.close()


@contextmanager
def _ended_orderly() -> Iterator[None]:
    """A signal that ends us leaves the terminal as it was, as leaving does."""
    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in (getattr(signal, name) for name in names)}
    for number in before:
        signal.signal(number, lambda number, frame: sys.exit(128 + number))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
