"""Filters of the list of decisions; they stay in the address."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms

from committee.bodies.models import Body
from committee.units.models import Unit
from decisions.outcomes.models import Outcome

ALL = ("", "全部")


class DecisionFilter(forms.Form):
    """Year, body, unit (responsible or cooperating), outcome, words of the text."""

    q = forms.CharField(label="内容含", required=False, max_length=60)
    year = forms.ChoiceField(label="年份", required=False)
    body = forms.ChoiceField(label="会议", required=False)
    unit = forms.ChoiceField(label="责任或配合单位", required=False)
    outcome = forms.ChoiceField(label="结果", required=False, choices=[ALL, *Outcome.choices])

    def __init__(self, data: Any, *, years: Iterable[int], bodies: Iterable[Body], units: Iterable[Unit]) -> None:
        super().__init__(data)
        self._offer("year", [(str(year), f"{year}年") for year in years])
        self._offer("body", [(body.kind, body.name) for body in bodies])
        self._offer("unit", [(str(unit.pk), unit.short_name) for unit in units])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = [ALL, *choices]
