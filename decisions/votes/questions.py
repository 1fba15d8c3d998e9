"""Questions about a vote: how it is counted, how it stands, what may be answered. Counting itself is tally.py's."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from agenda.meetings.workflow import EntryState
from common.services import Refused
from decisions.hall.questions import present_ids
from decisions.rules.counting import counting_rule, wording_of
from decisions.rules.models import VotingRule
from decisions.rules.tally import Count, Room, Verdict, unanimous_verdict, vote_verdict
from decisions.votes.models import Choice, HandCount, Round, RoundMember, RoundResult, Vote
from decisions.votes.workflow import RoundState

FIELDS = ("approve", "oppose", "abstain", "deferred")


@dataclass(frozen=True)
class Ballot:
    """A round with all that decides it: who may vote, and what was entered.

    `totals`: of a secret round once it is counted; nobody's vote stands anywhere.
    """

    round: Round
    members: list[RoundMember]
    votes: dict[int, Vote]
    hands: HandCount | None
    totals: Count | None = None

    @property
    def entitled(self) -> list[RoundMember]:
        return [member for member in self.members if member.entitled]

    @property
    def room(self) -> Room:
        """As at the opening of the round: 应到, who may vote, who is recused."""
        return Room(self.round.due, len(self.entitled), sum(member.recused for member in self.members))

    @cached_property
    def present(self) -> set[int]:
        """Who is in the room now, not only at the opening."""
        return present_ids(self.round.question.entry.meeting_id)

    @property
    def waiting(self) -> list[RoundMember]:
        """记名: entitled, and neither a vote nor 未表决 is entered."""
        return [member for member in self.entitled if member.person_id not in self.votes]

    @property
    def count(self) -> Count:
        """Everybody entitled in exactly one field; who is not entered yet counts as 未表决."""
        if self.totals is not None:
            return self.totals
        if self.round.form == Round.Form.ORAL:
            return Count(approve=len(self.entitled))
        if self.round.form == Round.Form.RECORDED:
            choices = Counter(vote.choice for vote in self.votes.values())
            given = {field: choices[field] for field in FIELDS}
        else:
            given = {field: getattr(self.hands, field, 0) for field in FIELDS}
        return Count(**given, not_voted=len(self.entitled) - sum(given.values()))

    def verdict(self, *, closed: bool) -> Verdict:
        """How it stands (`closed=False`) or what it came to, with the sentence."""
        rule = counting_rule(self.round.rule)
        try:
            if self.round.form == Round.Form.ORAL:
                return unanimous_verdict(rule, self.room)
            return vote_verdict(rule, self.room, self.count, closed=closed)
        except ValueError as error:
            raise Refused(str(error)) from error


def ballot_of(round_: Round) -> Ballot:
    """Two queries; of each person the vote that was not corrected counts, and the newest count of hands."""
    votes: dict[int, Vote] = {}
    hands = None
    if round_.form == Round.Form.RECORDED:
        votes = {vote.person_id: vote for vote in Vote.objects.filter(round=round_, corrected_by__isnull=True)}
    elif round_.form == Round.Form.SHOW_OF_HANDS:
        hands = HandCount.objects.filter(round=round_).last()
    return Ballot(round_, list(RoundMember.objects.filter(round=round_)), votes, hands, _secret_totals(round_))


def _secret_totals(round_: Round) -> Count | None:
    """What a counted secret round came to; None of any other."""
    result = RoundResult.objects.filter(round=round_).first() if round_.form == Round.Form.SECRET else None
    if result is None:
        return None
    given = {field: getattr(result, field) for field in (*FIELDS, "invalid")}
    return Count(**given, not_voted=result.present - sum(given.values()))


def choices_for(rule: VotingRule) -> list[tuple[str, str]]:
    """(value, word) as the rule has them: 赞成、反对、弃权, on cadres 同意、不同意、缓议. 未表决 is entered apart."""
    labels = wording_of(rule.matter).labels
    return [(value, labels[value]) for value in rule.options]


def demand_choice(rule: VotingRule, choice: str) -> None:
    """Only what the kind of matter knows, or 未表决."""
    words = dict(choices_for(rule))
    if choice not in words and choice != Choice.NOT_VOTED:
        raise Refused(f"这一事项只能表示{'、'.join(words.values())}。")


def members_words(members: Iterable[RoundMember]) -> str:
    """Names in their order, 等 n 人 beyond six."""
    names = [member.name for member in members]
    return "、".join(names[:6]) + (f"等 {len(names)} 人" if len(names) > 6 else "")


def why_not_void(round_: Round) -> str:
    """Why a round cannot be voided any more; empty where it can. `round_` comes with its question and entry."""
    entry = round_.question.entry
    if round_.state == RoundState.VOIDED:
        return "这一轮表决已经作废。"
    if entry.state != EntryState.DISCUSSING:
        return f"「{entry}」{entry.get_state_display()}，表决结果已写入记录，不能作废。有误的，请在纪要中写明。"
    if round_.state == RoundState.OPEN and round_.form == Round.Form.SECRET:
        return "无记名票决随整张票作废，不逐项作废。请由总监票人或主持人作废这次票决。"
    if round_.state == RoundState.CLOSED and not round_.members.filter(recused=True).exists():
        return (
            "这一轮已经计票，不能作废：已计票的，只有回避登记有误时才作废。确需重新表决的，请用「重新表决」并写明理由。"
        )
    return ""
