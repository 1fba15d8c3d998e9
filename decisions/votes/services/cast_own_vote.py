"""A member votes by name himself, on his own device."""

from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Refused, service
from decisions.votes.entering import demand_entitled, demand_in_room, demand_own_choice, enter_vote, lock_own
from decisions.votes.locks import demand_open
from decisions.votes.models import Round
from decisions.votes.questions import Ballot


@service
def cast_own_vote(*, actor: Actor, round_: Round, choice: str, reason: str = "") -> Ballot:
    """In person, once, while the round is open and he is in the room; not where the clerk has entered him already.

    Returns the ballot as it stands then.
    """
    ballot = lock_own(actor=actor, round_=round_)
    demand_open(ballot.round)
    demand_entitled(ballot, actor.person)
    demand_own_choice(ballot, choice, reason)
    if before := ballot.votes.get(actor.person.pk):
        how = "您已经表决" if before.own else "秘书科已为您登记"
        mend = "要改请按「更改」。" if before.own else "登记有误的，请当场告知秘书科更正。"
        raise Refused(f"{how}（{before.get_choice_display()}），一人只表决一次。{mend}")
    demand_in_room(ballot, actor.person, choice)
    ballot.votes[actor.person.pk] = enter_vote(actor, round_, actor.person, choice, reason=reason, own=True)
    audit(actor, "cast_own_vote", round_, label=f"记名表决 {actor.person.name}（本人）", choice=choice)
    return ballot
