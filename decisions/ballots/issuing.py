"""What happens when a ballot is issued: rounds, register, keys; for issue_ballot, which holds the locks."""

from typing import Any

from common.identity.actor import Actor
from common.services import Refused
from decisions.ballots.drafting import FEWEST
from decisions.ballots.keys import new_secret, public_of, wrap_for_pairs
from decisions.ballots.models import Ballot, BallotCode, BallotVoter, BallotWrap, RosterName
from decisions.ballots.policies import SCRUTINEERS, names, officers_of
from decisions.hall.questions import recused_ids
from decisions.votes.models import Round, RoundMember
from decisions.votes.opening import start_round


def demand_officers_impartial(ballot: Ballot) -> None:
    """Who was named and is recused by now does not watch."""
    now = recused_ids(ballot.entry)
    if barred := [one for one in officers_of(ballot) if one.person_id in now]:
        raise Refused(f"{names(barred)}在本项回避，不能监票、计票。请作废后重新拟定，另定人选。")


def open_rounds(actor: Actor, ballot: Ballot) -> None:
    """One round a slot, each with the quorum of this moment; a new round of an election says why."""
    for slot in ballot.slots.select_related("question").prefetch_related("recusals"):
        slot.round = start_round(
            actor,
            ballot.sitting,
            ballot.entry,
            slot.question,
            Round.Form.SECRET,
            ballot.reason,
            also_recused={one.person_id for one in slot.recusals.all()},
        )
        slot.save(update_fields=["round"])


def write_register(actor: Actor, ballot: Ballot) -> list[BallotVoter]:
    """Everybody due; eligible who may vote in at least one slot. Those eligible are returned."""
    may: dict[int, bool] = {}
    for member in RoundMember.objects.filter(round__slot__ballot=ballot).order_by("rank_order", "pk"):
        may[member.person_id] = may.get(member.person_id, False) or member.entitled
    voters = BallotVoter.objects.bulk_create(
        BallotVoter(committee=actor.committee, ballot=ballot, person_id=person, eligible=eligible)
        for person, eligible in may.items()
    )
    return [voter for voter in voters if voter.eligible]


def make_keys(actor: Actor, ballot: Ballot, voters: list[BallotVoter]) -> str:
    """The ballot's public key (hex). The secret one leaves this function only sealed to every pair of scrutineers."""
    if len(voters) < FEWEST:
        raise Refused(f"到会有表决权的只有 {len(voters)} 人，不足 {FEWEST} 人，不用电子票。请作废后改用纸质票。")
    codes = codes_of(ballot)
    if lacking := [one for one in officers_of(ballot, *SCRUTINEERS) if one.pk not in codes]:
        raise Refused(f"{names(lacking)}还没有领取监票口令，不能发票。请其在自己的页面上领取。")
    secret = new_secret()
    publics = {code.pk: bytes.fromhex(code.public_key) for code in codes.values()}
    for (one, other), wrapped in wrap_for_pairs(secret, publics).items():
        BallotWrap.objects.create(committee=actor.committee, ballot=ballot, one_id=one, other_id=other, sealed=wrapped)
    return public_of(secret).hex()


def codes_of(ballot: Ballot) -> dict[int, BallotCode]:
    """Per scrutineer (officer id) the newest code."""
    return {code.officer_id: code for code in BallotCode.objects.filter(officer__ballot=ballot).order_by("pk")}


def content_of(ballot: Ballot, voters: list[BallotVoter]) -> dict[str, Any]:
    """What the chain keeps of an issue."""
    roster = RosterName.objects.filter(ballot=ballot).order_by("position")
    return {
        "ballot": ballot.pk,
        "entry": ballot.entry_id,
        "no": ballot.no,
        "way": ballot.way,
        "places": ballot.places,
        "options": list(ballot.options),
        "slots": [
            {
                "position": slot.position,
                "question": slot.question_id,
                "text": slot.question.text,
                "round": slot.round_id,
            }
            for slot in ballot.slots.select_related("question")
        ],
        "roster": [name.name for name in roster],
        "voters": [voter.person_id for voter in voters],
        "officers": [{"kind": one.kind, "name": one.person.name} for one in officers_of(ballot)],
        "public_key": ballot.public_key,
    }
