"""send_notice, open_notice, reply_to_notice, rule_leave: who is told, what is frozen, what counts."""

import json

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from agenda.items.models import Item, ItemGrant
from agenda.items.policies import visible_to as visible_items
from agenda.meetings.models import LeaveRuling, Meeting, MeetingNotice, NoticeRecipient, PaperReading, Reply
from agenda.meetings.notice_content import content_digest, draft_notice, frozen
from agenda.meetings.policies import visible_to
from agenda.meetings.programme import load_programme
from agenda.meetings.replies import replies_to
from agenda.meetings.services.change_meeting import change_meeting
from agenda.meetings.services.open_notice import open_notice
from agenda.meetings.services.reply_to_notice import reply_to_notice
from agenda.meetings.services.rule_leave import rule_leave
from agenda.meetings.services.send_notice import send_notice
from agenda.meetings.services.set_attendants import set_attendants
from agenda.meetings.services.set_entry import set_entry
from agenda.meetings.workflow import MeetingState
from agenda.rules.models import MatterKind, Nature
from common.documents.models import RenderedDocument
from common.identity.actor import Actor
from common.identity.models import ActingFor
from common.mail.models import Letter
from common.outbox.models import Event
from common.records.canonical import read_canonical
from common.services import Conflict, NotAllowed, Refused
from tests.support.meetings import call, called_meeting, moment, on_agenda, planned_meeting
from tests.support.stories import heard_item, ready_item

TITLE = "关于新建城东学校的请示"


def told(notice: MeetingNotice, capacity: str) -> set[str]:
    return {one.person.name for one in notice.recipients.filter(capacity=capacity)}


def test_members_are_told_and_the_heads_of_units_that_report_or_attend(district) -> None:
    meeting = called_meeting(district, ready_item(district))
    notice = meeting.notices.get()
    assert meeting.state == MeetingState.NOTIFIED
    assert len(told(notice, "member")) == 11
    assert told(notice, "attendant") == {"林知微", "唐砺", "曹以谦"}
    assert Event.objects.filter(kind="meeting.notified", subject_id=meeting.pk).exists()


def test_what_it_says_is_sealed(district) -> None:
    meeting = called_meeting(district, ready_item(district))
    notice = meeting.notices.get()
    sealed = read_canonical(notice.record.payload)
    assert notice.record.schema == "meeting_notice/1"
    assert sealed["content"] == notice.content
    assert notice.content["starts_at"] == "2026-11-26T15:00:00.000000+08:00"
    assert notice.content["entries"][0]["title"] == TITLE
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        MeetingNotice.objects.filter(pk=notice.pk).update(no=2)


def test_it_needs_an_agenda_and_the_office(district) -> None:
    meeting = planned_meeting(district)
    with pytest.raises(Refused, match="还没有议程"):
        call(district, meeting)
    on_agenda(district, meeting, heard_item(district))
    for actor in (district.secretary, district.head, district.outsider):
        with pytest.raises(NotAllowed):
            send_notice(actor=actor, meeting=meeting)
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.PLANNED
    assert not Letter.objects.exists()


def test_what_the_clerk_checked_is_what_goes_out(district) -> None:
    meeting = planned_meeting(district)
    (entry,) = on_agenda(district, meeting, heard_item(district))
    seen = content_digest(frozen(draft_notice(load_programme(meeting)), district.office))
    set_entry(actor=district.director, entry=entry, minutes=25, presenter="韩立岑")
    with pytest.raises(Conflict, match="请重新核对"):
        send_notice(actor=district.office, meeting=meeting, seen=seen)
    assert not MeetingNotice.objects.exists()


def test_a_further_notice_follows_a_change_and_only_a_change(district) -> None:
    meeting = called_meeting(district, heard_item(district))
    with pytest.raises(Refused, match="没有改动，不必再发"):
        call(district, meeting)
    set_attendants(actor=district.office, meeting=meeting, people=[district.person("郑伯庸")])
    notice = call(district, meeting)
    assert notice.no == 2
    assert "郑伯庸" in told(notice, "attendant")


def test_a_late_notice_goes_out_with_a_warning(district, clock) -> None:
    meeting = planned_meeting(district)
    on_agenda(district, meeting, heard_item(district))
    clock.set("2026-11-26 09:00")
    assert call(district, meeting).no == 1


def test_members_may_read_the_items_until_the_day(district, clock) -> None:
    item = ready_item(district)
    account = ActingFor.objects.get(person=district.person("程望舒")).account
    member = Actor(committee=district.committee, person=district.person("程望舒"), account=account)
    assert not visible_items(member).filter(pk=item.pk).exists()
    meeting = called_meeting(district, item)
    assert ItemGrant.objects.get(user=account, content_object=item).until == meeting.day
    assert visible_items(member).filter(pk=item.pk).exists()
    clock.set("2026-11-27 08:30")
    assert not visible_items(member).filter(pk=item.pk).exists()


def test_cadre_matters_leave_no_trace_in_what_is_sent(district) -> None:
    item = ready_item(district)
    MatterKind.objects.filter(pk=item.matter_kind_id).update(nature=Nature.CADRE)
    meeting = called_meeting(district, Item.objects.get(pk=item.pk))
    notice = meeting.notices.get()
    texts = [json.dumps(notice.content, ensure_ascii=False), bytes(notice.record.payload).decode()]
    texts += [bytes(document.source).decode() for document in RenderedDocument.objects.all()]
    assert all("城东学校" not in text and "干部任免事项" in text for text in texts)
    assert not ItemGrant.objects.filter(content_object=item).exists()
    assert load_programme(meeting).lines[0].papers == []


