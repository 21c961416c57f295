"""The library in numbers: states, days, digests, months, tags, and the time a verdict takes."""

import json
import time
from datetime import UTC, date, datetime, timedelta

import pytest

from tui.papers.stats import Share, figures, stats_of
from tui.papers.triage import VERBS, Decision, new_id

DAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def in_london(monkeypatch):
    """Days are those of London, where a clock changes twice a year."""
    monkeypatch.setenv("TZ", "Europe/London")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def clock(make):
    return make.clock()


@pytest.fixture
def library(make, clock):
    """Ten papers in the digest nov-18, of which the last two are in dec-1 as well."""
    records = [
        make.record(f"Kettle {n}", published=date(2024, 9 + n % 2, 3) if n < 5 else None) for n in range(10)
    ]
    made = make.library(clock=clock)
    made.add(make.reading(*records, name="nov-18"))
    made.add(make.reading(*records[8:], name="dec-1", imported=clock.tick(60)))
    return made


def decide(library, verb, *numbers, **sets):
    papers = [*library.papers]
    return library.decide(verb, [papers[n] for n in numbers], sets or VERBS[verb])


def test_nothing_decided(library) -> None:
    """Shares and medians of nothing are none."""
    stats = stats_of(library)
    assert (stats.papers, stats.decided, stats.read) == (10, 0, 0)
    assert (stats.share_starred, stats.seconds, stats.days) == (None, None, {})


def test_an_empty_library(make) -> None:
    """Is no trouble."""
    stats = stats_of(make.library())
    assert (stats.papers, stats.share_starred, stats.months, stats.digests) == (0, None, {}, ())


def test_states(library) -> None:
    """Decided is what left the inbox; a paper may be starred and read."""
    decide(library, "star", 0, 1)
    decide(library, "done", 1, 2)
    decide(library, "later", 3)
    stats = stats_of(library)
    assert (stats.views["starred"], stats.read, stats.views["later"]) == (2, 2, 1)
    assert (stats.decided, stats.share_starred) == (4, 0.5)


def test_shares(library) -> None:
    """Digests and months from the newest, tags from the most used; each with its stars."""
    decide(library, "star", 0, 9)
    decide(library, "tag", 0, 1, 2, **{"tag:b": True})
    decide(library, "tag", 2, **{"tag:a": True})
    stats = stats_of(library)
    assert [(one.name, share) for one, share in stats.digests] == [
        ("dec-1", Share(2, 1)),
        ("nov-18", Share(10, 2)),
    ]
    assert stats.months == {date(2024, 10, 1): Share(2), date(2024, 9, 1): Share(3, 1)}
    assert [*stats.months] == sorted(stats.months, reverse=True)
    assert stats.undated == Share(5, 1)
    assert [*stats.tags.items()] == [("b", Share(3, 1)), ("a", Share(1))]


def test_days(library, clock) -> None:
    """A day counts its papers once, whatever was decided of them."""
    decide(library, "later", 0, 1)
    decide(library, "star", 0)
    clock.tick(86_400)
    decide(library, "done", 0)
    assert stats_of(library).days == {DAY + timedelta(1): 1, DAY: 2}


