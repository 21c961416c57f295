"""What the app is handed, and the library's folder, as the app keeps an eye on it."""

import shutil
from pathlib import Path

import pytest

from tui.cli.front_door import Session
from tui.cli.launch import Folder, check, given
from tui.errors import LibraryError, UsageError


def test_a_folder_that_goes_and_comes_back(tmp_path: Path) -> None:
    """Gone it is told of, whatever took it away; back it is the same."""
    library = tmp_path / "library"
    library.mkdir()
    standing = Folder(library)
    standing()
    library.rename(tmp_path / "away")
    with pytest.raises(LibraryError, match=r"library: the library's folder is gone; nothing was changed\."):
        standing()
    (tmp_path / "away").rename(library)
    standing()


def test_a_folder_with_another_in_its_place(tmp_path: Path) -> None:
    """A copy is another one."""
    library = tmp_path / "library"
    library.mkdir()
    standing = Folder(library)
    library.rename(tmp_path / "away")
    shutil.copytree(tmp_path / "away", library)
    with pytest.raises(LibraryError, match="another library stands in this one's place"):
        standing()


def test_a_folder_that_is_yet_to_be_made(tmp_path: Path) -> None:
    """An empty library has none until something is kept; that one is it."""
    standing = Folder(tmp_path / "library")
    standing()
    (tmp_path / "library").mkdir()
    standing()
    (tmp_path / "library").rmdir()
    with pytest.raises(LibraryError):
        standing()


def test_the_app_is_handed_the_users_views_and_keeps_more(home: Path) -> None:
    """They come from config.toml, where a new one is written; one that cannot be is told in a sentence."""
    (home / "config.toml").write_text('[[views]]\nname = "ripe"\nquery = "is:later"\n')
    session = Session()
    handed = given(session, check(session, None, None), "", "")
    assert handed.views.names[-1] == handed.library.views.names[-1] == "ripe"
    views = handed.save_view("two", "view:ripe", "-title")
    assert views.names[-2:] == ("ripe", "two")
    assert Session().views == views
    with pytest.raises(UsageError, match="there is a view of this name already"):
        handed.save_view("two", "x", "digest")
