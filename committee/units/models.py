"""Departments, Party groups, townships: what files items and carries out decisions."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from common.tenancy.dated import DatedQuerySet, DatedRow, days_in_order, never_twice
from common.tenancy.models import CommitteeManager


class UnitQuerySet(DatedQuerySet):
    """Units in their order of protocol."""

    def in_order(self) -> Self:
        return self.order_by("rank_order", "pk")

    def called(self, text: str, day: date) -> Self:
        """Units whose short or full name is exactly this on a day."""
        return self.on(day).filter(Q(short_name=text) | Q(full_name=text))


class Unit(DatedRow):
    """A unit of the committee's area. Renaming ends one row and begins another that names it as predecessor."""

    class Kind(models.TextChoices):
        PARTY = "party", "党委部门"
        GOVERNMENT = "government", "政府部门"
        PARTY_GROUP = "party_group", "党组"
        MASS = "mass", "群团"
        TOWNSHIP = "township", "镇街"
        OTHER = "other", "其他机关"

    short_name = models.CharField("简称", max_length=40)
    full_name = models.CharField("全称", max_length=80)
    kind = models.CharField("类型", max_length=12, choices=Kind.choices)
    rank_order = models.PositiveIntegerField("排序", default=9999)
    phone = models.CharField("电话", max_length=40, blank=True)
    predecessor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="successors")

    objects = CommitteeManager.from_queryset(UnitQuerySet)()
    everywhere = models.Manager.from_queryset(UnitQuerySet)()

    class Meta(DatedRow.Meta):
        verbose_name = "单位"
        constraints = [
            days_in_order("unit_days"),
            never_twice("unit_short_name_once", "committee", "short_name", message="这个简称已有单位在用。"),
            never_twice("unit_full_name_once", "committee", "full_name", message="这个全称已有单位在用。"),
        ]

    def __str__(self) -> str:
        return self.short_name
