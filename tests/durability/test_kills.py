"""Writers killed at chance and at chosen moments lose nothing that was acknowledged."""

import random
from pathlib import Path

import kills
import programs
import pytest
from samples import SEED
from tally import Tally


@pytest.mark.parametrize("kind", kills.KINDS, ids=lambda kind: kind.name)
def test_what_was_acknowledged_outlives_a_kill(tmp_path: Path, kind: kills.Kind) -> None:
    """Papers, abstracts, digests and triage are the fold of it, and the next writer goes on."""
    tally = kills.campaign(kind, tmp_path, 8, SEED)
    assert tally.tried == 8
    assert tally.notes["moments hit"] > 4
    assert tally.found == []


def test_it_outlives_a_kill_in_a_large_library(tmp_path: Path) -> None:
    """Five thousand papers, decided about one by one and all at once."""
    tally = Tally("large")
    series = kills.Series(tmp_path / "library", kills.LARGE, random.Random(SEED), tally)
    for kind in kills.KINDS[:2]:
        series.kill(kind, anew=False)
    assert tally.found == []


def test_an_import_and_a_bulk_decision_killed_are_whole_when_done_again(tmp_path: Path) -> None:
    """By the real program, which is killed in the middle of either."""
    tally = programs.campaign(tmp_path, 4, SEED)
    assert tally.notes["killed at work"] > 1
    assert tally.found == []


def test_a_decision_that_is_lost_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that keeps nothing would not pass."""
    monkeypatch.setattr("tui.store.database.Database.keep", lambda *_: None)
    tally = kills.campaign(kills.KINDS[0], tmp_path, 4, SEED)
    assert [what for what, _ in tally.found] != []
