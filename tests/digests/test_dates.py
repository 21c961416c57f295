"""Days without a year, the year they are given, and dates in file names."""

from datetime import date

import pytest

from tui.digests.dates import Day, PageYear, date_in_name


def test_a_named_year_is_kept_and_is_no_guess() -> None:
    """Jan 9, 2024 is that day, whatever year the user names."""
    assert PageYear([], 2031).date(Day(1, 9, 2024)) == (date(2024, 1, 9), False)


def test_the_year_after_the_last_named_one_is_guessed() -> None:
    """The site drops the year of the capture only, so it is later than every year shown."""
    page = PageYear([Day(1, 9, 2019), Day(1, 9, 2023), Day(11, 18)], None)
    assert page.date(Day(11, 18)) == (date(2024, 11, 18), True)


def test_the_users_year_is_no_guess() -> None:
    """`--year` decides, and what it decides is not marked as inferred."""
    assert PageYear([Day(1, 9, 2019)], 2025).date(Day(11, 18)) == (date(2025, 11, 18), False)


def test_without_evidence_no_year_is_invented() -> None:
    """A page without any year gives no dates."""
    assert PageYear([Day(11, 18)], None).date(Day(11, 18)) == (None, False)


def test_a_leap_day_is_evidence_for_a_leap_year() -> None:
    """With a year-less Feb 29 the guess is the next year that has one, for all the page's dates."""
    days = [Day(1, 9, 2024), Day(2, 29), Day(3, 1)]
    assert PageYear(days, None).date(Day(2, 29)) == (date(2028, 2, 29), True)
    assert PageYear(days, None).date(Day(3, 1)) == (date(2028, 3, 1), True)


@pytest.mark.parametrize(("day", "year"), [(Day(2, 29), 2023), (Day(1, 9), 0), (Day(1, 9), 10000)])
def test_a_year_without_that_day_gives_no_date(day: Day, year: int) -> None:
    """A year the user named that cannot be is no reason to crash."""
    assert PageYear([], year).date(day) == (None, False)


@pytest.mark.parametrize(
    ("day", "exists"),
    [(Day(2, 29), True), (Day(2, 30), False), (Day(2, 29, 2023), False), (Day(2, 29, 2024), True)],
)
def test_days_that_are_in_a_calendar(day: Day, exists: bool) -> None:
    """A year-less Feb 29 is a day; Feb 30, and Feb 29 of a common year, are none."""
    assert day.exists is exists


def test_a_day_names_a_digest() -> None:
    """`Nov 18` makes `nov-18`."""
    assert Day.read("Nov", "18", None).name == "nov-18"


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("papers_2024-06-21.txt", date(2024, 6, 21)),
        ("2024-06-21/weekly.txt", None),
        ("a/2024-13-45_2025-04-04.txt", date(2025, 4, 4)),
        ("12024-06-21.txt", None),
        ("2024-06-211.txt", None),
        ("-", None),
    ],
)
def test_the_date_in_a_files_name(path: str, found: date | None) -> None:
    """Only the file's own name counts, and only a real date standing by itself."""
    assert date_in_name(path) == found
