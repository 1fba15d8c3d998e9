"""Loads and reads the published calendar."""

from datetime import date
from secrets import token_hex

from django.core.cache import cache
from django.db import transaction

from common.calendar.models import CalendarDay
from common.calendar.working_days import WorkingCalendar, published_years

VERSION, DAYS = "working-calendar-version", "working-calendar"


def load_published_days() -> int:
    """Enter the years that are published and not yet in the table; returns how many days were added."""
    from common.calendar.published import published_days

    present = set(CalendarDay.objects.values_list("day", flat=True))
    rows = [
        CalendarDay(day=day, working=working, name=name, source="国务院办公厅放假安排")
        for day, working, name in published_days()
        if day not in present
    ]
    CalendarDay.objects.bulk_create(rows)
    transaction.on_commit(forget_calendar)
    return len(rows)


def forget_calendar() -> None:
    """What anybody keeps in the cache is of no use from now on; call on commit of every entry of days."""
    cache.set(VERSION, token_hex(8), None)


def working_calendar() -> WorkingCalendar:
    """The calendar as entered; kept in the cache under the version that was current before it was read.

    A reader who read the old days and keeps them late keeps them under the old version, which nobody takes.
    """
    found = cache.get_many([VERSION, DAYS])
    version, (kept, days) = found.get(VERSION), found.get(DAYS, ("", {}))
    if version is None or kept != version:
        version = str(version or cache.get_or_set(VERSION, token_hex(8), None))
        days = dict(CalendarDay.objects.values_list("day", "working"))
        keep_days(version, days)
    return WorkingCalendar(days, published_years(days))


def keep_days(version: str, days: dict[date, bool]) -> None:
    """Put the days read under a version into the cache."""
    cache.set(DAYS, (version, days), 3600)
