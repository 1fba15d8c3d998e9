"""Enter the same vote for all in the room who are not entered yet: 「其余都赞成」."""

from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Refused, service
from decisions.votes.entering import enter_vote, lock_recorded
from decisions.votes.locks import demand_open
from decisions.votes.models import Choice, Round
from decisions.votes.questions import Ballot, demand_choice, members_words


@service
def cast_rest(*, actor: Actor, round_: Round, choice: str) -> Ballot:
    """One row a person, as if each were entered; the names are in the log. Who has left is entered apart, as 未表决.

    Returns the ballot as it stands then.
    """
    ballot = lock_recorded(actor=actor, round_=round_)
    demand_open(ballot.round)
    demand_choice(ballot.round.rule, choice)
    waiting = ballot.waiting
    if not waiting:
        raise Refused("到会有表决权的都已登记。")
    if choice != Choice.NOT_VOTED:
        gone = [member for member in waiting if member.person_id not in ballot.present]
        waiting = [member for member in waiting if member.person_id in ballot.present]
        if not waiting:
            raise Refused(f"{members_words(gone)}已离席，只能登记为未表决。")
    for member in waiting:
        ballot.votes[member.person_id] = enter_vote(actor, round_, member.person, choice)
    names = [member.name for member in waiting]
    audit(actor, "cast_rest", round_, label=f"记名表决 其余 {len(names)} 人", choice=choice, people=names)
    return ballot
