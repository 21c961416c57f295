"""What leaves papertui: files, copies, addresses."""

import base64
import json
from pathlib import Path

import pytest
from sittings import SMALL, Doors, Opener, Sitting, title

from tui.papers.paper import Record
from tui.ui.screens.copying import MOST

Size = tuple[int, int]
ANVIL = title("Anvil")
LINK = "https://example.org/anvil"


def select(ui: Sitting, monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Have these papers selected, by whatever keys."""
    papers = [ui.paper(name) for name in names]
    ui.screen.selecting.chosen.update(paper.id for paper in papers)
    monkeypatch.setattr(ui.screen.deciding, "reached", lambda count=1: papers)


# -- writing to a file ----------------------------------------------------------------------------


async def test_the_starred_papers_are_written(open_: Opener, size: Size, tmp_path: Path) -> None:
    """`e` asks where, says how many in which format, and writes them in the order shown."""
    async with open_(size) as ui:
        await ui.press("s", "s", "O", "t", "O", "r", "e")
        assert ui.foot[0] == "export to reading.md"
        assert ui.foot[1].startswith("2 starred papers as markdown")
        path = tmp_path / "r.md"
        await ui.press("ctrl+u", *str(path))
        await ui.press("enter")
        assert ui.said.startswith("wrote 2 papers to ")
        text = path.read_text("utf-8")
        assert text.index("Bellows: What") < text.index("Anvil: What")
        await ui.press("e")
        assert "replaces the file" in ui.foot[1] or size == SMALL
        await ui.press("escape")


@pytest.mark.parametrize("name", ["r.md", "r.jsonl", "r.bib", "r.json"])
async def test_how_many_a_file_held_before_is_said(open_: Opener, tmp_path: Path, name: str) -> None:
    """Where papertui wrote it, in this sitting or another."""
    path = tmp_path / name
    async with open_() as ui:
        await ui.press("s", "e", "ctrl+u", *str(path), "enter")
        assert "(was" not in ui.said
        await ui.press("s", "s", "e", "enter")
        assert ui.said.endswith(f"{name} (was 1)")


async def test_nothing_is_said_of_what_another_wrote(open_: Opener, tmp_path: Path) -> None:
    """A file of somebody else's has no papers that could be counted."""
    path = tmp_path / "r.md"
    path.write_text("# My 9 papers\n", "utf-8")
    async with open_() as ui:
        await ui.press("s", "e", "ctrl+u", *str(path), "enter")
        assert ui.said.endswith("r.md")


async def test_the_selected_papers_are_written(
    open_: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Starred or not; the prompt says which are meant."""
    path = tmp_path / "r.jsonl"
    async with open_() as ui:
        select(ui, monkeypatch, "Candle", "Anvil")
        await ui.press("e")
        assert ui.foot[0] == "write 2 selected papers to reading.md"
        assert ui.foot[1].startswith("2 selected papers as markdown")
        await ui.press("ctrl+u", *str(path), "enter")
        titles = [json.loads(line)["title"] for line in path.read_text("utf-8").splitlines()]
        assert titles == [title("Candle"), ANVIL]


@pytest.mark.parametrize(
    ("ending", "name", "begins"),
    [("bib", "bibtex", "@misc{anvil2024-"), ("txt", "citation", f"{ANVIL}. 2024")],
)
async def test_the_ending_says_the_format(
    open_: Opener, tmp_path: Path, ending: str, name: str, begins: str
) -> None:
    """.bib is BibTeX, .txt a line a paper."""
    path = tmp_path / f"r.{ending}"
    async with open_() as ui:
        await ui.press("s", "e", "ctrl+u", *str(path))
        assert ui.foot[1].startswith(f"1 starred paper as {name}")
        await ui.press("enter")
        assert path.read_text("utf-8").startswith(begins)


async def test_a_missing_folder_is_said_and_asked_again(open_: Opener, tmp_path: Path) -> None:
    """What cannot be written is said in a sentence, and the prompt stays for another place."""
    async with open_() as ui:
        await ui.press("s", "e", "ctrl+u", *"/none/r.md", "enter")
        assert ui.foot[1].startswith("^ /none/r.md: there is no folder /none; nothing was written. Choose")
        assert ui.screen.prompt.is_open
        await ui.press("ctrl+u", *str(tmp_path / "r.md"), "enter")
        assert (tmp_path / "r.md").exists()


async def test_no_path_breaks_the_prompt(open_: Opener) -> None:
    """Whatever is typed, the prompt goes on."""
    async with open_() as ui:
        await ui.press("s", "e")
        for path in ("~nobody-of-that-name/x.md", "/root/x.md", "x" * 300, "/"):
            await ui.press("ctrl+u", *path)
            assert ui.foot[1].startswith("1 starred paper as")


async def test_nothing_starred_nothing_to_write(open_: Opener) -> None:
    """`e` then says which key keeps a paper; an empty place is not written to either."""
    async with open_() as ui:
        await ui.press("e")
        assert ui.said == "Nothing starred yet. s keeps a paper."
        await ui.press("s", "e", "ctrl+u", "enter")
        assert ui.screen.prompt.is_open


# -- copying --------------------------------------------------------------------------------------


async def test_copy(open_: Opener, size: Size) -> None:
    """`y` asks what; it goes to the terminal, which never says that it took it, and to the clipboard."""
    copies = {
        "y": (f"{ANVIL}\n{LINK}", "title and link"),
        "enter": (f"{ANVIL}\n{LINK}", "title and link"),
        "t": (ANVIL, "title"),
        "l": (LINK, "link"),
        "m": (f"[{ANVIL}](<{LINK}>)", "title as Markdown"),
        "c": (f"{ANVIL}. 2024. {LINK}", "citation"),
    }
    async with open_(size) as ui:
        paper = ui.paper("Anvil")
        copies["i"] = (paper.id, "id")
        for key, (text, what) in copies.items():
            await ui.press("y")
            offered = "y title and link t title l link a abstract m Markdown c citation b BibTeX i id"
            assert offered in " ".join(ui.text.split()).partition("? Copy what? ")[2]
            await ui.press(key)
            assert ui.said == f"sent the {what} to the terminal (OSC 52)"
            assert ui.doors.copied[-1] == ui.app.clipboard == text
        await ui.press("y", "a")
        assert ui.app.clipboard.startswith("We study the anvil with care. ")
        await ui.press("y", "b")
        assert ui.app.clipboard.startswith(f"@misc{{anvil2024-{paper.id[:6]},\n")
        assert ui.app.clipboard.endswith("\n}")


async def test_copy_through_the_machines_own_clipboard(open_: Opener) -> None:
    """The message names the way that is known to have worked."""
    async with open_(doors=Doors(clipboard="pyperclip")) as ui:
        await ui.press("y", "y")
        assert ui.said == "copied the title and link (pyperclip)"


async def test_copy_without_a_link(open_: Opener) -> None:
    """What there is not is not offered; any other key waits."""
    async with open_() as ui:
        await ui.press("j", "y")
        assert ui.foot[1] == "y title  t title  a abstract  m Markdown  c citation  b BibTeX  i id"
        await ui.press("l")
        assert ui.doors.copied == []
        assert ui.names("later") == []


async def test_the_selected_papers_are_copied(open_: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    """All at once; of links as many as there are."""
    async with open_(doors=Doors(clipboard="pyperclip")) as ui:
        select(ui, monkeypatch, "Anvil", "Bellows", "Candle")
        said = {"m": "3 as Markdown", "l": "1 link", "t": "3 titles", "y": "3 titles and links"}
        said |= {"c": "3 citations", "b": "3 as BibTeX", "i": "3 ids", "a": "3 abstracts"}
        for key, words in said.items():
            await ui.press("y")
            assert ui.foot[0] == "? Copy what of 3 papers?"
            await ui.press(key)
            assert ui.said == f"copied {words} (pyperclip)"
        copied = dict(zip(said, ui.doors.copied, strict=True))
        assert copied["m"] == f"- [{ANVIL}](<{LINK}>)\n- {title('Bellows')}\n- {title('Candle')}"
        assert copied["l"] == LINK
        assert copied["y"] == f"{ANVIL}\n{LINK}\n\n{title('Bellows')}\n\n{title('Candle')}"
        assert copied["b"].count("@misc{") == copied["c"].count("\n") + 1 == 3


async def test_nothing_of_a_paper_commands_a_terminal(open_: Opener) -> None:
    """What is copied holds no control character, neither as it is sent nor as it is pasted."""
    bad = "Ti\x1b]52;c;aGk=\x07tle\r\nrm -rf\u202e /\x9b"
    given = (Record(title=bad, abstract=f"{bad}\n{bad}", links=("https://a.example/1",)),)
    async with open_(given=given) as ui:
        for key in "ytlamcbi":
            await ui.press("y", key)
            assert ui.doors.copied[-1].replace("\n", "").isprintable(), key
        assert len(ui.doors.copied) == 8


async def test_too_much_for_a_terminal(open_: Opener) -> None:
    """It is not sent, for some terminals would drop it without a word; the message says what to do."""
    given = (Record(title="Anvil: x", abstract="ab " * MOST),)
    async with open_(given=given) as ui:
        await ui.press("y", "a")
        assert ui.said == "Too much for a terminal's clipboard: the abstract; e writes papers to a file."
        assert ui.app.clipboard == ""
    async with open_(doors=Doors(clipboard="pyperclip"), given=()) as ui:
        await ui.press("y", "a")
        assert ui.said == "copied the abstract (pyperclip)"


async def test_the_bound_is_that_of_base64(open_: Opener) -> None:
    """A text of just so many bytes still goes."""
    text = "a" * (MOST // 4 * 3)
    assert len(base64.b64encode(text.encode())) <= MOST
    async with open_(given=(Record(title="Anvil: x", abstract=text),)) as ui:
        await ui.press("y", "a")
        assert ui.app.clipboard == text


# -- opening --------------------------------------------------------------------------------------


async def test_browse_opens_the_link(open_: Opener) -> None:
    """`o` hands the address to the browser and says where it went."""
    async with open_() as ui:
        await ui.press("o")
        assert ui.doors.browsed == [LINK]
        assert ui.said == "opened example.org/anvil"


async def test_a_browser_that_needs_the_terminal(open_: Opener) -> None:
    """It is run at once, and what is typed after it is done when it has ended."""
    async with open_(browses_here=lambda: True) as ui:
        await ui.press("o", "j")
        assert ui.doors.browsed == [LINK]
        assert (ui.said, ui.here) == ("opened example.org/anvil", "Bellows")


async def test_browse_without_a_link_looks_the_title_up(open_: Opener) -> None:
    """The address searched has the title, quoted for an address; the setting names the place."""
    async with open_(search="https://find.example/?q={title}&x=1") as ui:
        await ui.press("j", "o")
        assert ui.doors.browsed == [
            "https://find.example/?q=Bellows%3A%20What%20It%20Does%20to%20Tensors&x=1"
        ]
        assert ui.said == "No link known; searching for the title at find.example."


@pytest.mark.parametrize("here", [True, False])
async def test_no_browser(open_: Opener, here: bool) -> None:
    """Then the address is copied, and said."""
    async with open_(doors=Doors(has_browser=False), browses_here=lambda: here) as ui:
        await ui.press("o")
        assert ui.said == "No browser here; the address is copied: example.org/anvil"
        assert ui.app.clipboard == ui.doors.copied[0] == LINK


async def test_an_address_too_long_for_the_line_is_cut(open_: Opener, size: tuple[int, int]) -> None:
    """And ends with an ellipsis, so that nobody takes it for the whole."""
    given = (Record(title="Anvil: x", links=(f"https://a.example/{'b' * 200}",)),)
    async with open_(size, given=given, doors=Doors(has_browser=False)) as ui:
        await ui.press("o")
        assert ui.said.startswith("No browser here; the address is copied: a.example/bbb")
        assert ui.said.endswith("b…")


async def test_several_links_are_chosen_from(open_: Opener) -> None:
    """`o` asks which; its number, or enter or `o` for the first, opens it."""
    given = (Record(title="Anvil: x", links=("https://a.example/1", "https://b.example/2")),)
    async with open_(given=given) as ui:
        await ui.press("o")
        assert ui.foot == ["? Open which?", "1 a.example/1  2 b.example/2"]
        await ui.press("2", "o", "o", "o", "enter", "o", "escape")
        assert ui.doors.browsed == ["https://b.example/2", "https://a.example/1", "https://a.example/1"]


async def test_links_are_named_by_what_they_are(open_: Opener) -> None:
    """As far as the address says it; a host that only looks like one is not taken for it."""
    links = (
        "https://arxiv.org/abs/2410.00001",
        "https://arxiv.org/pdf/2410.00001",
        "https://github.com/a/b",
        "https://huggingface.co/a/b",
        "https://a.github.io/b/",
        "https://notarxiv.org/abs/1",
        "https://c.example/d.pdf",
    )
    async with open_(given=(Record(title="Anvil: x", links=links),)) as ui:
        await ui.press("o")
        asked = " ".join(ui.text.split()).partition("? Open which? ")[2]
        for words in (
            "arXiv arxiv.org/abs/2410.00001",
            "PDF arxiv.org/pdf/2410.00001",
            "code github.com/a/b",
            "code huggingface.co/a/b",
            "project a.github.io/b/",
            "PDF c.example/d.pdf",
        ):
            assert words in asked
        assert "arXiv notarxiv" not in asked
        number = next(word for word in asked.split() if asked.partition(f" {word} PDF c.example")[1])
        await ui.press(number)
        assert ui.doors.browsed == ["https://c.example/d.pdf"]


async def test_an_empty_name_is_told(open_: Opener) -> None:
    """In the prompt, which stays open."""
    async with open_() as ui:
        await ui.press(ui.screen.key("paper.star"), ui.screen.key("export.write"), "ctrl+u", "enter")
        assert ui.foot[1] == "^ Name a file."
        assert ui.screen.prompt.is_open
