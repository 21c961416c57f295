"""From the words of a call to papers: a query, or whole ids."""

import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.cli.front_door import say, session
from tui.errors import PapertuiError, QueryError, UsageError
from tui.papers.text import clean

if TYPE_CHECKING:
    from tui.papers.library import Library
    from tui.papers.paper import Paper
    from tui.papers.query import All
    from tui.papers.triage import Decision

_ID = re.compile(r"[0-9a-f]{12}")


def query_of(words: Sequence[str]) -> "All":
    """The query these words make, joined by blanks; of a wrong one it is shown where it is wrong."""
    from tui.papers.query import VIEWS, parse

    text = " ".join(words)
    views = session().views.names if "view:" in text.casefold() else VIEWS
    try:
        return parse(text, views)
    except QueryError as error:
        from rich.cells import cell_len

        from tui.cli.streams import seen

        before = seen(text[: error.column])
        shown = f"  {before}{seen(text[error.column :])}\n  {' ' * cell_len(before)}^"
        raise QueryError(f"{error} (column {error.column + 1})\n{shown}", error.column) from None


def offer_close(library: "Library", query: "All", verb: str) -> None:
    """Where a query finds nothing, say which close spellings of its words find something, and how to ask."""
    from shlex import quote

    from tui.cli.streams import seen

    if found := library.close(query):
        close = ", ".join(f"{seen(other.text)} ({other.papers:,})" for other in found)
        say(
            f"Nothing has “{seen(str(query))}”. Close: {close}.\nType: papertui {verb} {quote(found[0].text)}"
        )


def papers_of(
    library: "Library", words: Sequence[str], order: str = "digest", *, default: str | None = None
) -> "list[Paper]":
    """The papers of whole ids, in the order given, or of a query; `-` reads the ids from stdin.

    Without words it is the default query; without a default, a query that asks for nothing is
    refused. Raises PapertuiError for an id that no paper has.
    """
    from tui.papers.view import View

    if "-" in words:
        words = _ids_of_stdin(words)
        if not words:
            return []
    if words and all(_ID.fullmatch(word) for word in words):
        return list({paper.id: paper for paper in (with_id(library, word) for word in words)}.values())
    query = query_of(words or [default or ""])
    if default is None and not str(query):
        raise UsageError("This query is empty; say which papers.")
    return library.list(View("query", query).ordered(order))


def _ids_of_stdin(words: Sequence[str]) -> list[str]:
    if len(words) > 1:
        raise UsageError("- reads ids from stdin and stands alone; drop it or the other words.")
    ids = sys.stdin.read().split()
    if wrong := next((word for word in ids if not _ID.fullmatch(word)), None):
        raise UsageError(f"“{wrong}” on stdin is no id; `papertui list --ids` prints nothing else.")
    return ids


def with_id(library: "Library", key: str) -> "Paper":
    """The paper with this id or key."""
    if paper := library.paper(key):
        return paper
    raise PapertuiError(f"No paper has the id {key}; `papertui list` prints the ids.")


def act_called(library: "Library", prefix: str) -> "Decision":
    """The one act whose id begins so; eight letters and digits or more. Raises PapertuiError."""
    from tui.papers.triage import is_id_start

    start = prefix.upper()
    log = "as `papertui log --ids` prints it"
    if not is_id_start(start):
        raise PapertuiError(
            f"“{clean(prefix)}” is no decision's id: give eight or more of its letters, {log}."
        )
    found = {decision.id: decision for decision in library.called(start)}
    if not found:
        raise PapertuiError(f"There is no decision “{start}”; give its id {log}.")
    if len(found) > 1:
        some = ", ".join([*found][:5])
        raise PapertuiError(
            f"{len(found)} decisions have ids that begin with {start}: {some}. Give more of it."
        )
    decision = found.popitem()[1]
    if decision.act is not None:
        what = "a redo" if decision.stands else "an undo"
        raise PapertuiError(
            f"{decision.id} is itself {what}; name the decision it was about: {decision.act}."
        )
    return decision


def with_prefix(library: "Library", prefix: str) -> "Paper":
    """The one paper whose id begins so; six digits or more."""
    key = prefix.casefold()
    if not re.fullmatch(r"[0-9a-f]{6,12}", key):
        raise PapertuiError(
            f"“{prefix}” is no id: give six or more of its digits, as `papertui list` prints it."
        )
    if paper := library.paper(key):
        return paper
    found = [paper for paper in library.papers.values() if any(k.startswith(key) for k in paper.keys)]
    if len(found) == 1:
        return found[0]
    if found:
        some = ", ".join(paper.id for paper in found[:5])
        raise PapertuiError(
            f"{len(found)} papers have ids that begin with {prefix}: {some}. Give more digits."
        )
    return with_id(library, prefix)
