"""mark, undo, redo and log: one decision a call, and the way back."""

import json
from datetime import UTC, datetime

import pytest

from tui.papers.triage import Decision
from tui.store.database import Database


def states(call) -> dict[str, list[str]]:
    """The titles' first words by state."""
    return {
        state: [line.split("\t")[3].split()[0] for line in call("list", f"is:{state}").lines]
        for state in ("inbox", "starred", "read", "later")
    }


def test_mark_ids(call, ids) -> None:
    """Says what it did on stderr, and how to take it back; stdout is empty."""
    said = call("mark", ids[0], ids[2], "--star")
    assert (said.code, said.out) == (0, "")
    assert said.err == "starred: 2 papers. `papertui undo` takes it back.\n"
    assert states(call)["starred"] == ["Alpha", "Gamma"]


def test_mark_a_query(call, ids) -> None:
    """Every paper that matches; one is named."""
    assert "put off: 2 papers" in call("mark", "lantern", "--later").err
    assert "“Alpha kettle”" in call("mark", "kettle", "-beta", "--read").err
    assert states(call) == {
        "inbox": ["Beta"],
        "starred": [],
        "read": ["Alpha"],
        "later": ["Gamma", "Delta"],
    }


def test_mark_ids_from_stdin(call, ids) -> None:
    """`papertui list --ids … | papertui mark - --read`."""
    said = call("mark", "-", "--read", stdin="\n".join(ids[1:3]))
    assert said.code == 0
    assert states(call)["read"] == ["Beta", "Gamma"]


def test_mark_options_may_stand_anywhere(call, ids) -> None:
    """Before the query, between, after."""
    assert call("mark", "--star", "kettle", "--tag", "x", "-beta").code == 0
    assert states(call)["starred"] == ["Alpha"]


@pytest.mark.parametrize(
    ("option", "state"),
    [("--star", "starred"), ("--read", "read"), ("--later", "later")],
)
def test_each_verdict_and_its_opposite(call, ids, option, state) -> None:
    """What one puts on the other takes off."""
    opposite = {"--star": "--unstar", "--read": "--unread", "--later": "--now"}[option]
    call("mark", ids[0], option)
    assert states(call)[state] == ["Alpha"]
    assert call("mark", ids[0], opposite).code == 0
    assert states(call)[state] == []
    assert states(call)["inbox"] == ["Alpha", "Beta", "Gamma", "Delta"]


def test_several_options_are_one_decision(call, ids) -> None:
    """One line in the log, one undo."""
    call("mark", ids[0], "--star", "--read", "--tag", "a", "--tag", "#b", "--note", "hm")
    (decision,) = [json.loads(line) for line in call("log", "--jsonl").lines]
    assert decision["verb"] == "mark"
    assert decision["sets"] == {
        "starred": True, "read": True, "later": False, "tag:a": True, "tag:b": True, "note": "hm"
    }  # fmt: skip
    call("undo")
    paper = call("show", ids[0], "--json").json
    assert (paper["starred"], paper["read"], paper["tags"], paper["note"]) == (False, False, [], "")


def test_a_single_option_is_its_own_verb(call, ids) -> None:
    """The log names what was done."""
    call("mark", ids[0], "--unread", "--dry-run")
    for option in ("star", "later", "now"):
        call("mark", ids[0], f"--{option}")
    assert [json.loads(line)["verb"] for line in call("log", "--jsonl").lines] == ["now", "later", "star"]


@pytest.mark.parametrize(
    "options",
    [
        ["--star", "--unstar"],
        ["--read", "--unread"],
        ["--later", "--now"],
        ["--later", "--read"],
        ["--tag", "a", "--untag", "a"],
        ["--tag", "a", "--untag", "#a"],
        ["--tag", "two words"],
        ["--tag", ""],
        ["--tag", "\u202e"],
        [],
    ],
)
def test_contradictions_are_refused(call, ids, options) -> None:
    """Exit 2, a sentence, and nothing is decided."""
    said = call("mark", *ids, *options)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("papertui: ")
    assert call("log").out == ""


