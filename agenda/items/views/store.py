"""The store of items: the list with its filters, and the same rows as a workbook."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from agenda.items.forms import ItemFilter
from agenda.items.models import Item
from agenda.items.policies import visible_to
from agenda.items.querysets import ItemQuerySet
from agenda.rules.models import MatterKind
from committee.roles.posts import posts
from committee.units.models import Unit
from common import clock
from common.web.excel import workbook_response
from common.web.request import ActorRequest

PER_PAGE = 50
HEAD = ("编号", "议题", "提报单位", "分管领导", "类别", "申报日期", "涉及金额", "拟议方式", "拟上会议", "状态")


@require_GET
def items(request: ActorRequest) -> HttpResponse:
    """What this person may see, newest first; ?format=xlsx gives all filtered rows."""
    today = clock.today()
    form = ItemFilter(
        request.GET,
        units=Unit.objects.on(today).in_order(),
        matters=MatterKind.objects.on(today).listed(),
    )
    found = _filtered(visible_to(request.actor), form).for_list()
    if request.GET.get("format") == "xlsx":
        return workbook_response("议题", HEAD, (_cells(item) for item in found[:20000]))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    mine = posts(request.actor)
    may_file = bool(mine.units) or mine.in_office
    return render(request, "agenda/items/items.html", {"page": page, "filter": form, "may_file": may_file})


def _filtered(items: ItemQuerySet, form: ItemFilter) -> ItemQuerySet:
    """Only filters with a valid value narrow the list."""
    form.is_valid()
    wanted = getattr(form, "cleaned_data", {})
    if wanted.get("q"):
        items = items.filter(title__icontains=wanted["q"])
    if wanted.get("state"):
        items = items.filter(state=wanted["state"])
    if wanted.get("unit"):
        items = items.filter(unit_id=wanted["unit"])
    if wanted.get("matter"):
        items = items.filter(matter_kind_id=wanted["matter"])
    if wanted.get("major"):
        items = items.filter(current_version__content__sheet__major_kinds__contains=[wanted["major"]])
    return items


def _cells(item: Item) -> list[object]:
    return [
        str(item.number or ""),
        item.title,
        item.unit.short_name,
        item.leader.name if item.leader else "",
        item.matter_kind.name if item.matter_kind else "",
        item.filed_on,
        item.amount,
        item.get_handling_display(),
        item.get_target_body_display(),
        item.get_state_display(),
    ]
