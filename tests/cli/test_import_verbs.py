"""open, import and digests: what becomes of every file, in text and in JSON."""

import json
import shutil
from pathlib import Path

import pytest

DUMPS = Path(__file__).parent.parent / "dumps"
FILE = ["path", "format", "known", "records", "new", "merged", "repeated", "rejected", "error"]
TOTALS = ["files", "records", "new", "merged", "repeated", "rejected", "passed_over"]


@pytest.fixture
def mixed(home: Path, digest) -> Path:
    """A folder with one good digest and all that one finds beside it."""
    folder = home / "mixed"
    digest("Alpha", name="mixed/good.txt")
    (folder / "a-picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    (folder / "b-empty.txt").touch()
    (folder / "c-data.json").write_text('{"a": 1}')
    (folder / "d-page.txt").write_text(
        "new\n\nSubscribe\n\nDaily Papers\n\nbyAK and the research community\n"
    )
    (folder / "e-latin.txt").write_bytes("Title: Café\nSummary: x\n".encode("latin-1"))
    (folder / ".hidden").write_text("Title: Hidden\nSummary: x\n")
    (folder / "z").mkdir()
    (folder / "z" / "loop").symlink_to("..")
    return folder


def test_import_of_all_samples(call) -> None:
    """Each in its own format; the folder by name; a summary at the end."""
    said = call("import", DUMPS)
    assert (said.code, said.err) == (0, "")
    names = ["exported.jsonl", "page-glued.txt", "page-plain.txt", "page-with-facts.txt", "weekly_2026-08-14"]
    shown = [line for line in said.lines if line.startswith(str(DUMPS))]
    assert [name in line for name, line in zip(names, shown, strict=True)] == [True] * 5
    assert said.lines[-1].startswith("5 files: ")
    assert said.lines[-1] == f"5 files: {len(call('list').lines)} new, 7 also in another digest"


def test_the_report_in_json(call, mixed) -> None:
    """The fields of the contract, in its order; every file has its own."""
    said = call("import", mixed, "--json")
    assert said.code == 0
    assert list(said.json) == ["files", "totals"]
    assert all(list(file) == FILE for file in said.json["files"])
    assert list(said.json["totals"]) == TOTALS
    *bad, good = said.json["files"]
    assert good == {
        "path": str(mixed / "good.txt"), "format": "title-pdf-summary", "known": False, "records": 1,
        "new": 1, "merged": 0, "repeated": 0, "rejected": [], "error": None,
    }  # fmt: skip
    names = ["a-picture.png", "b-empty.txt", "c-data.json", "d-page.txt", "e-latin.txt"]
    assert [Path(file["path"]).name for file in bad] == names
    for file in bad:
        assert file["error"].startswith(str(mixed))
        assert file["error"].endswith(".")
        assert (file["format"], file["records"]) == (None, 0)
    assert said.json["totals"] == {
        "files": 6, "records": 1, "new": 1, "merged": 0, "repeated": 0, "rejected": 0, "passed_over": 2
    }  # fmt: skip


def test_the_report_in_words(call, mixed) -> None:
    """What came in on stdout, what did not on stderr; exit 0, for one file was good."""
    said = call("import", "mixed")
    assert said.code == 0
    assert said.lines == [
        "mixed/good.txt  title-pdf-summary  1 record: 1 new",
        "2 hidden files and links passed over",
        "6 files: 1 new, 0 known already, 5 files not read",
    ]
    errors = said.err.splitlines()
    assert len(errors) == 5
    assert all(line.startswith("not read: mixed/") for line in errors)


@pytest.mark.parametrize("name", ["a-picture.png", "b-empty.txt", "c-data.json", "d-page.txt", "e-latin.txt"])
def test_nothing_readable_is_exit_1(call, mixed, home, name) -> None:
    """In text and in JSON; no library is made for it."""
    said = call("import", mixed / name)
    assert (said.code, said.out) == (1, "")
    assert call("import", mixed / name, "--json").code == 1
    assert not (home / "library").exists()


def test_a_path_that_does_not_exist(call, digest) -> None:
    """A file with an error; others beside it come in."""
    said = call("import", "nowhere.txt", "--json")
    assert said.code == 1
    assert said.json["files"][0]["path"] == "nowhere.txt"
    assert "nowhere.txt" in said.json["files"][0]["error"]
    said = call("import", "nowhere.txt", digest("Alpha"))
    assert said.code == 0
    assert "nowhere.txt" in said.err
    assert len(call("list").lines) == 1


def test_new_merged_and_repeated(call, digest, home) -> None:
    """merged: known from another digest; repeated: seen before in the same; their sum is records."""
    digest("Alpha", "Beta", "Alpha", name="1.txt")
    digest("Beta", "Gamma", "Gamma", "Delta", name="2.txt")
    said = call("import", "2.txt", "1.txt", "--json")
    counts = [(f["records"], f["new"], f["merged"], f["repeated"]) for f in said.json["files"]]
    assert counts == [(4, 3, 0, 1), (3, 1, 1, 1)]
    assert [file["path"] for file in said.json["files"]] == ["2.txt", "1.txt"]
    assert len(call("list").lines) == 4


def test_a_known_digest_is_not_read_again(call, digest) -> None:
    """All its records count as repeated, wherever the file lies now."""
    path = digest("Alpha", "Beta")
    call("import", path)
    shutil.copy(path, path.with_name("copy.txt"))
    (file,) = call("import", "copy.txt", "--json").json["files"]
    assert (file["known"], file["records"], file["repeated"], file["new"]) == (True, 2, 2, 0)
    assert file["format"] == "title-pdf-summary"
    assert call("import", path).out == f"{path}  title-pdf-summary  known already, 2 records\n"
    assert len(call("digests").lines) == 1


def test_the_same_content_twice_in_one_call(call, digest) -> None:
    """The second is known already; a file named twice is one file."""
    one, two = digest("Alpha", name="1.txt"), digest("Alpha", name="2.txt")
    files = call("import", one, two, one, "--json").json["files"]
    assert [file["known"] for file in files] == [False, True]
    assert [file["new"] for file in files] == [1, 0]


def test_what_was_rejected_is_told_with_its_line(call, home) -> None:
    """In text under its file; in JSON as line and reason."""
    (home / "x.txt").write_text("Title: Alpha\nSummary: x\n---\nSummary: no title here\n")
    (file,) = call("import", "x.txt", "--json").json["files"]
    assert [list(reject) for reject in file["rejected"]] == [["line", "reason"]]
    assert file["rejected"][0]["line"] == 4
    assert "no title" in file["rejected"][0]["reason"]
    said = call("--library", "other", "import", "x.txt")
    assert said.lines[1].startswith("    line 4 not understood: ")
    assert call("--library", "third", "import", "x.txt", "--json").json["totals"]["rejected"] == 1


def test_stdin(call) -> None:
    """`-` is named as such, once; its digest is called stdin."""
    said = call("import", "-", "--json", stdin="Title: Alpha\nSummary: x\n")
    assert said.json["files"][0]["path"] == "-"
    assert call("digests", "--json").json[0]["name"] == "stdin"
    said = call("import", "-", stdin="")
    assert said.code == 1
    assert said.err.startswith("not read: Standard input is empty")
    assert "Standard input" in call("import", "-", stdin=b"\xff\xfe\x00").err


def test_year_gives_yearless_dates_a_year(call) -> None:
    """And corrects those inferred when the digest is known; explicit years stay."""
    page = DUMPS / "page-with-facts.txt"
    call("import", page)
    papers = [json.loads(line) for line in call("list", "--jsonl").lines]
    inferred = {paper["id"]: paper["published"] for paper in papers if paper["year_inferred"]}
    explicit = {p["id"]: p["published"] for p in papers if p["published"] and not p["year_inferred"]}
    assert inferred
    assert explicit
    said = call("import", "--year", "2019", page)
    assert said.lines[0].endswith("known already, read again, 16 records")
    after = {paper["id"]: paper for paper in map(json.loads, call("list", "--jsonl").lines)}
    assert len(after) == len(papers)
    assert all(after[i]["published"] == "2019" + day[4:] for i, day in inferred.items())
    assert not any(after[i]["year_inferred"] for i in inferred)
    assert {i: after[i]["published"] for i in explicit} == explicit
    (file,) = call("import", "--year", "2019", page, "--json").json["files"]
    assert (file["known"], file["new"], file["repeated"]) == (True, 0, 16)


def test_a_page_without_any_year_asks_for_one(call, home) -> None:
    """In the text report, with the option that helps; with a year the date is there."""
    head = "Subscribe\n\nDaily Papers\n\nbyAK and the research community\n\nNov 18\n\n"
    entry = "Kettle: A Paper\n\nWe study kettles at length.\n\n  • 3 authors\n\n·\n\nNov 17\n"
    (home / "page.txt").write_text(head + entry, "utf-8")
    said = call("import", "page.txt")
    assert said.lines[1] == "    1 date without a year left out; --year YYYY gives them one"
    assert call("import", "page.txt", "--year", "2024").code == 0
    assert call("list").out.split("\t")[2] == "2024-11-17"


def test_open_without_a_terminal(call, mixed) -> None:
    """Imports, tells of it on stderr, and prints the inbox as list does."""
    said = call("open", "mixed")
    assert said.code == 0
    assert said.out == call("list", "is:inbox").out != ""
    assert said.err.splitlines()[-1] == "No terminal here; these are the papers of the inbox."
    assert "mixed/good.txt  title-pdf-summary  1 record: 1 new" in said.err
    assert sum(line.startswith("not read: ") for line in said.err.splitlines()) == 5


def test_open_with_a_query(call, ids) -> None:
    """The papers of the inbox that match."""
    call("mark", ids[0], "--read")
    said = call("open", "--query", "kettle")
    assert [line.split("\t")[0] for line in said.lines] == [ids[1]]
    assert said.err == "No terminal here; these are the papers of the inbox that match.\n"


def test_open_of_a_path_that_is_not_there(call, digest) -> None:
    """Exit 2 before anything is imported."""
    assert call("open", digest("Alpha"), "nowhere").code == 2
    assert call("list").out == ""


def test_open_of_nothing_readable(call, mixed) -> None:
    """Exit 1, as import."""
    said = call("open", mixed / "a-picture.png")
    assert (said.code, said.out) == (1, "")


@pytest.mark.parametrize("option", [["--keymap", "vim"], ["--theme", "papertui-day"], ["--theme", "nord"]])
def test_open_with_what_there_is(call, ids, option) -> None:
    """A keymap and a theme that exist are fine without a terminal too."""
    assert call("open", *option).code == 0


def test_digests(call, digest) -> None:
    """Newest import first; in JSON all fields."""
    call("import", digest("Alpha", name="one.txt"))
    call("import", DUMPS / "page-with-facts.txt")
    newest, oldest = call("digests", "--json").json
    assert list(newest) == [
        "id", "name", "path", "format", "date", "year_inferred", "imported", "records", "rejected",
        "forgotten",
    ]  # fmt: skip
    assert (newest["name"], newest["format"], newest["records"]) == ("nov-18", "hf-page", 16)
    assert newest["imported"].endswith("Z")
    assert (oldest["name"], oldest["date"], Path(oldest["path"]).is_absolute()) == ("one", None, True)
    assert [line.split()[0] for line in call("digests").lines] == [newest["id"], oldest["id"]]


def test_names_are_made_unique(call, digest) -> None:
    """Two different files of one name."""
    call("import", digest("Alpha", name="a/x.txt"), digest("Beta", name="b/x.txt"))
    assert sorted(d["name"] for d in call("digests", "--json").json) == ["x", "x-2"]
