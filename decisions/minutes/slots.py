"""What the 纪要 adds to the pages of a meeting and of a decision."""

from collections.abc import Iterator

from django.urls import reverse

from agenda.meetings.models import Meeting
from agenda.meetings.workflow import MeetingState
from common.identity.actor import Actor
from common.web.slots import Link, fills
from decisions.minutes.models import DecisionNotice, Minutes
from decisions.minutes.policies import may_draft, notices_visible_to, visible_to
from decisions.outcomes.models import Decision


@fills("meeting.links")
def minutes_links(actor: Actor, meeting: Meeting) -> list[Link]:
    """The 纪要 of the meeting, newest first; for the office the way to begin it."""
    if meeting.state != MeetingState.CLOSED:
        return []
    rows = visible_to(actor).filter(meeting=meeting).select_related("number").order_by("-pk")
    links = [Link(_label(row), reverse("decisions:minutes_detail", args=[row.pk])) for row in rows]
    if not may_draft(actor):
        return links
    if not links:
        return [Link("起草纪要", reverse("decisions:minutes_start", args=[meeting.pk]), primary=True)]
    return [*links, *_receipts(meeting)]


def _receipts(meeting: Meeting) -> Iterator[Link]:
    """How many units have taken over their notices; who has is told on the page of the 纪要."""
    issued = DecisionNotice.objects.filter(minutes__meeting=meeting).for_list()
    if notices := [notice for notice in issued if not notice.superseded]:
        waiting = sum(notice.waits for notice in notices)
        words = f"{waiting} 份未签收" if waiting else "都已签收"
        here = reverse("decisions:minutes_detail", args=[notices[-1].minutes_id])
        yield Link(f"议定事项通知单 {len(notices)} 份，{words}", f"{here}#notices")


def _label(row: Minutes) -> str:
    return f"会议纪要{row.number}" if row.number else f"会议纪要（{row.get_state_display()}）"


@fills("decision.notices")
def notice_links(actor: Actor, decision: Decision) -> list[Link]:
    """The notices of its matters that this person may see, superseded ones marked."""
    rows = notices_visible_to(actor).filter(decision__entry=decision.entry_id).for_list()
    return [
        Link(
            f"{row.unit}{row.number}{'（已被取代）' if row.superseded else ''}",
            reverse("decisions:notice_detail", args=[row.pk]),
        )
        for row in rows
    ]
