"""Hostile files for the import."""

from pathlib import Path

import inputs
from samples import SEED


def test_a_hostile_file_is_read_or_refused_with_a_sentence(tmp_path: Path) -> None:
    """Soon, in bounded memory, and what was in the library stays."""
    tally = inputs.campaign(tmp_path, 20, SEED, scale=100_000)
    assert tally.tried > 50
    assert tally.found == []
