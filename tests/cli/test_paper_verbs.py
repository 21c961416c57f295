"""list, show and export as scripts and people meet them."""

import fcntl
import json
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest
from tinydb import TinyDB, where

from tui.papers.text import key_of

DUMPS = Path(__file__).parent.parent / "dumps"


# -- list -----------------------------------------------------------------------------------------


def test_list_prints_columns(call, ids) -> None:
    """Tab-separated id, marks, date, title; marks and dates that are absent are a dash."""
    call("mark", ids[0], "--star", "--read")
    call("mark", ids[1], "--later")
    said = call("list")
    assert said.lines == [
        f"{ids[0]}\tsr\t-\tAlpha kettle",
        f"{ids[1]}\tl\t-\tBeta kettle",
        f"{ids[2]}\t-\t-\tGamma lantern",
        f"{ids[3]}\t-\t-\tDelta lantern",
    ]
    assert said.err == ""


def test_list_dates(call) -> None:
    """A paper's date is YYYY-MM-DD."""
    call("import", DUMPS / "exported.jsonl")
    assert call("list", "bellows").out.split("\t")[2] == "2024-06-27"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (["kettle"], [0, 1]),
        (["kettle", "beta"], [1]),
        (["-kettle"], [2, 3]),
        (["kettle", "-beta"], [0]),
        (["-tag:seen"], [1, 2, 3]),
        (["#seen"], [0]),
        (["is:starred"], [0]),
        (["-is:starred", "kettle"], [1]),
        (['"about alpha"'], [0]),
        (["--", "-kettle"], [2, 3]),
        (["nothing"], []),
        ([], [0, 1, 2, 3]),
    ],
)
def test_list_finds(call, ids, query, found) -> None:
    """Words are joined by blanks; a dash in front turns a word round; nothing found is exit 0."""
    call("mark", ids[0], "--star", "--tag", "seen")
    said = call("list", "--ids", *query)
    assert said.code == 0
    assert said.lines == [ids[number] for number in found]
    assert said.err == ""


def test_words_after_two_dashes_are_no_options(call, digest) -> None:
    """`list -- --foo` looks for papers without "-foo", as any word with a dash in front."""
    call("import", digest("Alpha", "The --foo of it"))
    assert call("list", "--", "--foo").lines[0].endswith("\tAlpha")
    assert len(call("list", "--", "--foo").lines) == 1


@pytest.mark.parametrize("args", [["--limit=3"], ["--limit", "3"]])
def test_list_limits(call, ids, args) -> None:
    """At most so many, before or after the query."""
    assert call("list", "--ids", *args).lines == ids[:3]
    assert call("list", *args, "lantern", "--ids").lines == ids[2:]
    assert call("list", "--limit", "0").out == ""


def test_list_orders(call, ids) -> None:
    """`--order title` sorts; the default is the order of the digest."""
    titles = [line.split("\t")[3] for line in call("list", "--order=title").lines]
    assert titles == ["Alpha kettle", "Beta kettle", "Delta lantern", "Gamma lantern"]
    assert call("list", "--order", "digest").out == call("list").out


def test_an_unknown_order_names_the_known_ones(call) -> None:
    """Exit 2 before anything is printed."""
    said = call("list", "--order", "nwest")
    assert said.code == 2
    assert "nwest" in said.err
    assert "newest" in said.err


def test_list_as_json_lines(call, ids) -> None:
    """A whole paper a line."""
    call("mark", ids[0], "--tag", "b", "--tag", "a", "--note", "hm")
    papers = [json.loads(line) for line in call("list", "--jsonl").lines]
    assert [paper["id"] for paper in papers] == ids
    assert papers[0]["abstract"] == "About Alpha kettle."
    assert (papers[0]["tags"], papers[0]["note"]) == (["a", "b"], "hm")
    assert papers[0]["digests"][0]["position"] == 1


@pytest.mark.parametrize(
    ("query", "column", "part"),
    [
        (["titel:x"], 1, "titel:x"),
        (["alpha", "titel:x"], 7, "titel:x"),
        (["alpha", '"beta'], 7, '"beta'),
        (["is:nonsense"], 4, "nonsense"),
    ],
)
def test_a_wrong_query_is_shown_where_it_is_wrong(call, query, column, part) -> None:
    """Exit 2; a caret stands under the column that the message names."""
    said = call("list", *query)
    assert said.code == 2
    message, shown, caret = said.err.splitlines()
    assert f"(column {column})" in message
    assert shown == "  " + " ".join(query)
    assert shown[caret.index("^") :] == part


