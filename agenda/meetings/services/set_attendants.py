"""Say who attends (列席): one entry, or the whole meeting."""

from collections.abc import Iterable

from agenda.meetings.locks import lock_meeting, touch
from agenda.meetings.marks import attendants_mark
from agenda.meetings.models import AgendaEntry, Attendant, Meeting
from agenda.meetings.policies import demand_office
from committee.bodies.questions import members_on
from committee.units.models import Unit
from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import Conflict, Refused, nothing_to_do, service


@service
def set_attendants(
    *,
    actor: Actor,
    meeting: Meeting,
    entry: AgendaEntry | None = None,
    units: Iterable[Unit] = (),
    people: Iterable[Person] = (),
    seen: str | None = None,
) -> list[Attendant]:
    """Replace the attendants of an entry, or without entry those who stay throughout (standing, rules.md §4).

    A unit is called by its name, and its head on the day is told; a person is named. Members need no calling.
    `seen` is the attendants_mark() of what the page showed; where somebody changed it since, nothing is written.
    """
    meeting = lock_meeting(meeting)
    demand_office(actor)
    people, units = list(dict.fromkeys(people)), list(dict.fromkeys(units))
    members = {member.person.pk for member in members_on(meeting.body, meeting.day)}
    for person in people:
        if person.pk in members:
            raise Refused(f"{person.name}是{meeting.body.name}成员，属于出席，不必列为列席。", field="people")
    rows = Attendant.objects.filter(meeting=meeting, entry=entry)
    standing = list(rows.select_related("unit", "person"))
    before = sorted(((one.unit_id, one.person_id) for one in standing), key=str)
    wanted = [(unit.pk, None) for unit in units] + [(None, person.pk) for person in people]
    if before == sorted(wanted, key=str):
        nothing_to_do()
        return standing
    if seen is not None and seen != attendants_mark(standing):
        raise _changed_meanwhile(standing)
    rows.delete()
    created = Attendant.objects.bulk_create(
        Attendant(committee=actor.committee, meeting=meeting, entry=entry, unit_id=unit, person_id=person)
        for unit, person in wanted
    )
    touch(meeting)
    audit(actor, "set_attendants", entry or meeting, meeting=meeting.pk, before=before, after=wanted)
    return created


def _changed_meanwhile(standing: list[Attendant]) -> Conflict:
    """What the second editor is told: who attends now."""
    names = "、".join(one.unit.short_name if one.unit else str(one.person) for one in standing)
    return Conflict(
        f"您打开之后，列席已由他人改动，这次没有存上。现在列席的是：{names or '没有'}。"
        "请核对下面的内容，确要改的再保存。",
        theirs=standing,
    )
