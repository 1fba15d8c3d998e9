"""An import of a workbook: uploaded, previewed, then applied as a whole or row by row, or dropped."""

from django.db import models

from agenda.items.models import Item
from common.files.models import StoredFile
from common.identity.models import Person
from common.tenancy.models import CommitteeRow, Record
from common.workflow import StateChange
from desk.imports.workflow import TONES, WORKFLOW, ImportState


class LedgerImport(WORKFLOW.machine(), CommitteeRow):
    """One uploaded workbook and what became of it. `plan` and `findings` are what its uploader was shown."""

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    findings = models.JSONField("问题", default=list, help_text="desk.imports.findings.Finding as JSON")
    plan = models.JSONField("计划", default=dict, help_text="desk.imports.plan.Plan.to_json()")
    uploaded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField("上传时间")
    finished_at = models.DateTimeField("完成时间", null=True)
    result = models.JSONField("结果", default=dict, help_text="counts of rows written, and their keys")

    class Meta(CommitteeRow.Meta):
        verbose_name = "导入"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file.name

    @property
    def tone(self) -> str:
        """How the state looks on a page."""
        return TONES[ImportState(self.state)]


class ImportChange(StateChange):
    subject = models.ForeignKey(LedgerImport, models.PROTECT, related_name="changes")


class LedgerItemRow(Record):
    """A row of the agenda ledger as it was read into a draft: what the draft began with, and every cell word for word.

    A later import of a changed row leaves one more; the newest counts.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="ledger_rows")
    ledger_import = models.ForeignKey(LedgerImport, models.PROTECT, related_name="item_rows")
    sheet = models.CharField("工作表", max_length=31)
    line = models.PositiveIntegerField("行")
    filed_on = models.DateField("申报日期", null=True)
    content = models.JSONField("读入的内容", help_text="agenda.items.sheet.Sheet as JSON")
    verbatim = models.JSONField("原行", help_text="desk.imports.lines.Line.pairs")

    class Meta(Record.Meta):
        verbose_name = "议题台账行"
        constraints = [models.UniqueConstraint(fields=["item", "ledger_import"], name="ledger_row_once_an_import")]