def test_what_may_go_together(call, ids) -> None:
    """`--star --read` and `--later --tag` do not contradict."""
    assert call("mark", ids[0], "--star", "--read").code == 0
    assert call("mark", ids[1], "--later", "--unread", "--tag", "x").code == 0
    assert states(call)["later"] == ["Beta"]


@pytest.mark.parametrize(
    ("query", "words"),
    [([""], "say which papers"), (["--", ""], "say which papers"), (["!!!"], "nothing to look for in “!!!”")],
)
def test_an_empty_query_is_not_everything(call, ids, query, words) -> None:
    """`papertui mark "$UNSET" --read` must not read the whole library."""
    said = call("mark", "--read", *query)
    assert said.code == 2
    assert words in said.err
    assert call("log").out == ""


@pytest.mark.parametrize(
    ("words", "stdin", "code"),
    [
        (["nothing"], "", 1),
        (["-"], "", 1),
        (["-"], "not an id", 2),
        (["-", "kettle"], "", 2),
        (["deadbeefdead"], "", 1),
        (["is:nonsense"], "", 2),
    ],
)
def test_papers_that_are_not_there(call, ids, words, stdin, code) -> None:
    """Nothing is decided, and a sentence says why."""
    said = call("mark", *words, "--star", stdin=stdin)
    assert (said.code, said.out) == (code, "")
    assert said.err
    assert call("log").out == ""


def test_one_unknown_id_among_others_stops_all(call, ids) -> None:
    """It is named; the others are left as they are."""
    said = call("mark", ids[0], "deadbeefdead", "--star")
    assert said.code == 1
    assert "deadbeefdead" in said.err
    assert call("log").out == ""


def test_beginnings_of_ids_are_words(call, ids) -> None:
    """Only whole ids count as ids: half of one is a word that no paper has."""
    assert call("mark", ids[0][:8], "--star").code == 1
    assert call("log").out == ""


def test_mark_what_is_so_already(call, ids) -> None:
    """Exit 0, and no decision."""
    call("mark", ids[0], "--star")
    said = call("mark", ids[0], "--star")
    assert (said.code, said.err) == (0, "It is so already; nothing was changed.\n")
    assert "All of them are so already" in call("mark", ids[0], ids[0], ids[1], "--unread").err
    assert len(call("log").lines) == 1


def test_mark_as_json(call, ids) -> None:
    """The decision's id, the papers asked for, how many changed; nothing is said."""
    call("mark", ids[0], "--star")
    said = call("mark", *ids[:2], "--star", "--json")
    assert (said.code, said.err) == (0, "")
    assert list(said.json) == ["decision", "papers", "changed"]
    assert said.json["papers"] == ids[:2]
    assert said.json["changed"] == 1
    assert said.json["decision"] == json.loads(call("log", "--jsonl").lines[0])["id"]
    assert call("mark", *ids[:2], "--star", "--json").json == {
        "decision": None,
        "papers": ids[:2],
        "changed": 0,
    }


def test_dry_run(call, ids) -> None:
    """Says what would be done, of those papers alone that would change, and does nothing."""
    call("mark", ids[0], "--read")
    said = call("mark", *ids[:3], "--read", "--dry-run")
    assert (said.code, said.out) == (0, "")
    assert said.err == "This would be done: marked read: 2 papers.\n"
    assert call("mark", ids[0], "--read", "--dry-run").err == "This would be done: nothing.\n"
    said = call("mark", *ids[:3], "--read", "--dry-run", "--json")
    assert said.json == {"decision": None, "papers": ids[:3], "changed": 2}
    assert len(call("log").lines) == 1


def test_notes(call, ids) -> None:
    """An empty one takes it off; what no file can hold is replaced."""
    call("mark", ids[0], "--note", "--hm")
    assert call("show", ids[0], "--json").json["note"] == "--hm"
    call("mark", ids[0], "--note", "caf\udce9")
    assert call("show", ids[0], "--json").json["note"] == "caf?"
    call("mark", ids[0], "--note", "")
    assert call("show", ids[0], "--json").json["note"] == ""


