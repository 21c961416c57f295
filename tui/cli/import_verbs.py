"""open, import and digests: digests into the library."""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from tui.cli.front_door import Number, library_option, papertui, say, session, tell

if TYPE_CHECKING:
    from tui.cli.importing import Report

_YEAR = Number(1000, 9999)


@papertui.command("open")
@click.argument("paths", nargs=-1, metavar="[PATH]…")
@click.option("--query", metavar="Q", help="Begin with the papers that match.")
@click.option("--keymap", metavar="NAME", help="default, vim, emacs, newsboat, arrows, or a file.")
@click.option("--theme", metavar="NAME", help="papertui-night, papertui-day, or any of Textual's.")
@library_option
def open_(paths: tuple[str, ...], query: str | None, keymap: str | None, theme: str | None) -> None:
    """Import what is new, then triage.

    PATH is a file, a folder (all its levels) or - for stdin.
    """
    from tui.cli.asking import query_of
    from tui.papers.view import BUILT_IN

    for path in paths:
        if path != "-" and not os.path.lexists(path):
            raise click.UsageError(f"There is no file or folder {path}. Check the name.")
    wanted = query_of([query] if query else [])
    terminal = _has_terminal()
    if terminal or keymap or theme:
        from tui.cli.launch import check

        prepared = check(session(), keymap, theme)
    known = frozenset(session().library.papers if paths else ())
    summary = _import(paths, None, quiet=terminal) if paths else ""
    if not terminal:
        from tui.cli.paper_verbs import print_papers

        say(f"No terminal here; these are the papers of the inbox{' that match' if query else ''}.")
        library = session().library
        session().has_papers()
        print_papers(library, library.list(BUILT_IN[0].narrowed(wanted)))
        return
    from tui.cli.launch import launch

    new = session().library.papers.keys() - known if paths else frozenset()
    launch(session(), prepared, query or "", summary, new)


def _has_terminal() -> bool:
    """Whether there is a screen to draw on and a keyboard to read."""
    if not sys.stderr.isatty():
        return False
    if sys.stdin.isatty():
        return True
    try:
        os.close(os.open("/dev/tty", os.O_RDWR))
    except OSError:
        return False
    return True


def _import(paths: Sequence[str], year: int | None, *, quiet: bool) -> str:
    """Import, tell on stderr what needs telling, and return the summary.

    Exits 1 where nothing at all could be read.
    """
    from tui.cli.importing import Report, import_paths

    report = Report()
    try:
        import_paths(session().library, paths, year, report)
    finally:
        for file in report.files:
            if not quiet or file.error or file.rejected:
                for line in file.lines():
                    say(line)
    if report.nothing_read:
        raise click.exceptions.Exit(1)
    return report.summary() + ("; the terminal shows why when you quit" if report.has_lost else "")


@papertui.command("import")
@click.argument("paths", nargs=-1, metavar="PATH…", required=True)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--year", type=_YEAR, metavar="YYYY", help="The year of dates that name none.")
@library_option
def import_(paths: tuple[str, ...], as_json: bool, year: int | None) -> None:
    """Import what is new.

    PATH is a file, a folder (all its levels) or - for stdin.
    """
    from tui.cli.importing import Report, import_paths

    report = Report()
    try:
        import_paths(session().library, paths, year, report)
    finally:
        _print(report, as_json)
    if report.nothing_read:
        raise click.exceptions.Exit(1)


def _print(report: "Report", as_json: bool) -> None:
    if as_json:
        from tui.exports.json_lines import encode_json

        tell(encode_json(report.to_json()))
        return
    for file in report.files:
        for line in file.lines():
            (say if file.error else tell)(line)
    for line in report.closing():
        tell(line)


@papertui.command()
@click.option("--json", "as_json", is_flag=True, help="All fields, as JSON.")
@library_option
def digests(as_json: bool) -> None:
    """Print what was imported, newest first."""
    from tui.cli.streams import seen
    from tui.exports.json_lines import digest_json, encode_json
    from tui.papers.saying import counted
    from tui.papers.text import clean

    library = session().library
    if not library.imports:
        session().has_papers()
    found = sorted(library.imports.values(), key=lambda digest: digest.imported, reverse=True)
    if as_json:
        rows = [{**digest_json(digest), "forgotten": digest.id not in library.digests} for digest in found]
        tell(encode_json(rows))
        return
    for digest in found:
        when = digest.imported.astimezone().strftime("%Y-%m-%d %H:%M")
        rejected = f", {digest.rejected} not understood" if digest.rejected else ""
        forgotten = "" if digest.id in library.digests else ", forgotten"
        records = counted(digest.records, "record") + rejected + forgotten
        tell(f"{digest.id}  {when}  {clean(digest.name):<24} {records}  {seen(digest.path)}")
