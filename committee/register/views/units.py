"""单位: the list, one unit with those who answer for it, and what becomes of it."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from committee.division.models import DivisionUnit
from committee.division.questions import leaders_by_unit
from committee.register.entering import seen_of
from committee.register.forms import EndForm, RenameForm, UnitCorrection, UnitFilter, UnitForm, VoidForm
from committee.register.policies import demand_keeper, may_keep_register
from committee.register.reports import unit_lines
from committee.register.services.keep_units import CORRECTABLE, add_unit, correct_unit, end_unit, void_unit
from committee.register.services.rename_unit import rename_unit
from committee.roles.models import Role, RoleAssignment
from committee.units.models import Unit, UnitQuerySet
from committee.units.questions import same_unit
from common import clock
from common.web.acts import Question, write_page
from common.web.days import day_asked
from common.web.excel import workbook_response
from common.web.formats import cn_full_date
from common.web.listing import page_of
from common.web.request import ActorRequest
from common.web.sections import ORGANISATION, section_tabs

A_PAGE = 50
HEAD = ("简称", "全称", "类型", "主要负责人", "议题联络员", "分管领导", "电话", "自")


@require_GET
def units(request: ActorRequest) -> HttpResponse:
    """The units of a day."""
    form, day, found = _found(request)
    page = page_of(request, found, A_PAGE)
    return render(
        request,
        "committee/register/units.html",
        {
            "day": day,
            "filter": form,
            "page": page,
            "lines": unit_lines(page.object_list, day),
            "may_keep": may_keep_register(request.actor),
            "section": section_tabs(ORGANISATION, request.actor, day),
        },
    )


@require_GET
def excel(request: ActorRequest) -> HttpResponse:
    """The same list as a workbook, whole."""
    _, day, found = _found(request)
    rows = (
        (
            line.unit.short_name,
            line.unit.full_name,
            line.unit.get_kind_display(),
            _names(line.heads),
            _names(line.liaisons),
            _names(line.leaders),
            line.unit.phone,
            line.unit.valid_from,
        )
        for line in unit_lines(found, day)
    )
    return workbook_response(f"单位名录{day}", HEAD, rows)


@require_GET
def unit(request: ActorRequest, pk: int) -> HttpResponse:
    """One unit on a day: head, liaison, leaders in charge; its names and people before and after."""
    found = _unit(pk)
    day = day_asked(request)
    names = Unit.objects.filter(pk__in=same_unit(found.pk)).order_by("-valid_from")
    roles = RoleAssignment.objects.filter(unit__in=names).select_related("person", "unit")
    return render(
        request,
        "committee/register/unit.html",
        {
            "unit": found,
            "day": day,
            "holds": found.voided_at is None and found.valid_from <= day <= (found.valid_to or day),
            "line": unit_lines([found], day)[0],
            "contacts": leaders_by_unit(day, DivisionUnit.Relation.LIAISON_FOR).get(found.pk, []),
            "names": names,
            "roles": roles.order_by("-valid_from", "role", "pk"),
            "head_role": Role.UNIT_HEAD,
            "liaison_role": Role.ITEM_LIAISON,
            "may_keep": may_keep_register(request.actor),
        },
    )


def add(request: ActorRequest) -> HttpResponse:
    """A new unit."""
    demand_keeper(request.actor)
    return write_page(
        request,
        UnitForm(request.POST or None, initial={"valid_from": clock.today()}),
        lambda data: add_unit(actor=request.actor, **_rank(data)),
        title="登记单位",
        label="登记单位",
        note="更名请到原单位的页面办理，新旧名称才连得上。",
        back=reverse("committee:units"),
        crumbs=[("单位", reverse("committee:units"))],
        done="单位已登记。",
        to=lambda made: reverse("committee:unit", args=[made.pk]),
    )


def edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Telephone, kind, order."""
    found = _unit(pk)
    demand_keeper(request.actor)
    return write_page(
        request,
        UnitCorrection(request.POST or None, instance=_unit(pk), initial={"seen": seen_of(found, CORRECTABLE)}),
        lambda data: correct_unit(actor=request.actor, unit=found, **_rank(data)),
        title=f"更正{found}",
        label="保存",
        note="名称变了，请办「更名」。",
        **_of_unit(found),
        done="已更正。",
    )


