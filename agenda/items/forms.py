"""Shapes of what is typed about items; what is lacking is said by agenda.items.filing, never here."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from agenda.items.gates import DETAILS, PAPERS
from agenda.items.models import CONCLUSIONS, Attachment, CheckOpinion, Classification, MajorKind, Signature
from agenda.items.sheet import LABELS, Sheet
from agenda.items.workflow import ItemState
from agenda.rules.models import CheckKind, Handling, MatterKind
from committee.bodies.models import Body
from committee.units.models import Unit
from common.identity.models import Person
from common.web.formats import money

MANY = ("co_units", "attendants", "major_kinds")
Choices = list[tuple[str, str]]


class ItemFilter(forms.Form):
    """Filters of the store; they stay in the address."""

    q = forms.CharField(label="议题含", required=False, max_length=60)
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *ItemState.choices])
    unit = forms.ChoiceField(label="提报单位", required=False)
    matter = forms.ChoiceField(label="类别", required=False)
    major = forms.ChoiceField(label="三重一大", required=False, choices=[("", "全部"), *MajorKind.choices])

    def __init__(self, data: QueryDict, *, units: Iterable[Unit], matters: Iterable[MatterKind]) -> None:
        super().__init__(data)
        self.fields["unit"].choices = [("", "全部"), *((str(u.pk), u.short_name) for u in units)]
        self.fields["matter"].choices = [("", "全部"), *((str(m.pk), m.name) for m in matters)]


class SheetForm(forms.Form):
    """The 呈报单 as it is typed. Everything may be empty: drafts are saved as they are."""

    title = forms.CharField(max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    unit = forms.ChoiceField()
    co_units = forms.MultipleChoiceField(widget=forms.SelectMultiple(attrs={"size": 5}))
    matter_kind = forms.ChoiceField()
    handling = forms.ChoiceField(choices=Handling.choices)
    target_body = forms.ChoiceField(choices=Body.Kind.choices)
    major_kinds = forms.MultipleChoiceField(choices=MajorKind.choices, widget=forms.CheckboxSelectMultiple)
    amount = forms.CharField(max_length=40, help_text="如：1.8亿元、9500万元；没有金额的留空")
    classification = forms.ChoiceField(choices=Classification.choices)
    leader = forms.ChoiceField()
    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 8}), help_text="为什么提请、主要内容、依据")
    matters = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 5}), help_text="一行一项；会上逐项表决，纪要和通知单由此起草"
    )
    coordination = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), help_text="征求了哪些部门的意见，是否一致")
    presenter = forms.CharField(max_length=60)
    minutes = forms.CharField(max_length=4, help_text="分钟", widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    attendants = forms.MultipleChoiceField(widget=forms.SelectMultiple(attrs={"size": 5}))
    urgent = forms.BooleanField(help_text="过了呈报截止日而必须上这次会的，由书记批准")
    urgent_reason = forms.CharField(max_length=500)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        sheet: Sheet,
        units: list[Unit],
        all_units: list[Unit],
        matters: list[MatterKind],
        leaders: list[Person],
    ) -> None:
        super().__init__(data, initial=_initial(sheet))
        for name, field in self.fields.items():
            field.required = False
            field.label = LABELS[name]
        listed = [(str(u.pk), u.short_name) for u in all_units]
        self.fields["unit"].choices = [(str(u.pk), u.full_name) for u in units]
        self.fields["co_units"].choices = listed
        self.fields["attendants"].choices = listed
        self.fields["matter_kind"].choices = [("", "请选择"), *_grouped(matters)]
        self.fields["leader"].choices = [("", "请选择"), *((str(p.pk), f"{p.name}　{p.post_title}") for p in leaders)]

    def show_problems(self, problems: dict[str, str]) -> None:
        """Put what is still lacking at the fields."""
        self.full_clean()
        for name, sentence in problems.items():
            self.add_error(name if name in self.fields else None, sentence)


def content_of(data: QueryDict) -> dict[str, Any]:
    """What was typed, as the draft keeps it."""
    content: dict[str, Any] = {name: data.get(name, "") for name in LABELS if name not in MANY and name in data}
    content |= {name: data.getlist(name) for name in MANY}
    content["urgent"] = data.get("urgent") == "on"
    return content


def _initial(sheet: Sheet) -> dict[str, Any]:
    values = sheet.to_json()
    values["matters"] = "\n".join(sheet.matters)
    if sheet.amount is not None:
        values["amount"] = money(sheet.amount)
    for name in ("unit", "matter_kind", "leader"):
        values[name] = str(values[name] or "")
    for name in ("co_units", "attendants"):
        values[name] = [str(one) for one in getattr(sheet, name)]
    return values | dict(sheet.unread)


def _grouped(matters: Iterable[MatterKind]) -> list[tuple[str, Choices]]:
    groups: dict[str, Choices] = {}
    for matter in matters:
        groups.setdefault(matter.get_body_kind_display(), []).append((str(matter.pk), matter.name))
    return list(groups.items())


class AttachmentForm(forms.Form):
    """A paper to be added."""

    file = forms.FileField(label="文件", help_text="PDF、Word、Excel、PPT、OFD、PNG、JPG，50 MB 以内")
    kind = forms.ChoiceField(label="种类", choices=Attachment.Kind.choices)


class ReasonForm(forms.Form):
    """A reason that goes on record."""

    reason = forms.CharField(label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, data: QueryDict | None = None, *, label: str = "理由", required: bool = True) -> None:
        super().__init__(data)
        self.fields["reason"].label = label
        self.fields["reason"].required = required


class SignForm(forms.Form):
    """A signature: the digest is the one of the version that the page showed."""

    digest = forms.CharField(widget=forms.HiddenInput)
    opinion = forms.CharField(
        label="意见",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="同意的可以不写",
    )


class PaperSignForm(SignForm):
    """A signature made on paper, entered by 秘书科 with its scan."""

    signer = forms.ChoiceField(label="签字人")
    verdict = forms.ChoiceField(label="批示", choices=Signature.Verdict.choices, widget=forms.RadioSelect)
    scan = forms.FileField(label="扫描件", help_text="PDF、PNG、JPG")

    field_order = ("digest", "signer", "verdict", "opinion", "scan")

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signer"].choices = [(str(p.pk), f"{p.name}　{p.post_title}") for p in people]


class GrantForm(forms.Form):
    """Who may read the item, until when."""

    person = forms.ChoiceField(label="给谁看")
    until = forms.DateField(label="看到哪天", widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, data: QueryDict | None = None, *, people: Iterable[Person], until: date) -> None:
        super().__init__(data, initial={"until": until})
        self.fields["person"].choices = [("", "请选择"), *((str(p.pk), f"{p.name}　{p.post_title}") for p in people)]


class CheckForm(forms.Form):
    """A check's conclusion with the points and documents of its kind (agenda.items.gates)."""

    digest = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None = None,
        files: Any = None,
        *,
        kind: str,
        earlier: CheckOpinion | None,
        digest: str,
        today: date,
    ) -> None:
        initial: dict[str, Any] = {"digest": digest, "done_on": today}
        if earlier:
            initial |= {"summary": earlier.summary, "conclusion": earlier.conclusion}
            initial |= {f"details.{key}": value for key, value in earlier.details.items()}
        super().__init__(data, files, initial=initial)
        self.fields["conclusion"] = forms.ChoiceField(
            label="结论",
            choices=[(one.value, one.label) for one in CONCLUSIONS[CheckKind(kind)]],
            widget=forms.RadioSelect,
        )
        self.fields["summary"] = forms.CharField(label="意见", required=False, widget=forms.Textarea(attrs={"rows": 4}))
        for detail in DETAILS[kind]:
            self.fields[f"details.{detail.key}"] = forms.CharField(
                label=detail.label, help_text=detail.help, required=False, widget=forms.Textarea(attrs={"rows": 2})
            )
        for paper in PAPERS[kind]:
            self.fields[f"papers.{paper.key}"] = forms.FileField(label=paper.label, required=False)
        if kind == CheckKind.RISK:
            self.fields["measures_confirmed"] = forms.BooleanField(label="化解措施已确认到位", required=False)
        self.fields["done_on"] = forms.DateField(
            label="完成日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        )
