"""Decisions, and what they leave of a paper."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.papers.triage import (
    UNDECIDED,
    VERBS,
    Decision,
    Standing,
    Triage,
    change,
    new_id,
    next_redo,
    next_undo,
)

steady = settings(derandomize=True, deadline=None, database=None, max_examples=100)
NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)


def after(*verbs: str) -> Triage:
    triage = UNDECIDED
    for verb in verbs:
        triage = change(triage, VERBS[verb])
    return triage


@pytest.mark.parametrize(
    ("verbs", "left"),
    [
        ((), Triage()),
        (("star",), Triage(starred=True)),
        (("done",), Triage(read=True)),
        (("later",), Triage(later=True)),
        (("later", "star"), Triage(starred=True)),
        (("later", "done"), Triage(read=True)),
        (("later", "read"), Triage(read=True)),
        (("later", "now"), Triage()),
        (("done", "later"), Triage(later=True)),
        (("star", "later"), Triage(starred=True, later=True)),
        (("star", "done"), Triage(read=True, starred=True)),
        (("star", "done", "unread"), Triage(starred=True)),
        (("star", "unstar"), Triage()),
        (("later", "unread"), Triage(later=True)),
    ],
)
def test_star_and_done_end_later_and_later_ends_read(verbs: tuple[str, ...], left: Triage) -> None:
    assert after(*verbs) == left


@pytest.mark.parametrize(
    ("triage", "state"),
    [
        (Triage(), "inbox"),
        (Triage(tags=("a",), note="b"), "inbox"),
        (Triage(read=True), "read"),
        (Triage(read=True, starred=True), "starred"),
        (Triage(starred=True, later=True), "later"),
    ],
)
def test_the_inbox_is_what_is_undecided(triage: Triage, state: str) -> None:
    assert triage.state == state
    assert triage.undecided is (state == "inbox")


def test_each_tag_is_a_field_of_its_own_and_tags_are_sorted() -> None:
    triage = change(UNDECIDED, {"tag:vision": True, "tag:audio": True, "note": "x"})
    assert triage == Triage(tags=("audio", "vision"), note="x")
    assert change(triage, {"tag:audio": False, "tag:never": False}).tags == ("vision",)
    assert change(triage, {"tag:audio": True}) == triage
    assert change(triage, {"note": ""}).note == ""


def test_unknown_fields_are_passed_over() -> None:
    """A later papertui, or another one, may set more."""
    assert change(UNDECIDED, {"rating": True, "tag": True, "starred": True}) == Triage(starred=True)


# -- ids ------------------------------------------


def test_an_id_is_a_ulid_of_the_clocks_time() -> None:
    made = new_id(datetime.fromtimestamp(1469918176.3855, UTC))
    assert made.startswith("01ARYZ6S41")  # `ulid(1469918176385)` in the readme of github.com/ulid/javascript
    assert len(made) == 26
    assert set(made) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    assert new_id(NOW)[:10] == new_id(NOW)[:10]
    assert new_id(NOW) != new_id(NOW)


@steady
@given(st.lists(st.integers(-(10**9), 10**9), min_size=2, max_size=20))
def test_ids_ascend_wherever_the_clock_goes(steps: list[int]) -> None:
    made = [""]
    for step in steps:
        made.append(new_id(NOW + timedelta(milliseconds=step), made[-1]))
    assert made == sorted(made)
    assert len({one[:10] for one in made}) == len(made)


def test_an_id_takes_the_clocks_time_where_the_clock_is_ahead() -> None:
    newest = new_id(NOW)
    assert new_id(NOW + timedelta(hours=1), newest)[:10] == new_id(NOW + timedelta(hours=1))[:10]


# -- undo and redo over a list of decisions ------------------------------------------


class Log:
    """Decisions as they are written one after the other."""

    def __init__(self) -> None:
        self.lines: list[Decision] = []
        self._numbers = itertools.count(1)

    def write(self, name: str = "", **facts: object) -> str:
        made = name or f"{next(self._numbers):03}"
        self.lines.append(Decision(id=made, at=NOW, by="here", verb="star", **facts))  # type: ignore[arg-type]
        return made

    @property
    def standing(self) -> Standing:
        standing = Standing()
        for decision in self.lines:
            standing.add(decision)
        return standing

    def undo(self) -> str | None:
        act = next_undo(reversed(self.lines), self.standing)
        if act:
            self.write(act=act.id, stands=False)
        return act.id if act else None

    def redo(self) -> str | None:
        act = next_redo(reversed(self.lines), self.standing)
        if act:
            self.write(act=act, stands=True)
        return act


def test_undo_and_redo_are_a_stack() -> None:
    log = Log()
    one, two, three = log.write(), log.write(), log.write()
    assert [log.undo(), log.undo()] == [three, two]
    assert [log.redo(), log.redo(), log.redo()] == [two, three, None]
    assert [log.undo(), log.undo(), log.undo(), log.undo()] == [three, two, one, None]
    assert [log.redo(), log.undo(), log.redo(), log.redo()] == [one, one, one, two]


def test_a_new_act_ends_redo() -> None:
    log = Log()
    one, two = log.write(), log.write()
    log.undo()
    three = log.write()
    assert log.redo() is None
    assert [log.undo(), log.undo(), log.undo()] == [three, one, None]
    assert two not in (log.redo(), log.redo(), log.redo())


def test_what_was_merged_in_is_neither_undone_nor_in_the_way_of_redo() -> None:
    log = Log()
    one = log.write()
    log.write("900", origin="laptop")
    assert log.undo() == one
    log.write("901", origin="laptop")
    log.write("902", origin="laptop", act="900", stands=False)
    assert log.undo() is None
    assert log.redo() == one


def test_what_another_library_gave_back_is_not_given_back_again() -> None:
    log = Log()
    one, two = log.write(), log.write()
    assert [log.undo(), log.undo()] == [two, one]
    log.write("900", origin="laptop", act=one, stands=True)
    assert log.redo() == two


def test_the_last_takeback_in_id_order_says_whether_an_act_stands() -> None:
    """Whatever the order in which they are read."""
    act = Decision(id="01", at=NOW, by="here", verb="star")
    takebacks = [
        Decision(id=made, at=NOW, by="here", verb="undo", act="01", stands=stands)
        for made, stands in (("02", False), ("03", True), ("04", False))
    ]
    for order in itertools.permutations(takebacks):
        standing = Standing()
        for takeback in order:
            standing.add(takeback)
        assert not standing(act)
    assert Standing()(act)
