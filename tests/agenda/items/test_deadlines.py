"""Filing deadlines in working days, over 调休 and into a year that is not published."""

from datetime import date

from agenda.items.deadlines import filing_deadline, lateness, months_later
from agenda.items.models import Item
from agenda.rules.models import AgendaRuleSet

RULES = AgendaRuleSet(file_days=5, papers_days=3)


def filed(day: date, urgent: bool = False) -> Item:
    return Item(title="一", filed_on=day, urgent=urgent)


def test_five_working_days_before_a_thursday(db: None) -> None:
    found = filing_deadline(date(2026, 11, 26), RULES)
    assert (found.day, found.provisional) == (date(2026, 11, 19), False)


def test_a_working_sunday_of_the_national_holiday_counts(db: None) -> None:
    """2026-10-10 is a Saturday worked for the holiday; 1 to 7 October are free."""
    assert filing_deadline(date(2026, 10, 12), RULES).day == date(2026, 9, 29)


def test_a_deadline_through_an_unpublished_year_is_provisional(db: None) -> None:
    assert filing_deadline(date(2027, 1, 7), RULES).provisional


def test_the_meeting_an_item_is_measured_on(db: None) -> None:
    first, second = date(2026, 11, 26), date(2026, 12, 10)
    in_time, late = filed(date(2026, 11, 19)), filed(date(2026, 11, 20))
    assert lateness(in_time, [first, second], RULES).meeting_day == first
    assert (lateness(late, [first, second], RULES).meeting_day, lateness(late, [first, second], RULES).late) == (
        second,
        False,
    )
    assert lateness(late, [first], RULES).late
    assert lateness(filed(date(2026, 11, 20), urgent=True), [first, second], RULES).late
    assert lateness(late, [], RULES) is None


def test_a_year_later_or_the_months_last_day() -> None:
    assert months_later(date(2026, 11, 16), 12) == date(2027, 11, 16)
    assert months_later(date(2027, 8, 31), 6) == date(2028, 2, 29)
    assert months_later(date(2026, 12, 1), 1) == date(2027, 1, 1)
