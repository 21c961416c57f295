"""The click group: a missing verb means `open`, errors become one sentence and an exit code.

Exit codes: 0 done, 1 could not do it, 2 wrong usage, 130 interrupted.
"""

import difflib
import os
import re
import sys
from collections.abc import Callable, Iterable
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tui import __version__
from tui.cli.streams import let_go, prepare, seen
from tui.errors import KeymapError, PapertuiError, SettingsError, UsageError

if TYPE_CHECKING:
    from tui.keymap import Keymap
    from tui.papers.library import Library
    from tui.papers.view import Views
    from tui.settings import Settings
    from tui.store.database import Database

_Function = TypeVar("_Function", bound=Callable[..., Any])

#: the verbs in the order of `papertui --help`: what comes in, what is done with it, what keeps it, the
#: rest; and the module that makes each, imported when the verb is asked for (all of them: 5 ms)
VERBS = {
    "open": "import_verbs",
    "triage": "plain",
    "import": "import_verbs",
    "list": "paper_verbs",
    "show": "paper_verbs",
    "mark": "decision_verbs",
    "undo": "decision_verbs",
    "redo": "decision_verbs",
    "log": "decision_verbs",
    "export": "paper_verbs",
    "digests": "import_verbs",
    "forget": "forgetting",
    "views": "other_verbs",
    "tags": "tag_verbs",
    "stats": "stats_verb",
    "merge": "keeping_verbs",
    "backup": "keeping_verbs",
    "doctor": "keeping_verbs",
    "keys": "other_verbs",
    "config": "other_verbs",
    "completions": "other_verbs",
}

#: what `--order` takes, as its help says it
ORDERS_HELP = (
    "digest, newest, oldest, title, added, comments, upvotes, starred or relevance; with - in front reversed."
)
#: the query language in short, below the help of the verbs that take a query
QUERY_HELP = """\b
A query:
  swin "large kernel"   words and phrases in title, abstract, tags and note: all must occur
  title:swin  abstract:"state space"  note:todo  author:he  tag:vision  #vis*  digest:nov-18
  is:inbox, unread, read, starred, later, tagged, noted, new    has:link, date, note …
  published:2023..2024-06  before:2020  after:2021  added:7d  decided:today
  authors:>5  comments:>0  upvotes:>=20  view:NAME
  -word   a OR b   ( … )   ~nearly
The section "Finding" of the README explains each. In a shell, put quotes around the whole:
papertui list 'title:"large kernel" -#seen'
"""


class Session:
    """What all verbs share: the library asked for, opened when first needed, and the settings."""

    def __init__(self) -> None:
        self.chosen: str | None = None

    @cached_property
    def path(self) -> Path:
        """The library's folder."""
        from tui.settings import library_path

        return library_path(self.chosen)

    @cached_property
    def settings(self) -> "Settings":
        """The user's settings."""
        from tui.settings import load_settings

        return load_settings()

    def keymap(self, name: str | None = None) -> "Keymap":
        """The user's keymap, or the one of this name, with the user's own keys over it.

        A mistake in config.toml is told with its path.
        """
        from tui.keymap import load_keymap
        from tui.settings import config_path

        try:
            return load_keymap(name or self.settings.keymap, self.settings.keys)
        except KeymapError as error:
            message = str(error).removeprefix("config.toml: ")
            if name and message == str(error):
                raise
            raise KeymapError(f"{config_path()}: {message}") from error

    @cached_property
    def database(self) -> "Database":
        """Where the library lasts; here another's turn is waited for up to five seconds."""
        from tui.store.database import Database

        return Database(self.path)

    @cached_property
    def views(self) -> "Views":
        """The built-in views and the user's."""
        return self.settings.all_views()

    @cached_property
    def library(self) -> "Library":
        """The library, read once. It knows the user's views; wrong settings are told where they matter."""
        from tui.papers.library import Library
        from tui.papers.view import BUILT_IN_ALONE

        try:
            views = self.views
        except SettingsError:
            views = BUILT_IN_ALONE
        return Library(self.database, views=views)

    def say_unread(self) -> None:
        """Say what of the library could not be read, where it was read at all."""
        database: Database | None = vars(self).get("database")
        library: Library | None = vars(self).get("library")
        if database and (words := unread(database)):
            say(f"papertui: {words}")
        if library and library.unreadable:
            number = len(library.unreadable)
            whose = "1 paper" if number == 1 else f"{number:,} papers"
            say(f"papertui: the abstract of {whose} could not be read; `papertui doctor` says more.")

    def has_papers(self) -> bool:
        """Whether there are any; says how to fill an empty library."""
        if not self.library.papers and self.library.imports:
            say("All that was imported is forgotten. `papertui undo`, or importing it again, brings it back.")
        elif not self.library.papers:
            say(f"The library is empty. `papertui open FILE_OR_FOLDER` fills it ({self.path}).")
        return bool(self.library.papers)


def unread(database: "Database") -> str:
    """What of a library could not be read, or was not, and what to do; empty where all was."""
    from tui.papers.saying import counted
    from tui.store.copies import conflict_copies

    lines = sum(1 for damage in database.damaged.values() if damage.line)
    tables = len(database.damaged) - lines
    parts = [*([counted(tables, "table")] if tables else []), *([counted(lines, "line")] if lines else [])]
    if parts:
        return f"{' and '.join(parts)} of the library could not be read; `papertui doctor` says which."
    if conflict_copies(database.directory):
        return "conflict copies lie in the library; `papertui merge` takes them in."
    return ""


