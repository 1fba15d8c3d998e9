"""Close a vote and say what it came to."""

from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Refused, service
from decisions.hall.questions import present_ids, quorum, recused_ids
from decisions.rules.tally import Act, Room
from decisions.votes.finishing import finish_round
from decisions.votes.locks import lock_open_round
from decisions.votes.models import Choice, Round, RoundResult
from decisions.votes.questions import Ballot, ballot_of, members_words


@service
def close_round(*, actor: Actor, round_: Round) -> RoundResult:
    """By name everybody entitled must be entered, by hands the count must be; then tally.py decides.

    Those who left without voting do not take part: where too few are left, the round can only be voided.
    """
    sitting, round_ = lock_open_round(actor=actor, round_=round_)
    ballot = ballot_of(round_)
    if round_.form == Round.Form.SECRET:
        raise Refused("无记名票决由监票人计票，不在这里宣布结果。")
    if round_.form == Round.Form.RECORDED and ballot.waiting:
        names = members_words(ballot.waiting)
        raise Refused(f"{names}还没有登记，不能宣布结果。请逐人登记；没有表示的登记为未表决。")
    if round_.form == Round.Form.SHOW_OF_HANDS and ballot.hands is None:
        raise Refused("还没有登记举手人数，不能宣布结果。")
    _demand_same_recusals(ballot)
    _demand_still_quorate(ballot, present_ids(sitting.meeting_id))
    result = finish_round(actor, ballot)
    audit(actor, "close_round", round_, label=f"{round_.question}", sentence=result.sentence)
    return result


def _demand_same_recusals(ballot: Ballot) -> None:
    now = recused_ids(ballot.round.question.entry)
    changed = [member for member in ballot.members if member.recused != (member.person_id in now)]
    if changed:
        raise Refused(f"表决开始后{members_words(changed)}的回避有变动，这一轮不能计票。请作废后重新表决。")


def _demand_still_quorate(ballot: Ballot, present: set[int]) -> None:
    """Taking part are the entitled who voted or are still in the room; of raised hands, as many as were counted.

    未表决 of somebody who has left is no part in the vote.
    """
    voted = {person for person, vote in ballot.votes.items() if vote.choice != Choice.NOT_VOTED}
    taking_part = sum(member.person_id in present | voted for member in ballot.entitled)
    taking_part = max(taking_part, ballot.count.valid if ballot.hands else 0)
    room = Room(ballot.room.due, taking_part, ballot.room.recused)
    verdict = quorum(ballot.round.rule, room, Act.VOTE)
    if not verdict.met:
        raise Refused(f"表决中有人离席：{verdict.sentence}这一轮只能作废。")
