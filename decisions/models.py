"""Names the subjects' models, so that Django finds them."""

from decisions.hall.models import Attendance, ChairChange, DueMember, EntryNote, Sitting
from decisions.minutes.models import DecisionNotice, Minutes, MinutesChange, MinutesDraft, NoticeReceipt
from decisions.outcomes.models import DecidedMatter, Decision, MatterCoUnit
from decisions.rules.models import VotingRule, VotingRuleSet
from decisions.votes.models import HandCount, Question, Round, RoundChange, RoundMember, RoundResult, Vote

__all__ = [
    "Attendance",
    "ChairChange",
    "DecidedMatter",
    "Decision",
    "DecisionNotice",
    "DueMember",
    "EntryNote",
    "HandCount",
    "MatterCoUnit",
    "Minutes",
    "MinutesChange",
    "MinutesDraft",
    "NoticeReceipt",
    "Question",
    "Round",
    "RoundChange",
    "RoundMember",
    "RoundResult",
    "Sitting",
    "Vote",
    "VotingRule",
    "VotingRuleSet",
]
