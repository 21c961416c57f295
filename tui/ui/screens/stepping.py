"""Where the cursor of a triage screen goes after an act, and what is said where it can go no further."""

from typing import TYPE_CHECKING

from tui.papers.saying import lasting
from tui.papers.text import clean
from tui.ui.messages import Message

if TYPE_CHECKING:
    from tui.papers.paper import Paper
    from tui.ui.screens.triage import TriageScreen


def step(screen: "TriageScreen", last: "Paper") -> None:
    """Go on from the last paper of an act, as the user has it."""
    desk, advance = screen.desk, screen.given.advance
    row = desk.index_of(last.id)
    if row is None or advance == "stay":
        return
    if advance == "next-undecided" and desk.view.name == "inbox":
        following = desk.undecided(row)
        if following is None:
            screen.add(*at_end(screen, row))
        else:
            screen.papers.go(following)
    elif row + 1 < len(desk.rows):
        screen.papers.go(row + 1)
    else:
        screen.add(("This is the last one.", "soft"))


def turn_page(screen: "TriageScreen", shown: range) -> None:
    """To the first undecided paper behind these rows, the page after them on the screen."""
    desk = screen.desk
    following = desk.undecided(shown.stop - 1)
    if following is not None:
        screen.papers.go(shown.stop, top=True)
        screen.papers.go(following)
    else:
        if shown.stop < len(desk.rows) and desk.view.name != "inbox":
            screen.papers.go(shown.stop, top=True)
        screen.add(*at_end(screen, len(desk.rows)))


def at_end(screen: "TriageScreen", row: int) -> Message:
    """That nothing undecided is below this row: where there is more to decide, or what is next."""
    if screen.cards.ended:  # their summary says it
        return []
    view = screen.desk.view
    if above := undecided_above(screen, row):
        here = "these" if view.filter else "the inbox" if view.name == "inbox" else clean(view.name)
        return [(f"Last one of {here}. ", "soft"), *above]
    if view.filter:
        back = screen.key("app.back")
        return [("All of these are decided. ", "soft"), (back, "key"), (" shows the others.", "soft")]
    if view.name != "inbox":
        return [(f"All of {clean(view.name)} is decided.", "soft")]
    return _inbox_empty(screen)


def undecided_above(screen: "TriageScreen", row: int) -> Message:
    """How many above this row are still undecided, and the keys that lead there; nothing where none is."""
    above = screen.desk.undecided_above(row)
    if not above:
        return []
    words = f"{above:,} above {'is' if above == 1 else 'are'} still undecided: "
    first, following = screen.key("list.first"), screen.key("list.next_unread")
    keys = first if screen.desk.is_undecided(0) else f"{first} {following}"
    return [(words, "soft"), (keys, "key")]


def _inbox_empty(screen: "TriageScreen") -> Message:
    """That all is done, what this sitting came to, and the key for what was starred, as there is room."""
    come_to, starred = screen.sitting.sum(), screen.library.counts()["starred"]
    pace = f"{come_to.decided:,} decided in {lasting(come_to.seconds)}." if come_to.decided else ""
    export = screen.key("export.write") if starred else ""
    writes: Message = [(f" {export}", "key"), (f" writes the {starred:,} starred.", "soft")] if export else []
    heads = [f"The inbox is empty. {pace}", f"Inbox empty: {pace}"] if pace else []
    for head in heads:
        if len(head) + sum(len(words) for words, _ in writes) <= screen.bars.room:
            return [(head, "soft"), *writes]
    return [("The inbox is empty.", "soft"), *writes]
