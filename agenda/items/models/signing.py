"""What is signed on a version: signatures, 急件, and the clearance that follows from them."""

from django.db import models
from django.db.models import Q

from agenda.items import guards
from agenda.items.models.item import Item, ItemVersion
from agenda.rules.models import AgendaRuleSet, SignStep
from common.files.models import StoredFile
from common.identity.models import Person
from common.records.models import ChainRecord
from common.tenancy.models import Record


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
    signed_on = models.DateField("签字日", help_text="of one on paper the day written there")
    signed_at = models.DateTimeField("签字时间", help_text="of one on paper the time it was entered")
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