def test_the_caret_stands_right_under_wide_and_hostile_characters(call) -> None:
    """Columns count characters; the caret counts cells, and escapes take the room they take."""
    message, shown, caret = call("list", "核心", "titel:x").err.splitlines()
    assert "(column 4)" in message
    assert caret == " " * 7 + "^"
    _, shown, caret = call("list", "a\x1bb", "titel:x").err.splitlines()
    assert shown == "  a\\u001bb titel:x"
    assert shown[caret.index("^") :] == "titel:x"


# -- a terminal -----------------------------------------------------------------------------------


def on_terminal(*args: str, columns: int, **env: str) -> str:
    """What the program prints on a terminal of this width."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    command = [sys.executable, "-m", "tui.cli", *args]
    with subprocess.Popen(command, stdout=theirs, env={**os.environ, **env}) as process:
        os.close(theirs)
        data = b""
        while True:
            try:
                block = os.read(ours, 65536)
            except OSError:
                break
            if not block:
                break
            data += block
    os.close(ours)
    assert process.returncode == 0
    return data.decode().replace("\r\n", "\n")


def test_list_is_laid_out_on_a_terminal(call, ids) -> None:
    """In lines as wide as it is; what is decided is dim, what is not is bold."""
    call("mark", ids[0], "--star")
    call("mark", ids[1], "--read")
    star, read, inbox, _ = on_terminal("list", columns=34).splitlines()
    assert star.startswith(f"{ids[0]}  ★          -  Alpha…")
    assert read.startswith("\x1b[2m")
    assert inbox.startswith(f"\x1b[1m{ids[2]}  ●")


def test_a_terminal_without_colours_or_unicode(call, ids) -> None:
    """A dumb one gets no escapes, one that is not UTF-8 gets ASCII marks."""
    assert "\x1b" not in on_terminal("list", columns=80, TERM="dumb")
    out = on_terminal("list", columns=34, PYTHONIOENCODING="ascii", TERM="dumb")
    assert out.splitlines()[0] == f"{ids[0]}  o          -  Alpha+"


def test_a_terminal_that_does_not_know_its_width(call, ids) -> None:
    """Nothing breaks; 80 columns are taken for granted."""
    assert "Alpha kettle" in on_terminal("list", columns=0)
    assert "About Alpha kettle." in on_terminal("show", ids[0], columns=0)


# -- show -----------------------------------------------------------------------------------------


def test_show_prints_the_whole_paper(call) -> None:
    """Title, facts, tags, note, abstract and links."""
    call("import", DUMPS / "exported.jsonl")
    paper_id = call("list", "--ids", "knitting").lines[0]
    call("mark", paper_id, "--star", "--tag", "craft", "--note", "first\nsecond")
    said = call("show", paper_id)
    assert said.code == 0
    title, facts, tags, note, *_, links = said.out.strip().split("\n\n")
    assert title == "Knitting Patterns as Programs: Neural Decompilation of Scarves"
    assert facts.splitlines() == [
        f"{paper_id} · starred · ~2025-12-02 · 11 comments · 86 upvotes",
        "W. Tolliwick, M. Sandroyd",
        "exported, no. 2",
    ]
    assert (tags, note) == ("#craft", "first\nsecond")
    assert links == "https://arxiv.org/abs/2512.90017"


def test_show_says_when_there_is_no_abstract(call) -> None:
    """As the app does."""
    call("import", "-", stdin='{"title":"T","id":"x"}')
    assert "The digest gave no abstract." in call("show", call("list", "--ids").lines[0]).out


def test_show_takes_a_unique_beginning_of_six_digits(call, ids) -> None:
    """Or more, in either case; fewer, and what is no id, is refused with what to do."""
    assert call("show", ids[0][:6]).out == call("show", ids[0]).out == call("show", ids[0].upper()).out
    assert json.loads(call("show", ids[0][:6], "--json").out)["id"] == ids[0]
    for wrong in (ids[0][:5], "nonsense", ids[0] + "0"):
        said = call("show", wrong)
        assert (said.code, said.out) == (1, "")
        assert f"“{wrong}” is no id" in said.err


def test_show_what_is_not_there(call, ids) -> None:
    """Exit 1 and where to find ids."""
    wrong = "0" * 12 if "0" * 6 not in {i[:6] for i in ids} else "1" * 12
    said = call("show", wrong)
    assert (said.code, said.out) == (1, "")
    assert "`papertui list` prints the ids" in said.err


def test_show_lists_the_candidates_of_an_ambiguous_beginning(call) -> None:
    """Two papers whose keys begin alike: their ids are named."""
    seen: dict[str, str] = {}
    for number in range(100_000):  # pragma: no branch
        key = key_of(f"T{number}", "x")
        if key[:6] in seen:
            break
        seen[key[:6]] = f"T{number}"
    titles = (seen[key[:6]], f"T{number}")
    call("import", "-", stdin="---\n".join(f"Title: {title}\nSummary: x\n" for title in titles))
    said = call("show", key[:6])
    assert (said.code, said.out) == (1, "")
    assert all(key_of(title, "x") in said.err for title in titles)


# -- export ---------------------------------------------------------------------------------------


def test_export_writes_the_starred_as_markdown(call, ids) -> None:
    """By default, on stdout, with nothing said."""
    call("mark", *ids[:2], "--star")
    said = call("export")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("# 2 papers, 20")
    assert "## Alpha kettle" in said.out
    assert "lantern" not in said.out


def test_export_takes_a_query_or_ids(call, ids) -> None:
    """Ids in the order given, each once; `-` reads them from stdin; "" is everything."""
    assert call("export", "lantern", "--format", "jsonl").out == call("list", "lantern", "--jsonl").out

    def exported(*args: str, **more: str) -> list[str]:
        return [json.loads(line)["id"] for line in call("export", "--format=jsonl", *args, **more).lines]

    assert exported(ids[2], ids[0], ids[2]) == [ids[2], ids[0]]
    assert exported("-", stdin=f"{ids[3]}\n{ids[1]}\n") == [ids[3], ids[1]]
    assert exported("") == ids
    assert exported("", "--order", "title") == [ids[0], ids[1], ids[3], ids[2]]


def test_what_was_exported_can_be_imported(call, ids, home) -> None:
    """JSON Lines read by another library are the same papers, all to be decided."""
    call("mark", *ids, "--star")
    call("export", "--format", "jsonl", "-o", "x.jsonl")
    assert call("--library", "other", "import", "x.jsonl").code == 0
    assert call("--library", "other", "list", "--ids", "is:inbox").lines == ids


def test_export_to_a_file(call, ids, home) -> None:
    """The file is replaced whole, the sentence is on stderr, stdout stays empty."""
    (home / "x.md").write_text("old")
    said = call("export", "kettle", "-o", "x.md")
    assert (said.code, said.out, said.err) == (0, "", "Wrote 2 papers to x.md.\n")
    assert (home / "x.md").read_text("utf-8") == call("export", "kettle", "-o", "-").out
    assert [path.name for path in home.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("query", [[], ["nothing"]])
def test_nothing_found_leaves_the_file_alone(call, ids, home, query) -> None:
    """Exit 1, and a sentence."""
    (home / "x.md").write_text("old")
    said = call("export", *query, "-o", "x.md")
    assert (said.code, said.out) == (1, "")
    assert "nothing was written" in said.err
    assert (home / "x.md").read_text() == "old"


def test_export_of_an_unknown_id(call, ids) -> None:
    """Exit 1: the id is named."""
    wrong = "deadbeefdead"
    said = call("export", ids[0], wrong)
    assert (said.code, said.out) == (1, "")
    assert wrong in said.err


def test_an_unknown_format_names_the_known_ones(call) -> None:
    """Exit 2."""
    said = call("export", "--format", "html")
    assert said.code == 2
    assert (
        said.err
        == "papertui: There is no export format “html”; choose markdown, jsonl, bibtex, citation or tinydb.\n"
    )


def test_stock_tinydb_opens_an_export(call, ids, home) -> None:
    """And finds what is starred, with the decisions about it; an empty query exports everything."""
    call("mark", ids[0], ids[1], "--star", "--tag", "a")
    call("mark", ids[2], "--read")
    assert call("export", "--format", "tinydb", "", "-o", "papers.json").code == 0
    with TinyDB(home / "papers.json") as database:
        papers = database.table("papers")
        assert [paper["id"] for paper in papers.search(where("starred") == True)] == ids[:2]  # noqa: E712
        assert len(papers) == 4
        assert [act["verb"] for act in database.table("decisions")] == ["mark", "read"]
        assert [digest["format"] for digest in database.table("digests")] == ["title-pdf-summary"]


@pytest.mark.parametrize("verb", [["list", "--jsonl"], ["export", ""], ["export", "--format", "tinydb", ""]])
def test_an_abstract_that_cannot_be_read_is_left_out_and_told(call, digest, home, verb) -> None:
    """All else is printed; one sentence says how many, and what says more."""
    call("import", digest("Alpha", "Beta"))
    path = home / "library" / "abstracts.jsonl"
    first, *rest = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"#" + first[1:] + b"".join(rest))
    said = call(*verb)
    assert said.code == 0
    assert "Alpha" in said.out
    assert "Beta" in said.out
    assert said.err.endswith(
        "papertui: the abstract of 1 paper could not be read; `papertui doctor` says more.\n"
    )


def test_conflict_copies_are_told_of(call, digest, home) -> None:
    """On stderr, by every verb that reads the library."""
    call("import", digest("Alpha"))
    (home / "library" / "decisions (conflicted copy).jsonl").write_text("")
    said = call("list")
    assert said.err == "papertui: conflict copies lie in the library; `papertui merge` takes them in.\n"
