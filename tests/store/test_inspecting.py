"""What is found wrong with the files of a library."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tui.papers.library import Library
from tui.papers.triage import VERBS
from tui.store.database import TABLES
from tui.store.inspecting import lines_of, survey
from tui.store.lines import NoFile


def test_a_sound_library_needs_nothing(path: Path, library: Library) -> None:
    """All is known and nothing is to be mended."""
    library.decide("star", library.papers, VERBS["star"])
    found = survey(path)
    assert not found.can_be_mended
    assert len(found.papers) == 3
    assert len(found.digests) == len(found.decisions) == 1
    assert (found.displaced, found.lost, found.replaced, found.no_ulid) == ([], [], 0, [])


def test_a_library_that_is_not_there(path: Path) -> None:
    """Has nothing wrong, and does not come into being."""
    assert not survey(path).can_be_mended
    assert not path.exists()


@pytest.mark.parametrize("table", TABLES)
def test_lines_are_numbered_and_damage_is_told(path: Path, library: Library, table: str) -> None:
    """Good, damaged and torn ones, each with its place and all of its bytes."""
    library.decide("star", library.papers, VERBS["star"])
    file = path / f"{table}.jsonl"
    good = file.read_bytes()
    file.write_bytes(b"#\n" + good + b'{"')
    lines = list(lines_of(file, table))
    assert b"".join(line.data for line in lines) == file.read_bytes()
    assert [line.number for line in lines] == list(range(1, good.count(b"\n") + 3))
    assert [line.good for line in lines] == [False, *[True] * good.count(b"\n"), False]
    assert [line.torn for line in lines] == [False] * (len(lines) - 1) + [True]
    assert lines[1].offset == 2
    found = survey(path).tables[table]
    assert [damage.line for damage in found.damaged] == [1]
    assert found.torn == 2
    assert not found.sound


def test_abstracts_that_moved_and_abstracts_that_are_lost(path: Path, library: Library) -> None:
    """The ones are found under their keys, the others nowhere."""
    file = path / "abstracts.jsonl"
    first, _, third = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(third + first)
    found = survey(path)
    assert sorted(paper.title for paper in found.displaced) == ["Jamba", "Swin"]
    assert [paper.title for paper in found.lost] == ["Mamba"]
    assert [digest.id for digest in found.to_import_again] == list(library.digests)


def test_an_abstract_of_another_length_than_said(path: Path, library: Library) -> None:
    """Is looked for under its keys when it is read, and so lies elsewhere."""
    file = path / "abstracts.jsonl"
    file.write_bytes(file.read_bytes().replace(b"of Jamba.", b"of Jamba!!"))
    assert [paper.title for paper in survey(path).displaced] == ["Jamba"]


def test_replaced_lines(
    path: Path, library: Library, read: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are counted, and worth a fresh file once there are many."""
    library.add(read("Swin", "Mamba", comments=5))  # type: ignore[arg-type]
    assert survey(path).replaced == 2
    assert not survey(path).can_be_mended
    monkeypatch.setattr("tui.store.inspecting.SOME", 2)
    assert survey(path).can_be_mended


def test_digests_whose_papers_are_lost(path: Path, library: Library, read: Callable[..., object]) -> None:
    """Where a line of papers is damaged, those that have fewer papers than records; no others."""
    library.add(read("Hyena"))  # type: ignore[arg-type]
    file = path / "papers.jsonl"
    assert survey(path).incomplete == []
    file.write_bytes(b"#" + file.read_bytes()[1:])
    assert [digest.records for digest in survey(path).incomplete] == [3]


def test_what_is_no_file_is_not_read(path: Path, library: Library) -> None:
    """A folder in its place is no empty table."""
    (path / "decisions.jsonl").mkdir()
    with pytest.raises(NoFile):
        list(lines_of(path / "decisions.jsonl", "decisions"))
    assert survey(path).tables["decisions"].instead == "a folder"


def test_papers_that_are_missing_are_found_by_their_abstracts(path: Path, library: Library) -> None:
    """Their lines are gone without a trace; their digest is to be imported again, and then all is sound."""
    file = path / "papers.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(lines[:-1]))
    found = survey(path)
    assert found.orphans == 1
    assert [digest.id for digest in found.to_import_again] == list(library.digests)
    assert found.can_be_mended
    file.write_bytes(b"".join(lines))
    assert survey(path).orphans == 0
    assert not survey(path).to_import_again
