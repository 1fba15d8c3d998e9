"""角色: who holds what on a day."""

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from committee.register.forms import EndForm, RoleFilter, RoleForm, VoidForm
from committee.register.policies import demand_keeper, demand_keeper_of_role, may_keep_register
from committee.register.services.keep_roles import assign_role, end_role, void_role
from committee.roles.models import RoleAssignment
from committee.units.models import Unit
from common import clock
from common.identity.models import Person
from common.web.acts import Question, write_page
from common.web.days import day_asked
from common.web.formats import cn_full_date
from common.web.listing import page_of
from common.web.request import ActorRequest
from common.web.sections import ORGANISATION, section_tabs

A_PAGE = 50


@require_GET
def roles(request: ActorRequest) -> HttpResponse:
    """The roles held on a day."""
    form, day = RoleFilter(request.GET), day_asked(request)
    found = RoleAssignment.objects.on(day).select_related("person", "unit")
    if form.is_valid():
        if text := form.cleaned_data["q"]:
            found = found.filter(
                Q(person__name__contains=text) | Q(unit__short_name__contains=text) | Q(unit__full_name__contains=text)
            )
        if role := form.cleaned_data["role"]:
            found = found.filter(role=role)
    found = found.order_by("unit__rank_order", "role", "person__rank_order", "pk")
    page = page_of(request, found, A_PAGE)
    return render(
        request,
        "committee/register/roles.html",
        {
            "day": day,
            "filter": form,
            "page": page,
            "may_keep": may_keep_register(request.actor),
            "section": section_tabs(ORGANISATION, request.actor, day),
        },
    )


def add(request: ActorRequest) -> HttpResponse:
    """A role for a person; the address may name role, unit or person (?unit=3&role=unit_head)."""
    demand_keeper(request.actor)
    return write_page(
        request,
        RoleForm(request.POST or None, initial=_asked_for(request)),
        lambda data: assign_role(actor=request.actor, **data),
        title="登记角色",
        label="登记角色",
        note="角色决定能看什么、办什么；从所写的日子起生效。",
        back=reverse("committee:roles"),
        crumbs=[("角色", reverse("committee:roles"))],
        done="角色已登记。",
    )


def end(request: ActorRequest, pk: int) -> HttpResponse:
    """The last day of a role."""
    found = _role(pk)
    demand_keeper_of_role(request.actor, found.role)
    return write_page(
        request,
        EndForm(request.POST or None),
        lambda data: end_role(actor=request.actor, assignment=found, last_day=data["valid_to"]),
        title=f"{found.person}卸任{_words(found)}",
        label="写止日",
        note=f"自{cn_full_date(found.valid_from)}起担任",
        back=reverse("committee:roles"),
        crumbs=[("角色", reverse("committee:roles"))],
        done="止日已登记。",
        ask=lambda data: Question(
            f"{found.person}担任{_words(found)}到{cn_full_date(data['valid_to'])}，从次日起不再有这个角色的权限。"
        ),
    )


def void(request: ActorRequest, pk: int) -> HttpResponse:
    """A role entered by mistake."""
    found = _role(pk)
    demand_keeper_of_role(request.actor, found.role)
    return write_page(
        request,
        VoidForm(request.POST or None),
        lambda data: void_role(actor=request.actor, assignment=found, reason=data["reason"]),
        title=f"作废{found.person}的{_words(found)}",
        label="作废",
        back=reverse("committee:roles"),
        crumbs=[("角色", reverse("committee:roles"))],
        done="角色已作废。",
        ask=lambda data: Question(
            f"{found.person}的「{_words(found)}」将作废，立即失去权限，不能恢复，只能重新登记。",
            [("理由", data["reason"])],
        ),
    )


def _role(pk: int) -> RoleAssignment:
    return get_object_or_404(RoleAssignment.objects.select_related("person", "unit"), pk=pk)


def _words(found: RoleAssignment) -> str:
    return f"{found.unit or ''}{found.get_role_display()}"


def _asked_for(request: ActorRequest) -> dict[str, Any]:
    """What the link that led here already knew; names of other committees find nothing."""
    query = request.GET
    return {
        "valid_from": clock.today(),
        "role": query.get("role"),
        "unit": Unit.objects.filter(pk=_number(query.get("unit"))).first(),
        "person": Person.objects.filter(pk=_number(query.get("person"))).first(),
    }


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0