def test_undo_and_redo(call, ids) -> None:
    """The newest first, N at a time, each told."""
    call("mark", ids[0], "--star")
    call("mark", ids[1], "--read")
    said = call("undo", "2")
    assert (said.code, said.out) == (0, "")
    assert said.err == "took back: marked read “Beta kettle”.\ntook back: starred “Alpha kettle”.\n"
    assert states(call)["inbox"] == ["Alpha", "Beta", "Gamma", "Delta"]
    assert call("redo").err == "did again: starred “Alpha kettle”.\n"
    assert states(call)["starred"] == ["Alpha"]
    assert call("redo").code == 0
    assert call("redo").code == 1


def test_nothing_to_take_back(call, ids) -> None:
    """Exit 1 where nothing at all was done, 0 where there were only fewer than asked for."""
    said = call("undo")
    assert (said.code, said.out, said.err) == (1, "", "Nothing to take back.\n")
    assert call("redo").err == "Nothing to do again.\n"
    call("mark", ids[0], "--star")
    said = call("undo", "5")
    assert (said.code, said.err.splitlines()[-1]) == (0, "Nothing to take back.")


def test_a_new_act_ends_what_could_be_redone(call, ids) -> None:
    """Redo gives back only what was undone last."""
    call("mark", ids[0], "--star")
    call("undo")
    call("mark", ids[1], "--star")
    assert call("redo").code == 1


def test_undo_and_redo_as_json(call, ids) -> None:
    """A line each, as of mark."""
    call("mark", *ids[:2], "--star")
    call("mark", ids[2], "--read")
    said = call("undo", "2", "--json")
    first, second = (json.loads(line) for line in said.lines)
    assert list(first) == ["decision", "papers", "changed"]
    assert (first["papers"], first["changed"]) == ([ids[2]], 1)
    assert (second["papers"], second["changed"]) == (ids[:2], 2)
    assert call("redo", "--json").json["papers"] == ids[:2]
    said = call("redo", "5", "--json")
    assert (said.code, len(said.lines)) == (0, 1)


def test_undo_says_which_act_rules_now(call, ids) -> None:
    """Where taking back changes nothing, the reason is named."""
    call("mark", ids[0], "--tag", "x", "--star")
    call("mark", *ids[:2], "--star")
    call("mark", ids[0], "--unstar")
    call("mark", ids[0], "--star")
    said = call("undo")
    assert said.err.startswith("took back: starred “Alpha kettle”")


def test_log(call, ids) -> None:
    """Newest first: when, by which machine, what, and whether it stands."""
    call("mark", ids[0], "--star")
    call("mark", *ids[1:3], "--read")
    call("undo")
    newest, read, star = call("log").lines
    assert newest.endswith("took back: marked read: 2 papers")
    assert read.endswith("marked read: 2 papers  (taken back)")
    assert star.endswith("starred “Alpha kettle”")
    assert star[:4] == "20" + star[2:4]
    assert call("log", "--limit", "1").lines == [newest]
    assert call("log", "--limit", "0").out == ""


def test_log_as_json_lines(call, ids) -> None:
    """All fields, absent ones null; an undo names its act and does not itself stand or fall."""
    call("mark", ids[0], "--star")
    call("undo")
    undo, star = (json.loads(line) for line in call("log", "--jsonl").lines)
    fields = ["id", "at", "by", "verb", "papers", "sets", "act", "stands", "from"]
    assert list(undo) == list(star) == fields
    assert (star["verb"], star["papers"], star["stands"], star["act"]) == ("star", [ids[0]], False, None)
    assert star["sets"] == {"starred": True, "later": False}
    assert (undo["verb"], undo["act"], undo["stands"], undo["papers"]) == ("undo", star["id"], None, [])
    assert star["at"].endswith("Z")
    assert star["id"] < undo["id"]


def test_decisions_are_seen_by_the_next_call(call, ids) -> None:
    """On disk when the call returns; a decision outlives a second import."""
    call("mark", ids[3], "--tag", "vision")
    assert call("list", "--ids", "tag:VISION").lines == [ids[3]]


# -- any decision -------------------------------------------------------------------------------------


def acts(call) -> list[str]:
    """The ids that `log --ids` prints, newest first."""
    return [line.split()[0] for line in call("log", "--ids").lines]


