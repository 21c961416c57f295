"""views, keys, config and completions: about the library and papertui itself."""

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from tui.cli.front_door import library_option, papertui, say, session, tell

if TYPE_CHECKING:
    from tui.papers.view import View


@papertui.command()
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@library_option
def views(as_json: bool) -> None:
    """Print the views with what they hold now."""
    from rich.cells import cell_len

    from tui.cli.streams import seen
    from tui.exports.json_lines import encode_json

    views = [*session().views]
    session().has_papers()
    library = session().library
    counts = {view.name: library.count(view) for view in session().views.own} | dict(library.counts())
    if as_json:
        tell(encode_json([_view_json(view, counts[view.name]) for view in views]))
        return
    width = max(cell_len(view.name) for view in views)
    for view in views:
        order = "" if view.order == "digest" and not view.reverse else f"  ({view.order_words})"
        name = view.name + " " * (width - cell_len(view.name))
        tell(f"{counts[view.name]:>7,}  {name}  {seen(str(view.query))}{order}".rstrip())


def _view_json(view: "View", papers: int) -> dict[str, Any]:
    order = "-" * view.reverse + view.order
    return {"name": view.name, "query": str(view.query), "order": order, "papers": papers}


@papertui.command()
@click.argument("name", required=False)
@click.option("--check", is_flag=True, help="Only say whether the keymap can be used.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@library_option
def keys(name: str | None, check: bool, as_json: bool) -> None:
    """Print the keymap in force, or another.

    NAME is that of a keymap, or its file's.
    """
    from tui.exports.json_lines import encode_json
    from tui.keymap import load_keymap, shipped
    from tui.papers.saying import counted
    from tui.papers.text import clean
    from tui.ui.commands import COMMANDS, Macro

    keymap = load_keymap(name) if name else session().keymap()
    if check:
        commands = sum(1 for keys in keymap.keys.values() if keys)
        macros = f", and {counted(len(keymap.macros), 'macro')}" if keymap.macros else ""
        tell(f"{clean(keymap.name)}: {commands} commands have keys{macros}.")
        return
    if as_json:
        tell(
            encode_json(
                {
                    "name": keymap.name,
                    "description": keymap.description,
                    "digits": keymap.digits,
                    "keys": {command.id: list(keymap.keys_of(command.id)) for command in COMMANDS},
                    "macros": {
                        macro.id: {"does": list(macro.does), "words": macro.words}
                        for macro in keymap.macros.values()
                    },
                }
            )
        )
        return
    tell(f"{clean(keymap.name)}: {clean(keymap.description)}")
    group = ""
    for command in (*COMMANDS, *keymap.macros.values()):
        if command.group != group:
            group = command.group
            tell(f"\n{group}")
        shown = "  ".join(keymap.keys_of(command.id)) or "-"
        mine = "  (yours)" if command.id in keymap.own else ""
        names = ", ".join(command.does) if isinstance(command, Macro) else command.id
        tell(f"  {shown:<22} {command.help:<26} {names}{mine}")
    say(f"There are {', '.join(shipped())}; --keymap NAME or config.toml chooses.")
    say("In a keymap a comma key is spelled `comma`.")


@papertui.command()
@click.option("--path", is_flag=True, help="Only the path of config.toml.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@library_option
def config(path: bool, as_json: bool) -> None:
    """Print the settings in force and where they come from."""
    from msgspec.structs import asdict

    from tui.exports.json_lines import encode_json
    from tui.settings import KEYS, config_path, place_path

    file = config_path()
    if path:
        tell(str(file))
        return
    values = asdict(session().settings)
    if as_json:
        tell(encode_json({"config": str(file), "library": str(session().path), **values}))
        return
    tell(f"# {file}" + ("" if file.exists() else " (not there yet: these are the defaults)"))
    tell(f"# library: {session().path}")
    tell(f"# where you stopped: {place_path(session().path)}")
    for name, about in KEYS.items():
        if name not in ("keys", "views"):
            tell(f"{name} = {encode_json(values[name])}  # {about}")
    tell(f"\n[keys]  # {KEYS['keys']}")
    for command, own in values["keys"].items():
        tell(f"{encode_json(command)} = {_toml(own)}")
    tell(f"\n# views: {KEYS['views']}")
    for view in values["views"]:
        tell("[[views]]")
        for key, text in view.items():
            tell(f"{key} = {encode_json(text)}")


def _toml(value: object) -> str:
    """A value in one line of TOML."""
    from tui.exports.json_lines import encode_json

    if isinstance(value, dict):
        return f"{{ {', '.join(f'{encode_json(name)} = {_toml(each)}' for name, each in value.items())} }}"
    return encode_json(value)


@papertui.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@library_option
def completions(shell: str) -> None:
    """Print a shell's completions.

    bash: eval "$(papertui completions bash)" in ~/.bashrc; zsh the same in ~/.zshrc;
    fish: papertui completions fish > ~/.config/fish/completions/papertui.fish
    """
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    if found is None:
        say(f"No completions for {shell}.")
        raise click.exceptions.Exit(1)
    sys.stdout.write(found(papertui, {}, "papertui", "_PAPERTUI_COMPLETE").source() + os.linesep)
