"""list, show and export: papers out of the library."""

import os
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING

import click

from tui.cli.completing import orders, queries
from tui.cli.front_door import (
    ORDERS_HELP,
    Number,
    QueryCommand,
    library_option,
    papertui,
    say,
    session,
    tell,
)

if TYPE_CHECKING:
    from tui.papers.library import Library
    from tui.papers.paper import Paper


@papertui.command("list", cls=QueryCommand)
@click.argument("query", nargs=-1, shell_complete=queries)
@click.option("--order", default="digest", metavar="ORDER", help=ORDERS_HELP, shell_complete=orders)
@click.option("--limit", type=Number(min=0), metavar="N", help="At most so many papers.")
@click.option("--jsonl", is_flag=True, help="One paper a line, as JSON.")
@click.option("--ids", is_flag=True, help="Ids alone.")
@library_option
def list_(query: tuple[str, ...], order: str, limit: int | None, jsonl: bool, ids: bool) -> None:
    """Print papers, one a line: those of QUERY, or all."""
    from tui.cli.asking import offer_close, query_of
    from tui.papers.view import View

    if jsonl and ids:
        raise click.UsageError("Choose --jsonl or --ids, not both.")
    view = View("query", query_of(query)).ordered(order)
    library = session().library
    found = library.list(view)
    if session().has_papers() and not found:
        offer_close(library, view.query, "list")
    print_papers(library, found[:limit], jsonl=jsonl, ids=ids)


def print_papers(
    library: "Library", papers: "Sequence[Paper]", *, jsonl: bool = False, ids: bool = False
) -> None:
    """Papers on stdout: laid out for a terminal, else tab-separated id, marks, date, title."""
    if jsonl:
        from tui.exports.json_lines import encode_json, paper_json

        lines = (encode_json(paper_json(library, paper)) for paper in papers)
    elif ids:
        lines = (paper.id for paper in papers)
    elif sys.stdout.isatty():
        width = get_terminal_size().columns
        lines = (_laid_out(library, paper, width) for paper in papers)
    else:
        lines = ("\t".join(_columns(library, paper)) for paper in papers)
    for line in lines:
        sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _columns(library: "Library", paper: "Paper") -> tuple[str, str, str, str]:
    from tui.papers.text import clean

    triage = library.triage(paper.id)
    marks = ("s" if triage.starred else "") + ("l" if triage.later else "") + ("r" if triage.read else "")
    day = paper.published.isoformat() if paper.published else "-"
    return paper.id, marks or "-", day, clean(paper.title)


def _laid_out(library: "Library", paper: "Paper", width: int) -> str:
    from rich.cells import cell_len, set_cell_size

    paper_id, _, day, title = _columns(library, paper)
    triage = library.triage(paper.id)
    glyphs, end = ("●★»", "…") if can_show("●★»…") else ("o*>", "+")
    mark = dict(zip(("inbox", "starred", "later"), glyphs, strict=True)).get(triage.state, " ")
    line = f"{paper_id}  {mark} {day:>10}  {title}"
    if cell_len(line) > width:
        line = set_cell_size(line, width - 1) + end
    if os.environ.get("TERM") == "dumb":
        return line
    return click.style(line, dim=triage.read or triage.later or None, bold=triage.undecided or None)


def can_show(text: str) -> bool:
    """Whether stdout's encoding has all of these characters."""
    try:
        text.encode(sys.stdout.encoding)
    except UnicodeEncodeError:
        return False
    return True


@papertui.command()
@click.argument("paper_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="All fields, as JSON.")
@library_option
def show(paper_id: str, as_json: bool) -> None:
    """Print one paper whole.

    Six or more digits of its ID will do.
    """
    from tui.cli.asking import with_prefix

    library = session().library
    if not session().has_papers():
        raise click.exceptions.Exit(1)
    paper = with_prefix(library, paper_id)
    if as_json:
        from tui.exports.json_lines import encode_json, paper_json

        tell(encode_json(paper_json(library, paper)))
    else:
        tell("\n\n".join(_whole(library, paper)))


def _whole(library: "Library", paper: "Paper") -> list[str]:
    from tui.exports.addresses import best_link, is_safe
    from tui.exports.json_lines import seen_in
    from tui.papers.saying import counted
    from tui.papers.text import clean, clean_lines

    width = min(get_terminal_size().columns if sys.stdout.isatty() else 88, 88)

    def wrapped(text: str) -> str:
        return textwrap.fill(text, width, break_on_hyphens=False)

    triage = library.triage(paper.id)
    facts = [paper.id, triage.state]
    if paper.published:
        facts.append(f"{'~' if paper.year_inferred else ''}{paper.published.isoformat()}")
    if paper.authors_count is not None and not paper.authors:
        facts.append(counted(paper.authors_count, "author"))
    if paper.comments is not None:
        facts.append(counted(paper.comments, "comment"))
    if paper.upvotes is not None:
        facts.append(counted(paper.upvotes, "upvote"))
    seen = [
        f"{clean(digest.name)}, no. {sighting.position}"
        for digest, sighting in seen_in(library, paper)
        if digest
    ]
    abstract = clean(library.readable_abstract(paper)) or "The digest gave no abstract."
    parts = [
        wrapped(clean(paper.title)),
        "\n".join(
            filter(None, [" · ".join(facts), ", ".join(map(clean, paper.authors)), wrapped(" · ".join(seen))])
        ),
        " ".join(f"#{clean(tag)}" for tag in triage.tags),
        clean_lines(triage.note),
        wrapped(abstract),
        "\n".join(dict.fromkeys(filter(is_safe, (best_link(paper) or "", *paper.links)))),
    ]
    return [part for part in parts if part]


@papertui.command(cls=QueryCommand)
@click.argument("query", nargs=-1, shell_complete=queries)
@click.option(
    "--format", "name", default="markdown", metavar="F", help="markdown, jsonl, bibtex, citation or tinydb."
)
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(), help="Replace this file instead of printing."
)
@click.option("--order", default="digest", metavar="ORDER", help=ORDERS_HELP, shell_complete=orders)
@library_option
def export(query: tuple[str, ...], name: str, output: str | None, order: str) -> None:
    """Write papers down: the starred ones, or others.

    Of QUERY, of whole ids, or - for ids from stdin.
    """
    from tui.cli.asking import papers_of
    from tui.cli.writing import export_named, write_file
    from tui.papers.saying import counted

    chosen = export_named(name)
    library = session().library
    papers = papers_of(library, query, order, default="is:starred")
    if not papers:
        if session().has_papers():
            what = "Nothing matches" if query else "Nothing is starred yet"
            say(f"{what}; nothing was written." + ("" if query else " In the app, s stars a paper."))
        raise click.exceptions.Exit(1)
    text = chosen.write(library, papers)
    if output is None or output == "-":
        sys.stdout.write(text)
        sys.stdout.flush()
    else:
        write_file(Path(output), text)
        say(f"Wrote {counted(len(papers), 'paper')} to {output}.")
