"""What is told beside a history: of the chosen act its papers; of one paper why it is as it is."""

from collections.abc import Callable, Sequence
from datetime import datetime

from rich.text import Text

from tui.papers.history import reasons
from tui.papers.library import Library
from tui.papers.paper import Paper
from tui.papers.saying import act as act_words
from tui.papers.saying import counted, named_act
from tui.papers.text import clean
from tui.papers.triage import Decision, change
from tui.ui.cutting import fit, wrap
from tui.ui.draw import in_lines
from tui.ui.facts import digest_name
from tui.ui.look import THEIRS, Glyphs, Ink
from tui.ui.moments import day_words, when

Get = Callable[[str], Decision | None]


class Told:
    """Lines to be scrolled: a head, then one for each of the papers, made when it is seen."""

    def __init__(self, head: Sequence[Text] = (), papers: Sequence[str] = ()) -> None:
        self.head, self.papers = head, papers
        self.top = 0

    def __len__(self) -> int:
        return len(self.head) + len(self.papers)

    def lines(
        self, width: int, height: int, library: Library, key: str, ink: Ink, glyphs: Glyphs
    ) -> list[Text]:
        """As many lines as there is room for; the last says how many more there are, and the key for them."""
        self.top = max(0, min(self.top, len(self) - height))
        shown = range(self.top, min(self.top + height, len(self)))
        lines = [
            self.head[at]
            if at < len(self.head)
            else title_line(self.papers[at - len(self.head)], width, library, ink, glyphs)
            for at in shown
        ]
        if below := len(self) - shown.stop:
            way = f"{glyphs.dot}{key}" if key else ""
            lines[-1] = Text(f"{glyphs.more} {below + 1:,} more{way}", ink.soft)
        return lines


def title_line(key: str, width: int, library: Library, ink: Ink, glyphs: Glyphs) -> Text:
    """A paper's title on one line."""
    if paper := library.known(key):
        return Text(fit(paper.title, width, glyphs), ink.plain + THEIRS)
    return Text(f"a paper not known here ({clean(key)})", ink.soft)


def act_head(
    act: Decision, width: int, library: Library, get: Get, ink: Ink, now: datetime, *, brief: bool
) -> list[Text]:
    """What was done, when and where; the note that was written; when it was taken back; what came after.

    `brief` leaves out what stands on the rule above.
    """
    lines = (
        []
        if brief
        else [
            Text(f"{named_act(act, library.digest_name)} · {counted(len(act.papers), 'paper')}", ink.strong)
        ]
    )
    facts = [] if brief else [when(act, now)]
    if act.origin:
        facts.append(f"merged in from {clean(act.origin)}")
    if not library.stands(act):
        taken = get(library.turned_by(act))
        facts.append(f"taken back {when(taken, now)}" if taken else "taken back")
    elif other := _otherwise(act, library):
        these = "it was" if len(act.papers) == 1 else f"{other:,} were" if other > 1 else "1 was"
        facts.append(f"{these} decided otherwise since")
    lines += in_lines(Text(" · ".join(facts), ink.soft), width)
    if note := act.sets.get("note"):
        lines += [Text(line, ink.plain + THEIRS) for line in wrap(str(note), width)]
    return [*lines, Text()] if lines else []


def _otherwise(act: Decision, library: Library) -> int:
    """Of how many of its papers a standing act is not true any more."""
    states = (library.triage(library.home(key)) for key in act.papers)
    return sum(change(state, act.sets) != state for state in states)


def why(
    paper: Paper, acts: Sequence[Decision], library: Library, width: int, ink: Ink, now: datetime
) -> list[Text]:
    """Title, what stands about it and because of what, where it was seen, and when it came.

    `acts` are all on it, the newest first.
    """
    triage = library.triage(paper.id)
    lines = [Text(line, ink.strong + THEIRS) for line in wrap(paper.title, width)] + [Text()]
    found = reasons(triage, [act for act in acts if library.stands(act)])
    for what, act in found:
        lines += in_lines(_because(what, act, ink, now), width)
    if not found:
        words = "in the inbox: nothing was decided about it" + (" that stands" if acts else "")
        lines += in_lines(Text(words, ink.plain), width)
    lines.append(Text())
    for number, (name, facts) in enumerate(_seen(paper, library)):
        line = Text.assemble(
            (f"{'also in' if number else 'seen in'} ", ink.soft), (name, ink.plain), (facts, ink.soft)
        )
        lines += in_lines(line, width)
    added = paper.added.astimezone()
    lines.append(Text(f"came to the library {day_words(added.date(), now.date())}, {added:%H:%M}", ink.soft))
    return lines


def _because(what: str, act: Decision, ink: Ink, now: datetime) -> Text:
    style = {"starred": ink.star, "put off": ink.later}.get(what, ink.tag if what[0] == "#" else ink.strong)
    others = len(act.papers) - 1
    many = f", with {counted(others, 'other')}" if others else ""
    said = act_words(act.verb, act.sets)
    return Text.assemble(
        (clean(what), style), (" because: ", ink.soft), (f"{said}{many}, {when(act, now)}", ink.plain)
    )


def _seen(paper: Paper, library: Library) -> list[tuple[str, str]]:
    """The digests it was seen in, the newest import first: name, and the place and file."""
    known = [(library.digests[s.digest], s.position) for s in paper.sightings if s.digest in library.digests]
    known.sort(key=lambda one: (one[0].imported, one[0].id), reverse=True)
    return [
        (f"{digest_name(digest)} digest", f", no. {position}: {clean(digest.path.rpartition('/')[2])}")
        for digest, position in known
    ]
