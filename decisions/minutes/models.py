"""纪要 and decision notices: drafted from the meeting's own records, frozen at signing, printed from the frozen bytes."""

from django.db import models
from django.db.models import Q

from agenda.meetings.models import Meeting
from committee.units.models import Unit
from common.documents.models import RenderedDocument
from common.identity.models import Person
from common.numbers.models import IssuedNumber
from common.records.models import ChainRecord
from common.tenancy.models import CommitteeRow, FreeRow, Record
from common.workflow import StateChange
from decisions.minutes.workflow import WORKFLOW
from decisions.outcomes.models import DecidedMatter


class Minutes(WORKFLOW.machine(), CommitteeRow):  # type: ignore[misc]
    """A 会议纪要. From signing on its number and text are frozen in the chain."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="minutes")
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")
    correction_reason = models.CharField("更正理由", max_length=300, blank=True)
    number = models.OneToOneField(IssuedNumber, models.PROTECT, null=True, related_name="+")
    checked_revision = models.PositiveIntegerField("审核时的改动次数", null=True)
    checked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    signed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField("签发时间", null=True)
    record = models.OneToOneField(ChainRecord, models.PROTECT, null=True, related_name="+")
    document = models.ForeignKey(RenderedDocument, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField("起草时间")

    class Meta(CommitteeRow.Meta):
        verbose_name = "会议纪要"
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(supersedes__isnull=True),
                name="one_first_minutes",
                violation_error_message="这次会议的纪要已在起草。",
            ),
            models.CheckConstraint(
                name="signed_minutes_are_frozen",
                condition=Q(state__in=["draft", "checked"])
                | Q(number__isnull=False, record__isnull=False, signed_by__isnull=False, signed_at__isnull=False),
                violation_error_message="签发的纪要须有编号、签发人和存证。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}纪要"


class MinutesChange(StateChange):
    subject = models.ForeignKey(Minutes, models.PROTECT, related_name="changes")


class MinutesDraft(FreeRow):
    """The text as it is being edited; `revision` counts savings, so nobody's text is lost to a second editor."""

    minutes = models.OneToOneField(Minutes, models.PROTECT, related_name="draft")
    content = models.JSONField("内容", default=dict, help_text="fields of decisions.minutes.text.MinutesText")
    revision = models.PositiveIntegerField("改动次数", default=0)
    saved_at = models.DateTimeField("保存时间")
    saved_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta(FreeRow.Meta):
        verbose_name = "纪要草稿"


class DecisionNotice(Record):
    """议定事项通知单: what one unit has to do by a decision, numbered and printed."""

    matter = models.ForeignKey(DecidedMatter, models.PROTECT, related_name="notices")
    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="notices")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    number = models.OneToOneField(IssuedNumber, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField("印发时间")
    record = models.OneToOneField(ChainRecord, models.PROTECT, related_name="+")
    document = models.ForeignKey(RenderedDocument, models.PROTECT, related_name="+")

    class Meta(Record.Meta):
        verbose_name = "议定事项通知单"
        constraints = [models.UniqueConstraint(fields=["minutes", "matter", "unit"], name="one_notice_per_unit")]
