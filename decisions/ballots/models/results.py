"""What a ballot came to: totals alone, and on paper how they were arrived at."""

from django.db import models
from django.db.models import F, Q

from common.identity.models import Person
from common.records.models import ChainRecord
from common.tenancy.models import Record
from decisions.ballots.guards import (
    COUNT_FITS_REGISTER,
    OTHER_FITS_COUNT,
    PAPER_BY_TELLER,
    PAPER_SEALED_ONCE,
    TOTAL_FITS_ROUND,
)
from decisions.ballots.models.ballot import Ballot, BallotOfficer, BallotSlot, RosterName
from decisions.votes.models import Round


class BallotCount(Record):
    """发出 ≥ 收回 = 有效 + 无效."""

    ballot = models.OneToOneField(Ballot, models.PROTECT, related_name="tally")
    issued = models.PositiveIntegerField("发出")
    received = models.PositiveIntegerField("收回")
    valid = models.PositiveIntegerField("有效")
    invalid = models.PositiveIntegerField("无效")
    record = models.OneToOneField(ChainRecord, models.PROTECT, related_name="+")
    at = models.DateTimeField("计票时间")

    GUARDS = (COUNT_FITS_REGISTER,)

    class Meta(Record.Meta):
        verbose_name = "计票"
        constraints = [
            models.CheckConstraint(
                name="received_of_issued", condition=Q(issued__gte=F("received"), received=F("valid") + F("invalid")),
                violation_error_message="收回不能多于发出，且须等于有效与无效之和。",
            )
        ]  # fmt: skip


class SlotTotal(Record):
    """The count of one name; what it came to is the result of its round."""

    slot = models.OneToOneField(BallotSlot, models.PROTECT, related_name="total")
    round = models.OneToOneField(Round, models.PROTECT, related_name="total")
    approve = models.PositiveIntegerField("赞成")
    oppose = models.PositiveIntegerField("反对")
    abstain = models.PositiveIntegerField("弃权")
    deferred = models.PositiveIntegerField("缓议")
    invalid = models.PositiveIntegerField("废票")

    GUARDS = (TOTAL_FITS_ROUND,)


class OtherTotal(Record):
    """Votes for a name that was written in."""

    name = models.OneToOneField(RosterName, models.PROTECT, related_name="total")
    votes = models.PositiveIntegerField("得票")
    elected = models.BooleanField("当选", default=False)

    GUARDS = (OTHER_FITS_COUNT,)


class PaperCount(Record):
    """What one teller counted, apart from the other; the newest of each counts.

    `content`: {"slots": {slot id: {field: number}}, "others": {roster id: number}}.
    """

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="paper_counts")
    teller = models.ForeignKey(BallotOfficer, models.PROTECT, related_name="+")
    issued = models.PositiveIntegerField("发出")
    received = models.PositiveIntegerField("收回")
    invalid = models.PositiveIntegerField("无效")
    content = models.JSONField("各项")
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")

    GUARDS = (PAPER_BY_TELLER,)

    class Meta(Record.Meta):
        ordering = ["pk"]


class PaperSeal(Record):
    """The counted papers under their 封条: number, keeper, and until when they are kept."""

    ballot = models.OneToOneField(Ballot, models.PROTECT, related_name="seal")
    number = models.CharField("封条号", max_length=60)
    keeper = models.ForeignKey(Person, models.PROTECT, related_name="+")
    keep_until = models.DateField("保存至")
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")

    GUARDS = (PAPER_SEALED_ONCE,)
