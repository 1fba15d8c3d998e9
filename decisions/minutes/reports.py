"""What of 纪要 and notices waits for a person, for the workbench: three queries, whatever lies there."""

from collections.abc import Collection, Iterator
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse

from agenda.meetings.models import Meeting
from agenda.meetings.workflow import MeetingState
from committee.roles.models import Role
from committee.roles.posts import posts
from common.calendar.publish import working_calendar
from common.identity.actor import Actor
from common.web.formats import local_day
from common.web.tasks import Task
from decisions.minutes.models import DecisionNotice, Minutes
from decisions.minutes.policies import signs
from decisions.minutes.workflow import FROZEN, MinutesState

# The oldest without a 纪要 are named; who has left more lying finds them in the list of meetings.
MOST_TO_BEGIN = 20
# So many notices are named to their unit; the rest is one line that leads to the list.
MOST_TO_RECEIVE = 5


def due_day(moment: datetime) -> date:
    """A 纪要 is out on the next working day (24–48 hours, rules.md §4)."""
    return working_calendar().add_working_days(local_day(moment), 1).day


def without_minutes() -> QuerySet[Meeting]:
    """Closed meetings that have no 纪要 yet, the oldest first."""
    closed = Meeting.objects.with_names().filter(state=MeetingState.CLOSED, minutes__isnull=True)
    return closed.select_related("sitting").order_by("starts_at", "pk")


def closed_at(meeting: Meeting) -> datetime:
    """When a closed meeting was closed; it comes with its sitting."""
    return meeting.sitting.closed_at or meeting.starts_at


def waiting_for(actor: Actor, today: date) -> list[Task]:
    """To draft for 秘书科, to review for 区委办主任, to sign for whoever chaired; for a unit its new notices."""
    tasks = list(_under_way(actor, today))
    if posts(actor).holds(Role.SECRETARIAL_SECTION):
        tasks += _to_begin()
    if units := posts(actor).units:
        tasks += _to_receive(units)
    return tasks


def _under_way(actor: Actor, today: date) -> Iterator[Task]:
    held = posts(actor)
    if not (held.in_office or held.is_standing_member):
        return
    for minutes in Minutes.objects.exclude(state__in=FROZEN).with_names(today).order_by("pk"):
        if minutes.state == MinutesState.DRAFT and held.holds(Role.SECRETARIAL_SECTION):
            yield _task("起草", minutes, "decisions:minutes_edit", _begun(minutes))
        elif minutes.state == MinutesState.SUBMITTED and held.holds(Role.OFFICE_DIRECTOR):
            yield _task("审核", minutes, "decisions:minutes_review", "秘书科送审", in_person=True)
        elif minutes.state == MinutesState.CHECKED and signs(actor, minutes):
            yield _task("签发", minutes, "decisions:minutes_sign", f"{minutes.checked_by}已审核", in_person=True)


def _begun(minutes: Minutes) -> str:
    return f"更正：{minutes.correction_reason}" if minutes.supersedes_id else "已起草，写好后送审"


def _to_begin() -> Iterator[Task]:
    found = list(without_minutes()[: MOST_TO_BEGIN + 1])
    for meeting in found[:MOST_TO_BEGIN]:
        closed = closed_at(meeting)
        url = reverse("decisions:minutes_start", args=[meeting.pk])
        yield Task("起草", f"{meeting}纪要", "会议已散会", url, due_day(closed), local_day(closed))
    if len(found) > MOST_TO_BEGIN:
        url = f"{reverse('agenda:meetings')}?state={MeetingState.CLOSED}"
        yield Task("起草", "其余会议的纪要", f"只列出最早的 {MOST_TO_BEGIN} 个，写好后再列", url)


def _to_receive(units: Collection[int]) -> Iterator[Task]:
    """Notices that nobody of the unit has taken over, the oldest first."""
    waiting = DecisionNotice.objects.filter(unit__in=units).not_received().order_by("pk")
    found = list(waiting.select_related("unit", "number", "decision__entry"))
    for notice in found[:MOST_TO_RECEIVE]:
        title = f"议定事项通知单{notice.number}：{notice.decision.entry.title}"
        url = reverse("decisions:notice_detail", args=[notice.pk])
        yield Task("签收", title, f"发给{notice.unit.short_name}", url, since=local_day(notice.issued_at))
    if rest := found[MOST_TO_RECEIVE:]:
        url = f"{reverse('decisions:notices')}?state=waiting"
        since = local_day(rest[0].issued_at)
        yield Task(
            "签收", f"其余 {len(rest)} 份议定事项通知单", "先办完上面的，或者在通知单列表里逐份签收", url, since=since
        )


def _task(verb: str, minutes: Minutes, url_name: str, note: str, *, in_person: bool = False) -> Task:
    begun = minutes.created_at if minutes.supersedes_id else closed_at(minutes.meeting)
    url = reverse(url_name, args=[minutes.pk])
    return Task(verb, str(minutes), note, url, due_day(begun), local_day(begun), in_person)
