"""Counting working days by the published calendar: the one place that turns «n working days» into a day.

Convention: the day one counts from is not counted itself. «File 5 working days before the meeting» with a meeting on
Thursday 26 November 2026 counts 25, 24, 23, 20, 19: filing on Thursday 19 November is in time. In the same way «within
3 working days» of a Monday ends on Thursday.

Which days are worked is published by the State Council a year at a time (放假安排, with 调休 working weekends). A day
of a year not yet published counts as worked from Monday to Friday; every answer that touched such a day is provisional.
"""

from calendar import isleap
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True)
class Deadline:
    """A legal day; provisional while a year that it was counted through is unpublished."""

    day: date
    provisional: bool


@dataclass(frozen=True)
class WorkingDays:
    """A number of working days, negative when counted backwards; provisional as a `Deadline` is."""

    number: int
    provisional: bool


@dataclass(frozen=True, eq=False)
class WorkingCalendar:
    """`days` says of a day whether it is worked; a day it does not name follows the week."""

    days: Mapping[date, bool]
    published_years: Collection[int]

    def is_working(self, day: date) -> bool:
        """Is this day worked? Whether that is certain, `is_provisional` says."""
        if isinstance(day, datetime):
            raise TypeError("A legal day is a date, not a moment.")
        return self.days.get(day, day.weekday() < 5)

    def is_provisional(self, day: date) -> bool:
        """Is the calendar of this day's year still unpublished?"""
        return day.year not in self.published_years

    def add_working_days(self, day: date, number: int) -> Deadline:
        """The number-th working day after this day, before it when negative; zero gives the day itself, worked or not.

        Provisional if any day stepped on was: skipping a day that may yet be worked is as uncertain as using it.
        """
        step = timedelta(days=1 if number > 0 else -1)
        left = abs(number)
        provisional = number == 0 and self.is_provisional(day)
        while left:
            day += step
            left -= self.is_working(day)
            provisional = provisional or self.is_provisional(day)
        return Deadline(day, provisional)

    def working_days_between(self, start: date, end: date) -> WorkingDays:
        """How many working days from start to end, without start and with end: what `add_working_days` would need."""
        sign = 1 if end >= start else -1
        days = [start + timedelta(days=sign * away) for away in range(1, abs((end - start).days) + 1)]
        number = sign * sum(self.is_working(day) for day in days)
        return WorkingDays(number, any(self.is_provisional(day) for day in days))


def published_years(days: Collection[date]) -> frozenset[int]:
    """The years of which every day is known; a few days of a year do not publish it."""
    known = Counter(day.year for day in set(days))
    return frozenset(year for year, number in known.items() if number == 365 + isleap(year))
