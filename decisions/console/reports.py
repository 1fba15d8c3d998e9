"""What waits for the clerk about the hall, for the workbench."""

from datetime import date

from django.urls import reverse

from agenda.meetings.models import Meeting
from agenda.meetings.workflow import MeetingState
from common.identity.actor import Actor
from common.web.formats import cn_datetime
from common.web.tasks import Task
from decisions.hall.policies import may_keep_hall


def waiting_for(actor: Actor, today: date) -> list[Task]:
    """A meeting of today to sign in for, a meeting in session to keep; one query."""
    if not may_keep_hall(actor):
        return []
    called = Meeting.objects.with_names().filter(state=MeetingState.NOTIFIED, starts_at__date=today)
    running = Meeting.objects.with_names().filter(state=MeetingState.IN_SESSION)
    return [
        Task(
            "进入会场" if meeting.state == MeetingState.IN_SESSION else "签到",
            str(meeting),
            f"{cn_datetime(meeting.starts_at, today)}，{meeting.place}",
            reverse("decisions:console", args=[meeting.pk]),
            due=today,
        )
        for meeting in (running | called).order_by("starts_at")
    ]
