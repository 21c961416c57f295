"""mark, undo, redo and log: deciding without a screen."""

import re
from typing import TYPE_CHECKING, Any

import click

from tui.cli.completing import queries
from tui.cli.front_door import Number, QueryCommand, library_option, papertui, say, session, tell
from tui.errors import UsageError

if TYPE_CHECKING:
    from tui.papers.library import Library, Takeback
    from tui.papers.triage import Decision

_FLAGS = ("star", "unstar", "read", "unread", "later", "now")


def _flags(function: Any) -> Any:
    helps = {
        "star": "Keep them.",
        "unstar": "Take the star off.",
        "read": "Mark them read.",
        "unread": "Mark them unread.",
        "later": "Put them off.",
        "now": "Bring what was put off back.",
    }
    for flag in reversed(_FLAGS):
        function = click.option(f"--{flag}", is_flag=True, help=helps[flag])(function)
    return function


@papertui.command(cls=QueryCommand)
@click.argument("papers", nargs=-1, metavar="QUERY_OR_IDS…", required=True, shell_complete=queries)
@_flags
@click.option("--tag", "tags", multiple=True, metavar="T", help="Add a tag (may be repeated).")
@click.option("--untag", "untags", multiple=True, metavar="T", help="Take a tag off (may be repeated).")
@click.option("--note", metavar="TEXT", help='Write a note; "" takes it off.')
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option("--json", "as_json", is_flag=True, help="Say it as JSON on stdout.")
@library_option
def mark(
    papers: tuple[str, ...],
    tags: tuple[str, ...],
    untags: tuple[str, ...],
    note: str | None,
    dry_run: bool,
    as_json: bool,
    **flags: bool,
) -> None:
    """Decide about papers, as one decision.

    Of a query, of whole ids, or - for ids from stdin.
    """
    from tui.cli.asking import papers_of
    from tui.papers.saying import act, joined

    verb, sets = _sets(flags, tags, untags, note)
    library = session().library
    found = papers_of(library, papers)
    if not found:
        if session().has_papers():
            short = any(re.fullmatch(r"[0-9a-f]{6,11}", word) for word in papers)
            hint = " An id has 12 digits here; `papertui list --ids` prints them." if short else ""
            say(f"Nothing matches; nothing was changed.{hint}")
        raise click.exceptions.Exit(1)
    ids = [paper.id for paper in found]
    changed = library.changed_by(ids, sets)
    decision = None if dry_run else library.decide(verb, ids, sets)
    if as_json:
        print_decision(decision.id if decision else None, ids, len(changed))
    elif dry_run:
        words = joined(act(verb, sets), changed, library.paper) if changed else "nothing"
        say(f"This would be done: {words}.")
    elif decision:
        say(f"{joined(act(verb, sets), decision.papers, library.paper)}. `papertui undo` takes it back.")
    else:
        say(f"{'It is' if len(ids) == 1 else 'All of them are'} so already; nothing was changed.")


def _sets(
    flags: dict[str, bool], tags: tuple[str, ...], untags: tuple[str, ...], note: str | None
) -> tuple[str, dict[str, bool | str]]:
    """The verb and the fields that the options set. Raises UsageError where they contradict."""
    from tui.papers.triage import TAG, VERBS

    wanted = [flag for flag in _FLAGS if flags.get(flag)]
    for one, other in (("star", "unstar"), ("read", "unread"), ("later", "now"), ("later", "read")):
        if one in wanted and other in wanted:
            raise UsageError(f"--{one} and --{other} contradict each other; choose one.")
    on, off = (
        {f"{TAG}{valid_tag(tag)}": put for tag in names} for names, put in ((tags, True), (untags, False))
    )
    if both := on.keys() & off.keys():
        raise UsageError(f"“{min(both).removeprefix(TAG)}” cannot be put on and taken off at once.")
    sets: dict[str, bool | str] = {}
    for flag in sorted(wanted, key=lambda flag: flag == "later"):
        sets.update(VERBS[flag])
    sets.update({**on, **off})
    if note is not None:
        sets["note"] = note.encode("utf-8", "replace").decode()
    if not sets:
        raise UsageError("Say what to do: --star, --read, --later, --tag T … (`papertui mark --help`).")
    extras = [name for name, values in (("tag", tags), ("untag", untags)) if values]
    verbs = [*wanted, *extras, *(["note"] if note is not None else [])]
    return (verbs[0] if len(verbs) == 1 else "mark"), sets


def valid_tag(tag: str) -> str:
    """A tag as it is kept, or UsageError."""
    from tui.papers.saying import tag_name

    name = tag_name(tag)
    if name is None:
        raise UsageError(f"“{tag}” cannot be a tag: a tag has no blanks, quotes or commas.")
    return name


