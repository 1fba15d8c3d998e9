"""What waits for a person about meetings, for the workbench: a constant number of queries."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery
from django.urls import reverse

from agenda.items.policies import visible_to as visible_items
from agenda.items.querysets import ItemQuerySet
from agenda.items.workflow import ItemState
from agenda.meetings.letters import key_of
from agenda.meetings.models import Meeting, MeetingNotice, NoticeRecipient, Reply
from agenda.meetings.policies import may_rule_leave, may_run, visible_to
from agenda.meetings.querysets import MeetingQuerySet
from agenda.meetings.questions import asked_at, is_declined, still_noted
from agenda.meetings.workflow import EntryState, MeetingState
from agenda.rules.models import AgendaRuleSet, rules_on
from committee.bodies.models import Body
from common.calendar.publish import working_calendar
from common.identity.actor import Actor
from common.mail.models import Letter
from common.web.formats import cn_datetime, local_day
from common.web.tasks import Task

MEMBER = NoticeRecipient.Capacity.MEMBER
# So many items that wait for a meeting are named; more of them are one line that leads to the store.
MOST_READY = 3


class Place(NamedTuple):
    """The next meeting of a body, and the last day to call it."""

    meeting: Meeting
    last: date


def waiting_for(actor: Actor, today: date) -> list[Task]:
    """Notices to answer; leaves to rule on for 书记; meetings to plan, to call and to call again for the office."""
    tasks = [*_to_answer(actor, today)]
    if may_rule_leave(actor):
        tasks += _to_rule(actor, today)
    if may_run(actor):
        tasks += _for_the_office(actor, today)
    return tasks


def coming_for(actor: Actor, today: date) -> MeetingQuerySet:
    """Meetings ahead that this person sees, the next one first; one he was called to and that was cancelled, too."""
    return visible_to(actor).with_names().filter(still_noted(today)).order_by("starts_at", "pk")


def _to_answer(actor: Actor, today: date) -> Iterator[Task]:
    """Notices without an answer; leaves that 书记 declined, until they are answered anew or the meeting opens."""
    mine = NoticeRecipient.objects.filter(person=actor.person)
    meetings = (
        visible_to(actor)
        .coming(today)
        .filter(Exists(mine.filter(notice__meeting=OuterRef("pk"))), state=MeetingState.NOTIFIED)
        .prefetch_related(
            "notices",
            Prefetch("notices__recipients", mine),
            Prefetch(
                "replies",
                Reply.objects.filter(person=actor.person).select_related("ruling").order_by("pk"),
                to_attr="my_replies",
            ),
        )
    )
    for meeting in meetings:
        notices = list(meeting.notices.all())
        told = {notice.pk: bool(notice.recipients.all()) for notice in notices}
        since = asked_at(notices)
        given = [reply for reply in meeting.my_replies if since and reply.replied_at >= since]
        if not told[notices[-1].pk]:
            continue
        here, when = _at("meeting_notice", meeting), f"{cn_datetime(meeting.starts_at, today)}，{meeting.place}"
        if not given:
            yield Task("答复", f"{meeting}的通知", when, here, meeting.day, local_day(notices[-1].sent_at))
        elif is_declined(given[-1]):
            note = f"书记未准假，请按时参会；确实不能参会的，请重新请假。{when}"
            ruled = local_day(given[-1].ruling.ruled_at)
            yield Task("答复", f"{meeting}的通知", note, here, meeting.day, ruled)


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
            yield Task("批假", title, reply.reason, _at("meeting_replies", meeting), meeting.day, asked, True)


def _for_the_office(actor: Actor, today: date) -> Iterator[Task]:
    """What is planned comes first on an agenda, then out by its deadline; what changed afterwards goes out again.

    Each item that waits for a meeting is in one task: to be listed, or to have a meeting planned for it.
    """
    on_agenda = ~Q(entries__state=EntryState.REMOVED) & Q(entries__isnull=False)
    sent = MeetingNotice.objects.filter(meeting=OuterRef("pk")).order_by("-no")
    ahead = list(
        Meeting.objects.with_names()
        .filter(still_noted(today))
        .exclude(state=MeetingState.IN_SESSION)
        .order_by("starts_at", "pk")
        .annotate(
            entry_count=Count("entries", filter=on_agenda),
            notice=Subquery(sent.values("pk")[:1]),
            told_at=Subquery(sent.values("sent_at")[:1]),
        )
    )
    rules = rules_on(today)
    for meeting in ahead:
        last = _call_by(meeting, rules)
        when = cn_datetime(meeting.starts_at, today)
        if meeting.state == MeetingState.PLANNED and meeting.entry_count:
            note = f"{when}，已列入 {meeting.entry_count} 项"
            yield Task("发通知", str(meeting), note, _at("meeting_detail", meeting), last)
        elif meeting.state == MeetingState.PLANNED:
            yield Task("列入议题", str(meeting), f"{when}，还没有议程", _at("meeting_schedule", meeting), last)
        elif meeting.state == MeetingState.NOTIFIED and meeting.changed_at > meeting.told_at:
            note = "通知发出以后有改动，请核对并告知参会的人"
            yield Task("再发通知", str(meeting), note, _at("notice_confirm", meeting), last)
    yield from _lost_letters([meeting for meeting in ahead if meeting.notice])
    to_come = {
        meeting.body.kind: Place(meeting, _call_by(meeting, rules))
        for meeting in reversed(ahead)
        if meeting.state != MeetingState.CANCELLED
    }
    ready = visible_items(actor).ready()
    waiting = Counter(dict(ready.values_list("target_body").annotate(Count("pk")).order_by("target_body")))
    yield from _to_list(ready, {kind: waiting[kind] for kind in to_come if waiting[kind]}, to_come, today)
    yield from _to_plan({kind: number for kind, number in waiting.items() if kind not in to_come})


def _lost_letters(meetings: list[Meeting]) -> Iterator[Task]:
    """E-mails of the last notices and of cancellations that did not go out, or of which nobody knows."""
    if not meetings:
        return
    lost = Letter.objects.filter(state__in=[Letter.State.FAILED, Letter.State.UNKNOWN])
    keys = list(lost.values_list("key", flat=True))
    for meeting in meetings:
        if number := sum(key.startswith(key_of(meeting, meeting.notice)) for key in keys):
            note = f"{number} 封邮件没有发出或不知是否送达"
            yield Task("核对邮件", str(meeting), note, _at("meeting_replies", meeting), meeting.day)


def _call_by(meeting: Meeting, rules: AgendaRuleSet | None) -> date:
    """The last day to send its notice."""
    return working_calendar().add_working_days(meeting.day, -rules.notice_days).day if rules else meeting.day


def _to_list(ready: ItemQuerySet, waiting: dict[str, int], to_come: dict[str, Place], today: date) -> Iterator[Task]:
    """Cleared items of which a meeting of their body is ahead: named while they are few, else one line.

    Due before its notice goes out; once that day has passed they may as well wait for the meeting after.
    """
    if (number := sum(waiting.values())) > MOST_READY:
        note = "、".join(f"{waiting[kind]} 件可列入{to_come[kind].meeting}" for kind in waiting)
        url = f"{reverse('agenda:items')}?state={ItemState.READY}"
        days = (to_come[kind].last for kind in waiting if to_come[kind].last >= today)
        yield Task("列入会议", f"{number} 件待上会的议题", note, url, min(days, default=None))
        return
    for item in ready.filter(target_body__in=waiting).select_related("unit").order_by("filed_on", "pk"):
        meeting, last = to_come[item.target_body]
        note = f"{item.unit.short_name}呈报，待上会；可列入{meeting}，{cn_datetime(meeting.starts_at, today)}"
        due = last if last >= today else None
        yield Task("列入会议", item.title, note, _at("meeting_schedule", meeting), due)


def _to_plan(waiting: dict[str, int]) -> Iterator[Task]:
    """Items wait for a body of which no meeting is ahead."""
    for kind, number in waiting.items():
        title = f"下一次{Body.Kind(kind).label}会议"
        yield Task("筹备", title, f"{number} 件议题待上会", reverse("agenda:meeting_plan"))


def _called(today: date) -> MeetingQuerySet:
    return Meeting.objects.coming(today).filter(state=MeetingState.NOTIFIED)


def _at(name: str, meeting: Meeting) -> str:
    return reverse(f"agenda:{name}", args=[meeting.pk])
