"""Close a ballot before all have voted; on paper, when the box is brought in."""

from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import NotAllowed, Refused, service
from common.workflow import demand_open
from decisions.ballots.acting import Step, acting_person, enter_act
from decisions.ballots.closing import close_now, demand_still_quorate
from decisions.ballots.locks import lock_ballot_in_session
from decisions.ballots.models import Ballot, BallotAct
from decisions.ballots.policies import is_chief


@service
def close_ballot(*, actor: Actor, ballot: Ballot, reason: str = "", person: Person | None = None) -> Ballot:
    """On the device 主持人 and 总监票人 both, with a reason; on paper 总监票人 alone. There is no reopening.

    Where all have voted it has closed by itself. `person`: on paper, for whom 秘书科 enters it.
    """
    ballot = lock_ballot_in_session(ballot)
    demand_open(ballot, "close")
    person = acting_person(actor, ballot, person, "截止投票")
    chief, chair = is_chief(ballot, person), ballot.sitting.chair_id == person.pk
    if not chief and not (chair and ballot.on_device):
        raise NotAllowed("提前截止由主持人和总监票人共同确认。" if ballot.on_device else "收票由总监票人确认。")
    if ballot.on_device and not reason.strip():
        raise Refused("提前截止须写明理由。", field="reason")
    done = enter_act(actor, ballot, Step.CLOSE, person, reason)
    if len(done) == 2 or not ballot.on_device:
        demand_still_quorate(ballot)
        close_now(actor, ballot, _reasons(ballot))
    audit(actor, "close_ballot", ballot, person=person.name, reason=reason.strip())
    return ballot


def _reasons(ballot: Ballot) -> str:
    given = BallotAct.objects.filter(ballot=ballot, step=Step.CLOSE).values_list("reason", flat=True)
    return "；".join(dict.fromkeys(filter(None, given)))