def print_decision(decision: str | None, papers: list[str], changed: int) -> None:
    """A decision as JSON on stdout: its id, its papers, and of how many the triage is different now."""
    from tui.exports.json_lines import encode_json

    tell(encode_json({"decision": decision, "papers": papers, "changed": changed}))


def _one_or_many(function: Any) -> Any:
    """The arguments of undo and redo."""
    json = click.option("--json", "as_json", is_flag=True, help="Say it as JSON on stdout, a line each.")
    which = "This decision, wherever it was made: its id, or 8 or more of it (`papertui log --ids`)."
    act = click.option("--act", "act_id", metavar="ID", help=which)
    return click.argument("times", metavar="[N]", type=Number(min=1), required=False)(act(json(function)))


@papertui.command()
@_one_or_many
@library_option
def undo(times: int | None, act_id: str | None, as_json: bool) -> None:
    """Take back the newest N decisions made here, or any one."""
    _turn_about("undo", times, act_id, as_json)


@papertui.command()
@_one_or_many
@library_option
def redo(times: int | None, act_id: str | None, as_json: bool) -> None:
    """Do again what was undone last, N times, or any one."""
    _turn_about("redo", times, act_id, as_json)


def _turn_about(verb: str, times: int | None, act_id: str | None, as_json: bool) -> None:
    if act_id is not None:
        if times is not None:
            raise UsageError(f"--act names one decision, and {times} is how many; choose one.")
        _turn_one(verb, act_id, as_json)
        return
    library = session().library
    nothing = "Nothing to take back." if verb == "undo" else "Nothing to do again."
    for number in range(times or 1):
        made = (library.undo() if verb == "undo" else library.redo()) if library.has_decisions else None
        if made is None:
            if number or session().has_papers():
                say(nothing)
            if number == 0:
                raise click.exceptions.Exit(1)
            return
        _tell_turned(library, verb, made, as_json)


def _turn_one(verb: str, act_id: str, as_json: bool) -> None:
    from tui.cli.asking import act_called
    from tui.papers.saying import whole_act

    library = session().library
    act = act_called(library, act_id)
    made = library.take_back(act.id) if verb == "undo" else library.give_back(act.id)
    if made is None:
        so = "is taken back already" if verb == "undo" else "stands already"
        say(f"This {so}; nothing was changed: {whole_act(act, library.paper)}.")
        raise click.exceptions.Exit(1)
    _tell_turned(library, verb, made, as_json)


def _tell_turned(library: "Library", verb: str, made: "Takeback", as_json: bool) -> None:
    if as_json:
        print_decision(made.decision.id, list(made.papers), made.changed)
    else:
        say(_takeback_words(library, verb, made))


def _takeback_words(library: "Library", verb: str, made: "Takeback") -> str:
    from tui.papers.saying import whole_act

    done = "took back" if verb == "undo" else "did again"
    text = f"{done}: {whole_act(made.act, library.known, digest=library.digest_name)}"
    if made.ruled_by:
        kept = len(made.papers) - made.changed
        same = f"{kept:,} of them look the same" if made.changed else "nothing looks different"
        text += f"; {same}, for this holds: {whole_act(made.ruled_by, library.paper)}"
    return text + "."


@papertui.command()
@click.option("--jsonl", is_flag=True, help="One decision a line, as JSON, all of its fields.")
@click.option("--ids", is_flag=True, help="Begin each line with the decision's id.")
@click.option("--limit", type=Number(min=0), metavar="N", help="At most so many.")
@library_option
def log(jsonl: bool, ids: bool, limit: int | None) -> None:
    """Print the decisions, newest first, and which of them stand."""
    if jsonl and ids:
        raise UsageError("Choose --jsonl or --ids, not both; the id is in each line of JSON.")
    from itertools import islice

    from tui.exports.json_lines import decision_json, encode_json
    from tui.papers.saying import shortened, whole_act
    from tui.papers.text import clean

    library = session().library
    session().has_papers()
    acts: dict[str, Decision] = {}

    def said(act: "Decision") -> str:
        return whole_act(act, library.known, digest=library.digest_name)

    for decision, stands in islice(library.log(), limit):
        if jsonl:
            tell(encode_json(decision_json(decision, stands)))
            continue
        when = decision.at.astimezone().strftime("%Y-%m-%d %H:%M")
        if decision.act is not None:
            acts = acts or {d.id: d for d, _ in library.log()}
            act = acts.get(decision.act)
            words = "did again: " if decision.stands else "took back: "
            words += said(act) if act else "a decision not known here"
        else:
            words = said(decision)
            if note := decision.sets.get("note"):
                words += f": “{shortened(str(note), 72)}”"
            words += "" if stands else "  (taken back)"
        where = f" (from {clean(decision.origin)})" if decision.origin else ""
        named = f"{clean(decision.id)}  " if ids else ""
        tell(f"{named}{when}  {clean(decision.by)}{where}  {words}")
