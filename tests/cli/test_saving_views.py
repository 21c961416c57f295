"""Views are added to config.toml as the user would: nothing else in it changes."""

import tomllib
from pathlib import Path

import pytest

from tui.cli.saving_views import save_view
from tui.errors import ExportError, PapertuiError, SettingsError
from tui.settings import load_settings

VIEW = """[[views]]
name = "large kernels"
query = 'title:"large kernel" -#seen'
order = "-newest"
"""


def saved(path: Path) -> str:
    """The file after a view was added to it."""
    save_view(path, "large kernels", 'title:"large kernel" -#seen', "-newest")
    return path.read_bytes().decode()


@pytest.mark.parametrize(
    ("before", "gap"),
    [
        ("", ""),
        ('# mine\nkeymap   = "vim" # yes\n\n', ""),
        ('keymap = "vim"', "\n\n"),
        ('[keys] # two\n"paper.star" = "s,*"\n# the end\n', "\n"),
        ('[[views]]\nname = "a"\nquery = "b"\n\n# about keys\n[keys]\n"paper.star" = "s"\n', "\n"),
        ('\ufeffkeymap = "vim"\n', "\n"),
    ],
)
def test_what_the_file_said_stays(tmp_path: Path, before: str, gap: str) -> None:
    """To the letter: comments, blanks and order; the view stands at its end, behind a blank line."""
    path = tmp_path / "config.toml"
    path.write_text(before, "utf-8")
    assert saved(path) == before + gap + VIEW
    assert load_settings(path).all_views().get("large kernels")


def test_line_ends_stay_what_they_are(tmp_path: Path) -> None:
    """An editor of Windows shows no half of them."""
    path = tmp_path / "config.toml"
    path.write_bytes(b'keymap = "vim"\r\n')
    assert saved(path) == 'keymap = "vim"\r\n\r\n' + VIEW.replace("\n", "\r\n")


def test_folder_and_file_are_made_for_their_owner(tmp_path: Path) -> None:
    """Neither is there before the first view is kept; a file that is there keeps its rights."""
    path = tmp_path / "new" / "config.toml"
    assert saved(path) == VIEW
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    path.chmod(0o644)
    save_view(path, "more", "is:later", "digest")
    assert path.stat().st_mode & 0o777 == 0o644
    assert [file.name for file in path.parent.iterdir()] == ["config.toml"]


def test_all_views_there_are_then_are_returned(tmp_path: Path) -> None:
    """Those of the file as it is now, whoever wrote them, and a new one may name them."""
    path = tmp_path / "config.toml"
    path.write_text('[[views]]\nname = "of\'\\"all" # comment\nquery = "a"\n')
    views = save_view(path, "two", 'view:"of\'\\"all" b', "digest")
    assert [view.name for view in views.own] == ["of'\"all", "two"]
    assert load_settings(path).all_views() == views


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("keymap = ", "this is not TOML"),
        ("theem = 'x'", "did you mean “theme”?"),
        ("views = []\n", r"the view “large kernels” was not kept: only .* \[\[views\]\] tables"),
        ('[[views]]\nname = "Large Kernels"\nquery = "x"\n', "there is a view of this name already"),
    ],
)
def test_a_file_that_cannot_be_added_to_is_left_as_it_is(tmp_path: Path, text: str, words: str) -> None:
    """And a sentence says why."""
    path = tmp_path / "config.toml"
    path.write_text(text)
    with pytest.raises(PapertuiError, match=words):
        saved(path)
    assert path.read_text() == text


@pytest.mark.parametrize(
    ("name", "query", "order"),
    [("inbox", "x", "digest"), (" ", "x", "digest"), ("x", "a (", "digest"), ("x", "view:x", "digest"),
     ("x", "y", "titel"), ("x", "\udcff", "digest")],
)  # fmt: skip
def test_what_is_no_view_is_not_kept(tmp_path: Path, name: str, query: str, order: str) -> None:
    """A name that is taken or none, a wrong query or order, a circle, what no file can hold."""
    with pytest.raises(PapertuiError):
        save_view(tmp_path / "config.toml", name, query, order)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    """Sentences that name the place."""
    (tmp_path / "file").write_text("")
    with pytest.raises((ExportError, SettingsError), match="file"):
        saved(tmp_path / "file" / "config.toml")
    (tmp_path / "blocked").mkdir()
    with pytest.raises(SettingsError, match="blocked: cannot be read"):
        saved(tmp_path / "blocked")


def test_any_name_and_query_survive(tmp_path: Path) -> None:
    """Quotes of both kinds, brackets and other scripts are read again as they were written."""
    path = tmp_path / "config.toml"
    asked = {"it's": 'note:"it\'s"', "[x] # y = z": 'tag:"[x]"', "核心": "核心 OR ~nearly", 'a"b': "is:later"}
    for name, query in asked.items():
        save_view(path, name, query, "digest")
    written = tomllib.loads(path.read_text("utf-8"))["views"]
    assert {view["name"]: view["query"] for view in written} == asked
