"""Set an entry's minutes and presenter before the meeting opens."""

from agenda.meetings.locks import lock_meeting, touch
from agenda.meetings.models import AgendaEntry
from agenda.meetings.policies import demand_office
from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Refused, nothing_to_do, service

LONGEST = 480


@service
def set_entry(*, actor: Actor, entry: AgendaEntry, minutes: int, presenter: str) -> AgendaEntry:
    """The times of all entries behind it run on from its minutes."""
    meeting = lock_meeting(entry.meeting)
    entry = AgendaEntry.objects.on_agenda().select_for_update().get(pk=entry.pk)
    demand_office(actor)
    if not 1 <= minutes <= LONGEST:
        raise Refused(f"时长请填 1 至 {LONGEST} 分钟。", field="minutes")
    presenter = " ".join(presenter.split())
    before = [entry.minutes, entry.presenter]
    if before == [minutes, presenter]:
        nothing_to_do()
        return entry
    entry.minutes, entry.presenter = minutes, presenter
    entry.save(update_fields=["minutes", "presenter"])
    touch(meeting)
    audit(actor, "set_entry", entry, before=before, after=[minutes, presenter])
    return entry
