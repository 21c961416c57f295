"""merge, backup and doctor."""

import json
import os
import stat
import subprocess
import sys
import tarfile
from io import BytesIO
from pathlib import Path

import pytest

from tui.errors import ReadOnlyLibrary
from tui.store.json_lines import JsonLinesStorage
from tui.store.turn import Turn

#: writes to a library until its stdin closes, and says when it has begun
BUSY = """
import sys, threading
from pathlib import Path
from tui.papers.library import Library
from tui.store.database import Database
library = Library(Database(Path(sys.argv[1]), wait=30))
over = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), over.set()), daemon=True).start()
number = 0
while not over.is_set():
    number += 1
    library.decide("star", library.papers, {"starred": number % 2 == 1})
    if number == 1:
        print("begun", flush=True)
"""


@pytest.fixture
def other(call, ids, digest, home) -> Path:
    """Another library, of Alpha and Epsilon, in which Alpha is starred and Epsilon is read."""
    path = home / "laptop" / "library"
    call("import", digest("Alpha kettle", "Epsilon", name="other.txt"), "--library", path)
    call("mark", "alpha", "--star", "--library", path)
    call("mark", "epsilon", "--read", "--library", path)
    return path


def files(folder: Path) -> dict[str, bytes]:
    """All files in a folder."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


# -- merge ----------------------------------------------------------------------------------------


def test_another_library_is_taken_in(call, ids, other) -> None:
    """Its papers, digests and decisions, said in words; the other library is as it was, down to its files."""
    before = files(other)
    said = call("merge", other)
    assert (said.code, said.out) == (0, "")
    assert said.err == f"{other}: 1 new paper, 1 joined, 1 digest, 2 decisions.\n"
    assert call("list", "is:starred", "--ids").lines == ids[:1]
    assert "Epsilon" in call("list", "is:read").out
    assert files(other) == before
    assert call("merge", other).err == f"{other}: nothing new.\n"


def test_a_merge_of_what_may_only_be_read_writes_nothing_there(call, ids, other) -> None:
    """No lock, no folder: a copy on a read-only medium will do."""
    for name in ("lock", "papertui.json"):
        (other / name).unlink()
    call("merge", other)
    assert sorted(path.name for path in other.iterdir()) == [
        f"{table}.jsonl" for table in ("abstracts", "decisions", "digests", "papers")
    ]
    assert len(call("list").lines) == 5


def test_a_merge_as_json(call, ids, other) -> None:
    """The figures of each library and of all; talk is left out."""
    said = call("merge", other, "nowhere", "--json")
    assert (said.code, said.err) == (0, "")
    one, two = said.json["libraries"]
    assert one == {
        "path": str(other), "papers": 1, "joined": 1, "digests": 1, "decisions": 2, "notes": [],
        "left_out": [], "error": None,
    }  # fmt: skip
    assert "nowhere" in two["error"]
    assert said.json["totals"] == {"libraries": 2, "papers": 1, "joined": 1, "digests": 1, "decisions": 2}


def test_a_dry_run_says_the_same_and_changes_nothing(call, ids, other, home) -> None:
    """Down to the last byte."""
    before = files(home / "library")
    said = call("merge", other, "--dry-run")
    assert said.err == f"This would come in:\n{other}: 1 new paper, 1 joined, 1 digest, 2 decisions.\n"
    assert files(home / "library") == before


def test_undo_after_a_merge_takes_back_what_was_decided_here(call, ids, other) -> None:
    """What came in stands."""
    call("mark", ids[1], "--later")
    call("merge", other)
    assert "put off" in call("undo").err
    assert call("undo").code == 1
    assert call("list", "is:starred", "--ids").lines == ids[:1]
    log = [json.loads(line) for line in call("log", "--jsonl").lines]
    assert [line["id"] for line in log] == sorted((line["id"] for line in log), reverse=True)
    origins = [line["from"] for line in log]
    assert (origins[0], sorted(map(str, origins))) == (None, ["None", "None", *["laptop/library"] * 2])
    assert "(from laptop/library)" in call("log").out


def test_notes_that_differ_are_named_and_none_is_lost(call, ids, other) -> None:
    """The later one stands, and the log has both."""
    call("mark", ids[0], "--note", "mine, which is the earlier")
    call("mark", "alpha", "--note", "theirs", "--library", other)
    said = call("merge", other)
    assert "“Alpha kettle” differ: the later note stands; `papertui log` shows the other." in said.err
    assert call("show", ids[0], "--json").json["note"] == "theirs"
    log = call("log").out
    assert "“mine, which is the earlier”" in log
    assert "“theirs”" in log


@pytest.mark.parametrize("what", ["nowhere", "a file", "other files", "empty", "itself", "newer"])
def test_what_cannot_be_merged_is_refused_and_the_rest_goes_on(call, ids, other, home, what) -> None:
    """A sentence that names it; exit 1 only where nothing at all could be read."""
    path = home / "library" if what == "itself" else home / "x"
    if what == "a file":
        path.write_text("")
    elif what not in ("nowhere", "itself"):
        path.mkdir()
    if what == "other files":
        (path / "holiday.png").write_text("")
    if what == "newer":
        (path / "papertui.json").write_text('{"format": 99, "papertui": "9"}')
    said = call("merge", path)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("not read: ")
    assert str(path) in said.err
    assert len(said.err.splitlines()) == 1
    said = call("merge", path, other)
    assert said.code == 0
    assert "1 new paper" in said.err


def test_damaged_lines_of_the_other_are_counted(call, ids, other) -> None:
    """And what says which they are is named."""
    with (other / "decisions.jsonl").open("ab") as file:
        file.write(b"garbage\n")
    said = call("merge", other)
    assert f"1 line there could not be read; `papertui doctor --library {other}` says which." in said.err
    assert said.err.startswith(f"{other}: 1 new paper")


def test_conflict_copies_are_taken_in_and_put_away(call, ids, home) -> None:
    """The decisions of both count; the copy lies aside, and nothing that lies there is overwritten."""
    table = home / "library" / "decisions.jsonl"
    call("mark", ids[0], "--star")
    copy = table.read_bytes()
    table.unlink()
    call("mark", ids[1], "--later")
    name = "decisions (laptop's conflicted copy 2026-11-20).jsonl"
    for _ in range(2):
        table.with_name(name).write_bytes(copy)
        assert name in call("doctor").out
        assert call("merge", "--dry-run").code == 0
        assert table.with_name(name).exists()
        assert call("merge").code == 0
        assert not table.with_name(name).exists()
    assert call("list", "is:starred", "--ids").lines == ids[:1]
    assert call("list", "is:later", "--ids").lines == ids[1:2]
    aside = files(home / "library" / "aside")
    assert aside == {name: copy, f"{name}.1": copy}
    assert call("doctor").code == 0


def test_conflict_copies_of_the_other_count_and_stay(call, ids, other) -> None:
    """They are its own to put away."""
    copy = other / "decisions.sync-conflict-20261120-101010-ABCDEFG.jsonl"
    (other / "decisions.jsonl").rename(copy)
    assert "2 decisions" in call("merge", other).err
    assert copy.exists()


def test_without_a_library_and_without_copies(call, ids) -> None:
    """Exit 1, and what to write instead."""
    said = call("merge")
    assert (said.code, said.out) == (1, "")
    assert "`papertui merge LIBRARY`" in said.err


# -- backup ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["x.tar", "x.tar.gz", "x.tgz", "x.tar.xz"])
def test_a_backup_unpacks_to_the_library(call, ids, home, name) -> None:
    """Packed as its name says, for its owner alone, and with all that was decided."""
    call("mark", ids[0], "--star", "--note", "n")
    before = call("list", "--jsonl").out
    said = call("backup", name)
    assert (said.code, said.out) == (0, "")
    assert said.err.startswith(f"Wrote 4 papers and 1 decision to {name} (")
    assert stat.S_IMODE((home / name).stat().st_mode) == 0o600
    with tarfile.open(name) as archive:
        assert {member.mode for member in archive if member.isfile()} == {0o600}
        assert {member.mode for member in archive if member.isdir()} == {0o700}
        archive.extractall(home / "there", filter="tar")
    assert call("list", "--jsonl", "--library", home / "there" / "library").out == before
    assert call("doctor", "--library", home / "there" / "library").code == 0


def test_a_backup_to_stdout(program, ids, home) -> None:
    """A tar archive that another program takes."""
    command = [sys.executable, "-m", "tui.cli", "backup", "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    with tarfile.open(fileobj=BytesIO(done.stdout)) as archive:
        assert "library/papers.jsonl" in archive.getnames()
    assert done.stderr == b""


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("x.zip", 2, "“x.zip” does not say how to pack it"),
        ("nowhere/x.tar", 1, "there is no folder nowhere"),
        ("folder.tar", 1, "is no file"),
    ],
)
def test_a_backup_that_cannot_be_written(call, ids, home, name, code, words) -> None:
    """A sentence, and nothing is left."""
    (home / "folder.tar").mkdir()
    before = sorted(home.iterdir())
    said = call("backup", name)
    assert (said.code, said.out) == (code, "")
    assert words in said.err
    assert sorted(home.iterdir()) == before


def test_a_backup_of_nothing(call, home) -> None:
    """Of an empty library, or none: exit 1, and neither file nor library comes into being."""
    said = call("backup", "x.tar")
    assert said.code == 1
    assert "is empty; nothing was written" in said.err
    assert list(home.iterdir()) == []


def test_a_backup_of_a_library_that_is_read_only(call, ids, home, monkeypatch) -> None:
    """It needs no turn."""

    def refused(self: Turn, wait: float) -> None:
        raise ReadOnlyLibrary("read-only")

    monkeypatch.setattr(Turn, "take", refused)
    assert call("backup", "x.tar").code == 0
    with tarfile.open("x.tar") as archive:
        assert "library/digests.jsonl" in archive.getnames()


def test_backups_while_another_writes(call, ids, home) -> None:
    """Each is the library at one moment: nothing damaged, and of the decisions the first so many."""
    library = home / "library"
    with subprocess.Popen(
        [sys.executable, "-c", BUSY, str(library)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout
        assert writer.stdin
        assert writer.stdout.readline() == "begun\n"
        size = 0
        for number in range(10):
            while (library / "decisions.jsonl").stat().st_size == size:
                assert writer.poll() is None
                os.sched_yield()
            size = (library / "decisions.jsonl").stat().st_size
            assert call("backup", f"{number}.tar").code == 0
        writer.stdin.close()
    decisions = (library / "decisions.jsonl").read_bytes()
    sizes = []
    for number in range(10):
        with tarfile.open(f"{number}.tar") as archive:
            archive.extractall(str(number), filter="tar")
        copy = (home / str(number) / "library" / "decisions.jsonl").read_bytes()
        assert copy.endswith(b"\n")
        assert decisions.startswith(copy)
        sizes.append(len(copy))
        assert call("doctor", "--library", home / str(number) / "library").code == 0
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[-1] <= len(decisions)


# -- doctor ---------------------------------------------------------------------------------------


def wrong(said) -> list[str]:
    """What the doctor finds fault with."""
    return [line for line in said.lines if not line.startswith("ok  ")]


def test_doctor_of_a_sound_library(call, ids) -> None:
    """Exit 0, a line each."""
    said = call("doctor")
    assert (said.code, said.err) == (0, "")
    assert all(line.startswith("ok  ") for line in said.lines)
    assert "4 papers, 1 digest" in said.out
    assert all(finding["fine"] for finding in call("doctor", "--json").json)
    assert list(call("doctor", "--json").json[0]) == ["about", "fine", "words", "file", "line"]


@pytest.mark.parametrize("name", ["EDITOR", "VISUAL", "BROWSER"])
def test_doctor_of_a_program_that_is_none(call, ids, monkeypatch, name) -> None:
    """What is set and not there is found fault with; where nothing is set, what is used is named."""
    for other in ("EDITOR", "VISUAL", "BROWSER"):
        monkeypatch.delenv(other, raising=False)
    monkeypatch.setattr("shutil.which", lambda program: f"/bin/{program}" if program == "vi" else None)
    said = call("doctor")
    assert said.code == 0
    assert "ok  editor: vi, as $EDITOR is not set." in said.lines
    monkeypatch.setenv(name, "no-such-thing -w")
    said = call("doctor")
    about = "browser" if name == "BROWSER" else "editor"
    (line,) = (line for line in said.lines if line.startswith(f"NO  {about}: "))
    assert said.code == 1
    assert f"${name} is no-such-thing -w, which is not to be found" in line


@pytest.mark.parametrize("table", ["papers", "digests", "decisions"])
def test_doctor_of_a_damaged_line(call, ids, home, table) -> None:
    """Exit 1, naming file and line; the library works without it, and nothing is changed."""
    call("mark", ids[0], "--star")
    path = home / "library" / f"{table}.jsonl"
    with path.open("ab") as file:
        file.write(b"\x00garbage\n")
    before = path.read_bytes()
    said = call("doctor")
    assert said.code == 1
    (line,) = (line for line in said.lines if line.startswith("NO "))
    number = before.count(b"\n")
    assert f"{path}, line {number}" in line
    assert path.read_bytes() == before
    assert call("list", "is:starred", "--ids").lines == ids[:1]


def test_doctor_of_lost_abstracts(call, ids, home) -> None:
    """They are counted and one is named."""
    (home / "library" / "abstracts.jsonl").write_bytes(b"")
    said = call("doctor")
    assert said.code == 1
    assert "4 abstracts cannot be read" in said.out


def test_doctor_of_a_library_that_is_none(call, home) -> None:
    """Its sentence, beside the other findings."""
    (home / "library").write_text("")
    said = call("doctor")
    assert said.code == 1
    assert "is a file; a library is a folder" in said.out
    assert "keymap: default." in said.out


def test_doctor_of_an_unknown_theme(call, home) -> None:
    """One that neither we nor Textual have."""
    (home / "config.toml").write_text('theme = "nope"\n')
    said = call("doctor")
    assert said.code == 1
    assert "there is no theme “nope”" in said.out
    (home / "config.toml").write_text('theme = "nord"\n')
    assert call("doctor").code == 0


def test_doctor_of_many_damaged_lines(call, ids, home) -> None:
    """A handful is named, the others are counted."""
    path = home / "library" / "decisions.jsonl"
    path.write_bytes(b"garbage\n" * 12)
    path.chmod(0o600)
    assert len(wrong(call("doctor"))) == 6
    assert f"{path}: and 7 more of its lines cannot be read." in call("doctor").out
    findings = [finding for finding in call("doctor", "--json").json if not finding["fine"]]
    assert [finding["line"] for finding in findings] == [1, 2, 3, 4, 5, 6]
    assert {finding["file"] for finding in findings} == {str(path)}


def torn(library: Path) -> str:
    with (library / "papers.jsonl").open("ab") as file:
        file.write(b'{"0123')
    return "papers.jsonl, line 5: its end is missing (6 bytes); a write was cut short. The next write puts"


def a_folder(library: Path) -> str:
    (library / "decisions.jsonl").mkdir()
    return "decisions.jsonl: a folder stands where this file should be"


def a_pipe(library: Path) -> str:
    os.mkfifo(library / "decisions.jsonl")
    return "decisions.jsonl: a pipe stands where this file should be"


def no_digest(library: Path) -> str:
    (library / "digests.jsonl").unlink()
    return "4 papers came from the digest"


def moved_lines(library: Path) -> str:
    path = library / "abstracts.jsonl"
    path.write_bytes(b"".join(reversed(path.read_bytes().splitlines(keepends=True))))
    return "the place of 4 abstracts is not the one their papers name"


def left_over(library: Path) -> str:
    (library / "papers.jsonl.new").write_bytes(b"{")
    return "papers.jsonl.new is left over"


def no_head(library: Path) -> str:
    (library / "papertui.json").write_bytes(b"{")
    return "papertui.json does not say which format"


def open_to_others(library: Path) -> str:
    (library / "papers.jsonl").chmod(0o644)
    return "others on this machine may look into papers.jsonl (mode 0644)"


def strange_fields(library: Path) -> str:
    line = (
        '{"01M7XYCT8A0000000000000000": {"id": "01M7XYCT8A0000000000000000", "at": "2026-11-20T07:00:00Z", '
    )
    line += '"by": "b", "verb": "v", "mood": 1, "sets": {"stared": true, "tag:a": true}}}\n'
    (library / "decisions.jsonl").write_text(line)
    (library / "decisions.jsonl").chmod(0o600)
    return "“mood” (1), “sets.stared” (1). They are passed over"


def no_ulid(library: Path) -> str:
    line = '{"mine": {"id": "mine", "at": "2026-11-20T07:00:00Z", "by": "b", "verb": "star"}}\n'
    (library / "decisions.jsonl").write_text(line)
    (library / "decisions.jsonl").chmod(0o600)
    return "decisions under ids that are no ULIDs, or not their own: mine"


def to_come(library: Path) -> str:
    line = (
        '{"71M7XYCT8A0000000000000000": {"id": "71M7XYCT8A0000000000000000", "at": "2026-11-20T07:00:00Z", '
    )
    (library / "decisions.jsonl").write_text(line + '"by": "b", "verb": "star"}}\n')
    (library / "decisions.jsonl").chmod(0o600)
    return "which is to come: a clock was wrong"


FAULTS = [torn, a_folder, a_pipe, no_digest, moved_lines, left_over, no_head, open_to_others]
#: what only the user can put right
THEIRS = [no_digest, strange_fields, no_ulid, to_come]


@pytest.mark.parametrize("fault", [*FAULTS, *THEIRS[1:]], ids=lambda fault: fault.__name__)
def test_doctor_finds(call, ids, home, fault) -> None:
    """One finding for one fault, with a remedy; nothing is changed by looking."""
    words = fault(home / "library")
    before = files(home / "library")
    said = call("doctor")
    assert said.code == 1
    (line,) = wrong(said)
    assert words in line
    assert files(home / "library") == before


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_doctor_repairs(call, ids, home, fault) -> None:
    """After a backup; then all is fine but what only the user can do, and every paper is as it was."""
    before = call("list", "--ids").lines
    abstracts = [call("show", each, "--json").json["abstract"] for each in ids]
    fault(home / "library")
    said = call("doctor", "--repair")
    if fault not in THEIRS:
        assert (said.code, wrong(said)) == (0, [])
        (archive,) = home.glob("library-before-repair-*.tar")
        assert str(archive) in said.err
    assert call("list", "--ids").lines == before
    assert [call("show", each, "--json").json["abstract"] for each in ids] == abstracts
    again = call("doctor", "--repair")
    assert "nothing to mend" in again.err
    assert len(list(home.glob("library-before-repair-*"))) == (fault not in THEIRS)


def test_a_sound_library_is_not_repaired(call, ids, home) -> None:
    """No backup, and not a byte is different."""
    before = files(home)
    said = call("doctor", "--repair")
    assert said.code == 0
    assert said.err == "There is nothing to mend in the tables; nothing was changed.\n"
    assert files(home) == before


@pytest.mark.parametrize("what", ["a file", "other files", "newer"])
def test_what_is_no_library_of_ours_is_not_repaired(call, home, what) -> None:
    """A sentence, no backup, and nothing is different."""
    path = home / "library"
    if what == "a file":
        path.write_text("")
    else:
        path.mkdir()
        (path / ("papertui.json" if what == "newer" else "holiday.png")).write_text('{"format": 99}')
    before = files(home)
    said = call("doctor", "--repair")
    assert (said.code, said.out) == (1, "")
    assert len(said.err.splitlines()) == 1
    assert files(home) == before


def test_what_is_lost_comes_back_by_an_import(call, ids, home) -> None:
    """The repair says which file; until then the doctor does, and after that all is as before."""
    path = home / "library" / "abstracts.jsonl"
    first, *rest = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"#" + first[1:] + b"".join(rest))
    said = call("doctor", "--repair")
    assert said.code == 1
    assert f"Import {home / 'digest.txt'} again" in said.err
    assert f"Import {home / 'digest.txt'} again." in call("doctor").out
    assert call("import", home / "digest.txt").code == 0
    assert call("doctor").code == 0
    assert call("show", ids[0], "--json").json["abstract"] == "About Alpha kettle."


def test_a_paper_whose_line_is_lost_comes_back_by_an_import(call, ids, home) -> None:
    """Its digest is no longer taken for known; what was decided about it still stands."""
    call("mark", ids[1], "--star")
    path = home / "library" / "papers.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    lines[1] = b"\0" * len(lines[1][:-1]) + b"\n"
    path.write_bytes(b"".join(lines))
    assert len(call("list").lines) == 3
    assert f"Import {home / 'digest.txt'} again" in call("doctor", "--repair").err
    call("import", home / "digest.txt")
    assert call("list", "is:starred", "--ids").lines == [ids[1]]
    assert call("doctor").code == 0


def test_doctor_says_who_writes(call, ids, home) -> None:
    """On Linux, where the system tells."""
    if sys.platform != "linux":
        pytest.skip("nothing tells who holds a lock here")
    storage = JsonLinesStorage(home / "library")
    storage.turn.take(5)
    assert f"process {os.getpid()} is writing at this moment" in call("doctor").out
    storage.turn.give()
    assert "is writing" not in call("doctor").out
