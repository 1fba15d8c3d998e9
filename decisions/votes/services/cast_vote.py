"""Enter one member's vote by name."""

from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import Refused, service
from decisions.votes.entering import demand_entitled, demand_in_room, enter_vote, lock_recorded
from decisions.votes.locks import demand_open
from decisions.votes.models import Round
from decisions.votes.questions import Ballot, demand_choice


@service
def cast_vote(*, actor: Actor, round_: Round, person: Person, choice: str, reason: str = "") -> Ballot:
    """Who was present and not recused when the round opened, once; who has left since has 未表决 alone.

    Returns the ballot as it stands then.
    """
    ballot = lock_recorded(actor=actor, round_=round_)
    demand_open(ballot.round)
    demand_choice(ballot.round.rule, choice)
    demand_entitled(ballot, person)
    if before := ballot.votes.get(person.pk):
        raise Refused(f"{person.name}已经表决（{before.get_choice_display()}）。写错了的请更正。")
    demand_in_room(ballot, person, choice)
    ballot.votes[person.pk] = enter_vote(actor, round_, person, choice, reason=reason)
    audit(actor, "cast_vote", round_, label=f"记名表决 {person.name}", choice=choice)
    return ballot
