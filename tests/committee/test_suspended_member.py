"""Who was called to a meeting and suspended afterwards reads nothing of it while it lasts, and again when it ends.

雷定远 is suspended from 11月16日 to 11月30日; the meeting he was called to is on 12月3日.
"""

import pytest
from django.urls import reverse

from agenda.meetings.models import Meeting, Reply
from agenda.meetings.reports import waiting_for
from agenda.meetings.services.reply_to_notice import reply_to_notice
from common.services import NotAllowed
from decisions.minutes.policies import notices_visible_to as visible_notices
from decisions.minutes.policies import visible_to as visible_minutes
from decisions.outcomes.policies import visible_to as visible_decisions
from tests.committee.test_suspension import FIRST, suspend
from tests.decisions.minutes_story import closed, closed_meeting, decide, entries, held_meeting, reviewed, signed
from tests.support import stories
from tests.support.cast import District
from tests.support.meetings import called_meeting
from tests.support.time import Clock

NAME = "雷定远"


def called(district: District, name: str = NAME) -> Meeting:
    """A meeting of 12月3日 to which this member was called, before he was suspended."""
    district.client(name)
    return called_meeting(district, stories.ready_item(district), at="2026-12-03 09:00")


def ways(meeting: Meeting) -> list[str]:
    """Every address by which a member reads of a meeting."""
    item = meeting.entries.get().entry_items.get().item
    paper = item.attachments.get()
    return [
        reverse("agenda:meeting_detail", args=[meeting.pk]),
        reverse("agenda:meeting_notice", args=[meeting.pk]),
        reverse("agenda:meeting_agenda_pdf", args=[meeting.pk]),
        reverse("agenda:meeting_notice_pdf", args=[meeting.pk]),
        reverse("agenda:meeting_calendar", args=[meeting.pk]),
        reverse("agenda:meeting_paper", args=[meeting.pk, paper.pk]),
        reverse("agenda:item_detail", args=[item.pk]),
        reverse("agenda:item_pdf", args=[item.pk]),
        reverse("agenda:item_paper", args=[item.pk, paper.pk]),
    ]


def answers(district: District, meeting: Meeting, name: str = NAME) -> set[int]:
    return {district.client(name).get(address).status_code for address in ways(meeting)}


@pytest.mark.parametrize("counts", [True, False])
def test_who_is_suspended_after_the_call_reads_neither_notice_nor_papers_until_it_ends(
    district: District, counts: bool
) -> None:
    meeting = called(district)
    assert 404 not in answers(district, meeting)
    suspend(district, NAME, counts=counts)
    assert answers(district, meeting) == {404}
    assert 404 not in answers(district, meeting, "贺北辰")
    Clock().set("2026-12-01 09:00")
    assert 404 not in answers(district, meeting)


def test_a_suspended_member_is_neither_asked_for_a_reply_nor_may_he_give_one(district: District) -> None:
    meeting, member = called(district), district.actor(NAME)
    assert waiting_for(member, FIRST)
    suspend(district, NAME)
    assert waiting_for(district.actor(NAME), FIRST) == []
    with pytest.raises(NotAllowed, match="您在区委常委会的席位现在停止履职"):
        reply_to_notice(actor=district.actor(NAME), meeting=meeting, answer=Reply.Answer.ATTEND)
    assert not Reply.objects.exists()


def test_a_suspended_chair_sees_his_own_meeting_no_more(district: District) -> None:
    meeting = called(district, "沈砚清")
    suspend(district, "沈砚清")
    assert answers(district, meeting, "沈砚清") == {404}


def test_a_further_notice_opens_nothing_to_who_is_suspended_on_the_day_of_the_meeting(district: District) -> None:
    district.client(NAME)
    suspend(district, NAME)
    meeting = called_meeting(district, stories.ready_item(district), at="2026-11-26 15:00")
    item = meeting.entries.get().entry_items.get().item
    assert not item.grants.filter(person=district.person(NAME)).exists()
    assert item.grants.filter(person=district.person("贺北辰")).exists()


def test_a_suspended_chair_reads_the_draft_of_his_minutes_no_more(district: District, clock: Clock) -> None:
    reviewed(district, closed_meeting(district))
    clock.set("2026-11-27 09:00")
    assert visible_minutes(district.actor("沈砚清")).exists()
    suspend(district, "沈砚清")
    assert not visible_minutes(district.actor("沈砚清")).exists()
    clock.set("2026-12-01 09:00")
    assert visible_minutes(district.actor("沈砚清")).exists()


def test_a_suspended_leader_reads_neither_decision_nor_notice_by_what_he_is_to_carry_out(
    district: District, clock: Clock
) -> None:
    """顾维桢 is named responsible for 城东学校."""
    meeting = held_meeting(district, stories.ready_item(district))
    decide(district, entries(meeting)[0], leader="顾维桢")
    signed(district, closed(district, meeting))
    clock.set("2026-11-27 09:00")
    assert visible_decisions(district.actor("顾维桢")).exists() and visible_notices(district.actor("顾维桢")).exists()
    suspend(district, "顾维桢")
    assert not visible_decisions(district.actor("顾维桢")).exists()
    assert not visible_notices(district.actor("顾维桢")).exists()
