"""领导分工: who is in charge of what, dated; a draft is put in force from a day and supersedes the one before."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from committee.division.workflow import WORKFLOW, DivisionState
from committee.units.models import Unit
from common.identity.models import Person
from common.promises.guards import Guard
from common.records.models import ChainRecord
from common.tenancy.dated import DayRange
from common.tenancy.models import CommitteeManager, CommitteeRow, FreeRow
from common.workflow import StateChange


class DivisionQuerySet(models.QuerySet["Division"]):
    """Which division holds on a day."""

    def in_force_on(self, day: date) -> Self:
        """The one division that held on this day (or none)."""
        return self.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
            state__in=[DivisionState.IN_FORCE, DivisionState.SUPERSEDED],
            valid_from__lte=day,
        )


class Division(WORKFLOW.machine(), CommitteeRow):
    """A whole list of 分工. In force it is frozen in the chain; nothing of it is edited, a new one supersedes it."""

    GUARDS = (
        Guard(
            name="division_frozen",
            when="BEFORE UPDATE",
            body="""
  IF OLD.state <> 'draft' AND (NEW.title, NEW.basis, NEW.valid_from, NEW.supersedes_id, NEW.record_id)
     IS DISTINCT FROM (OLD.title, OLD.basis, OLD.valid_from, OLD.supersedes_id, OLD.record_id) THEN
    RAISE EXCEPTION '分工已经定稿，不能再改；请起草新的分工取代它' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;""",
        ),
    )

    title = models.CharField("标题", max_length=100)
    basis = models.CharField("依据", max_length=200, blank=True, help_text="如：2026年9月10日区委常委会第14次会议通过")
    valid_from = models.DateField("生效日", null=True, blank=True)
    valid_to = models.DateField("止日", null=True, blank=True, editable=False)
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="superseded_by")
    record = models.OneToOneField(ChainRecord, models.PROTECT, null=True, related_name="+")
    revision = models.PositiveIntegerField("改动次数", default=0)
    created_at = models.DateTimeField("起草时间")

    objects = CommitteeManager.from_queryset(DivisionQuerySet)()
    everywhere = models.Manager.from_queryset(DivisionQuerySet)()

    class Meta(CommitteeRow.Meta):
        verbose_name = "领导分工"
        constraints = [
            models.CheckConstraint(
                name="division_in_force_is_sealed",
                condition=Q(state__in=["draft", "dropped"])
                | (Q(valid_from__isnull=False) & Q(record__isnull=False) & ~Q(basis="")),
                violation_error_message="生效的分工须有生效日、依据和存证。",
            ),
            models.CheckConstraint(
                name="division_days",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                violation_error_message="止日不能早于生效日。",
            ),
            models.UniqueConstraint(
                fields=["committee"],
                condition=Q(state="in_force"),
                name="one_division_in_force",
                violation_error_message="同一时间只能有一份分工生效。",
            ),
            ExclusionConstraint(
                name="one_division_on_a_day",
                expressions=[("committee", RangeOperators.EQUAL), (DayRange(), RangeOperators.OVERLAPS)],
                condition=Q(state__in=["in_force", "superseded"]),
                violation_error_message="这些日子已有一份分工。",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DivisionChange(StateChange):
    subject = models.ForeignKey(Division, models.PROTECT, related_name="changes")


_ONLY_IN_DRAFT = """
  IF EXISTS (SELECT 1 FROM committee_division d WHERE d.id = {line}.division_id AND d.state <> 'draft') THEN
    RAISE EXCEPTION '分工已经生效，不能再改；请起草新的分工取代它' USING ERRCODE = 'check_violation';
  END IF;"""


class DivisionLine(FreeRow):
    """One leader's duties in a division. The database refuses to change a line once its division left the draft."""

    GUARDS = (
        Guard("division_line_in_draft", "BEFORE INSERT OR UPDATE", _ONLY_IN_DRAFT.format(line="NEW") + " RETURN NEW;"),
        Guard("division_line_kept", "BEFORE DELETE", _ONLY_IN_DRAFT.format(line="OLD") + " RETURN OLD;"),
    )

    division = models.ForeignKey(Division, models.PROTECT, related_name="lines")
    person = models.ForeignKey(Person, models.PROTECT, related_name="division_lines")
    post_title = models.CharField("职务", max_length=100, blank=True)
    rank_order = models.PositiveIntegerField("排序", default=0)
    work = models.TextField("分管工作", blank=True)
    backup = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="AB角")
    revision = models.PositiveIntegerField("改动次数", default=0, editable=False)
    edited_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", editable=False)
    edited_at = models.DateTimeField("改动时间", null=True, editable=False)

    class Meta(FreeRow.Meta):
        verbose_name = "分工"
        ordering = ["rank_order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "person"],
                name="one_line_per_leader",
                violation_error_message="同一份分工里一位领导只有一行。",
            ),
            models.CheckConstraint(
                name="backup_is_another",
                condition=Q(backup__isnull=True) | ~Q(backup=F("person")),
                violation_error_message="AB角须是另一位领导。",
            ),
        ]

    def __str__(self) -> str:
        return self.person.name

    def related(self, relation: str) -> list[Unit]:
        """The units in one relation; read them with `units__unit` prefetched."""
        return [row.unit for row in self.units.all() if row.relation == relation]

    @property
    def in_charge_of(self) -> list[Unit]:
        return self.related(DivisionUnit.Relation.IN_CHARGE_OF)

    @property
    def liaison_for(self) -> list[Unit]:
        return self.related(DivisionUnit.Relation.LIAISON_FOR)

    @property
    def assists(self) -> list[Unit]:
        return self.related(DivisionUnit.Relation.ASSISTS)


class DivisionUnit(FreeRow):
    """A unit in a leader's line: in charge of it (分管), its liaison (联系) or assisting (协助)."""

    class Relation(models.TextChoices):
        IN_CHARGE_OF = "in_charge_of", "分管"
        LIAISON_FOR = "liaison_for", "联系"
        ASSISTS = "assists", "协助"

    GUARDS = (
        Guard(
            "division_unit_in_draft",
            "BEFORE INSERT OR UPDATE",
            "SELECT division_id INTO l FROM committee_divisionline WHERE id = NEW.line_id;"
            + _ONLY_IN_DRAFT.format(line="l")
            + " RETURN NEW;",
            declare="l record;",
        ),
        Guard(
            "division_unit_kept",
            "BEFORE DELETE",
            "SELECT division_id INTO l FROM committee_divisionline WHERE id = OLD.line_id;"
            + _ONLY_IN_DRAFT.format(line="l")
            + " RETURN OLD;",
            declare="l record;",
        ),
    )

    line = models.ForeignKey(DivisionLine, models.CASCADE, related_name="units")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="division_units")
    relation = models.CharField("关系", max_length=12, choices=Relation.choices)
    rank_order = models.PositiveIntegerField("排序", default=0)

    class Meta(FreeRow.Meta):
        ordering = ["rank_order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["line", "unit", "relation"], name="unit_once_in_line"),
        ]
