"""Document and item numbers: per committee, kind and year, without doubles and without silent gaps."""

from django.db import models

from common.tenancy.guards import Guard, stays
from common.tenancy.models import CommitteeRow


class NumberSeries(CommitteeRow):
    """The last number given of a kind in a year; its lock puts writers in order. Year 0 where the kind has none."""

    GUARDS = (
        stays("series_stays", "kind", "year", says="编号的种类和年份不能改"),
        Guard(
            name="series_goes_on",
            when="BEFORE UPDATE",
            body="""
  IF NEW.last < OLD.last THEN
    RAISE EXCEPTION '编号只能往后给，不能退回' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;""",
        ),
    )

    kind = models.CharField("种类", max_length=40)
    year = models.PositiveIntegerField("年份")
    last = models.PositiveIntegerField("末号", default=0)

    class Meta(CommitteeRow.Meta):
        constraints = [models.UniqueConstraint(fields=["committee", "kind", "year"], name="one_series_per_kind_year")]


class IssuedNumber(CommitteeRow):
    """A number that was given. Cancelled ones stay visible with their reason; none is given twice."""

    GUARDS = (
        stays(
            "number_stays",
            "kind",
            "year",
            "number",
            "issued_at",
            "subject",
            once=("cancelled_at", "cancel_reason"),
            says="给出的编号不能改，只能作废一次",
        ),
    )

    kind = models.CharField("种类", max_length=40)
    year = models.PositiveIntegerField("年份")
    number = models.PositiveIntegerField("号")
    issued_at = models.DateTimeField("给号时间")
    subject = models.CharField("用于", max_length=200)
    cancelled_at = models.DateTimeField("作废时间", null=True)
    cancel_reason = models.CharField("作废理由", max_length=200, blank=True)

    class Meta(CommitteeRow.Meta):
        verbose_name = "编号"
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "kind", "year", "number"],
                name="number_once",
                violation_error_message="这个号已经用过。",
            ),
            models.CheckConstraint(
                name="cancelled_number_says_why",
                condition=models.Q(cancelled_at__isnull=True) | ~models.Q(cancel_reason=""),
                violation_error_message="作废一个号要写明理由。",
            ),
        ]

    def __str__(self) -> str:
        return f"〔{self.year}〕{self.number}号" if self.year else f"第{self.number}号"
