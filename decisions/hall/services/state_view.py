"""逐一表态: what a member states by name in the discussion, entered by himself or by the clerk."""

from agenda.meetings.models import AgendaEntry
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import Refused, service
from decisions.hall.models import EntryNote
from decisions.hall.session import demand_open_entry, lock_entry
from decisions.hall.speaking import demand_chair_last, speaking_now


@service
def state_view(*, actor: Actor, entry: AgendaEntry, person: Person, stance: str, text: str = "") -> EntryNote:
    """Once each; a change is a further line that stands instead of the first. It is not the vote (rules.md §2).

    Only members with a vote who are in the room and not recused; the chair states himself last.
    """
    sitting, entry = lock_entry(actor=actor, entry=entry)
    demand_open_entry(entry)
    if stance not in EntryNote.Stance.values:
        raise Refused(f"请选定{person.name}的态度：{'、'.join(EntryNote.Stance.labels)}。", field="stance")
    speaking = speaking_now(sitting, entry)
    if person.pk not in {member.person_id for member in speaking.members}:
        raise Refused(f"{person.name}不在会场、没有表决权，或者在本项回避，不参加逐一表态。", field="person")
    if person.pk == sitting.chair_id:
        demand_chair_last(sitting, entry)
    before = speaking.stances.get(person.pk)
    if before and (before.stance, before.text) == (stance, text.strip()):
        raise Refused(f"{person.name}已表态{before.get_stance_display()}，没有改变。")
    note = write_stance(actor, entry, person, stance, text, corrects=before)
    audit(actor, "state_view", entry, person=person.pk, stance=stance, before=before.stance if before else "")
    return note


def write_stance(
    actor: Actor, entry: AgendaEntry, person: Person, stance: str, text: str = "", corrects: EntryNote | None = None
) -> EntryNote:
    """Write the line."""
    return EntryNote.objects.create(
        committee=actor.committee,
        entry=entry,
        kind=EntryNote.Kind.STATED,
        person=person,
        speaker=person.name,
        stance=stance,
        text=text.strip(),
        at=clock.now(),
        entered_by=actor.person,
        corrects=corrects,
    )
