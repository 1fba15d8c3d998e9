"""The meeting's page: it reads like the printed agenda, with what is still open beside it."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from agenda.items.policies import visible_to as visible_items
from agenda.meetings.locks import OPEN_FOR_CHANGE
from agenda.meetings.markup import agenda_markup
from agenda.meetings.models import Meeting, MeetingChange, MeetingNotice
from agenda.meetings.notice_content import Point, differences, draft_notice, frozen, open_points
from agenda.meetings.order import order_mark
from agenda.meetings.policies import may_rule_leave, visible_to
from agenda.meetings.programme import Programme, load_programme
from agenda.meetings.questions import Deadlines, deadlines_for
from agenda.meetings.replies import Replies, replies_to
from agenda.meetings.rows import rows_of
from agenda.meetings.sight import Sight, sight_of
from agenda.meetings.workflow import MeetingState
from committee.bodies.questions import Member, members_on
from common import clock
from common.audit.kept import kept
from common.identity.actor import Actor
from common.web.request import ActorRequest
from common.web.slots import Link, fillings

TONES = {
    MeetingState.PLANNED: "draft",
    MeetingState.NOTIFIED: "info",
    MeetingState.IN_SESSION: "wait",
    MeetingState.CLOSED: "good",
    MeetingState.CANCELLED: "bad",
}


@dataclass(frozen=True)
class Strip:
    """What the office reads above the agenda: open points before the notice, or what changed since."""

    points: list[Point]
    changed: list[str]
    deadlines: Deadlines | None

    @property
    def stops(self) -> list[Point]:
        return [point for point in self.points if point.stops]

    @property
    def warnings(self) -> list[Point]:
        return [point for point in self.points if not point.stops]


def meeting_or_404(request: ActorRequest, pk: int) -> Meeting:
    """What one may not see is not there."""
    return get_object_or_404(visible_to(request.actor).with_names().select_related("recorder"), pk=pk)


def cancellation_of(meeting: Meeting) -> MeetingChange | None:
    """Who cancelled it, when and why."""
    return meeting.changes.filter(verb="cancel").last() if meeting.state == MeetingState.CANCELLED else None


@require_GET
def meeting_detail(request: ActorRequest, pk: int) -> HttpResponse:
    """A constant number of queries, whatever the number of entries."""
    actor, meeting = request.actor, meeting_or_404(request, pk)
    programme = load_programme(meeting)
    members = members_on(meeting.body, meeting.day)
    sight = sight_of(actor, programme, members)
    planned = meeting.state == MeetingState.PLANNED
    notices = [] if planned else list(MeetingNotice.objects.filter(meeting=meeting))
    replies = replies_to(meeting, notices)
    links = [link for filling in fillings("meeting.links", actor=actor, subject=meeting) for link in filling]
    editable = sight.runs and meeting.state in OPEN_FOR_CHANGE
    context = {
        "meeting": meeting,
        "tone": TONES[MeetingState(meeting.state)],
        "sight": sight,
        "editable": editable,
        "here": reverse("agenda:meeting_detail", args=[meeting.pk]),
        "agenda": agenda_of(actor, programme, sight, editable=editable),
        "mark": order_mark(programme.entry_ids),
        "standing": [one.words for one in programme.standing],
        "total": programme.minutes,
        "ends_at": programme.ends_at,
        "due": sum(member.counts for member in members),
        "replies": replies,
        "told": replies.of(actor.person.pk) is not None,
        "rules_leave": may_rule_leave(actor),
        "notices": notices,
        "strip": _strip(actor, programme, members, notices) if editable else None,
        "links": [link for link in links if not link.primary],
        "main": _main_action(meeting, sight, replies, links, actor),
        "cancelled": cancellation_of(meeting),
    }
    return render(request, "agenda/meetings/meeting_detail.html", context)


def agenda_of(actor: Actor, programme: Programme, sight: Sight, *, editable: bool) -> SafeString:
    """The entries this person sees, with links to the items that this person may read."""
    meeting = programme.meeting
    readable = kept(actor, f"links of meeting {meeting.pk}", lambda: _readable(actor, sight))
    outcomes: dict[int, str] = {}
    for filling in fillings("meeting.outcomes", actor=actor, subject=meeting):
        outcomes |= filling
    return agenda_markup(
        rows_of(sight.lines, readable, outcomes),
        here=reverse("agenda:meeting_detail", args=[meeting.pk]),
        items_at=reverse("agenda:items"),
        mark=order_mark(programme.entry_ids),
        editable=editable,
    )


def _readable(actor: Actor, sight: Sight) -> set[int]:
    """Items whose titles are links for this person; the item's own page asks again."""
    ids = [matter.item_id for line in sight.lines for matter in line.matters]
    return set(visible_items(actor).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()


def _strip(actor: Actor, programme: Programme, members: list[Member], notices: list[MeetingNotice]) -> Strip | None:
    """Before the first notice all that is open; afterwards only what a further notice must say."""
    meeting = programme.meeting
    if notices and meeting.changed_at <= notices[-1].sent_at:
        return None
    draft = draft_notice(programme, members)
    if not notices:
        deadlines = deadlines_for(meeting.day)
        return Strip(open_points(draft, deadlines, clock.now(), clock.today()), [], deadlines)
    changed = differences(notices[-1].content, frozen(draft, actor))
    return Strip([], changed, None) if changed else None


def _main_action(meeting: Meeting, sight: Sight, replies: Replies, links: list[Link], actor: Actor) -> Link | None:
    """What a floor above puts first; else the notice for the office, the reply for whoever is asked."""
    above = next((link for link in links if link.primary), None)
    if above:
        return above
    if sight.runs and meeting.state == MeetingState.PLANNED:
        return Link("发通知", reverse("agenda:notice_confirm", args=[meeting.pk]))
    if meeting.state == MeetingState.NOTIFIED and replies.awaits(actor.person.pk):
        return Link("答复参会", reverse("agenda:meeting_notice", args=[meeting.pk]))
    return None
