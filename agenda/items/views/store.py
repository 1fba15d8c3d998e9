"""The store of items: the list with its filters, and the same rows as a workbook."""

from collections.abc import Iterable, Iterator

from django.core.paginator import Paginator
from django.db.models import F, OrderBy, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from agenda.items.forms import ItemFilter
from agenda.items.models import Item
from agenda.items.policies import visible_to
from agenda.items.querysets import ItemQuerySet
from agenda.items.services.submit_item import SERIES
from agenda.rules.models import MatterKind
from committee.roles.models import Role
from committee.roles.posts import posts
from committee.units.models import Unit
from common import clock
from common.numbers.models import NumberSeries
from common.web.excel import workbook_response
from common.web.request import ActorRequest

PER_PAGE = 50
# A workbook of more rows than this is no longer one to work in; filters make it shorter.
MOST_ROWS = 20_000
HEAD = ("编号", "议题", "提报单位", "分管领导", "类别", "呈报日期", "涉及金额（元）", "拟议方式", "拟上会议", "状态")
ORDERS: dict[str, list[OrderBy | str]] = {
    "amount": [F("amount").asc(nulls_last=True), "-pk"],
    "-amount": [F("amount").desc(nulls_last=True), "-pk"],
    "filed": [F("filed_on").asc(nulls_last=True), "-pk"],
    "-filed": [F("filed_on").desc(nulls_last=True), "-pk"],
}


@require_GET
def items(request: ActorRequest) -> HttpResponse:
    """What this person may see, newest first; ?format=xlsx gives all filtered rows."""
    today = clock.today()
    seen = visible_to(request.actor)
    form = ItemFilter(
        request.GET,
        units=Unit.objects.on(today).in_order(),
        matters=MatterKind.objects.on(today).listed(),
        years=_years(),
    )
    # The frozen text is not for lists: it would be most of what is read.
    found = _filtered(seen, form).for_list().defer("current_version__content")
    if request.GET.get("format") == "xlsx":
        return workbook_response("议题", HEAD, _rows(found[:MOST_ROWS].iterator(chunk_size=1000)))
    found = found.order_by(*ORDERS.get(request.GET.get("order", ""), ["-pk"]))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    held = posts(request.actor)
    context = {
        "page": page,
        "filter": form,
        "filtered": any(form.cleaned_data.get(name) for name in form.fields if name != "order"),
        "may_file": bool(held.units) or held.holds(Role.SECRETARIAL_SECTION),
    }
    return render(request, "agenda/items/items.html", context)


def _years() -> list[int]:
    """Years in which something was filed, the newest first: each began a series of numbers."""
    return list(NumberSeries.objects.filter(kind=SERIES).order_by("-year").values_list("year", flat=True))


def _filtered(items: ItemQuerySet, form: ItemFilter) -> ItemQuerySet:
    """Only filters with a valid value narrow the list."""
    form.is_valid()
    wanted = form.cleaned_data
    if words := wanted.get("q"):
        items = items.filter(_holding(words))
    if wanted.get("state"):
        items = items.filter(state=wanted["state"])
    if wanted.get("unit"):
        items = items.filter(unit_id=wanted["unit"])
    if wanted.get("matter"):
        items = items.filter(matter_kind_id=wanted["matter"])
    if wanted.get("major"):
        items = items.filter(current_version__content__sheet__major_kinds__contains=[wanted["major"]])
    if wanted.get("year"):
        items = items.filter(filed_on__year=wanted["year"])
    return items


def _holding(words: str) -> Q:
    """A part of the title, or the number alone."""
    found = Q(title__icontains=words)
    return found | Q(number__number=int(words)) if words.isdecimal() and len(words) < 6 else found


def _rows(items: Iterable[Item]) -> Iterator[tuple[object, ...]]:
    for item in items:
        yield (
            f"议{item.number}" if item.number else "",
            item.title,
            item.unit.short_name,
            item.leader.name if item.leader else "",
            item.matter_kind.name if item.matter_kind else "",
            item.filed_on,
            item.amount,
            item.get_handling_display(),
            item.get_target_body_display(),
            item.get_state_display(),
        )
