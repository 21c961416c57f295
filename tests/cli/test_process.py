"""The program itself, in a process of its own: exit codes, signals, pipes, locales, imports."""

import json
import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

DUMPS = Path(__file__).parent.parent / "dumps"
HOSTILE = "Alpha \x1b[31mred\x1b[0m \x9b1m \u202eevil\u2066 \u200bzero\ufeff\x07\x7f kettle"
_MODULES = """
import sys
from tui.cli.front_door import run
code = run(sys.argv[1:])
print(code, sorted({m.partition(".")[0] for m in sys.modules} & {"textual"}), file=sys.stderr)
"""


@pytest.mark.parametrize(
    "verb", [["import", DUMPS], ["list"], ["list", "--jsonl", "x"], ["open", DUMPS], ["keys"]]
)
def test_textual_is_not_imported_without_a_screen(program, verb) -> None:
    """What runs in scripts and pipes does not pay for the app."""
    said = program(*verb, python=("-c", _MODULES))
    assert said.err.splitlines()[-1] == "0 []"


def test_exit_codes(program) -> None:
    """0, 1 and 2 reach the shell."""
    assert program("list").code == 0
    assert program("undo").code == 1
    assert program("lsit").code == 2


def test_an_interrupt_in_the_middle_of_an_import(home, program) -> None:
    """Exit 130; what the report tells is what the library holds, and the rest comes in next time."""
    folder = home / "many"
    folder.mkdir()
    for number in range(120):
        (folder / f"{number:03}.txt").write_text(
            f"Title: Paper {number}\nSummary: x\n---\nTitle: T {number}\n"
        )
    command = [sys.executable, "-m", "tui.cli", "import", "many", "--json"]
    # whoever runs the tests may have told them to ignore SIGINT, and children inherit that
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as process:
        digests = home / "library" / "digests.jsonl"
        while process.poll() is None and not (digests.exists() and digests.read_bytes().count(b"\n") > 2):
            os.sched_yield()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
    assert process.returncode == 130
    assert err.decode().strip() == "Interrupted; what was finished is kept."
    report = json.loads(out)
    done = report["totals"]["files"]
    assert 2 < done < 120
    assert digests.read_bytes().count(b"\n") == done
    assert program("doctor").code == 0
    assert len(program("list").lines) == report["totals"]["new"] == 2 * done
    again = program("import", "many", "--json").json
    assert [file["known"] for file in again["files"]] == [True] * done + [False] * (120 - done)
    assert again["totals"]["new"] == 2 * (120 - done)


