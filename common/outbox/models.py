"""News for the floors above: an event row in the writer's transaction, one handling per registered handler."""

from django.db import models
from django.db.models import Q

from common.tenancy.guards import stays
from common.tenancy.models import CommitteeRow, Record


class Event(Record):
    """Something that happened, named like "item.submitted"."""

    kind = models.CharField("事件", max_length=60)
    subject_kind = models.CharField("对象", max_length=40)
    subject_id = models.BigIntegerField("对象号")
    payload = models.JSONField("内容", default=dict)
    at = models.DateTimeField("时间")

    class Meta(Record.Meta):
        verbose_name = "事件"


class Handling(CommitteeRow):
    """One handler's work on one event: waiting → done, or failed after five tries and shown to the administrator.

    `error`: a sentence in plain words; on the next line, where there is one, the error as the program gave it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "待处理"
        DONE = "done", "已处理"
        FAILED = "failed", "失败"

    event = models.ForeignKey(Event, models.PROTECT, related_name="handlings")
    handler = models.CharField("处理者", max_length=80)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    claimed_at = models.DateTimeField("着手时间", null=True, help_text="while a worker is at it, or died at it")
    done_at = models.DateTimeField("完成时间", null=True)
    error = models.TextField("错误", blank=True)

    GUARDS = (stays("handling_stays", "event_id", "handler", says="一件后台办理不能改到别的事件或步骤上"),)

    class Meta(CommitteeRow.Meta):
        verbose_name = "后台办理"
        constraints = [models.UniqueConstraint(fields=["event", "handler"], name="once_per_event_and_handler")]
        indexes = [models.Index(fields=["id"], condition=Q(state="waiting"), name="handling_waiting")]

    def __str__(self) -> str:
        return f"{self.event.kind} → {self.handler}"
