"""A library on disk: private, whole after anything that may happen to it, and refused when it is not ours."""

import errno
import json
import os
import shutil
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tui import __version__
from tui.errors import LibraryError, ReadOnlyLibrary
from tui.papers.library import Library
from tui.papers.paper import Reading
from tui.papers.query import parse
from tui.papers.triage import VERBS
from tui.papers.view import BUILT_IN, View
from tui.store import database as module
from tui.store import durable
from tui.store.database import Database

Opened = Callable[..., Library]
Read = Callable[..., Reading]


def star(library: Library, number: int = 0) -> None:
    paper_id = list(library.papers)[number]
    assert library.decide("star", [paper_id], VERBS["star"])


def everything(library: Library) -> Any:
    """All that a library holds."""
    return (
        {i: (p, library.abstract(p), library.triage(i)) for i, p in library.papers.items()},
        dict(library.digests),
        dict(library.counts()),
        list(library.log()),
    )


def sizes(path: Path) -> dict[str, int]:
    return {file.name: file.stat().st_size for file in path.glob("*.jsonl")}


# -- the folder ------------------------------------------


def test_a_library_is_private_to_its_user(path: Path, library: Library) -> None:
    star(library)
    assert stat.S_IMODE(path.stat().st_mode) == 0o700
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.iterdir()}
    assert set(modes.values()) == {0o600}
    tables = {f"{name}.jsonl" for name in ("papers", "abstracts", "digests", "decisions")}
    assert modes.keys() == tables | {"papertui.json", "lock"}


def test_its_privacy_does_not_depend_on_the_umask(path: Path, opened: Opened, read: Read) -> None:
    before = os.umask(0)
    try:
        opened().add(read("Swin"))
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in path.iterdir()} == {0o600}


def test_looking_at_a_library_that_is_not_there_makes_nothing(path: Path, opened: Opened) -> None:
    library = opened()
    assert not library.papers
    assert library.list(BUILT_IN[0]) == []
    assert list(library.log()) == []
    library.refresh()
    assert not path.exists()


def test_a_library_opens_as_it_was_left(library: Library, opened: Opened, read: Read) -> None:
    star(library)
    library.undo()
    library.add(read("Swin", "Vision", comments=3, links=("https://x",)))
    star(library, 2)
    assert everything(opened()) == everything(library)


def test_a_format_is_kept_and_a_newer_one_refused(path: Path, library: Library) -> None:
    head = json.loads((path / "papertui.json").read_text())
    assert head == {"format": module.FORMAT, "papertui": __version__}
    (path / "papertui.json").write_text('{"format": 99, "papertui": "7.1"}\n')
    before = sizes(path)
    with pytest.raises(LibraryError) as caught:
        Database(path)
    assert str(caught.value) == (
        f"This library was written by papertui 7.1; this is {__version__}. Nothing was opened or changed."
    )
    assert sizes(path) == before


@pytest.mark.parametrize(
    "head", ["", "{", "[]", '{"format": "x"}', '{"format": null}', "\ufeff{}", "[" * 9999]
)
def test_a_damaged_format_file_does_not_lock_the_library_up(
    path: Path, opened: Opened, library: Library, head: str
) -> None:
    (path / "papertui.json").write_text(head)
    assert len(opened().papers) == 3


def test_a_library_that_is_gone_is_not_begun_anew(
    path: Path, library: Library, opened: Opened, tmp_path: Path
) -> None:
    fresh = opened()
    path.rename(tmp_path / "elsewhere")
    for held in (library, fresh):
        with pytest.raises(LibraryError, match="is gone; nothing was changed"):
            star(held)
    assert not path.exists()
    (tmp_path / "elsewhere").rename(path)
    star(fresh)
    assert opened().counts()["starred"] == 1


def test_a_folder_of_other_files_is_refused(path: Path) -> None:
    path.mkdir()
    (path / "thesis.tex").write_text("")
    with pytest.raises(LibraryError, match="is not a papertui library: it holds other files"):
        Database(path)
    assert [file.name for file in path.iterdir()] == ["thesis.tex"]


