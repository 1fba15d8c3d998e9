"""How form widgets become HTML: as Django's templates say, but a list of choices without a template for each choice.

A filter of sixty units took longer than the fifty rows below it.
"""

from collections.abc import Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

SELECT = "django/forms/widgets/select.html"


class Renderer(DjangoTemplates):
    """Named by FORM_RENDERER."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        if template_name == SELECT:
            return _select(context["widget"])
        return super().render(template_name, context, request)


def _select(widget: Mapping[str, Any]) -> SafeString:
    """The words of Django's own select.html."""
    groups = (
        _group(name, format_html_join("", '<option value="{}"{}>{}</option>', map(_option, choices)))
        for name, choices, _ in widget["optgroups"]
    )
    inner = format_html_join("", "{}", ((group,) for group in groups))
    return format_html('<select name="{}"{}>{}</select>', widget["name"], _attributes(widget["attrs"]), inner)


def _group(name: str | None, options: SafeString) -> SafeString:
    return format_html('<optgroup label="{}">{}</optgroup>', name, options) if name else options


def _option(choice: Mapping[str, Any]) -> tuple[str, SafeString, str]:
    return str(choice["value"]), _attributes(choice["attrs"]), choice["label"]


def _attributes(given: Mapping[str, Any]) -> SafeString:
    """As Django's attrs.html: True stands as the bare name, False not at all."""
    bare = format_html_join("", " {}", ((name,) for name, value in given.items() if value is True))
    valued = ((name, value) for name, value in given.items() if not isinstance(value, bool))
    return format_html_join("", ' {}="{}"', valued) + bare
