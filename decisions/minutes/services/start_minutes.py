"""Begin the 纪要 of a closed meeting: the records write the first draft."""

from agenda.meetings.models import Meeting
from agenda.meetings.workflow import MeetingState
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Refused, service
from common.tenancy.locking import lock_row
from decisions.minutes.drafting import draft_from_records
from decisions.minutes.models import Minutes, MinutesDraft
from decisions.minutes.policies import demand_drafter


@service
def start_minutes(*, actor: Actor, meeting: Meeting) -> Minutes:
    """Once a meeting, and only after it has closed; a mistake found later is corrected by `correct_minutes`."""
    meeting = lock_row(Meeting.objects.with_names().select_related("committee", "recorder"), meeting.pk)
    demand_drafter(actor)
    if meeting.state != MeetingState.CLOSED:
        raise Refused(f"{meeting}{meeting.get_state_display()}，散会之后才能起草纪要。")
    if Minutes.objects.filter(meeting=meeting).exists():
        raise Refused(f"{meeting}的纪要已在起草，请接着写那一份。")
    minutes = Minutes.objects.create(committee=actor.committee, meeting=meeting, created_at=clock.now())
    begin_draft(actor, minutes, draft_from_records(meeting).to_json())
    audit(actor, "start_minutes", minutes, meeting=meeting.pk)
    return minutes


def begin_draft(actor: Actor, minutes: Minutes, content: dict) -> MinutesDraft:
    """The first text of a 纪要 or of a correction."""
    return MinutesDraft.objects.create(
        committee=actor.committee, minutes=minutes, content=content, saved_at=clock.now(), saved_by=actor.person
    )
