"""Enter one member's vote by name."""

from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import Refused, service
from decisions.votes.entering import demand_entitled, demand_in_room, enter_vote, lock_recorded
from decisions.votes.locks import demand_open
from decisions.votes.models import Round, Vote
from decisions.votes.questions import demand_choice


@service
def cast_vote(*, actor: Actor, round_: Round, person: Person, choice: str, reason: str = "") -> Vote:
    """Who was present and not recused when the round opened, once; who has left since has 未表决 alone."""
    round_ = lock_recorded(actor=actor, round_=round_)
    demand_open(round_)
    demand_choice(round_.rule, choice)
    demand_entitled(round_, person)
    if before := Vote.objects.filter(round=round_, person=person).last():
        raise Refused(f"{person.name}已经表决（{before.get_choice_display()}）。写错了的请更正。")
    demand_in_room(round_, person, choice)
    vote = enter_vote(actor, round_, person, choice, reason=reason)
    audit(actor, "cast_vote", round_, label=f"记名表决 {person.name}", choice=choice)
    return vote
