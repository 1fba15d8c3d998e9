"""Letters that leave by e-mail: one claimed attempt each, the outcome shown, retried with the same Message-ID."""

from django.db import models
from django.db.models import Q

from common.identity.models import Person
from common.tenancy.models import CommitteeRow


class Letter(CommitteeRow):
    """An e-mail to one person. It carries no titles of items (rules.md §9), only that something waits and where."""

    class State(models.TextChoices):
        QUEUED = "queued", "待发"
        CLAIMED = "claimed", "发送中"
        SENT = "sent", "已发出"
        FAILED = "failed", "未发出"
        UNKNOWN = "unknown", "不明"

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    address = models.EmailField("地址")
    subject = models.CharField("主题", max_length=100)
    body = models.TextField("正文")
    message_id = models.CharField("Message-ID", max_length=200, unique=True)
    key = models.CharField("缘由", max_length=120, help_text="one letter per key: e.g. notice/12/person/7")
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.QUEUED)
    queued_at = models.DateTimeField("提交时间")
    claimed_at = models.DateTimeField("发送时间", null=True)
    finished_at = models.DateTimeField("结果时间", null=True)
    error = models.CharField("原因", max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField("次数", default=0)

    class Meta(CommitteeRow.Meta):
        verbose_name = "邮件"
        constraints = [models.UniqueConstraint(fields=["committee", "key"], name="one_letter_per_key")]
        indexes = [models.Index(fields=["id"], condition=Q(state="queued"), name="letter_queued")]
