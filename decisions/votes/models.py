"""表决: what is decided (question), each round of it, the votes and the result."""

from django.db import models
from django.db.models import Q

from agenda.items.models import Item
from agenda.meetings.models import AgendaEntry
from common.identity.models import Person
from common.records.models import ChainRecord
from common.tenancy.models import CommitteeRow, Record
from common.workflow import StateChange
from decisions.hall.models import Sitting
from decisions.rules.models import VotingRule
from decisions.votes.guards import (
    COUNT_FITS_ROOM,
    MEMBER_IS_ENTITLED,
    QUESTION_STAYS_AS_VOTED,
    RESULT_IS_COUNTED,
    ROUND_CLOSES_WITH_RESULT,
    ROUND_HAS_QUORUM,
    VOTE_BY_ENTITLED,
)
from decisions.votes.workflow import WORKFLOW


class Question(CommitteeRow):
    """A 议决事项 of an entry: one thing the body says yes or no to (逐项表决).

    `item`: whose sheet asks it; empty where it was put at the meeting on joined items. `settled`: decided otherwise
    than 缓议, so that it is not asked again when its item comes back.
    """

    entry = models.ForeignKey(AgendaEntry, models.PROTECT, related_name="questions")
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="questions")
    position = models.PositiveSmallIntegerField("顺序")
    text = models.TextField("议决事项")
    dropped_at = models.DateTimeField("撤下时间", null=True)
    settled = models.BooleanField("已有结论", default=False)

    GUARDS = (QUESTION_STAYS_AS_VOTED,)

    class Meta(CommitteeRow.Meta):
        verbose_name = "议决事项"
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["entry", "position"], name="question_position_once")]

    def __str__(self) -> str:
        return self.text[:60]


class Round(WORKFLOW.machine(), CommitteeRow):
    """One vote on a question. Who is due, present and entitled stays as at the moment of opening.

    A secret one belongs to a slot of a ballot (decisions/ballots), which opens, counts and voids it.
    """

    class Form(models.TextChoices):
        ORAL = "oral", "口头"
        SHOW_OF_HANDS = "show_of_hands", "举手"
        RECORDED = "recorded", "记名"
        SECRET = "secret", "无记名"

    question = models.ForeignKey(Question, models.PROTECT, related_name="rounds")
    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="rounds")
    no = models.PositiveSmallIntegerField("轮次")
    form = models.CharField("方式", max_length=16, choices=Form.choices)
    rule = models.ForeignKey(VotingRule, models.PROTECT, related_name="+")
    due = models.PositiveIntegerField("应到")
    opened_at = models.DateTimeField("开始")

    GUARDS = (ROUND_HAS_QUORUM, ROUND_CLOSES_WITH_RESULT)

    class Meta(CommitteeRow.Meta):
        verbose_name = "表决"
        ordering = ["no"]
        constraints = [
            models.UniqueConstraint(fields=["question", "no"], name="round_no_once"),
            models.UniqueConstraint(
                fields=["question"],
                condition=Q(state="open"),
                name="one_open_round",
                violation_error_message="这一事项正在表决。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}（第{self.no}轮）"


class RoundChange(StateChange):
    subject = models.ForeignKey(Round, models.PROTECT, related_name="changes")


class RoundMember(Record):
    """A member as at the opening of the round: present or not, recused or not. Only the entitled may vote."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    name = models.CharField("姓名", max_length=40)
    rank_order = models.PositiveIntegerField("排序")
    present = models.BooleanField("到会")
    recused = models.BooleanField("回避", default=False)
    entitled = models.BooleanField("可表决")

    GUARDS = (MEMBER_IS_ENTITLED,)

    class Meta(Record.Meta):
        ordering = ["rank_order", "pk"]
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="round_member_once")]


class Choice(models.TextChoices):
    """What a member may say in an open vote; the words follow the kind of matter."""

    APPROVE = "approve", "赞成"
    OPPOSE = "oppose", "反对"
    ABSTAIN = "abstain", "弃权"
    DEFER = "deferred", "缓议"
    NOT_VOTED = "not_voted", "未表决"


class Vote(Record):
    """One member's vote by name. A correction before the round closes is a further row; the newest counts.

    `own`: given by himself on his own device; then nobody else corrects it, nor he what the clerk entered for him.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="votes")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    choice = models.CharField("表决", max_length=12, choices=Choice.choices)
    reason = models.CharField("理由", max_length=500, blank=True)
    own = models.BooleanField("本人表决", default=False)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    at = models.DateTimeField("时间")

    GUARDS = (VOTE_BY_ENTITLED,)

    class Meta(Record.Meta):
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "person"],
                condition=Q(corrects__isnull=True),
                name="one_vote_each",
                violation_error_message="此人已经表决；写错了请更正。",
            ),
            models.CheckConstraint(
                name="vote_own_by_himself",
                condition=Q(own=False) | Q(entered_by=models.F("person")),
                violation_error_message="本人表决须由本人登记。",
            ),
        ]


class HandCount(Record):
    """Raised hands as counted in the room. A correction before the round closes is a further row; the newest counts."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="hand_counts")
    approve = models.PositiveIntegerField("赞成")
    oppose = models.PositiveIntegerField("反对")
    abstain = models.PositiveIntegerField("弃权", default=0)
    deferred = models.PositiveIntegerField("缓议", default=0)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")

    GUARDS = (COUNT_FITS_ROOM,)

    class Meta(Record.Meta):
        verbose_name = "举手计数"
        ordering = ["pk"]


class RoundResult(Record):
    """The verdict of a closed round, with its sentence, frozen in the chain."""

    round = models.OneToOneField(Round, models.PROTECT, related_name="result")
    passed = models.BooleanField("通过")
    due = models.PositiveIntegerField("应到")
    present = models.PositiveIntegerField("实到")
    approve = models.PositiveIntegerField("赞成")
    oppose = models.PositiveIntegerField("反对")
    abstain = models.PositiveIntegerField("弃权")
    deferred = models.PositiveIntegerField("缓议", default=0)
    invalid = models.PositiveIntegerField("废票", default=0)
    needed = models.PositiveIntegerField("须赞成")
    sentence = models.CharField("说明", max_length=300)
    record = models.OneToOneField(ChainRecord, models.PROTECT, related_name="+")

    GUARDS = (RESULT_IS_COUNTED,)

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                name="nobody_counted_twice",
                condition=Q(
                    present__gte=models.F("approve")
                    + models.F("oppose")
                    + models.F("abstain")
                    + models.F("deferred")
                    + models.F("invalid")
                ),
                violation_error_message="票数之和不能多于到会人数。",
            )
        ]
