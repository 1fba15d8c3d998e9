"""Register the 封条 under which the counted papers lie."""

from datetime import date

from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Person
from common.records.chain import seal
from common.services import Refused, service
from decisions.ballots.locks import lock_ballot
from decisions.ballots.models import Ballot, PaperSeal
from decisions.ballots.policies import demand_may_seal
from decisions.ballots.workflow import BallotState


@service
def seal_paper(*, actor: Actor, ballot: Ballot, number: str, keeper: Person, keep_until: date) -> PaperSeal:
    """Once, of a counted or void paper ballot, by 秘书科 or 总监票人; after the meeting, too."""
    ballot = lock_ballot(ballot)
    demand_may_seal(actor, ballot)
    if ballot.on_device:
        raise Refused("电子票在计票时已经销毁，没有纸质选票可封存。")
    if ballot.state not in (BallotState.COUNTED, BallotState.REPORTED, BallotState.VOIDED):
        raise Refused("计票以后才封存选票。")
    if PaperSeal.objects.filter(ballot=ballot).exists():
        raise Refused("这次票决的选票已经封存。")
    if not number.strip():
        raise Refused("请写明封条号。", field="number")
    if keep_until <= clock.today():
        raise Refused("保存期限须在今天以后。", field="keep_until")
    kept = PaperSeal.objects.create(
        committee=actor.committee,
        ballot=ballot,
        number=number.strip()[:60],
        keeper=keeper,
        keep_until=keep_until,
        entered_by=actor.person,
        at=clock.now(),
    )
    content = {"ballot": ballot.pk, "number": kept.number, "keeper": keeper.name, "keep_until": keep_until}
    seal("ballot_papers_sealed/1", ballot, content, actor=actor)
    audit(actor, "seal_paper", ballot, number=kept.number, keeper=keeper.name)
    return kept