@pytest.mark.parametrize("left", [".DS_Store", ".stfolder", "lock", "papertui.json.new"])
def test_what_systems_and_crashes_leave_in_an_empty_folder_does_not_matter(
    path: Path, opened: Opened, read: Read, left: str
) -> None:
    path.mkdir()
    (path / left).write_text("")
    assert opened().add(read("Swin")).new == 1
    assert len(opened().papers) == 1


def test_a_file_is_no_library(path: Path) -> None:
    path.write_text("")
    with pytest.raises(LibraryError, match="is a file; a library is a folder"):
        Database(path)


# -- how much is written ------------------------------------------


def test_one_decision_is_one_line_however_large_the_library(path: Path, opened: Opened, read: Read) -> None:
    library = opened()
    written = []
    for page in range(4):
        library.add(read(*(f"{page}-{n}" for n in range(4**page))))
        before = sizes(path)
        star(library, len(library.papers) - 1)
        after = sizes(path)
        before.setdefault("decisions.jsonl", 0)
        assert {name for name in after if after[name] != before[name]} == {"decisions.jsonl"}
        written.append(after["decisions.jsonl"] - before["decisions.jsonl"])
    lines = (path / "decisions.jsonl").read_bytes().splitlines(keepends=True)
    assert [len(line) for line in lines] == written
    assert len(set(written)) == 1
    assert all(len(msgspec.json.decode(line)) == 1 for line in lines)


def test_a_decision_on_many_papers_is_one_line(path: Path, library: Library) -> None:
    library.decide("done", library.papers, VERBS["done"])
    library.undo()
    assert (path / "decisions.jsonl").read_bytes().count(b"\n") == 2


def test_what_changes_nothing_writes_nothing(path: Path, library: Library, read: Read) -> None:
    star(library)
    before = {file: file.read_bytes() for file in path.glob("*.jsonl")}
    library.decide("star", list(library.papers)[:1], VERBS["star"])
    library.add(read("Swin", "Mamba", "Jamba"))
    assert library.redo() is None
    assert {file: file.read_bytes() for file in path.glob("*.jsonl")} == before


# -- torn and damaged files ------------------------------------------


@pytest.mark.parametrize("table", ["papers", "digests", "decisions", "abstracts"])
def test_a_torn_last_line_never_happened_and_the_next_write_is_right(
    path: Path, library: Library, opened: Opened, read: Read, table: str
) -> None:
    star(library)
    before = everything(library)
    with (path / f"{table}.jsonl").open("ab") as file:
        file.write(b'{"0123')
    assert everything(opened()) == before
    library.refresh()
    assert everything(library) == before
    fresh = opened()
    fresh.add(read("Vision"))
    star(fresh, 3)
    assert everything(opened()) == everything(fresh)
    assert not opened.database.damaged  # type: ignore[attr-defined]
    library.refresh()
    assert everything(library) == everything(fresh)
    assert (path / "aside" / f"{table}.jsonl").read_bytes() == b'{"0123\n'


@pytest.mark.parametrize("table", ["papers", "digests", "decisions"])
@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{",
        b"[]",
        b"5",
        b'{"b": 5}',
        b'{"b": []}',
        b'{"b": {"id": 5}}',
        b'{"b": NaN}',
        b'{"b": {"title": "\xff"}}',
        b"\x00\x00\x00",
        b"[" * 100_000,
        b'{"b": {"id": "b", "keys": [5], "title": "no key", "added": "2026-11-20T07:00:00Z"}}',
        b'{"b": {"id": "b", "keys": ["b"], "title": "no zone", "added": "2026-11-20T07:00:00"}}',
    ],
)
def test_a_damaged_line_is_passed_over_named_and_kept(
    path: Path, library: Library, opened: Opened, read: Read, table: str, line: bytes
) -> None:
    star(library)
    before = everything(library)
    file = path / f"{table}.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join([lines[0], line + b"\n", *lines[1:]]))
    fresh = opened()
    assert everything(fresh) == before
    assert fresh.list(View("new", parse("is:new"))) == list(fresh.papers.values())
    (damage,) = opened.database.damaged.values()  # type: ignore[attr-defined]
    assert (damage.path, damage.line) == (file, 2)
    assert damage.reason
    library.refresh()
    assert everything(library) == before
    fresh.add(read("Vision"))
    star(fresh, 3)
    again = opened()
    assert everything(again) == everything(fresh)
    assert line + b"\n" in file.read_bytes()


