"""Dated roles: the posts outside the bodies that the program's rules ask for."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from committee.units.models import Unit
from common.identity.models import Person
from common.tenancy.dated import DatedQuerySet, DatedRow, days_in_order, never_twice
from common.tenancy.models import CommitteeManager


class Role(models.TextChoices):
    """What a person may be besides a member. Roles of a unit need one."""

    SECRETARIAL_SECTION = "secretarial_section", "秘书科"
    OFFICE_DIRECTOR = "office_director", "区委办主任/秘书长"
    MAYOR = "mayor", "区长"
    DEPUTY_MAYOR = "deputy_mayor", "副区长"
    UNIT_HEAD = "unit_head", "单位负责人"
    ITEM_LIAISON = "item_liaison", "议题联络员"
    RESEARCH_REVIEWER = "research_reviewer", "调查研究审核人"
    EXPERT_REVIEWER = "expert_reviewer", "专家论证审核人"
    RISK_REVIEWER = "risk_reviewer", "风险评估审核人"
    LEGAL_REVIEWER = "legal_reviewer", "合法性审查人"
    PLAN_REVIEWER = "plan_reviewer", "预案审核人"
    SUPERVISION_OFFICE = "supervision_office", "督查室"
    AUDITOR = "auditor", "审计查阅人"
    ADMINISTRATOR = "administrator", "系统管理员"


UNIT_ROLES = (Role.UNIT_HEAD, Role.ITEM_LIAISON)
SINGLE_ROLES = (Role.OFFICE_DIRECTOR, Role.MAYOR)


class RoleQuerySet(DatedQuerySet):
    """Who holds which role, on a day."""

    def held_by(self, person: Person, day: date) -> Self:
        return self.on(day).filter(person=person)

    def holders(self, role: str, day: date) -> Self:
        return self.on(day).filter(role=role).select_related("person").order_by("person__rank_order", "pk")


class RoleAssignment(DatedRow):
    """A person holds a role for some days, for a unit where the role is one of a unit."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="roles")
    role = models.CharField("角色", max_length=24, choices=Role.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="roles")
    basis = models.CharField("依据", max_length=200, blank=True)

    objects = CommitteeManager.from_queryset(RoleQuerySet)()
    everywhere = models.Manager.from_queryset(RoleQuerySet)()

    class Meta(DatedRow.Meta):
        verbose_name = "角色"
        constraints = [
            days_in_order("role_days"),
            never_twice(
                "role_once",
                "person",
                "role",
                message="此人在此期间已有这个角色。",
                condition=Q(unit__isnull=True),
            ),
            never_twice(
                "unit_role_once",
                "person",
                "role",
                "unit",
                message="此人在此期间已有该单位的这个角色。",
                condition=Q(unit__isnull=False),
            ),
            never_twice(
                "one_head_per_unit",
                "unit",
                message="该单位在此期间已有主要负责人。",
                condition=Q(role="unit_head"),
            ),
            never_twice(
                "one_holder_of_single_role",
                "committee",
                "role",
                message="此期间已有人担任这个职务。",
                condition=Q(role__in=["office_director", "mayor"]),
            ),
            models.CheckConstraint(
                name="unit_role_has_unit",
                condition=Q(role__in=["unit_head", "item_liaison"], unit__isnull=False)
                | (~Q(role__in=["unit_head", "item_liaison"]) & Q(unit__isnull=True)),
                violation_error_message="单位负责人和议题联络员须写明单位，其他角色不写单位。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person.name} {self.get_role_display()}"
