"""States of an import: 待确认 → 已导入, or 已放弃. What was applied is never applied again."""

from django.db import models

from common.workflow import Transition, Workflow


class ImportState(models.TextChoices):
    PREVIEWED = "previewed", "待确认"
    APPLIED = "applied", "已导入"
    DROPPED = "dropped", "已放弃"


S = ImportState
WORKFLOW = Workflow(
    ImportState,
    S.PREVIEWED,
    (
        Transition("apply", (S.PREVIEWED,), S.APPLIED, "导入", "上传人", "没有问题的整份写入；有问题的只写选定的行"),
        Transition("drop", (S.PREVIEWED,), S.DROPPED, "放弃", "上传人"),
    ),
)
TONES = {S.PREVIEWED: "wait", S.APPLIED: "good", S.DROPPED: "neutral"}
