"""How a triage screen draws a paper: its row in the list, and what stands in the pane."""

from typing import TYPE_CHECKING

from rich.text import Text
from textual.strip import Strip

from tui.errors import LibraryError
from tui.papers.paper import Paper
from tui.papers.text import clean
from tui.ui.draw import head, more, prose, row

if TYPE_CHECKING:
    from tui.ui.screens.triage import TriageScreen

#: characters of an abstract that are laid out; forty pages, where the longest real one has one
MOST = 100_000


def paper_row(
    screen: "TriageScreen", paper: Paper, index: int, width: int, cursor: bool
) -> tuple[Strip, Strip]:
    """The two lines of a row, the words looked for marked."""
    return row(
        paper,
        screen.library.triage(paper.id),
        width,
        screen.app.ink,
        screen.app.glyphs,
        cursor=cursor,
        selected=screen.selecting.holds(paper.id, index),
        words=screen.papers.words,
    )


def paper_lines(screen: "TriageScreen", paper: Paper | None, width: int) -> list[Strip]:
    """The abstract, and above it the head, where that is not in sight a few lines above; or a card."""
    if screen.cards.is_on:
        from tui.ui.screens.card_drawing import card_lines

        return card_lines(screen, paper, width)
    if paper is None:
        return []
    body = abstract_lines(screen, paper, width)
    if screen.has_class("narrow") and not screen.reading:
        return body
    triage, marks = screen.library.triage(paper.id), screen.papers.words
    top = head(paper, triage, screen.library.digests, width, screen.app.ink, screen.app.glyphs, marks)
    return [*top, Strip.blank(0), *body]


def abstract_lines(screen: "TriageScreen", paper: Paper, width: int) -> list[Strip]:
    """The abstract, the words looked for marked; or why there is none."""
    ink, marks = screen.app.ink, screen.papers.words
    try:
        abstract = screen.library.abstract(paper)
    except LibraryError as error:
        abstract = str(error)
    body = prose(clean(abstract[:MOST]) or "The digest gave no abstract.", width, ink, marks)
    if len(abstract) > MOST:
        rest = f"{len(abstract) - MOST:,} more characters: `papertui show {paper.id}` prints them."
        body += [Strip.blank(0), *prose(rest, width, ink)]
    return body


def more_below(screen: "TriageScreen", below: int) -> Text:
    """That the abstract goes on, and the key that brings the rest."""
    return more(below, screen.key("abstract.page_down"), screen.app.ink, screen.app.glyphs)
