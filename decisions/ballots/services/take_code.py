"""A scrutineer takes his 监票口令, on his own screen: shown once, copied to paper, kept nowhere."""

from django.conf import settings

from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Refused, service
from decisions.ballots.keys import Cost, key_of_code, new_code, new_salt, public_of
from decisions.ballots.locks import lock_ballot_in_session
from decisions.ballots.models import Ballot, BallotCode
from decisions.ballots.policies import demand_scrutineer
from decisions.ballots.workflow import BallotState


@service
def take_code(*, actor: Actor, ballot: Ballot) -> str:
    """Between confirmation and issue. Taken again, the newest counts: who lost it before the issue takes another."""
    ballot = lock_ballot_in_session(ballot)
    officer = demand_scrutineer(actor, ballot, "领取监票口令")
    if not ballot.on_device:
        raise Refused("纸质票不用监票口令。")
    if ballot.state != BallotState.CONFIRMED:
        raise Refused(f"这次票决{ballot.get_state_display()}，监票口令在确认以后、发票以前领取。")
    code, salt, cost = new_code(), new_salt(), Cost(*settings.BALLOT_CODE_COST)
    BallotCode.objects.create(
        committee=actor.committee,
        officer=officer,
        salt=salt,
        memory_kib=cost.memory_kib,
        passes=cost.passes,
        public_key=public_of(key_of_code(code, salt, cost)).hex(),
        at=clock.now(),
    )
    audit(actor, "take_code", ballot)
    return code
