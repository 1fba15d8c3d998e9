"""停职 takes every right of a seat for its days: who is suspended signs, approves, chairs and reads nothing by it.

书记 沈砚清 is suspended from 11月16日 to 11月30日; whether the paper says that he still counts in 应到 changes nothing.
"""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agenda.items.filing import possible_leaders
from agenda.items.policies import visible_to as visible_items
from agenda.items.services.approve_urgent import approve_urgent
from agenda.items.services.sign_item import sign_item
from agenda.items.standing import standing_of
from agenda.meetings.models import Meeting, Reply
from agenda.meetings.policies import visible_to as visible_meetings
from agenda.meetings.questions import chairs_on
from agenda.meetings.services.plan_meeting import plan_meeting
from agenda.meetings.services.reply_to_notice import reply_to_notice
from agenda.meetings.services.rule_leave import rule_leave
from committee.bodies.models import Body, Seat, SeatState
from committee.bodies.questions import members_on
from committee.register.services.keep_seat_states import set_seat_state
from committee.roles.posts import posts_of, secretary_on
from common.services import NotAllowed, Refused
from decisions.hall.services.open_meeting import open_meeting
from decisions.minutes.models import Minutes
from decisions.minutes.services.sign_minutes import sign_minutes
from decisions.outcomes.policies import visible_to as visible_decisions
from tests.decisions.hall_story import MEMBERS, seat
from tests.decisions.minutes_story import closed_meeting, reviewed, revision_of
from tests.support import stories
from tests.support.cast import District
from tests.support.meetings import call, called_meeting, moment, on_agenda, planned_meeting

BEFORE, FIRST, LAST, AFTER = (date(2026, 11, 15), date(2026, 11, 16), date(2026, 11, 30), date(2026, 12, 1))


def suspend(
    district: District, name: str = "沈砚清", *, kind: str = "suspended", counts: bool = False
) -> list[SeatState]:
    """All seats of the person, for the days of the module."""
    return [
        set_seat_state(
            actor=district.administrator,
            seat=one,
            kind=kind,
            counts_in_due=counts,
            basis="市委决定",
            valid_from=FIRST,
            valid_to=LAST,
        )
        for one in Seat.objects.on(FIRST).filter(person=district.person(name))
    ]


@pytest.mark.parametrize("counts", [True, False])
def test_the_secretary_is_none_on_these_days_and_again_afterwards(district: District, counts: bool) -> None:
    suspend(district, counts=counts)
    person = district.secretary.person
    assert [posts_of(person, day).is_secretary for day in (BEFORE, FIRST, LAST, AFTER)] == [True, False, False, True]
    assert [secretary_on(day) for day in (BEFORE, FIRST, LAST, AFTER)] == [person, None, None, person]
    assert posts_of(person, FIRST).seats == {}


def test_who_is_on_long_leave_and_not_counted_acts_no_more_and_who_is_counted_does(district: District) -> None:
    suspend(district, "雷定远", kind="long_leave", counts=False)
    suspend(district, "马春屿", kind="seconded", counts=True)
    assert not posts_of(district.person("雷定远"), FIRST).is_standing_member
    assert posts_of(district.person("马春屿"), FIRST).is_standing_member


def test_a_voided_suspension_takes_nothing(district: District) -> None:
    suspend(district)
    SeatState.objects.update(voided_at=moment("2026-11-16 08:00"), void_reason="录错")
    assert secretary_on(FIRST) == district.secretary.person


def test_what_a_person_is_takes_as_many_queries_as_before(district: District) -> None:
    suspend(district)
    person = district.secretary.person
    with CaptureQueriesContext(connection) as asked:
        posts_of(person, FIRST)
    assert len(asked) == 2


def test_a_suspended_secretary_signs_no_item(district: District) -> None:
    item = stories.vetted_item(district)
    item = stories.sign_on(district, item, until="secretary")
    suspend(district)
    turn = standing_of(item).turn
    assert turn is not None and turn.person is None
    with stories.nothing_changes(item), pytest.raises(NotAllowed, match="您今天不担任这个职务"):
        sign_item(actor=district.actor("沈砚清"), item=item, digest=item.version.digest)


