"""change_meeting: before it opens, within its numbers, never past the items' clearances."""

from typing import Any

import pytest

from agenda.meetings.models import Meeting
from agenda.meetings.services.cancel_meeting import cancel_meeting
from agenda.meetings.services.change_meeting import change_meeting
from common.audit.models import AuditEntry
from common.services import NotAllowed, Refused
from tests.support.meetings import moment, on_agenda, planned_meeting
from tests.support.stories import ready_item

TOLD = (planned_meeting,)


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
    with pytest.raises(Refused, match=r"关于新建城东学校的请示.*的前置程序已过有效期"):
        change(district, meeting, at="2027-11-25 15:00")
    meeting.refresh_from_db()
    assert meeting.starts_at == moment("2027-11-11 15:00")