def test_only_who_was_called_sees_the_meeting(district, neighbour) -> None:
    meeting = planned_meeting(district)
    on_agenda(district, meeting, ready_item(district))
    for actor in (district.secretary, district.office, district.director):
        assert visible_to(actor).filter(pk=meeting.pk).exists()
    for name in ("程望舒", "林知微", "梁思齐", "夏知秋"):
        assert not visible_to(district.actor(name)).exists()
    call(district, meeting)
    assert visible_to(district.actor("程望舒")).exists()
    assert visible_to(district.actor("林知微")).exists()
    for name in ("梁思齐", "夏知秋", "丁筑"):
        assert not visible_to(district.actor(name)).exists()


def test_opening_is_noted_once(district, clock) -> None:
    notice = called_meeting(district, heard_item(district)).notices.get()
    open_notice(actor=district.mayor, notice=notice)
    first = NoticeRecipient.objects.get(notice=notice, person=district.mayor.person).read_at
    clock.forward(hours=1)
    open_notice(actor=district.mayor, notice=notice)
    open_notice(actor=district.outsider, notice=notice)
    assert NoticeRecipient.objects.get(notice=notice, person=district.mayor.person).read_at == first
    assert NoticeRecipient.objects.filter(read_at__isnull=False).count() == 1


def answers(meeting: Meeting) -> dict[str, str]:
    replies = replies_to(meeting, list(meeting.notices.all()))
    return {answer.recipient.person.name: answer.word for answer in replies.answers if answer.reply}


def test_the_newest_reply_counts(district) -> None:
    meeting = called_meeting(district, heard_item(district))
    reply_to_notice(actor=district.mayor, meeting=meeting, answer="attend")
    reply_to_notice(actor=district.mayor, meeting=meeting, answer="leave", reason="外出招商")
    assert answers(meeting) == {"陆景和": "请假（待书记批准）"}
    assert Reply.objects.count() == 2


def test_leave_needs_a_reason_in_the_service_and_in_the_database(district) -> None:
    meeting = called_meeting(district, heard_item(district))
    with pytest.raises(Refused, match="请假须写明事由"):
        reply_to_notice(actor=district.mayor, meeting=meeting, answer="leave")
    insert = (
        "INSERT INTO agenda_reply (committee_id, meeting_id, person_id, answer, reason, entered_by_id, replied_at)"
        " VALUES (%s, %s, %s, 'leave', '', %s, '2026-11-16')"
    )
    person = district.mayor.person
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(insert, [meeting.committee_id, meeting.pk, person.pk, person.pk])
    assert not Reply.objects.exists()


def test_a_telephone_reply_is_entered_by_the_office_for_the_person(district) -> None:
    meeting = called_meeting(district, heard_item(district))
    person = district.person("马春屿")
    reply = reply_to_notice(actor=district.office, meeting=meeting, answer="attend", person=person)
    assert (reply.person, reply.entered_by) == (person, district.office.person)
    with pytest.raises(NotAllowed, match="秘书科代为登记"):
        reply_to_notice(actor=district.head, meeting=meeting, answer="attend", person=person)
    with pytest.raises(Refused, match="不在这次会议的通知对象之内"):
        reply_to_notice(actor=district.office, meeting=meeting, answer="attend", person=district.outsider.person)
    assert Reply.objects.count() == 1


def test_leave_is_approved_by_the_secretary_once(district) -> None:
    meeting = called_meeting(district, heard_item(district))
    reply = reply_to_notice(actor=district.mayor, meeting=meeting, answer="leave", reason="外出招商")
    for actor in (district.office, district.director, district.mayor):
        with pytest.raises(NotAllowed, match="由书记批准"):
            rule_leave(actor=actor, reply=reply, approved=True)
    rule_leave(actor=district.secretary, reply=reply, approved=True)
    assert answers(meeting) == {"陆景和": "请假（书记已同意）"}
    with pytest.raises(Refused, match="已经批复"):
        rule_leave(actor=district.secretary, reply=reply, approved=False)
    assert LeaveRuling.objects.get().approved


def test_an_answer_that_was_replaced_is_not_ruled_on(district) -> None:
    meeting = called_meeting(district, heard_item(district))
    reply = reply_to_notice(actor=district.mayor, meeting=meeting, answer="leave", reason="外出招商")
    reply_to_notice(actor=district.mayor, meeting=meeting, answer="attend")
    with pytest.raises(Refused, match="已另有答复"):
        rule_leave(actor=district.secretary, reply=reply, approved=True)
    assert not LeaveRuling.objects.exists()


def test_moving_the_meeting_asks_everybody_again(district, clock) -> None:
    meeting = called_meeting(district, heard_item(district))
    reply_to_notice(actor=district.mayor, meeting=meeting, answer="attend")
    set_attendants(actor=district.office, meeting=meeting, people=[district.person("郑伯庸")])
    clock.forward(minutes=5)
    call(district, meeting)
    assert answers(meeting) == {"陆景和": "参会"}
    clock.forward(minutes=5)
    change_meeting(
        actor=district.office,
        meeting=meeting,
        starts_at=moment("2026-11-27 09:00"),
        place=meeting.place,
        chair=meeting.chair,
        kind=meeting.kind,
    )
    call(district, meeting)
    assert answers(meeting) == {}


def test_nobody_answers_for_a_meeting_that_was_not_called(district) -> None:
    meeting = planned_meeting(district)
    on_agenda(district, meeting, heard_item(district))
    with pytest.raises(Refused, match="现在不需要答复"):
        reply_to_notice(actor=district.mayor, meeting=meeting, answer="attend")
    assert not PaperReading.objects.exists()
