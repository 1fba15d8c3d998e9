"""How totals become results, from the device and from paper alike; for services that hold the locks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from common import clock
from common.identity.actor import Actor
from common.records.chain import seal
from common.workflow import move
from decisions.ballots.closing import destroy_sealed
from decisions.ballots.election import OTHER, election_verdict
from decisions.ballots.models import Ballot, BallotCount, BallotSlot, OtherTotal, SlotTotal
from decisions.ballots.rounds import is_elected
from decisions.rules.tally import Count
from decisions.votes.finishing import finish_round
from decisions.votes.models import Round
from decisions.votes.questions import FIELDS, ballot_of
from decisions.votes.questions import Ballot as Standing

COUNTED = (*FIELDS, "invalid")
WITH_ROUND = ("round__question__entry", "round__rule", "round__sitting__rule_set")


@dataclass(frozen=True)
class Counted:
    """A count as plain numbers: `slots` per slot id, field by field; `others` per id of the roster."""

    issued: int
    received: int
    valid: int
    invalid: int
    slots: Mapping[int, Mapping[str, int]]
    others: Mapping[int, int]


def write_results(actor: Actor, ballot: Ballot, counted: Counted) -> None:
    """Totals, one result a slot with its sentence, then nothing sealed is left; all in the caller's transaction."""
    slots = [(slot, slot.round) for slot in ballot.slots.select_related(*WITH_ROUND) if slot.round]
    _write_count(actor, ballot, counted)
    for slot, round_ in slots:
        SlotTotal.objects.create(committee=actor.committee, slot=slot, round=round_, **_fields(counted, slot))
    standings = {slot.pk: _standing(round_, _fields(counted, slot)) for slot, round_ in slots}
    _write_others(actor, ballot, counted, standings.values())
    for slot, _ in slots:
        standing = standings[slot.pk]
        verdict = standing.verdict(closed=True)
        if ballot.places is not None:
            verdict = election_verdict(verdict, standing.count.approve, _all_votes(counted), ballot.places)
        finish_round(actor, standing, verdict)
    move(ballot, "count", actor=actor)
    destroy_sealed(ballot)


def _fields(counted: Counted, slot: BallotSlot) -> dict[str, int]:
    return {field: counted.slots[slot.pk].get(field, 0) for field in COUNTED}


def _all_votes(counted: Counted) -> dict[str, int]:
    names = {f"{OTHER}{name}": votes for name, votes in counted.others.items()}
    return {str(slot): fields.get("approve", 0) for slot, fields in counted.slots.items()} | names


def _write_count(actor: Actor, ballot: Ballot, counted: Counted) -> None:
    content = {
        "ballot": ballot.pk,
        "way": ballot.way,
        "issued": counted.issued,
        "received": counted.received,
        "valid": counted.valid,
        "invalid": counted.invalid,
        "digest": ballot.closed_digest,
        "slots": {str(slot): dict(sorted(fields.items())) for slot, fields in sorted(counted.slots.items())},
        "others": {str(name): votes for name, votes in sorted(counted.others.items())},
    }
    BallotCount.objects.create(
        committee=actor.committee,
        ballot=ballot,
        issued=counted.issued,
        received=counted.received,
        valid=counted.valid,
        invalid=counted.invalid,
        record=seal("ballot_counted/1", ballot, content, actor=actor),
        at=clock.now(),
    )


def _write_others(actor: Actor, ballot: Ballot, counted: Counted, standings: Iterable[Standing]) -> None:
    """Names written in stand beside the candidates: the same majority, the same places."""
    if not counted.others or ballot.places is None:
        return
    least = max(standing.verdict(closed=True).needed for standing in standings)
    for name, votes in sorted(counted.others.items()):
        elected = is_elected(votes, least, _all_votes(counted), ballot.places)
        OtherTotal.objects.create(committee=actor.committee, name_id=name, votes=votes, elected=elected)


def _standing(round_: Round, fields: Mapping[str, int]) -> Standing:
    """The round with its totals; who may vote and did not is 未表决."""
    standing = ballot_of(round_)
    return replace(standing, totals=Count(**fields, not_voted=len(standing.entitled) - sum(fields.values())))
