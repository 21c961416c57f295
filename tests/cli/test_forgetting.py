"""forget on the command line, and what the other verbs say of what is forgotten."""

import io
import json
import sys

import pytest


@pytest.fixture
def two(call, digest) -> None:
    """mon.txt with Alpha and Beta, tue.txt with Beta and Gamma."""
    call("import", digest("Alpha", "Beta", name="mon.txt"))
    call("import", digest("Beta", "Gamma", name="tue.txt"))


def titles(call) -> list[str]:
    return [line.split("\t")[-1] for line in call("list").lines]


@pytest.fixture
def answering(capsys, monkeypatch):
    """Run papertui on a terminal at which this is answered."""

    def answering(answer: str, *args: object):
        from tui.cli.front_door import run

        class Terminal(io.StringIO):
            def isatty(self) -> bool:
                return True

        monkeypatch.setattr(sys, "stdin", Terminal(answer + "\n"))
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
        capsys.readouterr()
        return run([str(arg) for arg in args]), capsys.readouterr().err

    return answering


def test_an_import_is_taken_back_by_its_name(call, two) -> None:
    """Its own papers leave; the shared one stays; undo brings them back, and everything says so."""
    said = call("forget", "mon", "--yes")
    assert said.code == 0
    assert said.out == ""
    assert said.err == (
        "forgot mon: 1 paper left; 1 paper stays, for another import holds it. "
        "`papertui undo` brings them back.\n"
    )
    assert sorted(titles(call)) == ["Beta", "Gamma"]
    assert call("list", "alpha").out == ""
    assert call("export", "alpha").code == 1
    assert "  1  digests" in call("stats").out
    assert call("log").lines[0].endswith("forgot mon: 2 papers")
    assert call("undo").err == "took back: forgot mon: 2 papers.\n"
    assert sorted(titles(call)) == ["Alpha", "Beta", "Gamma"]


def test_the_list_of_imports_keeps_it(call, two) -> None:
    """Marked as forgotten in words and in JSON; the others are false, not left out."""
    call("forget", "mon", "--yes")
    assert {d["name"]: d["forgotten"] for d in call("digests", "--json").json} == {"mon": True, "tue": False}
    assert ["forgotten" in line for line in call("digests").lines] == [False, True]


def test_an_id_names_an_import_and_words_name_papers(call, two) -> None:
    """A paper of a query leaves all its imports."""
    mon = next(d["id"] for d in call("digests", "--json").json if d["name"] == "mon")
    assert "forget mon: 1 paper leaves" in call("forget", mon, "--dry-run").err
    said = call("forget", "title:beta", "--yes")
    assert said.err == "forgot 1 paper of mon and tue: 1 paper left. `papertui undo` brings it back.\n"
    assert sorted(titles(call)) == ["Alpha", "Gamma"]
    assert call("log").lines[0].endswith("forgot 1 paper in mon and tue")


def test_what_would_leave_is_said_and_nothing_done(call, two) -> None:
    """With --dry-run, starred and noted papers counted among those that leave."""
    call("mark", "alpha", "--star", "--note", "n")
    said = call("forget", "mon", "--dry-run")
    assert (said.code, said.out) == (0, "")
    assert said.err == (
        "This would be done: forget mon: 1 paper leaves, 1 starred and 1 noted among them; "
        "1 paper stays, for another import holds it.\n"
    )
    assert len(titles(call)) == 3


def test_the_same_in_json(call, two) -> None:
    """Fields that are always there; a dry run has no decision."""
    dry = call("forget", "mon", "--dry-run", "--json").json
    said = call("forget", "mon", "--yes", "--json").json
    assert list(said) == ["decision", "papers", "changed", "digests", "leave", "stay", "starred", "noted"]
    assert dry == {**said, "decision": None}
    assert (said["changed"], said["leave"], said["stay"]) == (2, 1, 1)
    log = json.loads(call("log", "--jsonl").lines[0])
    assert (log["id"], log["verb"]) == (said["decision"], "forget")
    assert log["sets"] == {f"digest:{said['digests'][0]}": False}


def test_nobody_to_ask_is_wrong_usage(call, two) -> None:
    """A script says --yes; nothing is done without."""
    said = call("forget", "mon")
    assert said.code == 2
    assert "--yes" in said.err
    assert len(titles(call)) == 3


@pytest.mark.parametrize("answer", ["", "n", "later"])
def test_only_a_yes_is_one(call, two, answering, answer) -> None:
    """Asked at a terminal, with the numbers; everything else leaves things as they are."""
    code, said = answering(answer, "forget", "mon")
    assert code == 1
    assert said.startswith("To forget mon: 1 paper leaves; 1 paper stays, for another import holds it.\n")
    assert said.endswith("Nothing was forgotten.\n")
    assert len(titles(call)) == 3


