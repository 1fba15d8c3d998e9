"""What a draft must be like; for draft_ballot, which holds the locks."""

from collections.abc import Collection, Mapping, Sequence

from agenda.meetings.models import AgendaEntry
from common.identity.models import Person
from common.services import Refused
from decisions.ballots.election import standing_again
from decisions.ballots.models import Ballot
from decisions.ballots.workflow import BallotState
from decisions.hall.models import Sitting
from decisions.hall.questions import present_ids, recused_ids
from decisions.rules.models import VotingRule
from decisions.rules.spec import WAYS
from decisions.votes.models import Choice, Question
from decisions.votes.questions import FIELDS, choices_for
from decisions.votes.workflow import RoundState

FEWEST = 5
ELECTION = (Choice.APPROVE.value, Choice.OPPOSE.value, Choice.ABSTAIN.value)


def demand_as_ruled(rule: VotingRule, way: str, roster: Sequence[Person], follows: Ballot | None) -> None:
    """The way the rule has (表决办法); in an election 另选他人 and further rounds as far as it has them."""
    if way not in rule.ways:
        words = "、".join(WAYS[one] for one in rule.ways)
        raise Refused(f"规则规定{rule.get_matter_display()}用{words}，请改用规则规定的办法。", field="way")
    if rule.matter != VotingRule.Matter.ELECTION:
        return
    if roster and not rule.write_in:
        raise Refused("规则没有规定可以另选他人。请去掉另选名册。", field="roster")
    if follows and rounds_held(follows) >= rule.rounds:
        raise Refused(f"规则规定最多投 {rule.rounds} 轮，已经投满。余下的名额请缓议，另行研究。", field="follows")


def rounds_held(ballot: Ballot) -> int:
    """How many rounds of this election were held, this one included."""
    held = 1
    while ballot.follows is not None:
        ballot, held = ballot.follows, held + 1
    return held


def demand_places(places: int | None, names: int) -> None:
    """差额 or 等额: at least one, at most as many as there are names."""
    if places is not None and not 1 <= places <= names:
        raise Refused(f"应选名额须在 1 与候选人数 {names} 之间。", field="places")


def demand_options(rule: VotingRule, options: Sequence[str], places: int | None) -> list[str]:
    """As given, or what the matter knows; in an election nothing marked is 弃权, so that it must be among them."""
    chosen = list(options) or ([*ELECTION] if places else [value for value, _ in choices_for(rule)])
    if set(chosen) - set(FIELDS) or len(set(chosen)) < len(chosen) or not {"approve", "oppose"} <= set(chosen):
        raise Refused("选项须有赞成和反对，另可有弃权、缓议，各列一次。", field="options")
    if places and Choice.ABSTAIN not in chosen:
        raise Refused("选举的选项须有弃权。", field="options")
    return chosen


def demand_roster(roster: Sequence[Person], people: Mapping[int, Person], places: int | None) -> None:
    """另选他人 is a matter of elections; candidates are on the paper already."""
    if roster and places is None:
        raise Refused("只有选举才能另选他人。", field="roster")
    standing = {person.pk for person in people.values()}
    twice = [person.name for person in roster if person.pk in standing]
    if twice or len({person.pk for person in roster}) < len(roster):
        raise Refused(f"另选名册不列候选人，每人只列一次：{'、'.join(twice) or '有重复'}。", field="roster")


def demand_due(sitting: Sitting, recused: Mapping[int, Collection[Person]]) -> None:
    """回避 concerns who is due."""
    due = set(sitting.due_members.values_list("person_id", flat=True))
    for person in (person for people in recused.values() for person in people):
        if person.pk not in due:
            raise Refused(f"{person.name}不是本次会议的应到成员，不用登记回避。", field="recused")


def demand_enough_voters(sitting: Sitting, entry: AgendaEntry) -> None:
    """Among four the totals alone give votes away: paper is there, too, but nothing stays in a machine."""
    here = present_ids(sitting.meeting_id) - recused_ids(entry)
    voters = [one for one in sitting.due_members.all() if one.counts and one.votes and one.person_id in here]
    if len(voters) < FEWEST:
        raise Refused(f"到会有表决权的只有 {len(voters)} 人，不足 {FEWEST} 人，不用电子票。请改用纸质票。", field="way")


def demand_reason(questions: Sequence[Question], reason: str) -> str:
    """What was voted on is voted on again with a reason only."""
    again = [question for question in questions if question.rounds.filter(state=RoundState.CLOSED).exists()]
    if again and not reason.strip():
        raise Refused(f"「{again[0]}」已经表决。确需重新表决的，请写明理由。", field="reason")
    return reason.strip()[:200]


def demand_follows(
    entry: AgendaEntry, questions: Sequence[Question], places: int | None, follows: Ballot | None
) -> str:
    """The next round of an election: its open places, the names by rule; the reason that goes with it."""
    if follows is None:
        return ""
    if follows.entry_id != entry.pk or follows.places is None:
        raise Refused("再次选举须接着本项的上一轮选举。", field="follows")
    if follows.state not in (BallotState.COUNTED, BallotState.REPORTED):
        raise Refused(f"上一轮选举{follows.get_state_display()}，还不能再次选举。", field="follows")
    again = standing_again(follows)
    if not again.open_places:
        raise Refused("上一轮应选名额已经选满，不再选举。", field="follows")
    standing = [slot.question_id for slot in again.slots]
    if places != again.open_places or {question.pk for question in questions} != set(standing):
        words = "、".join(str(slot.question) for slot in again.slots)
        raise Refused(f"再次选举应选 {again.open_places} 人，候选人为{words}。", field="questions")
    return again.reason
