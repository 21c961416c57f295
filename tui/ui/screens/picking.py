"""Choosing one of many in the prompt: letters narrow the list, a digit or enter takes."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from tui.papers.close import holds
from tui.papers.query import All, Digest, Fuzzy, Tag, in_words
from tui.papers.saying import counted, losing, shortened
from tui.papers.text import clean
from tui.ui.desk import in_tabs
from tui.ui.facts import digest_name
from tui.ui.messages import Message, Piece
from tui.ui.screens.questions import hints
from tui.ui.widgets.prompt import Answer, Question

if TYPE_CHECKING:
    from tui.ui.screens.triage import TriageScreen

#: so many choices have digits
DIGITS = 9
#: forgets the digest that is named; in every keymap, as the other keys of a prompt
FORGETS = "ctrl+d"
#: columns from which the line under the prompt has room for all that is said of each
ROOMY = 100
#: cells that a digest may take where there are fewer
BRIEF = 31


class Option(Struct, frozen=True):
    """One of the many: its name, what else is said of it and found by, and what taking it does.

    `forget` is what `FORGETS` does where it is named.
    """

    name: str
    facts: str
    take: Callable[[], object]
    also: str = ""
    is_tag: bool = False
    forget: Callable[[], object] | None = None

    def fits(self, typed: str) -> bool:
        """Whether these letters mean it."""
        return typed in f"{self.name} {self.also}".casefold()


class Picking:
    """`question` is for the prompt; the options are asked for anew whenever they may have changed."""

    def __init__(
        self, screen: "TriageScreen", label: str, options: Callable[[], Sequence[Option]], what: str
    ) -> None:
        self._screen, self._options, self._what = screen, options, what
        self._typed, self._chosen = "", 0
        self.question = Question(
            label,
            self._changed,
            self._entered,
            self._moved,
            pressed=self._pressed,
            special={FORGETS: self._forgets, "down": partial(self._steps, 1), "up": partial(self._steps, -1)},
        )

    def _found(self, text: str) -> list[Option]:
        typed = text.strip().casefold()
        found = [option for option in self._options() if option.fits(typed)]
        return sorted(found, key=lambda option: not option.name.casefold().lstrip("#").startswith(typed))

    def _changed(self, text: str) -> Answer:
        if text != self._typed:
            self._typed, self._chosen = text, 0
        found = self._found(text)
        if not found:
            return Answer(((f"No {self._what} like that.", "plain"),), hints(("escape", "back")))
        width, keys = self._screen.size.width, [("tab", "next"), ("enter", "takes it")]
        if found[min(self._chosen, len(found) - 1)].forget:
            keys = [*keys, (FORGETS, "forgets it")] if width >= ROOMY else [keys[0], (FORGETS, "forgets")]
        room = width - len(self.question.label) - 5 - sum(len(key) + len(words) + 3 for key, words in keys)
        return Answer(_line(found, self._chosen, room), hints(*keys), f"{len(found):,}")

    def _moved(self, text: str, step: int) -> None:
        self._chosen = min(max(self._chosen + step, 0), max(len(self._found(text)) - 1, 0))

    def _steps(self, step: int, text: str) -> bool:
        self._moved(text, step)
        self._screen.prompt.look()
        return False

    def _pressed(self, key: str, text: str) -> bool:
        """A digit takes the choice that bears it, unless a name goes on with it."""
        if not (key.isascii() and key.isdecimal()) or (text and self._found(text + key)):
            return False
        found = self._found(text)
        number = int(key)
        return 0 < number <= len(found) and self._take(found[number - 1])

    def _entered(self, text: str) -> bool:
        found = self._found(text)
        if text != self._typed:
            self._chosen = 0
        return bool(found) and self._take(found[min(self._chosen, len(found) - 1)])

    def _forgets(self, text: str) -> bool:
        found = self._found(text)
        named = found[min(self._chosen, len(found) - 1)] if found else None
        if named is None or named.forget is None:
            return False
        self._screen.prompt.close()
        named.forget()
        return True

    def _take(self, option: Option) -> bool:
        self._screen.prompt.close()
        option.take()
        return True


def _line(options: Sequence[Option], chosen: int, width: int) -> Message:
    """The options from the first on, or as far on as the chosen one needs to be seen."""
    widths = [len(f" 1 {option.name}  {option.facts} ") for option in options]
    first = chosen
    while first > 0 and sum(widths[first - 1 : chosen + 1]) <= width:
        first -= 1
    pieces: list[Piece] = []
    used = 0
    for number, option in enumerate(options[first:], first):
        used += widths[number]
        if used > width and number > chosen:
            break
        name = clean(option.name)
        digit = f"{number + 1} " if number < DIGITS else ""
        pieces.append(
            (f" {digit}{name} ", "tab" if number == chosen else "tag" if option.is_tag else "plain")
        )
        pieces.append((f" {option.facts} " if number == chosen else f"{option.facts}  ", "soft"))
    return pieces


# -- what is picked -------------------------------------------------------------------------------


def places(screen: "TriageScreen") -> Question:
    """Ask for a view, a digest or a tag, all in one list."""

    def options() -> list[Option]:
        return [*_views(screen), *_digests(screen), *_tags(screen)]

    return Picking(screen, "view", options, "view, digest or tag").question


def digests(screen: "TriageScreen") -> Question:
    """Ask for a digest to narrow the list to; the one that narrows it is let go of."""
    return Picking(screen, "digest", partial(_digests, screen, full=True), "digest").question


def forgetting(screen: "TriageScreen") -> Question:
    """Ask for an import to take back; what it would take away is asked then."""

    def options() -> list[Option]:
        named = [(option, option.forget) for option in _digests(screen, full=True)]
        return [replace(option, take=forget, forget=None) for option, forget in named if forget]

    return Picking(screen, "forget which import?", options, "import").question


def tags(screen: "TriageScreen") -> Question:
    """Ask for a tag to narrow the list to; the one that narrows it is let go of."""
    return Picking(screen, "#", partial(_tags, screen), "tag").question


def _views(screen: "TriageScreen") -> list[Option]:
    def option(name: str) -> Option:
        number = screen.counting.of_view(name)
        facts = "" if number is None else f"{number:,}"
        return Option(name, facts, partial(screen.going.show_view, name))

    screen.counting.now(screen.prompt.look)
    return [option(view.name) for view in in_tabs(screen.library.views)]


def _digests(screen: "TriageScreen", *, full: bool = False) -> list[Option]:
    tally = screen.counting.now(screen.prompt.look)
    newest = sorted(screen.library.digests.values(), key=lambda digest: digest.imported, reverse=True)
    found = []
    for digest in newest:
        papers, undecided = tally.digests.get(digest.id, 0), tally.undecided.get(digest.id, 0)
        day = digest_name(digest)
        named = f"{day}, {digest.name}" if full and day != clean(digest.name) else day
        facts = f"{counted(papers, 'paper')}, {undecided:,} undecided" if full else f"{papers:,}"
        if full and screen.size.width < ROOMY:
            named = shortened(digest.name, 20)
            facts = facts if len(named) + len(facts) <= BRIEF else counted(papers, "paper")
        take = partial(screen.going.narrow_to, Digest(digest.name))
        forget = partial(_ask_to_forget, screen, digest.id) if full else None
        found.append(Option(named, facts, take, f"{day} {digest.name}", forget=forget))
    return found


def _ask_to_forget(screen: "TriageScreen", digest_id: str) -> None:
    """Say what forgetting this digest takes away, and do it for a yes."""
    loss = screen.library.loss(digest_id)
    name = shortened(screen.library.digest_name(digest_id) or digest_id, 24)
    if not loss.papers:
        screen.say((f"{name} holds no paper; there is nothing to forget.", "plain"))
        return
    keys: Message = [
        ("y", "key"),
        (" forgets it   ", "plain"),
        ("any other key", "key"),
        (" leaves it", "plain"),
    ]
    screen.ask(
        Question(
            f"Forget {name}? {counted(loss.leave, 'paper leaves', 'papers leave')}{losing(loss, brief=True)}",
            lambda text: Answer(under=keys),
            left=lambda text: screen.say(("Left as it was.", "plain")),
            choices={"y": lambda: screen.deciding.forget(loss)},
        )
    )


def _tags(screen: "TriageScreen") -> list[Option]:
    tally = screen.counting.now(screen.prompt.look)
    return [
        Option(f"#{tag}", f"{number:,}", partial(screen.going.narrow_to, Tag(tag)), is_tag=True)
        for tag, number in tally.tags.items()
    ]


# -- what is kept ---------------------------------------------------------------------------------


def saving(screen: "TriageScreen") -> Question:
    """Ask under which name to keep what is shown as a view."""
    desk = screen.desk
    terms = (*desk.view.query.terms, *desk.view.filter.terms)
    query = str(All(terms))
    fuzzy = holds(desk.view.filter, Fuzzy)  # shows the best match first, whatever the order
    order = "relevance" if fuzzy else f"{'-' if desk.view.reverse else ''}{desk.view.order}"

    def changed(text: str) -> Answer:
        words: Message = ((clean(in_words(All(terms))), "soft"),)
        return Answer(words, hints(("enter", "keep"), ("escape", "back")))

    def entered(text: str) -> bool:
        if not (name := text.strip()):
            return False
        screen.library.views = screen.given.save_view(name, query, order)  # what is wrong the prompt says
        screen.going.show_saved(name)
        return True

    return Question("save this view as", changed, entered)