def test_a_yes_does_it(call, two, answering) -> None:
    """y is enough."""
    code, said = answering("y", "forget", "mon")
    assert code == 0
    assert "`papertui undo` brings them back." in said
    assert len(titles(call)) == 2


def test_importing_the_file_again_brings_it_back(call, two, home) -> None:
    """By a decision, and the report says so; `open` does the same."""
    call("forget", "mon", "--yes")
    said = call("import", "mon.txt")
    assert (
        said.out == "mon.txt  title-pdf-summary  known already, 2 records, 2 forgotten papers brought back\n"
    )
    assert len(titles(call)) == 3
    assert call("log").lines[0].endswith("brought mon back: 2 papers")
    call("undo")
    assert len(titles(call)) == 2
    assert "2 forgotten papers brought back" in call("open", "mon.txt").err
    assert len(titles(call)) == 3


def test_reading_it_again_brings_it_back_too(call, two) -> None:
    """With --year."""
    call("forget", "mon", "--yes")
    assert "2 forgotten papers brought back" in call("import", "mon.txt", "--year", "2024").out
    assert len(titles(call)) == 3


def test_a_folder_does_not_bring_back_what_lies_in_it(call, two, home) -> None:
    """Whoever opens the folder every morning is not given back what was forgotten; the report says how."""
    (home / "dumps").mkdir()
    for name in ("mon.txt", "tue.txt"):
        (home / name).rename(home / "dumps" / name)
    call("forget", "mon", "--yes")
    said = call("import", "dumps")
    assert "it is forgotten, name the file itself to bring it back" in said.lines[0]
    assert said.lines[-1].endswith("1 forgotten file passed over")
    assert len(titles(call)) == 2


def test_the_paper_in_a_new_import_is_there_again(call, two, digest) -> None:
    """With what was decided about it before."""
    call("mark", "alpha", "--star")
    call("forget", "mon", "--yes")
    call("import", digest("Alpha", "Delta", name="wed.txt"))
    assert sorted(titles(call)) == ["Alpha", "Beta", "Delta", "Gamma"]
    assert call("list", "is:starred", "--jsonl").json["title"] == "Alpha"
    assert [d["name"] for d in call("list", "alpha", "--jsonl").json["digests"]] == ["wed"]


def test_what_cannot_be_forgotten_is_said(call, two, digest) -> None:
    """No such import, one that is forgotten, one without a paper of its own, and an empty library."""
    said = call("forget", "mun", "--yes")
    assert (said.code, "Did you mean mon?" in said.err) == (1, True)
    call("forget", "mon", "--yes")
    said = call("forget", "mon", "--yes")
    assert (said.code, "forgotten already" in said.err) == (1, True)
    said = call("forget", "0" * 12, "--yes")
    assert (said.code, "no paper has the id" in said.err) == (1, True)
    assert call("forget", "is:nosuch", "--yes").code == 2
    call("forget", "tue", "--yes")
    said = call("list")
    assert (said.code, said.out) == (0, "")
    assert said.err.startswith("All that was imported is forgotten.")
    assert call("forget", "tue", "--yes").code == 1


def test_a_merge_takes_the_forgetting_along(call, two, home) -> None:
    """And a copy that has not heard of it does not undo it."""
    call("--library", "other", "import", "mon.txt", "tue.txt")
    call("forget", "mon", "--yes")
    call("--library", "other", "merge", "library")
    assert len(call("--library", "other", "list").lines) == 2
    about, *findings = call("doctor", "--library", "other").lines
    assert "2 papers, 1 digest (1 paper more forgotten)" in about
    assert not [line for line in findings if line.startswith("NO") and "terminal" not in line]


def test_an_export_of_everything_keeps_the_decision(call, two) -> None:
    """Of the papers those that are there; of the decisions also what was forgotten."""
    call("mark", "alpha", "--star")
    call("forget", "mon", "--yes")
    written = call("export", "is:inbox", "OR", "is:starred", "--format", "tinydb").json
    assert sorted(p["title"] for p in written["papers"].values()) == ["Beta", "Gamma"]
    assert [d["name"] for d in written["digests"].values()] == ["tue"]
    assert [d["verb"] for d in written["decisions"].values()] == ["star", "forget"]


def test_forgetting_decides_nothing(call, ids) -> None:
    """Neither the days of the figures nor decided: count it, or the bringing back."""
    call("mark", ids[0], "--star")
    call("forget", "digest", "--yes")
    assert call("stats", "--json").json["days"] == {}
    call("import", "digest.txt")
    assert [*call("stats", "--json").json["days"].values()] == [1]
    assert call("list", "decided:today", "--ids").lines == [ids[0]]
