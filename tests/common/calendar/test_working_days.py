"""Deadlines in working days: the office's convention, holidays, worked weekends, years not yet published."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.calendar.published import published_days
from common.calendar.working_days import Deadline, WorkingCalendar, WorkingDays, published_years

DAYS = {day: worked for day, worked, _ in published_days()}
OFFICE = WorkingCalendar(DAYS, published_years(DAYS))
MEETING = date(2026, 11, 26)

some_day = st.dates(date(2023, 6, 1), date(2028, 6, 1))
some_number = st.integers(-120, 120)


@pytest.mark.parametrize(
    ("start", "number", "day"),
    [
        # before the meeting of Thursday 26 November: notice 1, papers 3, file 5 working days
        (MEETING, -1, date(2026, 11, 25)),
        (MEETING, -3, date(2026, 11, 23)),
        (MEETING, -5, date(2026, 11, 19)),
        (date(2026, 11, 16), 3, date(2026, 11, 19)),
        # zero is the day itself, also on a Sunday
        (MEETING, 0, MEETING),
        (date(2026, 11, 22), 0, date(2026, 11, 22)),
        # counted from a Saturday
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        (date(2026, 11, 21), -1, date(2026, 11, 20)),
        # National Day 2026: off 1 to 7 October, worked Sunday 20 September and Saturday 10 October
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 10, 8), -1, date(2026, 9, 30)),
        (date(2026, 10, 9), 1, date(2026, 10, 10)),
        (date(2026, 10, 12), -2, date(2026, 10, 9)),
        (date(2026, 9, 18), 1, date(2026, 9, 20)),
        # Mid-autumn and National Day together
        (date(2026, 9, 24), 5, date(2026, 10, 9)),
        # Spring Festival 2026: off 15 to 23 February, worked Saturdays 14 and 28 February
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 2, 14), 1, date(2026, 2, 24)),
        (date(2026, 2, 27), 1, date(2026, 2, 28)),
        # a legal review of at least 7 working days
        (date(2026, 11, 16), 7, date(2026, 11, 25)),
        # over a year's end that both sides have published
        (date(2025, 12, 31), 1, date(2026, 1, 4)),
    ],
)
def test_the_day_counted_from_is_not_counted(start, number, day):
    assert OFFICE.add_working_days(start, number) == Deadline(day, provisional=False)


@pytest.mark.parametrize(
    ("start", "number", "deadline"),
    [
        (date(2026, 12, 30), 1, Deadline(date(2026, 12, 31), provisional=False)),
        (date(2026, 12, 31), 1, Deadline(date(2027, 1, 1), provisional=True)),
        (date(2026, 12, 28), 5, Deadline(date(2027, 1, 4), provisional=True)),
        (date(2027, 1, 4), -2, Deadline(date(2026, 12, 31), provisional=True)),
        (date(2027, 1, 1), -1, Deadline(date(2026, 12, 31), provisional=False)),
        (date(2027, 1, 4), 0, Deadline(date(2027, 1, 4), provisional=True)),
    ],
)
def test_a_deadline_counted_through_an_unpublished_year_is_provisional(start, number, deadline):
    assert OFFICE.add_working_days(start, number) == deadline


@pytest.mark.parametrize(
    ("start", "end", "answer"),
    [
        (date(2026, 11, 19), MEETING, WorkingDays(5, provisional=False)),
        (MEETING, date(2026, 11, 19), WorkingDays(-5, provisional=False)),
        (MEETING, MEETING, WorkingDays(0, provisional=False)),
        (date(2026, 9, 30), date(2026, 10, 7), WorkingDays(0, provisional=False)),
        (date(2026, 9, 30), date(2026, 10, 10), WorkingDays(3, provisional=False)),
        (date(2026, 12, 28), date(2026, 12, 31), WorkingDays(3, provisional=False)),
        (date(2026, 12, 28), date(2027, 1, 4), WorkingDays(5, provisional=True)),
    ],
)
def test_working_days_between_two_days(start, end, answer):
    assert OFFICE.working_days_between(start, end) == answer


def test_once_a_year_is_published_its_deadlines_are_no_longer_provisional():
    new_year = {date(2027, 1, 1) + timedelta(days=number): number > 2 for number in range(365)}
    office = WorkingCalendar(DAYS | new_year, published_years(DAYS | new_year))
    assert OFFICE.add_working_days(date(2026, 12, 31), 1) == Deadline(date(2027, 1, 1), provisional=True)
    assert office.add_working_days(date(2026, 12, 31), 1) == Deadline(date(2027, 1, 4), provisional=False)


def test_a_few_days_of_a_year_do_not_publish_it():
    assert published_years(DAYS) == {2024, 2025, 2026}
    assert published_years([*DAYS, date(2027, 1, 1)]) == {2024, 2025, 2026}


def test_a_day_named_in_an_unpublished_year_is_believed_and_stays_provisional():
    office = WorkingCalendar({date(2027, 1, 2): True}, ())
    assert office.is_working(date(2027, 1, 2))
    assert office.add_working_days(date(2027, 1, 1), 1) == Deadline(date(2027, 1, 2), provisional=True)


def test_a_moment_is_not_a_legal_day():
    with pytest.raises(TypeError):
        OFFICE.is_working(datetime(2026, 11, 26, 9))


@given(some_day, some_number.filter(bool))
def test_the_answer_is_a_working_day(day, number):
    assert OFFICE.is_working(OFFICE.add_working_days(day, number).day)


@given(some_day, some_number)
def test_counting_back_from_a_working_day_returns_to_it(day, number):
    start = OFFICE.add_working_days(day, 1).day
    there = OFFICE.add_working_days(start, number).day
    assert OFFICE.add_working_days(there, -number).day == start


@given(some_day, some_number)
def test_the_days_between_are_the_number_that_was_added(day, number):
    there = OFFICE.add_working_days(day, number)
    between = OFFICE.working_days_between(day, there.day)
    assert between.number == number
    if number:
        assert between.provisional == there.provisional


@given(some_day, some_day, some_number)
def test_a_later_start_never_gives_an_earlier_deadline(one, other, number):
    early, late = sorted((one, other))
    assert OFFICE.add_working_days(early, number).day <= OFFICE.add_working_days(late, number).day


@given(some_day, some_number)
def test_more_working_days_end_later(day, number):
    assert OFFICE.add_working_days(day, number).day < OFFICE.add_working_days(day, number + 1).day
