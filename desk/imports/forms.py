"""Shapes of what is typed about imports."""

from collections.abc import Collection

from django import forms
from django.http import QueryDict

from desk.imports.plan import DOING_WORDS, Doing
from desk.imports.safety import LARGEST_FILE, REASONS, RefusalCode


class UploadForm(forms.Form):
    """A workbook; its size is looked at before a byte of it is read."""

    file = forms.FileField(
        label="台账工作簿",
        help_text="Excel 或 WPS 的 .xlsx，50 MB 以内，不带宏和打开密码",
        error_messages={"required": "请选择台账文件。", "empty": REASONS[RefusalCode.EMPTY]},
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )

    def clean_file(self) -> object:
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST_FILE:
            raise forms.ValidationError(REASONS[RefusalCode.TOO_LARGE])
        return upload


class RowFilter(forms.Form):
    """Which rows of a sheet are shown; stays in the address beside the tab."""

    tab = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, doings: Collection[str]) -> None:
        super().__init__(data)
        words = [(one.value, DOING_WORDS[one]) for one in Doing if one in doings]
        self.fields["doing"] = forms.ChoiceField(label="只看", required=False, choices=[("", "全部"), *words])
