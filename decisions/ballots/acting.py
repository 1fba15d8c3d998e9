"""How one of two enters his part (BallotAct); for services that hold the lock."""

from common import clock
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import NotAllowed, Refused, demand_in_person
from decisions.ballots.models import Ballot, BallotAct
from decisions.hall.policies import may_keep_hall

Step = BallotAct.Step


def acting_person(actor: Actor, ballot: Ballot, person: Person | None, what: str) -> Person:
    """Who acts: himself on the device. On paper 秘书科 may enter what somebody did or signed in the room."""
    if person is None or person.pk == actor.person.pk:
        demand_in_person(actor, what)
        return actor.person
    if ballot.on_device:
        raise NotAllowed(f"用电子票的，{what}须由{person.name}在自己的页面上办理。")
    if not may_keep_hall(actor):
        raise NotAllowed(f"{person.name}在纸上办理的，由秘书科登记。")
    return person


def enter_act(actor: Actor, ballot: Ballot, step: str, person: Person, reason: str = "") -> set[int]:
    """Write it, once; ids of all who have acted by now."""
    if BallotAct.objects.filter(ballot=ballot, step=step, person=person).exists():
        raise Refused(f"{person.name}已经{Step(step).label}，还须另一人{Step(step).label}。")
    BallotAct.objects.create(
        committee=actor.committee,
        ballot=ballot,
        step=Step(step),
        person=person,
        reason=reason.strip()[:300],
        entered_by=actor.person,
        at=clock.now(),
    )
    return set(BallotAct.objects.filter(ballot=ballot, step=step).values_list("person_id", flat=True))
