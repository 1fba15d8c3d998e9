"""Loads and reads the published calendar."""

from secrets import token_hex

from django.core.cache import cache
from django.db import transaction

from common.calendar.models import CalendarDay
from common.calendar.working_days import WorkingCalendar, published_years

VERSION = "working-calendar-version"
# What this process read last, and the version that was current before it was read.
_read: tuple[str, WorkingCalendar] = ("", WorkingCalendar({}, ()))


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
    """What any process has read is of no use from now on; call on commit of every entry of days."""
    cache.set(VERSION, token_hex(8), None)


def working_calendar() -> WorkingCalendar:
    """The calendar as entered; each process reads it once for every version.

    A reader who read the old days late has them under the old version, and reads again.
    """
    global _read
    version: str = cache.get(VERSION) or cache.get_or_set(VERSION, token_hex(8), None) or ""
    known, calendar = _read
    if known != version:
        days = dict(CalendarDay.objects.values_list("day", "working"))
        calendar = WorkingCalendar(days, published_years(days))
        _read = version, calendar
    return calendar
