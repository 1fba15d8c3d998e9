"""Set an entry's minutes and presenter before the meeting opens."""

from agenda.meetings.locks import lock_meeting, touch
from agenda.meetings.marks import entry_mark
from agenda.meetings.models import AgendaEntry
from agenda.meetings.policies import demand_office
from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Conflict, Refused, nothing_to_do, service

LONGEST = 480


@service
def set_entry(
    *, actor: Actor, entry: AgendaEntry, minutes: int, presenter: str, seen: str | None = None
) -> AgendaEntry:
    """The times of all entries behind it run on from its minutes.

    `seen` is the entry_mark() of what the page showed; where somebody changed it since, nothing is written.
    """
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
    if seen is not None and seen != entry_mark(entry):
        raise Conflict(
            f"您打开之后，这一项已由他人改动，这次没有存上。现在是 {entry.minutes} 分钟，"
            f"汇报人{entry.presenter or '还没有写'}。请核对下面的内容，确要改的再保存。",
            theirs=entry,
        )
    entry.minutes, entry.presenter = minutes, presenter
    entry.save(update_fields=["minutes", "presenter"])
    touch(meeting)
    audit(actor, "set_entry", entry, before=before, after=[minutes, presenter])
    return entry
