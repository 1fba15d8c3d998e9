"""Who did what, when, for whom, from where: one row a write at least."""

from django.db import models

from common.identity.models import Account, Person
from common.tenancy.models import Record


class AuditEntry(Record):
    """A line of the log. Written by services only, through common.audit.log.audit()."""

    at = models.DateTimeField("时间", db_index=True)
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    person_name = models.CharField("办理人", max_length=80)
    by_staff = models.BooleanField("受托代办", default=False)
    verb = models.CharField("动作", max_length=60, help_text="the service's name, e.g. sign_item")
    subject_kind = models.CharField("对象", max_length=40, help_text="model label, e.g. agenda.item")
    subject_id = models.BigIntegerField("对象号", null=True)
    subject_label = models.CharField("对象名", max_length=200)
    detail = models.JSONField("详情", default=dict)
    source = models.CharField("来源", max_length=80)

    class Meta(Record.Meta):
        verbose_name = "操作记录"
        indexes = [models.Index(fields=["committee", "subject_kind", "subject_id", "-at"], name="audit_subject")]
