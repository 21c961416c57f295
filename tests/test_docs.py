"""What the README says is so: keys, verbs, options, formats, fields, links and pictures."""

import json
import re
import runpy
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import click
import msgspec
import pytest

from tui import __version__
from tui.cli.front_door import VERBS, papertui
from tui.digests import FORMATS, read_text
from tui.exports import EXPORTS
from tui.exports.json_lines import paper_json
from tui.keymap import load_keymap, shipped
from tui.papers.library import Library
from tui.papers.paper import Digest, Paper
from tui.papers.query import FIELDS, HAVINGS, STATES, VIEWS, parse
from tui.papers.triage import Decision, now_utc
from tui.papers.view import ORDERS
from tui.settings import KEYS, load_settings
from tui.store.abstracts import Abstract
from tui.store.database import TABLES, Database
from tui.ui.commands import COMMANDS, FOOTER

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text("utf-8")
LIBRARY = (ROOT / "docs" / "library.md").read_text("utf-8")
PICTURES = sorted(path.name for path in (ROOT / "screenshots").glob("*.svg"))
#: what every verb takes, said once for all of them
SHARED = {"--library", "--help"}


def tables() -> list[list[list[str]]]:
    """Every table of the README: its rows, each the cells' text."""
    found: list[list[list[str]]] = []
    inside = False
    for line in README.splitlines():
        row = line.strip()
        if row.startswith("|"):
            if not inside:
                found.append([])
            found[-1].append([cell.strip() for cell in row[1:-1].split("|")])
        inside = row.startswith("|")
    return found


def table(*heads: str) -> list[list[str]]:
    """The rows of the table that begins with these cells, without its head."""
    rows = next(rows for rows in tables() if rows[0][: len(heads)] == list(heads))
    return rows[2:]


def blocks(language: str) -> list[str]:
    """The fenced blocks in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def quoted(text: str) -> list[str]:
    """What stands between backticks."""
    return re.findall(r"`([^`]+)`", text)


def test_the_key_table_has_every_command_with_its_default_keys() -> None:
    """Keys, words and order are those of the program, nothing more and nothing less."""
    keymap = load_keymap("default")
    written = [
        (quoted(command)[0], tuple(quoted(keys)), words)
        for keys, words, command in table("keys", "does", "command")
        if command.startswith("`")
    ]
    assert written == [(each.id, keymap.keys_of(each.id), each.help) for each in COMMANDS]


def test_the_key_table_is_grouped_as_the_help_is() -> None:
    """Each command stands below its group's heading."""
    group, written = "", {}
    for keys, _, command in table("keys", "does", "command"):
        if keys.startswith("**"):
            group = keys.strip("*")
        else:
            written[quoted(command)[0]] = group
    assert written == {command.id: command.group for command in COMMANDS}


def test_the_first_keys_are_keys_and_stand_in_the_key_line() -> None:
    """A beginner's keys are what the app's key line shows; no key of the tour is wrong."""
    keymap = load_keymap("default")
    shown = {keymap.keys_of(command_id)[0] for command_id in FOOTER}
    tour = [quoted(key)[0] for key, _ in table("key", "does")]
    assert len(tour) == 9
    assert set(tour) <= shown


def test_every_keymap_is_described_in_its_own_words() -> None:
    """Names and descriptions are those of the files."""
    rows = {quoted(name)[0]: about for name, about in table("keymap")}
    assert rows == {name: load_keymap(name).description for name in shipped()}


def test_the_settings_of_the_example_are_all_there_are_and_work(tmp_path: Path) -> None:
    """Whoever copies the example has a config.toml that papertui takes."""
    (example,) = blocks("toml")
    file = tmp_path / "config.toml"
    file.write_text(example, "utf-8")
    settings = load_settings(file)
    keymap = load_keymap(settings.keymap, settings.keys)
    assert set(tomllib.loads(example)) == set(KEYS)
    assert keymap.own == set(settings.keys)


def test_the_macros_of_the_readme_work_in_every_keymap() -> None:
    """Each on a key that no command has, so whoever copies a line loses nothing."""
    macros = re.findall(r"""`("\S+" = [\[{][^`]*)`""", README)
    assert len(macros) == 2
    for name in shipped():
        free = load_keymap(name)
        for macro in macros:
            own = tomllib.loads(macro)
            assert not set(own) & {key for each in COMMANDS for key in free.keys_of(each.id)}, macro
            assert load_keymap(name, own).macros


