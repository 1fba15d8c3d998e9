"""The way into the hall from the page of a meeting, for those who keep it."""

from django.urls import reverse

from agenda.meetings.models import Meeting
from agenda.meetings.workflow import MeetingState
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
    if words := why_not_now(meeting):
        return [Link("开会", console, primary=True, why_not=words), Link("会前签到", console)]
    return [Link("签到、开会", console, primary=True)]
