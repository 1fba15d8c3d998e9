"""Rows with a term: valid from and to (both days included), and when the program learned and unlearned them."""

from datetime import date
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from common.tenancy.models import CommitteeManager, CommitteeRow


def valid_on(day: date, link: str = "") -> Q:
    """Valid on this day and not voided; `link` is the way to the dated row, as `states__`."""
    days = Q(**{f"{link}valid_to__isnull": True}) | Q(**{f"{link}valid_to__gte": day})
    return days & Q(**{f"{link}valid_from__lte": day, f"{link}voided_at__isnull": True})


class DatedQuerySet(models.QuerySet[Any]):
    """Questions that take a day."""

    def on(self, day: date) -> Self:
        """Rows valid on this day as the program knows it now (voided rows never count)."""
        return self.filter(valid_on(day))

    def standing(self) -> Self:
        """Rows that were not voided, whatever their days."""
        return self.filter(voided_at__isnull=True)


class DatedRow(CommitteeRow):
    """A fact with days. A wrong one is voided and entered again; an ended one gets its last day."""

    valid_from = models.DateField("自")
    valid_to = models.DateField("至", null=True, blank=True, help_text="含当日；空为至今")
    recorded_at = models.DateTimeField("录入时间", editable=False)
    voided_at = models.DateTimeField("作废时间", null=True, editable=False)
    void_reason = models.CharField("作废理由", max_length=200, blank=True, editable=False)

    objects = CommitteeManager.from_queryset(DatedQuerySet)()
    everywhere = models.Manager.from_queryset(DatedQuerySet)()

    class Meta(CommitteeRow.Meta):
        abstract = True


class DayRange(Func):
    """daterange(first, last, '[]'), for exclusion constraints; the days of a DatedRow unless others are named."""

    function = "DATERANGE"
    output_field = DateRangeField()

    def __init__(self, first: Any = "valid_from", last: Any = "valid_to") -> None:
        super().__init__(first, last, Value("[]"))


def days_in_order(name: str) -> models.CheckConstraint:
    """The last day is not before the first."""
    return models.CheckConstraint(
        name=name,
        condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
        violation_error_message="止日不能早于起日。",
    )


def never_twice(name: str, *columns: str, message: str, condition: Q | None = None) -> ExclusionConstraint:
    """Refuse two unvoided rows equal in `columns` whose days overlap."""
    standing = Q(voided_at__isnull=True)
    return ExclusionConstraint(
        name=name,
        expressions=[
            *((column, RangeOperators.EQUAL) for column in columns),
            (DayRange(), RangeOperators.OVERLAPS),
        ],
        condition=standing & condition if condition else standing,
        violation_error_message=message,
    )
