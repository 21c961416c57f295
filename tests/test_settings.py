"""Where things live, config.toml, and the place the user stopped at."""

import json
from pathlib import Path

import pytest
from msgspec.structs import fields

from tui.errors import SettingsError
from tui.settings import (
    CHOICES,
    KEYS,
    Settings,
    at_home,
    config_path,
    library_path,
    load_place,
    load_settings,
    save_place,
)
from tui.ui.given import Place


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of our own."""
    for name in ("DATA", "CONFIG", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("PAPERTUI_LIBRARY", raising=False)
    monkeypatch.delenv("PAPERTUI_CONFIG", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_library_asked_for_beats_the_environment(home, monkeypatch) -> None:
    """Then PAPERTUI_LIBRARY, then the usual place; always absolute, `~` understood."""
    assert library_path() == home / "data" / "papertui" / "library"
    monkeypatch.setenv("PAPERTUI_LIBRARY", "~/mine")
    assert library_path() == home / "mine"
    assert library_path("rel") == home / "rel"
    monkeypatch.setenv("PAPERTUI_LIBRARY", "")
    assert library_path() == home / "data" / "papertui" / "library"


def test_where_the_settings_lie(home, monkeypatch) -> None:
    """In the usual place, or where PAPERTUI_CONFIG says."""
    assert config_path() == home / "config" / "papertui" / "config.toml"
    monkeypatch.setenv("PAPERTUI_CONFIG", "~/my.toml")
    assert config_path() == home / "my.toml"


def test_a_home_that_nobody_has() -> None:
    """The path stays as it is written."""
    assert at_home("~nobody-of-this-name/x") == Path("~nobody-of-this-name/x")


def test_without_a_file_the_defaults_hold(home) -> None:
    """And none is made."""
    assert load_settings() == Settings()
    assert list(home.iterdir()) == []


def test_every_setting_is_described() -> None:
    """`papertui config` prints what each is for, and its default may be chosen."""
    assert list(KEYS) == [field.name for field in fields(Settings)]
    assert all(getattr(Settings(), name) in choices for name, choices in CHOICES.items())


def test_settings_are_read(home) -> None:
    """All of them; a byte-order mark does not matter."""
    path = home / "c.toml"
    path.write_text(
        'keymap = "vim"\ntheme = "nord"\nglyphs = "ascii"\nadvance = "stay"\n'
        'search = "https://x.org/?q={title}"\n[keys]\n"paper.star" = "s"\n'
        '[[views]]\nname = "x"\nquery = "is:later"\n',
        "utf-8-sig",
    )
    assert load_settings(path) == Settings(
        "vim", "nord", "ascii", "stay", "https://x.org/?q={title}", {"paper.star": "s"},
        [{"name": "x", "query": "is:later"}],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "keymap"), [("mine.toml", "/c/mine.toml"), ("/k/mine.toml", "/k/mine.toml"), ("vim", "vim")]
)
def test_a_keymap_beside_the_settings(home, name, keymap) -> None:
    """A path counts from the folder of config.toml; a name is a name."""
    (home / "c").mkdir()
    (home / "c" / "config.toml").write_text(f'keymap = "{name}"')
    expected = keymap if keymap.startswith("/k") or name == "vim" else str(home) + keymap
    assert load_settings(home / "c" / "config.toml").keymap == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("theem = 'x'", "there is no setting “theem”; did you mean “theme”?"),
        ("zzz = 1", "there is no setting “zzz”; there are keymap, theme,"),
        ("keymap = 3", "“keymap” must be a text in quotes"),
        ("theme = ['x']", "“theme” must be a text in quotes"),
        ("keys = 'x'", "“keys” must be a table"),
        ("glyphs = 'x'", "“glyphs” cannot be “x”; choose auto, unicode, ascii."),
        ("advance = ''", "“advance” cannot be “”; choose next-undecided, next, stay."),
        ("search = 'https://x.org'", "“search” must be a web address with {title} in it."),
        ("search = 'javascript:{title}'", "“search” must be a web address with {title} in it."),
        ("views = 'x'", "“views” must be tables: [[views]], and below it name = "),
        ("[views.x]\nquery = 'y'", "“views” must be tables: [[views]]"),
        ("[[views]]\nquery = 'y'", "view no. 1: it has no name; write name = "),
        ("[[views]]\nname = 'x'", "view “x”: it has no query; write query = "),
        ("[[views]]\nname = 'x'\nquery = 3", "view “x”: its query must be a text in quotes."),
        ("[[views]]\nname = 'x'\nquery = 'y'\nsort = 'z'", "view “x”: there is no “sort”; a view has name,"),
        ("[[views]]\nname = 'x'\nquery = 'a ('", "view “x”: this ( is never closed"),
        ("[[views]]\nname = 'x'\nquery = 'y'\norder = 'titel'", "view “x”: There is no order “titel”; did"),
        ("[[views]]\nname = 'Inbox'\nquery = 'y'", "view “Inbox”: there is a view of this name already"),
        ("[[views]]\nname = 'x'\nquery = 'view:x'", "view “x”: it names itself"),
        ("keymap", "this is not TOML, correct it there: "),
        (b"theme = '\xff'", "this is not UTF-8"),
    ],
)
def test_a_wrong_file_is_a_sentence(home, text, words) -> None:
    """It names the file, the key and what to write instead."""
    path = home / "c.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(SettingsError) as error:
        load_settings(path)
    assert str(error.value).startswith(f"{path}: {words}")
    assert str(error.value).endswith((".", "?", ")", "[[views]]."))


def test_a_folder_for_a_file(home) -> None:
    """The system's reason, in words."""
    with pytest.raises(SettingsError, match=r"cannot be read \(is a directory\)\.$"):
        load_settings(home)


def test_a_place_is_kept(home) -> None:
    """One for each library, in the state folder, never in the library."""
    place = Place("starred", "newest", True, "tag:é \udce9", "0123456789ab", "nord")
    save_place(home / "one", place)
    assert load_place(home / "one", Place()) == place
    assert load_place(home / "two", Place()) == Place()
    assert [path.name for path in home.iterdir()] == ["state"]
    assert len(list((home / "state" / "papertui").iterdir())) == 1


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", Place()),
        ("garbage", Place()),
        ("[]", Place()),
        ("null", Place()),
        ('{"view": 3, "reverse": "yes", "new": 1, "order": "title"}', Place(order="title")),
        ('{"view": "later", "reverse": true}', Place("later", reverse=True)),
    ],
)
def test_a_place_that_cannot_be_read(home, text, place) -> None:
    """What is readable of it counts; the rest is the beginning."""
    save_place(home, Place())
    (file,) = (home / "state" / "papertui").iterdir()
    assert json.loads(file.read_text())
    file.write_text(text)
    assert load_place(home, Place()) == place


def test_a_place_that_cannot_be_kept(home) -> None:
    """Is no reason to trouble anyone."""
    (home / "state").write_text("a file where a folder should be")
    save_place(home, Place("starred"))
    assert load_place(home, Place()) == Place()
