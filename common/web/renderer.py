"""How form widgets become HTML: as Django's templates say, but a list of choices without a template for each choice.

A filter of sixty units took longer than the fifty rows below it.
"""

from collections.abc import Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape
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
    inner = "".join(_group(name, "".join(map(_option, choices))) for name, choices, _ in widget["optgroups"])
    return SafeString(f'<select name="{widget["name"]}"{_attributes(widget["attrs"])}>{inner}</select>')


def _group(name: str | None, options: str) -> str:
    return f'<optgroup label="{conditional_escape(name)}">{options}</optgroup>' if name else options


def _option(choice: Mapping[str, Any]) -> str:
    value, label = conditional_escape(str(choice["value"])), conditional_escape(choice["label"])
    return f'<option value="{value}"{_attributes(choice["attrs"])}>{label}</option>'


def _attributes(given: Mapping[str, Any]) -> str:
    """As Django's attrs.html: True stands as the bare name, False not at all."""
    valued = [f' {name}="{conditional_escape(value)}"' for name, value in given.items() if not isinstance(value, bool)]
    return "".join((*valued, *(f" {name}" for name, value in given.items() if value is True)))
