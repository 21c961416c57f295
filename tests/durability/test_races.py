"""Several processes on one library at once."""

from pathlib import Path

import races
from samples import SEED


def test_four_writers_an_importer_and_a_compactor_lose_nothing(tmp_path: Path) -> None:
    """Every decision counts once, and every paper has its own abstract."""
    tally = races.campaign(tmp_path, 2, 70, SEED)
    assert tally.found == []


def test_a_lock_is_waited_for_while_its_holder_lives(tmp_path: Path) -> None:
    """As long as was said; a killed holder stops nobody."""
    assert races.locks(tmp_path, 3).found == []
