"""What the verdict keys do to a paper as it stands: which fields they set, and whether the cursor goes on."""

from collections.abc import Mapping

from msgspec import Struct

from tui.papers.triage import VERBS, Triage


class Act(Struct, frozen=True):
    """A verb for the log, the fields it sets, and whether the cursor then steps on."""

    verb: str
    sets: Mapping[str, bool | str]
    steps: bool = False


def _act(verb: str, steps: bool = False) -> Act:
    return Act(verb, VERBS[verb], steps)


def verdict(command_id: str, *triages: Triage) -> Act:
    """The act of a command on papers of these triages; a verdict that brings all of them back stays.

    A key that toggles takes back only what all of them have.
    """
    if command_id == "paper.star":
        return _act("unstar") if all(triage.starred for triage in triages) else _act("star", True)
    if command_id == "paper.later":
        return _act("now") if all(triage.later for triage in triages) else _act("later", True)
    if command_id == "paper.read":
        return _act("unread") if all(triage.read for triage in triages) else _act("read")
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

#: what is asked before a verdict on papers that cannot all be seen, and what the key y then does
ASKED: Mapping[str, tuple[str, str]] = {
    "star": ("Star {}", "star them"),
    "unstar": ("Take the star off {}", "take it off"),
    "done": ("Mark {} read", "mark them"),
    "read": ("Mark {} read", "mark them"),
    "unread": ("Mark {} unread", "mark them"),
    "later": ("Put {} off", "put them off"),
    "now": ("Put {} back in the inbox", "put them back"),
}
