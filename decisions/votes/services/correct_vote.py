"""Correct a vote that was entered wrongly, by a further row."""

from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import Refused, service
from decisions.votes.entering import demand_in_room, enter_vote, lock_recorded
from decisions.votes.locks import demand_open
from decisions.votes.models import Round
from decisions.votes.questions import Ballot, demand_choice


@service
def correct_vote(*, actor: Actor, round_: Round, person: Person, choice: str, reason: str = "") -> Ballot:
    """Only before the round closes; both rows stay, the newest counts. Who has left is corrected to 未表决 alone.

    Returns the ballot as it stands then.
    """
    ballot = lock_recorded(actor=actor, round_=round_)
    demand_open(ballot.round)
    demand_choice(ballot.round.rule, choice)
    before = ballot.votes.get(person.pk)
    if before is None:
        raise Refused(f"{person.name}在这一轮还没有表决，不用更正。")
    if before.choice == choice:
        raise Refused(f"{person.name}已登记为{before.get_choice_display()}，没有改变。")
    demand_in_room(ballot, person, choice)
    ballot.votes[person.pk] = enter_vote(actor, round_, person, choice, reason=reason, corrects=before)
    audit(actor, "correct_vote", round_, label=f"更正记名表决 {person.name}", before=before.choice, choice=choice)
    return ballot
