"""An import of a workbook: uploaded, previewed, then applied as a whole or row by row, or dropped."""

from django.db import models

from common.files.models import StoredFile
from common.identity.models import Person
from common.tenancy.models import CommitteeRow


class LedgerImport(CommitteeRow):
    """One uploaded workbook and what became of it."""

    class State(models.TextChoices):
        PREVIEWED = "previewed", "待确认"
        APPLIED = "applied", "已导入"
        DROPPED = "dropped", "已放弃"

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.PREVIEWED)
    findings = models.JSONField("问题", default=list)
    plan = models.JSONField("计划", default=list, help_text="new, changed, unchanged per row")
    uploaded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField("上传时间")
    finished_at = models.DateTimeField("完成时间", null=True)
    result = models.JSONField("结果", default=dict)

    class Meta(CommitteeRow.Meta):
        verbose_name = "导入"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file.name
