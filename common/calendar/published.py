"""The published calendar as data to seed the calendar table with, year by year."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from chinese_calendar import get_holiday_detail
from chinese_calendar.constants import Holiday

SEEDED_YEARS = (2024, 2025, 2026)


class YearNotPublishedError(LookupError):
    """The installed data does not know the year; its message is a sentence for users."""

    def __init__(self, year: int) -> None:
        super().__init__(f"{year} 年的放假安排尚未公布或尚未收入，暂按周一至周五为工作日计算。")
        self.year = year


def published_days(years: Iterable[int] = SEEDED_YEARS) -> Iterator[tuple[date, bool, str]]:
    """Every day of these years: (day, worked, name). Holidays and 调休 weekends have names, other days an empty one."""
    for year in years:
        day = date(year, 1, 1)
        while day.year == year:
            try:
                holiday, name = get_holiday_detail(day)
            except NotImplementedError:
                raise YearNotPublishedError(year) from None
            yield day, not holiday, _chinese(name, worked=not holiday)
            day += timedelta(days=1)


def _chinese(name: str | None, *, worked: bool) -> str:
    """The library's name in Chinese; a weekend worked for a holiday is 国庆节调休上班."""
    if name is None:
        return ""
    return f"{Holiday(name).chinese}{'调休上班' if worked else ''}"
