"""Triage in lines of text: prints a paper, takes a letter, says what was done, goes on to the next."""

import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from tui.cli.plain_letters import COMMANDS, VERDICTS, WORDED, letters_of
from tui.cli.plain_reading import Letters
from tui.errors import LibraryError
from tui.papers.paper import Paper
from tui.papers.saying import act, counted, joined, shortened, tag_name, whole_act
from tui.papers.sitting import Sitting
from tui.papers.text import clean, clean_lines
from tui.papers.triage import TAG
from tui.ui.commands import BY_ID
from tui.ui.facts import digest_words, facts
from tui.ui.verdicts import verdict

if TYPE_CHECKING:
    from tui.keymap import Keymap
    from tui.papers.library import Library, Takeback

_STATES = {"inbox": "undecided", "starred": "starred", "later": "put off", "read": "read"}
#: columns of a line where nobody says how many there are, and the most that are easily read
_USUAL, _WIDEST = 80, 88


class PlainTriage:
    """One sitting: the papers as they were when it began, and where in them the reader is.

    Past the last one, what was done can still be taken back and gone back to; any other letter ends.
    """

    def __init__(
        self,
        library: "Library",
        keymap: "Keymap",
        search: str,
        papers: Sequence[Paper],
        letters: Letters,
        is_query: bool,
    ) -> None:
        self._library, self._search, self._papers = library, search, papers
        self._letters, self._is_query = letters, is_query
        self._commands = letters_of(keymap)
        self._at, self._shown = 0, -1
        self._sitting = Sitting(library)
        self._doing: Mapping[str, Callable[[], object]] = {
            "paper.tag": self._tag,
            "paper.note": self._note,
            "history.undo": lambda: self._take_back("took back", library.undo),
            "history.redo": lambda: self._take_back("did again", library.redo),
            "list.down": lambda: self._go(self._at + 1),
            "list.up": lambda: self._go(self._at - 1),
            "list.next_unread": lambda: self._go(self._undecided(self._at + 1)),
            "paper.browse": self._browse,
            "app.help": self._help,
        }

    # -- the loop -----------------------------------------------------------------------------

    def run(self) -> None:
        """Until the reader quits, or the input ends."""
        _say(f"{counted(len(self._papers), 'paper')}. {self._first_words()}")
        while True:
            self._show()
            _ask("> ")
            letter = self._letters.letter()
            _say("")
            if letter is None or not self._take(letter):
                return

    def _take(self, letter: str) -> bool:
        """Do what a letter asks for; False where that is to leave."""
        command = self._commands.get(letter)
        if self._is_past and command not in ("history.undo", "history.redo", "list.up", "app.help"):
            return False
        if self._refuses(letter):
            return True
        if command == "app.quit":
            return False
        try:
            if command in VERDICTS:
                self._decide(command)
            elif command is not None:
                self._doing[command]()
            else:
                _say(
                    f"{clean(letter) or 'That'} does nothing here; {self._key('app.help')} lists the letters."
                )
        except LibraryError as error:
            _say(f"Could not keep this decision: {error}")
        return True

    def _refuses(self, letter: str) -> bool:
        """Whether the line that begins so is neither letters that all do something nor one with its words.

        It is passed over whole, and that is said.
        """
        rest = self._letters.rest
        if not rest.strip() or self._commands.get(letter) in WORDED:
            return False
        row = [self._commands.get(c) for c in letter + rest if not c.isspace()]
        if None not in row and not set(row).intersection(WORDED):
            return False
        self._letters.drop_rest()
        line = shortened(letter + rest)
        shows = f"{self._key('app.help')} lists them"
        _say(f"“{line}” is no row of letters that act here, so nothing was done; {shows}.")
        return True

    def close(self, *, interrupted: bool = False) -> None:
        """Say in a line what it came to."""
        if interrupted:
            _say("")
        left = self._library.counts()["inbox"]
        _say(self._sitting.words() or f"Nothing was decided; {left:,} left in the inbox")

    # -- what is printed ----------------------------------------------------------------------

    @property
    def _is_past(self) -> bool:
        return self._at >= len(self._papers)

    @property
    def _paper(self) -> Paper:
        return self._papers[self._at]

    def _show(self) -> None:
        """The paper the reader is at, if that is another than before."""
        if self._shown == self._at:
            return
        self._shown = self._at
        if not self._is_past:
            _say("\n" + "\n".join(self._lines(self._paper)) + "\n")
            return
        left = sum(self._library.triage(paper.id).undecided for paper in self._papers)
        still = f"; {left:,} of them {'is' if left == 1 else 'are'} still undecided" if left else ""
        _say(
            f"\nThat was the last one{still}. {self._key('list.up')} goes back,"
            f" {self._key('history.undo')} takes the last act back, any other letter ends."
        )

    def _lines(self, paper: Paper) -> Iterator[str]:
        library = self._library
        triage = library.triage(paper.id)
        yield f"{self._at + 1:,} of {len(self._papers):,}: {_STATES[triage.state]}"
        yield from _wrapped(clean(paper.title))
        yield from _wrapped(", ".join(facts(paper, full=True)))
        yield from _wrapped(", ".join(map(clean, paper.authors)))
        yield from _wrapped("; ".join(digest_words(paper, library.digests)))
        yield from _wrapped(" ".join(f"#{clean(tag)}" for tag in triage.tags))
        for number, line in enumerate(clean_lines(triage.note).splitlines()):
            yield from _wrapped(line if number else f"Note: {line}")
        yield ""
        yield from _wrapped(clean(library.readable_abstract(paper)) or "The digest gave no abstract.")

    def _key(self, command_id: str) -> str:
        return next(letter for letter, command in self._commands.items() if command == command_id)

    def _first_words(self) -> str:
        words = ", ".join(f"{self._key(name)} {BY_ID[name].words}" for name in VERDICTS[:3])
        return f"{words}; {self._key('app.help')} lists all letters, {self._key('app.quit')} ends."

    def _help(self) -> None:
        for name in COMMANDS:
            keys = " ".join(letter for letter, command in self._commands.items() if command == name)
            _say(f"{keys:<4} {BY_ID[name].help if name != 'app.quit' else 'end'}")
        _say("Tags and a note stand behind their letter, where it begins a line, or on the next line.")
        _say("What is done is kept at once.")

    # -- what is done -------------------------------------------------------------------------

    def _decide(self, command_id: str) -> None:
        made = verdict(command_id, self._library.triage(self._paper.id))
        self._keep(made.verb, made.sets)
        if made.steps:
            self._go(self._at + 1 if self._is_query else self._undecided(self._at + 1))

    def _keep(self, verb: str, sets: Mapping[str, bool | str]) -> None:
        """Decide, then say it."""
        changed = self._library.decide(verb, [self._paper.id], sets)
        already = "" if changed else "already "
        _say(f"{joined(already + act(verb, sets), [self._paper.id], self._library.paper, _USUAL)}.")

    def _go(self, index: int) -> None:
        if index < 0:
            _say("This is the first one.")
        self._at = min(max(index, 0), len(self._papers))

    def _undecided(self, index: int) -> int:
        """The next paper to be decided, from this one on; past the last where there is none."""
        papers, triage = self._papers, self._library.triage
        return next((i for i in range(index, len(papers)) if triage(papers[i].id).undecided), len(papers))

    def _tag(self) -> None:
        worn = self._library.triage(self._paper.id).tags
        wears = f" (wears {' '.join(f'#{clean(tag)}' for tag in worn)}; -name takes one off)" if worn else ""
        _ask(f"tags{wears}: ")
        words = self._letters.line().split()
        sets: dict[str, bool | str] = {}
        for word in words:
            if (name := tag_name(word.removeprefix("-"))) is None:
                _say(f"“{clean(word)}” cannot be a tag: no comma, quote or # in it. Nothing was changed.")
                return
            sets[TAG + name] = not word.startswith("-")
        if sets:
            self._keep("tag" if any(sets.values()) else "untag", sets)
        else:
            _say("No tag was given; nothing was changed.")

    def _note(self) -> None:
        _ask("note: ")
        if note := self._letters.line():
            self._keep("note", {"note": note})
        else:
            _say("The note is as it was.")

    def _take_back(self, words: str, turn: "Callable[[], Takeback | None]") -> None:
        made = turn()
        if made is None:
            _say("Nothing to take back." if words == "took back" else "Nothing to do again.")
            return
        _say(f"{words}: {whole_act(made.act, self._library.known, _USUAL, self._library.digest_name)}.")
        places = (i for i, paper in enumerate(self._papers) if paper.id in made.papers)
        self._at, self._shown = next(places, self._at), -1

    def _browse(self) -> None:
        from urllib.parse import quote

        from tui.cli.handing import browse, link_of

        links = link_of(self._paper)
        title = quote(clean(self._paper.title), safe="")
        address = links[0] if links else self._search.replace("{title}", title)
        _say(f"opened {address}" if browse(address) else f"No browser here; the address is {address}")


def _wrapped(text: str) -> list[str]:
    """Lines as wide as the terminal, within reason."""
    width = _USUAL
    if sys.stdout.isatty():
        width = max(min(get_terminal_size((_USUAL, 24)).columns, _WIDEST), 20)
    return textwrap.wrap(text, width, break_on_hyphens=False)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


def _ask(words: str) -> None:
    sys.stdout.write(words)
    sys.stdout.flush()