def test_a_reader_that_goes_away(call, digest) -> None:
    """`papertui list | head -1` ends without a word."""
    call("import", digest(*(f"Paper {number} {'x' * 200}" for number in range(2000))))
    command = [sys.executable, "-m", "tui.cli", "list"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        assert b"Paper 0" in process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == -signal.SIGPIPE


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("args", [["list"], ["--help"], ["export", ""]])
def test_a_full_disk_behind_stdout(call, ids, args) -> None:
    """A sentence and exit 1, no traceback."""
    command = [sys.executable, "-m", "tui.cli", *args]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert done.stderr.decode() == "papertui: output: no space left on device.\n"


@pytest.mark.parametrize("env", [{"LC_ALL": "C", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "ascii"}])
def test_other_encodings(call, program, digest, env) -> None:
    """Nothing breaks, and JSON stays JSON with the same text in it."""
    call("import", digest("Alpha “é” 漢 🂡"))
    title = json.loads(program("list", "--jsonl", **env).out)["title"]
    assert title == "Alpha “é” 漢 🂡"
    paper_id = program("list", "--ids", **env).lines[0]
    for args in (["list"], ["show", paper_id], ["export", ""], ["log"], ["keys"], ["--help"], ["config"]):
        said = program(*args, **env)
        assert (said.code, "Traceback" in said.err) == (0, False)
    assert "Did you mean" in program("lsit", **env).err
    assert program("mark", paper_id, "--star", **env).err.startswith("starred ")


def test_an_encoding_that_has_not_all(call, program, digest) -> None:
    """What it lacks is an escape."""
    call("import", digest("Alpha “é” 漢"))
    assert program("list", PYTHONIOENCODING="ascii").out.endswith("\tAlpha \\u201c\\u00e9\\u201d \\u6f22\n")


def test_nothing_hostile_reaches_a_terminal(call, digest, home) -> None:
    """No control, bidi or zero-width character of a title, tag, note or name is printed, by any verb."""
    lines = [json.dumps({"title": HOSTILE + end, "abstract": HOSTILE}) for end in ("", " two")]
    (home / "x\u202e\x1b.txt").write_text("\n".join(lines))
    call("import", "x\u202e\x1b.txt")
    ids = call("list", "--ids").lines
    decisions = home / "library" / "decisions.jsonl"
    call("mark", ids[0], "--star", "--note", HOSTILE, "--tag", "x")
    decisions.write_text(decisions.read_text("utf-8").replace("tag:x", "tag:x\u202ey"), "utf-8")
    calls = [
        ["list"], ["list", "--jsonl"], ["show", ids[0]], ["show", ids[0], "--json"], ["log"],
        ["log", "--jsonl"],
        ["export"], ["export", "--format", "jsonl"], ["digests"], ["digests", "--json"], ["stats"],
        ["stats", "--json"], ["mark", ids[0], "--read"], ["mark", ids[1], "--read", "--json"], ["undo"],
        ["redo"], ["open", "x\u202e\x1b.txt"], ["import", "x\u202e\x1b.txt"], ["doctor"],
        ["import", "x\u202e\x1b.txt", "--json"], ["import", "no\x1b\u202e"], ["list", "titel:\x1b\u202e"],
        ["\x1b\u202e"], ["show", "\x1b\u202e"], ["keys", "\x1b\u202e"], ["export", "-o", "no\x1b/\u202e"],
        ["mark", ids[0], "--tag", "\x1b \u202e"], ["list", "--\x1b\u202e"], ["list", "--order", "\x1b\u202e"],
    ]  # fmt: skip
    unseen = set("\x1b\x9b\x07\x7f\u202e\u2066\u200b\ufeff")
    for args in calls:
        said = call(*args)
        assert said.out or said.err, args
        assert not unseen & set(said.out + said.err), args
    assert json.loads(call("list", "--jsonl").lines[0])["title"] == HOSTILE


def test_the_title_is_one_line(call, digest) -> None:
    """Line ends of every kind inside a JSON title break no line of any list."""
    line = json.dumps({"title": "one\ntwo\r\nthree\u2028four\x85five\tsix", "abstract": "x"})
    call("import", "-", stdin=line)
    assert call("list").out.split("\t")[3] == "one two three four five six\n"
    assert len(call("list", "--jsonl").out.splitlines()) == 1
    assert "## one two three four five six\n" in call("export", "").out


def test_the_same_library_gives_the_same_bytes(call, program) -> None:
    """Whatever the hash seed and the zone, from one process to the next."""
    call("import", DUMPS)
    call("mark", "is:inbox", "--star", "--tag", "a", "--tag", "b")
    for args in (["export"], ["export", "--format", "jsonl"], ["list"], ["digests", "--json"]):
        one = program(*args, PYTHONHASHSEED="1", TZ="Asia/Tokyo")
        two = program(*args, PYTHONHASHSEED="2", TZ="America/Lima")
        assert one.out == two.out != ""


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_streams_that_are_closed_from_the_start(home, program, closed) -> None:
    """Nothing is printed into a file of ours that took the number of a closed stream."""
    assert program("import", DUMPS).code == 0
    before = sorted((p.name, p.read_bytes()) for p in (home / "library").glob("*.jsonl"))
    call = shlex.join([sys.executable, "-m", "tui.cli", "list"])
    env = {**os.environ, "PAPERTUI_LIBRARY": str(home / "library")}
    ended = subprocess.run(
        ["sh", "-c", f"{call} {closed}"], cwd=home, env=env, capture_output=True, text=True
    )
    assert ended.returncode == 0
    assert ended.stderr == ""
    assert bool(ended.stdout) == (" >&-" not in f" {closed}")
    assert sorted((p.name, p.read_bytes()) for p in (home / "library").glob("*.jsonl")) == before


def test_a_defect_of_ours_is_a_sentence(call, monkeypatch) -> None:
    """With the place of the details, and no traceback."""

    def broken(*_: object) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr("tui.papers.library.Library.list", broken)
    said = call("list")
    assert said.code == 1
    assert "papertui: a defect of its own ended it (RuntimeError). Nothing decided was lost" in said.err
    assert "Traceback" not in said.err
