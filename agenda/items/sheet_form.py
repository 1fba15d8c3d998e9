"""The 呈报单 as a form: everything may be empty, and nothing typed is lost."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from agenda.items.forms import EMPTY, Choices, named, offer
from agenda.items.models import Attachment, Classification, MajorKind
from agenda.items.sheet import LABELS, Sheet
from agenda.rules.models import Handling, MatterKind
from committee.bodies.models import Body
from committee.units.models import Unit
from common.identity.models import Person
from common.web.formats import money, money_exact

MANY = ("co_units", "attendants", "major_kinds")


class SheetForm(forms.Form):
    """The 呈报单 as it is typed. Everything may be empty: drafts are saved as they are."""

    title = forms.CharField(max_length=200, widget=forms.Textarea(attrs={"rows": 1, "autocomplete": "off"}))
    unit = forms.ChoiceField()
    matter_kind = forms.ChoiceField()
    handling = forms.ChoiceField(choices=Handling.choices)
    target_body = forms.ChoiceField(choices=Body.Kind.choices)
    leader = forms.ChoiceField()
    amount = forms.CharField(
        max_length=40,
        help_text="如 1.8亿元、9500万元；没有金额的留空",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    classification = forms.ChoiceField(choices=Classification.choices)
    major_kinds = forms.MultipleChoiceField(choices=MajorKind.choices, widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 10}), help_text="为什么提请、主要内容、政策依据；一段一行"
    )
    matters = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 5}), help_text="一行一项；会上逐项表决，纪要和通知单由此起草"
    )
    coordination = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), help_text="征求了哪些部门的意见，是否一致")
    presenter = forms.CharField(max_length=60, help_text="姓名，有两人的用顿号隔开")
    minutes = forms.CharField(
        max_length=4, help_text="分钟", widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    )
    co_units = forms.MultipleChoiceField(help_text="与本单位一同呈报的单位")
    attendants = forms.MultipleChoiceField(help_text="议到这一项时请哪些单位到场")
    urgent = forms.BooleanField(help_text="过了呈报截止日、又必须上最近这次会的，由书记批准")
    urgent_reason = forms.CharField(max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

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
        super().__init__(data, initial=typed(sheet))
        for name, field in self.fields.items():
            field.required = False
            field.label = LABELS[name]
        self.one_unit = len(units) == 1
        kinds = _grouped((u.get_kind_display(), str(u.pk), u.short_name) for u in all_units)
        offer(self, "unit", [(str(u.pk), u.full_name) for u in units])
        offer(self, "co_units", kinds)
        offer(self, "attendants", kinds)
        of_body = _grouped((m.get_body_kind_display(), str(m.pk), m.name) for m in matters)
        offer(self, "matter_kind", [EMPTY, *of_body])
        offer(self, "leader", [EMPTY, *named(leaders)])

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Put what is still lacking at the fields."""
        self.full_clean()
        for name, sentence in problems.items():
            if name in self.errors:
                del self.errors[name]
            self.add_error(name if name in self.fields else None, sentence)


def typed(sheet: Sheet) -> dict[str, Any]:
    """The sheet as its fields show it: texts, lists of texts, and one yes or no."""
    values = sheet.to_json()
    values["matters"] = "\n".join(sheet.matters)
    values["amount"] = _amount(sheet)
    for name in ("unit", "matter_kind", "leader", "minutes"):
        values[name] = str(values[name] or "")
    for name in MANY:
        values[name] = [str(one) for one in getattr(sheet, name)]
    return values | dict(sheet.unread)


def as_sent(sheet: Sheet) -> QueryDict:
    """The sheet as a browser would send it."""
    data = QueryDict(mutable=True)
    for name, value in typed(sheet).items():
        if isinstance(value, list):
            data.setlist(name, value)
        else:
            data[name] = {True: "on", False: ""}.get(value, value)
    return data


def content_of(data: QueryDict) -> dict[str, Any]:
    """What was typed, as the draft keeps it."""
    content: dict[str, Any] = {name: data.get(name, "") for name in LABELS if name not in MANY and name in data}
    content |= {name: data.getlist(name) for name in MANY}
    content["urgent"] = data.get("urgent") == "on"
    return content


def _amount(sheet: Sheet) -> str:
    """Short where that is exact, else every figure: what is shown is what is saved again."""
    if sheet.amount is None:
        return ""
    short = money(sheet.amount)
    return (money_exact(sheet.amount) if short.startswith("约") else short).replace(" ", "")


def _grouped(rows: Iterable[tuple[str, str, str]]) -> list[tuple[str, Choices]]:
    """(group, value, label) as choices under their groups, groups in the order they first come."""
    groups: dict[str, Choices] = {}
    for group, value, label in rows:
        groups.setdefault(group, []).append((value, label))
    return list(groups.items())


class FilesInput(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files of one kind; cleans to a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in given or [None]]


class AttachmentForm(forms.Form):
    """Papers to be added."""

    file = FilesField(
        label="文件",
        help_text="PDF、Word、Excel、PPT、OFD、PNG、JPG，每份 50 MB 以内，可以一次选几份",
        widget=FilesInput(attrs={"multiple": True}),
    )
    kind = forms.ChoiceField(label="种类", choices=Attachment.Kind.choices, help_text="几份不同种类的分开上传")
