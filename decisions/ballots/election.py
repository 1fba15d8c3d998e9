"""An election as it came out, from the rows of its ballot: who is elected, who stands again, and the sentences."""

from dataclasses import dataclass

from decisions.ballots.models import Ballot, BallotSlot, OtherTotal
from decisions.ballots.rounds import elect, is_elected, next_candidates
from decisions.rules.tally import Verdict

OTHER = "other"


@dataclass(frozen=True)
class Again:
    """Who stands again for how many places, and why."""

    slots: list[BallotSlot]
    open_places: int
    reason: str


def standing_again(ballot: Ballot) -> Again:
    """After a counted round: the tied alone, or the first by votes and fewer than before (decisions/ballots/rounds.py).

    A name written in that was not elected does not become a candidate by that.
    """
    slots = list(ballot.slots.select_related("question", "total", "round__result").order_by("position"))
    others = OtherTotal.objects.filter(name__ballot=ballot)
    least = max(slot.round.result.needed for slot in slots if slot.round)
    votes = {slot.pk: slot.total.approve for slot in slots} | {f"{OTHER}{one.pk}": one.votes for one in others}
    result = elect(votes, dict.fromkeys(votes, least), ballot.places or 0)
    standing = {name: number for name, number in votes.items() if not str(name).startswith(OTHER)}
    names = next_candidates(standing, result, max(1, ballot.rule.spare))
    reason = "得票相等，再次选举" if result.tied else "当选人数不足应选名额，再次选举"
    return Again([slot for slot in slots if slot.pk in names], result.open_places, reason)


def election_verdict(majority: Verdict, votes: int, all_votes: dict[str, int], places: int) -> Verdict:
    """The majority's verdict as an election words it: 当选, or why not."""
    elected = is_elected(votes, majority.needed, all_votes, places)
    stem = majority.sentence.removesuffix("未通过。").removesuffix("通过。")
    if elected:
        ending = "当选。"
    elif majority.met:
        ending = f"得票未列前 {places} 名或与他人相等，未当选。"
    else:
        ending = "未当选。"
    return Verdict(elected, majority.needed, majority.missing, stem + ending)
