"""Hand in one's own ballot, sealed by one's own browser."""

from common.identity.actor import Actor
from common.services import demand_in_person, service
from decisions.ballots.casting import hand_in
from decisions.ballots.locks import lock_for_cast
from decisions.ballots.models import Ballot


@service
def cast_ballot(*, actor: Actor, ballot: Ballot, sealed: bytes) -> None:
    """Once, who is on the register and in the room, himself. Nothing comes back: no receipt, no number.

    `sealed`: crypto_box_seal of binding and marks (decisions/ballots/envelope.py).
    """
    ballot = lock_for_cast(ballot)
    demand_in_person(actor, "无记名投票")
    hand_in(actor, ballot, actor.person, sealed)
