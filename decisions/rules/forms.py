"""A new version of the rules of voting, drafted as a copy of the one in force."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from django import forms
from django.forms import BoundField

from committee.bodies.models import Body
from common.web.days import DayField
from decisions.rules.counting import wording_of
from decisions.rules.defaults import DEFAULTS, MAJOR_BY_NAME, OPEN_FORMS
from decisions.rules.models import VotingRule
from decisions.rules.spec import ELECTION, FORMS, WAYS, Fraction, VotingSpec, problem

# 书记专题会 only prepares: it has no line, so no vote can ever be opened there (rules.md §1).
LINES = [
    (body, matter)
    for body in (Body.Kind.STANDING, Body.Kind.PLENARY, Body.Kind.CONGRESS)
    for matter in VotingRule.Matter
]
OPERATORS = [("at_least", "以上（含本数）"), ("more_than", "超过（不含本数）")]
RECUSAL = [
    ("stays", "退出讨论和表决，仍计入应到"),
    ("lowers", "退出讨论和表决，减少应到"),
    ("votes", "退出讨论，仍参加表决"),
]
OUTSIDE = ("", "不在本程序中（在依据里写明文号）")
MOST = 100
# Where a sentence of spec.problem() stands in the form, when its field has another name there.
_FIELD = {"quorum": "quorum_top", "majority": "pass_top", "readmission": "readmit_top"}


class VotingRulesForm(forms.Form):
    """Each body and kind of matter has its line; one that is not used has no votes.

    `typed`: a saved draft, the fields as they were sent. `decisions`: (id of the sealed record, its words).
    """

    valid_from = DayField(label="自哪一天起施行")
    adopted_by = forms.ChoiceField(label="由哪项决定通过", required=False)
    source = forms.CharField(label="依据", max_length=200, help_text="如「区委全委会修订的议事规则」。")

    def __init__(
        self,
        *args: Any,
        lines: Sequence[VotingSpec],
        typed: Mapping[str, Any] | None = None,
        decisions: Sequence[tuple[str, str]] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        cast(forms.ChoiceField, self.fields["adopted_by"]).choices = [OUTSIDE, *decisions]
        present = {(line.body_kind, line.matter): line for line in lines}
        usual = {(line.body_kind, line.matter): line for line in (*DEFAULTS, MAJOR_BY_NAME)}
        for body, matter in LINES:
            key = (body.value, matter.value)
            self._add_line(present.get(key) or usual.get(key) or _plain(body, matter), used=key in present)
        for name, field in self.fields.items():
            if typed is not None:
                field.initial = typed.get(name)

    def _add_line(self, line: VotingSpec, *, used: bool) -> None:
        key = _key(line.body_kind, line.matter)
        labels = wording_of(line.matter).labels
        options = [(name, labels[name]) for name in ("approve", "oppose", "abstain", "deferred")]
        fields: dict[str, forms.Field] = {
            "use": forms.BooleanField(label="有这条规则", required=False, initial=used),
            **_fraction("quorum", "到会", line.quorum),
            **_fraction("pass", "通过", line.majority),
            "base": forms.ChoiceField(label="通过以什么为基数", choices=VotingRule.Base.choices, initial=line.base),
            "forms": _several("表决方式", FORMS.items(), line.forms),
            "options": _several("表决选项", options, line.options),
            "chair_last": _yes("主持人末位表态", line.chair_last),
            "statements": _yes("逐一表态后才能表决", line.statements),
            "oppose_reason": _yes(f"{labels['oppose']}须说明理由", line.oppose_reason),
            "recusal": forms.ChoiceField(label="回避", choices=RECUSAL, initial=_recusal(line)),
            "ways": _several("无记名的票决办法", WAYS.items(), line.ways),
            "scrutineers": _number("监票人（含总监票人）", line.scrutineers, least=0),
            "tellers": _number("计票人", line.tellers, least=0),
            "source": forms.CharField(label="条文", required=False, max_length=200, initial=line.source),
        }
        if line.matter == ELECTION:
            fields |= {
                "rounds": _number("最多几轮", line.rounds, least=1),
                "spare": _number("再投时候选人比余额多几人", line.spare, least=0),
                "write_in": _yes("可以另选他人", line.write_in),
            }
        else:
            readmission = line.readmission or ("more_than", 1, 2)
            fields |= {
                "readmit": _yes("可以复议（按全体成员计）", bool(line.readmission)),
                **_fraction("readmit", "复议", readmission),
            }
        self.fields |= {f"{key}-{name}": field for name, field in fields.items()}

    def line_fields(self) -> list[dict[str, Any]]:
        """The bound fields line by line, as the page sets them out."""
        found = []
        for body, matter in LINES:
            prefix = f"{_key(body, matter)}-"
            parts: dict[str, BoundField] = {
                name.removeprefix(prefix): self[name] for name in self.fields if name.startswith(prefix)
            }
            found.append({"title": f"{body.label}　{matter.label}", "used": bool(parts["use"].value()), **parts})
        return found

    def clean(self) -> dict[str, Any]:
        """Each used line makes a rule and names its clause."""
        data = super().clean() or {}
        if self.errors:
            return data
        for line in self._lines(data):
            key = _key(line.body_kind, line.matter)
            if not line.source:
                self.add_error(f"{key}-source", f"请写明{line.name}的条文依据。")
            if wrong := problem(line):
                name = f"{key}-{_FIELD.get(wrong[0], wrong[0])}"
                self.add_error(name if name in self.fields else None, f"{line.name}：{wrong[1]}")
        return data

    def lines(self) -> list[VotingSpec]:
        """The version as typed."""
        return list(self._lines(self.cleaned_data))

    def _lines(self, data: Mapping[str, Any]) -> Iterator[VotingSpec]:
        for body, matter in LINES:
            key = _key(body, matter)
            part = {name.removeprefix(f"{key}-"): data[name] for name in self.fields if name.startswith(f"{key}-")}
            if part["use"]:
                yield _line(body, matter, part)


def _line(body: Body.Kind, matter: VotingRule.Matter, part: Mapping[str, Any]) -> VotingSpec:
    secret = "secret" in part["forms"]
    return VotingSpec(
        body_kind=body.value,
        matter=matter.value,
        quorum=_typed("quorum", part),
        majority=_typed("pass", part),
        readmission=_typed("readmit", part) if part.get("readmit") else None,
        forms=tuple(part["forms"]),
        options=tuple(part["options"]),
        recusal_lowers_due=part["recusal"] == "lowers",
        recused_may_vote=part["recusal"] == "votes",
        ways=tuple(part["ways"]) if secret else (),
        scrutineers=part["scrutineers"] or 0 if secret else 0,
        tellers=part["tellers"] or 0 if secret else 0,
        write_in=part.get("write_in", False),
        rounds=part.get("rounds", 1),
        spare=part.get("spare") or 0,
        **{name: part[name] for name in ("base", "chair_last", "statements", "oppose_reason", "source")},
    )


def _plain(body: Body.Kind, matter: VotingRule.Matter) -> VotingSpec:
    """Where neither the version nor our proposal has a line: halves, in the open forms (elections: in secret)."""
    first = next(line for line in DEFAULTS if line.matter == (matter if matter == ELECTION else "ordinary"))
    forms_ = first.forms if matter == ELECTION else OPEN_FORMS
    return VotingSpec(body.value, matter.value, ("at_least", 1, 2), ("more_than", 1, 2), forms_, "", ways=first.ways)


def _key(body: str, matter: str) -> str:
    return f"{body}-{matter}"


def _recusal(line: VotingSpec) -> str:
    return "votes" if line.recused_may_vote else "lowers" if line.recusal_lowers_due else "stays"


def _typed(name: str, part: Mapping[str, Any]) -> Fraction:
    return (part[f"{name}_operator"], part[f"{name}_top"], part[f"{name}_bottom"])


def _fraction(name: str, label: str, fraction: Fraction) -> dict[str, forms.Field]:
    return {
        f"{name}_operator": forms.ChoiceField(label=label, choices=OPERATORS, initial=fraction[0]),
        f"{name}_top": _number(f"{label}分子", fraction[1]),
        f"{name}_bottom": _number(f"{label}分母", fraction[2]),
    }


def _several(label: str, choices: Any, initial: Sequence[str]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, choices=list(choices), initial=initial, widget=forms.CheckboxSelectMultiple
    )


def _yes(label: str, initial: bool) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, initial=initial)


def _number(label: str, initial: int, *, least: int = 1) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=MOST, initial=initial, required=least > 0)
