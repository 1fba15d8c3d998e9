"""Row locks of a ballot: the ballot first, then what stands above it: ballot → meeting → entry → round → chain.

A cast holds the ballot alone; the one that closes it changes its row twice, and PostgreSQL then asks for the entry's
key, too. So nobody may wait for a ballot with its entry in hand. What waits for no ballot locks as ever.
"""

from agenda.meetings.models import AgendaEntry
from agenda.meetings.workflow import EntryState, MeetingState
from common.services import Refused
from common.tenancy.locking import lock_row
from decisions.ballots.models import Ballot
from decisions.hall.session import lock_meeting

WITH_ALL = ("entry__meeting", "sitting__rule_set", "rule")


def lock_for_cast(ballot: Ballot) -> Ballot:
    """The ballot alone, in one statement: a cast waits for nobody in the hall, and a thousand wait for each other.

    What is read with it never changes for a ballot: of which sitting and entry it is.
    """
    return Ballot.objects.select_for_update(of=("self",)).select_related("sitting", "entry").get(pk=ballot.pk)


def lock_ballot(ballot: Ballot) -> Ballot:
    """The ballot alone, whatever goes on in the hall."""
    return lock_row(Ballot.objects.select_related(*WITH_ALL), ballot.pk)


def lock_ballot_in_session(ballot: Ballot) -> Ballot:
    """Ballot, meeting and entry, while the entry is being dealt with."""
    ballot = lock_ballot(ballot)
    meeting = lock_meeting(ballot.entry.meeting_id)
    if meeting.state != MeetingState.IN_SESSION:
        raise Refused(f"{meeting}{meeting.get_state_display()}，票决只在会议进行中办理。")
    entry = AgendaEntry.objects.select_for_update(of=("self",)).get(pk=ballot.entry_id)
    if entry.state != EntryState.DISCUSSING:
        raise Refused(f"「{entry}」现在是「{entry.get_state_display()}」，只有审议中的才能票决。")
    return ballot
