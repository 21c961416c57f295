"""Every command, declared once: bindings, key line, palette, help and `papertui keys` read this.

The keys are not here: they live in the keymap files alone, so that there is one truth about them.
No textual is imported, for the command line reads this too.
"""

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct


class Command(Struct, frozen=True):
    """One thing a user can ask for.

    `words` are the one or two words of the key line; `help` is what a user would say they want,
    short enough (24 cells) for a column of the help at 80 columns; `group` is its heading there.
    """

    id: str
    words: str
    help: str
    group: str

    @property
    def no_key(self) -> str:
        """A key that no terminal sends, to stand in a Textual binding where there is none.

        Textual takes an empty string in a keymap for "as declared" and refuses one in a binding.
        One of its own for each command, as Textual calls two bindings of one key a clash.
        """
        return f"no-key-{self.id}"


class Macro(Command, frozen=True):
    """Several commands on one key of the user's own: they are done in a row. `keys` is as in a keymap."""

    keys: tuple[str, ...] = ()
    does: tuple[str, ...] = ()


COMMANDS: tuple[Command, ...] = (
    Command("paper.star", "star", "star: keep it, go on", "decide"),
    Command("paper.done", "done", "done: read, go on", "decide"),
    Command("paper.later", "later", "later: put off, go on", "decide"),
    Command("paper.tag", "tag", "give it tags", "decide"),
    Command("paper.tag_again", "tag again", "tag as before", "decide"),
    Command("paper.untag", "untag", "take tags off", "decide"),
    Command("paper.note", "note", "write a note", "decide"),
    Command("note.editor", "editor", "note in your $EDITOR", "decide"),
    Command("paper.read", "read", "read / unread, stay", "decide"),
    Command("paper.unstar", "unstar", "take the star off", "decide"),
    Command("paper.mark_read", "mark read", "mark read, stay", "decide"),
    Command("paper.mark_unread", "mark unread", "mark unread, stay", "decide"),
    Command("paper.now", "now", "put off no longer, stay", "decide"),
    Command("repeat.last", "repeat", "repeat the last act", "decide"),
    Command("history.undo", "undo", "take the last act back", "take back"),
    Command("history.redo", "redo", "do again what was undone", "take back"),
    Command("history.show", "history", "history: take any back", "take back"),
    Command("paper.why", "why", "why it is as it is", "take back"),
    Command("list.down", "down", "one paper down", "move"),
    Command("list.up", "up", "one paper up", "move"),
    Command("list.half_down", "half down", "half a page down", "move"),
    Command("list.half_up", "half up", "half a page up", "move"),
    Command("list.page_down", "page down", "a page down", "move"),
    Command("list.page_up", "page up", "a page up", "move"),
    Command("list.first", "first", "to the first paper", "move"),
    Command("list.last", "last", "to the last paper", "move"),
    Command("list.next_unread", "next", "to the next undecided", "move"),
    Command("list.previous_unread", "previous", "to the undecided above", "move"),
    Command("list.back", "return", "back where I was", "move"),
    Command("abstract.page_down", "page on", "abstract: a page on", "abstract"),
    Command("abstract.page_up", "page back", "abstract: a page back", "abstract"),
    Command("abstract.down", "line on", "abstract: a line on", "abstract"),
    Command("abstract.up", "line back", "abstract: a line back", "abstract"),
    Command("paper.open", "open", "read it in full width", "abstract"),
    Command("paper.browse", "browse", "open it in the browser", "abstract"),
    Command("paper.copy", "copy", "copy title, link, BibTeX", "abstract"),
    Command("select.toggle", "select", "select, one down", "many at once"),
    Command("select.range", "range", "select a range", "many at once"),
    Command("select.all", "select all", "select all shown", "many at once"),
    Command("select.invert", "invert", "select the others", "many at once"),
    Command("select.extend_down", "extend down", "select on downwards", "many at once"),
    Command("select.extend_up", "extend up", "select on upwards", "many at once"),
    Command("page.done", "page done", "page done, next page", "many at once"),
    Command("shown.read", "all read", "all shown are read", "many at once"),
    Command("find.edit", "find", "find papers as I type", "find"),
    Command("find.clear", "clear", "drop the filter", "find"),
    Command("tag.pick", "by tag", "only the papers of a tag", "find"),
    Command("digest.pick", "digests", "only those of a digest", "find"),
    Command("digest.forget", "forget", "take an import back", "find"),
    Command("view.pick", "views", "choose a view", "find"),
    Command("view.save", "save view", "save this as a view", "find"),
    Command("view.next", "next view", "next view", "find"),
    Command("view.previous", "previous view", "previous view", "find"),
    Command("view.refresh", "refresh", "refresh the view", "find"),
    Command("order.pick", "order", "choose the order", "find"),
    Command("order.reverse", "reverse", "reverse the order", "find"),
    Command("triage.cards", "cards", "cards: one at a time", "papertui"),
    Command("stats.show", "stats", "figures and bars", "papertui"),
    Command("export.write", "export", "write papers to a file", "papertui"),
    Command("theme.pick", "theme", "choose a theme", "papertui"),
    Command("app.help", "help", "help: what the keys do", "papertui"),
    Command("app.palette", "commands", "all commands by name", "papertui"),
    Command("app.back", "back", "let go, one step back", "papertui"),
    Command("app.redraw", "redraw", "draw the screen afresh", "papertui"),
    Command("app.suspend", "suspend", "pause, go to the shell", "papertui"),
    Command("app.quit", "quit", "close this, or quit", "papertui"),
    Command("app.quit_now", "quit now", "quit at once", "papertui"),
)

