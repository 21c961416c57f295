"""Which lines pair as title and abstract, and which are left over."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.digests.hf_pairs import pieces, reads_as_prose

LINES = {
    "T": "Growing Kettles at Scale",
    "A": "We study kettles and how growing changes them, in many cases. " * 8,
    "t": "An Uncommonly Long Title that Goes on and on about Kettles, " * 4 + "and Stops",
    "a": "We study kettles.",
    "s": "A short abstract without its end",
}


def read(kinds: str, above_facts: bool = False) -> str:
    """The pieces of a run of such lines: `TA` for a pair, `T` or `A` for a line left over."""
    found = pieces([LINES[kind] for kind in kinds], above_facts)
    return " ".join(kinds[start : start + size] for start, size in found)


@pytest.mark.parametrize(
    "kinds", ["", "T", "A", "TA", "TA TA TA", "TA T TA", "TA A TA TA", "A TA TA", "TA TA T", "T TA TA"]
)
def test_one_missing_line_shifts_nothing(kinds: str) -> None:
    """The pairs around a lone title or abstract stay together."""
    assert read(kinds.replace(" ", "")) == kinds


@pytest.mark.parametrize("kinds", ["TA A TA TA T TA", "TA T TA TA A TA", "A TA TA TA T", "TA A T TA"])
def test_two_missing_lines_shift_nothing(kinds: str) -> None:
    """An even number of lines is no proof that all are paired."""
    assert read(kinds.replace(" ", "")) == kinds


@pytest.mark.parametrize("kinds", ["Ta Ta Ta", "Ts Ts", "tA tA", "TA ta TA", "TA Ta T Ta", "TT TT", "AA AA"])
def test_odd_looking_pairs_keep_their_places(kinds: str) -> None:
    """Short abstracts and long titles are read in the order in which they stand."""
    assert read(kinds.replace(" ", "")) == kinds


def test_a_title_above_facts_is_rather_left_over_than_another() -> None:
    """The facts are those of the line above them."""
    assert read("TaT", above_facts=True) == "Ta T"
    assert read("AT", above_facts=True) == "A T"


def test_what_reads_as_prose() -> None:
    """Length alone makes prose only far beyond any title; a full stop helps."""
    assert [kind for kind, line in LINES.items() if reads_as_prose(line)] == ["A"]
    assert reads_as_prose("Long as a title seldom is, and it ends as only a sentence does. " * 3 + "End.")


@given(st.lists(st.sampled_from(sorted(LINES)), max_size=40), st.booleans())
def test_every_line_is_in_one_piece(kinds: list[str], above_facts: bool) -> None:
    """The pieces follow one another without gap or overlap."""
    at = 0
    for start, size in pieces([LINES[kind] for kind in kinds], above_facts):
        assert (start, size in (1, 2)) == (at, True)
        at += size
    assert at == len(kinds)


@given(st.integers(1, 30), st.data())
def test_any_one_line_may_be_missing(count: int, data: st.DataObject) -> None:
    """The one line over is the other half of the pair, wherever in the run it stands."""
    lines = [f"{LINES[kind]} {at}" for at in range(count) for kind in "TA"]
    gone = data.draw(st.integers(0, len(lines) - 1))
    orphan = gone + 1 if gone % 2 == 0 else gone - 1
    left = lines[:gone] + lines[gone + 1 :]
    alone = [left[start] for start, size in pieces(left, above_facts=False) if size == 1]
    assert alone == [lines[orphan]]


def test_a_long_run_takes_linear_time() -> None:
    """Half a million lines, one of them missing, take seconds."""
    lines = ["A short title", LINES["A"]] * 250_000
    begun = time.perf_counter()
    assert len(pieces(lines[1:], above_facts=False)) == 250_000
    assert time.perf_counter() - begun < 10
