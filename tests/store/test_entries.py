"""Where each decision lies: found whatever stands between them, and read one by one."""

from datetime import UTC, datetime
from pathlib import Path

from tui.papers.triage import Decision
from tui.store.database import Database

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)


def decision(number: int, **more: object) -> Decision:
    return Decision(id=f"01KXJ9D05R000000000000000{number}", at=NOW, by="desk", verb="star", **more)  # type: ignore[arg-type]


def test_what_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    """A damaged line, one that was cut short; the places of the others hold."""
    store = Database(tmp_path / "library")
    made = [decision(1, papers=("a",)), decision(2, act=decision(1).id), decision(3)]
    path = tmp_path / "library" / "decisions.jsonl"
    with store.turn():
        store.keep(made[0])
        with path.open("ab") as file:
            file.write(b'{"01KX": {"id": 7}}\nnonsense\n{"01KXJ9D05R0000000000000009": null}\n')
        list(store.decisions())
        store.keep(made[1])
        store.keep(made[2])
    with path.open("ab") as file:
        file.write(b'{"01KXJ9')
    entries = store.entries()
    assert [(entry.id, entry.act) for entry in entries] == [(d.id, d.act) for d in made]
    assert [store.decision_at(entry.place) for entry in entries] == made
    assert [entry.id for entry in store.entries(entries[1].place)] == [d.id for d in made[1:]]
    assert store.decision_at(path.stat().st_size + 10) is None
    assert store.decision_at(entries[0].place + 5) is None


def test_called(tmp_path: Path) -> None:
    """By the beginning of an id; who names such an id in another place is not meant."""
    store = Database(tmp_path / "library")
    with store.turn():
        store.keep(decision(1))
        store.keep(decision(2, act=decision(1).id))
    assert [d.id for d in store.called("01KXJ9D05R")] == [decision(1).id, decision(2).id]
    assert [d.id for d in store.called(decision(1).id)] == [decision(1).id]
    assert not [*Database(tmp_path / "none").called("01KXJ9D0")]
