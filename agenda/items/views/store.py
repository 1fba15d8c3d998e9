"""The store of items: the list with its filters, and the same rows as a workbook."""

from collections.abc import Iterable, Iterator

from django.db.models import F, OrderBy, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from agenda.items.forms import Choices, ItemFilter
from agenda.items.markup import item_rows
from agenda.items.models import Item
from agenda.items.policies import visible_to
from agenda.items.querysets import ItemQuerySet
from agenda.items.services.submit_item import SERIES
from agenda.rules.models import MatterKind
from committee.roles.models import Role
from committee.roles.posts import posts
from committee.units.models import Unit
from common import clock
from common.audit.kept import kept
from common.numbers.models import NumberSeries
from common.web.excel import workbook_response
from common.web.listing import page_of
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
    seen = visible_to(request.actor)
    form = ItemFilter(request.GET, kept(request.actor, "choices of the item filter", _choices))
    found = _filtered(seen, form).for_list()
    if request.GET.get("format") == "xlsx":
        return workbook_response(
            "议题", HEAD, _rows(found.select_related("matter_kind")[:MOST_ROWS].iterator(chunk_size=1000))
        )
    found = found.order_by(*ORDERS.get(request.GET.get("order", ""), ["-pk"]))
    page = page_of(request, found, PER_PAGE)
    held = posts(request.actor)
    context = {
        "page": page,
        "rows": item_rows(page, items_at=reverse("agenda:items")),
        "filter": form,
        "filtered": any(form.cleaned_data.get(name) for name in form.fields if name != "order"),
        "may_file": bool(held.units) or held.holds(Role.SECRETARIAL_SECTION),
    }
    return render(request, "agenda/items/items.html", context)


def _choices() -> dict[str, Choices]:
    """Units and kinds of matter of today; years in which something was filed: each began a series of numbers."""
    today = clock.today()
    years = NumberSeries.objects.filter(kind=SERIES).order_by("-year").values_list("year", flat=True)
    return {
        "unit": [(str(unit.pk), unit.short_name) for unit in Unit.objects.on(today).in_order()],
        "matter": [(str(kind.pk), kind.name) for kind in MatterKind.objects.on(today).listed()],
        "year": [(str(year), f"{year}年") for year in years],
    }


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
