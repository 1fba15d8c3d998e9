"""Coming and going: the newest event of a person counts, a wrong one is undone by a further one."""

import pytest
from django.db import DatabaseError, connection, transaction

from agenda.items.models import Item
from agenda.meetings.models import Meeting
from common.services import NotAllowed, Refused
from decisions.hall.models import Attendance
from decisions.hall.questions import present_ids, standing_events
from decisions.hall.services.arrive import arrive
from decisions.hall.services.close_meeting import close_meeting
from decisions.hall.services.depart import depart
from decisions.hall.services.sign_in import sign_in
from decisions.outcomes.services.hear_entry import hear_entry
from decisions.votes.services.begin_entry import begin_entry
from decisions.votes.services.undo_attendance import undo_attendance
from tests.decisions.hall_story import MEMBERS, THAT_DAY, called_meeting, entry_of, sitting_with
from tests.support.cast import District
from tests.support.stories import ready_item
from tests.support.time import Clock


def called_today(district: District, *items: Item) -> Meeting:
    """It is the morning of the meeting."""
    meeting = called_meeting(district, *items)
    Clock().set(THAT_DAY)
    return meeting


def test_who_comes_goes_and_comes_again_is_in_the_room(district: District) -> None:
    meeting, person = called_today(district), district.person("陆景和")
    arrive(actor=district.office, meeting=meeting, person=person)
    depart(actor=district.office, meeting=meeting, person=person, note="接待")
    assert person.pk not in present_ids(meeting.pk)
    arrive(actor=district.office, meeting=meeting, person=person)
    assert person.pk in present_ids(meeting.pk)
    assert Attendance.objects.filter(person=person).count() == 3


def test_nobody_comes_twice_or_leaves_unseen(district: District) -> None:
    meeting, person = called_today(district), district.person("陆景和")
    with pytest.raises(Refused, match="没有在会场的登记"):
        depart(actor=district.office, meeting=meeting, person=person)
    arrive(actor=district.office, meeting=meeting, person=person)
    with pytest.raises(Refused, match="陆景和已经登记到会"):
        arrive(actor=district.office, meeting=meeting, person=person)
    assert Attendance.objects.count() == 1


def test_nobody_signs_in_a_week_before_the_meeting(district: District) -> None:
    meeting, person = called_meeting(district), district.person("陆景和")
    Clock().set("2026-11-19 08:46")
    for come in (
        lambda: sign_in(actor=district.office, meeting=meeting, people=[person]),
        lambda: arrive(actor=district.office, meeting=meeting, person=person),
        lambda: depart(actor=district.office, meeting=meeting, person=person),
    ):
        with pytest.raises(
            Refused, match="定于11月26日（周四）召开，今天是11月19日（周四），不能签到。请在开会当天签到；"
        ):
            come()
    assert not Attendance.objects.exists()


def test_who_signed_in_before_the_meeting_was_moved_is_taken_off_the_roll(district: District) -> None:
    meeting, person = called_today(district), district.person("陆景和")
    event = arrive(actor=district.office, meeting=meeting, person=person)
    Clock().set("2026-11-27 08:40")
    undo_attendance(actor=district.office, event=event)
    assert present_ids(meeting.pk) == set()


def test_undoing_a_sign_in_leaves_both_rows_and_the_person_as_if_he_never_came(district: District) -> None:
    meeting, person = called_today(district), district.person("陆景和")
    event = arrive(actor=district.office, meeting=meeting, person=person)
    undo_attendance(actor=district.office, event=event)
    assert Attendance.objects.filter(person=person).count() == 2
    assert person.pk not in standing_events(meeting.pk)


def test_undoing_a_departure_brings_the_person_back(district: District) -> None:
    sitting, person = sitting_with(district), district.person("雷定远")
    gone = depart(actor=district.office, meeting=sitting.meeting, person=person)
    undo_attendance(actor=district.office, event=gone)
    assert person.pk in present_ids(sitting.meeting_id)
    with pytest.raises(Refused, match="之后又有登记"):
        undo_attendance(actor=district.office, event=gone)


def test_called_units_come_as_they_are_and_others_with_a_note(district: District) -> None:
    meeting = called_today(district, ready_item(district))
    arrive(actor=district.office, meeting=meeting, person=district.person("林知微"))
    with pytest.raises(Refused, match="何暖阳不在应到和列席名单内"):
        arrive(actor=district.office, meeting=meeting, person=district.person("何暖阳"))
    event = arrive(actor=district.office, meeting=meeting, person=district.person("何暖阳"), note="替会：财政局曹以谦")
    assert not event.member


def test_the_roll_is_of_members_alone(district: District) -> None:
    meeting = called_today(district)
    with pytest.raises(Refused, match="林知微不在应到名单内"):
        sign_in(actor=district.office, meeting=meeting, people=[district.person("林知微")])
    sign_in(actor=district.office, meeting=meeting, people=[district.person(name) for name in MEMBERS])
    with pytest.raises(Refused, match="都已登记到会"):
        sign_in(actor=district.office, meeting=meeting, people=[district.person("陆景和")])


def test_nobody_but_the_office_enters_attendance(district: District) -> None:
    meeting, person = called_today(district), district.person("陆景和")
    for actor in (district.secretary, district.mayor, district.liaison, district.auditor, district.outsider):
        with pytest.raises(NotAllowed):
            arrive(actor=actor, meeting=meeting, person=person)
    assert not Attendance.objects.exists()


def test_after_the_close_nothing_is_entered_neither_by_service_nor_by_hand(district: District) -> None:
    sitting = sitting_with(district)
    hear_entry(actor=district.office, entry=begin_entry(actor=district.office, entry=entry_of(sitting)))
    close_meeting(actor=district.office, meeting=sitting.meeting)
    with pytest.raises(Refused, match="到会和离席不能再登记"):
        depart(actor=district.office, meeting=sitting.meeting, person=district.person("雷定远"))
    with (
        pytest.raises(DatabaseError, match="会议不在签到或进行中"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO decisions_attendance (committee_id, meeting_id, person_id, kind, member, at, note,"
            " entered_by_id) SELECT committee_id, meeting_id, person_id, 'depart', true, at, '', entered_by_id"
            " FROM decisions_attendance LIMIT 1"
        )
    assert Attendance.objects.count() == 11


def test_the_chair_does_not_leave_a_meeting_in_session(district: District) -> None:
    sitting, chair = sitting_with(district), district.person("沈砚清")
    came = Attendance.objects.get(person=chair)
    for leave in (
        lambda: depart(actor=district.office, meeting=sitting.meeting, person=chair, note="接电话"),
        lambda: undo_attendance(actor=district.office, event=came),
    ):
        with pytest.raises(Refused, match="沈砚清正在主持会议，离席后无人主持，不能登记离席。暂时离开的，请暂停议事"):
            leave()
    with pytest.raises(DatabaseError, match="会议进行中，主持人不能离席"), transaction.atomic():
        Attendance.objects.create(
            committee=came.committee, meeting=sitting.meeting, person=chair, kind="depart", member=True, at=came.at,
            entered_by=district.office.person,
        )  # fmt: skip
    assert Attendance.objects.count() == 11
    assert chair.pk in present_ids(sitting.meeting_id)


def test_before_the_opening_the_chair_may_leave_as_anybody(district: District) -> None:
    meeting, chair = called_today(district), district.person("沈砚清")
    arrive(actor=district.office, meeting=meeting, person=chair)
    depart(actor=district.office, meeting=meeting, person=chair)
    assert chair.pk not in present_ids(meeting.pk)
