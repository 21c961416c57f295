"""What the user writes to a paper: tags, asked for in the prompt."""

from typing import TYPE_CHECKING

from rich.text import Text

from tui.papers.saying import tag_name
from tui.papers.text import clean
from tui.papers.triage import TAG
from tui.ui.messages import Message, Piece
from tui.ui.screens.questions import UNDERLINE, completions, hints
from tui.ui.widgets.prompt import Answer, Question

if TYPE_CHECKING:
    from tui.papers.paper import Paper
    from tui.ui.screens.triage import TriageScreen


def tagging(screen: "TriageScreen", *, off: bool = False) -> Question | None:
    """Ask for tags: several at once, -name takes one off."""
    paper = screen.papers.paper
    return Tagging(screen, paper).question if paper else None


class Tagging:
    """Words parted by blanks, each a tag to give or, after a minus, to take off."""

    def __init__(self, screen: "TriageScreen", paper: "Paper") -> None:
        self._screen, self._paper = screen, paper
        self._known = screen.library.tags()
        self._worn = screen.library.triage(paper.id).tags
        self.question = Question("tag", self._changed, self._entered, self._completed, colours=self._colours)

    def _offered(self, text: str) -> list[str]:
        *before, word = text.split(" ")
        typed = {part.lstrip("-#").casefold() for part in before}
        off, part = word.startswith("-"), word.lstrip("-#").casefold()
        names = self._worn if off else [t for t, _ in self._known.most_common() if t not in self._worn]
        found = [name for name in names if name.casefold() not in typed and part in name.casefold()]
        return sorted(found, key=lambda name: (name.casefold() != part, not name.casefold().startswith(part)))

    def _changed(self, text: str) -> Answer:
        if (wrong := _wrong_tag(text)) is not None:
            said = f"“{clean(wrong)}” cannot be a tag: no comma, quote or # in it"
            return Answer((("^ ", "error"), (said, "plain")), at=text.find(wrong))
        if not text and self._worn:
            wears: list[Piece] = [("wears ", "soft"), (" ".join(f"#{clean(t)}" for t in self._worn), "tag")]
            return Answer(wears, hints(("-name", "takes one off"), ("escape", "back")))
        if names := self._offered(text):
            keys = hints(("tab", "takes it"), ("enter", "tag"))
            return Answer(completions(names, self._known.get), keys, at=text.rfind(" ") + 1)
        new = tag_name(text.split(" ")[-1])
        is_new: Message = ((f"#{clean(new)} is a new tag", "soft"),) if new else ()
        return Answer(is_new, hints(("enter", "tag"), ("escape", "back")), at=text.rfind(" ") + 1)

    def _completed(self, text: str, step: int) -> str | None:
        if not (names := self._offered(text)):
            return None
        word = text.split(" ")[-1]
        lead = "-" if word.startswith("-") else ""
        return f"{text[: len(text) - len(word)]}{lead}{names[0]} "

    def _entered(self, text: str) -> bool:
        if _wrong_tag(text) is not None:
            return False
        sets: dict[str, bool | str] = {}
        spelled = {tag.casefold(): tag for tag in self._known}
        for part in text.split():
            if name := tag_name(part.removeprefix("-")):
                sets[TAG + spelled.get(name.casefold(), name)] = not part.startswith("-")
        if sets and self._screen.deciding.set_tags([self._paper], sets) is None:
            self._screen.prompt.tell(self._screen.bars.message)
            return False
        return True

    def _colours(self, text: Text) -> None:
        """Whole tags in their colour, the one being typed bold, a wrong one underlined."""
        ink, plain = self._screen.app.ink, text.plain
        text.stylize(ink.tag, 0, plain.rfind(" ") + 1)
        text.stylize(ink.strong, plain.rfind(" ") + 1)
        if (wrong := _wrong_tag(plain)) is not None:
            text.stylize(ink.error + UNDERLINE, plain.find(wrong), plain.find(wrong) + len(wrong))


def _wrong_tag(text: str) -> str | None:
    """The first word that is no tag, the one being typed excepted while it is but a sign."""
    return next(
        (p for p in text.split() if p not in ("-", "#", "-#") and tag_name(p.removeprefix("-")) is None), None
    )
