"""Shapes of what is typed about a division."""

from typing import Any

from django import forms

from committee.division.models import DivisionLine, DivisionUnit
from committee.units.models import Unit
from common.identity.models import Person
from common.web.days import DayField

NOTHING = [("", "—")]


class StartForm(forms.Form):
    """A new draft."""

    title = forms.CharField(
        label="标题", max_length=100, help_text="印在分工表上，如「区委常委和区政府领导分工一览表」。"
    )
    copy = forms.BooleanField(label="从现行分工抄起，只改变动的", required=False, initial=True)


class LineForm(forms.Form):
    """One leader's line; every unit has a field of its own, so that two people may work on it at once."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    post_title = forms.CharField(label="职务", required=False, max_length=100)
    work = forms.CharField(
        label="分管工作",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="一项一行，或用分号隔开；印出来按项分行。",
    )

    def __init__(self, *args: Any, line: DivisionLine, units: list[Unit], others: list[Person], **options: Any) -> None:
        options.setdefault("initial", initial_of(line))
        super().__init__(*args, **options)
        self.units = {field_of(unit): unit for unit in units}
        self.fields["backup"] = forms.ChoiceField(
            label="AB角",
            required=False,
            help_text="外出时由谁代行。",
            choices=[("", "没有"), *((str(person.pk), person.name) for person in others)],
        )
        self.others = {str(person.pk): person for person in others}
        for name, unit in self.units.items():
            self.fields[name] = forms.ChoiceField(
                label=unit.short_name, required=False, choices=[*NOTHING, *DivisionUnit.Relation.choices]
            )

    def typed(self) -> dict[str, Any]:
        """What the service takes."""
        data = self.cleaned_data
        return {
            "revision": data["version"],
            "post_title": data["post_title"].strip(),
            "work": data["work"].strip(),
            "backup": self.others.get(data["backup"]),
            "relations": {unit: data[name] for name, unit in self.units.items() if data[name]},
        }


def field_of(unit: Unit) -> str:
    return f"unit-{unit.pk}"


def initial_of(line: DivisionLine) -> dict[str, Any]:
    """The line as its form's fields. Of two relations to one unit the first stands: one leader has one."""
    relations: dict[str, str] = {}
    for row in line.units.all():
        relations.setdefault(field_of(row.unit), row.relation)
    return {
        "version": line.revision,
        "post_title": line.post_title,
        "work": line.work,
        "backup": str(line.backup_id or ""),
        **relations,
    }


class LeaderForm(forms.Form):
    """A further leader for the draft."""

    def __init__(self, *args: Any, people: list[tuple[str, list[Person]]], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(group, [(str(p.pk), f"{p.name}　{p.post_title}") for p in members]) for group, members in people]
        self.fields["person"] = forms.ChoiceField(label="再加一位", choices=[("", "请选择"), *choices])
        self.people = {str(p.pk): p for _, members in people for p in members}

    def person(self) -> Person:
        return self.people[self.cleaned_data["person"]]


class AdoptForm(forms.Form):
    """From which day, by whose decision."""

    valid_from = DayField(label="自哪一天起执行")
    basis = forms.CharField(
        label="依据", max_length=200, help_text="通过的会议，如「2026年11月12日区委常委会第20次会议通过」。"
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label="理由", max_length=200, help_text="如「常委会没有通过」。")
