"""会议: the plan with its numbered entries, the notice and the replies."""

from datetime import date

from django.db import models
from django.db.models import Q

from agenda.items.models import Attachment, Clearance, Item
from agenda.meetings.querysets import EntryQuerySet, MeetingQuerySet
from agenda.meetings.workflow import ENTRY, MEETING
from agenda.rules.models import Handling
from committee.bodies.models import Body, Term
from committee.units.models import Unit
from common.identity.models import Person
from common.numbers.models import IssuedNumber
from common.promises.guards import Guard
from common.records.models import ChainRecord
from common.tenancy.models import CommitteeManager, CommitteeRow, FreeRow, Record
from common.web.formats import cn_number, local_day
from common.workflow import StateChange


class Meeting(MEETING.machine(), CommitteeRow):
    """A sitting of one body. Numbered in its term and in its year when it is planned."""

    GUARDS = (
        Guard(
            name="meeting_closes_decided",
            when="BEFORE UPDATE OF state",
            body="""
  IF NEW.state = 'closed' AND OLD.state <> 'closed' AND EXISTS (
       SELECT 1 FROM agenda_agendaentry e WHERE e.meeting_id = NEW.id AND e.state IN ('pending', 'discussing')) THEN
    RAISE EXCEPTION '还有未议决的议程，不能散会' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;""",
        ),
    )

    class Kind(models.TextChoices):
        REGULAR = "regular", "会议"
        ENLARGED = "enlarged", "扩大会议"

    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings")
    term = models.ForeignKey(Term, models.PROTECT, related_name="meetings")
    kind = models.CharField("形式", max_length=10, choices=Kind.choices, default=Kind.REGULAR)
    year_number = models.OneToOneField(IssuedNumber, models.PROTECT, related_name="+", verbose_name="年度次数")
    term_number = models.OneToOneField(IssuedNumber, models.PROTECT, related_name="+", verbose_name="本届次数")
    starts_at = models.DateTimeField("时间")
    place = models.CharField("地点", max_length=100)
    chair = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="主持人")
    recorder = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="记录人")
    remark = models.CharField("注意事项", max_length=300, blank=True)
    created_at = models.DateTimeField("建立时间")
    changed_at = models.DateTimeField(
        "改动时间", help_text="of plan, agenda or attendants; later than the last notice: tell again"
    )

    objects = CommitteeManager.from_queryset(MeetingQuerySet)()
    everywhere = models.Manager.from_queryset(MeetingQuerySet)()

    class Meta(CommitteeRow.Meta):
        verbose_name = "会议"
        indexes = [models.Index(fields=["committee", "-starts_at"], name="meeting_newest")]

    def __str__(self) -> str:
        """区委常委会第21次会议: counted in the term; this much may stand in mails and calendars, too."""
        return f"{self.body.name}第{self.term_number.number}次{self._kind_words}会议"

    @property
    def full_title(self) -> str:
        """八届区委常委会第21次会议, as printed."""
        return f"{cn_number(self.term.number)}届{self}"

    @property
    def _kind_words(self) -> str:
        return "（扩大）" if self.kind == Meeting.Kind.ENLARGED else ""

    @property
    def day(self) -> date:
        """The legal day it is held on: who sits and which rules hold is asked for this day."""
        return local_day(self.starts_at)


class MeetingChange(StateChange):
    subject = models.ForeignKey(Meeting, models.PROTECT, related_name="changes")


