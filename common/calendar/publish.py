"""Loads and reads the published calendar."""

from datetime import date

from django.core.cache import cache

from common.calendar.models import CalendarDay
from common.calendar.working_days import WorkingCalendar, published_years

CACHE_KEY = "working-calendar"


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
    cache.delete(CACHE_KEY)
    return len(rows)


def working_calendar() -> WorkingCalendar:
    """The calendar as entered; kept in the cache, which every entry of days empties."""
    days: dict[date, bool] | None = cache.get(CACHE_KEY)
    if days is None:
        days = dict(CalendarDay.objects.values_list("day", "working"))
        cache.set(CACHE_KEY, days, 3600)
    return WorkingCalendar(days, published_years(days))
