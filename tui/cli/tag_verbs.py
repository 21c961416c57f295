"""tags: which there are, and renaming or removing one on all papers that wear it, as one decision."""

import difflib
from typing import TYPE_CHECKING, Any

import click

from tui.cli.completing import tag_names
from tui.cli.decision_verbs import print_decision, valid_tag
from tui.cli.front_door import library_option, papertui, say, session, tell
from tui.errors import PapertuiError

if TYPE_CHECKING:
    from tui.papers.library import Library


@papertui.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@library_option
@click.pass_context
def tags(ctx: click.Context, as_json: bool) -> None:
    """Print the tags, or change one everywhere."""
    if ctx.invoked_subcommand is not None:
        if as_json:
            raise click.UsageError(f"Put --json behind {ctx.invoked_subcommand}.", ctx)
        return
    from tui.exports.json_lines import encode_json
    from tui.papers.text import clean

    counts = session().library.tags() if session().has_papers() else {}
    found = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    if as_json:
        tell(encode_json([{"tag": tag, "papers": papers} for tag, papers in found]))
        return
    for tag, papers in found:
        tell(f"{papers:>7,}  {clean(tag)}")


def _options(function: Any) -> Any:
    dry_run = click.option("--dry-run", is_flag=True, help="Only say what would be done.")
    as_json = click.option("--json", "as_json", is_flag=True, help="Say it as JSON on stdout.")
    return dry_run(as_json(library_option(function)))


@tags.command()
@click.argument("old", shell_complete=tag_names)
@click.argument("new", shell_complete=tag_names)
@_options
def rename(old: str, new: str, dry_run: bool, as_json: bool) -> None:
    """Give the papers tagged OLD the tag NEW instead.

    NEW may be there already: then the two become one. `papertui undo` takes it back.
    """
    library = session().library
    old, new = _known(library, old), valid_tag(new)
    if old == new:
        raise PapertuiError(f"The tag is “{old}” already; nothing was changed.")
    if worn := library.tags()[new]:
        from tui.papers.saying import counted

        say(f"There is a tag “{new}” already, on {counted(worn, 'paper')}; the two become one.")
    _decide(library, old, {f"tag:{old}": False, f"tag:{new}": True}, dry_run=dry_run, as_json=as_json)


@tags.command()
@click.argument("tag", shell_complete=tag_names)
@_options
def remove(tag: str, dry_run: bool, as_json: bool) -> None:
    """Take the tag off all papers that wear it.

    `papertui undo` takes it back.
    """
    library = session().library
    old = _known(library, tag)
    _decide(library, old, {f"tag:{old}": False}, dry_run=dry_run, as_json=as_json)


def _known(library: "Library", written: str) -> str:
    """The tag that is meant: to the letter, with or without its #. Raises PapertuiError where none is."""
    counts = library.tags()
    for name in (written, written.removeprefix("#")):
        if name in counts:
            return name
    same = [tag for tag in counts if tag.casefold() == name.casefold()]
    close = same or difflib.get_close_matches(name, counts, 1, 0.5)
    hint = f"Did you mean “{close[0]}”?" if close else "`papertui tags` prints those there are."
    raise PapertuiError(f"There is no tag “{name}”; nothing was changed. {hint}")


def _decide(
    library: "Library", old: str, sets: dict[str, bool | str], *, dry_run: bool, as_json: bool
) -> None:
    """Set these fields on the papers that wear the old tag, as one decision, and say so."""
    from tui.papers.saying import act, joined

    ids = [paper_id for paper_id in library.papers if old in library.triage(paper_id).tags]
    decision = None if dry_run else library.decide("rename_tag", ids, sets)
    if as_json:
        print_decision(decision.id if decision else None, ids, len(ids))
        return
    done = joined(act("rename_tag", sets), ids, library.paper)
    say(f"This would be done: {done}." if dry_run else f"{done}. `papertui undo` takes it back.")
