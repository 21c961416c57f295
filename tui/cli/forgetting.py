"""forget: takes an import back, or single papers out of all their imports; a decision like any other."""

import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from tui.cli.completing import queries
from tui.cli.front_door import QueryCommand, library_option, papertui, say, session, tell
from tui.errors import PapertuiError, UsageError
from tui.papers.text import clean

if TYPE_CHECKING:
    from tui.papers.forgetting import Loss
    from tui.papers.library import Library
    from tui.papers.paper import Digest

_LEAVE = ("paper leaves", "papers leave")
_ID = re.compile(r"[0-9a-f]{12}")


@papertui.command(cls=QueryCommand)
@click.argument("words", nargs=-1, metavar="DIGEST_OR_QUERY", required=True, shell_complete=queries)
@click.option("--yes", is_flag=True, help="Do it without asking.")
@click.option("--dry-run", is_flag=True, help="Only say what would leave.")
@click.option("--json", "as_json", is_flag=True, help="Say it as JSON on stdout.")
@library_option
def forget(words: tuple[str, ...], yes: bool, dry_run: bool, as_json: bool) -> None:
    """Take an import back.

    DIGEST is its name or id, as `papertui digests` prints them; papers that no other import holds leave
    every view, count and list. The papers of a QUERY are taken out of all their imports. `papertui undo`
    brings them back, and so does importing the file again.
    """
    library = session().library
    if not session().has_papers():
        raise click.exceptions.Exit(1)
    loss = _loss(library, words)
    if not (yes or dry_run or _can_ask()):
        raise UsageError(
            "Nobody can be asked here: add --yes to forget, or --dry-run to see what would leave."
        )
    if dry_run:
        say(f"This would be done: {_about(library, loss)}.")
    elif not yes:
        say(f"To {_about(library, loss)}.")
        if not _agrees():
            say("Nothing was forgotten.")
            raise click.exceptions.Exit(1)
    decision = None if dry_run else library.forget(loss)
    if as_json:
        _print(loss, decision.id if decision else None)
    elif decision:
        back = "it" if len(loss.papers) == 1 else "them"
        say(f"{_about(library, loss, done=True)}. `papertui undo` brings {back} back.")


def _loss(library: "Library", words: Sequence[str]) -> "Loss":
    """What the words name: an import, or else the papers that they find. Raises PapertuiError."""
    from tui.cli.asking import papers_of

    text = " ".join(words)
    digest = _digest(library, text)
    if digest and digest.id not in library.digests:
        raise PapertuiError(f"{digest.name} is forgotten already; `papertui import FILE` brings it back.")
    if digest:
        loss = library.loss(digest.id)
        if loss.papers:
            return loss
        raise PapertuiError(f"{digest.name} holds no paper of this library; there is nothing to forget.")
    if _ID.fullmatch(text) and library.paper(text) is None:
        raise PapertuiError(
            f"No import and no paper has the id {text}; `papertui digests` prints the imports."
        )
    found = papers_of(library, words)
    if not found:
        raise PapertuiError(
            f"There is no import “{text}”, and no paper is found by that.{_hint(library, text)}"
        )
    return library.loss_of([paper.id for paper in found])


def _digest(library: "Library", text: str) -> "Digest | None":
    """The import of this id or name."""
    named = {digest.name: digest for digest in library.imports.values()}
    return library.imports.get(text) or named.get(text)


def _hint(library: "Library", text: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(text, [digest.name for digest in library.digests.values()], 1, 0.6)
    return f" Did you mean {close[0]}?" if close else " `papertui digests` prints the imports."


def _about(library: "Library", loss: "Loss", *, done: bool = False) -> str:
    """What forgetting does, in words and numbers."""
    from tui.papers.saying import counted, losing

    named = [clean(library.digest_name(digest) or digest) for digest in loss.digests]
    what = " and ".join(named) if len(named) < 3 else counted(len(named), "import")
    if len(named) > 1 or not loss.whole:
        what = f"{counted(len(loss.papers), 'paper')} of {what}"
    verb, leave = ("forgot", ("paper left", "papers left")) if done else ("forget", _LEAVE)
    return f"{verb} {what}: {counted(loss.leave, *leave)}{losing(loss)}"


def _can_ask() -> bool:
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def _agrees() -> bool:
    """Whether the answer is yes; anything else is no."""
    sys.stderr.write("Forget them? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold() in ("y", "yes")


def _print(loss: "Loss", decision: str | None) -> None:
    from tui.exports.json_lines import encode_json

    tell(
        encode_json(
            {
                "decision": decision,
                "papers": list(loss.papers),
                "changed": len(loss.papers),
                "digests": list(loss.digests),
                "leave": loss.leave,
                "stay": loss.stay,
                "starred": loss.starred,
                "noted": loss.noted,
            }
        )
    )
