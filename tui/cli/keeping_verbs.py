"""merge, backup and doctor: what keeps a library whole."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.front_door import library_option, papertui, say, session, tell
from tui.errors import PapertuiError

if TYPE_CHECKING:
    from tui.cli.examining_library import Finding
    from tui.cli.merging import Report


@papertui.command()
@click.argument("libraries", nargs=-1, metavar="[LIBRARY]…")
@click.option("--dry-run", is_flag=True, help="Only say what would come in.")
@click.option("--json", "as_json", is_flag=True, help="Say it as JSON on stdout.")
@library_option
def merge(libraries: tuple[str, ...], dry_run: bool, as_json: bool) -> None:
    """Take in other libraries: papers, decisions and all.

    LIBRARY is the folder of one; it is only read. Without any, the conflict copies are taken in that a
    file synchroniser left in this library. Merging twice changes nothing more. `papertui undo` takes
    back what was decided here; what was decided elsewhere is taken back there, or decided anew.
    """
    from tui.cli.merging import Report, merge_all

    report = Report()
    try:
        merge_all(session().path, libraries, report, dry_run=dry_run)
    finally:
        _tell_merged(report, dry_run, as_json)
    if report.nothing_read:
        raise click.exceptions.Exit(1)


def _tell_merged(report: "Report", dry_run: bool, as_json: bool) -> None:
    if as_json:
        from tui.exports.json_lines import encode_json

        tell(encode_json(report.to_json()))
        return
    if dry_run and not report.nothing_read:
        say("This would come in:")
    for line in report.lines():
        say(line)


@papertui.command()
@click.argument("file", metavar="FILE", type=click.Path())
@library_option
def backup(file: str) -> None:
    """Write the library to a file, as it is now.

    FILE is a tar archive, packed as its name says: .tar, .tar.gz, .tgz or .tar.xz; - is stdout, unpacked.
    It unpacks to a folder that is a library: `tar xf FILE`, `papertui --library library`. The library
    may be in use meanwhile.
    """
    from tui.cli.examining_library import sized
    from tui.papers.library import Library
    from tui.papers.saying import counted
    from tui.settings import at_home
    from tui.store.backup import back_up, pour
    from tui.store.database import Database

    if file == "-" and sys.stdout.isatty():
        raise click.UsageError("An archive is nothing for a terminal; name a file, or send it on with >.")
    database = Database(session().path)
    library = Library(database)
    decisions = sum(1 for decision, _ in library.log() if decision.act is None)
    if not (library.papers or decisions):
        raise PapertuiError(f"{session().path}: the library is empty; nothing was written.")
    if file == "-":
        pour(database, sys.stdout.buffer)
        return
    size = back_up(database, at_home(file))
    held = f"{counted(len(library.papers), 'paper')} and {counted(decisions, 'decision')}"
    say(f"Wrote {held} to {file} ({sized(size)}).")


@papertui.command()
@click.option("--repair", is_flag=True, help="Mend what can be mended; a backup is written first.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@library_option
def doctor(repair: bool, as_json: bool) -> None:
    """Look whether anything is wrong, or mend it.

    At library, settings, keymap and terminal; the exit code is 1 where something is. With --repair,
    what cannot be read is moved to the library's folder aside, and the tables are written anew.
    """
    from tui.cli.examining import examine

    if repair:
        _repair(session().path)
    findings = examine(session().path)
    _print(findings, as_json)
    if not all(finding.fine for finding in findings):
        raise click.exceptions.Exit(1)


def _print(findings: "list[Finding]", as_json: bool) -> None:
    from tui.cli.streams import seen
    from tui.exports.json_lines import encode_json

    if as_json:
        fields = [
            {
                "about": finding.about,
                "fine": finding.fine,
                "words": finding.words,
                "file": str(finding.file) if finding.file else None,
                "line": finding.line,
            }
            for finding in findings
        ]
        tell(encode_json(fields))
        return
    for finding in findings:
        tell(f"{'ok ' if finding.fine else 'NO '} {finding.about}: {seen(finding.words)}")


def _repair(path: Path) -> None:
    """Mend the library, and say what was done. Raises PapertuiError."""
    from tui.store.backup import back_up
    from tui.store.database import Database
    from tui.store.inspecting import survey
    from tui.store.mending import mend

    database = Database(path)  # refuses what is no library
    if not survey(path).can_be_mended:
        say("There is nothing to mend in the tables; nothing was changed.")
        return
    archive = _free(path)
    back_up(database, archive)
    say(f"The library as it was is in {archive}.")
    mended = mend(database)
    for sentence in mended.done:
        say(sentence)
    for digest in mended.again:
        say(f"Import {digest.path} again (digest {digest.name}): papers or abstracts of it are lost.")


def _free(path: Path) -> Path:
    """A name beside the library that is not taken."""
    stem = f"{path.name}-before-repair-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    number = 1
    while os.path.lexists(archive := path.parent / f"{stem}{f'-{number}' if number > 1 else ''}.tar"):
        number += 1
    return archive
