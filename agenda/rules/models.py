"""What may come up and what it needs first, as dated data: kinds of matter, checks, signing routes, deadlines."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from committee.bodies.models import Body
from committee.roles.models import Role
from committee.units.models import Unit
from common.promises.guards import Guard
from common.records.models import ChainRecord
from common.tenancy.dated import DatedQuerySet, DatedRow, days_in_order, never_twice
from common.tenancy.models import CommitteeManager, Record

_BEFORE_SEALED = """
  IF EXISTS (SELECT 1 FROM agenda_agendaruleset r WHERE r.id = {rule_set} AND r.record_id IS NOT NULL) THEN
    RAISE EXCEPTION '上会规则已经存证，不能再改；请另立新版本' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;"""


class CheckKind(models.TextChoices):
    """五不上会: the five checks (rules.md §3)."""

    RESEARCH = "research", "调查研究"
    EXPERT = "expert", "专家论证"
    RISK = "risk", "风险评估"
    LEGAL = "legal", "合法性审查"
    PLAN = "plan", "预案"


class Handling(models.TextChoices):
    """How the body deals with an item. Conveyed and heard items need no checks and can decide nothing."""

    DISCUSS = "discuss", "讨论决定"
    BALLOT = "ballot", "票决"
    HEAR = "hear", "听取"
    CONVEY = "convey", "传达学习"


DECIDING = (Handling.DISCUSS, Handling.BALLOT)


class Nature(models.TextChoices):
    """What a matter is about: it decides which checks it needs, which rule of voting, and who may know of it."""

    MAJOR = "major", "重大决策"
    CADRE = "cadre", "干部"
    ELECTION = "election", "选举"
    OTHER = "other", "其他"


# Names stand in these: an agenda shows no more of them than 干部任免事项 (rules.md §4).
PERSONNEL = (Nature.CADRE, Nature.ELECTION)


class Way(models.TextChoices):
    """How far a body may go in a matter (rules.md §1, §4)."""

    DECIDE = "decide", "由会议决定"
    SUBMIT = "submit", "讨论后提请全委会决定"
    ALONE = "alone", "分管领导可以自行决定，不上会"


class MatterKindQuerySet(DatedQuerySet):
    def listed(self) -> Self:
        return self.order_by("body_kind", "position", "pk")


class MatterKind(DatedRow):
    """A line of a body's 议事范围 (rules.md §8): which body must decide it, and whether it concerns cadres."""

    code = models.CharField("代码", max_length=40)
    name = models.CharField("事项", max_length=40)
    body_kind = models.CharField("由谁决定", max_length=20, choices=Body.Kind.choices)
    nature = models.CharField("性质", max_length=8, choices=Nature.choices)
    way = models.CharField("办法", max_length=8, choices=Way.choices, default=Way.DECIDE)
    position = models.PositiveSmallIntegerField("排序", default=0)
    source = models.CharField("依据", max_length=200, blank=True)

    objects = CommitteeManager.from_queryset(MatterKindQuerySet)()
    everywhere = models.Manager.from_queryset(MatterKindQuerySet)()

    class Meta(DatedRow.Meta):
        verbose_name = "议事范围"
        constraints = [
            days_in_order("matter_days"),
            never_twice("matter_code_once", "committee", "code", message="这个代码在此期间已用于另一事项。"),
            models.CheckConstraint(
                name="standing_submits",
                condition=~Q(way="submit") | Q(body_kind=Body.Kind.STANDING),
                violation_error_message="只有常委会讨论的事项才提请全委会。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AgendaRuleSet(DatedRow):
    """The rules for filing in force from a day: sealed as a whole when they come into force, then never edited.

    A rule set is a row here plus its CheckRule, SignRoute and SignStep rows; all are inserted in one service.
    Days in `*_days` are working days.
    """

    # Only its last day may be written once it is sealed, when the next version follows.
    GUARDS = (
        Guard(
            name="agenda_rules_sealed",
            when="BEFORE UPDATE",
            body="""
  IF OLD.record_id IS NOT NULL AND to_jsonb(NEW) - '{valid_to,voided_at,void_reason}'::text[]
     <> to_jsonb(OLD) - '{valid_to,voided_at,void_reason}'::text[] THEN
    RAISE EXCEPTION '上会规则已经存证，不能再改；请另立新版本' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;""",
        ),
    )

    version = models.PositiveIntegerField("版本")
    source = models.CharField("依据", max_length=200)
    file_days = models.PositiveSmallIntegerField("会前几个工作日截止呈报", default=5)
    papers_days = models.PositiveSmallIntegerField("会前几个工作日分送材料", default=3)
    notice_days = models.PositiveSmallIntegerField("会前几个工作日发通知", default=1)
    legal_days = models.PositiveSmallIntegerField("合法性审查至少工作日", default=7)
    check_months = models.PositiveSmallIntegerField("前置程序有效月数", default=12)
    report_minutes = models.PositiveSmallIntegerField("汇报分钟数上限", default=10)
    paper_characters = models.PositiveIntegerField("呈报单正文字数上限", default=3000)
    record = models.OneToOneField(ChainRecord, models.PROTECT, null=True, related_name="+")

    class Meta(DatedRow.Meta):
        verbose_name = "上会规则"
        constraints = [
            days_in_order("agenda_rules_days"),
            models.UniqueConstraint(fields=["committee", "version"], name="agenda_rules_version_once"),
            never_twice("agenda_rules_once", "committee", message="这些日子已有一套上会规则。"),
        ]

    def __str__(self) -> str:
        return f"上会规则第{self.version}版"


class CheckRule(Record):
    """Which check a kind of matter needs, who concludes it, and whether 不适用 may be said and by whom."""

    GUARDS = (Guard("check_rule_before_sealed", "BEFORE INSERT", _BEFORE_SEALED.format(rule_set="NEW.rule_set_id")),)

    class Need(models.TextChoices):
        REQUIRED = "required", "必须"
        WAIVABLE = "waivable", "可说明不适用"

    rule_set = models.ForeignKey(AgendaRuleSet, models.PROTECT, related_name="checks")
    matter_kind = models.ForeignKey(MatterKind, models.PROTECT, related_name="+")
    check_kind = models.CharField("前置程序", max_length=10, choices=CheckKind.choices)
    need = models.CharField("要求", max_length=10, choices=Need.choices)
    reviewer = models.CharField("审核人", max_length=24, choices=Role.choices, help_text="单位负责人为提报单位的")
    source = models.CharField("依据", max_length=200, blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["rule_set", "matter_kind", "check_kind"], name="check_rule_once"),
        ]


class SignRoute(Record):
    """A usual way of signatures: 党委系统, 政府系统, 传达 (rules.md §4)."""

    GUARDS = (Guard("sign_route_before_sealed", "BEFORE INSERT", _BEFORE_SEALED.format(rule_set="NEW.rule_set_id")),)

    rule_set = models.ForeignKey(AgendaRuleSet, models.PROTECT, related_name="routes")
    code = models.CharField("代码", max_length=20)
    name = models.CharField("名称", max_length=40)
    unit_kinds = models.JSONField("适用单位类型", default=list, help_text="Unit.Kind values")
    handlings = models.JSONField("适用方式", default=list, help_text="Handling values")
    required_attachment = models.CharField("必附材料", max_length=20, blank=True, help_text="an Attachment.Kind value")
    position = models.PositiveSmallIntegerField("优先", default=0)

    class Meta(Record.Meta):
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["rule_set", "code"], name="route_once")]

    def __str__(self) -> str:
        return self.name


