"""How a ballot is voided: its rounds with it, what is sealed destroyed unopened; for services that hold the locks."""

from common.identity.actor import Actor
from common.records.chain import seal
from common.workflow import move
from decisions.ballots.closing import destroy_sealed, rounds_of
from decisions.ballots.models import Ballot
from decisions.votes.workflow import RoundState


def void_now(actor: Actor, ballot: Ballot, reason: str) -> None:
    """Nobody learns what was on the papers; a new ballot may be drafted in the same meeting."""
    for round_ in rounds_of(ballot):
        if round_.state == RoundState.OPEN:
            move(round_, "void", actor=actor, reason=reason[:500])
    move(ballot, "void", actor=actor, reason=reason[:500])
    destroy_sealed(ballot)
    seal("ballot_voided/1", ballot, {"ballot": ballot.pk, "reason": reason}, actor=actor)
