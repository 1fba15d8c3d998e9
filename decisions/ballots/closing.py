"""How a ballot closes: for ever, with the number of its envelopes and the digest of them all in the chain."""

from collections.abc import Iterable

from common import clock
from common.identity.actor import Actor
from common.records.chain import seal
from common.services import Refused
from common.workflow import move
from decisions.ballots.envelope import digest_of
from decisions.ballots.models import Ballot, BallotEnvelope, BallotVoter, BallotWrap
from decisions.hall.questions import present_ids, quorum, recused_ids
from decisions.rules.tally import Act, Room
from decisions.votes.models import Round, RoundMember


def close_now(actor: Actor, ballot: Ballot, reason: str = "") -> None:
    """The caller holds the ballot's lock: no cast comes after this, and there is no reopening."""
    envelopes = sealed_of(ballot)
    ballot.closed_at = clock.now()
    if ballot.on_device:
        ballot.closed_digest = digest_of(envelopes)
    ballot.save(update_fields=["closed_at", "closed_digest"])
    move(ballot, "close", actor=actor, reason=reason[:500])
    content = {"ballot": ballot.pk, "envelopes": len(envelopes), "digest": ballot.closed_digest, "reason": reason}
    seal("ballot_closed/1", ballot, content, actor=actor)


def sealed_of(ballot: Ballot) -> list[bytes]:
    """All envelopes as bytes, in the order of their bytes, which is none."""
    return sorted(bytes(one) for one in BallotEnvelope.objects.filter(ballot=ballot).values_list("sealed", flat=True))


def destroy_sealed(ballot: Ballot) -> None:
    """With the count or the voiding, in its transaction; before, the database refuses it."""
    BallotEnvelope.objects.filter(ballot=ballot).delete()
    BallotWrap.objects.filter(ballot=ballot).delete()


def demand_still_quorate(ballot: Ballot) -> None:
    """Taking part are the entitled who have voted or are still in the room; with too few it can only be voided."""
    cast = BallotVoter.objects.filter(ballot=ballot, cast=True).values_list("person_id", flat=True)
    taking_part = present_ids(ballot.sitting.meeting_id) | set(cast)
    for round_ in rounds_of(ballot):
        members = list(RoundMember.objects.filter(round=round_))
        here = sum(member.entitled and member.person_id in taking_part for member in members)
        room = Room(round_.due, here, sum(member.recused for member in members))
        verdict = quorum(ballot.rule, room, Act.VOTE)
        if not verdict.met:
            raise Refused(f"表决中有人离席：{verdict.sentence}这次票决只能作废。")


def demand_same_recusals(ballot: Ballot) -> None:
    """A 回避 entered since the issue takes its person's vote away, and nobody can take it out of the envelopes."""
    now = recused_ids(ballot.entry)
    members = RoundMember.objects.filter(round__slot__ballot=ballot, recused=False, entitled=True, person__in=now)
    if late := list(dict.fromkeys(members.values_list("name", flat=True))):
        raise Refused(f"发票以后登记了{'、'.join(late)}的回避，这次票决不能计票。请由总监票人或主持人作废，另发新票。")


def rounds_of(ballot: Ballot) -> Iterable[Round]:
    """The rounds of its slots, in order."""
    rounds = Round.objects.filter(slot__ballot=ballot).select_related("question__entry", "rule", "sitting__rule_set")
    return rounds.order_by("slot__position")
