"""The tenant: a committee, and the base of every row that belongs to one."""

from enum import Enum
from typing import Any, ClassVar

from django.db import models

from common.tenancy.scope import current_committee_id


class Committee(models.Model):
    """A local Party committee (省/市/县/乡). The only model that is not itself a row of one."""

    class Level(models.TextChoices):
        PROVINCE = "province", "省"
        CITY = "city", "市"
        COUNTY = "county", "县(区)"
        TOWNSHIP = "township", "乡镇"

    name = models.CharField("全称", max_length=100, unique=True, help_text="如：中国共产党清宁市云川区委员会")
    short_name = models.CharField("简称", max_length=40, help_text="如：中共云川区委")
    area_name = models.CharField("行政区名", max_length=40, help_text="如：云川区")
    office_word = models.CharField("机关称谓", max_length=10, help_text="如：区委，用于「区委常委会」「区委办」")
    level = models.CharField("层级", max_length=10, choices=Level.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    created_at = models.DateTimeField("建立时间")

    class Meta:
        verbose_name = "党委"

    def __str__(self) -> str:
        return self.short_name


class Keeps(Enum):
    """What the running program's database login may do with a table's rows (granted by common/promises)."""

    RECORD = "insert only: a record, refused UPDATE and DELETE for anybody by trigger"
    ROW = "insert and update: history matters, nothing is deleted"
    FREE = "insert, update and delete: drafts, working tables"
    PASSING = "insert and delete: kept sealed for a while, never changed, and let go as its own guard says"


class CommitteeManager(models.Manager):
    """Answers only for the committee in scope, so that isolation is the default and not a call."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(committee_id=current_committee_id())

    def none(self) -> models.QuerySet[Any]:
        """The empty answer needs no committee: forms are made of it when they are defined."""
        return super().get_queryset().none()


class CommitteeRow(models.Model):
    """Base of every table that belongs to a committee.

    Links between two CommitteeRow tables are doubled by composite foreign keys (committee_id, x_id); many-to-many
    relations therefore need a through model of their own (checked by tests/architecture).
    """

    keeps: ClassVar[Keeps] = Keeps.ROW

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="+", editable=False)

    objects = CommitteeManager()
    everywhere = models.Manager()

    class Meta:
        abstract = True
        default_manager_name = "objects"


class Record(CommitteeRow):
    """A row that is written once: the database refuses to change or delete it, whoever asks."""

    keeps = Keeps.RECORD

    class Meta(CommitteeRow.Meta):
        abstract = True


class FreeRow(CommitteeRow):
    """A row without history of its own: drafts, links of drafts, work queues."""

    keeps = Keeps.FREE

    class Meta(CommitteeRow.Meta):
        abstract = True


class PassingRow(CommitteeRow):
    """A row that is written once and has to go again: a sealed envelope. Its guard says from when it may be deleted."""

    keeps = Keeps.PASSING

    class Meta(CommitteeRow.Meta):
        abstract = True
