"""Going through all acts, taking any of them back, and asking for papers by act and by day."""

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from tui.errors import QueryError
from tui.papers.history import found, reasons
from tui.papers.library import Library
from tui.papers.query import in_words, parse
from tui.papers.search import at_once
from tui.papers.triage import VERBS, Decision, new_id
from tui.papers.view import View
from tui.store.database import Database

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)


@pytest.fixture(params=["memory", "disk"])
def opened(request: pytest.FixtureRequest, make: SimpleNamespace, tmp_path: Path) -> SimpleNamespace:
    """A library of four papers; `again()` opens it once more, `keep()` writes as another process does."""
    disk, clock = make.disk(), make.clock(NOW)

    def store() -> object:
        return make.store(disk) if request.param == "memory" else Database(tmp_path / "library")

    def keep(decision: Decision) -> None:
        other = store()
        with other.turn():  # type: ignore[attr-defined]
            list(other.decisions())  # type: ignore[attr-defined]
            other.keep(decision)  # type: ignore[attr-defined]

    def again() -> Library:
        return Library(store(), clock=clock)  # type: ignore[arg-type]

    library = again()
    library.add(make.reading(*(make.record(f"Paper {n}", f"abstract {n}") for n in range(4))))
    return SimpleNamespace(library=library, ids=list(library.papers), clock=clock, keep=keep, again=again)


def decided(opened: SimpleNamespace, verb: str, *numbers: int) -> Decision:
    opened.clock.tick(60)
    made: Decision = opened.library.decide(verb, [opened.ids[n] for n in numbers], VERBS[verb])
    return made


def merged(opened: SimpleNamespace, at: datetime, verb: str = "star", *numbers: int) -> Decision:
    """An act of another machine, at that moment."""
    papers = tuple(opened.ids[n] for n in numbers)
    act = Decision(
        id=new_id(at), at=at, by="laptop", verb=verb, papers=papers, sets=dict(VERBS[verb]), origin="laptop"
    )
    opened.keep(act)
    opened.library.refresh()
    return act


def listed(library: Library, query: str) -> list[str]:
    return [paper.id for paper in library.list(View("v", parse(query)))]


# -- taking any act back ------------------------------------------------------------------------------


def test_an_old_act_is_taken_back_and_later_ones_stay(opened: SimpleNamespace) -> None:
    """Only what it alone decided is different."""
    star, done = decided(opened, "star", 0, 1), decided(opened, "done", 1, 2)
    made = opened.library.take_back(star.id)
    assert (made.act, made.papers, made.changed, made.ruled_by) == (star, star.papers, 2, None)
    for library in (opened.library, opened.again()):
        triages = [library.triage(i) for i in opened.ids]
        assert [t.starred for t in triages] == [False] * 4
        assert [t.read for t in triages] == [False, True, True, False]
        assert library.stands(done)
    assert opened.library.take_back(star.id) is None
    assert opened.library.give_back(star.id).changed == 2
    assert opened.library.give_back(star.id) is None


def test_what_is_no_act_is_not_taken_back(opened: SimpleNamespace) -> None:
    """Neither an unknown id, nor the beginning of one, nor an undo."""
    star = decided(opened, "star", 0)
    undo = opened.library.take_back(star.id).decision
    assert opened.library.take_back("01KXJ9D05R0000000000000000") is None
    assert opened.library.take_back(star.id[:10]) is None
    assert opened.library.take_back(undo.id) is None
    assert opened.library.give_back(undo.id) is None
    assert opened.library.give_back(star.id[:10]) is None


def test_the_act_that_rules_is_named(opened: SimpleNamespace) -> None:
    """Of some papers or of all; the one that decides what the act wanted to decide."""
    star, unstar = decided(opened, "star", 0, 1), decided(opened, "unstar", 0)
    decided(opened, "done", 0)
    made = opened.library.take_back(star.id)
    assert (made.changed, made.ruled_by) == (1, unstar)
    made = opened.library.give_back(star.id)
    assert (made.changed, made.ruled_by) == (1, unstar)


def test_where_another_says_the_same_nothing_changes(opened: SimpleNamespace) -> None:
    """Taken back, the other rules; given back, the act rules itself, and none is named."""
    star = decided(opened, "star", 0)
    other = merged(opened, NOW - timedelta(days=1), "star", 0)
    made = opened.library.take_back(star.id)
    assert (made.changed, made.ruled_by) == (0, other)
    made = opened.library.give_back(star.id)
    assert (made.changed, made.ruled_by) == (0, None)


def test_what_was_merged_in_is_taken_back(opened: SimpleNamespace) -> None:
    """By its id, for undo passes it over; and redo gives it back."""
    act = merged(opened, NOW - timedelta(days=1), "star", 3)
    assert opened.library.undo() is None
    assert opened.library.take_back(act.id).changed == 1
    assert not opened.library.triage(opened.ids[3]).starred
    assert opened.library.redo().act == act
    assert opened.library.triage(opened.ids[3]).starred


