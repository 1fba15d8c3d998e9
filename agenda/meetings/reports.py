"""What waits for a person about meetings, for the workbench: a constant number of queries."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.urls import reverse

from agenda.items.models import Item
from agenda.items.workflow import ItemState
from agenda.meetings.models import Meeting, MeetingNotice, NoticeRecipient, Reply
from agenda.meetings.notice_content import differences, draft_notice, frozen
from agenda.meetings.policies import may_rule_leave, may_run, visible_to
from agenda.meetings.programme import load_programme
from agenda.meetings.querysets import MeetingQuerySet
from agenda.meetings.questions import asked_at, deadlines_for
from agenda.meetings.workflow import EntryState, MeetingState
from committee.bodies.models import Body
from common.identity.actor import Actor
from common.mail.models import Letter
from common.web.formats import cn_datetime, local_day
from common.web.tasks import Task

MEMBER = NoticeRecipient.Capacity.MEMBER


def waiting_for(actor: Actor, today: date) -> list[Task]:
    """Notices to answer; leaves to rule on for 书记; meetings to plan, to call and to call again for the office."""
    tasks = [*_to_answer(actor, today)]
    if may_rule_leave(actor):
        tasks += _to_rule(actor, today)
    if may_run(actor):
        tasks += [*_to_call(today), *_to_call_again(actor, today), *_to_plan(today)]
    return tasks


def coming_for(actor: Actor, today: date) -> MeetingQuerySet:
    """Meetings ahead that this person sees, the next one first."""
    return visible_to(actor).coming(today)


def _to_answer(actor: Actor, today: date) -> Iterator[Task]:
    mine = NoticeRecipient.objects.filter(person=actor.person)
    meetings = (
        Meeting.objects.coming(today)
        .filter(Exists(mine.filter(notice__meeting=OuterRef("pk"))), state=MeetingState.NOTIFIED)
        .prefetch_related(
            "notices",
            Prefetch("notices__recipients", mine),
            Prefetch("replies", Reply.objects.filter(person=actor.person), to_attr="my_replies"),
        )
    )
    for meeting in meetings:
        notices = list(meeting.notices.all())
        told = {notice.pk: bool(notice.recipients.all()) for notice in notices}
        since = asked_at(notices)
        answered = any(since and reply.replied_at >= since for reply in meeting.my_replies)
        if told[notices[-1].pk] and not answered:
            note = f"{cn_datetime(meeting.starts_at, today)}，{meeting.place}"
            sent = local_day(notices[-1].sent_at)
            yield Task("答复", f"{meeting}的通知", note, _at("meeting_notice", meeting), meeting.day, sent)


def _to_rule(actor: Actor, today: date) -> Iterator[Task]:
    """Leaves that members asked for and 书记 has not ruled on; his own he settles with whoever is to chair."""
    member = NoticeRecipient.objects.filter(
        notice__meeting=OuterRef("meeting"), person=OuterRef("person"), capacity=MEMBER
    )
    newest = (
        Reply.objects.filter(Exists(member), meeting__in=_called(today))
        .exclude(person=actor.person)
        .order_by("meeting", "person", "-pk")
        .distinct("meeting", "person")
        .select_related("person", "ruling", "meeting__body", "meeting__term_number")
    )
    for reply in newest:
        if reply.answer == Reply.Answer.LEAVE and not hasattr(reply, "ruling"):
            meeting = reply.meeting
            title = f"{reply.person.name}请假：{meeting}"
            asked = local_day(reply.replied_at)
            yield Task("批假", title, reply.reason, _at("meeting_replies", meeting), meeting.day, asked)


def _to_call(today: date) -> Iterator[Task]:
    """Planned meetings: first something on the agenda, then the notice by its deadline."""
    on_agenda = ~Q(entries__state=EntryState.REMOVED) & Q(entries__isnull=False)
    planned = Meeting.objects.coming(today).filter(state=MeetingState.PLANNED)
    for meeting in planned.annotate(entry_count=Count("entries", filter=on_agenda))[:5]:
        deadlines = deadlines_for(meeting.day)
        due = deadlines.notice.day if deadlines else meeting.day
        when = cn_datetime(meeting.starts_at, today)
        if meeting.entry_count:
            note = f"{when}，已列入 {meeting.entry_count} 项"
            yield Task("发通知", str(meeting), note, _at("meeting_detail", meeting), due)
        else:
            yield Task("列入议题", str(meeting), f"{when}，还没有议程", _at("meeting_schedule", meeting), due)


def _to_call_again(actor: Actor, today: date) -> Iterator[Task]:
    """The next meeting that was called: changed since, or with e-mails that did not arrive."""
    meeting = _called(today).first()
    if meeting is None:
        return
    notice = MeetingNotice.objects.filter(meeting=meeting).last()
    if notice is None:
        return
    changed = differences(notice.content, frozen(draft_notice(load_programme(meeting)), actor))
    if changed:
        note = f"{'、'.join(changed)}有改动，还没有告知参会的人"
        yield Task("再发通知", str(meeting), note, _at("notice_confirm", meeting), meeting.day)
    lost = Letter.objects.filter(
        key__startswith=f"notice/{notice.pk}/", state__in=[Letter.State.FAILED, Letter.State.UNKNOWN]
    ).count()
    if lost:
        note = f"{lost} 封邮件没有发出或不知是否送达"
        yield Task("核对邮件", str(meeting), note, _at("meeting_replies", meeting), meeting.day)


def _to_plan(today: date) -> Iterator[Task]:
    """Items wait for the 常委会 and no meeting of it is planned."""
    if Meeting.objects.coming(today).filter(body__kind=Body.Kind.STANDING).exists():
        return
    waiting = Item.objects.filter(state=ItemState.READY, target_body=Body.Kind.STANDING).count()
    if waiting:
        yield Task("筹备", "下一次常委会会议", f"{waiting} 件议题待上会", reverse("agenda:meeting_plan"))


def _called(today: date) -> MeetingQuerySet:
    return Meeting.objects.coming(today).filter(state=MeetingState.NOTIFIED)


def _at(name: str, meeting: Meeting) -> str:
    return reverse(f"agenda:{name}", args=[meeting.pk])
