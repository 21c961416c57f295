"""A whole inbox triaged by keys on a recorded terminal, from the first paper to the written file.

The keys are those of any keymap: commands are looked up in it. `make recording` keeps what was recorded.
"""

import re
import sys
import tempfile
from pathlib import Path

sys.path.append(str(Path(__file__).parent))

from homes import DUMPS, Home
from recording import RecordedTerminal

from tui.keymap import Keymap, load_keymap

#: real digests, where there are any beside the project
REAL = Path(__file__).parents[3] / "shared" / "dumps"
#: papers starred one by one, in a page each, and the papers of a bulk range
STARRED, RANGE = 10, 12
#: cards gone through
CARDS = 20

Shown = str | re.Pattern[str]


class InboxRun:
    """The hands at the keys of one keymap; each command is done once the screen shows what came of it."""

    def __init__(self, home: Home, keymap: str, digests: Path, size: tuple[int, int] = (120, 36)) -> None:
        self.home, self.digests, self.size = home, digests, size
        self.keymap: Keymap = load_keymap(keymap)
        self.sittings: list[RecordedTerminal] = []

    @property
    def app(self) -> RecordedTerminal:
        """The sitting in hand."""
        return self.sittings[-1]

    def open(self, *args: str | Path) -> None:
        """papertui on a terminal of its own, its list readable."""
        command = [self.home.papertui, "open", *args, "--keymap", self.keymap.name]
        self.sittings.append(RecordedTerminal(command, self.home.env, size=self.size, cwd=self.home.path))
        self.app.wait_for(" help", re.compile(r" of [\d,]+ *$", re.MULTILINE))

    def do(self, command_id: str, *shown: Shown, times: int = 1) -> None:
        """A command, so many times, until the screen shows this."""
        for _ in range(times):
            self.app.press(self.keymap.keys_of(command_id)[0])
        self.app.wait_for(*shown)

    def type(self, text: str, *shown: Shown) -> None:
        """Type into a prompt."""
        for letter in text:
            self.app.press(letter)
        self.app.wait_for(*shown)

    def enter(self, *shown: Shown) -> None:
        """Give the answer."""
        self.app.press("enter")
        self.app.wait_for(*shown)

    def count(self, view: str) -> int:
        """The number on a view's tab."""
        found = re.search(rf"\b{view} ([\d,]+)", self.app.text)
        assert found, self.app.text
        return int(found[1].replace(",", ""))

    # -- what is done -------------------------------------------------------------------------

    def whole(self, written: Path) -> None:
        """From the digests to the file: the inbox empty at the end, ten papers starred."""
        self.open(self.digests)
        self.first_pages()
        self.bulk_range_taken_back()
        self.note_and_tags()
        self.cards()
        self.leave_and_resume()
        self.rest()
        self.write(written)

    def star(self, number: int) -> None:
        """Star the paper under the cursor, which is the so-manieth."""
        self.do("paper.star", _tab("starred", number))

    def first_pages(self) -> None:
        """Two pages: a few starred, two put off, the rest done at once."""
        left = self.count("inbox")
        self.do("list.down", times=2)
        self.star(1)
        self.do("paper.later", _tab("later", 1))
        self.star(2)
        self.do("page.done", re.compile(r"done: \d+ papers of this page"), _less("inbox", left - 3))
        self.star(3)
        self.do("list.down")
        self.do("paper.later", _tab("later", 2))
        left = self.count("inbox")
        self.do("page.done", re.compile(r"done: \d+ papers of this page"), _less("inbox", left))

    def bulk_range_taken_back(self) -> None:
        """Twelve papers done as a range, then three stars; in the history the twelve are taken back alone."""
        left = self.count("inbox")
        self.do("select.range", "range: 1 paper")
        self.do("list.down", f"range: {RANGE} papers", times=RANGE - 1)
        self.do("paper.done", f"done: {RANGE} papers", _tab("inbox", left - RANGE))
        for number in (4, 5, 6):
            self.star(number)
        self.do("history.show", " history ", re.compile(rf"done +{RANGE} papers"))
        self.do("list.down", "4 of ", times=3)
        self.do("history.undo", "taken back", f"took back: done, {RANGE} papers")
        self.do("app.quit", _tab("inbox", left - 3), _tab("starred", 6))

    def note_and_tags(self) -> None:
        """A note of two lines; a tag, and the same one completed on the next paper."""
        self.do("paper.note", re.compile(r"^ *note", re.MULTILINE))
        self.type("read this with care", "read this with care")
        self.enter("noted ")
        self.do("paper.tag", re.compile(r"^ *tag", re.MULTILINE))
        self.type("convnet", "convnet")
        self.enter("tagged #convnet", _tab("tagged", 1))
        self.do("list.down")
        self.do("paper.tag", re.compile(r"^ *tag", re.MULTILINE))
        self.type("conv", re.compile(r"convnet +1\b"))
        self.app.press("tab")
        self.app.wait_for(re.compile(r"tag convnet"))
        self.enter("tagged #convnet", _tab("tagged", 2))

    def cards(self) -> None:
        """Twenty cards: one starred, one put off, the others done; then the list again."""
        left, starred, later = (self.count(view) for view in ("inbox", "starred", "later"))
        self.do("triage.cards", f"of {left} in the inbox")
        for number in range(1, CARDS + 1):
            verdict, said = {5: ("paper.star", "starred “"), 9: ("paper.later", "put off “")}.get(
                number, ("paper.done", "done “")
            )
            self.do(verdict, said, f"{left - number} left")
        self.do(
            "triage.cards",
            _tab("inbox", left - CARDS),
            _tab("starred", starred + 1),
            _tab("later", later + 1),
        )

    def leave_and_resume(self) -> None:
        """Quit in the middle; papertui opens again at the same paper, and what was decided stands."""
        place = _place(self.app.text)
        inbox = self.count("inbox")
        self.app.press(self.keymap.keys_of("app.quit")[0])
        assert self.app.wait_for_exit() == 0
        assert f"{inbox} left in the inbox" in self.app.log.decode("utf-8", "replace")
        self.open()
        assert _place(self.app.text) == place
        assert self.count("inbox") == inbox

    def rest(self) -> None:
        """Page after page: one starred on each until there are ten, all others done; later ones too."""
        starred = self.count("starred")
        self.do("list.first", "1 of ")
        while left := self.count("inbox"):
            self.do("list.next_unread")
            if starred < STARRED:
                starred, left = starred + 1, left - 1
                self.star(starred)
            if left:
                self.do("page.done", _less("inbox", left))

    def write(self, written: Path) -> None:
        """The starred papers as Markdown, and out."""
        self.do("export.write", re.compile(r"^ *(to|write)", re.MULTILINE | re.IGNORECASE))
        self.app.press("ctrl+u")
        self.type(str(written), written.name)
        self.enter(f"wrote {STARRED} papers to ")
        self.app.press(self.keymap.keys_of("app.quit")[0])
        assert self.app.wait_for_exit() == 0