class SignStep(Record):
    """One signature of a route, in order."""

    GUARDS = (
        Guard(
            "sign_step_before_sealed",
            "BEFORE INSERT",
            _BEFORE_SEALED.format(rule_set="(SELECT rule_set_id FROM agenda_signroute WHERE id = NEW.route_id)"),
        ),
    )

    class Office(models.TextChoices):
        UNIT_HEAD = "unit_head", "提出单位负责人"
        LEADER_IN_CHARGE = "leader_in_charge", "分管领导"
        MAYOR = "mayor", "区长"
        COUNTERSIGN = "countersign", "会签单位负责人"
        OFFICE_DIRECTOR = "office_director", "区委办主任"
        SECRETARY = "secretary", "书记"

    route = models.ForeignKey(SignRoute, models.PROTECT, related_name="steps")
    position = models.PositiveSmallIntegerField("顺序")
    office = models.CharField("签字人", max_length=20, choices=Office.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", help_text="会签单位")

    class Meta(Record.Meta):
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["route", "position"], name="sign_step_once"),
            models.CheckConstraint(
                name="countersign_names_unit",
                condition=Q(office="countersign", unit__isnull=False)
                | (~Q(office="countersign") & Q(unit__isnull=True)),
            ),
        ]

    @property
    def label(self) -> str:
        """提出单位负责人, 分管领导 …; a countersigner is named by his unit."""
        return f"{self.unit.short_name}负责人会签" if self.unit else self.get_office_display()


def rules_on(day: date) -> AgendaRuleSet | None:
    """The rule set in force on a day for the committee in scope."""
    return AgendaRuleSet.objects.on(day).first()
