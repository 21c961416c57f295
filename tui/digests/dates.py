"""Dates as digests write them, and the rule that gives a date without a year its year."""

import re
from calendar import isleap
from collections.abc import Iterable
from datetime import date
from pathlib import PurePath
from typing import NamedTuple

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NUMBERS = {name: number for number, name in enumerate(MONTHS, 1)}
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)", re.ASCII)


class Day(NamedTuple):
    """A day as a page shows it; the year is absent where the site leaves it out."""

    month: int
    day: int
    year: int | None = None

    @classmethod
    def read(cls, month: str, day: str, year: str | None) -> "Day":
        """The day of three matched words such as `Nov`, `18` and `2024`."""
        return cls(_NUMBERS[month], int(day), int(year) if year else None)

    @property
    def name(self) -> str:
        """The day as a digest is called after it: `nov-18`."""
        return f"{MONTHS[self.month - 1].lower()}-{self.day}"

    def within(self, year: int) -> date | None:
        """The date in that year, or None where that year has no such day."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None

    @property
    def exists(self) -> bool:
        """Whether any year, or the year it names, has this day."""
        return self.within(self.year or 2024) is not None


class PageYear:
    """The year of one page's year-less dates.

    Hugging Face leaves the year out for the year in which the page was saved. A page that names
    years was therefore saved after the last of them, so the best guess is that year + 1 (the next
    leap year where the page has a `Feb 29`); a page that names none says nothing, and no year is
    invented. `given` is the year the user named: it is no guess and overrides.
    """

    def __init__(self, days: Iterable[Day], given: int | None) -> None:
        self.inferred = given is None
        self.year = _guess(list(days)) if given is None else given

    def date(self, day: Day) -> tuple[date | None, bool]:
        """The date and whether its year was guessed; None where nothing tells the year."""
        if day.year is not None:
            return day.within(day.year), False
        if self.year is None:
            return None, False
        found = day.within(self.year)
        return found, self.inferred and found is not None


def _guess(days: list[Day]) -> int | None:
    year = max((day.year for day in days if day.year is not None), default=None)
    if year is None:
        return None
    year += 1
    if Day(2, 29) in days:
        while not isleap(year):
            year += 1
    return year


def date_in_name(path: str) -> date | None:
    """The first real date written YYYY-MM-DD in a file's name."""
    for year, month, day in _ISO.findall(PurePath(path).name):
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            continue
    return None
