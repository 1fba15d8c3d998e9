"""会场: who was due when the meeting opened, who came and left, what was said."""

from django.db import models

from agenda.meetings.models import AgendaEntry, Meeting
from committee.bodies.models import Seat
from common.identity.models import Person
from common.promises.guards import Guard, stays
from common.records.models import ChainRecord
from common.tenancy.models import CommitteeRow, Record
from decisions.rules.models import VotingRuleSet


class Sitting(CommitteeRow):
    """A meeting in session. 应到 and the rule set stay as at the opening, whatever changes later."""

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="sitting")
    rule_set = models.ForeignKey(VotingRuleSet, models.PROTECT, related_name="+")
    chair = models.ForeignKey(Person, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField("开会时间")
    closed_at = models.DateTimeField("散会时间", null=True)
    record = models.OneToOneField(ChainRecord, models.PROTECT, related_name="+")

    GUARDS = (
        stays(
            "sitting_stays",
            "meeting_id",
            "rule_set_id",
            "chair_id",
            "opened_at",
            "record_id",
            once=("closed_at",),
            says="开会时定格的应到、规则和主持人不能再改",
        ),
    )

    class Meta(CommitteeRow.Meta):
        verbose_name = "会场"


class DueMember(Record):
    """A member due at the opening: counted in 应到, and entitled to vote."""

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="due_members")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    name = models.CharField("姓名", max_length=40)
    post = models.CharField("职务", max_length=100)
    rank_order = models.PositiveIntegerField("排序")
    counts = models.BooleanField("计入应到")
    votes = models.BooleanField("有表决权")

    class Meta(Record.Meta):
        ordering = ["rank_order", "pk"]
        constraints = [models.UniqueConstraint(fields=["sitting", "person"], name="due_once")]


