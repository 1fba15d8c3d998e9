"""A new version of the rules for filing, drafted as a copy of the one in force."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms

from agenda.rules.content import NUMBERS, number_label
from agenda.rules.defaults import MatterSpec, RouteSpec, StepSpec
from agenda.rules.draft import NOT_ASKED, PAPERS, MatterDraft, RulesDraft
from agenda.rules.models import CheckKind, CheckRule, Handling, Nature, SignStep, Way
from committee.bodies.models import Body
from committee.roles.models import Role
from committee.units.models import Unit
from common.web.days import DayField

REVIEWERS = (
    Role.UNIT_HEAD,
    Role.ITEM_LIAISON,
    Role.RESEARCH_REVIEWER,
    Role.EXPERT_REVIEWER,
    Role.RISK_REVIEWER,
    Role.LEGAL_REVIEWER,
    Role.PLAN_REVIEWER,
)
NEEDS = [("", NOT_ASKED), *CheckRule.Need.choices]
BODIES = [("", "请选择"), *(choice for choice in Body.Kind.choices if choice[0] != Body.Kind.CONGRESS)]
NEW_MATTERS, MOST_STEPS = 3, 7


class RulesForm(forms.Form):
    """Every number, need and step has a field; what is left as it is stays as it is."""

    valid_from = DayField(label="自哪一天起施行")
    source = forms.CharField(label="依据", max_length=200, help_text="如「区委常委会第21次会议修订」。")

    def __init__(self, *args: Any, draft: RulesDraft, version: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.before, self.version = draft, version
        self.codes = [matter.spec.code for matter in draft.matters]
        self.new_codes = [f"added_{version}_{number}" for number in range(1, NEW_MATTERS + 1)]
        # The last way is empty: for one that is new.
        self.routes = [*draft.routes, RouteSpec(f"route_{version}", "", ())]
        self._add_numbers(draft)
        self._add_matters(draft)
        units = list(Unit.objects.standing().in_order())
        self.units = {str(unit.pk): unit for unit in units}
        for place, route in enumerate(self.routes):
            self._add_route(place, route, units)

    def _add_numbers(self, draft: RulesDraft) -> None:
        for name in NUMBERS:
            self.fields[name] = forms.IntegerField(
                label=number_label(name), min_value=1, max_value=30000, initial=draft.numbers[name]
            )
        roles = [(role.value, role.label) for role in REVIEWERS]
        for kind in CheckKind:
            self.fields[f"reviewer-{kind}"] = forms.ChoiceField(
                label=f"{kind.label}由谁审核", choices=roles, initial=draft.reviewers[kind]
            )

    def _add_matters(self, draft: RulesDraft) -> None:
        for matter in draft.matters:
            self.fields[f"keep-{matter.spec.code}"] = forms.BooleanField(
                label=f"「{matter.spec.name}」列入", required=False, initial=True
            )
        for code in self.new_codes:
            self.fields[f"name-{code}"] = forms.CharField(label="新增事项", required=False, max_length=40)
            self.fields[f"body-{code}"] = forms.ChoiceField(label="由谁决定", required=False, choices=BODIES)
            self.fields[f"nature-{code}"] = forms.ChoiceField(
                label="性质", required=False, choices=Nature.choices, initial=Nature.MAJOR
            )
            self.fields[f"way-{code}"] = forms.ChoiceField(
                label="办法", required=False, choices=Way.choices, initial=Way.DECIDE
            )
        checks = {matter.spec.code: matter for matter in draft.matters}
        for code in (*self.codes, *self.new_codes):
            name = checks[code].spec.name if code in checks else "新增事项"
            for kind in CheckKind:
                initial = checks[code].checks.get(kind, "") if code in checks else ""
                self.fields[f"check-{code}-{kind}"] = forms.ChoiceField(
                    label=f"{name}：{kind.label}", required=False, choices=NEEDS, initial=initial
                )

    def _add_route(self, place: int, route: RouteSpec, units: Iterable[Unit]) -> None:
        boxes = forms.CheckboxSelectMultiple
        countersign = next((step.unit for step in route.steps if step.unit), None)
        self.fields |= {
            f"route-{place}-name": forms.CharField(
                label="名称", required=False, max_length=40, initial=route.name, help_text="清空名称即去掉这条路线。"
            ),
            f"route-{place}-units": forms.MultipleChoiceField(
                label="适用单位", required=False, choices=Unit.Kind.choices, initial=route.unit_kinds, widget=boxes
            ),
            f"route-{place}-handlings": forms.MultipleChoiceField(
                label="适用方式", required=False, choices=Handling.choices, initial=route.handlings, widget=boxes
            ),
            f"route-{place}-paper": forms.ChoiceField(
                label="必附材料",
                required=False,
                choices=[(value, label or "不要求") for value, label in PAPERS.items()],
                initial=route.required_attachment,
            ),
        }
        for number in range(MOST_STEPS):
            initial = route.steps[number].office if number < len(route.steps) else ""
            self.fields[f"route-{place}-step-{number}"] = forms.ChoiceField(
                label=f"第 {number + 1} 道",
                required=False,
                choices=[("", "—"), *SignStep.Office.choices],
                initial=initial,
            )
        self.fields[f"route-{place}-unit"] = forms.ChoiceField(
            label="会签单位",
            required=False,
            choices=[("", "—"), *((str(unit.pk), unit.short_name) for unit in units)],
            initial=str(countersign.pk) if countersign else "",
            help_text="有「会签单位负责人」一道时填写。",
        )

    def clean(self) -> dict[str, Any]:
        """What a row lacks to be whole, at the field that lacks it."""
        data = super().clean() or {}
        for code in self.new_codes:
            if data.get(f"name-{code}") and not data.get(f"body-{code}"):
                self.add_error(f"body-{code}", "请选择新增事项由谁决定。")
        for place in range(len(self.routes)):
            offices = [data.get(f"route-{place}-step-{number}") for number in range(MOST_STEPS)]
            named = data.get(f"route-{place}-name")
            if named and SignStep.Office.COUNTERSIGN in offices and not data.get(f"route-{place}-unit"):
                self.add_error(f"route-{place}-unit", f"「{named}」有会签一道，请选择会签单位。")
        return data

    def draft(self) -> RulesDraft:
        """The version as typed."""
        data = self.cleaned_data
        return RulesDraft(
            numbers={name: data[name] for name in NUMBERS},
            reviewers={kind.value: data[f"reviewer-{kind}"] for kind in CheckKind},
            matters=tuple(self._matters()),
            routes=tuple(self._routes()),
        )

    def _matters(self) -> Iterator[MatterDraft]:
        data = self.cleaned_data
        for matter in self.before.matters:
            if data[f"keep-{matter.spec.code}"]:
                yield MatterDraft(matter.spec, self._checks(matter.spec.code))
        for code in self.new_codes:
            if name := data[f"name-{code}"].strip():
                spec = MatterSpec(code, name, data[f"body-{code}"], data[f"nature-{code}"], data[f"way-{code}"])
                yield MatterDraft(spec, self._checks(code))

    def _checks(self, code: str) -> dict[str, str]:
        needs = {kind.value: self.cleaned_data[f"check-{code}-{kind}"] for kind in CheckKind}
        return {kind: need for kind, need in needs.items() if need}

    def _routes(self) -> Iterator[RouteSpec]:
        data = self.cleaned_data
        for place, route in enumerate(self.routes):
            if name := data[f"route-{place}-name"].strip():
                unit = self.units.get(data[f"route-{place}-unit"])
                offices = [data[f"route-{place}-step-{number}"] for number in range(MOST_STEPS)]
                yield RouteSpec(
                    code=route.code,
                    name=name,
                    steps=tuple(
                        StepSpec(office, unit if office == SignStep.Office.COUNTERSIGN else None)
                        for office in offices
                        if office
                    ),
                    unit_kinds=tuple(data[f"route-{place}-units"]),
                    handlings=tuple(data[f"route-{place}-handlings"]),
                    required_attachment=data[f"route-{place}-paper"],
                )
