"""What is said of an act that was taken back or given back: which, from when, and what rules instead."""

from tui.papers.library import Library, Takeback
from tui.papers.saying import act as act_words
from tui.papers.saying import counted, forgot, is_forgetting
from tui.ui.messages import Piece, acted
from tui.ui.moments import elsewhere, when


def turned(library: Library, words: str, made: Takeback) -> list[Piece]:
    """`words` and the act, when and where that was if not here and today, and what still rules."""
    papers = [paper for key in made.papers if (paper := library.paper(key))]
    many = "" if len(papers) == len(made.papers) else counted(len(made.papers), "paper")
    what = acted(act_words(made.act.verb, made.act.sets), papers, many, between=", ")
    if is_forgetting(made.act.sets):
        what = [(forgot(made.act.sets, len(made.papers), library.digest_name), "plain")]
    there = elsewhere(made.act, library.now)
    return [(words, "plain"), *what, (there, "soft"), (_still(library, made), "soft")]


def _still(library: Library, made: Takeback) -> str:
    """What another act says of the papers that look as before."""
    ruling = made.ruled_by
    if ruling is None:
        return ""
    words = act_words(ruling.verb, ruling.sets)
    number, kept = len(made.papers), len(made.papers) - made.changed
    agrees = any(value and ruling.sets.get(name) == value for name, value in made.act.sets.items())
    are = "it is" if number == 1 else f"{'they' if kept == number else f'{kept:,} of them'} are"
    if agrees and not made.decision.stands:
        return f"; {are} still {words}"
    return f"; {are} as before: {words}, {when(ruling, library.now)}"