class Attendance(Record):
    """A coming or going. Before the opening it is a sign-in for the meeting; the newest event of a person counts.

    A wrong entry is undone by the contrary event, which names it in `undoes`.
    """

    class Kind(models.TextChoices):
        ARRIVE = "arrive", "到会"
        DEPART = "depart", "离席"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField("事件", max_length=8, choices=Kind.choices)
    member = models.BooleanField("应到成员")
    entry = models.ForeignKey(AgendaEntry, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("时间")
    note = models.CharField("说明", max_length=200, blank=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by")

    GUARDS = (
        Guard(
            name="attendance_while_open",
            when="BEFORE INSERT",
            declare="held text;",
            body="""
  SELECT state INTO held FROM agenda_meeting WHERE id = NEW.meeting_id;
  IF held NOT IN ('notified', 'in_session') THEN
    RAISE EXCEPTION '会议不在签到或进行中，不能登记到会和离席' USING ERRCODE = 'check_violation';
  END IF;
  IF held = 'in_session' AND NEW.kind = 'depart' AND EXISTS (
       SELECT 1 FROM decisions_sitting s WHERE s.meeting_id = NEW.meeting_id AND s.chair_id = NEW.person_id) THEN
    RAISE EXCEPTION '会议进行中，主持人不能离席' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;""",
        ),
    )

    class Meta(Record.Meta):
        ordering = ["pk"]
        indexes = [models.Index(fields=["meeting", "person", "-id"], name="attendance_newest")]


class EntryNote(Record):
    """A line of the 会议记录: the report, a point made, what the chair said; corrected by a further line only.

    A 回避 holds as long as its line is not corrected; it is asked for in decisions/hall/questions.py and by guards.
    """

    class Kind(models.TextChoices):
        REPORT = "report", "汇报"
        POINT = "point", "发言"
        CHAIR = "chair", "主持人表态"
        STATED = "stated", "表态"
        WRITTEN = "written", "书面意见"
        RESERVED = "reserved", "保留意见"
        RECUSAL = "recusal", "回避"
        VIEW = "view", "酝酿意见"
        NOTE = "note", "记事"

    class Stance(models.TextChoices):
        """逐一表态: what a member states by name in the discussion; it is not the vote (rules.md §2)."""

        AGREE = "agree", "同意"
        DISAGREE = "disagree", "不同意"
        DEFER = "defer", "缓议"
        NO_VIEW = "no_view", "无意见"

    class Basis(models.TextChoices):
        """Who brought a 回避 up."""

        DECLARED = "declared", "本人提出"
        FOUND = "found", "秘书科核对提出"

    entry = models.ForeignKey(AgendaEntry, models.PROTECT, related_name="notes")
    kind = models.CharField("种类", max_length=8, choices=Kind.choices)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    speaker = models.CharField("发言人", max_length=60, blank=True)
    text = models.TextField("内容", help_text="of a 回避 its reason: the relation to the matter")
    basis = models.CharField("回避由谁提出", max_length=8, choices=Basis.choices, blank=True, default="")
    stance = models.CharField("态度", max_length=8, choices=Stance.choices, blank=True, default="")
    at = models.DateTimeField("时间")
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")

    GUARDS = (
        Guard(
            name="note_while_in_session",
            when="BEFORE INSERT",
            body="""
  IF NOT EXISTS (SELECT 1 FROM agenda_agendaentry e JOIN agenda_meeting m ON m.id = e.meeting_id
                 WHERE e.id = NEW.entry_id AND m.state = 'in_session') THEN
    RAISE EXCEPTION '会议不在进行中，不能再记录' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.corrects_id IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM decisions_entrynote n WHERE n.id = NEW.corrects_id AND n.entry_id = NEW.entry_id) THEN
    RAISE EXCEPTION '更正须针对同一议程的记录' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.kind = 'view' AND NOT EXISTS (
       SELECT 1 FROM agenda_agendaentry e JOIN agenda_meeting m ON m.id = e.meeting_id
         JOIN committee_body b ON b.id = m.body_id WHERE e.id = NEW.entry_id AND b.kind = 'secretary_meeting') THEN
    RAISE EXCEPTION '酝酿意见只在书记专题会上记录' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.kind IN ('report', 'point', 'chair', 'stated', 'written') AND NEW.corrects_id IS NULL AND EXISTS (
       SELECT 1 FROM decisions_entrynote n WHERE n.entry_id = NEW.entry_id AND n.person_id = NEW.person_id
          AND n.kind = 'recusal' AND NOT EXISTS (SELECT 1 FROM decisions_entrynote c WHERE c.corrects_id = n.id)) THEN
    RAISE EXCEPTION '回避的人在本项不发言' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.kind IN ('stated', 'written', 'reserved') AND NEW.corrects_id IS NULL THEN
    SELECT (SELECT a.kind = 'arrive' FROM decisions_attendance a WHERE a.meeting_id = e.meeting_id
               AND a.person_id = NEW.person_id ORDER BY a.id DESC LIMIT 1),
           EXISTS (SELECT 1 FROM decisions_sitting s JOIN decisions_duemember d ON d.sitting_id = s.id
                    WHERE s.meeting_id = e.meeting_id AND d.person_id = NEW.person_id)
      INTO here, due FROM agenda_agendaentry e WHERE e.id = NEW.entry_id;
    IF NOT due OR coalesce(here, false) <> (NEW.kind <> 'written') THEN
      RAISE EXCEPTION '到会的应到成员表态、保留意见，没有到会的才有书面意见' USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;""",
            declare="here boolean; due boolean;",
        ),
    )

    class Meta(Record.Meta):
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="stance_of_statement",
                condition=models.Q(kind="stated", person__isnull=False) & ~models.Q(stance="")
                | ~models.Q(kind="stated") & models.Q(stance=""),
                violation_error_message="表态须写明是谁、什么态度；其他记录没有态度。",
            ),
            models.UniqueConstraint(
                fields=["entry", "person"],
                condition=models.Q(kind="stated", corrects__isnull=True),
                name="one_statement_each",
                violation_error_message="此人在本项已经表态；改变的请更正。",
            ),
            models.CheckConstraint(
                name="recusal_names_person",
                condition=~models.Q(kind="recusal") | models.Q(person__isnull=False),
                violation_error_message="回避须写明是谁。",
            ),
            models.CheckConstraint(
                name="recusal_says_why",
                condition=~models.Q(kind="recusal") | (~models.Q(basis="") & ~models.Q(text="")),
                violation_error_message="回避须写明由谁提出和理由。",
            ),
        ]
