"""Enter one member's vote by name."""

from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import Refused, service
from decisions.votes.entering import demand_entitled, demand_in_room, enter_vote, lock_recorded
from decisions.votes.locks import demand_open
from decisions.votes.models import Round, Vote
from decisions.votes.questions import Ballot, demand_choice, demand_reason


@service
def cast_vote(*, actor: Actor, round_: Round, person: Person, choice: str, reason: str = "") -> Ballot:
    """Who was present and not recused when the round opened, once; who has left since has 未表决 alone.

    Returns the ballot as it stands then.
    """
    ballot = lock_recorded(actor=actor, round_=round_)
    demand_open(ballot.round)
    demand_choice(ballot.round.rule, choice)
    demand_reason(ballot.round.rule, choice, reason)
    demand_entitled(ballot, person)
    if before := ballot.votes.get(person.pk):
        raise Refused(f"{person.name}已经表决（{before.get_choice_display()}）。{_who_mends(before)}")
    demand_in_room(ballot, person, choice)
    ballot.votes[person.pk] = enter_vote(actor, round_, person, choice, reason=reason)
    audit(actor, "cast_vote", round_, label=f"记名表决 {person.name}", choice=choice)
    return ballot


def _who_mends(before: Vote) -> str:
    return "是本人在自己的设备上表决的，要改由本人改。" if before.own else "写错了的请更正。"
