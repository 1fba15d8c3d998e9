"""cancel_meeting and remove_entry after the notice: who was told is told, what was opened for it is closed."""

import pytest
from django.test import override_settings
from django.urls import reverse

from agenda.items.models import Item, ItemGrant
from agenda.items.policies import visible_to
from agenda.items.services.grant_reading import grant_reading
from agenda.meetings.models import Meeting
from agenda.meetings.services.cancel_meeting import cancel_meeting
from agenda.meetings.services.change_meeting import change_meeting
from agenda.meetings.services.remove_entry import remove_entry
from agenda.meetings.workflow import MeetingState
from common.audit.models import AuditEntry
from common.identity.models import Person
from common.mail.models import Letter
from common.services import NotAllowed, Refused
from tests.support.cast import District
from tests.support.meetings import called_meeting, moment, on_agenda, planned_meeting
from tests.support.stories import heard_item, ready_item

READER = "程望舒"


@pytest.fixture(autouse=True)
def addresses(district: District):
    """书记, a member and 教体局负责人 have an address; letters wait for a server."""
    for number, name in enumerate(("沈砚清", READER, "林知微")):
        Person.objects.filter(name=name).update(email=f"n{number}@yunchuan.example")
    with override_settings(EMAIL_HOST="mail.example"):
        yield


def cancel(district: District, meeting: Meeting) -> None:
    cancel_meeting(actor=district.office, meeting=meeting, reason="与市里会议冲突，城东学校改期再议")


def cancellations() -> list[Letter]:
    return list(Letter.objects.filter(key__startswith="cancelled/").order_by("person__name"))


def reads(district: District, name: str, item: Item) -> bool:
    return visible_to(district.actor(name)).filter(pk=item.pk).exists()


def test_whoever_was_called_gets_a_letter_that_says_when_and_where_and_nothing_else(district: District) -> None:
    meeting = called_meeting(district, ready_item(district))
    cancel(district, meeting)
    letters = cancellations()
    assert {letter.person.name for letter in letters} == {"沈砚清", READER, "林知微"}
    letter = letters[0]
    assert letter.subject == "会议取消：区委常委会第21次会议"
    assert "原定于11月26日（周四） 下午3:00在区委常委会会议室召开" in letter.body
    assert "区委常委会第21次会议已取消，请勿前往。" in letter.body
    assert f"/meetings/{meeting.pk}/notice/" in letter.body
    assert all("城东学校" not in one.subject + one.body for one in letters)


def test_the_letter_names_the_time_that_was_told(district: District) -> None:
    """Moved after the notice and not told again: whoever was told knows the old time only."""
    meeting = called_meeting(district, heard_item(district))
    change_meeting(
        actor=district.office,
        meeting=meeting,
        starts_at=moment("2026-11-27 09:00"),
        place="区委二楼会议室",
        chair=meeting.chair,
        kind=meeting.kind,
    )
    cancel(district, meeting)
    assert "11月26日（周四） 下午3:00在区委常委会会议室召开" in cancellations()[0].body


def test_nobody_is_told_of_a_meeting_that_was_not_called(district: District) -> None:
    meeting = planned_meeting(district)
    on_agenda(district, meeting, heard_item(district))
    cancel(district, meeting)
    assert not Letter.objects.exists()


def test_a_head_cannot_cancel_and_no_letter_is_written(district: District) -> None:
    item = ready_item(district)
    meeting = called_meeting(district, item)
    for actor, reason, refusal in ((district.head, "有事", NotAllowed), (district.office, " ", Refused)):
        with pytest.raises(refusal):
            cancel_meeting(actor=actor, meeting=meeting, reason=reason)
    assert Meeting.objects.get(pk=meeting.pk).state == MeetingState.NOTIFIED
    assert not cancellations()
    assert reads(district, READER, item)


def test_members_no_longer_read_what_the_notice_opened(district: District) -> None:
    item = ready_item(district)
    meeting = called_meeting(district, item)
    assert reads(district, READER, item)
    cancel(district, meeting)
    assert not reads(district, READER, item)
    assert not ItemGrant.objects.exists()
    assert AuditEntry.objects.filter(verb="close_items", subject_id=meeting.pk).count() == 1


def test_who_was_granted_it_by_hand_reads_on(district: District) -> None:
    item = ready_item(district)
    meeting = called_meeting(district, item)
    person = district.person(READER)
    grant_reading(actor=district.office, item=item, persons=[person], until=meeting.day)
    cancel(district, meeting)
    assert reads(district, READER, item)


def test_an_entry_removed_after_the_notice_closes_its_items_only(district: District) -> None:
    kept, removed = ready_item(district), heard_item(district)
    meeting = called_meeting(district, kept, removed)
    remove_entry(actor=district.office, entry=meeting.entries.get(entry_items__item=removed), reason="材料不全")
    assert reads(district, READER, kept)
    assert not reads(district, READER, removed)


def test_what_another_called_meeting_needs_stays_open(district: District) -> None:
    """Removed here and called there: the first meeting's cancellation takes nothing from the second's readers."""
    item = heard_item(district)
    first = called_meeting(district, item, heard_item(district, title="关于安全生产的报告"))
    remove_entry(actor=district.office, entry=first.entries.get(entry_items__item=item), reason="改到下次")
    called_meeting(district, item, at="2026-12-10 15:00")
    cancel(district, first)
    assert reads(district, READER, item)


def test_the_cancellation_stands_in_the_program_until_the_day(district: District, clock) -> None:
    meeting = called_meeting(district, heard_item(district))
    cancel(district, meeting)
    member = district.client(READER)
    for page in (reverse("desk:workbench"), reverse("agenda:meetings")):
        shown = member.get(page).content.decode()
        assert "区委常委会第21次会议" in shown
        assert "已取消" in shown
    notice = member.get(reverse("agenda:meeting_notice", args=[meeting.pk])).content.decode()
    assert "会议已取消，请勿前往" in notice
    assert "与市里会议冲突" in notice
    clock.set("2026-11-27 08:30")
    assert "区委常委会第21次会议" not in member.get(reverse("desk:workbench")).content.decode()


def test_a_cancellation_that_did_not_go_out_waits_for_the_section(district: District) -> None:
    meeting = called_meeting(district, heard_item(district))
    cancel(district, meeting)
    Letter.objects.filter(key__startswith="cancelled/", person__name=READER).update(state=Letter.State.FAILED)
    office = district.client("周予安")
    assert "1 封邮件没有发出或不知是否送达" in office.get(reverse("desk:workbench")).content.decode()
    replies = office.get(reverse("agenda:meeting_replies", args=[meeting.pk])).content.decode()
    assert "未发出" in replies
    letter = Letter.objects.get(state=Letter.State.FAILED)
    office.post(reverse("agenda:letter_send_again", args=[meeting.pk, letter.pk]))
    assert Letter.objects.get(pk=letter.pk).state == Letter.State.QUEUED
