"""Reads a year's published working days as an office types them, and makes the whole year of it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from common.calendar.models import CalendarDay
from common.services import Refused

# 2027-01-01 休 元旦 · 2027年1月3日 班 元旦调休 · 2027.2.5,休,春节
LINE = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?[\s,，、]*(休|班)[\s,，、]*(.*)")


@dataclass(frozen=True)
class ExceptionalDay:
    """A day that the published arrangement names: 休 or 班, and why."""

    day: date
    working: bool
    name: str


def read_days(text: str, year: int) -> list[ExceptionalDay]:
    """Lines like 「2027-01-01 休 元旦」; refuses by line number what is unclear, twice or of another year."""
    days: dict[date, ExceptionalDay] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        found = _read_line(line.strip(), number, year)
        if found.day in days:
            raise Refused(f"第 {number} 行：{found.day} 写了两次，请只留一行。", field="days")
        days[found.day] = found
    if not days:
        raise Refused("还没有写一天。请逐行写明放假和调休上班的日子，如「2027-01-01 休 元旦」。", field="days")
    return sorted(days.values(), key=lambda each: each.day)


def _read_line(line: str, number: int, year: int) -> ExceptionalDay:
    match = LINE.fullmatch(line)
    if not match:
        raise Refused(f"第 {number} 行「{line}」看不明白，请写成「2027-01-01 休 元旦」的样子。", field="days")
    try:
        day = date(*(int(match[part]) for part in (1, 2, 3)))
    except ValueError:
        raise Refused(f"第 {number} 行「{line}」里的日期不存在，请核对。", field="days") from None
    if day.year != year:
        raise Refused(f"第 {number} 行「{line}」不在 {year} 年，请核对年份。", field="days")
    return ExceptionalDay(day, match[4] == "班", match[5].strip()[:40])


def days_of_year(year: int, exceptions: Iterable[ExceptionalDay]) -> Iterator[tuple[date, bool, str]]:
    """Every day of the year as (day, worked, name): Monday to Friday are worked but for the exceptions."""
    named = {each.day: each for each in exceptions}
    day = date(year, 1, 1)
    while day.year == year:
        found = named.get(day)
        yield (day, found.working, found.name) if found else (day, day.weekday() < 5, "")
        day += timedelta(days=1)


def changed_days(year: int, exceptions: Iterable[ExceptionalDay]) -> list[tuple[date, bool, str]]:
    """The days that publishing would write: unknown so far, or otherwise than they stand."""
    present = {row.day: (row.working, row.name) for row in CalendarDay.objects.filter(day__year=year)}
    return [each for each in days_of_year(year, exceptions) if present.get(each[0]) != each[1:]]
