"""Hand in a ballot on the shared tablet, with the slip that a scrutineer gave."""

from common import clock
from common.identity.actor import Actor
from common.services import Refused, service
from decisions.ballots.application_key import digest_of_slip
from decisions.ballots.casting import demand_open_for_votes, hand_in
from decisions.ballots.locks import lock_for_cast
from decisions.ballots.models import Ballot, BoothSlip
from decisions.ballots.policies import may_see


@service
def cast_at_booth(*, actor: Actor, ballot: Ballot, slip: str, sealed: bytes) -> None:
    """The slip says who votes, never a name typed by the voter; used once, and void when a newer one was given.

    `actor`: whose login the tablet has.
    """
    ballot = lock_for_cast(ballot)
    demand_open_for_votes(ballot)
    found = slip_of(actor, ballot, slip)
    found.used_at = clock.now()
    found.save(update_fields=["used_at"])
    hand_in(actor, ballot, found.voter.person, sealed)


def slip_of(actor: Actor, ballot: Ballot, slip: str) -> BoothSlip:
    """The slip that holds now, for the page that binds the message to its voter, too."""
    slips = BoothSlip.objects.filter(voter__ballot=ballot).select_related("voter__person")
    found = slips.filter(digest=digest_of_slip(ballot.pk, slip)).first()
    if not may_see(actor, ballot) or found is None or slips.filter(voter=found.voter_id, pk__gt=found.pk).exists():
        raise Refused("这张投票凭条无效。请核对凭条上的数字，或请监票人另发一张。", field="slip")
    if found.used_at:
        raise Refused("这张投票凭条已经用过。", field="slip")
    return found