def rename(request: ActorRequest, pk: int) -> HttpResponse:
    """更名."""
    found = _unit(pk)
    demand_keeper(request.actor)
    initial = {"full_name": found.full_name, "short_name": found.short_name, "valid_from": clock.today()}
    return write_page(
        request,
        RenameForm(request.POST or None, initial=initial),
        lambda data: rename_unit(actor=request.actor, unit=found, **data),
        title=f"{found}更名",
        label="更名",
        note="负责人、联络员随新名称；以前的议题、决定仍用当时的名称。",
        **_of_unit(found),
        done="已更名。",
        ask=lambda data: _renaming(found, data),
        to=lambda made: reverse("committee:unit", args=[made.pk]),
    )


def end(request: ActorRequest, pk: int) -> HttpResponse:
    """撤销."""
    found = _unit(pk)
    demand_keeper(request.actor)
    return write_page(
        request,
        EndForm(request.POST or None),
        lambda data: end_unit(actor=request.actor, unit=found, last_day=data["valid_to"]),
        title=f"撤销{found}",
        label="写止日",
        note="单位撤销后不能再呈报议题；以前的都还在。",
        **_of_unit(found),
        done="止日已登记。",
        ask=lambda data: _ending(found, data["valid_to"]),
    )


def void(request: ActorRequest, pk: int) -> HttpResponse:
    """A unit entered by mistake."""
    found = _unit(pk)
    demand_keeper(request.actor)
    return write_page(
        request,
        VoidForm(request.POST or None),
        lambda data: void_unit(actor=request.actor, unit=found, reason=data["reason"]),
        title=f"作废{found}",
        label="作废",
        **_of_unit(found),
        done="单位已作废。",
        ask=lambda data: Question(
            f"「{found.full_name}」将作废，从此不能选用，也不能恢复。", [("理由", data["reason"])]
        ),
    )


def _unit(pk: int) -> Unit:
    return get_object_or_404(Unit.objects.all(), pk=pk)


def _found(request: ActorRequest) -> tuple[UnitFilter, date, UnitQuerySet]:
    """The filter of the address, its day and what it finds; a filter that does not hold narrows nothing."""
    form, day = UnitFilter(request.GET), day_asked(request)
    found: UnitQuerySet = Unit.objects.on(day).in_order()
    if form.is_valid():
        if text := form.cleaned_data["q"]:
            found = found.filter(Q(short_name__contains=text) | Q(full_name__contains=text))
        if kind := form.cleaned_data["kind"]:
            found = found.filter(kind=kind)
    return form, day, found


def _of_unit(found: Unit) -> dict[str, Any]:
    back = reverse("committee:unit", args=[found.pk])
    return {"back": back, "crumbs": [("单位", reverse("committee:units")), (str(found), back)]}


def _rank(data: dict[str, Any]) -> dict[str, Any]:
    """Without a number the unit comes last, as the model has it."""
    return {name: value for name, value in data.items() if name != "rank_order" or value}


def _names(people: list[Any]) -> str:
    return "、".join(person.name for person in people)


def _renaming(found: Unit, data: dict[str, Any]) -> Question:
    line = unit_lines([found], data["valid_from"])[0]
    return Question(
        f"自{cn_full_date(data['valid_from'])}起，「{found.full_name}」改称「{data['full_name']}」（{data['short_name']}）。",
        [
            ("随新名称的负责人", _names(line.heads) or "无"),
            ("随新名称的联络员", _names(line.liaisons) or "无"),
            ("现行分工里的分管领导", _names(line.leaders) or "无"),
        ],
    )


def _ending(found: Unit, last_day: date) -> Question:
    line = unit_lines([found], last_day)[0]
    return Question(
        f"「{found.full_name}」存在到{cn_full_date(last_day)}，以下人员在本单位的角色同日终止。",
        [("主要负责人", _names(line.heads) or "无"), ("议题联络员", _names(line.liaisons) or "无")],
    )