def test_undo_goes_on_with_the_newest_that_stands(opened: SimpleNamespace) -> None:
    """After an older one and the newest were taken back by id."""
    first, second, third = (decided(opened, "star", n) for n in range(3))
    opened.library.take_back(third.id)
    opened.library.take_back(first.id)
    assert opened.library.undo().act == second
    assert opened.library.undo() is None
    assert [opened.library.redo().act for _ in range(3)] == [second, first, third]


# -- going through them -------------------------------------------------------------------------------


def test_all_acts_newest_first(opened: SimpleNamespace) -> None:
    """Undos are no acts; one merged in late stands in its place by id; each is read when asked for."""
    one, two = decided(opened, "star", 0), decided(opened, "done", 1)
    undo = opened.library.take_back(one.id).decision
    late = merged(opened, NOW - timedelta(days=1), "star", 3)
    history = opened.library.history()
    assert history.ids == [two.id, one.id, late.id]
    assert [history.get(i) for i in history.ids] == [two, one, late]
    assert history.get(opened.library.turned_by(one)) == undo
    assert history.get("01KXJ9D05R0000000000000000") is None
    assert history.whole


def test_what_is_decided_meanwhile_comes_with_renewing(opened: SimpleNamespace) -> None:
    history = opened.library.history()
    assert history.ids == []
    one = decided(opened, "star", 0)
    history.renew()
    assert history.ids == [one.id]
    two = decided(opened, "star", 1)
    late = merged(opened, NOW - timedelta(days=1), "star", 3)
    history.renew()
    assert history.ids == [two.id, one.id, late.id]
    assert history.get(late.id) == late


@pytest.mark.parametrize("late", [False, True])
def test_of_many_acts_the_newest_are_there_at_once(
    opened: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, late: bool
) -> None:
    """Unless the log is not in order: then none is, rather than wrong ones, until all are."""
    monkeypatch.setattr("tui.papers.holdings.SOON", 2)
    monkeypatch.setattr("tui.papers.holdings.FIRST", 2)
    made = [decided(opened, "star", n) for n in range(4)]
    if late:
        made.insert(0, merged(opened, NOW - timedelta(days=1), "later", 3))
    for library in (opened.library, opened.again()):
        history = library.history()
        assert not history.whole
        assert history.ids == ([] if late else [made[-1].id, made[-2].id])
        assert all(history.get(i) for i in history.ids)
        history.renew()
        assert history.whole
        assert history.ids == [act.id for act in reversed(made)]


def test_a_log_that_was_put_in_place_is_read_anew(tmp_path: Path, make: SimpleNamespace) -> None:
    """As a restored copy is: other decisions at the same places."""
    clock = make.clock(NOW)
    library = Library(Database(tmp_path / "one"), clock=clock)
    library.add(make.reading(make.record("Paper", "abstract")))
    paper_id = next(iter(library.papers))
    library.decide("star", [paper_id], VERBS["star"])
    history = library.history()
    (tmp_path / "one" / "decisions.jsonl").unlink()
    clock.tick()
    other = Library(Database(tmp_path / "one"), clock=clock).decide("done", [paper_id], VERBS["done"])
    history.renew()
    assert other is not None
    assert history.ids == [other.id]
    assert history.get(other.id) == other


def test_the_acts_on_one_paper(opened: SimpleNamespace) -> None:
    """Whether they stand or not, the newest first, and what stands about it because of which."""
    later, star = decided(opened, "later", 0, 1), decided(opened, "star", 0)
    done = decided(opened, "done", 0)
    opened.library.take_back(done.id)
    paper = opened.library.papers[opened.ids[0]]
    on = opened.library.history(paper)
    assert on.ids == [done.id, star.id, later.id]
    standing = [act for act in on.every() if opened.library.stands(act)]
    assert reasons(opened.library.triage(paper.id), standing) == [("starred", star)]
    unstar = decided(opened, "unstar", 0)
    on.renew()
    standing = [act for act in on.every() if opened.library.stands(act)]
    assert reasons(opened.library.triage(paper.id), standing) == [("in the inbox", unstar)]


def test_acts_are_found_by_words(opened: SimpleNamespace) -> None:
    """Of what was done, of a title, of a note, of the machine; all of them must occur."""
    star, done = decided(opened, "star", 0, 1), decided(opened, "done", 2)
    note = opened.library.decide("note", [opened.ids[3]], {"note": "Read the ablation"})
    far = merged(opened, NOW - timedelta(days=1), "star", 2)
    library = opened.library

    def ids(text: str) -> list[str]:
        title = library.texts.title
        return found(text, library.history(), library.everything, title, library.home, at_once)

    assert ids("starred") == [star.id, far.id]
    assert ids("Paper 2") == [done.id, far.id]
    assert ids("starred 2") == [far.id]
    assert ids("ABLATION noted") == [note.id]
    assert ids("laptop") == [far.id]
    assert ids("no such") == []


