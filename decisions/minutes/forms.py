"""Shapes of what is typed about a 纪要; what is lacking is said by decisions.minutes.text.problems, never here."""

from collections.abc import Iterable
from typing import cast

from django import forms
from django.http import QueryDict

from committee.bodies.models import Body
from common.web.days import DayField
from decisions.minutes.editing import fields_of
from decisions.minutes.text import MinutesText, Resolution, Section
from decisions.minutes.workflow import FROZEN, MinutesState

NAMES = "用顿号隔开，说明写在姓名后的括号里"


class MinutesFilter(forms.Form):
    """Filters of the list; they stay in the address."""

    body = forms.ChoiceField(label="会议机构", required=False)
    year = forms.ChoiceField(label="年份", required=False)
    state = forms.ChoiceField(label="状态", required=False)

    def __init__(self, data: QueryDict, *, bodies: Iterable[Body], years: Iterable[int], drafts: bool) -> None:
        super().__init__(data)
        states = MinutesState.choices if drafts else [(s.value, s.label) for s in MinutesState if s.value in FROZEN]
        self._offer("body", [(body.kind, body.name) for body in bodies])
        self._offer("year", [(str(year), f"{year} 年") for year in years])
        self._offer("state", states)

    def _offer(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = [("", "全部"), *choices]


class NoticeFilter(forms.Form):
    """Filters of the notices; they stay in the address."""

    q = forms.CharField(label="议题或事项含", required=False, max_length=60)
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[("", "全部"), ("current", "现行"), ("waiting", "未签收"), ("superseded", "已被取代")],
    )


class ReasonForm(forms.Form):
    """Why it is sent back or corrected."""

    reason = forms.CharField(max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, data: QueryDict | None = None, *, label: str) -> None:
        super().__init__(data)
        self.fields["reason"].label = label


class MinutesForm(forms.Form):
    """The text as it is typed, by the names of decisions.minutes.editing. Everything may be empty."""

    opening = forms.CharField(label="开头", widget=forms.Textarea(attrs={"rows": 3}))
    present = forms.CharField(label="出席", widget=forms.Textarea(attrs={"rows": 2}), help_text=NAMES)
    leave = forms.CharField(label="请假", help_text="经书记批准的")
    absent = forms.CharField(label="缺席")
    attending = forms.CharField(label="列席", widget=forms.Textarea(attrs={"rows": 2}))
    recorder = forms.CharField(label="记录")
    closing = forms.CharField(
        label="结尾", widget=forms.Textarea(attrs={"rows": 2}), help_text="各项之后另需写明的，一段一行"
    )
    sent_to = forms.CharField(label="分送", widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, text: MinutesText, *, units: Iterable[str], leaders: Iterable[str]) -> None:
        super().__init__(initial=fields_of(text))
        self.text = text
        self.units, self.leaders = list(units), list(leaders)
        for section in text.sections:
            if not section.cadre:
                self._add_section(section)
        for field in self.fields.values():
            field.required = False

    def _add_section(self, section: Section) -> None:
        entry = f"e{section.entry}"
        rows = max(3, sum(1 + len(line) // 30 for line in section.body))
        self.fields[f"{entry}-heading"] = forms.CharField(label="标题", max_length=200)
        self.fields[f"{entry}-body"] = forms.CharField(
            label="会议听取和讨论", widget=forms.Textarea(attrs={"rows": rows}), help_text="一段一行"
        )
        for number, one in enumerate(section.resolutions, start=1):
            self._add_resolution(one, f"议定事项{number}" if len(section.resolutions) > 1 else "议定事项")
        self.fields[f"{entry}-dissent"] = forms.CharField(
            label="不同意见", widget=forms.Textarea(attrs={"rows": 2}), help_text="如实记载，不作评价"
        )

    def _add_resolution(self, one: Resolution, label: str) -> None:
        matter = f"m{one.matter}"
        self.fields[f"{matter}-text"] = forms.CharField(
            label=label, widget=forms.Textarea(attrs={"rows": 1 + len(one.text) // 30 + 1})
        )
        self.fields[f"{matter}-lead"] = _one_of("责任单位", self.units, one.lead_unit)
        self.fields[f"{matter}-co"] = forms.CharField(label="配合单位")
        self.fields[f"{matter}-leader"] = _one_of("责任领导", self.leaders, one.leader)
        self.fields[f"{matter}-due"] = DayField(label="完成时限")

    @property
    def head(self) -> list[forms.BoundField]:
        """Opening and people."""
        return [self[name] for name in ("opening", "present", "leave", "absent", "attending", "recorder")]

    @property
    def parts(self) -> list["SectionFields"]:
        """One an entry, in order."""
        return [SectionFields(self, heading, section) for heading, section in self.text.chapters]


def _one_of(label: str, names: list[str], now: str) -> forms.ChoiceField:
    """One of the names, or whoever stands there now."""
    listed = [*names, *({now} - {"", *names})]
    return forms.ChoiceField(label=label, choices=[("", "没有"), *((name, name) for name in listed)])


class SectionFields:
    """The fields of one entry, for the page; none of a cadre entry."""

    def __init__(self, form: MinutesForm, heading: str, section: Section) -> None:
        self.form, self.heading, self.section = form, heading, section

    @property
    def key(self) -> str:
        return f"e{self.section.entry}"

    @property
    def said(self) -> list[forms.BoundField]:
        return [self.form[f"{self.key}-heading"], self.form[f"{self.key}-body"]]

    @property
    def dissent(self) -> forms.BoundField:
        return self.form[f"{self.key}-dissent"]

    @property
    def resolutions(self) -> list[tuple[Resolution, forms.BoundField, list[forms.BoundField]]]:
        """(resolution, its text, who and until when)."""
        duties = ("lead", "co", "leader", "due")
        return [
            (one, self.form[f"m{one.matter}-text"], [self.form[f"m{one.matter}-{name}"] for name in duties])
            for one in self.section.resolutions
        ]
