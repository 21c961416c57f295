"""What the app is handed: one frozen value. The screens know the library, and reach the rest through this."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from msgspec import Struct, field

from tui.errors import EditorError, UsageError
from tui.papers.library import Library
from tui.papers.paper import Paper
from tui.papers.view import Views
from tui.ui.commands import Macro


class Keys(Protocol):
    """The keymap in force."""

    @property
    def name(self) -> str: ...
    @property
    def digits(self) -> str: ...
    @property
    def own(self) -> frozenset[str]: ...
    @property
    def macros(self) -> Mapping[str, Macro]: ...
    def keys_of(self, command_id: str) -> tuple[str, ...]: ...
    def textual_keymap(self) -> dict[str, str]: ...


class Export(Protocol):
    """A format papers can be written in."""

    @property
    def name(self) -> str: ...
    @property
    def suffix(self) -> str: ...
    @property
    def write(self) -> Callable[[Library, Sequence[Paper]], str]: ...
    @property
    def count(self) -> Callable[[str], int | None]: ...


#: queries that are remembered
REMEMBERED = 50


class Place(Struct, frozen=True):
    """Where the user stopped, or should begin; `queries` are what was looked for, the last at the end.

    `above` is how many rows stood above the cursor's on the screen; `selected` are ids, parted by blanks.
    """

    view: str = "inbox"
    order: str = "digest"
    reverse: bool = False
    filter: str = ""
    paper: str = ""
    theme: str = ""
    queries: list[str] = field(default_factory=list)
    above: int = 0
    selected: str = ""


def _no_editor(text: str) -> str | None:
    """Where no program can be run."""
    raise EditorError("There is no editor here; write the note in papertui.")


def _nowhere(name: str, query: str, order: str) -> Views:
    """Where no views can be kept."""
    raise UsageError("There is no place here to keep a view.")


class Given(Struct, frozen=True):
    """Library, keys, doors to the outside, and where to begin.

    `write_file` replaces a file or raises PapertuiError; `copy` puts a text on a clipboard and names
    the way it went, or returns None; `browse` opens an address and says whether it could, and
    `browses_here` whether it needs the terminal for that. `edit` has a text written in the user's editor, to
    which the terminal was lent, and returns it, None where it was left as it was, or raises PapertuiError.
    `papers_in` says how many papers a file holds by the `count` of its export, None of a stranger. `standing`
    raises LibraryError where the library is no longer the one that was opened. `markdown_of` is a paper's
    title as Markdown, linked where it has a link. `save_view` keeps a view of this name, query and order
    and returns all there are then, or raises PapertuiError. `paths` gives the paths that begin so, folders
    with a slash behind. `bring_in` imports what is at a path, from any thread: it tells how many files of
    how many are read, stops where that raises, returns the report in a line, or raises PapertuiError where
    nothing could be read. `samples` opens the library of the samples: what the app is then handed.
    """

    library: Library
    where: str
    keys: Keys
    exports: Sequence[Export]
    write_file: Callable[[Path, str], None]
    copy: Callable[[str], str | None]
    browse: Callable[[str], bool]
    link_of: Callable[[Paper], Sequence[str]]
    markdown_of: Callable[[Paper], str]
    save_place: Callable[[Place], None]
    place: Place = field(default_factory=Place)
    theme: str = "papertui-night"
    ascii: bool = False
    advance: str = "next-undecided"
    search: str = "https://scholar.google.com/scholar?q={title}"
    message: str = ""
    standing: Callable[[], None] = lambda: None
    views: Views = field(default_factory=Views)
    save_view: Callable[[str, str, str], Views] = _nowhere
    paths: Callable[[str], Sequence[str]] = lambda text: ()
    bring_in: Callable[[str, Callable[[int, int], None]], str] | None = None
    samples: "Callable[[], Given] | None" = None
    edit: Callable[[str], str | None] = _no_editor
    browses_here: Callable[[], bool] = lambda: False
    papers_in: Callable[[Path, Callable[[str], int | None]], int | None] = lambda path, count: None
