"""Papers made from frozen bytes by a long-lived worker."""

from django.db import models
from django.db.models import Q

from common.files.models import StoredFile
from common.identity.models import Person
from common.tenancy.guards import stays
from common.tenancy.models import CommitteeRow


class RenderedDocument(CommitteeRow):
    """One PDF of one frozen text: asked for in the transaction that froze it, made by a worker, once."""

    class State(models.TextChoices):
        QUEUED = "queued", "排队中"
        DONE = "done", "已生成"
        FAILED = "failed", "生成失败"

    GUARDS = (
        stays(
            "paper_stays",
            "kind",
            "name",
            "source",
            "source_digest",
            "template_version",
            "requested_at",
            "requested_by_id",
            once=("file_id",),
            says="印制件只能照原文印出一次，原文和印出的文件不能更换",
        ),
    )

    kind = models.CharField("种类", max_length=40)
    name = models.CharField("文件名", max_length=200)
    source = models.BinaryField("原文", help_text="canonical bytes the paper is made from")
    source_digest = models.CharField("原文摘要", max_length=64)
    template_version = models.PositiveSmallIntegerField("版式版本", default=1)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.QUEUED)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField("提出时间")
    requested_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    finished_at = models.DateTimeField("完成时间", null=True)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    error = models.TextField("原因", blank=True)

    class Meta(CommitteeRow.Meta):
        verbose_name = "印制件"
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "kind", "source_digest", "template_version"], name="one_paper_per_source"
            ),
            models.CheckConstraint(name="done_paper_has_file", condition=~Q(state="done") | Q(file__isnull=False)),
        ]
        indexes = [models.Index(fields=["id"], condition=Q(state="queued"), name="paper_queued")]
