"""The paper way: what tellers enter is checked against itself, and against the other's."""

from collections.abc import Mapping
from typing import Any

from common.services import Refused
from decisions.ballots.models import Ballot, BallotVoter, PaperCount
from decisions.ballots.policies import Kind, officers_of
from decisions.ballots.results import Counted
from decisions.votes.models import RoundMember


def normal_content(ballot: Ballot, slots: Mapping[int, Mapping[str, int]], others: Mapping[int, int]) -> dict[str, Any]:
    """Every slot and option in figures; nothing that is not on the paper."""
    asked = list(ballot.slots.order_by("position").values_list("pk", flat=True))
    known = (*ballot.options, "invalid")
    names = set(ballot.roster.values_list("pk", flat=True))
    if set(slots) != set(asked) or any(set(fields) - set(known) for fields in slots.values()) or set(others) - names:
        raise Refused("登记的各项须与表决票一致，每项都要登记。")
    numbers = [number for fields in slots.values() for number in fields.values()] + list(others.values())
    if any(number < 0 for number in numbers):
        raise Refused("票数须为不小于零的整数。")
    return {
        "slots": {str(slot): {field: slots[slot].get(field, 0) for field in known} for slot in asked},
        "others": {str(name): votes for name, votes in sorted(others.items()) if votes},
    }


def demand_sums(ballot: Ballot, issued: int, received: int, invalid: int, content: dict[str, Any]) -> None:
    """发出 at most one a voter; 无效 within 收回; each question adds up to the valid papers, less the recused.

    More received than issued is no slip of the pen: it is entered, and voids the ballot when both found it.
    """
    voters = BallotVoter.objects.filter(ballot=ballot, eligible=True).count()
    if issued > voters:
        raise Refused(f"发出 {issued} 张，多于投票人 {voters} 人。请重新清点。", field="issued")
    if not 0 <= invalid <= received:
        raise Refused(f"无效 {invalid} 张，多于收回的 {received} 张。请重新清点。", field="invalid")
    if received > issued:
        return
    valid, recused = received - invalid, _recused(ballot)
    for place, slot in enumerate(ballot.slots.order_by("position"), start=1):
        total = sum(content["slots"][str(slot.pk)].values())
        if not max(0, valid - recused.get(slot.pk, 0)) <= total <= valid:
            raise Refused(
                f"第 {place} 项各栏合计 {total}，与有效票 {valid} 张不符。请重新清点。", field=f"slot-{slot.pk}"
            )
    if ballot.places is not None:
        chosen = sum(fields["approve"] for fields in content["slots"].values()) + sum(content["others"].values())
        if chosen > ballot.places * valid:
            raise Refused(f"赞成和另选合计 {chosen}，多于有效票 {valid} 张各选 {ballot.places} 人。请重新清点。")


def agreed(ballot: Ballot) -> Counted | None:
    """What both tellers found, None where one has not counted or they differ."""
    newest = {count.teller_id: count for count in PaperCount.objects.filter(ballot=ballot).order_by("pk")}
    counts = list(newest.values())
    if len(counts) < 2 or any(_key(one) != _key(counts[0]) for one in counts):
        return None
    return _counted(ballot, counts[0])


def waiting_tellers(ballot: Ballot) -> list[str]:
    """Names of those who have not counted yet; empty where both have, and differ or agree."""
    done = set(PaperCount.objects.filter(ballot=ballot).values_list("teller_id", flat=True))
    return [one.person.name for one in officers_of(ballot, Kind.TELLER) if one.pk not in done]


def received_more(issued: int, received: int) -> str:
    return f"发出 {issued} 张，收回 {received} 张，收回多于发出，作废重投"


def _key(count: PaperCount) -> tuple[Any, ...]:
    return count.issued, count.received, count.invalid, count.content


def _counted(ballot: Ballot, count: PaperCount) -> Counted:
    """Papers void as wholes are 废票 of every question, as far as people could vote on it."""
    entitled: dict[int, int] = {}
    for slot in RoundMember.objects.filter(round__slot__ballot=ballot, entitled=True).values_list(
        "round__slot", flat=True
    ):
        entitled[slot] = entitled.get(slot, 0) + 1
    slots = {}
    for key, fields in count.content["slots"].items():
        room = entitled.get(int(key), 0) - sum(fields.values())
        slots[int(key)] = {**fields, "invalid": fields["invalid"] + max(0, min(count.invalid, room))}
    others = {int(name): votes for name, votes in count.content["others"].items()}
    return Counted(count.issued, count.received, count.received - count.invalid, count.invalid, slots, others)


def _recused(ballot: Ballot) -> dict[int, int]:
    """Per slot how many of the voters are recused from it alone."""
    voters = BallotVoter.objects.filter(ballot=ballot, eligible=True).values("person")
    members = RoundMember.objects.filter(round__slot__ballot=ballot, recused=True, person__in=voters)
    found: dict[int, int] = {}
    for slot in members.values_list("round__slot", flat=True):
        found[slot] = found.get(slot, 0) + 1
    return found
