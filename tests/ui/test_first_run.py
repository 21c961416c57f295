"""The first run: an empty library says what to do, takes a file in, and opens the samples in its place."""

from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from sittings import SMALL, WIDE, Opener, Sitting, library

from tui.cli.first_run import SAMPLES, bring_in, open_samples, paths
from tui.ui.given import Given

Size = tuple[int, int]
ROOMY = pytest.mark.parametrize("size", [WIDE, SMALL, (140, 40)], ids=["120x36", "80x24", "140x40"])


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of our own with two digests and a letter, in which papertui is started."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "digests"
    folder.mkdir()
    for name in ("mon", "tue"):
        (folder / f"{name}.txt").write_text(f"Title: Kettle {name}\nSummary: About it.\n", "utf-8")
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "letter.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    (tmp_path / ".hidden").mkdir()
    return tmp_path


@pytest.fixture
def first(open_: Opener, tmp_path: Path):
    """`async with first() as ui:` is a first run with the doors that the command line gives."""
    doors = {"paths": paths, "bring_in": partial(bring_in, tmp_path / "library")}

    def opened(size: Size = WIDE, keymap: str = "default", **more: object):
        def samples() -> Given:
            return open_samples(ui.app.given)

        opening = open_(size, given=(), keymap=keymap, samples=samples, **doors, **more)

        class Opened:
            async def __aenter__(self) -> Sitting:
                nonlocal ui
                ui = await opening.__aenter__()
                return ui

            async def __aexit__(self, *wrong: object) -> None:
                await opening.__aexit__(*wrong)

        ui: Sitting
        return Opened()

    return opened


@ROOMY
async def test_what_can_be_done_is_said_with_its_keys(first, size: Size) -> None:
    """All of it is on the screen, nothing of the list is, and nothing was written."""
    async with first(size) as ui:
        lines = [line.strip() for line in ui.lines if line.strip()]
        assert lines[0] == "papertui"
        assert "o   choose a file or folder now" in lines
        assert "s   look round with forty made-up papers, kept apart from yours" in lines
        assert "?   the keys, all of them" in lines
        assert "q   quit" in lines
        assert lines[-1] == "Your library will lie in ~/library"
        assert "inbox 0" not in ui.text
    assert not Path("library").exists()


@pytest.mark.parametrize("keymap", ["vim", "emacs", "newsboat", "arrows"])
async def test_the_keys_are_those_of_the_keymap(first, keymap: str) -> None:
    """Whatever they are, they are said, and they work."""
    async with first(keymap=keymap) as ui:
        browse, star = (ui.screen.key(name) for name in ("paper.browse", "paper.star"))
        lines = [line.strip() for line in ui.lines]
        assert f"{browse}   choose a file or folder now" in lines
        await ui.press(browse)
        assert ui.foot[0].startswith("import")
        await ui.press("escape", star)
        assert SAMPLES in ui.text


@ROOMY
async def test_a_folder_is_chosen_and_imported(first, size: Size) -> None:
    """Tab completes; the inbox is shown, and the report stands on the status line."""
    async with first(size) as ui:
        await ui.press("o", *"dig", "tab")
        assert ui.foot[0].startswith("import digests/")
        assert "mon.txt" in ui.foot[1]
        assert "tue.txt" in ui.foot[1]
        await ui.press("enter")
        assert ui.said == "2 new, 0 known already, from digests"
        assert ui.top.split()[:2] == ["inbox", "2"]
        assert "Kettle mon" in ui.text
        assert ui.place == "1 of 2"
        await ui.press("s")
        assert ui.library.counts()["starred"] == 1


async def test_what_came_is_in_the_inbox(first) -> None:
    """Whatever view and filter were chosen while there was nothing to see."""
    async with first() as ui:
        await ui.press(ui.screen.key("view.next"), ui.screen.key("view.next"))
        assert ui.screen.desk.view.name != "inbox"
        await ui.press(ui.screen.key("paper.browse"), *"digests/mon.txt", "enter")
        assert ui.screen.desk.view.name == "inbox"
        assert "Kettle mon" in ui.text
        assert ui.place == "1 of 1"


