"""A scrutineer signs the 票决结果报告单 (on paper the 计票单)."""

from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Person
from common.records.chain import seal
from common.services import NotAllowed, service
from common.workflow import demand_open, move
from decisions.ballots.acting import Step, acting_person, enter_act
from decisions.ballots.locks import lock_ballot
from decisions.ballots.models import Ballot, BallotCount
from decisions.ballots.policies import SCRUTINEERS, names, officers_of, scrutineer


@service
def sign_report(*, actor: Actor, ballot: Ballot, person: Person | None = None) -> Ballot:
    """All three, each himself; on paper 秘书科 may enter who signed. With the last it is reported, and sealed."""
    ballot = lock_ballot(ballot)
    demand_open(ballot, "report")
    person = acting_person(actor, ballot, person, "签署报告单")
    all_three = officers_of(ballot, *SCRUTINEERS)
    if scrutineer(ballot, person) is None:
        raise NotAllowed(f"报告单由监票人（{names(all_three)}）签署。")
    done = enter_act(actor, ballot, Step.REPORT, person)
    if done >= {one.person_id for one in all_three}:
        move(ballot, "report", actor=actor)
        count = BallotCount.objects.select_related("record").get(ballot=ballot)
        content = {"ballot": ballot.pk, "count": count.record.digest, "signed": [one.person.name for one in all_three]}
        seal("ballot_reported/1", ballot, content, actor=actor)
    audit(actor, "sign_report", ballot, person=person.name)
    return ballot
