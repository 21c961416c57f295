"""views, keys, config, completions."""

import tomllib
from pathlib import Path

import pytest

from tui.keymap import shipped
from tui.ui.commands import COMMANDS


def test_views(call, ids) -> None:
    """Each built-in view with its query and what it holds."""
    call("mark", ids[0], "--star")
    views = {view["name"]: view for view in call("views", "--json").json}
    assert list(views) == ["inbox", "starred", "later", "tagged", "new", "all"]
    assert [view["papers"] for view in views.values()] == [3, 1, 0, 0, 4, 4]
    assert views["inbox"] == {"name": "inbox", "query": "is:inbox", "order": "digest", "papers": 3}
    assert call("views").lines[0].split() == ["3", "inbox", "is:inbox"]


VIEWS = """
[[views]]
name = "lit lanterns"
query = 'lantern is:starred'
order = "-title"

[[views]]
name = "dark"
query = '-view:"lit lanterns"'
"""


def test_views_of_ones_own(call, ids, home) -> None:
    """They stand behind the built-in ones, and a query may name them, from another view too."""
    (home / "config.toml").write_text(VIEWS)
    call("mark", ids[2], "--star")
    *_, lit, dark = call("views", "--json").json
    assert lit == {"name": "lit lanterns", "query": "lantern is:starred", "order": "-title", "papers": 1}
    assert (dark["query"], dark["papers"]) == ('-view:"lit lanterns"', 3)
    assert call("views").lines[-2].strip() == "1  lit lanterns  lantern is:starred  (by title, z first)"
    assert call("list", 'view:"lit lanterns"', "--ids").lines == [ids[2]]
    assert call("list", "view:dark", "beta", "--ids").lines == [ids[1]]
    said = call("list", "view:drak")
    assert said.code == 2
    assert "did you mean dark?" in said.err


def test_wrong_views_are_told_where_views_are_asked_for(call, ids, home) -> None:
    """Exit 2, with file, view and column; without `view:` a query works as it did."""
    (home / "config.toml").write_text('[[views]]\nname = "x"\nquery = "titel:y"\n')
    for args in (["views"], ["list", "view:x"], ["config"]):
        said = call(*args)
        assert (said.code, said.out) == (2, "")
        assert f"{home / 'config.toml'}: view “x”: no field “titel”; did you mean title?" in said.err
        assert "(column 1)" in said.err
    assert call("list", "beta", "--ids").lines == [ids[1]]


def test_keys(call) -> None:
    """Every command with its keys, in groups; what else can be chosen is said on stderr."""
    said = call("keys")
    assert said.code == 0
    assert all(any(line.endswith(command.id) for line in said.lines) for command in COMMANDS)
    assert all(name in said.err for name in shipped())


@pytest.mark.parametrize("name", shipped())
def test_every_keymap_can_be_printed_and_checked(call, name) -> None:
    """By name; `--check` prints one line."""
    assert call("keys", name).lines[0].startswith(f"{name}: ")
    assert len(call("keys", name, "--check").lines) == 1
    keymap = call("keys", name, "--json").json
    assert list(keymap) == ["name", "description", "digits", "keys", "macros"]
    assert list(keymap["keys"]) == [command.id for command in COMMANDS]


def test_an_unknown_keymap(call) -> None:
    """Exit 2, with those there are."""
    said = call("keys", "vmi")
    assert (said.code, said.out) == (2, "")
    assert "vim" in said.err


def test_macros(call, home) -> None:
    """They stand in the list, the number and JSON under words of their own; config prints them as TOML."""
    own = 'C = { does = ["paper.star", "list.down"], words = "keep" }\nh = ["paper.done"]\n'
    (home / "config.toml").write_text(f"[keys]\n{own}")
    lines = call("keys").lines
    at = lines.index("macros")
    assert lines[at + 1].split() == ["C", "keep", "paper.star,", "list.down", "(yours)"]
    assert lines[at + 2].split() == ["h", "done", "paper.done", "(yours)"]
    assert call("keys", "--check").lines[0].endswith("commands have keys, and 2 macros.")
    assert call("keys", "--json").json["macros"] == {
        "C": {"does": ["paper.star", "list.down"], "words": "keep"},
        "h": {"does": ["paper.done"], "words": "done"},
    }
    printed = call("config").out
    assert tomllib.loads(printed)["keys"] == tomllib.loads(own)