def test_log_prints_ids(call, ids) -> None:
    """Before each line, the same as in JSON."""
    call("mark", ids[0], "--star")
    call("undo")
    assert acts(call) == [json.loads(line)["id"] for line in call("log", "--jsonl").lines]
    assert call("log", "--ids").lines[1].split("  ", 1)[1] == call("log").lines[1]
    assert call("log", "--ids", "--jsonl").code == 2


def test_any_decision_is_undone_and_redone(call, ids) -> None:
    """By its id, or as much of it as no other has; later ones stay."""
    call("mark", ids[0], "--star")
    call("mark", ids[1], "--read")
    star = acts(call)[1]
    said = call("undo", "--act", star)
    assert (said.code, said.out, said.err) == (0, "", "took back: starred “Alpha kettle”.\n")
    assert states(call)["starred"] == []
    assert states(call)["read"] == ["Beta"]
    said = call("undo", "--act", star)
    assert (said.code, said.err) == (
        1,
        "This is taken back already; nothing was changed: starred “Alpha kettle”.\n",
    )
    said = call("redo", "--json", "--act", star[:24].lower())
    assert (said.code, said.json["papers"], said.json["changed"]) == (0, [ids[0]], 1)
    assert states(call)["starred"] == ["Alpha"]
    assert "stands already" in call("redo", "--act", star).err


def test_what_still_holds_of_some_is_said(call, ids) -> None:
    """Taking an older one back leaves what a later one decided."""
    call("mark", ids[0], ids[1], "--star")
    call("mark", ids[0], "--unstar")
    said = call("undo", "--act", acts(call)[1])
    assert said.err == (
        "took back: starred: 2 papers; 1 of them look the same, "
        "for this holds: no longer starred “Alpha kettle”.\n"
    )


@pytest.mark.parametrize(
    ("args", "code", "reason"),
    [
        (["undo", "--act", "01KX"], 1, "“01KX” is no decision's id: give eight or more of its letters"),
        (["undo", "--act", "01KXJ9D05R"], 1, "There is no decision “01KXJ9D05R”"),
        (["redo", "--act", "\x1b[2J"], 1, "is no decision's id"),
        (["undo", "2", "--act", "01KXJ9D05R"], 2, "--act names one decision, and 2 is how many"),
    ],
)
def test_a_wrong_id_is_refused(call, ids, args, code, reason) -> None:
    """With what would be right; nothing is changed."""
    call("mark", ids[0], "--star")
    said = call(*args)
    assert said.code == code
    assert reason in said.err
    assert states(call)["starred"] == ["Alpha"]


def test_an_undo_is_not_undone(call, ids) -> None:
    """It names the decision to give back."""
    call("mark", ids[0], "--star")
    call("undo")
    undo, star = acts(call)
    said = call("undo", "--act", undo)
    assert said.code == 1
    assert f"is itself an undo; name the decision it was about: {star}." in said.err


def test_an_id_that_means_several_is_refused(call, ids, home) -> None:
    """It names them."""
    made = [f"01KXJ9D05R{letter * 16}" for letter in "AB"]
    store = Database(home / "library")
    with store.turn():
        for one in made:
            at = datetime(2026, 7, 15, tzinfo=UTC)
            sets = {"starred": True}
            store.keep(Decision(id=one, at=at, by="desk", verb="star", papers=(ids[0],), sets=sets))
    said = call("undo", "--act", "01KXJ9D05R")
    assert said.code == 1
    assert said.err.endswith(f"{made[0]}, {made[1]}. Give more of it.\n")
    assert call("undo", "--act", "01KXJ9D05RA").code == 0


def test_list_the_papers_of_a_decision(call, ids) -> None:
    """`act:` and `decided:` are fields like the others."""
    call("mark", ids[0], ids[2], "--star")
    (act,) = acts(call)
    assert call("list", f"act:{act}", "--ids").lines == [ids[0], ids[2]]
    assert call("list", "decided:2d", "--ids").lines == [ids[0], ids[2]]
    assert call("list", "decided:..1m", "--ids").lines == []
