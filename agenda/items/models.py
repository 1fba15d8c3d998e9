"""议题: the item and its draft, its frozen versions, checks, signatures and clearance."""

from django.db import models
from django.db.models import Q
from guardian.models import UserObjectPermissionBase

from agenda.items import guards
from agenda.items.querysets import ItemQuerySet
from agenda.items.workflow import TONES, WORKFLOW, ItemState
from agenda.rules.models import AgendaRuleSet, CheckKind, Handling, MatterKind, SignRoute, SignStep
from committee.bodies.models import Body
from committee.units.models import Unit
from common.files.models import StoredFile
from common.identity.models import Person
from common.numbers.models import IssuedNumber
from common.records.models import ChainRecord
from common.tenancy.models import CommitteeManager, CommitteeRow, FreeRow, Record
from common.workflow import StateChange


class MajorKind(models.TextChoices):
    """三重一大 (M04)."""

    DECISION = "decision", "重大事项决策"
    CADRE = "cadre", "重要干部任免"
    PROJECT = "project", "重大项目安排"
    FUND = "fund", "大额度资金使用"


class Classification(models.TextChoices):
    """密级. What lies above the installation's ceiling is kept offline and has no file here (rules.md §9)."""

    OPEN = "open", "公开"
    INTERNAL = "internal", "内部"


class Item(WORKFLOW.machine(), CommitteeRow):  # type: ignore[misc]
    """An item in the store. Its columns repeat what lists, filters and routing need; the text is draft and versions."""

    number = models.OneToOneField(IssuedNumber, models.PROTECT, null=True, related_name="+")
    title = models.CharField("议题", max_length=100)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="items")
    matter_kind = models.ForeignKey(MatterKind, models.PROTECT, null=True, related_name="+")
    handling = models.CharField("拟议方式", max_length=8, choices=Handling.choices, default=Handling.DISCUSS)
    target_body = models.CharField("拟上会议", max_length=20, choices=Body.Kind.choices, default=Body.Kind.STANDING)
    amount = models.DecimalField("涉及金额（元）", max_digits=18, decimal_places=2, null=True, blank=True)
    leader = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="分管领导")
    classification = models.CharField(
        "密级", max_length=10, choices=Classification.choices, default=Classification.INTERNAL
    )
    urgent = models.BooleanField("急件", default=False)
    current_version = models.ForeignKey("ItemVersion", models.PROTECT, null=True, related_name="+")
    created_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    created_at = models.DateTimeField("起草时间")
    filed_on = models.DateField("呈报日", null=True)
    imported_key = models.CharField("台账来源", max_length=120, blank=True)

    GUARDS = (guards.ITEM_FOLLOWS_VERSION,)

    objects = CommitteeManager.from_queryset(ItemQuerySet)()
    everywhere = models.Manager.from_queryset(ItemQuerySet)()

    class Meta(CommitteeRow.Meta):
        verbose_name = "议题"
        # A delegated reviewer gets one of these for one item by a grant (ItemGrant); roles need none.
        permissions = [(f"review_{kind.value}", f"{kind.label}代审") for kind in CheckKind]
        constraints = [
            models.CheckConstraint(
                name="item_amount_positive",
                condition=Q(amount__isnull=True) | Q(amount__gt=0),
                violation_error_message="金额须大于零；没有金额的请留空。",
            ),
            models.CheckConstraint(
                name="filed_item_has_number_and_version",
                condition=Q(state__in=["draft", "withdrawn"])
                | Q(number__isnull=False, current_version__isnull=False, filed_on__isnull=False),
                violation_error_message="呈报过的议题须有编号和稿次。",
            ),
            models.UniqueConstraint(
                fields=["committee", "imported_key"],
                condition=~Q(imported_key=""),
                name="ledger_row_imported_once",
                violation_error_message="台账中的这一行已经导入过。",
            ),
        ]
        indexes = [
            models.Index(fields=["committee", "state", "-id"], name="item_by_state"),
            models.Index(fields=["committee", "-id"], name="item_newest"),
        ]

    def __str__(self) -> str:
        return self.title or "未命名议题"

    @property
    def version(self) -> "ItemVersion":
        """The current version of an item that was filed; a programming error where it was not."""
        if self.current_version is None:
            raise LookupError(f"item {self.pk} has no version")
        return self.current_version

    @property
    def tone(self) -> str:
        """How the state looks on a page."""
        return TONES[ItemState(self.state)]