def verbs() -> dict[str, str]:
    """The README's rows about the command line by verb."""
    rows = [" | ".join(row) for row in table("verb", "does")]
    return {re.findall(r"`papertui \[?(\w+)", row)[0]: row for row in rows}


def test_every_verb_is_described() -> None:
    """As many as `papertui --help` lists, in its order."""
    assert list(verbs()) == papertui.list_commands(click.Context(papertui))


@pytest.mark.parametrize("verb", VERBS)
def test_every_option_of_a_verb_is_named(verb: str) -> None:
    """And none that it does not have."""
    command = papertui.get_command(click.Context(papertui), verb)
    assert command
    options = [p for p in command.params if isinstance(p, click.Option)]
    there = {name for option in options for name in option.opts if len(name) > 2} - SHARED
    short = {name for option in options for name in option.opts if len(name) == 2}
    written = {part.split()[0] for part in quoted(verbs()[verb]) if re.match(r"--?\w", part)}
    also = {name for option in options for name in option.opts if set(option.opts) & written}
    assert written <= there | short
    assert (written | also) - short == there


def test_formats_orders_and_states_are_those_there_are() -> None:
    """What comes in, what goes out, how it is ordered, what can be asked."""
    assert [quoted(row[0])[0] for row in table("format")] == [form.name for form in FORMATS]
    assert ", ".join(list(ORDERS)[:-1]) + f" or {list(ORDERS)[-1]}" in verbs()["list"]
    assert ", ".join(e.name for e in EXPORTS[:-1]) + f" or {EXPORTS[-1].name}" in verbs()["export"]
    assert set(re.findall(r"`is:(\w+)`", README)) == set(STATES)


def test_the_endings_of_files_are_those_of_the_formats() -> None:
    """What `e` writes where."""
    assert ", ".join(f"`{export.suffix}` {export.name}" for export in EXPORTS) in " ".join(README.split())


def test_every_query_of_the_readme_can_be_asked() -> None:
    """The left column of the table about finding."""
    for query, _ in table("query", "finds"):
        for text in quoted(query):
            assert parse(text), text


def test_every_field_fact_order_and_view_is_explained() -> None:
    """In the tables about finding, none that is not there, and `papertui views` prints no other."""
    queries = " ".join(query for query, _ in table("query", "finds"))
    assert set(re.findall(r"`(\w+):", queries)) == set(FIELDS)
    assert set(re.findall(r"`has:(\w+)`", queries)) == set(HAVINGS)
    assert [quoted(row[0])[0] for row in table("order")] == list(ORDERS)
    assert ", ".join(f"`{view}`" for view in VIEWS[:-1]) + f" and `{VIEWS[-1]}` are there" in README


def test_a_paper_in_json_has_the_fields_of_the_example(tmp_path: Path) -> None:
    """The same names in the same order, down to the digests."""
    (example,) = (json.loads(block) for block in blocks("json") if block.startswith("{\n"))
    library = Library(Database(tmp_path / "library"))
    dump = ROOT / "tests" / "dumps" / "page-with-facts.txt"
    library.add(read_text(dump.read_text("utf-8"), path=dump.name, imported=now_utc()))
    kettle = next(paper for paper in library.papers.values() if paper.title.startswith("Kettle"))
    real = paper_json(library, kettle)
    assert list(example) == list(real)
    assert list(example["digests"][0]) == list(real["digests"][0])
    told = ("id", "title", "authors", "authors_count", "published", "comments", "links")
    assert {name: example[name] for name in told} == {name: real[name] for name in told}


def test_the_lines_of_the_example_are_decisions() -> None:
    """What the README shows of decisions.jsonl, papertui reads, down to what an undo leaves standing."""
    lines = next(block for block in blocks("json") if '"verb"' in block).splitlines()
    decoded = [msgspec.json.decode(line, type=dict[str, Decision]) for line in lines]
    star, undo = (next(iter(line.values())) for line in decoded)
    assert star.sets == {"starred": True, "later": False}
    assert undo.act == star.id
    assert not undo.stands


def test_every_file_of_a_library_is_described() -> None:
    """The table of files is the store's list of tables."""
    assert [quoted(row[0])[0] for row in table("file", "a line is")] == [f"{name}.jsonl" for name in TABLES]


