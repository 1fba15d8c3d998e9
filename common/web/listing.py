"""Lists whose state stands in the address: chips of a filter form, links of pages, of columns and of tabs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property

from common import clock
from common.audit.kept import kept
from common.web import formats
from common.web.request import ActorRequest


@dataclass(frozen=True)
class Chip:
    """One filter that is set: what it says, and the address without it."""

    label: str
    value: str
    url: str


@dataclass(frozen=True)
class Tab:
    """One view of a page; `key` stands in the address as ?tab=key, the first tab needs none."""

    key: str
    label: str
    count: int | None = None


def with_query(query: QueryDict, **changes: str | int | None) -> str:
    """The address of the same page with these parameters changed; None takes one out; the page number never stays."""
    changed = query.copy()
    changed.pop("page", None)
    for name, value in changes.items():
        if value is None:
            changed.pop(name, None)
        else:
            changed[name] = str(value)
    return f"?{changed.urlencode()}"


def chips(form: forms.BaseForm, query: QueryDict) -> list[Chip]:
    """The filters of a bound form that are set, each with the address that takes it away."""
    return [
        Chip(str(bound.label), text, with_query(query, **{bound.html_name: None}))
        for bound in form
        if not bound.is_hidden and (text := _value_text(form, bound.name))
    ]


def _value_text(form: forms.BaseForm, name: str) -> str:
    """What a filter is set to, in words; empty when it is not set or not valid."""
    value = getattr(form, "cleaned_data", {}).get(name)
    if value in (None, "", False, []):
        return ""
    if value is True:
        return "是"
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField) or not hasattr(field, "choices"):
        return _plain_text(value)
    return "、".join(_labels(field, value if isinstance(value, list) else [value]))


def _plain_text(value: Any) -> str:
    if hasattr(value, "weekday"):
        return formats.cn_date(value, clock.today())
    if not isinstance(value, str) and hasattr(value, "__iter__"):
        return "、".join(str(part) for part in value)
    return str(value)


def _labels(field: Any, values: Sequence[Any]) -> Iterator[str]:
    wanted = {str(value) for value in values}
    for key, label in field.choices:
        if isinstance(label, list | tuple):
            yield from (str(inner) for inner_key, inner in label if str(inner_key) in wanted)
        elif str(key) in wanted:
            yield str(label)


class KeptPaginator(Paginator):
    """Counts a list once for all its pages, until anything is written."""

    def __init__(self, request: ActorRequest, rows: QuerySet[Any] | Sequence[Any], per_page: int) -> None:
        super().__init__(rows, per_page)
        self.request = request

    @cached_property
    def count(self) -> int:
        wanted = with_query(self.request.GET, order=None)
        return kept(
            self.request.actor,
            f"count:{self.request.path}{wanted}",
            lambda: Paginator(self.object_list, self.per_page).count,
        )


def page_of(request: ActorRequest, rows: QuerySet[Any] | Sequence[Any], per_page: int) -> Page:
    """The page of a list that the address asks for.

    For lists that depend on the address and the person alone and change by services of this committee: what the
    worker or another committee writes leaves no audit row here, and such a list counts for itself.
    """
    return KeptPaginator(request, rows, per_page).get_page(request.GET.get("page"))


def page_links(page: Page, query: QueryDict) -> list[tuple[int | str, str]]:
    """(number, address) of the pages worth showing; the gap has no address."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return [(number, with_query(query, page=number) if isinstance(number, int) else "") for number in numbers]


def sort_link(query: QueryDict, name: str) -> tuple[str, str]:
    """(address, direction now) of a column's head: first click ascending, second descending, third none."""
    now = query.get("order", "")
    if now == name:
        return with_query(query, order=f"-{name}"), "ascending"
    if now == f"-{name}":
        return with_query(query, order=None), "descending"
    return with_query(query, order=name), "none"