class ItemChange(StateChange):
    subject = models.ForeignKey(Item, models.PROTECT, related_name="changes")


class ItemCoUnit(FreeRow):
    """A further unit that files the item together (联合呈报)."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="co_units")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    class Meta(FreeRow.Meta):
        constraints = [models.UniqueConstraint(fields=["item", "unit"], name="co_unit_once")]


class ItemDraft(FreeRow):
    """The sheet as it is being typed. `revision` counts savings, so that of two editors the second is told."""

    item = models.OneToOneField(Item, models.CASCADE, related_name="draft")
    content = models.JSONField("内容", default=dict, help_text="fields of agenda.items.sheet.Sheet")
    revision = models.PositiveIntegerField("改动次数", default=0)
    saved_at = models.DateTimeField("保存时间")
    saved_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta(FreeRow.Meta):
        verbose_name = "草稿"


class Attachment(CommitteeRow):
    """A paper of the item. Taking it out of the draft leaves it with the versions that had it."""

    class Kind(models.TextChoices):
        PAPER = "paper", "汇报材料"
        FEASIBILITY = "feasibility", "可行性研究"
        GOVERNMENT_MINUTES = "government_minutes", "政府常务会议纪要"
        OPINIONS = "opinions", "征求意见情况"
        OTHER = "other", "其他"

    item = models.ForeignKey(Item, models.PROTECT, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    kind = models.CharField("种类", max_length=20, choices=Kind.choices, default=Kind.PAPER)
    added_at = models.DateTimeField("加入时间")
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField("移出时间", null=True)

    GUARDS = (guards.ATTACHMENT_KEEPS_FILE,)

    class Meta(CommitteeRow.Meta):
        verbose_name = "附件"
        ordering = ["pk"]


class ItemVersion(Record):
    """第 n 稿: frozen at submission with its attachments' digests; signatures bind `digest`."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="versions")
    no = models.PositiveIntegerField("稿次")
    content = models.JSONField("内容", help_text="agenda.items.sheet.compose(); equal to the chain's bytes")
    digest = models.CharField("摘要", max_length=64)
    rule_set = models.ForeignKey(AgendaRuleSet, models.PROTECT, related_name="+")
    route = models.ForeignKey(SignRoute, models.PROTECT, related_name="+")
    leader = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField("呈报时间")
    submitted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    record = models.OneToOneField(ChainRecord, models.PROTECT, related_name="+")

    GUARDS = (guards.VERSION_IS_SEALED,)

    class Meta(Record.Meta):
        verbose_name = "稿"
        ordering = ["no"]
        constraints = [models.UniqueConstraint(fields=["item", "no"], name="version_no_once")]

    def __str__(self) -> str:
        return f"第{self.no}稿"


class VersionAttachment(Record):
    """Which attachments a version has."""

    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="attachments")
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="+")

    GUARDS = (guards.VERSION_ATTACHMENT_IS_SEALED,)

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint(fields=["version", "attachment"], name="attachment_once_in_version")]


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


