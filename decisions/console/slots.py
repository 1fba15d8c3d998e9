"""The way into the hall from the page of a meeting, for those who keep it."""

from django.urls import reverse

from agenda.meetings.models import Meeting, MeetingNotice
from agenda.meetings.workflow import MeetingState
from common import clock
from common.identity.actor import Actor
from common.web.slots import Link, fills
from decisions.hall.opening import why_not_now
from decisions.hall.policies import may_keep_hall


@fills("meeting.links")
def hall_link(actor: Actor, meeting: Meeting) -> list[Link]:
    """The main thing for those who keep the hall; where the meeting cannot open now, it says why."""
    if not may_keep_hall(actor) or meeting.state not in (MeetingState.NOTIFIED, MeetingState.IN_SESSION):
        return []
    console = reverse("decisions:console", args=[meeting.pk])
    if meeting.state == MeetingState.IN_SESSION:
        return [Link("进入会场", console, primary=True)]
    words = "" if _told_today(meeting) else why_not_now(meeting)
    if words:
        return [
            Link("开会", console, primary=True, why_not=words),
            Link("会前签到" if meeting.day == clock.today() else "签到名单", console),
        ]
    return [Link("签到、开会", console, primary=True)]


def _told_today(meeting: Meeting) -> bool:
    """Its day, and nothing was touched since the last notice: known without reading the agenda once more."""
    if meeting.day != clock.today():
        return False
    return MeetingNotice.objects.filter(meeting=meeting, sent_at__gte=meeting.changed_at).exists()
