"""A person in a form: typed by name, offered while one types."""

from collections import Counter
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from common.identity.models import Person


class Offered(forms.TextInput):
    """A text field with a list to choose from; works by keyboard, on the phone and without scripts."""

    offers: tuple[str, ...] = ()

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        attrs = {**(attrs or {}), "list": f"offers-{name}", "autocomplete": "off"}
        options = format_html_join("", '<option value="{}"></option>', ((offer,) for offer in self.offers))
        typed = super().render(name, value, attrs, renderer)
        return format_html('{}<datalist id="offers-{}">{}</datalist>', typed, name, options)


class PersonField(forms.CharField):
    """Somebody of the committee. Where two have the name, the post tells them apart; nobody is guessed."""

    widget = Offered

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"help_text": "输入姓名，从列表中选定。", **options})
        people = list(Person.objects.current().by_post())
        times = Counter(map(label_of, people))
        self.people = {
            label_of(person) if times[label_of(person)] == 1 else f"{label_of(person)}，编号 {person.pk}": person
            for person in people
        }
        self.widget.offers = tuple(self.people)

    def prepare_value(self, value: Any) -> Any:
        """A person given as initial value stands there by name and post."""
        if isinstance(value, Person):
            return next((label for label, person in self.people.items() if person == value), value.name)
        return value

    def clean(self, value: Any) -> Person | None:
        text = super().clean(value)
        if not text:
            return None
        if text in self.people:
            return self.people[text]
        named = [person for person in self.people.values() if person.name == "".join(text.split())]
        if len(named) == 1:
            return named[0]
        if named:
            raise ValidationError(f"有 {len(named)} 位「{text}」，请从列表中按职务选定。")
        raise ValidationError(f"没有「{text}」这个人。请核对姓名；确是新人的，请先在「人员」里登记。")


def label_of(person: Person) -> str:
    """沈砚清（区委书记）."""
    return f"{person.name}（{person.post_title}）" if person.post_title else person.name
