"""其余没有意见: those who were not heard yet pass, in one act that names them."""

from agenda.meetings.models import AgendaEntry
from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Refused, service
from decisions.hall.models import EntryNote
from decisions.hall.services.state_view import write_stance
from decisions.hall.session import demand_open_entry, lock_entry
from decisions.hall.speaking import speaking_now


@service
def pass_rest(*, actor: Actor, entry: AgendaEntry) -> list[EntryNote]:
    """Asked by the chair and silent: 没有意见, each by name; the chair is not among them."""
    sitting, entry = lock_entry(actor=actor, entry=entry)
    demand_open_entry(entry)
    waiting = speaking_now(sitting, entry).waiting
    if not waiting:
        raise Refused("到会的都已表态或者发言，没有要登记的。")
    notes = [write_stance(actor, entry, member.person, EntryNote.Stance.NO_VIEW) for member in waiting]
    audit(actor, "pass_rest", entry, people=[note.speaker for note in notes])
    return notes
