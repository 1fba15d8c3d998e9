"""A new version of the rules of voting, drafted as a copy of the one in force."""

from collections.abc import Iterator
from typing import Any

from django import forms

from committee.bodies.models import Body
from common.web.days import DayField
from decisions.rules.models import VotingRule
from decisions.rules.services.adopt_rules import VotingSpec
from decisions.rules.tally import Operator, Threshold
from decisions.rules.words import FORMS

# 书记专题会 only prepares: it has no line, so no vote can ever be opened there (rules.md §1).
LINES = [
    (body, matter)
    for body in (Body.Kind.STANDING, Body.Kind.PLENARY, Body.Kind.CONGRESS)
    for matter in VotingRule.Matter
]
OPERATORS = [("at_least", "以上（含本数）"), ("more_than", "超过（不含本数）")]
PARTS = ("use", "quorum_operator", "quorum_top", "quorum_bottom", "pass_operator", "pass_top", "pass_bottom")
MORE_PARTS = ("forms", "recusal", "source")
USUAL = VotingSpec("", "", ("at_least", 1, 2), ("more_than", 1, 2), ("oral", "show_of_hands", "recorded"), "")


class VotingRulesForm(forms.Form):
    """Each body and kind of matter has its line; one that is not used has no votes."""

    valid_from = DayField(label="自哪一天起施行")
    source = forms.CharField(label="依据", max_length=200, help_text="如「区委全委会修订的议事规则」。")

    def __init__(self, *args: Any, lines: list[VotingSpec], **options: Any) -> None:
        super().__init__(*args, **options)
        present = {(line.body_kind, line.matter): line for line in lines}
        for body, matter in LINES:
            self._add_line(f"{body}-{matter}", present.get((body, matter)))

    def _add_line(self, key: str, line: VotingSpec | None) -> None:
        shown = line or USUAL
        self.fields |= {
            f"{key}-use": forms.BooleanField(label="有这条规则", required=False, initial=line is not None),
            f"{key}-quorum_operator": forms.ChoiceField(label="到会", choices=OPERATORS, initial=shown.quorum[0]),
            f"{key}-quorum_top": _part("到会分子", shown.quorum[1]),
            f"{key}-quorum_bottom": _part("到会分母", shown.quorum[2]),
            f"{key}-pass_operator": forms.ChoiceField(label="通过", choices=OPERATORS, initial=shown.majority[0]),
            f"{key}-pass_top": _part("通过分子", shown.majority[1]),
            f"{key}-pass_bottom": _part("通过分母", shown.majority[2]),
            f"{key}-forms": forms.MultipleChoiceField(
                label="表决方式",
                required=False,
                choices=list(FORMS.items()),
                initial=shown.forms,
                widget=forms.CheckboxSelectMultiple,
            ),
            f"{key}-recusal": forms.BooleanField(
                label="回避的减少应到", required=False, initial=shown.recusal_lowers_due
            ),
            f"{key}-source": forms.CharField(label="条文", required=False, max_length=200, initial=shown.source),
        }

    def clean(self) -> dict[str, Any]:
        """Fractions that can be met, a form and a clause for every line that is used."""
        data = super().clean() or {}
        for body, matter in LINES:
            key = f"{body}-{matter}"
            if not data.get(f"{key}-use"):
                continue
            if not data.get(f"{key}-source"):
                self.add_error(f"{key}-source", f"请写明{body.label}{matter.label}的条文依据。")
            if not data.get(f"{key}-forms"):
                self.add_error(f"{key}-forms", f"{body.label}{matter.label}请至少选一种表决方式。")
            for part in ("quorum", "pass"):
                self._check_fraction(data, key, part)
        return data

    def _check_fraction(self, data: dict[str, Any], key: str, part: str) -> None:
        names = [f"{key}-{part}_{end}" for end in ("operator", "top", "bottom")]
        if any(data.get(name) is None for name in names):
            return
        operator, top, bottom = (data[name] for name in names)
        try:
            Threshold(Operator(operator), top, bottom)
        except ValueError as error:
            self.add_error(names[1], str(error))

    def lines(self) -> list[VotingSpec]:
        """The version as typed."""
        return list(self._lines())

    def _lines(self) -> Iterator[VotingSpec]:
        data = self.cleaned_data
        for body, matter in LINES:
            key = f"{body}-{matter}"
            if data[f"{key}-use"]:
                yield VotingSpec(
                    body_kind=body.value,
                    matter=matter.value,
                    quorum=(data[f"{key}-quorum_operator"], data[f"{key}-quorum_top"], data[f"{key}-quorum_bottom"]),
                    majority=(data[f"{key}-pass_operator"], data[f"{key}-pass_top"], data[f"{key}-pass_bottom"]),
                    forms=tuple(data[f"{key}-forms"]),
                    source=data[f"{key}-source"],
                    recusal_lowers_due=data[f"{key}-recusal"],
                )


def _part(label: str, initial: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=100, initial=initial)
