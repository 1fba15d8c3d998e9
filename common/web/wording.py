"""Field errors in the words of the office: which field, and what to do, instead of Django's general sentences."""

from django import forms
from django.core.exceptions import ValidationError

CHOSEN = (forms.ChoiceField, forms.ModelChoiceField)


def said(bound: forms.BoundField) -> list[str]:
    """The errors of one field as sentences."""
    return [_sentence(bound, error) for error in bound.errors.as_data()]


def _sentence(bound: forms.BoundField, error: ValidationError) -> str:
    """Django's own message for this code is replaced; a message that the form's author wrote stays."""
    general = bound.field.error_messages.get(error.code or "")
    ours = _ours(bound).get(error.code or "")
    if ours and error.message == general == _of_class(bound.field, error.code):
        return ours
    return " ".join(error.messages)


def _of_class(field: forms.Field, code: str | None) -> object:
    """What the field's class says for this code when its author says nothing."""
    for kind in type(field).__mro__:
        messages = getattr(kind, "default_error_messages", {})
        if code in messages:
            return messages[code]
    return None


def _ours(bound: forms.BoundField) -> dict[str, str]:
    """Our sentence for each code, by the kind of field."""
    field, label = bound.field, bound.label
    if isinstance(field, forms.FileField):
        return {"required": f"请选择{label}文件。", "empty": "这个文件是空的，请另选。"}
    if isinstance(field, forms.BooleanField):
        return {"required": f"请核对后勾选「{label}」。"}
    if isinstance(field, CHOSEN):
        return {"required": f"请选择{label}。", "invalid_choice": f"{label}里没有这一项，请重新选择。"}
    invalid = {
        forms.DateField: f"{label}请写成 2026-11-26 这样的日期。",
        forms.DateTimeField: f"{label}请写成 2026-11-26 09:00 这样的时间。",
        forms.TimeField: f"{label}请写成 09:00 这样的时间。",
        forms.DecimalField: f"{label}请填数字。",  # before the whole numbers, of which Django makes it a kind
        forms.IntegerField: f"{label}请填整数。",
        forms.EmailField: f"{label}不是完整的邮箱地址。",
    }
    words = next((words for kind, words in invalid.items() if isinstance(field, kind)), "")
    return {"required": f"请填写{label}。", "invalid": words} if words else {"required": f"请填写{label}。"}
