"""The item, its draft and papers, and its frozen versions."""

from django.db import models
from django.db.models import Q

from agenda.items import guards
from agenda.items.querysets import ItemQuerySet
from agenda.items.workflow import TONES, WORKFLOW, ItemState
from agenda.rules.models import AgendaRuleSet, CheckKind, Handling, MatterKind, SignRoute
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


class Item(WORKFLOW.machine(), CommitteeRow):
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
