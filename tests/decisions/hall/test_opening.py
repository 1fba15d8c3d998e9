"""A meeting opens with the quorum of its body, and from then on 应到 and rules stay."""

from datetime import date

import pytest

from agenda.meetings.models import AgendaEntry, Meeting
from agenda.meetings.services.change_meeting import change_meeting
from agenda.meetings.services.remove_entry import remove_entry
from agenda.meetings.services.set_entry import set_entry
from committee.bodies.models import Body, Seat, SeatState
from committee.register.services.keep_seat_states import set_seat_state
from common.audit.models import AuditEntry
from common.records.canonical import read_canonical
from common.services import NotAllowed, Refused
from decisions.hall.models import Sitting
from decisions.hall.services.arrive import arrive
from decisions.hall.services.open_meeting import open_meeting
from decisions.rules.models import VotingRuleSet
from decisions.rules.services.adopt_rules import adopt_voting_rules
from tests.decisions.hall_story import MEMBERS, called_meeting, seat, sitting_with
from tests.support.cast import District
from tests.support.meetings import call, moment, on_agenda
from tests.support.stories import heard_item, ready_item
from tests.support.time import Clock


def test_six_of_eleven_are_enough_to_open(district: District) -> None:
    sitting = sitting_with(district, present=MEMBERS[:6])
    assert Meeting.objects.get().state == "in_session"
    assert sitting.due_members.filter(counts=True, votes=True).count() == 11
    sealed = read_canonical(sitting.record.payload)
    assert sealed["quorum"] == "应到 11，实到 6，须半数以上（6）到会，可以开会。"
    assert sum(member["present"] for member in sealed["members"]) == 6


def test_five_of_eleven_are_not_enough_and_that_stays_on_record(district: District) -> None:
    meeting = called_meeting(district)
    seat(district, meeting, MEMBERS[:5])
    with pytest.raises(Refused, match="应到 11，实到 5，须半数以上（6）到会，差 1 人，不能开会。"):
        open_meeting(actor=district.office, meeting=meeting)
    assert Meeting.objects.get().state == "notified"
    assert not Sitting.objects.exists()
    assert AuditEntry.objects.get(verb="note_shortfall").detail["sentence"].endswith("差 1 人，不能开会。")


def test_nobody_but_the_office_opens(district: District) -> None:
    meeting = called_meeting(district)
    seat(district, meeting, MEMBERS)
    for actor in (district.secretary, district.mayor, district.head, district.liaison, district.auditor):
        with pytest.raises(NotAllowed, match="会场由区委办秘书科登记"):
            open_meeting(actor=actor, meeting=meeting)
    assert not Sitting.objects.exists()


def test_the_chair_must_be_in_the_room(district: District) -> None:
    meeting = called_meeting(district)
    seat(district, meeting, MEMBERS[1:])
    with pytest.raises(Refused, match="主持人沈砚清还没有签到，不能开会。"):
        open_meeting(actor=district.office, meeting=meeting)
    assert Meeting.objects.get().state == "notified"


def test_it_opens_on_its_day_alone(district: District) -> None:
    meeting = called_meeting(district)
    seat(district, meeting, MEMBERS)
    for day, today in (("2026-11-25", "11月25日（周三）"), ("2026-11-27", "11月27日（周五）")):
        Clock().set(f"{day} 08:50")
        words = f"定于11月26日（周四）召开，今天是{today}，不能开会。改期的，请先修改会议时间，再补发通知。"
        with pytest.raises(Refused, match=words):
            open_meeting(actor=district.office, meeting=meeting)
    assert Meeting.objects.get().state == "notified"
    assert not Sitting.objects.exists()


def test_nothing_comes_up_by_surprise_what_was_added_after_the_notice_is_told_first(district: District) -> None:
    meeting, late = called_meeting(district), ready_item(district)
    on_agenda(district, meeting, late)
    seat(district, meeting, MEMBERS)
    with pytest.raises(Refused, match="新列入了第2项「关于新建城东学校的请示」，不能开会。请先补发通知"):
        open_meeting(actor=district.office, meeting=meeting)
    assert Meeting.objects.get().state == "notified"
    assert not Sitting.objects.exists()
    call(district, meeting)
    open_meeting(actor=district.office, meeting=meeting)
    assert Meeting.objects.get().state == "in_session"


