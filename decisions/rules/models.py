"""Quorum and majority as dated data (rules.md §2): a decision keeps the set that decided it."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from committee.bodies.models import Body
from common.identity.models import Person
from common.promises.guards import Guard
from common.records.models import ChainRecord
from common.tenancy.dated import DatedRow, days_in_order, never_twice
from common.tenancy.models import FreeRow, Record


class VotingRuleSet(DatedRow):
    """A committee's rules of voting in force from a day; sealed, never edited, superseded by the next."""

    # Only its last day may be written once it is sealed, when the next version follows.
    GUARDS = (
        Guard(
            name="voting_rules_sealed",
            when="BEFORE UPDATE",
            body="""
  IF OLD.record_id IS NOT NULL AND to_jsonb(NEW) - '{valid_to,voided_at,void_reason}'::text[]
     <> to_jsonb(OLD) - '{valid_to,voided_at,void_reason}'::text[] THEN
    RAISE EXCEPTION '表决规则已经存证，不能再改；请另立新版本' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;""",
        ),
    )

    version = models.PositiveIntegerField("版本")
    source = models.CharField("依据", max_length=200)
    adopted_by = models.ForeignKey(
        ChainRecord, models.PROTECT, null=True, related_name="+", verbose_name="由哪项决定通过",
        help_text="the sealed decision; empty where it was taken outside the program, which `source` then tells",
    )  # fmt: skip
    record = models.OneToOneField(ChainRecord, models.PROTECT, null=True, related_name="+")

    class Meta(DatedRow.Meta):
        verbose_name = "表决规则"
        constraints = [
            days_in_order("voting_rules_days"),
            models.UniqueConstraint(fields=["committee", "version"], name="voting_rules_version_once"),
            never_twice("voting_rules_once", "committee", message="这些日子已有一套表决规则。"),
        ]

    def __str__(self) -> str:
        return f"表决规则第{self.version}版"


class VotingRule(Record):
    """One body and kind of matter: who must be there, how many must agree, of what, in which forms."""

    GUARDS = (
        Guard(
            name="voting_rule_before_sealed",
            when="BEFORE INSERT",
            body="""
  IF EXISTS (SELECT 1 FROM decisions_votingruleset r WHERE r.id = NEW.rule_set_id AND r.record_id IS NOT NULL) THEN
    RAISE EXCEPTION '表决规则已经存证，不能再改；请另立新版本' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;""",
        ),
    )

    class Matter(models.TextChoices):
        ORDINARY = "ordinary", "一般事项"
        MAJOR = "major", "重大决策"
        CADRE = "cadre", "干部任免"
        ELECTION = "election", "选举"

    class Operator(models.TextChoices):
        AT_LEAST = "at_least", "以上(含)"
        MORE_THAN = "more_than", "超过"

    class Base(models.TextChoices):
        DUE = "due", "应到"
        ENTITLED_PRESENT = "entitled_present", "到会有表决权的"
        VALID = "valid", "有效票"

    rule_set = models.ForeignKey(VotingRuleSet, models.PROTECT, related_name="rules")
    body_kind = models.CharField("会议机构", max_length=20, choices=Body.Kind.choices)
    matter = models.CharField("事项", max_length=10, choices=Matter.choices)
    source = models.CharField("依据", max_length=200)
    quorum_operator = models.CharField("到会", max_length=10, choices=Operator.choices)
    quorum_numerator = models.PositiveSmallIntegerField("到会分子")
    quorum_denominator = models.PositiveSmallIntegerField("到会分母")
    pass_operator = models.CharField("通过", max_length=10, choices=Operator.choices)
    pass_numerator = models.PositiveSmallIntegerField("通过分子")
    pass_denominator = models.PositiveSmallIntegerField("通过分母")
    pass_base = models.CharField("通过基数", max_length=20, choices=Base.choices, default=Base.DUE)
    readmit_operator = models.CharField("复议", max_length=10, choices=Operator.choices, blank=True)
    readmit_numerator = models.PositiveSmallIntegerField("复议分子", null=True)
    readmit_denominator = models.PositiveSmallIntegerField("复议分母", null=True)
    forms = models.JSONField("可用表决方式", default=list, help_text="Round.Form values; a single one is obligatory")
    options = models.JSONField("表决选项", default=list, help_text="Choice values")
    chair_last = models.BooleanField("主持人末位表态", default=True)
    statements = models.BooleanField("表决前逐一表态", default=False)
    oppose_reason = models.BooleanField("反对须说明理由", default=False)
    recusal_lowers_due = models.BooleanField("回避减少应到", default=False)
    recused_may_vote = models.BooleanField("回避的仍参加表决", default=False)
    ways = models.JSONField("票决办法", default=list, help_text="paper, device")
    scrutineers = models.PositiveSmallIntegerField("监票人", default=0)
    tellers = models.PositiveSmallIntegerField("计票人", default=0)
    write_in = models.BooleanField("可另选他人", default=False)
    rounds = models.PositiveSmallIntegerField("最多几轮", default=1)
    spare = models.PositiveSmallIntegerField("再投时比名额多留几人", default=0)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["rule_set", "body_kind", "matter"], name="voting_rule_once"),
            models.CheckConstraint(
                name="voting_fractions",
                condition=Q(quorum_numerator__lte=F("quorum_denominator"), pass_numerator__lte=F("pass_denominator"))
                & Q(quorum_denominator__gt=0, pass_denominator__gt=0),
                violation_error_message="分数须不大于一。",
            ),
            models.CheckConstraint(
                name="readmission_is_whole",
                condition=Q(readmit_operator="", readmit_numerator=None, readmit_denominator=None)
                | ~Q(readmit_operator="") & Q(readmit_numerator__gt=0, readmit_numerator__lte=F("readmit_denominator")),
                violation_error_message="复议的比例须不大于一。",
            ),
            models.CheckConstraint(
                name="recused_votes_in_base",
                condition=~Q(recused_may_vote=True, recusal_lowers_due=True),
                violation_error_message="回避后仍参加表决的，不能减少应到。",
            ),
            models.CheckConstraint(
                name="secretary_meeting_never_votes",
                condition=~Q(body_kind=Body.Kind.SECRETARY_MEETING),
                violation_error_message="书记专题会只酝酿，不表决，不能有表决规则。",
            ),
        ]


class VotingRulesDraft(FreeRow):
    """The next version as far as it is thought out: the form's fields as typed. One a committee, gone when adopted."""

    based_on = models.ForeignKey(VotingRuleSet, models.PROTECT, related_name="+")
    content = models.JSONField("内容", default=dict)
    changed_at = models.DateTimeField("保存时间")
    changed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta(FreeRow.Meta):
        verbose_name = "表决规则草稿"
        constraints = [models.UniqueConstraint(fields=["committee"], name="one_voting_rules_draft")]


def voting_rules_on(day: date) -> VotingRuleSet | None:
    """The set in force on a day for the committee in scope."""
    return VotingRuleSet.objects.on(day).first()
