"""签收: a unit is told of its notices until somebody of it takes them over; the office sees who has and who has not."""

import re

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agenda.meetings.models import Meeting
from common import clock
from common.audit.models import AuditEntry
from common.identity.actor import Actor
from common.services import NotAllowed, Refused
from decisions.minutes.models import DecisionNotice, NoticeReceipt
from decisions.minutes.reports import MOST_TO_RECEIVE, waiting_for
from decisions.minutes.services.receive_notice import receive_notice
from decisions.minutes.services.sign_minutes import sign_minutes
from tests.decisions.minutes_story import closed, decide, entries, held_meeting, many_notices, reviewed, signed
from tests.support.cast import District
from tests.support.stories import ready_item
from tests.support.time import Clock


@pytest.fixture
def notice(district: District, meeting: Meeting) -> DecisionNotice:
    """The one to 教体局; 财政局 has another."""
    signed(district, meeting)
    return DecisionNotice.objects.get(unit=district.unit("教体局"))


def words(answer: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", answer.content.decode()))


def told(actor: Actor) -> list[str]:
    return [task.title for task in waiting_for(actor, clock.today()) if task.verb == "签收"]


def test_head_and_liaison_are_told_until_one_of_them_takes_it_over(district: District, notice: DecisionNotice) -> None:
    title = f"议定事项通知单{notice.number}：关于新建城东学校的请示"
    assert told(district.head) == told(district.liaison) == [title]
    assert told(district.other_liaison) == told(district.office) == told(district.secretary) == []
    Clock().set("2026-11-27 10:20")
    receipt = receive_notice(actor=district.liaison, notice=notice)
    assert receipt.received_by == district.liaison.person
    assert f"{receipt.received_at.astimezone(clock.SHANGHAI):%m-%d %H:%M}" == "11-27 10:20"
    assert AuditEntry.objects.latest("pk").verb == "receive_notice"
    assert told(district.head) == told(district.liaison) == []
    assert len(told(district.actor("曹以谦"))) == 1  # 财政局 has its own


def test_nobody_takes_over_for_another_unit_or_twice(district: District, notice: DecisionNotice) -> None:
    for who in (district.other_liaison, district.office, district.secretary, district.actor("曹以谦")):
        with pytest.raises(NotAllowed, match="通知单由教体局的负责人或议题联络员签收"):
            receive_notice(actor=who, notice=notice)
    assert not NoticeReceipt.objects.exists()
    receive_notice(actor=district.head, notice=notice)
    with pytest.raises(Refused, match="已由林知微签收，不必再签"):
        receive_notice(actor=district.liaison, notice=notice)
    assert NoticeReceipt.objects.get().received_by == district.head.person
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE decisions_noticereceipt SET received_by_id = %s", [district.office.person.pk])


def test_a_notice_that_was_superseded_is_asked_of_nobody(district: District, notice: DecisionNotice) -> None:
    many_notices(district)
    now = DecisionNotice.objects.filter(unit=notice.unit).latest("pk")
    assert told(district.head) == [f"议定事项通知单{now.number}：关于新建城东学校的请示"]
    with pytest.raises(Refused, match="已被更正的纪要取代，不再签收。请以新的通知单为准"):
        receive_notice(actor=district.head, notice=notice)
    assert not NoticeReceipt.objects.exists()


def test_the_liaison_takes_it_over_on_its_page_from_the_workbench(district: District, notice: DecisionNotice) -> None:
    liaison, page = district.client("梁思齐"), reverse("decisions:notice_detail", args=[notice.pk])
    assert page in liaison.get("/").content.decode()
    assert "还没有签收。由单位负责人林知微或议题联络员梁思齐签收。" in words(liaison.get(page))
    receive = reverse("decisions:notice_receive", args=[notice.pk])
    assert receive in liaison.get(page).content.decode()
    assert receive not in district.client("周予安").get(page).content.decode()
    after = words(liaison.post(receive, follow=True))
    assert "已签收通知单" in after and "梁思齐 ，11月27日" in after.replace("，", " ，")
    assert page not in liaison.get("/").content.decode()
    assert liaison.post(receive).status_code == 409


def test_the_office_sees_who_has_taken_over_and_who_has_not(district: District, notice: DecisionNotice) -> None:
    office = district.client("周予安")
    pages = [
        reverse("agenda:meeting_detail", args=[notice.minutes.meeting_id]),
        reverse("decisions:minutes_detail", args=[notice.minutes_id]),
        reverse("decisions:notices"),
    ]
    assert "议定事项通知单 2 份，2 份未签收" in words(office.get(pages[0]))
    receive_notice(actor=district.liaison, notice=notice)
    meeting, minutes, listed = (words(office.get(page)) for page in pages)
    assert "议定事项通知单 2 份，1 份未签收" in meeting
    for page in (minutes, listed):
        assert "已签收" in page and "梁思齐" in page and "未签收" in page
    waiting = words(office.get(pages[2], {"state": "waiting"}))
    assert "1 份，最近的在前" in waiting and "财政局" in waiting
    assert "议定事项通知单 2 份" not in words(district.client("陆景和").get(pages[0]))


def test_many_notices_are_a_short_list_and_cost_the_same(district: District, notice: DecisionNotice) -> None:
    few = asked(district.actor("曹以谦"))
    Clock().set("2026-11-27 10:00")
    items = [ready_item(district, title=f"关于第{number}期学校的请示") for number in range(1, MOST_TO_RECEIVE + 2)]
    later = held_meeting(district, *items, day="2026-12-10")
    for entry in entries(later):
        decide(district, entry)
    minutes = reviewed(district, closed(district, later))
    sign_minutes(actor=district.secretary, minutes=minutes)
    titles = told(district.actor("曹以谦"))
    assert len(titles) == MOST_TO_RECEIVE + 1
    assert titles[-1] == "其余 2 份议定事项通知单"
    assert asked(district.actor("曹以谦")) == few <= 4


def asked(actor: Actor) -> int:
    with CaptureQueriesContext(connection) as queries:
        waiting_for(actor, clock.today())
    return len(queries)
