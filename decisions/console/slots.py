"""The way into the hall from the page of a meeting, for those who keep it."""

from django.urls import reverse

from agenda.meetings.models import Meeting
from agenda.meetings.workflow import MeetingState
from common.identity.actor import Actor
from common.web.slots import Link, fills
from decisions.hall.policies import may_keep_hall

WORDS = {MeetingState.NOTIFIED: "签到、开会", MeetingState.IN_SESSION: "进入会场"}


@fills("meeting.links")
def hall_link(actor: Actor, meeting: Meeting) -> list[Link]:
    """First of all in session and on the day; before the day the notice comes first."""
    words = WORDS.get(MeetingState(meeting.state))
    if words is None or not may_keep_hall(actor):
        return []
    return [Link(words, reverse("decisions:console", args=[meeting.pk]), primary=True)]
