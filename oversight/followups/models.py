"""督办 taken over from the office's ledger: kept whole until the follow-up subject begins its life with them."""

from django.db import models
from django.db.models import F, Q

from committee.units.models import Unit
from common.identity.models import Person
from common.tenancy.models import CommitteeRow, FreeRow

# What offices write when a matter is closed.
DONE = ("办结", "已办结", "完成", "已完成", "销号", "已销号")


class LedgerFollowUp(CommitteeRow):
    """A row of the 督办台账 as imported; `verbatim` keeps every cell as it stood.

    `ledger_key` names the matter across imports: its number, or title, unit and day where it has none.
    """

    ledger_key = models.CharField("台账来源", max_length=120)
    number = models.CharField("编号", max_length=60, blank=True)
    title = models.CharField("督办事项", max_length=200)
    source = models.CharField("来源", max_length=100, blank=True)
    leader = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="责任领导")
    lead_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="牵头单位"
    )
    opened_on = models.DateField("立项日", null=True, blank=True)
    due_on = models.DateField("办结时限", null=True, blank=True)
    progress = models.DecimalField("进度(%)", max_digits=5, decimal_places=2, null=True, blank=True)
    latest = models.TextField("最新进展", blank=True)
    problems = models.TextField("存在问题", blank=True)
    status = models.CharField("状态", max_length=20, blank=True)
    verbatim = models.JSONField("原行", default=list, help_text="[[heading, text], …] in the order of the columns")
    imported_at = models.DateTimeField("导入时间")

    class Meta(CommitteeRow.Meta):
        verbose_name = "督办事项"
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "ledger_key"],
                name="follow_up_imported_once",
                violation_error_message="这件督办事项已经导入过。",
            ),
            models.UniqueConstraint(
                fields=["committee", "number"],
                condition=~Q(number=""),
                name="follow_up_number_once",
                violation_error_message="督办编号重复。",
            ),
            models.CheckConstraint(
                name="follow_up_progress",
                condition=Q(progress__isnull=True) | Q(progress__gte=0, progress__lte=100),
                violation_error_message="进度须在 0 到 100 之间。",
            ),
            models.CheckConstraint(
                name="follow_up_days",
                condition=Q(due_on__isnull=True) | Q(opened_on__isnull=True) | Q(due_on__gte=F("opened_on")),
                violation_error_message="办结时限不能早于立项日。",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def lead_names(self) -> str:
        """All units that lead, the answering one first."""
        first = [self.lead_unit.short_name] if self.lead_unit else []
        return "、".join([*first, *(row.unit.short_name for row in self.co_units.all() if row.leads)])

    @property
    def co_names(self) -> str:
        """The units that help."""
        return "、".join(row.unit.short_name for row in self.co_units.all() if not row.leads)

    @property
    def is_done(self) -> bool:
        """Closed, in the ledger's own words; such a one is never late."""
        return self.status in DONE


class LedgerCoUnit(FreeRow):
    """A further unit of an imported follow-up: cooperating, or leading beside the first."""

    follow_up = models.ForeignKey(LedgerFollowUp, models.PROTECT, related_name="co_units")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    leads = models.BooleanField("同为牵头单位", default=False)
    position = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta(FreeRow.Meta):
        verbose_name = "配合单位"
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["follow_up", "unit"], name="follow_up_co_unit_once")]
