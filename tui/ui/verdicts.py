"""What the verdict keys do to a paper as it stands: which fields they set, and whether the cursor goes on."""

from collections.abc import Mapping
from dataclasses import dataclass

from tui.papers.triage import VERBS, Triage


@dataclass(frozen=True)
class Act:
    """A verb for the log, the fields it sets, and whether the cursor then steps on."""

    verb: str
    sets: Mapping[str, bool | str]
    steps: bool = False


def _act(verb: str, steps: bool = False) -> Act:
    return Act(verb, VERBS[verb], steps)


def verdict(command_id: str, triage: Triage) -> Act:
    """The act of a command on a paper of this triage; a verdict that brings it back stays."""
    if command_id == "paper.star":
        return _act("unstar") if triage.starred else _act("star", True)
    if command_id == "paper.later":
        return _act("now") if triage.later else _act("later", True)
    if command_id == "paper.read":
        return _act("unread") if triage.read else _act("read")
    return {
        "paper.done": _act("done", True),
        "paper.unstar": _act("unstar"),
        "paper.mark_read": _act("read"),
        "paper.mark_unread": _act("unread"),
        "paper.now": _act("now"),
    }[command_id]


VERDICTS = (
    "paper.star",
    "paper.done",
    "paper.later",
    "paper.read",
    "paper.unstar",
    "paper.mark_read",
    "paper.mark_unread",
    "paper.now",
)