class Signature(Record):
    """A signature binds the digest of one version; a new version leaves it behind."""

    class Verdict(models.TextChoices):
        APPROVE = "approve", "同意"
        RETURN = "return", "退回"

    class Medium(models.TextChoices):
        SCREEN = "screen", "网上"
        PAPER = "paper", "纸质"

    item = models.ForeignKey(Item, models.PROTECT, related_name="signatures")
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="signatures")
    step = models.ForeignKey(SignStep, models.PROTECT, related_name="+")
    verdict = models.CharField("意见", max_length=8, choices=Verdict.choices)
    opinion = models.CharField("批示", max_length=500, blank=True)
    signer = models.ForeignKey(Person, models.PROTECT, related_name="+")
    for_person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="AB角代")
    digest = models.CharField("所签摘要", max_length=64)
    medium = models.CharField("方式", max_length=8, choices=Medium.choices, default=Medium.SCREEN)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField("签字时间")
    record = models.OneToOneField(ChainRecord, models.PROTECT, related_name="+")

    GUARDS = (guards.SIGNATURE_BINDS_VERSION,)

    class Meta(Record.Meta):
        verbose_name = "签字"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "step"],
                condition=Q(verdict="approve"),
                name="step_signed_once",
                violation_error_message="这一步已经签过。",
            ),
            models.CheckConstraint(
                name="paper_signature_has_scan",
                condition=~Q(medium="paper") | Q(scan__isnull=False),
                violation_error_message="补录纸质签字须附扫描件。",
            ),
        ]


class UrgentRequest(Record):
    """The unit asks that a late item is dealt with as urgent: by its sheet at submission, or later by itself.

    It asks for one version and ends with it.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="urgent_requests")
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="+")
    reason = models.CharField("理由", max_length=500)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("申请时间")

    GUARDS = (guards.URGENT_REQUEST_ON_OWN_VERSION,)

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                name="urgent_request_has_reason", condition=~Q(reason=""), violation_error_message="急件须写明理由。"
            )
        ]


class UrgentApproval(Record):
    """书记's approval that a late item is dealt with as urgent (rules.md §4): this version, not whatever follows."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="urgent_approvals")
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="+")
    reason = models.CharField("理由", max_length=500)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    approved_at = models.DateTimeField("批准时间")
    record = models.OneToOneField(ChainRecord, models.PROTECT, related_name="+")

    GUARDS = (guards.URGENT_APPROVAL_ON_OWN_VERSION,)


class Clearance(Record):
    """可以上会: all checks and signatures stand on this version under this rule set. No agenda entry without one.

    The newest of the current version counts: a check done anew on the same text gives a new one with new days.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="clearances")
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="+")
    digest = models.CharField("摘要", max_length=64)
    rule_set = models.ForeignKey(AgendaRuleSet, models.PROTECT, related_name="+")
    valid_until = models.DateField(
        "有效至", null=True, help_text="the earliest end of its checks; empty without checks"
    )
    cleared_at = models.DateTimeField("放行时间")
    record = models.OneToOneField(ChainRecord, models.PROTECT, related_name="+")

    GUARDS = (guards.CLEARANCE_IS_EARNED,)

    class Meta(Record.Meta):
        verbose_name = "放行凭证"
        indexes = [models.Index(fields=["item", "-id"], name="clearance_newest")]


class ItemRecusal(CommitteeRow):
    """回避 as it stands: this person is kept from the item's page and papers, whatever else would open them.

    Written with the 回避 of the 会议记录 and ended with it (rules.md §2: recusal closes the materials, too).
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="recusals")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    since = models.DateTimeField("回避起")
    ended_at = models.DateTimeField("取消时间", null=True)

    class Meta(CommitteeRow.Meta):
        verbose_name = "回避"
        constraints = [
            models.UniqueConstraint(
                fields=["item", "person"], condition=Q(ended_at__isnull=True), name="one_standing_recusal"
            )
        ]


class ItemGrant(UserObjectPermissionBase):
    """guardian's direct grant on one item: to read it, or to review it by delegation; with an end; by a service.

    It is the person's: the login that guardian wants is the person's own, and who asks is matched by person.
    """

    content_object = models.ForeignKey(Item, models.PROTECT, related_name="grants")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    until = models.DateField("至", null=True)
    granted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False
        unique_together = ()  # of the base, without the person
        constraints = [
            models.UniqueConstraint(
                fields=["person", "user", "permission", "content_object"], name="one_grant_of_a_kind"
            )
        ]
