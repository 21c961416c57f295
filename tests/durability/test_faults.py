"""Tables that are cut, damaged or missing, and disks that fail: the rest stands, and nothing is deleted."""

from pathlib import Path

import damages
import disks
import pytest
from tally import Tally


def test_a_table_cut_anywhere_keeps_its_whole_lines(tmp_path: Path) -> None:
    """The library goes on, and what was torn off lies somewhere in its folder."""
    tally = damages.cuts(tmp_path, every=45)
    assert tally.tried > 50
    assert tally.found == []


def test_a_damaged_line_is_passed_over_named_and_kept(tmp_path: Path) -> None:
    """Whatever it holds, and in whichever table; imports and compactions delete none of it."""
    assert damages.middle(tmp_path, long=False).found == []


def test_a_table_that_is_no_file_is_named_or_is_an_empty_one(tmp_path: Path) -> None:
    """Nothing hangs, and once the table is back so is all that was in it."""
    assert damages.places(tmp_path).found == []


def test_each_call_to_the_system_may_fail(tmp_path: Path) -> None:
    """A refused act changes nothing and says so; memory is what another process reads."""
    tally = disks.calls(tmp_path, long=False)
    assert tally.tried > 60
    assert tally.found == []


@pytest.mark.parametrize("campaign", [lambda folder: disks.full(folder, 3), disks.read_only])
def test_a_disk_may_be_full_or_read_only(tmp_path: Path, campaign: disks.Campaign) -> None:
    """The same on a real file system."""
    tally: Tally | None = campaign(tmp_path)
    if tally is None:
        pytest.skip("nothing may be mounted here")
    assert tally.found == []
