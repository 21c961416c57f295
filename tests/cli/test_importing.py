"""Taking digests in, file by file: whole or not at all."""

import os
import signal
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tui.cli.importing import FileReport, Rejected, Report, interrupts_held
from tui.papers.paper import Digest
from tui.store.database import Database


def test_an_interrupt_waits(interrupting) -> None:
    """Until what is in hand is done, and then it comes."""
    done = []

    def work() -> None:
        with interrupts_held():
            signal.raise_signal(signal.SIGINT)
            done.append(1)

    with pytest.raises(KeyboardInterrupt):
        work()
    assert done == [1]
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_without_an_interrupt_nothing_happens(interrupting) -> None:
    """And the old handler is back."""
    with interrupts_held():
        pass
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_an_interrupted_import_keeps_what_was_finished(call, digest, home, monkeypatch, interrupting) -> None:
    """An interrupt amid the writing of the second of three: two are in, whole, and told; exit 130."""
    for number in (1, 2, 3):
        digest(f"Paper {number}", f"Twin {number}", name=f"d/{number}.txt")
    keep, sync, kept = Database.keep_import, os.fsync, []

    def counting(self: Database, digests: list[Digest], *rest: object) -> object:
        kept.extend(digest.name for digest in digests)
        return keep(self, digests, *rest)

    def interrupted(descriptor: int) -> None:
        sync(descriptor)
        if kept == ["1", "2"]:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(Database, "keep_import", counting)
    monkeypatch.setattr(os, "fsync", interrupted)
    said = call("import", "d", "--json")
    assert kept == ["1", "2"]
    monkeypatch.undo()
    monkeypatch.chdir(home)
    monkeypatch.setenv("PAPERTUI_LIBRARY", str(home / "library"))
    assert said.code == 130
    assert said.err.strip() == "Interrupted; what was finished is kept."
    assert [Path(file["path"]).name for file in said.json["files"]] == ["1.txt", "2.txt"]
    assert said.json["totals"]["new"] == 4
    assert len(call("list").lines) == 4
    assert call("doctor").code == 0
    again = call("import", "d", "--json").json
    assert [file["known"] for file in again["files"]] == [True, True, False]
    assert again["totals"]["new"] == 2


def test_a_disk_that_fills_up(call, digest, monkeypatch) -> None:
    """What was finished is told, then why it ended; exit 1."""
    one, two = digest("Alpha", name="1.txt"), digest("Beta", name="2.txt")
    call("import", one)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    said = call("import", one, two)
    assert said.code == 1
    assert said.lines[0].endswith("known already, 1 record")
    assert "disk full" in said.err


def test_every_import_is_newer_than_the_last(call, digest, monkeypatch) -> None:
    """`is:new` is the last import alone, even where the clock stands still."""
    monkeypatch.setattr("tui.cli.importing.now_utc", lambda: datetime(2026, 1, 1, tzinfo=UTC))
    call("import", digest("Alpha", name="1.txt"))
    call("import", digest("Beta", name="2.txt"), digest("Gamma", name="3.txt"))
    titles = [line.split("\t")[3] for line in call("list", "is:new").lines]
    assert titles == ["Beta", "Gamma"]


def test_a_report_in_words() -> None:
    """Nothing unseen of a file's name or of its words reaches the terminal."""
    file = FileReport("a\x1b[31m\n.txt", "f", records=3, new=1, repeated=2, rejected=(Rejected(4, "x\x07"),))
    assert list(file.lines()) == [
        "a\\u001b[31m\\u000a.txt  f  3 records: 1 new, 2 repeated",
        "    line 4 not understood: x\\u0007",
    ]
    assert list(FileReport("x", error="x\u202e is empty.").lines()) == ["not read: x\\u202e is empty."]


def test_a_path_is_shown_as_it_is(call, digest) -> None:
    """Nothing in a file's name is taken for TeX or for a character's code."""
    digest("Alpha", name=r"paper-x2013\ie.txt")
    assert call("import", r"paper-x2013\ie.txt").out.startswith(r"paper-x2013\ie.txt  ")
    assert r"paper-x2013\ie.txt" in call("digests").out


def test_a_name_that_is_no_text(call, digest, home) -> None:
    """A path of bytes that are not UTF-8 is read, kept and told."""
    name = b"caf\xe9.txt".decode("utf-8", "surrogateescape")
    digest("Alpha", name=name)
    said = call("import", name, "--json")
    assert (said.code, said.json["files"][0]["path"]) == (0, name)
    assert "\\udce9" in said.out
    assert call("digests", "--json").json[0]["path"].endswith("caf\ufffd.txt")


def test_the_summary_of_a_report() -> None:
    """The words of the app's status line."""
    report = Report(
        [FileReport("a", new=1200, merged=3, rejected=(Rejected(1, ""),)), FileReport("b", error="x")]
    )
    assert report.summary() == "1,200 new, 3 also in another digest, 1 not understood, 1 file not read"
    assert not report.nothing_read
    assert Report([FileReport("b", error="x")]).nothing_read
