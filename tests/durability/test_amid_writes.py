"""Writes that end in the middle leave one paper, not two, and every byte."""

from pathlib import Path

import kills
from samples import build, holds, opened
from works import reading


def test_a_paper_that_changes_its_id_is_one_paper_however_the_write_ends(tmp_path: Path) -> None:
    """A longer abstract gives the paper a new id; killed between the two lines, it is one when done again."""
    path = tmp_path / "library"
    opened(path).add(reading([(1, 0)], 1))
    digests = (path / "digests.jsonl").read_bytes()
    opened(path).add(reading([(1, 1)], 2))
    *lines, drops = (path / "papers.jsonl").read_bytes().splitlines(keepends=True)
    if len(lines) == 2:
        (path / "papers.jsonl").write_bytes(b"".join(lines) + drops[:9])
    (path / "digests.jsonl").write_bytes(digests)
    opened(path).add(reading([(1, 1)], 2))
    assert len(opened(path).papers) == 1


def test_compaction_keeps_a_torn_tail(tmp_path: Path) -> None:
    """What a killed process left at the end of `papers` lies aside afterwards."""
    path = tmp_path / "library"
    kills.pile(path, len(build(path).papers))
    torn = b'{"0123456789ab":{"id":"0123456789ab","title":"half'
    with (path / "papers.jsonl").open("ab") as file:
        file.write(torn)
    opened(path).compact()
    assert holds(path, torn)