@pytest.mark.parametrize("table", ["papers", "digests", "decisions", "abstracts"])
@pytest.mark.parametrize("how", ["missing", "empty"])
def test_a_missing_or_empty_table_is_an_empty_one(
    path: Path, library: Library, opened: Opened, read: Read, table: str, how: str
) -> None:
    star(library)
    file = path / f"{table}.jsonl"
    file.unlink()
    if how == "empty":
        file.touch()
    fresh = opened()
    assert len(fresh.papers) == (0 if table == "papers" else 3)
    assert fresh.counts()["starred"] == (0 if table in ("papers", "decisions") else 1)
    assert len(fresh.list(BUILT_IN[-1])) == len(fresh.papers)
    library.refresh()
    assert library.counts() == fresh.counts()
    fresh.add(read("Vision"))
    star(fresh, len(fresh.papers) - 1)
    assert opened().counts() == fresh.counts()


def test_a_file_cut_anywhere_reads_its_whole_lines_and_goes_on(
    path: Path, library: Library, opened: Opened, tmp_path: Path, read: Read
) -> None:
    """At each byte of the last two lines of decisions, and of the last of papers."""
    for number in range(3):
        star(library, number)
    original = tmp_path / "original"
    shutil.copytree(path, original)
    for table, last in (("decisions", 2), ("papers", 1)):
        data = (original / f"{table}.jsonl").read_bytes()
        lines = data.splitlines(keepends=True)
        begin = len(data) - sum(map(len, lines[-last:]))
        for cut in range(begin, len(data)):
            (path / f"{table}.jsonl").write_bytes(data[:cut])
            whole = data[:cut].count(b"\n")
            fresh = opened()
            if table == "papers":
                assert len(fresh.papers) == whole
                fresh.add(read("Swin", "Mamba", "Jamba"))
                assert len(opened().papers) == 3
            else:
                assert fresh.counts()["starred"] == whole
                fresh.decide("later", list(fresh.papers), VERBS["later"])
                assert opened().counts() == {
                    **{"inbox": 0, "starred": whole, "later": 3, "tagged": 0, "new": 3, "all": 3}
                }
        shutil.copy(original / f"{table}.jsonl", path)
        shutil.copy(original / "decisions.jsonl", path)


def test_an_abstract_that_is_not_where_its_paper_says_is_found_by_its_key(
    path: Path, library: Library, opened: Opened
) -> None:
    """As where git or a file synchroniser put lines of two machines together."""
    file = path / "abstracts.jsonl"
    one, two, three = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(two + b"<<<<<<< HEAD\n" + three + one)
    fresh = opened()
    for paper in fresh.papers.values():
        assert fresh.abstract(paper) == f"The abstract of {paper.title}."
        assert fresh.list(View("all", parse(f'"abstract of {paper.title}"'))) == [paper]


def test_an_abstract_that_is_lost_is_an_error_not_anothers_until_it_is_imported_again(
    path: Path, library: Library, opened: Opened, read: Read
) -> None:
    file = path / "abstracts.jsonl"
    one, two, three = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(two + b"{" * (len(one) - 1) + b"\n" + three)
    fresh = opened()
    swin, mamba, jamba = fresh.papers.values()
    with pytest.raises(LibraryError, match=r"the abstract of “Swin” .* cannot be read; `papertui doctor`"):
        fresh.abstract(swin)
    assert fresh.abstract(mamba) == "The abstract of Mamba."
    assert fresh.abstract(jamba) == "The abstract of Jamba."
    assert [paper.title for paper in opened().list(View("all", parse("abstract -mamba")))] == ["Jamba"]
    fresh.add(read("Swin", "Vision", digest_id="f" * 12))
    again = opened()
    assert [again.abstract(paper) for paper in again.papers.values() if paper.id == swin.id] == [
        "The abstract of Swin."
    ]
    file.unlink()
    with pytest.raises(LibraryError, match="cannot be read"):
        opened().abstract(jamba)


