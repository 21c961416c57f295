"""Thirty papers, each way of going through them: what is decided at the end, and how many keys that took."""

import re
from collections.abc import Sequence

import pytest
from sittings import NAMES, SMALL, WIDE, Opener, records

STARRED, LATER = (5, 12, 23), (9, 17)
SLIP = ("s", "u")  # at the fifteenth: starred by mistake, taken back
THIRTY = NAMES[:30]


def named(*numbers: int) -> list[str]:
    """The names of these papers, counted from 1."""
    return [THIRTY[number - 1] for number in numbers]


def one_by_one() -> list[str]:
    """A verdict on each, in the order in which they come."""
    keys: list[str] = []
    for number in range(1, 31):
        keys += SLIP if number == 15 else ()
        keys += "s" if number in STARRED else "l" if number in LATER else "d"
    return keys


#: by pages of six: the star on the last of a page moves the list by a row, so one paper is left for the end
BY_SIX = (*"jjjjsD", *"jjljjsD", "j", *SLIP, *"jjlD", *"jjjsD", *"D", *"gnd")
BY_SIXTEEN = (*"jjjjsjjjljjsjj", *SLIP, *"D", *"ljjjjjsD")
COUNTING = (*"4js3jl2js2j", *SLIP, *"D", *"l5jsD")


@pytest.mark.parametrize(
    ("size", "keys", "most"),
    [
        (WIDE, one_by_one(), 36),
        (SMALL, one_by_one(), 36),
        (SMALL, BY_SIX, 32),
        (WIDE, BY_SIXTEEN, 29),
        (WIDE, COUNTING, 23),
    ],
    ids=["one by one, 120x36", "one by one, 80x24", "by pages, 80x24", "by pages, 120x36", "with counts"],
)
async def test_thirty_papers(open_: Opener, size: tuple[int, int], keys: Sequence[str], most: int) -> None:
    """Three starred, two put off, a slip taken back, the rest done, in so many keys at most."""
    assert len(keys) <= most
    async with open_(size, given=records(THIRTY)) as ui:
        for key in keys:
            await ui.press(key)
        assert ui.names("starred") == named(*STARRED)
        assert ui.names("later") == named(*LATER)
        assert ui.names("read") == [name for name in THIRTY if name not in named(*STARRED, *LATER)]
        assert re.search(r"The inbox is empty. 30 decided in \d+ min. e writes the 3 starred.$", ui.said)
        await ui.press("R")
        assert "All 30 papers are decided." in ui.text
        assert re.search(r"^ +30 decided in \d+ min\.", ui.text, re.MULTILINE)
