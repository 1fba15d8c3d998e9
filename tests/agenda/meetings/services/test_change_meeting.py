"""change_meeting: before it opens, within its numbers, never past the items' clearances."""

import re
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from agenda.items.services.approve_urgent import approve_urgent
from agenda.items.standing import standing_of
from agenda.meetings.marks import meeting_mark
from agenda.meetings.models import Meeting
from agenda.meetings.services.cancel_meeting import cancel_meeting
from agenda.meetings.services.change_meeting import change_meeting
from common.audit.models import AuditEntry
from common.services import Conflict, NotAllowed, Refused
from tests.support.meetings import moment, on_agenda, planned_meeting
from tests.support.stories import accept, conclude, filed_item, ready_item, sign_on


def change(district, meeting: Meeting, *, actor=None, at: str = "2026-11-27 09:00", **values: Any) -> Meeting:
    return change_meeting(
        actor=actor or district.office,
        meeting=meeting,
        starts_at=moment(at),
        place=values.pop("place", meeting.place),
        chair=values.pop("chair", meeting.chair),
        kind=values.pop("kind", meeting.kind),
        **values,
    )


def test_time_place_and_chair_may_change(district) -> None:
    meeting = planned_meeting(district)
    change(district, meeting, place="区委二楼会议室", chair=district.mayor.person)
    meeting.refresh_from_db()
    assert (meeting.starts_at, meeting.place) == (moment("2026-11-27 09:00"), "区委二楼会议室")
    assert meeting.chair == district.mayor.person
    entry = AuditEntry.objects.get(verb="change_meeting")
    assert entry.detail["before"]["place"] == "区委常委会会议室"


def test_nothing_changed_leaves_no_trace(district) -> None:
    meeting = planned_meeting(district)
    change(district, meeting, at="2026-11-26 15:00")
    assert not AuditEntry.objects.filter(verb="change_meeting").exists()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"at": "2026-11-16 08:00"}, "已经过了"),
        ({"at": "2027-01-05 09:00"}, "不能改到"),
        ({"place": ""}, "请写明开会地点"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(district, values: dict, sentence: str) -> None:
    meeting = planned_meeting(district)
    with pytest.raises(Refused, match=sentence):
        change(district, meeting, **values)
    meeting.refresh_from_db()
    assert (meeting.starts_at, meeting.place) == (moment("2026-11-26 15:00"), "区委常委会会议室")


def test_a_head_of_a_unit_may_not(district) -> None:
    meeting = planned_meeting(district)
    with pytest.raises(NotAllowed):
        change(district, meeting, actor=district.head)
    meeting.refresh_from_db()
    assert meeting.starts_at == moment("2026-11-26 15:00")


def test_a_cancelled_meeting_stands_as_it_is(district) -> None:
    meeting = planned_meeting(district)
    cancel_meeting(actor=district.office, meeting=meeting, reason="与市里会议冲突")
    with pytest.raises(Refused, match="已取消，时间、议程和通知都不能再改"):
        change(district, meeting)


def test_it_is_not_moved_past_the_end_of_an_items_checks(district, clock) -> None:
    item = ready_item(district)  # its checks last twelve months, until 2027-11-16
    clock.set("2027-11-01 08:30")
    meeting = planned_meeting(district, "2027-11-11 15:00")
    on_agenda(district, meeting, item)
    with pytest.raises(Refused, match=r"关于新建城东学校的请示.*的前置程序11月16日（周二）到期，到开会那天已经失效"):
        change(district, meeting, at="2027-11-25 15:00")
    meeting.refresh_from_db()
    assert meeting.starts_at == moment("2027-11-11 15:00")


def test_it_is_not_moved_before_the_day_by_which_its_items_had_to_be_filed(district, clock) -> None:
    """Filed on 25 November, in time for 10 December; for 30 November it would have been late."""
    clock.set("2026-11-25 08:30")
    item = ready_item(district)
    meeting = planned_meeting(district, "2026-12-10 15:00")
    on_agenda(district, meeting, item)
    with pytest.raises(Refused, match=r"不能改到11月30日.*11月25日（周三）呈报，晚于这次会议的截止日") as refusal:
        change(district, meeting, at="2026-11-30 15:00")
    assert refusal.value.field == "starts_at"
    meeting.refresh_from_db()
    assert meeting.starts_at == moment("2026-12-10 15:00")
    change(district, meeting, at="2026-12-09 15:00")


def test_what_the_secretary_approved_as_urgent_comes_up_earlier_too(district, clock) -> None:
    clock.set("2026-11-25 08:30")
    item = filed_item(district, urgent=True, urgent_reason="招生在即")
    approve_urgent(actor=district.secretary, item=item, digest=item.version.digest)
    accept(district, item)
    for check in standing_of(item).checks:
        conclude(district, item, check.kind, actor=district.actor(check.holders[0].name))
    meeting = planned_meeting(district, "2026-12-10 15:00")
    on_agenda(district, meeting, sign_on(district, item))
    assert change(district, meeting, at="2026-11-30 15:00").day == date(2026, 11, 30)


def test_of_two_who_change_a_plan_the_second_is_told(district) -> None:
    meeting = planned_meeting(district)
    seen = meeting_mark(Meeting.objects.get(pk=meeting.pk))
    change(district, meeting, at="2026-11-27 09:00", seen=seen)
    before = AuditEntry.objects.count()
    with pytest.raises(Conflict, match="会议已由他人修改，这次没有存上。现在是11月27日（周五） 上午9:00"):
        change(district, meeting, actor=district.director, at="2026-11-26 15:00", place="区委二楼会议室", seen=seen)
    meeting.refresh_from_db()
    assert (meeting.starts_at, meeting.place) == (moment("2026-11-27 09:00"), "区委常委会会议室")
    assert AuditEntry.objects.count() == before


def test_the_page_of_the_second_keeps_what_he_typed_and_shows_what_stands(district) -> None:
    meeting = planned_meeting(district)
    clerk, address = district.client("周予安"), reverse("agenda:meeting_change", args=[meeting.pk])
    seen = re.search(r'name="seen" value="(\w+)"', clerk.get(address).content.decode())[1]
    change(district, meeting, actor=district.director, at="2026-11-27 09:00")
    sent = {
        "seen": seen,
        "kind": "regular",
        "day": "2026-11-26",
        "time": "15:00",
        "place": "区委二楼会议室",
        "chair": meeting.chair_id,
    }
    told = clerk.post(address, sent).content.decode()
    assert "会议已由他人修改" in told
    assert "区委二楼会议室" in told
    fresh = re.search(r'name="seen" value="(\w+)"', told)[1]
    assert clerk.post(address, sent | {"seen": fresh}).status_code == 302
    assert Meeting.objects.get(pk=meeting.pk).place == "区委二楼会议室"
