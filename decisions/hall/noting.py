"""How a line of the record is corrected; for services that hold the locks."""

from agenda.meetings.models import AgendaEntry
from common import clock
from common.identity.actor import Actor
from common.services import Refused
from decisions.hall.models import EntryNote


def write_correction(actor: Actor, entry: AgendaEntry, note: EntryNote, kind: str, text: str) -> EntryNote:
    """A further line that stands instead of the old one, once; both stay."""
    if EntryNote.objects.filter(corrects=note).exists():
        raise Refused("这一行已经更正过。请更正更正后的那一行。")
    return EntryNote.objects.create(
        committee=actor.committee,
        entry=entry,
        kind=kind,
        person=note.person,
        speaker=note.speaker,
        text=text,
        at=clock.now(),
        entered_by=actor.person,
        corrects=note,
    )
