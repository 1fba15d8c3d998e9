"""Row locks of the hall, in the order item → meeting → entry → round, so that two clerks act one after the other."""

from agenda.meetings.locks import lock_items
from agenda.meetings.models import AgendaEntry, EntryItem, Meeting
from agenda.meetings.workflow import EntryState, MeetingState
from common.identity.actor import Actor
from common.services import Refused
from common.tenancy.locking import lock_row
from decisions.hall.models import Sitting
from decisions.hall.policies import demand_clerk, demand_not_recused


def lock_meeting(meeting_id: int) -> Meeting:
    """The meeting, whatever its state."""
    return lock_row(Meeting.objects.with_names(), meeting_id)


def lock_sitting(*, actor: Actor, meeting_id: int) -> Sitting:
    """The sitting of a meeting in session, for one who may keep the hall."""
    meeting = lock_meeting(meeting_id)
    demand_clerk(actor)
    if meeting.state != MeetingState.IN_SESSION:
        raise Refused(_not_in_session(meeting))
    sitting = Sitting.objects.select_related("rule_set", "chair").get(meeting=meeting)
    sitting.meeting = meeting
    return sitting


def lock_entry(*, actor: Actor, entry: AgendaEntry, with_items: bool = False) -> tuple[Sitting, AgendaEntry]:
    """An entry of a meeting in session, for a clerk who is not recused from it; its items too, first, where their
    files will move.
    """
    if with_items:
        lock_items(EntryItem.objects.filter(entry=entry, active=True).values_list("item_id", flat=True))
    sitting = lock_sitting(actor=actor, meeting_id=entry.meeting_id)
    locked = AgendaEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    demand_not_recused(actor, locked)
    locked.meeting = sitting.meeting
    return sitting, locked


def demand_open_entry(entry: AgendaEntry) -> None:
    """The record of an entry is written until it has its outcome."""
    if entry.state not in (EntryState.PENDING, EntryState.DISCUSSING):
        raise Refused(f"「{entry}」{entry.get_state_display()}，不能再记。写错的可以更正。")


def _not_in_session(meeting: Meeting) -> str:
    if meeting.state == MeetingState.CLOSED:
        return f"{meeting}已经散会，会场记录不能再改。发现有误的，请在纪要里更正。"
    if meeting.state == MeetingState.CANCELLED:
        return f"{meeting}已经取消。"
    return f"{meeting}还没有开会。请先签到，再宣布开会。"
