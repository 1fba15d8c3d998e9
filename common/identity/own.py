"""Whose login it is: what is closed to a human being is closed to his login, whomever it acts for."""

from common import clock
from common.identity.actor import Actor
from common.identity.models import ActingFor


def own_persons(actor: Actor) -> frozenset[int]:
    """Ids of the person acted for and, where a delegate types for him, of whom the delegate is himself."""
    if not actor.by_staff or actor.account is None:
        return frozenset({actor.person.pk})
    if "own_persons" not in actor.memory:
        standing = ActingFor.objects.on(clock.today()).filter(account=actor.account, kind=ActingFor.Kind.SELF)
        actor.memory["own_persons"] = frozenset({actor.person.pk, *standing.values_list("person", flat=True)})
    return actor.memory["own_persons"]
