"""五不上会 on a version: conclusions with their documents, and waivers."""

from django.db import models
from django.db.models import Q

from agenda.items import guards
from agenda.items.models.item import Item, ItemVersion
from agenda.rules.models import CheckKind
from committee.units.models import Unit
from common.files.models import StoredFile
from common.identity.models import Person
from common.records.models import ChainRecord
from common.tenancy.models import Record


class Conclusion(models.TextChoices):
    """What a check may conclude."""

    SUFFICIENT = "sufficient", "充分"
    INSUFFICIENT = "insufficient", "不充分"
    FEASIBLE = "feasible", "可行"
    FEASIBLE_IF_CHANGED = "feasible_if_changed", "修改后可行"
    INFEASIBLE = "infeasible", "不可行"
    HIGH = "high", "高"
    MIDDLE = "middle", "中"
    LOW = "low", "低"
    LAWFUL = "lawful", "合法"
    LAWFUL_IF_CHANGED = "lawful_if_changed", "修改后合法"
    UNLAWFUL = "unlawful", "不合法"
    EXPLORATORY = "exploratory", "探索性（明示风险）"
    PRESENT = "present", "有"
    ABSENT = "absent", "无"


# Which conclusions fit which check (rules.md §3); which of them pass: agenda/items/gates.py.
CONCLUSIONS: dict[str, tuple[Conclusion, ...]] = {
    CheckKind.RESEARCH: (Conclusion.SUFFICIENT, Conclusion.INSUFFICIENT),
    CheckKind.EXPERT: (Conclusion.FEASIBLE, Conclusion.FEASIBLE_IF_CHANGED, Conclusion.INFEASIBLE),
    CheckKind.RISK: (Conclusion.LOW, Conclusion.MIDDLE, Conclusion.HIGH),
    CheckKind.LEGAL: (
        Conclusion.LAWFUL,
        Conclusion.LAWFUL_IF_CHANGED,
        Conclusion.EXPLORATORY,
        Conclusion.UNLAWFUL,
    ),
    CheckKind.PLAN: (Conclusion.PRESENT, Conclusion.ABSENT),
}


def _fitting() -> Q:
    fits = Q()
    for kind, conclusions in CONCLUSIONS.items():
        fits |= Q(kind=kind, conclusion__in=conclusions)
    return fits


class CheckOpinion(Record):
    """A reviewer's conclusion on one version; the newest of a kind counts.

    `confirms` names the one on an earlier version that this one carries over.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="opinions")
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="opinions")
    kind = models.CharField("前置程序", max_length=10, choices=CheckKind.choices)
    conclusion = models.CharField("结论", max_length=20, choices=Conclusion.choices)
    summary = models.TextField("意见")
    details = models.JSONField("要点", default=dict, help_text="per kind: agenda/items/gates.py DETAILS")
    measures_confirmed = models.BooleanField("化解措施已确认", default=False)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="审核单位")
    reviewer = models.ForeignKey(Person, models.PROTECT, related_name="+")
    done_on = models.DateField("完成日")
    valid_until = models.DateField("有效至")
    confirms = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField("记录时间")
    record = models.OneToOneField(ChainRecord, models.PROTECT, related_name="+")

    GUARDS = (guards.OPINION_ON_OWN_VERSION,)

    class Meta(Record.Meta):
        verbose_name = "前置程序意见"
        constraints = [
            models.CheckConstraint(
                name="conclusion_fits_check",
                condition=_fitting(),
                violation_error_message="这个结论不属于这项前置程序。",
            )
        ]
        indexes = [models.Index(fields=["item", "kind", "-id"], name="opinion_newest")]


class OpinionDocument(Record):
    """A document of a check: report, experts' signed opinions, legal counsel's opinion …"""

    opinion = models.ForeignKey(CheckOpinion, models.PROTECT, related_name="documents")
    what = models.CharField(
        "材料", max_length=40, blank=True, default="", help_text="a key of agenda.items.gates.PAPERS"
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")


class CheckWaiver(Record):
    """不适用: with a reason and the one who had the authority."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="waivers")
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="+")
    kind = models.CharField("前置程序", max_length=10, choices=CheckKind.choices)
    reason = models.CharField("理由", max_length=500)
    granted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("记录时间")
    record = models.OneToOneField(ChainRecord, models.PROTECT, related_name="+")

    GUARDS = (guards.WAIVER_ON_OWN_VERSION,)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["version", "kind"], name="waiver_once"),
            models.CheckConstraint(
                name="waiver_has_reason", condition=~Q(reason=""), violation_error_message="不适用须写明理由。"
            ),
        ]
