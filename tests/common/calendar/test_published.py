"""The seed of the calendar: every day of the published years, named in Chinese."""

from datetime import date

import pytest

from common.calendar.published import YearNotPublishedError, published_days

DAYS = {day: (worked, name) for day, worked, name in published_days()}


def test_every_day_of_2024_to_2026_is_there():
    assert (min(DAYS), max(DAYS), len(DAYS)) == (date(2024, 1, 1), date(2026, 12, 31), 366 + 365 + 365)


@pytest.mark.parametrize(
    ("day", "worked", "name"),
    [
        (date(2026, 10, 1), False, "国庆节"),
        (date(2026, 10, 7), False, "国庆节"),
        (date(2026, 10, 10), True, "国庆节调休上班"),
        (date(2026, 9, 20), True, "国庆节调休上班"),
        (date(2026, 9, 25), False, "中秋"),
        (date(2026, 2, 17), False, "春节"),
        (date(2026, 1, 4), True, "元旦调休上班"),
        (date(2026, 11, 26), True, ""),
        (date(2026, 11, 28), False, ""),
    ],
)
def test_days_of_2026(day, worked, name):
    assert DAYS[day] == (worked, name)


def test_2027_is_not_published():
    with pytest.raises(YearNotPublishedError, match="2027 年的放假安排尚未公布") as refusal:
        list(published_days([2027]))
    assert refusal.value.year == 2027