def test_a_suspended_secretary_approves_nothing_as_urgent(district: District) -> None:
    item = stories.filed_item(district, urgent=True, urgent_reason="省里限期")
    suspend(district)
    with stories.nothing_changes(item), pytest.raises(NotAllowed, match="急件由书记批准"):
        approve_urgent(actor=district.actor("沈砚清"), item=item, digest=item.version.digest)


def test_a_suspended_secretary_reads_no_item_and_no_meeting_he_was_not_called_to(district: District) -> None:
    stories.filed_item(district)
    planned_meeting(district, chair=district.mayor.person)
    assert visible_items(district.actor("沈砚清")).exists() and visible_meetings(district.actor("沈砚清")).exists()
    suspend(district)
    assert not visible_items(district.actor("沈砚清")).exists()
    assert not visible_meetings(district.actor("沈砚清")).exists()


def test_a_suspended_secretary_rules_on_no_leave(district: District) -> None:
    meeting = called_meeting(district, stories.ready_item(district))
    reply = reply_to_notice(actor=district.actor("雷定远"), meeting=meeting, answer=Reply.Answer.LEAVE, reason="集训")
    suspend(district)
    with pytest.raises(NotAllowed, match="请假由书记批准"):
        rule_leave(actor=district.actor("沈砚清"), reply=reply, approved=True)
    assert not hasattr(Reply.objects.get(), "ruling")


def test_a_suspended_deputy_chairs_no_meeting_and_the_other_does(district: District) -> None:
    suspend(district, "陆景和")
    assert district.mayor.person not in chairs_on(FIRST) and district.mayor.person in chairs_on(AFTER)
    given = {"actor": district.office, "body": Body.objects.get(kind=Body.Kind.STANDING), "place": "会议室"}
    with pytest.raises(Refused, match="陆景和不能主持"):
        plan_meeting(**given, starts_at=moment("2026-11-26 15:00"), chair=district.mayor.person)
    assert not Meeting.objects.exists()
    assert plan_meeting(**given, starts_at=moment("2026-12-03 15:00"), chair=district.mayor.person)


def test_a_chair_suspended_after_planning_stops_the_notice_and_later_the_opening(district: District) -> None:
    meeting = planned_meeting(district)
    on_agenda(district, meeting, stories.ready_item(district))
    [state, *_] = suspend(district)
    with pytest.raises(Refused, match="主持人沈砚清在开会那天不是书记、副书记"):
        call(district, meeting)
    SeatState.objects.update(voided_at=moment("2026-11-16 08:00"), void_reason="录错")
    call(district, meeting)
    seat(district, meeting, MEMBERS)
    SeatState.objects.filter(pk=state.pk).update(voided_at=None, void_reason="")
    with pytest.raises(Refused, match="沈砚清不能主持"):
        open_meeting(actor=district.office, meeting=meeting)
    assert Meeting.objects.get(pk=meeting.pk).state == "notified"


def test_a_suspended_member_is_not_called_and_reads_no_paper(district: District) -> None:
    suspend(district, "雷定远")
    meeting = called_meeting(district, stories.ready_item(district))
    member = next(one for one in members_on(meeting.body, meeting.day) if one.person.name == "雷定远")
    assert (member.counts, member.acts) == (False, False)
    assert not visible_meetings(district.actor("雷定远")).exists()
    assert not visible_items(district.actor("雷定远")).exists()
    assert visible_items(district.actor("贺北辰")).exists()
    assert district.client("雷定远").get(f"/meetings/{meeting.pk}/").status_code == 404


def test_a_suspended_member_takes_on_no_unit_as_its_leader(district: District) -> None:
    nobody_s = district.unit("青岩镇").pk
    assert district.person("雷定远") in possible_leaders(nobody_s, FIRST)
    suspend(district, "雷定远")
    assert district.person("雷定远") not in possible_leaders(nobody_s, FIRST)


def test_a_suspended_secretary_signs_no_minutes_and_reads_no_decision(district: District, clock) -> None:
    minutes = reviewed(district, closed_meeting(district))
    clock.set("2026-11-27 09:00")
    assert visible_decisions(district.actor("沈砚清")).exists()
    suspend(district)
    with pytest.raises(NotAllowed):
        sign_minutes(actor=district.actor("沈砚清"), minutes=minutes, revision=revision_of(minutes))
    assert Minutes.objects.get().state == "checked"
    assert not visible_decisions(district.actor("沈砚清")).exists()
