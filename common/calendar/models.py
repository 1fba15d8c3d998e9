"""The national calendar of working days: shared by all committees, published year by year."""

from django.db import models


class CalendarDay(models.Model):
    """A day of a published year. A year without rows is not published: its deadlines are provisional."""

    day = models.DateField("日期", primary_key=True)
    working = models.BooleanField("工作日")
    name = models.CharField("说明", max_length=40, blank=True, help_text="如：国庆节、调休上班")
    source = models.CharField("依据", max_length=100)

    class Meta:
        verbose_name = "日历"
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {'上班' if self.working else '休息'}"