def test_ones_own_keys(call, home) -> None:
    """They lie over the keymap and are marked."""
    (home / "config.toml").write_text('keymap = "vim"\n[keys]\n"paper.star" = "f8"\n')
    said = call("keys")
    assert said.lines[0].startswith("vim: ")
    (line,) = (line for line in said.lines if "paper.star" in line)
    assert line.split()[0] == "f8"
    assert line.endswith("(yours)")


def test_a_keymap_of_ones_own_lies_beside_the_settings(call, home, monkeypatch) -> None:
    """Its path counts from config.toml, wherever papertui is called."""
    mine = 'name = "mine"\ndescription = "d"\nextends = "default"\ndigits = "counts"\n[keys]\n'
    (home / "mine.toml").write_text(mine)
    (home / "config.toml").write_text('keymap = "mine.toml"\n')
    (home / "elsewhere").mkdir()
    monkeypatch.chdir(home / "elsewhere")
    assert call("keys").lines[0] == "mine: d"


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ('keymp = "vim"', ["keymp", "keymap"]),
        ("keymap = 3", ["keymap", "text in quotes"]),
        ("keymap =", ["TOML"]),
        ('keymap = "nope"', ["nope", "vim"]),
        ('glyphs = "x"', ["glyphs", "ascii"]),
        ('advance = "x"', ["advance", "stay"]),
        ('search = "x"', ["search", "{title}"]),
        ("keys = 3", ["keys", "[keys]"]),
        ('[keys]\n"paper.stra" = "s"', ["paper.stra", "paper.star"]),
        ('[keys]\n"paper.star" = "nokey"', ["paper.star", "nokey"]),
        ('[keys]\n"paper.star" = "d"', ["paper.star", "paper.done"]),
    ],
)
def test_a_wrong_config_is_a_sentence(call, home, toml, words) -> None:
    """Exit 2, naming the file, the key and what to write; verbs that need no settings still work."""
    (home / "config.toml").write_text(toml)
    said = call("keys")
    assert (said.code, said.out) == (2, "")
    assert str(home / "config.toml") in said.err
    assert all(word in said.err for word in words)
    assert len(said.err.splitlines()) == 1
    assert call("list").code == 0
    said = call("doctor")
    assert said.code == 1
    assert len([line for line in said.lines if line.startswith("NO ")]) == 1


def test_config(call, home) -> None:
    """What is in force is itself a config.toml."""
    assert call("config", "--path").out == f"{home / 'config.toml'}\n"
    (where,) = (line for line in call("config").lines if line.startswith("# where you stopped: "))
    assert "/place-" in where
    said = call("config")
    assert "not there yet" in said.lines[0]
    defaults = tomllib.loads(said.out)
    assert defaults["keymap"] == "default"
    (home / "config.toml").write_text('theme = "nord"\nkeymap = "vim"\n[keys]\n"paper.star" = "f8"\n')
    values = tomllib.loads(call("config").out)
    assert (values["theme"], values["keymap"], values["keys"]) == ("nord", "vim", {"paper.star": "f8"})
    as_json = call("config", "--json").json
    assert (as_json["theme"], as_json["library"]) == ("nord", str(home / "library"))
    assert as_json["config"] == str(home / "config.toml")


def test_what_config_prints_can_be_its_own_file(call, home) -> None:
    """Settings survive being printed and read again."""
    (home / "config.toml").write_text('search = "https://x.org/?q={title}"\nglyphs = "ascii"\n' + VIEWS)
    before = call("config", "--json").json
    (home / "config.toml").write_text(call("config").out, "utf-8")
    assert call("config", "--json").json == before


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completions(call, shell) -> None:
    """A script for the shell that calls papertui."""
    said = call("completions", shell)
    assert said.code == 0
    assert "_PAPERTUI_COMPLETE" in said.out


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("papertui li", "plain,list"),
        ("papertui li", "file,li"),
        ("papertui list --or", "plain,--order"),
        ("papertui mark x --st", "plain,--star"),
        ("papertui zzz --x", ""),
        ("papertui list --limit ", ""),
    ],
)
def test_what_a_shell_completes(program, words, wanted) -> None:
    """Verbs, files and options; nothing breaks in the middle of a wrong line."""
    place = str(len(words.split(" ")) - 1)
    said = program(_PAPERTUI_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=place)
    assert said.err == ""
    assert wanted in said.out


def test_views_of_an_empty_library(call) -> None:
    """Zeros, and how to fill it."""
    said = call("views")
    assert said.code == 0
    assert said.lines[0].split() == ["0", "inbox", "is:inbox"]
    assert "is empty" in said.err
    assert not Path("library").exists()