def test_taken_back(library, clock) -> None:
    """What was taken back is not counted, until it is given back."""
    decide(library, "done", 0, 1, 2)
    library.undo()
    clock.tick(3 * 86_400)
    assert stats_of(library).days == {}
    library.redo()
    assert stats_of(library).days == {DAY: 3}


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 7, 1, 23, 30, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2026, 11, 20, 23, 30, tzinfo=UTC), date(2026, 11, 20)),
        (datetime(2026, 10, 24, 23, 30, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_local_days(library, clock, at, day) -> None:
    """A day is the one on the wall when it was decided, summer time or not, whatever is on it now."""
    clock.now = at
    decide(library, "done", 0)
    clock.now = datetime(2026, 12, 24, 12, tzinfo=UTC)
    assert stats_of(library).days == {day: 1}


def test_papers_joined(make, clock) -> None:
    """Acts on what turned out to be one paper count one paper."""
    made = make.library(
        make.record("Urn", "a"), make.record("Urn two", "b", arxiv_id="2410.00001"), clock=clock
    )
    made.decide("star", list(made.papers), VERBS["star"])
    assert stats_of(made).days == {DAY: 2}
    made.add(make.reading(make.record("Urn", "a", arxiv_id="2410.00001")))
    assert len(made.papers) == 1
    assert stats_of(made).days == {DAY: 1}
    assert stats_of(made).views["starred"] == 1


def test_papers_that_are_not_there(make, clock) -> None:
    """A decision on a paper not known counts nothing."""
    disk = make.disk()
    disk.decisions.append(Decision(id=new_id(clock()), at=clock(), by="x", verb="star", papers=("f" * 12,)))
    assert stats_of(make.library(make.record("Urn"), store=make.store(disk), clock=clock)).days == {}


# -- seconds --------------------------------------------------------------------------------------


def test_seconds_a_paper(library, clock) -> None:
    """The median of the pauses between verdicts; too few have none."""
    for number, pause in enumerate((0, 4, 6, 8, 100, 9)):
        assert stats_of(library).seconds is None
        clock.tick(pause)
        decide(library, "done", number)
    assert stats_of(library).seconds == 8


def test_many_at_once_share_their_seconds(library, clock) -> None:
    """An act on four papers in twelve seconds took three for each."""
    decide(library, "done", 0)
    for numbers in ((1, 2, 3, 4), (5,), (6,), (7,), (8,)):
        clock.tick(12 if len(numbers) > 1 else 2)
        decide(library, "done", *numbers)
    clock.tick(3)
    decide(library, "done", 9)
    assert stats_of(library).seconds == 2
    decide(library, "later", 0)
    clock.tick(12)
    decide(library, "later", 1, 2, 3, 4)
    assert stats_of(library).seconds == 2


def test_pauses_and_other_acts(library, clock) -> None:
    """Five minutes are a verdict, more is a pause; tags and notes are no verdicts."""
    for number, pause in enumerate((0, 300, 300, 300, 300, 301, 4_000)):
        clock.tick(pause)
        decide(library, "done", number)
        decide(library, "tag", number, **{"tag:x": True})
    assert stats_of(library).seconds is None
    clock.tick(300)
    decide(library, "done", 7)
    assert stats_of(library).seconds == 300


def test_each_machine_by_itself(make, clock) -> None:
    """What was merged in from another machine at work at the same time makes nothing faster."""
    disk = make.disk()
    newest = ""
    made = make.library(*(make.record(f"Kettle {n}") for n in range(20)), store=make.store(disk), clock=clock)
    for number, paper in enumerate(list(made.papers)):
        newest = new_id(clock.tick(5), newest)
        by, origin = ("desk", None) if number % 2 else ("laptop", "laptop-library")
        disk.decisions.append(
            Decision(
                id=newest, at=clock(), by=by, verb="done", papers=(paper,), sets={"read": True}, origin=origin
            )
        )
    made.refresh()
    stats = stats_of(made)
    assert (stats.read, stats.seconds, stats.days) == (20, 10, {DAY: 20})


# -- as JSON --------------------------------------------------------------------------------------


def test_figures(library, clock) -> None:
    """All of it as JSON has it."""
    decide(library, "star", 0)
    for number in range(1, 7):
        clock.tick(7)
        decide(library, "done", number)
    decide(library, "tag", 0, **{"tag:b": True})
    told = json.loads(json.dumps(figures(stats_of(library))))
    for digest in told["by_digest"]:
        assert len(digest.pop("id")) == 12
    assert told == {
        **{"papers": 10, "inbox": 3, "starred": 1, "later": 0, "tagged": 1, "new": 10, "read": 6},
        **{"decided": 7, "share_starred": 0.1429, "seconds_a_paper": 7, "digests": 2, "dated": 5},
        "days": {"2026-11-20": 7},
        "by_digest": [
            {"name": "dec-1", "papers": 2, "starred": 0},
            {"name": "nov-18", "papers": 10, "starred": 1},
        ],
        "months": {"2024-10": {"papers": 2, "starred": 0}, "2024-09": {"papers": 3, "starred": 1}},
        "undated": {"papers": 5, "starred": 0},
        "by_tag": [{"name": "b", "papers": 1, "starred": 1}],
        "tags": {"b": 1},
    }
