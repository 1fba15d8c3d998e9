"""Void a ballot without opening it: codes lost, tampering, drafted wrongly, disturbed."""

from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Refused, demand_in_person, service
from common.workflow import demand_open
from decisions.ballots.locks import lock_ballot_in_session
from decisions.ballots.models import Ballot
from decisions.ballots.policies import demand_may_void
from decisions.ballots.voiding import void_now


@service
def void_ballot(*, actor: Actor, ballot: Ballot, reason: str) -> Ballot:
    """Until it is counted. By 总监票人 or the chair; before the issue, and of paper, by 秘书科 too."""
    ballot = lock_ballot_in_session(ballot)
    demand_in_person(actor, "作废票决")
    demand_open(ballot, "void", because="已经计票的，票数不因作废而改变；确需重新表决的，请另拟票决并写明理由。")
    demand_may_void(actor, ballot)
    if not reason.strip():
        raise Refused("作废须写明理由。", field="reason")
    void_now(actor, ballot, reason.strip())
    audit(actor, "void_ballot", ballot, reason=reason.strip())
    return ballot
