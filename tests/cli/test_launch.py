"""What the app is handed, and the library's folder, as the app keeps an eye on it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.cli.front_door import Session
from tui.cli.launch import Folder, check, given
from tui.errors import LibraryError, UsageError
from tui.settings import save_place
from tui.ui.given import Given, Place


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


@pytest.fixture
def opened(call: Callable[..., object], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Given]:
    """Call papertui as on a terminal; returns what the app would be handed."""
    handed: list[Given] = []

    def opened(*args: object) -> Given:
        call("open", *args)
        return handed[-1]

    monkeypatch.setattr("tui.cli.import_verbs._has_terminal", lambda: True)
    monkeypatch.setattr("tui.cli.launch.launch", lambda *args: handed.append(given(*args)))
    return opened


def test_what_is_new_is_begun_with(home: Path, ids: list[str], digest, opened) -> None:
    """In the inbox, whatever was shown before, in the order that was kept; nothing stays selected."""
    left = Place(view="starred", filter="tag:audio", order="title", paper=ids[2], above=3, selected=ids[1])
    save_place(home / "library", left)
    app = opened(digest("Zeta kettle", "Epsilon kettle", name="more.txt"))
    place = app.place
    assert (place.view, place.filter, place.order, place.selected) == ("inbox", "", "title", "")
    assert app.library.papers[place.paper].title == "Epsilon kettle"


def test_where_nothing_is_new_one_goes_on(home: Path, ids: list[str], opened) -> None:
    """Exactly where one stopped; a query is shown whatever came."""
    left = Place(view="starred", filter="tag:audio", order="title", paper=ids[2], above=3, selected=ids[1])
    save_place(home / "library", left)
    assert opened(home / "digest.txt").place == opened().place == left
    assert opened(home / "digest.txt", "--query", "kettle").place.filter == "kettle"
