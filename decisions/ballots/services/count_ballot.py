"""Count a ballot on the device: two scrutineers enter their codes on one screen."""

from collections.abc import Mapping

from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import Refused, demand_in_person, service
from common.workflow import demand_open
from decisions.ballots.closing import demand_same_recusals
from decisions.ballots.locks import lock_ballot_in_session
from decisions.ballots.models import Ballot
from decisions.ballots.opening import open_and_count, secret_of
from decisions.ballots.policies import demand_may_count
from decisions.ballots.results import write_results


@service
def count_ballot(*, actor: Actor, ballot: Ballot, codes: Mapping[Person, str]) -> Ballot:
    """In one transaction: checked against register, digest and marks; opened in memory; totals written, envelopes and
    keys destroyed, the chain extended. A second count finds nothing to open.

    `codes`: what two different scrutineers typed.
    """
    ballot = lock_ballot_in_session(ballot)
    demand_in_person(actor, "计票")
    demand_may_count(actor, ballot)
    if not ballot.on_device:
        raise Refused("纸质票由两名计票人分别清点登记。")
    demand_open(ballot, "count")
    demand_same_recusals(ballot)
    totals = open_and_count(ballot, secret_of(ballot, codes))
    write_results(actor, ballot, totals)
    audit(actor, "count_ballot", ballot, scrutineers=[person.name for person in codes])
    return ballot