async def test_of_what_did_not_come_in_it_says_who_tells_why(first) -> None:
    """A folder that is no digests alone: the command beside it names each file and the reason."""
    async with first() as ui:
        Path("digests", "odd one.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
        await ui.press(ui.screen.key("paper.browse"), *"digests", "enter")
        said = "2 new, 0 known already, 1 file not read, from digests; `papertui import digests` says why"
        assert ui.said == said


async def test_a_single_file_and_the_way_up(first) -> None:
    """Shift+tab goes a folder up again; what is hidden is not offered."""
    async with first() as ui:
        await ui.press("o")
        assert "digests/" in ui.foot[1]
        assert "hidden" not in ui.foot[1]
        await ui.press(*"let", "tab", "shift+tab", *"digests/m", "tab", "enter")
        assert ui.said == "1 new, 0 known already, from mon.txt"


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_what_is_no_digest_is_said_and_asked_for_again(first, size: Size) -> None:
    """With the reason, and what was typed; it can be mended there."""
    async with first(size) as ui:
        await ui.press(ui.screen.key("paper.browse"))
        for typed in ("letters", "letters/letter.png", "nowhere.txt"):
            await ui.press("ctrl+u", *typed, "enter")
            assert ui.screen.prompt.text == typed
            assert typed in " ".join(ui.text.split())
            assert "choose a file or folder now" in ui.text
        assert "^ There is no file or folder nowhere.txt." in " ".join(ui.text.split())
        assert not Path("library").exists()
        await ui.press("ctrl+u", *"digests/mon.txt", "enter")
        assert "Kettle mon" in ui.text


async def test_how_many_more_names_there_are(first, home: Path) -> None:
    """Where not all of them are shown."""
    for number in range(18):
        (home / "digests" / f"{number}.txt").touch()
    async with first() as ui:
        await ui.press(ui.screen.key("paper.browse"), *"digests/")
        assert "and 14 more" in ui.foot[1]
        await ui.press("m")
        assert "more" not in ui.foot[1]


@pytest.mark.parametrize(
    "command",
    [
        *("export.write", "find.edit", "digest.pick", "tag.pick", "view.pick", "paper.tag", "paper.note"),
        *("paper.done", "paper.open", "paper.why", "select.all", "page.done", "triage.cards", "repeat.last"),
    ],
)
async def test_what_needs_papers_says_that_there_are_none(first, command: str) -> None:
    """Nothing is asked; the keys that bring papers are named."""
    async with first() as ui:
        browse, star = ui.screen.key("paper.browse"), ui.screen.key("paper.star")
        await ui.press(ui.screen.key(command))
        said = f"No papers yet; {browse} takes a file or folder in, {star} looks round in samples."
        assert said in " ".join(ui.text.split())
        assert not ui.screen.prompt.is_open


async def test_a_path_as_a_terminal_types_it_when_a_file_is_dropped(first, home: Path) -> None:
    """In quotes, with blanks escaped, or from the user's home."""
    odd = home / "two words.txt"
    odd.write_text("Title: Kettle odd\nSummary: About it.\n", "utf-8")
    for typed in (f"'{odd}' ", "two\\ words.txt", "~/two words.txt"):
        assert bring_in(home / "one more", typed, lambda done, total: None).endswith("from two words.txt")


async def test_leaving_the_prompt_leaves_everything(first) -> None:
    """Escape, and enter on an empty line."""
    async with first() as ui:
        await ui.press("o", "enter", "escape")
        assert "choose a file or folder now" in ui.text
        assert "No paper" not in ui.text


@ROOMY
async def test_the_samples_are_a_library_of_their_own(first, home: Path, size: Size) -> None:
    """Said with the way back; what is decided there is kept there."""
    async with first(size) as ui:
        await ui.press("s")
        assert SAMPLES in " ".join(ui.text.replace("─", "").split())
        assert ui.top.split()[:2] == ["inbox", "44"]
        await ui.press("s", "d", "?")
        assert "star: keep it" in ui.text
        await ui.press("q", "q")
        assert not ui.app.is_running
    assert not (home / "library").exists()
    assert library(home / "data" / "papertui" / "samples", ()).counts()["starred"] == 1
    assert library(home / "library", ()).counts()["all"] == 0


async def test_the_samples_are_gone_on_with(first) -> None:
    """Whoever opens them again finds them as they were left."""
    for expected in (0, 1):
        async with first() as ui:
            await ui.press("s")
            assert ui.app.given.library.counts()["starred"] == expected
            await ui.press("s")


async def test_keys_typed_ahead_of_the_samples_reach_them(first) -> None:
    """None is lost, none is done to the library that was left."""
    async with first() as ui:
        await ui.press("s", "s", "d", "l")
        counts = ui.app.given.library.counts()
        assert (counts["starred"], counts["later"], counts["inbox"]) == (1, 1, 41)


async def test_a_library_with_papers_has_no_such_keys(open_: Opener, tmp_path: Path) -> None:
    """There o browses and s stars, doors or not."""
    doors = {"paths": paths, "bring_in": partial(bring_in, tmp_path / "library")}
    async with open_(samples=lambda: replace(ui.app.given), **doors) as ui:
        await ui.press("s")
        assert ui.library.counts()["starred"] == 1
        await ui.press("g", "o")
        assert ui.doors.browsed


async def test_where_no_door_was_given_it_is_not_offered(open_: Opener) -> None:
    """The keys say what they say elsewhere."""
    async with open_(given=()) as ui:
        assert "choose a file" not in ui.text
        await ui.press("s")
        assert "No paper here." in ui.text
