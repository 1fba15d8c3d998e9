"""The ways to one's own page in the room and to the room's screen, from the page of a meeting."""

from django.urls import reverse

from agenda.meetings.models import Meeting
from agenda.meetings.workflow import MeetingState
from common.identity.actor import Actor
from common.web.slots import Link, fills
from decisions.hall.policies import may_keep_hall


@fills("meeting.links")
def floor_links(actor: Actor, meeting: Meeting) -> list[Link]:
    """While it is in session; the main thing for who does not keep the hall."""
    if meeting.state != MeetingState.IN_SESSION:
        return []
    own = reverse("decisions:floor", args=[meeting.pk])
    if not may_keep_hall(actor):
        return [Link("进入会场", own, primary=True)]
    return [Link("会场大屏", reverse("decisions:screen", args=[meeting.pk])), Link("我的会场页", own)]
