"""A member changes his own vote by name before the result is announced."""

from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Refused, service
from decisions.votes.entering import demand_in_room, demand_own_choice, enter_vote, lock_own
from decisions.votes.locks import demand_open
from decisions.votes.models import Round
from decisions.votes.questions import Ballot


@service
def change_own_vote(*, actor: Actor, round_: Round, choice: str, reason: str = "") -> Ballot:
    """In person, by a further row; both stay, the newest counts. What the clerk entered for him the clerk corrects.

    Returns the ballot as it stands then.
    """
    ballot = lock_own(actor=actor, round_=round_)
    demand_open(ballot.round)
    demand_own_choice(ballot, choice, reason)
    before = ballot.votes.get(actor.person.pk)
    if before is None:
        raise Refused("您在这一轮还没有表决，不用更改。")
    if not before.own:
        raise Refused(f"秘书科已为您登记（{before.get_choice_display()}）。登记有误的，请当场告知秘书科更正。")
    if (before.choice, before.reason) == (choice, reason.strip()[:500]):
        raise Refused(f"您已表决{before.get_choice_display()}，没有改变。")
    demand_in_room(ballot, actor.person, choice)
    ballot.votes[actor.person.pk] = enter_vote(
        actor, round_, actor.person, choice, reason=reason, corrects=before, own=True
    )
    label = f"更改记名表决 {actor.person.name}（本人）"
    audit(actor, "change_own_vote", round_, label=label, before=before.choice, choice=choice)
    return ballot
