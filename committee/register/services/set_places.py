"""Enters how many places a body has."""

from datetime import date, timedelta

from committee.bodies.models import Body, BodyPlaces
from committee.register.entering import end, enter
from committee.register.policies import demand_keeper
from common import clock
from common.identity.actor import Actor
from common.services import Refused, service
from common.web.formats import cn_full_date


@service
def set_places(
    *, actor: Actor, body: Body, members: int, basis: str, valid_from: date, alternates: int = 0
) -> BodyPlaces:
    """名额 of a body from a day; the number before ends the day before."""
    demand_keeper(actor)
    before = BodyPlaces.objects.select_for_update().on(valid_from).filter(body=body).first()
    if before and before.valid_from == valid_from:
        raise Refused(f"自 {cn_full_date(valid_from)} 起的名额已经登记，请另选一天。", field="valid_from")
    last_day = before.valid_to if before else None
    if before:
        end(actor, "end_places", before, valid_from - timedelta(days=1))
    places = BodyPlaces(
        committee=actor.committee,
        body=body,
        members=members,
        alternates=alternates,
        basis=basis,
        valid_from=valid_from,
        valid_to=last_day,
        recorded_at=clock.now(),
    )
    return enter(actor, "set_places", places)