BY_ID: Mapping[str, Command] = MappingProxyType({command.id: command for command in COMMANDS})

EVERYDAY: Mapping[str, str] = MappingProxyType(
    {
        "paper.copy": "clipboard yank",
        "find.edit": "search filter",
        "order.pick": "sort",
        "order.reverse": "sort",
        "paper.done": "remove delete",
        "paper.untag": "remove delete",
        "digest.forget": "remove delete",
        "paper.later": "skip",
        "paper.star": "favourite favorite bookmark keep",
        "theme.pick": "colours colors",
        "stats.show": "statistics",
        "abstract.page_down": "scroll",
        "abstract.page_up": "scroll",
        "abstract.down": "scroll",
        "abstract.up": "scroll",
        "app.quit": "exit leave",
        "app.quit_now": "exit leave",
    }
)
"""Other words for what commands do, by which they are found."""

GROUPS: tuple[str, ...] = tuple(dict.fromkeys(command.group for command in COMMANDS))
"""The headings of the help, in its order."""

MACROS = "macros"
"""The heading of the user's macros, where there are any."""

ACTS: frozenset[str] = frozenset(
    {
        "paper.star",
        "paper.done",
        "paper.later",
        "paper.tag_again",
        "paper.read",
        "paper.unstar",
        "paper.mark_read",
        "paper.mark_unread",
        "paper.now",
    }
)
"""What decides about the papers it reaches and asks nothing: side by side in a macro, one decision."""

OTHER_ACTS: frozenset[str] = frozenset({"page.done", "repeat.last", "history.undo", "history.redo"})
"""What decides, each by itself."""

LAST: frozenset[str] = frozenset(
    {
        *("paper.tag", "paper.untag", "paper.note", "note.editor", "paper.copy", "paper.browse"),
        *("find.edit", "tag.pick", "digest.pick", "digest.forget", "view.pick", "view.save", "order.pick"),
        *("theme.pick", "export.write", "shown.read", "app.palette", "app.help", "history.show"),
        *("paper.why", "stats.show", "app.suspend", "app.quit", "app.quit_now"),
    }
)
"""What asks something, opens something over the list, or leaves: nothing can follow it in a macro."""

FOOTER: tuple[str, ...] = (
    "paper.star",
    "paper.done",
    "paper.later",
    "paper.tag",
    "history.undo",
    "find.edit",
    "triage.cards",
    "paper.note",
    "paper.browse",
    "view.pick",
    "export.write",
    "app.help",
)
"""The commands of the key line, in its order."""