class AgendaEntry(ENTRY.machine(), CommitteeRow):
    """One entry of an agenda: one item, or several dealt with together (合并审议). It carries the hearing's outcome.

    A cadre entry is titled 干部任免事项 and nothing else (rules.md §4). A removed entry has no position.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="entries")
    position = models.PositiveSmallIntegerField("顺序", null=True)
    title = models.CharField("标题", max_length=200)
    handling = models.CharField("方式", max_length=8, choices=Handling.choices)
    minutes = models.PositiveSmallIntegerField("分钟", default=15)
    presenter = models.CharField("汇报人", max_length=60, blank=True)

    objects = CommitteeManager.from_queryset(EntryQuerySet)()
    everywhere = models.Manager.from_queryset(EntryQuerySet)()

    class Meta(CommitteeRow.Meta):
        verbose_name = "议程条目"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"],
                name="entry_position_once",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message="议程顺序重复。",
            ),
            models.CheckConstraint(
                name="entry_has_place",
                condition=Q(state="removed") | Q(position__isnull=False),
                violation_error_message="议程上的条目须有顺序。",
            ),
            models.CheckConstraint(
                name="entry_takes_time",
                condition=Q(minutes__gte=1, minutes__lte=480),
                violation_error_message="时长须在 1 至 480 分钟之间。",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class EntryChange(StateChange):
    subject = models.ForeignKey(AgendaEntry, models.PROTECT, related_name="changes")


class EntryItem(CommitteeRow):
    """An item on an agenda, by the newest clearance of its version. No page, service, shell or import passes by."""

    entry = models.ForeignKey(AgendaEntry, models.PROTECT, related_name="entry_items")
    item = models.ForeignKey(Item, models.PROTECT, related_name="entry_items")
    clearance = models.ForeignKey(Clearance, models.PROTECT, related_name="+")
    active = models.BooleanField("有效", default=True, help_text="False once the entry was removed or deferred")

    GUARDS = (
        Guard(
            name="entry_item_is_cleared",
            when="BEFORE INSERT OR UPDATE OF item_id, clearance_id, entry_id, active",
            declare="i record; c record; held date;",
            body="""
  IF NOT NEW.active THEN
    RETURN NEW;
  END IF;
  SELECT * INTO i FROM agenda_item WHERE id = NEW.item_id FOR SHARE;
  SELECT * INTO c FROM agenda_clearance WHERE id = NEW.clearance_id;
  IF c.item_id <> NEW.item_id OR c.version_id IS DISTINCT FROM i.current_version_id THEN
    RAISE EXCEPTION '列入议程须凭议题当前稿的放行凭证' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT 1 FROM agenda_clearance n WHERE n.version_id = c.version_id AND n.id > c.id) THEN
    RAISE EXCEPTION '列入议程须凭当前稿最新的放行凭证' USING ERRCODE = 'check_violation';
  END IF;
  IF i.state NOT IN ('ready', 'scheduled') THEN
    RAISE EXCEPTION '只有待上会的议题才能列入议程' USING ERRCODE = 'check_violation';
  END IF;
  SELECT (m.starts_at AT TIME ZONE 'Asia/Shanghai')::date INTO held
    FROM agenda_agendaentry e JOIN agenda_meeting m ON m.id = e.meeting_id WHERE e.id = NEW.entry_id;
  IF c.valid_until < held THEN
    RAISE EXCEPTION '放行凭证到开会那天已经过期' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;""",
        ),
    )

    class Meta(CommitteeRow.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(active=True),
                name="item_on_one_agenda",
                violation_error_message="这个议题已列入一次会议。",
            ),
        ]


class Attendant(FreeRow):
    """列席: for one entry, or standing (entry empty) for the whole meeting; a person or a unit's head."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendants")
    entry = models.ForeignKey(AgendaEntry, models.PROTECT, null=True, blank=True, related_name="attendants")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(FreeRow.Meta):
        verbose_name = "列席"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="attendant_is_person_or_unit",
                condition=Q(person__isnull=False) | Q(unit__isnull=False),
                violation_error_message="列席须写明人或单位。",
            )
        ]


class MeetingNotice(Record):
    """A notice as it went out; a change of time or agenda needs a further one."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="notices")
    no = models.PositiveSmallIntegerField("次")
    content = models.JSONField("内容")
    sent_at = models.DateTimeField("发出时间")
    record = models.OneToOneField(ChainRecord, models.PROTECT, related_name="+")

    class Meta(Record.Meta):
        ordering = ["no"]
        constraints = [models.UniqueConstraint(fields=["meeting", "no"], name="notice_no_once")]


class NoticeRecipient(CommitteeRow):
    """To whom a notice went, and when it was opened."""

    class Capacity(models.TextChoices):
        MEMBER = "member", "应到"
        ATTENDANT = "attendant", "列席"

    notice = models.ForeignKey(MeetingNotice, models.PROTECT, related_name="recipients")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    capacity = models.CharField("身份", max_length=10, choices=Capacity.choices)
    read_at = models.DateTimeField("阅知时间", null=True)

    class Meta(CommitteeRow.Meta):
        constraints = [models.UniqueConstraint(fields=["notice", "person"], name="recipient_once")]


class Reply(Record):
    """参会 or 请假 of one person; the newest counts. `entered_by` differs where the office noted a telephone reply."""

    class Answer(models.TextChoices):
        ATTEND = "attend", "参会"
        LEAVE = "leave", "请假"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="replies")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    answer = models.CharField("答复", max_length=8, choices=Answer.choices)
    reason = models.CharField("事由", max_length=200, blank=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    replied_at = models.DateTimeField("时间")

    class Meta(Record.Meta):
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="leave_has_reason",
                condition=~Q(answer="leave") | ~Q(reason=""),
                violation_error_message="请假须写明事由。",
            )
        ]


class LeaveRuling(Record):
    """书记's answer to a leave asked for (rules.md §4)."""

    reply = models.OneToOneField(Reply, models.PROTECT, related_name="ruling")
    approved = models.BooleanField("同意")
    ruled_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    ruled_at = models.DateTimeField("时间")


class PaperReading(CommitteeRow):
    """A member opened a paper of an entry before or at the meeting (read receipt, first and last time)."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="readings")
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    first_at = models.DateTimeField("首次阅读")
    last_at = models.DateTimeField("最近阅读")

    class Meta(CommitteeRow.Meta):
        constraints = [models.UniqueConstraint(fields=["meeting", "attachment", "person"], name="reading_once")]
