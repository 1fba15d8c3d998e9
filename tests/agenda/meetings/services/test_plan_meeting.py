"""plan_meeting: numbers, 届, chair, time; who may."""

import pytest

from agenda.meetings.models import Meeting
from committee.bodies.models import Body
from common.audit.models import AuditEntry
from common.numbers.models import IssuedNumber
from common.services import NotAllowed, Refused
from tests.support.meetings import planned_meeting


def test_the_next_meeting_is_the_21st_of_the_year_and_of_the_term(district) -> None:
    meeting = planned_meeting(district)
    assert str(meeting) == "区委常委会第21次会议"
    assert meeting.full_title == "八届区委常委会第21次会议"
    assert (meeting.year_number.year, meeting.year_number.number) == (2026, 21)
    assert (meeting.term_number.year, meeting.term_number.number) == (8, 21)
    assert meeting.chair == district.secretary.person
    assert AuditEntry.objects.filter(verb="plan_meeting", subject_id=meeting.pk).exists()


def test_a_new_year_counts_anew_in_the_year_and_goes_on_in_the_term(district) -> None:
    planned_meeting(district)
    meeting = planned_meeting(district, "2027-01-07 09:00")
    assert (meeting.year_number.number, meeting.term_number.number) == (1, 22)


def test_an_enlarged_meeting_says_so(district) -> None:
    meeting = planned_meeting(district, kind=Meeting.Kind.ENLARGED)
    assert meeting.full_title == "八届区委常委会第21次（扩大）会议"


def test_each_body_counts_for_itself(district) -> None:
    meeting = planned_meeting(district, "2026-11-20 09:00", body=Body.Kind.SECRETARY_MEETING)
    assert str(meeting) == "区委书记专题会第1次会议"


def test_a_deputy_secretary_may_be_entrusted_and_nobody_else(district) -> None:
    assert planned_meeting(district, chair=district.mayor.person).chair.name == "陆景和"
    with pytest.raises(Refused, match="可选：沈砚清、陆景和、顾维桢"):
        planned_meeting(district, "2026-11-27 15:00", chair=district.director.person)
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize("actor", ["secretary", "head", "liaison", "leader", "outsider", "auditor", "administrator"])
def test_only_the_general_office_plans(district, actor: str) -> None:
    with pytest.raises(NotAllowed, match="由区委办秘书科办理"):
        planned_meeting(district, actor=getattr(district, actor))
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
        planned_meeting(district, **values)
    assert planned_meeting(district).term_number.number == 21


def test_a_body_sits_once_at_a_time(district) -> None:
    planned_meeting(district)
    with pytest.raises(Refused, match="区委常委会第21次会议已安排在"):
        planned_meeting(district)
    assert Meeting.objects.count() == 1
