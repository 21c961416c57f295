"""Macros on a triage screen: what they decide is one decision, to be taken back at once; the rest follows."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from tui.papers.triage import UNDECIDED
from tui.ui.commands import ACTS
from tui.ui.verdicts import Act, verdict

if TYPE_CHECKING:
    from tui.ui.screens.triage import TriageScreen

Doing = Mapping[str, Callable[[int], object]]


def macros(screen: "TriageScreen", doing: Doing) -> Doing:
    """A function of the count typed before for each macro, as `doing` has one for each command."""
    return {
        name: partial(_run, screen, doing, macro.does) for name, macro in screen.given.keys.macros.items()
    }


def _run(screen: "TriageScreen", doing: Doing, does: Sequence[str], count: int) -> None:
    """Do the commands in a row; the acts, which stand side by side, in the place of the first."""
    acts = [command for command in does if command in ACTS]
    for number, command in enumerate(does):
        if command not in ACTS:
            doing[command](1 if acts else count)
        elif command == acts[0]:
            is_last = number + len(acts) == len(does)
            if not _decide(screen, acts, count, steps=is_last):
                return
        if screen.prompt.is_open or any(meaning == "error" for _, meaning in screen.bars.message):
            return


def _decide(screen: "TriageScreen", acts: Sequence[str], count: int, *, steps: bool) -> bool:
    """Make the acts one decision; it steps on only where nothing else says where to go.

    A star is a star here, also on a starred paper: a row of commands must mean one thing. Returns
    whether to go on.
    """
    deciding, papers = screen.deciding, screen.deciding.reached(count)
    if "paper.tag_again" in acts and not deciding.last_tags:
        deciding.tag_again()
        return False
    if not papers:
        screen.say(("No paper here.", "plain"))
        return False
    parts = [_part(screen, command) for command in acts]
    sets: dict[str, bool | str] = {}
    for part in parts:
        sets |= part.sets
    verbs = {part.verb for part in parts}
    verb = parts[0].verb if len(verbs) == 1 else "macro"
    deciding.act(Act(verb, sets, steps and any(part.steps for part in parts)), papers)
    return True


def _part(screen: "TriageScreen", command: str) -> Act:
    if command == "paper.tag_again":
        tags = screen.deciding.last_tags
        return Act("tag" if any(tags.values()) else "untag", tags)
    return verdict(command, UNDECIDED)
