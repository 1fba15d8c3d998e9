"""决定: what an entry came to, matter by matter, with who does what until when."""

from django.db import models
from django.db.models import Q

from agenda.meetings.models import AgendaEntry
from committee.units.models import Unit
from common.identity.models import Person
from common.promises.guards import Guard
from common.records.models import ChainRecord
from common.tenancy.models import CommitteeManager, Record
from decisions.outcomes.querysets import MatterQuerySet
from decisions.votes.models import Question


class Outcome(models.TextChoices):
    """结果 of a matter (rules.md §2, end)."""

    PASSED = "passed", "通过"
    PASSED_IN_PRINCIPLE = "passed_in_principle", "原则通过"
    REJECTED = "rejected", "未通过"
    TO_PLENARY = "to_plenary", "提请全委会"
    REFERRED = "referred", "转政府办理"
    DEFERRED = "deferred", "缓议"
    HEARD = "heard", "听取"


TONES = {
    Outcome.PASSED: "good",
    Outcome.PASSED_IN_PRINCIPLE: "good",
    Outcome.TO_PLENARY: "info",
    Outcome.REFERRED: "info",
    Outcome.REJECTED: "bad",
    Outcome.DEFERRED: "wait",
    Outcome.HEARD: "neutral",
}


class Decision(Record):
    """What the body decided on one entry, superseded and never edited: by the clerk before the meeting closes, by the
    signing of the 纪要 (or of its correction) that words text, duty or deadline anew.
    """

    entry = models.ForeignKey(AgendaEntry, models.PROTECT, related_name="decisions")
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")
    correction_reason = models.CharField("更正理由", max_length=300, blank=True)
    summary = models.TextField("会议要点", blank=True)
    decided_at = models.DateTimeField("时间")
    record = models.OneToOneField(ChainRecord, models.PROTECT, related_name="+")

    GUARDS = (
        Guard(
            name="decision_in_session",
            when="BEFORE INSERT",
            body="""
  IF NOT EXISTS (SELECT 1 FROM agenda_agendaentry e JOIN agenda_meeting m ON m.id = e.meeting_id
                 WHERE e.id = NEW.entry_id AND m.state = 'in_session' AND e.state IN ('discussing', 'decided'))
     AND NOT (NEW.supersedes_id IS NOT NULL AND EXISTS (
       SELECT 1 FROM agenda_agendaentry e JOIN decisions_minutes n ON n.meeting_id = e.meeting_id
        WHERE e.id = NEW.entry_id AND e.state = 'decided' AND n.state = 'checked')) THEN
    RAISE EXCEPTION '会议不在进行中，决定只随签发的纪要更正' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.supersedes_id IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM decisions_decision d WHERE d.id = NEW.supersedes_id AND d.entry_id = NEW.entry_id) THEN
    RAISE EXCEPTION '更正须针对同一议程的决定' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;""",
        ),
    )

    class Meta(Record.Meta):
        verbose_name = "决定"
        constraints = [
            models.UniqueConstraint(fields=["entry"], condition=Q(supersedes__isnull=True), name="one_first_decision"),
            models.CheckConstraint(
                name="corrected_decision_has_reason",
                condition=Q(supersedes__isnull=True) | ~Q(correction_reason=""),
                violation_error_message="更正决定须写明理由。",
            ),
        ]

    def __str__(self) -> str:
        return f"关于「{self.entry}」的决定"


class DecidedMatter(Record):
    """One 议定事项 of a decision: outcome, text, responsible leader and units, deadline."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="matters")
    question = models.ForeignKey(Question, models.PROTECT, null=True, related_name="matters")
    position = models.PositiveSmallIntegerField("顺序")
    outcome = models.CharField("结果", max_length=20, choices=Outcome.choices)
    text = models.TextField("议定内容")
    leader = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="责任领导")
    lead_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="责任单位")
    due_on = models.DateField("完成时限", null=True)

    objects = CommitteeManager.from_queryset(MatterQuerySet)()
    everywhere = models.Manager.from_queryset(MatterQuerySet)()

    # Only a vote that passed can be recorded as passed, whoever writes the row.
    GUARDS = (
        Guard(
            name="matter_follows_vote",
            when="BEFORE INSERT",
            declare="ok boolean; body_kind text;",
            body="""
  SELECT b.kind INTO body_kind FROM decisions_decision d JOIN agenda_agendaentry e ON e.id = d.entry_id
    JOIN agenda_meeting m ON m.id = e.meeting_id JOIN committee_body b ON b.id = m.body_id WHERE d.id = NEW.decision_id;
  IF body_kind = 'secretary_meeting' THEN
    RAISE EXCEPTION '书记专题会只酝酿，不作决定' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.outcome = 'to_plenary' AND body_kind <> 'standing' THEN
    RAISE EXCEPTION '只有常委会提请全委会' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.outcome IN ('passed', 'passed_in_principle', 'referred') AND body_kind = 'standing' AND EXISTS (
       SELECT 1 FROM decisions_decision d JOIN agenda_entryitem l ON l.entry_id = d.entry_id
         JOIN agenda_item i ON i.id = l.item_id JOIN agenda_matterkind k ON k.id = i.matter_kind_id
        WHERE d.id = NEW.decision_id AND (k.way = 'submit' OR k.body_kind IN ('plenary', 'congress'))) THEN
    RAISE EXCEPTION '须由全委会决定的事项，常委会只能提请全委会' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.question_id IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM decisions_question q JOIN decisions_decision d ON d.entry_id = q.entry_id
        WHERE q.id = NEW.question_id AND d.id = NEW.decision_id) THEN
    RAISE EXCEPTION '议定事项须出自本项议程的议决事项' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.outcome IN ('passed', 'passed_in_principle', 'to_plenary', 'referred', 'rejected') THEN
    SELECT r.passed INTO ok FROM decisions_roundresult r JOIN decisions_round o ON o.id = r.round_id
     WHERE o.question_id = NEW.question_id AND o.state = 'closed' ORDER BY o.no DESC LIMIT 1;
    IF ok IS NULL OR ok <> (NEW.outcome <> 'rejected') THEN
      RAISE EXCEPTION '议定结果须与表决结果一致' USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;""",
        ),
    )

    class Meta(Record.Meta):
        verbose_name = "议定事项"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "position"], name="matter_position_once"),
            models.UniqueConstraint(fields=["decision", "question"], name="question_decided_once"),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def tone(self) -> str:
        """How its outcome looks."""
        return TONES[Outcome(self.outcome)]


class MatterCoUnit(Record):
    """A cooperating unit of a decided matter."""

    matter = models.ForeignKey(DecidedMatter, models.PROTECT, related_name="co_units")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
