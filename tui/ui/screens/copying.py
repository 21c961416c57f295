"""Copying: what of the papers, and which way to a clipboard it went, as far as one can know."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from tui.papers.paper import Paper
from tui.papers.saying import counted
from tui.papers.text import clean
from tui.ui.messages import Message, Piece
from tui.ui.screens.questions import choosing

if TYPE_CHECKING:
    from tui.ui.screens.triage import TriageScreen

#: bytes of base64 that a terminal takes by OSC 52, if it takes any: more than this some drop
MOST = 74_994

#: the keys of the picker, in its order, with what each copies of one paper and of several
KINDS: Mapping[str, tuple[str, str]] = {
    "y": ("title and link", "titles and links"),
    "t": ("title", "titles"),
    "l": ("link", "links"),
    "a": ("abstract", "abstracts"),
    "m": ("title as Markdown", "as Markdown"),
    "c": ("citation", "citations"),
    "b": ("BibTeX", "as BibTeX"),
    "i": ("id", "ids"),
}
#: what stands in the picker, where that is shorter
_OFFERED = {"m": "Markdown"}


class Copying:
    """Copies from a triage screen, to the terminal's clipboard and to the machine's."""

    def __init__(self, screen: "TriageScreen") -> None:
        self._screen = screen

    def ask(self) -> None:
        """Ask what to copy of the papers an act is about; what they do not have is not offered."""
        screen, papers = self._screen, self._screen.deciding.reached()
        if not papers:
            screen.deciding.lack()
            return
        links = any(screen.given.link_of(paper) for paper in papers)
        options = [
            (key, self._words(key, links), partial(self._copy, key, papers))
            for key in KINDS
            if not (key == "l" and not links)
            and not (key == "a" and not any(paper.abstract_at for paper in papers))
        ]
        what = "Copy what?" if len(papers) == 1 else f"Copy what of {counted(len(papers), 'paper')}?"
        screen.ask(choosing(what, options, {"enter": "y"}))

    def _words(self, key: str, links: bool) -> str:
        if key == "y" and not links:
            return "title"
        return _OFFERED.get(key, KINDS[key][0])

    def _copy(self, key: str, papers: Sequence[Paper]) -> None:
        text, number = self._text(key, papers)
        if not number:
            self._screen.say(("Nothing to copy: it cannot be read.", "plain"))
            return
        one, several = KINDS[key]
        if key == "y" and not self._screen.given.link_of(papers[0]):
            one = "title"
        what = f"the {one}" if len(papers) == 1 else f"{number:,} {one if number == 1 else several}"
        self.copy(text, what, self._screen.say)

    def _text(self, key: str, papers: Sequence[Paper]) -> tuple[str, int]:
        """What is copied, and of how many papers there is something; the end of the last line is left out."""
        screen = self._screen
        name = {"c": "citation", "b": "bibtex"}.get(key)
        if name:
            export = next(export for export in screen.given.exports if export.name == name)
            return export.write(screen.library, papers).rstrip("\n"), len(papers)
        parts = [part for paper in papers if (part := _PARTS[key](screen, paper))]
        bullet = "- " if key == "m" and len(papers) > 1 else ""
        between = "\n\n" if key == "a" or (key == "y" and len(papers) > 1) else "\n"
        return between.join(f"{bullet}{part}" for part in parts), len(parts)

    # -- the ways -----------------------------------------------------------------------------

    def copy(self, text: str, what: str, say: Callable[[Piece], None]) -> None:
        """To the terminal, which never says whether it took it, and to whatever clipboard there is."""
        fits = _coded(text) <= MOST
        if fits:
            say((f"sent {what} to the terminal (OSC 52)", "plain"))

        def done(way: str | None) -> None:
            if way:
                say((f"copied {what} ({way})", "plain"))
            elif not fits:
                export = self._screen.key("export.write")
                words = f"Too much for a terminal's clipboard: {what}; {export} writes papers to a file."
                say((words, "plain"))

        self._through(text, done)

    def put(self, text: str, words: Message) -> None:
        """Copy a short text, saying so in words of its own."""
        self._screen.say(*words)
        self._through(text, lambda way: None)

    def _through(self, text: str, done: Callable[[str | None], object]) -> None:
        screen = self._screen
        if _coded(text) <= MOST:
            screen.app.copy_to_clipboard(text)

        def through() -> None:
            screen.app.call_from_thread(done, screen.given.copy(text))

        screen.run_worker(through, thread=True, exclusive=True, group="copy", exit_on_error=False)


def _coded(text: str) -> int:
    """The bytes of a text as base64."""
    return (len(text.encode()) + 2) // 3 * 4


def _link(screen: "TriageScreen", paper: Paper) -> str:
    return next(iter(screen.given.link_of(paper)), "")


def _abstract(screen: "TriageScreen", paper: Paper) -> str:
    return clean(screen.library.readable_abstract(paper)).strip()


def _markdown(screen: "TriageScreen", paper: Paper) -> str:
    return screen.given.markdown_of(paper)


_PARTS: Mapping[str, Callable[["TriageScreen", Paper], str]] = {
    "y": lambda screen, paper: "\n".join(filter(None, [clean(paper.title), _link(screen, paper)])),
    "t": lambda screen, paper: clean(paper.title),
    "l": _link,
    "a": _abstract,
    "m": _markdown,
    "i": lambda screen, paper: paper.id,
}
