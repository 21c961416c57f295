"""What stands where there are no papers: what this place is, and the key that fills it."""

from typing import TYPE_CHECKING

from rich.text import Text

from tui.papers.saying import counted, lasting
from tui.papers.text import clean
from tui.ui.cutting import wrap
from tui.ui.messages import Message, text_of

if TYPE_CHECKING:
    from tui.ui.screens.triage import TriageScreen

#: cells of the text
COLUMN = 88


def nothing(screen: "TriageScreen", width: int) -> list[Text]:
    """The lines in place of a list."""
    if not screen.library.papers:
        indent = " " * max((width - COLUMN) // 2, 0)
        return [Text(indent).append_text(line) for line in _welcome(screen, min(width, COLUMN))]
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
    lines = [Text("papertui", ink.accent), Text()]
    if screen.library.imports:
        return [*lines, *_all_forgotten(screen, width)]
    about = (
        "Save a digest page as text, then give papertui the file or the folder it lies in. "
        "Nothing is fetched, nothing is sent."
    )
    return [
        *lines,
        Text("Four hundred titles arrive. Twelve deserve an hour.", ink.strong),
        *(Text(line, ink.soft) for line in wrap(about, width)),
        Text(),
        Text.assemble(("  papertui open ", ink.strong), ("~/digests", ink.tag)),
        Text(),
        *_keys(screen),
        Text(),
        *(Text(line, ink.soft) for line in wrap(f"Your library will lie in {screen.given.where}", width)),
    ]


def _all_forgotten(screen: "TriageScreen", width: int) -> list[Text]:
    """Where there were papers once."""
    ink, undo = screen.app.ink, screen.key("history.undo")
    number = counted(len(screen.library.forgotten), "paper")
    about = f"{number} of {counted(len(screen.library.imports), 'import')} can be had again: "
    about += "importing a file once more brings its papers back, with all that was decided about them."
    undoes = [_key(screen, undo, "take the last act back"), Text()] if undo else []
    return [
        Text("All that was imported is forgotten.", ink.strong),
        *(Text(line, ink.soft) for line in wrap(about, width)),
        Text(),
        *undoes,
        *_keys(screen),
    ]


def _keys(screen: "TriageScreen") -> list[Text]:
    """The few keys that mean something here, each as a cap."""
    commands = [
        *((name, words) for name, words in screen.first_run.words.items()),
        ("app.help", "the keys, all of them"),
        ("app.quit", "quit"),
    ]
    lines = []
    for name, words in commands:
        if key := screen.key(name) or (screen.key("app.quit_now") if name == "app.quit" else ""):
            lines += [_key(screen, key, words), Text()]
    return lines


def _key(screen: "TriageScreen", key: str, words: str) -> Text:
    return Text.assemble((f" {key} ", screen.app.ink.cap), (f"  {words}", screen.app.ink.plain))