# -- asking by act and by day -------------------------------------------------------------------------


def test_papers_of_an_act(opened: SimpleNamespace) -> None:
    """By its id or the beginning of it, in any case; whether it stands or not."""
    star = decided(opened, "star", 0, 2)
    wanted = [opened.ids[0], opened.ids[2]]
    assert listed(opened.library, f"act:{star.id}") == wanted
    opened.library.take_back(star.id)
    assert listed(opened.library, f"act:{star.id[:12].lower()}") == wanted
    assert listed(opened.library, f"-act:{star.id}") == [opened.ids[1], opened.ids[3]]
    assert listed(opened.library, "act:01KXJ9D0") == []


def test_papers_decided_on_a_day(opened: SimpleNamespace) -> None:
    """Those with an act of that day that stands; one paper may have several days."""
    decided(opened, "star", 0)
    opened.clock.now = NOW + timedelta(days=1)
    done = decided(opened, "done", 0, 1)
    merged(opened, NOW - timedelta(days=9), "later", 3)
    library, ids = opened.library, opened.ids
    assert listed(library, "decided:2026-11-20") == [ids[0]]
    assert listed(library, "decided:2026-11-21") == listed(library, "decided:today") == ids[:2]
    assert listed(library, "decided:yesterday") == [ids[0]]
    assert listed(library, "decided:7d") == ids[:2]
    assert listed(library, "decided:2w") == [ids[0], ids[1], ids[3]]
    assert listed(library, "decided:..2026-11-15") == [ids[3]]
    assert listed(library, "-decided:2026") == [ids[2]]
    library.take_back(done.id)
    assert listed(library, "decided:today") == []
    assert listed(library, "decided:2026-11-20") == [ids[0]]


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone cannot be set here")
@pytest.mark.parametrize(
    ("zone", "day"), [("Asia/Kathmandu", 21), ("America/New_York", 20), ("Pacific/Chatham", 21)]
)
def test_a_day_is_that_of_the_users_clock(
    opened: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, zone: str, day: int
) -> None:
    """18:20 in Greenwich is past midnight in Nepal, which is off by a quarter of an hour."""
    monkeypatch.setitem(os.environ, "TZ", zone)
    time.tzset()
    try:
        opened.clock.now = datetime(2026, 11, 20, 18, 20, tzinfo=UTC)
        decided(opened, "star", 0)
        assert listed(opened.library, f"decided:2026-11-{day}") == opened.ids[:1]
        assert listed(opened.library, "decided:today") == opened.ids[:1]
    finally:
        monkeypatch.undo()
        time.tzset()


def test_papers_that_are_joined_keep_their_days_and_acts(make: SimpleNamespace) -> None:
    """What was decided about two records that turn out to be one paper is of that paper."""
    clock = make.clock(NOW)
    library = make.library(
        make.record("Swin", "one"), make.record("Swin again", "two", arxiv_id="2410.00001"), clock=clock
    )
    one, two = library.papers
    star = library.decide("star", [one], VERBS["star"])
    done = library.decide("done", [two], VERBS["done"])
    assert listed(library, f"act:{star.id}") == [one]
    library.add(make.reading(make.record("Swin", "one", arxiv_id="2410.00001")))
    (only,) = library.papers
    assert listed(library, f"act:{star.id}") == listed(library, f"act:{done.id}") == [only]
    assert listed(library, "decided:2026-11-20") == [only]
    assert library.history(library.papers[only]).ids == [done.id, star.id]


def test_they_are_said_in_words() -> None:
    said = {
        "decided:today": "decided today",
        "decided:7d": "decided in the last 7 days",
        "-decided:2026-11-20": "not decided 2026-11-20",
        "decided:2026-11": "decided in 2026-11",
        "act:01kxj9d05r": "of the decision 01KXJ9D05R",
    }
    assert {text: in_words(parse(text)) for text in said} == said
    assert [str(parse(text)) for text in said][-1] == "act:01KXJ9D05R"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("act:01K", "not a decision's id: 01K"),
        ("act:01KXJ9D0U", "not a decision's id"),
        ("act:01KXJ9D05R00000000000000001", "not a decision's id"),
        ("decided:soon", "not a date: soon"),
        ("decided:2025..2024", "ends before"),
    ],
)
def test_wrong_ones_say_what_would_be_right(text: str, reason: str) -> None:
    with pytest.raises(QueryError, match=reason):
        parse(text)
