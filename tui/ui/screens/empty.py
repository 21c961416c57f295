"""What stands where there are no papers: what this place is, and the key that fills it."""

from typing import TYPE_CHECKING

from rich.text import Text

from tui.papers.saying import counted, lasting
from tui.papers.text import clean
from tui.ui.draw import wrap
from tui.ui.messages import Message, text_of

if TYPE_CHECKING:
    from tui.ui.screens.triage import TriageScreen


def nothing(screen: "TriageScreen", width: int) -> list[Text]:
    """The lines in place of a list."""
    if not screen.library.papers:
        return _welcome(screen, min(width, 88))
    words = text_of(_words(screen), screen.app.ink, screen.app.glyphs)
    return [*words.wrap(screen.app.console, width), *_sitting(screen)]


def _words(screen: "TriageScreen") -> Message:
    view, counts = screen.desk.view, screen.library.counts()
    if view.filter:
        query = clean(str(view.filter))
        words = "Nothing in the inbox" if view.name == "inbox" else f"Nothing in {clean(view.name)}"
        return [
            (f"{words} for {query}. ", "plain"),
            (screen.key("app.back"), "key"),
            (" drops the filter.", "soft"),
        ]
    if view.name == "starred":
        return [
            ("Nothing starred yet. ", "plain"),
            (screen.key("paper.star"), "key"),
            (" keeps a paper.", "soft"),
        ]
    if view.name == "later":
        return [
            ("Nothing put off. ", "plain"),
            (screen.key("paper.later"), "key"),
            (" puts a paper off; it waits here.", "soft"),
        ]
    if view.name == "tagged":
        return [
            ("No paper has a tag yet. ", "plain"),
            (screen.key("paper.tag"), "key"),
            (" gives tags.", "soft"),
        ]
    if view.name != "inbox":
        return [(f"Nothing in {clean(view.name)} now.", "plain")]
    words = f"The inbox is empty. All {counted(len(screen.library.papers), 'paper')} are decided. "
    if not (starred := counts["starred"]):
        return [
            (words, "plain"),
            (screen.key("app.quit") or screen.key("app.quit_now"), "key"),
            (" quits.", "soft"),
        ]
    return [
        (words, "plain"),
        (screen.key("view.next"), "key"),
        (f" shows the {starred:,} starred, ", "soft"),
        (screen.key("export.write"), "key"),
        (" writes them down.", "soft"),
    ]


def _sitting(screen: "TriageScreen") -> list[Text]:
    """Beneath an empty inbox, what this sitting came to."""
    view, come_to = screen.desk.view, screen.sitting.sum()
    if view.name != "inbox" or view.filter or not come_to.decided:
        return []
    words = f"{come_to.decided:,} decided in {lasting(come_to.seconds)}."
    return [Text(), Text(words, screen.app.ink.soft)]


def _welcome(screen: "TriageScreen", width: int) -> list[Text]:
    ink = screen.app.ink
    about = (
        "Save a digest page as text, then give papertui the file or the folder it lies in. "
        "Nothing is fetched, nothing is sent."
    )
    keys = (("app.help", "the keys, all of them"), ("app.quit", "quit"))
    lines = [
        Text("papertui", ink.accent),
        Text(),
        Text("Four hundred titles arrive. Twelve deserve an hour.", ink.strong),
        *(Text(line, ink.soft) for line in wrap(about, width)),
        Text(),
        Text.assemble(("  papertui open ", ink.strong), ("~/digests", ink.tag)),
        Text(),
    ]
    for name, words in keys:
        key = screen.key(name) or screen.key(f"{name}_now")
        lines += [Text.assemble((f" {key} ", ink.cap), (f"  {words}", ink.plain)), Text()]
    return [
        *lines,
        *(Text(line, ink.soft) for line in wrap(f"Your library will lie in {screen.given.where}", width)),
    ]