@pytest.mark.parametrize("place", [(-1, 5), (0, -1), (0, 0), (2**62, 5), (5, 2**62), (3, 10**12)])
def test_a_place_that_no_file_has_harms_nothing(
    path: Path, library: Library, opened: Opened, place: tuple[int, int]
) -> None:
    first, *_ = library.papers.values()
    offset, length = first.abstract_at or (0, 0)
    file = path / "papers.jsonl"
    file.write_bytes(file.read_bytes().replace(f"[{offset},{length}]".encode(), str(list(place)).encode()))
    fresh = opened()
    assert fresh.papers[first.id].abstract_at == place
    assert fresh.abstract(fresh.papers[first.id]) == "The abstract of Swin."


# -- disks that fail ------------------------------------------


@pytest.mark.parametrize("call", ["write", "fsync"])
def test_a_decision_on_a_full_disk_is_not_made_and_says_so(
    path: Path, library: Library, opened: Opened, failing: Any, call: str
) -> None:
    star(library)
    before, written = everything(library), (path / "decisions.jsonl").read_bytes()
    for act in (lambda: star(library, 1), library.undo):
        with failing(call), pytest.raises(LibraryError) as caught:
            act()
        assert str(caught.value) == f"{path}: disk full; nothing was changed. Free some space and try again."
        assert (path / "decisions.jsonl").read_bytes() == written
        assert everything(library) == before
        assert everything(opened()) == before
    star(library, 1)
    assert everything(opened()) == everything(library)


@pytest.mark.parametrize("call", ["write", "fsync"])
@pytest.mark.parametrize("table", ["abstracts", "papers", "digests"])
def test_an_import_on_a_full_disk_changes_nothing(
    path: Path, library: Library, opened: Opened, read: Read, failing: Any, call: str, table: str
) -> None:
    """Whichever table is the one that does not fit; memory is what a reopening gives."""
    star(library)
    before, other = everything(library), opened()
    joining = read("Vision", "Swin", comments=9, digest_id="f" * 12)
    with failing(call, on=table), pytest.raises(LibraryError, match="disk full"):
        library.add(joining)
    assert everything(library) == before
    library.refresh()
    assert everything(library) == before
    assert everything(opened()) == before
    other.refresh()
    assert everything(other) == before
    assert library.add(joining).new == 1
    other.refresh()
    assert everything(opened()) == everything(library) == everything(other)


@pytest.mark.parametrize("call", ["write", "fsync"])
def test_the_first_write_of_all_may_fail(
    path: Path, opened: Opened, read: Read, failing: Any, call: str
) -> None:
    for after in range(8):
        library = opened()
        with failing(call, after=after):
            try:
                library.add(read("Swin"))
            except LibraryError:
                assert not library.papers
                assert not opened().papers
        assert opened().add(read("Swin")).new == (0 if library.papers else 1)
        shutil.rmtree(path)


