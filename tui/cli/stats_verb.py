"""stats: the library in figures, with bars where stdout is a terminal."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from shutil import get_terminal_size
from typing import TYPE_CHECKING

import click

from tui.cli.front_door import library_option, papertui, session, tell

if TYPE_CHECKING:
    from tui.papers.stats import Share, Stats

#: lines of one kind on a terminal; elsewhere all are printed
MOST = 14
#: columns of the longest bar, and of the longest name on a terminal
BAR, NAME = 40, 30
#: columns that a line takes besides name and bar
_ROUND = 24
#: a line: how many papers, of what, and how many of them are starred where that is told
Row = tuple[int, str, int | None]

JSON_HELP = """\b
In JSON:
  papers, inbox, starred, later, tagged, new, read, decided, dated: papers
  digests: how many there are
  share_starred: of the decided papers, 0 to 1; null where none is decided
  seconds_a_paper: the median of all verdicts, but for those after a pause
                   of more than five minutes; null for fewer than five
  days: {"2026-11-20": papers given a verdict, tag or note
         on this local day}
  by_digest: [{id, name, papers, starred}]
  months: {"2024-10": {papers, starred}}, undated: {papers, starred}
  by_tag: [{name, papers, starred}], tags: {name: papers}
Days, digests and months go from the newest on, tags from the most used.
"""


@papertui.command(epilog=JSON_HELP)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@library_option
def stats(as_json: bool) -> None:
    """Print how far the library is decided.

    Figures, then papers by day, digest, month of publication and tag.
    """
    from tui.exports.json_lines import encode_json
    from tui.papers.stats import figures, stats_of

    session().has_papers()
    counted = stats_of(session().library)
    if as_json:
        tell(encode_json(figures(counted)))
        return
    for line in _lines(counted):
        tell(line)


def _lines(counted: "Stats") -> Iterator[str]:
    from tui.papers.stats import figures
    from tui.papers.text import clean

    told = figures(counted)
    for name in told:
        if isinstance(told[name], int):
            yield f"{told[name]:>7,}  {name}"
    if counted.share_starred is not None:
        yield f"{counted.share_starred:>7.1%}  starred of decided"
    if counted.seconds is not None:
        yield f"{counted.seconds:>7,.1f}  seconds a paper, median"
    yield from _section(
        "by day of a verdict, tag or note", [(n, day.isoformat(), None) for day, n in counted.days.items()]
    )
    yield from _section("by digest", _rows((clean(one.name), share) for one, share in counted.digests))
    months = [(month.isoformat()[:7], share) for month, share in counted.months.items()]
    undated = [("no date", counted.undated)] if counted.undated.papers else []
    yield from _section("by month of publication", _rows(months), _rows(undated))
    yield from _section("by tag", _rows((f"#{clean(tag)}", share) for tag, share in counted.tags.items()))


def _rows(shares: Iterable[tuple[str, "Share"]]) -> list[Row]:
    return [(share.papers, name, share.starred) for name, share in shares]


def _section(title: str, rows: Sequence[Row], last: Sequence[Row] = ()) -> Iterator[str]:
    """A heading and a line for each; nothing where there are none."""
    from rich.cells import cell_len, set_cell_size

    from tui.cli.paper_verbs import can_show

    if not (rows or last):
        return
    is_terminal = sys.stdout.isatty()
    hidden = len(rows) - MOST if is_terminal and len(rows) > MOST + 1 else 0
    shown = [*rows[: len(rows) - hidden], *last]
    names = max(cell_len(name) for _, name, _ in shown)
    columns = get_terminal_size().columns
    names = min(names, NAME, max(columns - _ROUND, 8)) if is_terminal else names
    most, block = max(papers for papers, _, _ in shown), "▆" if can_show("▆") else "#"
    room = min(BAR, columns - _ROUND - names - 2)
    yield ""
    yield title
    for papers, name, starred in shown:
        line = f"{papers:>7,}  {set_cell_size(name, names)}"
        line += "" if starred is None else f"  {starred:>5,} starred"
        if is_terminal and papers and room > 0:
            line += "  " + block * max(1, round(papers / most * room))
        yield line.rstrip()
    if hidden:
        yield f"{'':>7}  and {hidden:,} more, which a pipe and --json get as well"
