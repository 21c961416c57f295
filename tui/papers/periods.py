"""Days as a query writes them: 2024, 2024-06, 2024-06-30, today, yesterday, 7d, 2w, 3m, 1y (so long ago)."""

import re
from datetime import date, timedelta
from functools import lru_cache

_CALENDAR = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
_AGO = re.compile(r"([0-9]{1,5})([dwmy])")
_NAMED = {"today": 0, "yesterday": 1}
_DAYS = {"d": 1, "w": 7}

#: how a day may be written, for messages
WAYS = "2024, 2024-06, 2024-06-30, today, yesterday, 7d, 2w, 3m or 1y"


def is_ago(text: str) -> bool:
    """Whether the text counts back from today, as 7d does."""
    return _AGO.fullmatch(text) is not None


@lru_cache(maxsize=256)
def days(text: str, today: date) -> tuple[date, date]:
    """The first and the last day of what is written.

    Raises ValueError for a text that is no day, month, year or number of days, weeks, months or years.
    """
    if text in _NAMED:
        day = today - timedelta(_NAMED[text])
        return day, day
    if ago := _AGO.fullmatch(text):
        day = _back(today, int(ago[1]), ago[2])
        return day, day
    found = _CALENDAR.fullmatch(text)
    if found is None:
        raise ValueError(text)
    year, month, day_ = (int(part) if part else 0 for part in found.groups())
    if found[2] is None:
        return date(year, 1, 1), date(year, 12, 31)
    first = date(year, month, day_ if found[3] else 1)
    return first, first if found[3] else first.replace(day=_last(year, month))


def in_calendar(text: str) -> tuple[date, date] | None:
    """The first and the last day, where those do not hang on today. Raises ValueError as `days` does."""
    found = days(text, date.max)
    return None if text in _NAMED or is_ago(text) else found


def _back(today: date, number: int, unit: str) -> date:
    """So long before today: the same day of an earlier month, or that month's last."""
    if unit in _DAYS:
        return date.fromordinal(max(today.toordinal() - number * _DAYS[unit], 1))
    months = today.year * 12 + today.month - 1 - number * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    if year < 1:
        return date.min
    return date(year, month + 1, min(today.day, _last(year, month + 1)))


def _last(year: int, month: int) -> int:
    """The last day of a month."""
    from calendar import monthrange  # brings the locale's names of months with it

    return monthrange(year, month)[1]