def test_partial_writes_are_completed(
    path: Path, library: Library, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A write may take fewer bytes than it was given, without an error."""
    real = os.write
    monkeypatch.setattr(os, "write", lambda fd, data: real(fd, bytes(data)[:7]))
    star(library)
    library.decide("done", library.papers, VERBS["done"])
    monkeypatch.undo()
    assert everything(opened()) == everything(library)
    assert library.counts()["inbox"] == 0


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.EPERM])
def test_a_read_only_library_can_be_read_and_says_that_it_is(
    path: Path, library: Library, opened: Opened, read: Read, failing: Any, number: int
) -> None:
    star(library)
    before, fresh = everything(library), opened()
    for on in ("lock", "jsonl"):
        with failing("open", number, on=on):
            assert everything(opened()) == before
            for act in (lambda: star(fresh, 1), fresh.undo, lambda: fresh.add(read("Vision"))):
                with pytest.raises(ReadOnlyLibrary, match="the library is read-only; nothing was changed"):
                    act()
            assert everything(fresh) == before
    star(fresh, 1)


def test_a_place_where_no_library_can_be_made_says_so(
    path: Path, opened: Opened, read: Read, failing: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = opened()
    with failing("open", errno.EACCES), pytest.raises(ReadOnlyLibrary):
        library.add(read("Swin"))

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "no")

    shutil.rmtree(path, ignore_errors=True)
    monkeypatch.setattr(os, "mkdir", refuse)
    with pytest.raises(ReadOnlyLibrary):
        library.add(read("Swin"))


@pytest.mark.parametrize("table", ["papers", "digests", "decisions"])
def test_what_cannot_be_read_says_so(path: Path, library: Library, opened: Opened, table: str) -> None:
    star(library)
    file = path / f"{table}.jsonl"
    file.unlink()
    file.symlink_to(file)
    with pytest.raises(LibraryError, match=f"{table}.jsonl: cannot be read"):
        opened()


@pytest.mark.parametrize("table", ["papers", "abstracts", "digests", "decisions"])
@pytest.mark.parametrize("what", ["folder", "pipe"])
def test_what_is_no_file_is_passed_over_named_and_never_written_to(
    path: Path, library: Library, opened: Opened, read: Read, table: str, what: str
) -> None:
    star(library)
    file = path / f"{table}.jsonl"
    file.unlink()
    (Path.mkdir if what == "folder" else os.mkfifo)(file)
    fresh = opened()
    assert len(fresh.papers) == (0 if table == "papers" else 3)
    assert fresh.counts()["starred"] == (0 if table in ("papers", "decisions") else 1)
    assert fresh.list(View("all", parse("swin"))) == list(fresh.papers.values())[:1]
    if table != "abstracts":
        (damage,) = opened.database.damaged.values()  # type: ignore[attr-defined]
        assert (damage.path, damage.line) == (file, 0)
    before = fresh.papers, fresh.counts(), list(fresh.log())
    with pytest.raises(LibraryError, match="something else stands where this file should be"):
        star(fresh, 1) if table == "decisions" else fresh.add(read("Vision"))
    again = opened()
    assert (fresh.papers, fresh.counts(), list(fresh.log())) == before
    assert (again.papers, again.counts(), list(again.log())) == before


@pytest.mark.parametrize("table", ["papers", "abstracts", "digests", "decisions"])
def test_nothing_is_written_through_a_link(
    path: Path, library: Library, opened: Opened, read: Read, table: str, tmp_path: Path
) -> None:
    star(library)
    file, outside = path / f"{table}.jsonl", tmp_path / "outside"
    file.rename(outside)
    file.symlink_to(outside)
    held = outside.read_bytes()
    fresh = opened()
    before = everything(fresh)
    assert len(fresh.papers) == 3
    with pytest.raises(LibraryError, match="is a link, and papertui writes inside the library alone"):
        star(fresh, 1) if table == "decisions" else fresh.add(read("Vision"))
    assert outside.read_bytes() == held
    assert everything(opened()) == before


@pytest.mark.parametrize("name", ["lock", "papers.jsonl.new", "papertui.json.new", "aside"])
def test_no_planted_link_leads_out_of_the_library(
    path: Path, library: Library, opened: Opened, read: Read, name: str, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.write_text("mine")
    (path / name).unlink(missing_ok=True)
    (path / name).symlink_to(outside)
    (path / "papertui.json").unlink()
    with (path / "decisions.jsonl").open("ab") as file:
        file.write(b"torn")
    fresh = opened()
    with suppress(LibraryError):
        star(fresh)
    with suppress(LibraryError):
        fresh.add(read("Vision"))
        durable.replace(path / "papers.jsonl", (path / "papers.jsonl").read_bytes().splitlines(keepends=True))
    assert outside.read_text() == "mine"


# -- compaction ------------------------------------------


def test_compaction_keeps_everything_and_others_see_it(
    path: Path, library: Library, opened: Opened, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each import below rewrites the line of each paper it has."""
    monkeypatch.setattr(module, "SPARE_LINES", 3)
    other = opened()
    star(library)
    for comments in range(1, 5):
        library.add(read("Swin", "Mamba", "Jamba", digest_id=f"{comments:012x}", comments=comments))
    library.add(read("Vision", "Audio"))
    other.refresh()
    before = everything(library)
    assert everything(other) == before
    lines = (path / "papers.jsonl").read_bytes().count(b"\n")
    kept = sizes(path)
    assert library.compact()
    assert lines == 17
    assert (path / "papers.jsonl").read_bytes().count(b"\n") == 5
    assert {**sizes(path), "papers.jsonl": 0} == {**kept, "papers.jsonl": 0}
    assert everything(library) == before
    assert other.refresh() == (True, set())
    assert everything(other) == before
    assert everything(opened()) == before
    assert not library.compact()
    star(other, 3)
    other.add(read("Text"))
    library.refresh()
    assert everything(library) == everything(other) == everything(opened())


def test_compaction_keeps_titles_without_abstracts_apart(
    library: Library, opened: Opened, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They must still be able to move to a better home."""
    monkeypatch.setattr(module, "SPARE_LINES", -100)
    title = read("Swin", digest_id="a" * 12)
    bare = msgspec.structs.replace(title.records[0], abstract="", arxiv_id="2401.00001")
    library.add(msgspec.structs.replace(title, records=(bare,)))
    assert library.compact()
    fresh = opened()
    assert everything(fresh) == everything(library)
    fresh.add(read("Other", arxiv_id="2401.00001"))
    homes = {p.title: p.arxiv_ids for p in opened().papers.values()}
    assert homes["Other"] == ("2401.00001",)
    assert homes["Swin"] == ()


def test_compaction_leaves_a_damaged_file_alone(
    path: Path, library: Library, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SPARE_LINES", -100)
    file = path / "papers.jsonl"
    file.write_bytes(b'{"torn\n' + file.read_bytes())
    before = file.read_bytes()
    assert not opened().compact()
    assert file.read_bytes() == before


def test_compaction_on_a_full_disk_leaves_the_old_file(
    path: Path, library: Library, opened: Opened, failing: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SPARE_LINES", -100)
    before, inode = everything(library), (path / "papers.jsonl").stat().st_ino
    with failing("fsync", on="papers"), pytest.raises(LibraryError, match="disk full"):
        library.compact()
    assert (path / "papers.jsonl").stat().st_ino == inode
    assert not list(path.glob("*.new"))
    assert everything(library) == everything(opened()) == before


# -- what the ledger asks ------------------------------------------


@pytest.mark.parametrize("many", [1, 100])
def test_the_decisions_that_name_a_paper_are_found_by_few_keys_and_by_many(
    library: Library, opened: Opened, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(module, "MANY", many)
    one, two, three = library.papers
    library.decide("note", [one], {"note": f'a note that names "{two}" and "act":'})
    library.decide("done", [one, two], VERBS["done"])
    library.undo()
    library.decide("star", [three], VERBS["star"])
    database = Database(opened().__dict__["_store"].directory)
    assert [d.verb for d in database.naming({one})] == ["note", "done"]
    assert [d.verb for d in database.naming({two, three})] == ["done", "star"]
    assert [d.verb for d in database.naming({two, "f" * 12})] == ["done"]
    assert list(database.naming({"f" * 12})) == []
    assert [d.verb for d in database.takebacks()] == ["undo"]
    assert [d.verb for d in database.newest_first()] == ["star", "undo", "done", "note"]
