"""Row locks of a ballot, behind those of the meeting and its entry: meeting → entry → ballot → (chain)."""

from agenda.meetings.models import AgendaEntry
from agenda.meetings.workflow import EntryState, MeetingState
from common.services import Refused
from common.tenancy.locking import lock_row
from decisions.ballots.models import Ballot
from decisions.hall.session import lock_meeting

WITH_ALL = ("entry__meeting", "sitting__rule_set", "rule")


def lock_ballot(ballot: Ballot) -> Ballot:
    """The ballot alone: for casts, which wait for nobody in the hall."""
    return lock_row(Ballot.objects.select_related(*WITH_ALL), ballot.pk)


def lock_ballot_in_session(ballot: Ballot) -> Ballot:
    """Meeting, entry and ballot, while the entry is being dealt with."""
    meeting = lock_meeting(ballot.entry.meeting_id)
    if meeting.state != MeetingState.IN_SESSION:
        raise Refused(f"{meeting}{meeting.get_state_display()}，票决只在会议进行中办理。")
    entry = AgendaEntry.objects.select_for_update(of=("self",)).get(pk=ballot.entry_id)
    if entry.state != EntryState.DISCUSSING:
        raise Refused(f"「{entry}」现在是「{entry.get_state_display()}」，只有审议中的才能票决。")
    return lock_ballot(ballot)
