"""What a ballot asks, in which way, under whose eyes."""

from django.db import models
from django.db.models import Q

from agenda.meetings.models import AgendaEntry
from common.identity.models import Person
from common.promises.guards import stays
from common.tenancy.models import CommitteeRow, FreeRow, Record
from common.workflow import StateChange
from decisions.ballots.guards import ACT_IN_TURN, BALLOT_MOVES, OFFICER_IMPARTIAL, SLOT_ASKS_ENTRY, part_of_draft
from decisions.ballots.workflow import LIVE, WORKFLOW
from decisions.hall.models import Sitting
from decisions.rules.models import VotingRule
from decisions.votes.models import Question, Round


class Ballot(WORKFLOW.machine(), CommitteeRow):
    """One 表决票: several names or questions, each a slot with a result of its own.

    `places`: 应选 of an election; empty where each name stands on its own. `options`: fields of the count in order.
    `public_key` and `closed_digest` (hex): what envelopes are sealed to, and SHA-256 of all at the close.
    """

    class Way(models.TextChoices):
        DEVICE = "device", "电子票"
        PAPER = "paper", "纸质票"

    entry = models.ForeignKey(AgendaEntry, models.PROTECT, related_name="ballots")
    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="ballots")
    no = models.PositiveSmallIntegerField("次序")
    rule = models.ForeignKey(VotingRule, models.PROTECT, related_name="+")
    way = models.CharField("方式", max_length=8, choices=Way.choices)
    places = models.PositiveSmallIntegerField("应选名额", null=True)
    options = models.JSONField("选项")
    follows = models.OneToOneField("self", models.PROTECT, null=True, related_name="followed_by")
    reason = models.CharField("再次表决理由", max_length=200, blank=True)
    public_key = models.CharField("公钥", max_length=64, blank=True)
    created_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    created_at = models.DateTimeField("拟定时间")
    issued_at = models.DateTimeField("发票时间", null=True)
    closed_at = models.DateTimeField("截止时间", null=True)
    closed_digest = models.CharField("截止摘要", max_length=64, blank=True)

    GUARDS = (
        BALLOT_MOVES,
        stays(
            "ballot_stays",
            *("entry_id", "sitting_id", "no", "rule_id", "way", "places", "options", "follows_id", "reason"),
            *("created_by_id", "created_at"),
            once=("public_key", "issued_at", "closed_at", "closed_digest"),
            says="票决的内容在拟定时定格，不能再改；有误的请作废后另行拟定",
        ),
    )

    class Meta(CommitteeRow.Meta):
        verbose_name = "票决"
        ordering = ["no"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "no"], name="ballot_no_once"),
            models.UniqueConstraint(
                fields=["entry"],
                condition=Q(state__in=LIVE),
                name="one_live_ballot",
                violation_error_message="本项另有一次票决没有结束。",
            ),
            models.CheckConstraint(
                name="places_of_ballot", condition=Q(places__isnull=True) | Q(places__gt=0),
                violation_error_message="应选名额须不小于一。",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.entry}（第{self.no}次票决）"

    @property
    def on_device(self) -> bool:
        return self.way == self.Way.DEVICE


class BallotChange(StateChange):
    subject = models.ForeignKey(Ballot, models.PROTECT, related_name="changes")


class BallotSlot(CommitteeRow):
    """One name or question of a ballot, in the order of the paper. Its round is opened when the ballot is issued.

    `person`: the candidate, where he is known to the register.
    """

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="slots")
    question = models.ForeignKey(Question, models.PROTECT, related_name="slots")
    position = models.PositiveSmallIntegerField("顺序")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    round = models.OneToOneField(Round, models.PROTECT, null=True, related_name="slot")

    GUARDS = (
        SLOT_ASKS_ENTRY,
        stays(
            "slot_stays", "ballot_id", "question_id", "position", "person_id", once=("round_id",),
            says="票面在拟定时定格，不能再改；有误的请作废后另行拟定",
        ),
    )  # fmt: skip

    class Meta(CommitteeRow.Meta):
        verbose_name = "票面各项"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "position"], name="slot_position_once"),
            models.UniqueConstraint(fields=["ballot", "question"], name="slot_question_once"),
        ]


class SlotRecusal(Record):
    """Who is recused from one name of a ballot only; 回避 from the whole entry is a line of the hall's record."""

    slot = models.ForeignKey(BallotSlot, models.PROTECT, related_name="recusals")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    GUARDS = (
        part_of_draft("slot_recusal_of_draft", "(SELECT ballot_id FROM decisions_ballotslot WHERE id = NEW.slot_id)"),
    )

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint(fields=["slot", "person"], name="slot_recusal_once")]


class RosterName(Record):
    """A name that may be written in (另选他人); the roster is frozen with the draft."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="roster")
    position = models.PositiveSmallIntegerField("顺序")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    name = models.CharField("姓名", max_length=40)

    GUARDS = (part_of_draft("roster_of_draft", "NEW.ballot_id"),)

    class Meta(Record.Meta):
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "position"], name="roster_position_once"),
            models.UniqueConstraint(fields=["ballot", "person"], name="roster_name_once"),
        ]


class BallotOfficer(FreeRow):
    """总监票人, 监票人 (never a candidate, never recused, never the chair) and 计票人. Named anew only in the draft."""

    class Kind(models.TextChoices):
        CHIEF = "chief", "总监票人"
        SCRUTINEER = "scrutineer", "监票人"
        TELLER = "teller", "计票人"

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="officers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField("职责", max_length=10, choices=Kind.choices)

    GUARDS = (OFFICER_IMPARTIAL,)

    class Meta(FreeRow.Meta):
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "person"], name="officer_once"),
            models.UniqueConstraint(fields=["ballot"], condition=Q(kind="chief"), name="one_chief_scrutineer"),
        ]


class BallotAct(Record):
    """One person's part in what two do together: confirming the draft, issuing, closing early, signing the report.

    `entered_by` differs from `person` only on paper, where the clerk enters what was signed.
    """

    class Step(models.TextChoices):
        CONFIRM = "confirm", "确认"
        ISSUE = "issue", "发票"
        CLOSE = "close", "截止"
        REPORT = "report", "签署报告单"

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="acts")
    step = models.CharField("步骤", max_length=8, choices=Step.choices)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.CharField("理由", max_length=300, blank=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")

    GUARDS = (ACT_IN_TURN,)

    class Meta(Record.Meta):
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["ballot", "step", "person"], name="ballot_act_once")]