def test_every_target_of_make_that_is_named_exists() -> None:
    """Whoever types it finds it."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"^    make (\w+)|`make (\w+)`", README, re.MULTILINE):
        assert re.search(rf"^{''.join(target)}:", makefile, re.MULTILINE), target


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", "docs/library.md"])
def test_links_to_files_lead_somewhere(name: str) -> None:
    """From the file they stand in; addresses of the web are not looked up."""
    for link in re.findall(r"\]\(([^)\s]+)\)", (ROOT / name).read_text("utf-8")):
        if "://" not in link:
            assert (ROOT / name).parent.joinpath(link).exists(), link


def test_the_changelog_tells_of_this_version() -> None:
    """At the top, or below what is to come."""
    told = re.findall(r"^## \[([^\]]+)\]", CHANGELOG, re.MULTILINE)
    assert next(version for version in told if version != "Unreleased") == __version__


@pytest.mark.parametrize(
    ("name", "kind"),
    [("papers", Paper), ("abstracts", Abstract), ("digests", Digest), ("decisions", Decision)],
)
def test_every_field_of_every_table_is_described(name: str, kind: Any) -> None:
    """In the order in which the files have them, and none that they do not have."""
    text = LIBRARY.partition(f"## `{name}.jsonl`\n")[2].partition("\n## ")[0]
    written = re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)
    assert written == [field.encode_name for field in msgspec.structs.fields(kind)]


def test_a_library_can_be_read_without_papertui(tmp_path: Path) -> None:
    """The program of docs/library.md prints what `papertui list --jsonl` does."""
    path = tmp_path / "library"
    library = Library(Database(path))
    dump = ROOT / "tests" / "dumps" / "page-with-facts.txt"
    library.add(read_text(dump.read_text("utf-8"), path=dump.name, imported=now_utc()))
    first, second, third, fourth, *_ = library.papers
    library.decide("star", [first, second], {"starred": True, "later": False})
    library.decide("tag", [first, third], {"tag:a": True, "note": "n"})
    library.decide("later", [second], {"later": True, "read": False})
    library.undo()
    library.decide("untag", [third], {"tag:a": False})
    library.forget(library.loss_of([third, fourth]))
    library.recall(next(iter(library.imports)))
    assert library.forget(library.loss_of([fourth]))
    (program,) = re.findall(r"^```python\n(.*?)^```", LIBRARY, re.MULTILINE | re.DOTALL)
    command = [sys.executable, "-S", "-c", program, str(path)]
    told = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()
    wanted = []
    for paper in library.papers.values():
        triage = msgspec.to_builtins(library.triage(paper.id))
        assert paper.id != fourth
        tags = {f"tag:{tag}": True for tag in triage.pop("tags", ())}
        wanted.append([paper.id, paper.title, triage | tags])
    assert [json.loads(line) for line in told.splitlines()] == wanted
    assert sum(bool(triage) for _, _, triage in wanted) == 3


def test_every_picture_is_shown() -> None:
    """None lies about unseen."""
    shown = set(re.findall(r"\(screenshots/([\w.-]+\.svg)\)", README))
    assert shown == set(PICTURES)


@pytest.mark.parametrize("name", PICTURES)
def test_pictures_were_drawn_by_this_version(name: str) -> None:
    """`make screenshots` stamps them, and nothing in them is fetched."""
    text = (ROOT / "screenshots" / name).read_text("utf-8")
    assert f"<!-- papertui {__version__}, drawn by make screenshots -->" in text
    assert not re.search(r"url\(|href=|src=|@import|@font-face|<script", text)


def test_a_picture_is_drawn_the_same_twice(tmp_path: Path) -> None:
    """The clock and random ids leave no trace; a run of text never begins or ends with a blank."""
    drawn = [_drawn(tmp_path / name, "triage-80x24") for name in ("one", "two")]
    assert drawn[0] == drawn[1]
    assert "LanternFormer" in drawn[0]
    assert not re.search(r"> |\xa0| </text>", drawn[0])


def _drawn(target: Path, name: str) -> str:
    target.mkdir()
    command: list[Any] = [sys.executable, ROOT / "screenshots" / "draw.py", target, name]
    subprocess.run(command, check=True, timeout=60)
    return (target / f"{name}.svg").read_text("utf-8")


def test_the_table_of_figures_has_a_row_for_each_measure() -> None:
    """Those of `make bench`, in its order; the figures are the machine's own."""
    measures = runpy.run_path(str(ROOT / "tests" / "benchmarks" / "measures.py"))["MEASURES"]
    rows = table("measure")
    assert [row[0] for row in rows] == [measure.name for measure in measures]
    assert all(len(row) == len(rows[0]) for row in rows)
