"""Files people give: stored once by content, known by digest, never under the web root."""

from django.db import models

from common.identity.models import Person
from common.tenancy.models import Record


class StoredFile(Record):
    """The row that makes bytes on disk a file of a committee. Bytes without a row are orphans and are swept."""

    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    size = models.PositiveBigIntegerField("字节数")
    content_type = models.CharField("类型", max_length=100)
    name = models.CharField("文件名", max_length=200)
    stored_at = models.DateTimeField("存入时间")
    stored_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta(Record.Meta):
        verbose_name = "文件"
        constraints = [
            models.CheckConstraint(name="file_not_empty", condition=models.Q(size__gt=0)),
        ]

    def __str__(self) -> str:
        return self.name
