"""Filters of the follow-up list."""

from collections.abc import Iterable
from typing import cast

from django import forms
from django.http import QueryDict

from committee.units.models import Unit
from common.identity.models import Person

ALL = ("", "全部")


class FollowUpFilter(forms.Form):
    """Which matters are listed; stays in the address."""

    q = forms.CharField(label="事项含", required=False, max_length=60)
    unit = forms.ChoiceField(label="单位", required=False)
    leader = forms.ChoiceField(label="责任领导", required=False)
    status = forms.ChoiceField(label="状态", required=False)
    late = forms.BooleanField(label="只看过了时限没有办结的", required=False)

    def __init__(
        self, data: QueryDict, *, units: Iterable[Unit], leaders: Iterable[Person], statuses: Iterable[str]
    ) -> None:
        super().__init__(data)
        self._offer("unit", ((str(unit.pk), unit.short_name) for unit in units))
        self._offer("leader", ((str(person.pk), person.name) for person in leaders))
        self._offer("status", ((status, status) for status in statuses))

    def _offer(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = [ALL, *choices]