def session() -> Session:
    """The session of the call in hand."""
    found = click.get_current_context().find_root().obj
    assert isinstance(found, Session)
    return found


def tell(text: str) -> None:
    """Data, on stdout."""
    sys.stdout.write(text + "\n")


def say(text: str) -> None:
    """Talk, on stderr, after the data before it."""
    sys.stdout.flush()
    sys.stderr.write("\n".join(map(seen, text.split("\n"))) + "\n")


class FrontDoor(click.Group):
    """A group whose missing verb is `open`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*VERBS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in VERBS:
            import_module(f"tui.cli.{VERBS[cmd_name]}")
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        word = args[0]
        if word not in VERBS:
            if word.startswith("-") or os.path.lexists(word):
                args = ["open", *args]
            elif not ctx.resilient_parsing:
                raise click.UsageError(unknown(word), ctx)
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        from click.shell_completion import CompletionItem

        return [*super().shell_complete(ctx, incomplete), CompletionItem(incomplete, type="file")]


def unknown(word: str) -> str:
    """The sentence for a first word that is neither verb nor path."""
    close = difflib.get_close_matches(word, VERBS, 1, 0.5)
    return f"No such command or file: {word}." + (f" Did you mean `papertui {close[0]}`?" if close else "")


class Number(click.IntRange):
    """A whole number, called so."""

    name = "whole number"


class QueryCommand(click.Command):
    """A verb that takes a query: what begins with one `-` and is no option of its own belongs to it."""

    def __init__(self, name: str | None, **more: Any) -> None:
        super().__init__(name, **{"epilog": QUERY_HELP, **more})

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        found = super().shell_complete(ctx, incomplete)
        if re.match("-[^-]", incomplete):  # not only an option may begin so
            query = next(param for param in self.params if isinstance(param, click.Argument))
            found += query.shell_complete(ctx, incomplete)
        return found

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        options = [param for param in self.params if isinstance(param, click.Option)]
        flags = {name for option in options if option.is_flag for name in option.opts}
        flags.update(ctx.help_option_names)
        valued = {name for option in options if not option.is_flag for name in option.opts}
        own: list[str] = []
        query: list[str] = []
        rest = iter(args)
        for arg in rest:
            if arg == "--":
                query += rest
            elif arg in valued:
                own += [arg, *_value(ctx, arg, rest)]
            elif arg in flags or arg.startswith("--"):
                own.append(arg)
            else:
                query.append(arg)
        return super().parse_args(ctx, [*own, "--", *query])


def _value(ctx: click.Context, option: str, rest: Iterable[str]) -> list[str]:
    """The value that follows an option; none while a shell completes it."""
    for value in rest:
        return [value]
    if not ctx.resilient_parsing:
        raise click.BadOptionUsage(option, f"Option '{option}' requires a value.", ctx)
    return []


def library_option(function: _Function) -> _Function:
    """`--library DIR`, taken before and after the verb."""

    def keep(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
        shared = ctx.ensure_object(Session)
        if value == "":
            raise click.BadParameter("it is empty; name a folder.")
        if value is not None:
            shared.chosen = value

    option = click.option(
        "--library",
        metavar="DIR",
        type=click.Path(file_okay=False),
        expose_value=False,
        callback=keep,
        help="The library to use instead of the usual one (also PAPERTUI_LIBRARY).",
    )
    return option(function)


@click.group(
    cls=FrontDoor,
    invoke_without_command=True,
    no_args_is_help=False,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "ignore_unknown_options": True,
        "max_content_width": 100,
    },
)
@library_option
@click.version_option(__version__, message="papertui %(version)s")
@click.pass_context
def papertui(ctx: click.Context) -> None:
    """Triage research-paper digests by keyboard.

    `papertui PATH…` is `papertui open PATH…`; without anything it goes on where you stopped.
    """
    ctx.ensure_object(Session)
    if ctx.invoked_subcommand is None:
        from tui.cli.import_verbs import open_

        ctx.invoke(open_)


def run(args: list[str]) -> int:
    """Run one call and return its exit code; nothing is raised."""
    prepare()
    shared = Session()
    code = _code(args, shared)
    shared.say_unread()
    return code


def _code(args: list[str], shared: Session) -> int:
    """Run one call, say what ended it early, and return its exit code."""
    try:
        result = papertui.main(args, prog_name="papertui", standalone_mode=False, obj=shared)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except click.ClickException as error:
        say(f"papertui: {_sentence(error)}")
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        say("Interrupted; what was finished is kept.")
        return 130
    except UsageError as error:
        say(f"papertui: {error}")
        return 2
    except PapertuiError as error:
        say(f"papertui: {error}")
        return 1
    except OSError as error:
        let_go(sys.stdout)
        say(f"papertui: {error.filename or 'output'}: {os.strerror(error.errno or 0).casefold()}.")
        return 1
    except Exception as error:
        from tui.cli.defects import told

        say(told(error))
        return 1


def _sentence(error: click.ClickException) -> str:
    """What click has to say, and where to read on where it says no more than what is wrong."""
    text = error.format_message()
    text += "" if text.endswith((".", "?", ")")) else "."
    context = getattr(error, "ctx", None)
    if context is None or "id you mean" in text:
        return text
    return f"{text} `{context.command_path} --help` says more."
