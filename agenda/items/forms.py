"""Shapes of what is typed about items; what is lacking is said by agenda.items.filing and gates, never here."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from agenda.items.gates import DETAILS, PAPERS
from agenda.items.models import CONCLUSIONS, CheckOpinion, MajorKind, Signature
from agenda.items.workflow import ItemState
from agenda.rules.models import CheckKind
from common.identity.models import Person
from common.web.days import DayField

EMPTY = ("", "请选择")
Choice = tuple[str, str]
Choices = list[Choice]


def offer(form: forms.BaseForm, name: str, choices: Sequence[Choice | tuple[str, Choices]]) -> None:
    """What may be chosen, known only when the page is asked for."""
    cast(forms.ChoiceField, form.fields[name]).choices = choices


class ItemFilter(forms.Form):
    """Filters of the store; they stay in the address."""

    q = forms.CharField(label="议题含", required=False, max_length=60)
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *ItemState.choices])
    unit = forms.ChoiceField(label="提报单位", required=False)
    matter = forms.ChoiceField(label="类别", required=False)
    major = forms.ChoiceField(label="三重一大", required=False, choices=[("", "全部"), *MajorKind.choices])
    year = forms.ChoiceField(label="呈报年份", required=False)
    order = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, choices: Mapping[str, Choices]) -> None:
        super().__init__(data)
        for name, offered in choices.items():
            offer(self, name, [("", "全部"), *offered])


class ReasonForm(forms.Form):
    """A reason that goes on record."""

    reason = forms.CharField(label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, data: QueryDict | None = None, *, label: str = "理由", help: str = "") -> None:
        super().__init__(data)
        self.fields["reason"].label = label
        self.fields["reason"].help_text = help


class OnVersionForm(forms.Form):
    """What is said on a version: `digest` is the one of the version that the page showed."""

    digest = forms.CharField(widget=forms.HiddenInput)

    def now_on(self, digest: str) -> None:
        """After a refusal the page shows the version as it stands; what is sent next is on that one."""
        data = cast(QueryDict, self.data).copy()
        data["digest"] = digest
        self.data = data


class SignForm(OnVersionForm):
    """A signature's words."""

    opinion = forms.CharField(
        label="意见",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="同意的可以不写；退回的请写明改什么",
    )


class PaperSignForm(SignForm):
    """A signature made on paper, entered by 秘书科 with its scan."""

    signer = forms.ChoiceField(label="签字人")
    verdict = forms.ChoiceField(label="批示", choices=Signature.Verdict.choices, widget=forms.RadioSelect)
    signed_on = DayField(label="签字日期", help_text="纸上写的日期")
    scan = forms.FileField(label="扫描件", help_text="PDF、PNG、JPG，签过字的那一页")

    field_order = ("digest", "signer", "signed_on", "verdict", "opinion", "scan")

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "signer", named(people))
        self.fields["opinion"].help_text = "照纸上写的录入；只签了名的可以不写"


class GrantForm(forms.Form):
    """To whom something is opened, until when."""

    person = forms.ChoiceField(label="给谁")
    until = DayField(label="到哪天（含当天）")

    def __init__(self, data: QueryDict | None = None, *, people: Iterable[Person], until: date) -> None:
        super().__init__(data, initial={"until": until})
        offer(self, "person", [EMPTY, *named(people)])


class CheckForm(OnVersionForm):
    """A check's conclusion with the points and documents of its kind (agenda.items.gates)."""

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile] | None = None,
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
        if kind == CheckKind.RISK:
            self.fields["measures_confirmed"] = forms.BooleanField(
                label="化解措施已确认到位", required=False, help_text="风险为中的，措施确认到位才能上会"
            )
        self.fields["summary"] = forms.CharField(label="意见", required=False, widget=forms.Textarea(attrs={"rows": 4}))
        for detail in DETAILS[kind]:
            self.fields[f"details.{detail.key}"] = forms.CharField(
                label=detail.label, help_text=detail.help, required=False, widget=forms.Textarea(attrs={"rows": 2})
            )
        for paper in PAPERS[kind]:
            self.fields[f"papers.{paper.key}"] = forms.FileField(
                label=paper.label if paper.required else f"{paper.label}（选填）",
                required=False,
                help_text="PDF、Word、OFD 或扫描图片",
            )
        self.fields["done_on"] = DayField(label="完成日期")

    def ask_for_files_again(self) -> None:
        """A browser does not send a chosen file twice by itself."""
        for name, upload in self.files.items():
            if name in self.fields and isinstance(upload, UploadedFile):
                self[name].help_text = f"刚才没有记录成，「{upload.name}」没有存下，请重新选择"

    def part(self, start: str) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(start)]

    @property
    def detail_fields(self) -> list[forms.BoundField]:
        return self.part("details.")

    @property
    def paper_fields(self) -> list[forms.BoundField]:
        return self.part("papers.")


def named(people: Iterable[Person]) -> Choices:
    """Persons with their posts."""
    return [(str(p.pk), f"{p.name}　{p.post_title}" if p.post_title else p.name) for p in people]
