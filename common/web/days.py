"""The day a page answers for: `?day=2026-09-12` in the address, today without it."""

from datetime import date

from django import forms
from django.http import HttpRequest

from common import clock


class DayInput(forms.DateInput):
    """A day chosen in the browser's own calendar, or typed."""

    input_type = "date"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A legal day."""

    widget = DayInput


def day_asked(request: HttpRequest) -> date:
    """The day in the address; what is no day there is taken as today."""
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return clock.today()
