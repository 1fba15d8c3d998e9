"""停职 takes the seat in the room: who is suspended on the day of the meeting is not signed in and does not vote.

雷定远 is suspended from 11月16日 to 11月30日, and the paper says that his seat still counts in 应到.
"""

import pytest
from django.urls import reverse

from common.services import Refused
from decisions.hall.models import Attendance, DueMember
from decisions.hall.services.arrive import arrive
from decisions.hall.services.open_meeting import open_meeting
from decisions.hall.services.sign_in import sign_in
from decisions.votes.services.begin_entry import begin_entry
from decisions.votes.services.cast_vote import cast_vote
from tests.committee.test_suspension import suspend
from tests.decisions.hall_story import MEMBERS, THAT_DAY, called_meeting, entry_of, recorded_round, seat
from tests.support.cast import District
from tests.support.stories import ready_item
from tests.support.time import Clock

OTHERS = [name for name in MEMBERS if name != "雷定远"]


def test_he_is_not_signed_in_alone_nor_with_all(district: District) -> None:
    meeting, person = called_meeting(district), district.person("雷定远")
    suspend(district, "雷定远", counts=True)
    Clock().set(THAT_DAY)
    everybody = [district.person(name) for name in MEMBERS]
    for come in (
        lambda: arrive(actor=district.office, meeting=meeting, person=person, note="到会说明情况"),
        lambda: sign_in(actor=district.office, meeting=meeting, people=everybody),
    ):
        with pytest.raises(Refused, match="雷定远在开会那天停职，不能签到"):
            come()
    assert not Attendance.objects.exists()


def test_the_rest_are_signed_in_by_one_tap_without_him(district: District) -> None:
    meeting = called_meeting(district)
    suspend(district, "雷定远", counts=True)
    Clock().set(THAT_DAY)
    district.client("周予安").post(reverse("decisions:hall_sign_all", args=[meeting.pk]))
    assert set(Attendance.objects.values_list("person__name", flat=True)) == set(OTHERS)


def test_he_counts_in_due_and_has_no_vote(district: District) -> None:
    meeting = called_meeting(district, ready_item(district))
    suspend(district, "雷定远", counts=True)
    seat(district, meeting, OTHERS)
    sitting = open_meeting(actor=district.office, meeting=meeting)
    due = DueMember.objects.get(sitting=sitting, person__name="雷定远")
    assert (due.counts, due.votes) == (True, False)
    round_ = recorded_round(district, begin_entry(actor=district.office, entry=entry_of(sitting)))
    assert round_.due == 11
    with pytest.raises(Refused, match="雷定远在这一轮表决开始时不在会场"):
        cast_vote(actor=district.office, round_=round_, person=district.person("雷定远"), choice="approve")
