"""plan_meeting: numbers, 届, chair, time; who may."""

from datetime import datetime
from typing import Any

import pytest

from agenda.meetings.models import Meeting
from agenda.meetings.services.plan_meeting import plan_meeting
from committee.bodies.models import Body
from common.audit.models import AuditEntry
from common.clock import SHANGHAI
from common.numbers.models import IssuedNumber
from common.services import NotAllowed, Refused


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def plan(
    district, actor=None, *, body: str = Body.Kind.STANDING, at: str = "2026-11-26 15:00", **values: Any
) -> Meeting:
    return plan_meeting(
        actor=actor or district.office,
        body=Body.objects.get(kind=body),
        starts_at=moment(at),
        place=values.pop("place", "区委常委会会议室"),
        **values,
    )


def test_the_next_meeting_is_the_21st_of_the_year_and_of_the_term(district) -> None:
    meeting = plan(district)
    assert str(meeting) == "区委常委会第21次会议"
    assert meeting.full_title == "八届区委常委会第21次会议"
    assert (meeting.year_number.year, meeting.year_number.number) == (2026, 21)
    assert (meeting.term_number.year, meeting.term_number.number) == (8, 21)
    assert meeting.chair == district.secretary.person
    assert AuditEntry.objects.filter(verb="plan_meeting", subject_id=meeting.pk).exists()


def test_a_new_year_counts_anew_in_the_year_and_goes_on_in_the_term(district) -> None:
    plan(district)
    meeting = plan(district, at="2027-01-07 09:00")
    assert (meeting.year_number.number, meeting.term_number.number) == (1, 22)


def test_each_body_counts_for_itself(district) -> None:
    meeting = plan(district, body=Body.Kind.SECRETARY_MEETING, at="2026-11-20 09:00")
    assert str(meeting) == "区委书记专题会第1次会议"


def test_a_deputy_secretary_may_be_entrusted_and_nobody_else(district) -> None:
    assert plan(district, chair=district.mayor.person).chair.name == "陆景和"
    with pytest.raises(Refused, match="可选：沈砚清、陆景和、顾维桢"):
        plan(district, at="2026-11-27 15:00", chair=district.director.person)
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize("actor", ["secretary", "head", "liaison", "leader", "outsider", "auditor"])
def test_only_the_general_office_plans(district, actor: str) -> None:
    with pytest.raises(NotAllowed, match="由区委办秘书科办理"):
        plan(district, getattr(district, actor))
    assert not Meeting.objects.exists()
    assert not IssuedNumber.objects.filter(kind="meeting_year:standing").exists()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"at": "2026-11-16 08:00"}, "已经过了"),
        ({"at": "2035-11-16 08:00"}, "不在已登记的任何一届之内"),
        ({"place": "  "}, "请写明开会地点"),
        ({"body": Body.Kind.CONGRESS}, "不在这里筹备"),
    ],
)
def test_what_cannot_be_is_refused_and_uses_no_number(district, values: dict, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        plan(district, **values)
    assert plan(district).term_number.number == 21


def test_a_body_sits_once_at_a_time(district) -> None:
    plan(district)
    with pytest.raises(Refused, match="区委常委会第21次会议已安排在"):
        plan(district)
    assert Meeting.objects.count() == 1