def _tab(view: str, number: int) -> re.Pattern[str]:
    """A view's tab with exactly this number."""
    return re.compile(rf"\b{view} {number:,}\b")


def _less(view: str, number: int) -> re.Pattern[str]:
    """A view's tab with any other number than this one."""
    return re.compile(rf"\A(?!.*\b{view} {number:,}\b).*\b{view} \d", re.DOTALL)


def _place(text: str) -> str:
    """Where the cursor is: its paper, and the place in the list."""
    found = re.search(r"^▌. (.{30})", text, re.MULTILINE)
    assert found, text
    return found[1]


def main(folder: str = ".recordings", *keymaps: str) -> None:
    """Record the run with these keymaps, as .cast for asciinema players and as text."""
    target = Path(folder)
    target.mkdir(exist_ok=True)
    for name in keymaps or ("default", "emacs"):
        with tempfile.TemporaryDirectory() as directory:
            run = InboxRun(Home(Path(directory)), name, REAL if REAL.is_dir() else DUMPS)
            run.whole(Path(directory, "reading.md"))
            for number, sitting in enumerate(run.sittings, 1):
                sitting.write_cast(target / f"{name}-{number}.cast")
                sitting.write_frames(target / f"{name}-{number}.txt")
        print(f"{target}/{name}-*.cast, {target}/{name}-*.txt")


if __name__ == "__main__":
    main(*sys.argv[1:])
