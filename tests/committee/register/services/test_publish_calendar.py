"""A published year is entered whole: the week and the exceptions named in the arrangement."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from committee.register.calendar import ExceptionalDay, read_days
from committee.register.services.publish_calendar import publish_calendar
from common.audit.models import AuditEntry
from common.calendar.models import CalendarDay
from common.calendar.publish import VERSION, forget_calendar, working_calendar
from common.services import NotAllowed, Refused
from common.tenancy.models import Committee
from common.tenancy.scope import committee_scope
from tests.committee.refusals import not_allowed, refused
from tests.support.cast import District

LINES = "2027-01-01 休 元旦\n\n2027年1月3日 班 元旦调休\n2027.2.5，休，春节"
NEW_YEAR = ExceptionalDay(date(2027, 1, 1), False, "元旦")


@pytest.fixture(autouse=True)
def fresh_calendar() -> Iterator[None]:
    """The cache outlives the transaction that a test is rolled back in."""
    forget_calendar()
    yield
    forget_calendar()


def publish(district: District, actor=None, **changed) -> int:
    fields = {"year": 2027, "exceptions": read_days(LINES, 2027), "source": "国办发明电〔2026〕7号"}
    return publish_calendar(actor=actor or district.administrator, **{**fields, **changed})


def test_the_whole_year_is_entered_and_no_longer_provisional(
    district: District, django_capture_on_commit_callbacks
) -> None:
    assert working_calendar().is_provisional(date(2027, 1, 4))
    with django_capture_on_commit_callbacks(execute=True):
        assert publish(district) == 365
    calendar = working_calendar()
    assert not calendar.is_provisional(date(2027, 12, 31))
    assert [calendar.is_working(date(2027, 1, day)) for day in (1, 2, 3, 4)] == [False, False, True, True]
    entry = AuditEntry.objects.get(verb="publish_calendar")
    assert entry.detail["days"] == ["2027-01-01 休 元旦", "2027-01-03 班 元旦调休", "2027-02-05 休 春节"]


def test_a_reader_who_is_late_brings_no_old_days_back(
    district: District, django_capture_on_commit_callbacks, monkeypatch
) -> None:
    """He read the version and the days before 2027 was published, and is done with it afterwards."""
    late = cache.get(VERSION), working_calendar()
    with django_capture_on_commit_callbacks(execute=True):
        publish(district)
    monkeypatch.setattr("common.calendar.publish._read", late)
    assert not working_calendar().is_provisional(date(2027, 1, 4))
    assert not working_calendar().is_provisional(date(2027, 1, 4)), "and so it is kept"


def test_the_calendar_once_read_asks_the_database_nothing(district: District) -> None:
    working_calendar()
    with CaptureQueriesContext(connection) as asked:
        working_calendar()
    assert len(asked) == 0


def test_a_committee_under_another_publishes_for_nobody(district: District, neighbour: District) -> None:
    """The calendar counts for all; 澄江县委 stands above here, so its administrator enters it."""
    Committee.objects.filter(pk=district.committee.pk).update(parent=neighbour.committee)
    below = District(Committee.objects.get(pk=district.committee.pk))
    with refused("由中共澄江县委的系统管理员录入", kind=NotAllowed):
        publish(below)
    assert not CalendarDay.objects.filter(day__year=2027).exists()
    window = below.client("系统管理员")
    assert "录入放假安排" not in window.get("/rules/calendar/").content.decode()
    assert window.get("/rules/calendar/publish/").status_code == 409
    with committee_scope(neighbour.committee.pk):
        assert publish(neighbour) == 365


def test_the_page_says_for_whom_the_calendar_counts(district: District) -> None:
    window = district.client("系统管理员")
    for page in ("/rules/calendar/", "/rules/calendar/publish/"):
        assert "本系统各级党委共用" in window.get(page).content.decode()


def test_a_correction_changes_only_what_differs(district: District) -> None:
    publish(district)
    assert publish(district) == 0
    assert AuditEntry.objects.filter(verb="publish_calendar").count() == 1
    assert publish(district, exceptions=[NEW_YEAR]) == 2
    assert CalendarDay.objects.get(day="2027-01-03").working is False


def test_the_calendar_that_all_committees_share_is_the_administrator_s(district: District) -> None:
    for actor in (district.office, district.secretary, district.head):
        with not_allowed():
            publish(district, actor)
    with refused("请写明放假安排的文号"):
        publish(district, source=" ")
    assert not CalendarDay.objects.filter(day__year=2027).exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "还没有写一天"),
        ("2027-01-01 放假", "第 1 行「2027-01-01 放假」看不明白"),
        ("2027-01-01 休 元旦\n2027-02-30 休", "第 2 行「2027-02-30 休」里的日期不存在"),
        ("2026-12-31 休", "不在 2027 年"),
        ("2027-01-01 休\n2027-01-01 班", "写了两次"),
    ],
)
def test_what_is_unclear_is_refused_by_its_line(text: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        read_days(text, 2027)


def test_days_are_read_in_the_ways_they_are_written() -> None:
    assert read_days(LINES, 2027) == [
        NEW_YEAR,
        ExceptionalDay(date(2027, 1, 3), True, "元旦调休"),
        ExceptionalDay(date(2027, 2, 5), False, "春节"),
    ]
