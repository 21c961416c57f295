"""What the user writes to a paper: tags, asked for in the prompt."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from tui.papers.saying import tag_name
from tui.papers.text import clean
from tui.papers.triage import TAG
from tui.ui.messages import Piece
from tui.ui.screens.questions import UNDERLINE, completions, hints, no_paper
from tui.ui.widgets.prompt import Answer, Question

if TYPE_CHECKING:
    from tui.papers.paper import Paper
    from tui.ui.screens.triage import TriageScreen


def tagging(screen: "TriageScreen", *, off: bool = False) -> Question | None:
    """Ask for tags: several at once, -name takes one off; with `off` each is one to take off."""
    papers = screen.deciding.reached()
    if not papers:
        return None
    tagging = Tagging(screen, papers, off=off)
    return no_paper(screen, "No tag here to take off") if off and not tagging.worn else tagging.question


class Tagging:
    """Words parted by blanks, each a tag to give or, after a minus, to take off.

    `worn` are the tags of the papers, with how many of these wear each.
    """

    def __init__(self, screen: "TriageScreen", papers: "Sequence[Paper]", *, off: bool = False) -> None:
        self._screen, self._papers, self._off = screen, papers, off
        self._known = screen.library.tags()
        triage = screen.library.triage
        self.worn = Counter(tag for paper in papers for tag in triage(paper.id).tags)
        self._on = f"on {len(papers):,} papers" if len(papers) > 1 else ""
        label = "untag" if off else "tag"
        self.question = Question(label, self._changed, self._entered, self._completed, colours=self._colours)

    def _takes_off(self, word: str) -> bool:
        return self._off or word.startswith("-")

    def _offered(self, text: str) -> list[str]:
        *before, word = text.split(" ")
        typed = {part.lstrip("-#").casefold() for part in before}
        part = word.lstrip("-#").casefold()
        off, all_of_them = self._takes_off(word), len(self._papers)
        known = [tag for tag, _ in self._known.most_common() if self.worn[tag] < all_of_them]
        names = [tag for tag, _ in self.worn.most_common()] if off else known
        found = [name for name in names if name.casefold() not in typed and part in name.casefold()]
        return sorted(found, key=lambda name: (name.casefold() != part, not name.casefold().startswith(part)))

    def _changed(self, text: str) -> Answer:
        if (wrong := _wrong_tag(text)) is not None:
            said = f"“{clean(wrong)}” cannot be a tag: no comma, quote or # in it"
            return Answer((("^ ", "error"), (said, "plain")), right=self._on, at=text.find(wrong))
        word = text.split(" ")[-1]
        at, off = len(text) - len(word), self._takes_off(word)
        if not text and self.worn and not self._off and not self._on:
            wears: list[Piece] = [("wears ", "soft"), (" ".join(f"#{clean(t)}" for t in self.worn), "tag")]
            return Answer(wears, hints(("-name", "takes one off"), ("escape", "back")))
        enter = ("enter", "takes off" if off else "tag")
        if names := self._offered(text):
            numbers = self.worn if off else self._known
            shown = completions(names, numbers.get)
            return Answer(shown, hints(("tab", "takes it"), enter), right=self._on, at=at)
        new = None if off else tag_name(word)
        said = f"#{clean(new)} is a new tag" if new else "not worn here" if off and tag_name(word[1:]) else ""
        return Answer(((said, "soft"),), hints(enter, ("escape", "back")), right=self._on, at=at)

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
                sets[TAG + spelled.get(name.casefold(), name)] = not self._takes_off(part)
        deciding = self._screen.deciding
        if sets and deciding.asks(self._papers, sets):
            deciding.tag(self._papers, sets)
        elif sets and deciding.set_tags(self._papers, sets) is None:
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
