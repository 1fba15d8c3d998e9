"""纪要 and decision notices: drafted from the meeting's records, frozen at signing, printed from the frozen bytes."""

from django.db import models
from django.db.models import Q

from agenda.meetings.models import Meeting
from committee.units.models import Unit
from common.documents.models import RenderedDocument
from common.identity.models import Person
from common.numbers.models import IssuedNumber
from common.promises.guards import Guard
from common.records.models import ChainRecord
from common.tenancy.models import CommitteeManager, CommitteeRow, Record
from common.workflow import StateChange
from decisions.minutes.querysets import MinutesQuerySet, NoticeQuerySet
from decisions.minutes.workflow import WORKFLOW
from decisions.outcomes.models import Decision


class Minutes(WORKFLOW.machine(), CommitteeRow):
    """A 会议纪要. From signing on its number and text are frozen in the chain.

    A correction is a further row that names the signed one in `supersedes`, and takes its place when it is signed.
    """

    GUARDS = (
        Guard(
            name="minutes_follow_meeting",
            when="BEFORE INSERT",
            body="""
  IF NOT EXISTS (SELECT 1 FROM agenda_meeting m WHERE m.id = NEW.meeting_id AND m.state = 'closed') THEN
    RAISE EXCEPTION '散会之后才能起草纪要' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.supersedes_id IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM decisions_minutes o
        WHERE o.id = NEW.supersedes_id AND o.meeting_id = NEW.meeting_id AND o.state = 'signed') THEN
    RAISE EXCEPTION '更正须针对同一次会议已签发的纪要' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;""",
        ),
        Guard(
            name="minutes_frozen_by_signing",
            when="BEFORE UPDATE",
            body="""
  IF OLD.state IN ('signed', 'superseded')
     AND to_jsonb(NEW) - 'state' IS DISTINCT FROM to_jsonb(OLD) - 'state' THEN
    RAISE EXCEPTION '已签发的纪要不能改动，请用更正的纪要取代' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'signed' AND OLD.state = 'checked' AND NOT EXISTS (
       SELECT 1 FROM decisions_minutesdraft d WHERE d.minutes_id = NEW.id AND d.revision = NEW.checked_revision) THEN
    RAISE EXCEPTION '审核之后又有改动，不能签发' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;""",
        ),
    )

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

    chair_sits: bool  # by MinutesQuerySet.with_names()

    objects = CommitteeManager.from_queryset(MinutesQuerySet)()
    everywhere = models.Manager.from_queryset(MinutesQuerySet)()

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
                condition=Q(state__in=["draft", "submitted", "checked"])
                | Q(number__isnull=False, record__isnull=False, signed_by__isnull=False, signed_at__isnull=False),
                violation_error_message="签发的纪要须有编号、签发人和存证。",
            ),
            models.CheckConstraint(
                name="correction_has_reason",
                condition=Q(supersedes__isnull=True) | ~Q(correction_reason=""),
                violation_error_message="更正纪要须写明理由。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}纪要{'（更正）' if self.supersedes_id else ''}"


class MinutesChange(StateChange):
    subject = models.ForeignKey(Minutes, models.PROTECT, related_name="changes")


class MinutesDraft(CommitteeRow):
    """The text as it is being edited; `revision` counts savings, so nobody's text is lost to a second editor."""

    GUARDS = (
        Guard(
            name="minutes_edited_before_check",
            when="BEFORE INSERT OR UPDATE",
            body="""
  IF NOT EXISTS (SELECT 1 FROM decisions_minutes m WHERE m.id = NEW.minutes_id AND m.state IN ('draft', 'submitted'))
  THEN
    RAISE EXCEPTION '审核之后不能再改，请先退回修改' USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.revision <> OLD.revision + 1 THEN
    RAISE EXCEPTION '纪要刚刚由他人改动，请刷新后再存' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;""",
        ),
    )

    minutes = models.OneToOneField(Minutes, models.PROTECT, related_name="draft")
    content = models.JSONField("内容", default=dict, help_text="fields of decisions.minutes.text.MinutesText")
    revision = models.PositiveIntegerField("改动次数", default=0)
    saved_at = models.DateTimeField("保存时间")
    saved_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta(CommitteeRow.Meta):
        verbose_name = "纪要草稿"


class DecisionNotice(Record):
    """议定事项通知单: what one unit has to do by one decision (rules.md §4), numbered and printed.

    It is superseded as soon as a later 纪要 of the meeting issues notices on the same entry.
    """

    GUARDS = (
        Guard(
            name="notice_by_signed_minutes",
            when="BEFORE INSERT",
            body="""
  IF NOT EXISTS (SELECT 1 FROM decisions_minutes m
                   JOIN agenda_agendaentry e ON e.meeting_id = m.meeting_id
                   JOIN decisions_decision d ON d.entry_id = e.id
                  WHERE m.id = NEW.minutes_id AND m.state = 'signed' AND d.id = NEW.decision_id) THEN
    RAISE EXCEPTION '通知单须凭已签发的纪要，并出自这次会议的决定' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;""",
        ),
    )

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="notices")
    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="notices")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    number = models.OneToOneField(IssuedNumber, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField("印发时间")
    record = models.OneToOneField(ChainRecord, models.PROTECT, related_name="+")
    document = models.ForeignKey(RenderedDocument, models.PROTECT, related_name="+")

    superseded: bool  # by NoticeQuerySet.with_standing()
    receipt: "NoticeReceipt"

    objects = CommitteeManager.from_queryset(NoticeQuerySet)()
    everywhere = models.Manager.from_queryset(NoticeQuerySet)()

    class Meta(Record.Meta):
        verbose_name = "议定事项通知单"
        constraints = [models.UniqueConstraint(fields=["minutes", "decision", "unit"], name="one_notice_per_unit")]

    @property
    def received(self) -> bool:
        """Has somebody of the unit taken it over?"""
        return hasattr(self, "receipt")

    @property
    def waits(self) -> bool:
        """In force, and nobody of the unit has taken it over."""
        return not self.superseded and not self.received

    @property
    def state(self) -> tuple[str, str]:
        """(word, tone): 已签收, 未签收, 已被取代."""
        if self.superseded:
            return "已被取代", "neutral"
        return ("已签收", "good") if self.received else ("未签收", "wait")


class NoticeReceipt(Record):
    """签收: who of the unit took a notice over, and when; once, by whoever is first."""

    notice = models.OneToOneField(DecisionNotice, models.PROTECT, related_name="receipt")
    received_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    received_at = models.DateTimeField("签收时间")

    class Meta(Record.Meta):
        verbose_name = "通知单签收"
