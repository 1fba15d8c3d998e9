"""The chain: what was submitted, signed, decided and issued, as bytes that nobody recomputes from rows."""

from django.db import models

from common.tenancy.models import CommitteeRow, Record


class ChainHead(CommitteeRow):
    """Where a committee's chain ends; its row lock puts writers in order. Taken last of all locks."""

    seq = models.BigIntegerField("末号", default=0)
    digest = models.CharField("末摘要", max_length=64, default="0" * 64)

    class Meta(CommitteeRow.Meta):
        constraints = [models.UniqueConstraint(fields=["committee"], name="one_chain_per_committee")]


class ChainRecord(Record):
    """One link; `digest` is SHA-256 of "predecessor⏎seq⏎schema⏎subject⏎payload_digest", checked by the database."""

    seq = models.BigIntegerField("序号")
    schema = models.CharField("格式", max_length=60, help_text="e.g. item_version/1")
    subject = models.CharField("对象", max_length=80, help_text="e.g. agenda.item/12")
    payload = models.BinaryField("原文")
    payload_digest = models.CharField("原文摘要", max_length=64)
    predecessor = models.CharField("前一摘要", max_length=64)
    digest = models.CharField("摘要", max_length=64)
    recorded_at = models.DateTimeField("时间")

    class Meta(Record.Meta):
        verbose_name = "存证"
        constraints = [
            models.UniqueConstraint(fields=["committee", "seq"], name="chain_seq_once"),
            models.UniqueConstraint(fields=["committee", "predecessor"], name="chain_never_forks"),
            models.CheckConstraint(name="chain_starts_at_one", condition=models.Q(seq__gte=1)),
        ]
        indexes = [models.Index(fields=["committee", "subject"], name="chain_subject")]

    def __str__(self) -> str:
        return f"存证 {self.seq}"
