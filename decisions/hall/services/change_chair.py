"""Another leads the meeting on: who, from now, entrusted by 书记, and why."""

from agenda.meetings.models import Meeting
from agenda.meetings.plan_rules import demand_chair
from committee.roles.posts import secretary_on
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import Refused, service
from decisions.hall.models import ChairChange
from decisions.hall.questions import present_ids
from decisions.hall.session import lock_sitting


@service
def change_chair(*, actor: Actor, meeting: Meeting, person: Person, reason: str) -> ChairChange:
    """书记, or a 副书记 whom 书记 entrusts (rules.md §1), due and in the room. From then on the duty to speak last, to
    stay and to sign the 纪要 is the new chair's: all of them ask Sitting.chair.
    """
    sitting = lock_sitting(actor=actor, meeting_id=meeting.pk)
    before = sitting.chair
    if person.pk == before.pk:
        raise Refused(f"{person.name}正在主持会议，不用更换。", field="person")
    demand_chair(person, sitting.meeting.day)
    if not sitting.due_members.filter(person=person, votes=True).exists() or person.pk not in present_ids(meeting.pk):
        raise Refused(f"{person.name}不在会场，不能主持。请先为其登记到会，或改由到会的副书记主持。", field="person")
    secretary = secretary_on(sitting.meeting.day)
    if secretary is None:
        raise Refused("没有在任的书记，无人委托主持。请先在「组织」里登记书记的席位。")
    if not reason.strip():
        raise Refused("请写明更换主持人的原因，例如：书记临时外出，委托主持。", field="reason")
    change = ChairChange.objects.create(
        committee=actor.committee,
        sitting=sitting,
        before=before,
        chair=person,
        entrusted_by=secretary,
        reason=reason.strip()[:200],
        at=clock.now(),
        entered_by=actor.person,
    )
    sitting.chair = person
    sitting.save(update_fields=["chair"])
    audit(actor, "change_chair", sitting.meeting, before=before.name, chair=person.name, reason=change.reason)
    return change