def test_a_meeting_moved_after_its_notice_opens_only_when_that_was_told(district: District) -> None:
    meeting = called_meeting(district)
    Clock().set("2026-11-25 16:00")
    change_meeting(
        actor=district.office, meeting=meeting, starts_at=moment("2026-11-26 10:30"), place=meeting.place,
        chair=meeting.chair, kind=meeting.kind,
    )  # fmt: skip
    seat(district, meeting, MEMBERS)
    with pytest.raises(Refused, match="最近一次通知之后，会议时间有改动，不能开会"):
        open_meeting(actor=district.office, meeting=meeting)
    assert not Sitting.objects.exists()


def test_what_was_taken_off_or_takes_longer_needs_no_further_notice(district: District) -> None:
    meeting = called_meeting(district, heard_item(district), ready_item(district))
    first, second = AgendaEntry.objects.filter(meeting=meeting).order_by("position")
    remove_entry(actor=district.office, entry=second, reason="下次再议")
    set_entry(actor=district.office, entry=first, minutes=40, presenter="韩立岑")
    seat(district, meeting, MEMBERS)
    open_meeting(actor=district.office, meeting=meeting)
    assert Meeting.objects.get().state == "in_session"


def test_it_opens_once(district: District) -> None:
    sitting = sitting_with(district)
    with pytest.raises(Refused, match="现在是「进行中」"):
        open_meeting(actor=district.office, meeting=sitting.meeting)
    assert Sitting.objects.count() == 1


def test_a_seat_on_long_leave_does_not_count_where_it_was_entered_so(district: District) -> None:
    seat_of = Seat.objects.get(body__kind=Body.Kind.STANDING, person__name="雷定远")
    set_seat_state(
        actor=district.office,
        seat=seat_of,
        kind=SeatState.Kind.LONG_LEAVE,
        counts_in_due=False,
        basis="区委组织部通知",
        valid_from=date(2026, 11, 1),
    )
    sitting = sitting_with(district, present=MEMBERS[:5])
    assert sitting.due_members.filter(counts=True).count() == 10
    assert not sitting.due_members.get(name="雷定远").votes


def test_alternates_attend_a_plenary_and_count_for_nothing(district: District) -> None:
    meeting = called_meeting(district, body=Body.Kind.PLENARY)
    seats = Seat.objects.filter(body__kind=Body.Kind.PLENARY).order_by("rank_order")
    full = [s.person.name for s in seats if s.votes]
    alternates = [s.person.name for s in seats if not s.votes]
    seat(district, meeting, [*full[:26], *alternates])
    with pytest.raises(Refused, match="应到 40，实到 26，须三分之二以上（27）到会，差 1 人，不能开会。"):
        open_meeting(actor=district.office, meeting=meeting)
    arrive(actor=district.office, meeting=meeting, person=district.person(full[26]))
    sitting = open_meeting(actor=district.office, meeting=meeting)
    assert sitting.due_members.count() == 46
    assert sitting.due_members.filter(votes=True).count() == 40


def test_the_rules_of_the_meetings_day_hold_whatever_comes_later(district: District) -> None:
    sitting = sitting_with(district)
    adopt_voting_rules(actor=district.office, valid_from=date(2026, 12, 1), source="修订")
    sitting.refresh_from_db()
    assert sitting.rule_set.version == 1
    assert VotingRuleSet.objects.count() == 2


def test_a_secretary_meeting_opens_without_quorum_for_it_only_prepares(district: District) -> None:
    sitting = sitting_with(district, present=MEMBERS[:1], body=Body.Kind.SECRETARY_MEETING)
    assert read_canonical(sitting.record.payload)["quorum"] == ""
