"""A scrutineer gives a voter the slip for the shared tablet."""

import secrets

from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import Refused, service
from decisions.ballots.application_key import digest_of_slip
from decisions.ballots.casting import demand_open_for_votes
from decisions.ballots.locks import lock_ballot
from decisions.ballots.models import Ballot, BallotVoter, BoothSlip
from decisions.ballots.policies import demand_scrutineer

DIGITS = 12


@service
def give_slip(*, actor: Actor, ballot: Ballot, person: Person) -> str:
    """Twelve digits in fours, shown once, for this voter alone; another one makes the earlier void."""
    ballot = lock_ballot(ballot)
    demand_scrutineer(actor, ballot, "发放投票凭条")
    demand_open_for_votes(ballot)
    voter = BallotVoter.objects.filter(ballot=ballot, person=person, eligible=True).first()
    if voter is None:
        raise Refused(f"{person.name}不参加这次票决，不发投票凭条。")
    if voter.cast:
        raise Refused(f"{person.name}已经投票，不再发投票凭条。")
    slip = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    BoothSlip.objects.create(
        committee=actor.committee,
        voter=voter,
        digest=digest_of_slip(ballot.pk, slip),
        given_by=actor.person,
        at=clock.now(),
    )
    audit(actor, "give_slip", ballot, person=person.name)
    return " ".join(slip[place : place + 4] for place in range(0, DIGITS, 4))
