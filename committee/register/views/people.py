"""人员: the list, one person with seats, roles, duties and logins, and merging entries of the same human."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from committee.bodies.models import Seat
from committee.register.entering import seen_of
from committee.register.forms import MergeForm, PersonCorrection, PersonFilter, PersonForm
from committee.register.policies import demand_keeper, may_delegate, may_keep_register, may_manage_accounts
from committee.register.reports import backups_for, duties_of, person_lines
from committee.register.services.keep_people import (
    PERSON_FIELDS,
    add_person,
    correct_person,
    merge_obstacles,
    merge_person,
)
from committee.roles.models import RoleAssignment
from common import clock
from common.identity.models import ActingFor, ActingOffer, Person, PersonQuerySet
from common.web.acts import Question, write_page
from common.web.days import day_asked
from common.web.excel import workbook_response
from common.web.listing import Tab, page_of
from common.web.request import ActorRequest
from common.web.sections import ORGANISATION, section_tabs

A_PAGE, MOST_OFFERS = 50, 20
HEAD = ("姓名", "现任职务", "性别", "民族", "席位", "角色", "电话", "邮箱")


@require_GET
def people(request: ActorRequest) -> HttpResponse:
    """All people, merged duplicates left out."""
    form, day, found = _found(request)
    page = page_of(request, found, A_PAGE)
    return render(
        request,
        "committee/register/people.html",
        {
            "day": day,
            "filter": form,
            "page": page,
            "lines": person_lines(page.object_list, day),
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
            line.person.name,
            line.person.post_title,
            line.person.get_gender_display(),
            line.person.ethnicity,
            line.seat_words,
            line.role_words,
            line.person.phone,
            line.person.email,
        )
        for line in person_lines(found, day)
    )
    return workbook_response(f"人员名录{day}", HEAD, rows)


@require_GET
def person(request: ActorRequest, pk: int) -> HttpResponse:
    """One person: as on a day, all that was, and the logins for those who manage them."""
    found = _person(pk)
    day = day_asked(request)
    actor = request.actor
    same = [found.pk, *found.merged.values_list("pk", flat=True)]
    sees_logins = may_manage_accounts(actor) or may_delegate(actor, found)
    tabs = [Tab("now", "任职与分工"), Tab("past", "经过"), *([Tab("logins", "账号与代办")] if sees_logins else [])]
    asked = request.GET.get("tab", "now")
    context: dict[str, Any] = {
        "person": found,
        "day": day,
        "tabs": tabs,
        "tab": asked if asked in {tab.key for tab in tabs} else "now",
        "may_keep": may_keep_register(actor),
        "may_manage": may_manage_accounts(actor),
        "namesakes": Person.objects.current().filter(name=found.name).exclude(pk=found.pk),
    }
    fill = {"now": _now, "past": _past, "logins": _logins}[context["tab"]]
    return render(request, "committee/register/person.html", context | fill(found, same, day))


def _now(found: Person, same: list[int], day: date) -> dict[str, Any]:
    seats = Seat.objects.on(day).filter(person__in=same).select_related("body", "term")
    return {
        "seats": seats.order_by("body_id"),
        "roles": RoleAssignment.objects.on(day).filter(person__in=same).select_related("unit").order_by("role"),
        "duties": duties_of(found, day),
        "backup_for": backups_for(found, day),
    }


def _past(found: Person, same: list[int], day: date) -> dict[str, Any]:
    seats = Seat.objects.filter(person__in=same).select_related("body", "term", "person")
    roles = RoleAssignment.objects.filter(person__in=same).select_related("unit", "person")
    lines = found.division_lines.filter(division__record__isnull=False).select_related("division")
    return {
        "seats": seats.order_by("-valid_from", "pk"),
        "roles": roles.order_by("-valid_from", "pk"),
        "lines": lines.order_by("-division__valid_from"),
        "merged": found.merged.all(),
    }


def _logins(found: Person, same: list[int], day: date) -> dict[str, Any]:
    acting = ActingFor.objects.filter(person=found).select_related("account").order_by("-valid_from", "pk")
    offers = ActingOffer.objects.filter(person=found).exclude(outcome=ActingOffer.Outcome.ACCEPTED).order_by("-pk")
    return {"logins": acting, "offers": offers[:MOST_OFFERS], "today": clock.today()}


def add(request: ActorRequest) -> HttpResponse:
    """A new person; where the name is known already, that is asked about first."""
    demand_keeper(request.actor)
    return write_page(
        request,
        PersonForm(request.POST or None),
        lambda data: add_person(actor=request.actor, **_rank(data)),
        title="登记人员",
        label="登记人员",
        note="人员可以没有账号，如专家、列席人员。",
        back=reverse("committee:people"),
        crumbs=[("人员", reverse("committee:people"))],
        done="人员已登记。",
        to=lambda made: reverse("committee:person", args=[made.pk]),
        ask=_namesakes if _has_namesakes(request.POST.get("name", "")) else None,
    )


def edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Name, post, telephone …"""
    found = _person(pk)
    demand_keeper(request.actor)
    return write_page(
        request,
        PersonCorrection(request.POST or None, instance=_person(pk), initial={"seen": seen_of(found, PERSON_FIELDS)}),
        lambda data: correct_person(actor=request.actor, person=found, **_rank(data)),
        title=f"更正{found}",
        label="保存",
        note="以前的签字、决定和纪要仍用当时的姓名、职务。",
        **_of_person(found),
        done="已更正。",
    )


def merge(request: ActorRequest, pk: int) -> HttpResponse:
    """The same human entered twice: this entry gives way to another."""
    found = _person(pk)
    demand_keeper(request.actor)
    form = MergeForm(request.POST or None)
    if form.is_valid():
        for obstacle in merge_obstacles(found, form.cleaned_data["into"]):
            form.add_error(None, obstacle)
    return write_page(
        request,
        form,
        lambda data: merge_person(actor=request.actor, duplicate=found, into=data["into"]),
        title=f"把{found}并入另一位",
        label="合并",
        note="同一个人登记了两次时用。记录不改写，只是从此指向保留的一位。",
        **_of_person(found),
        done="已合并。",
        ask=lambda data: _merging(found, data["into"]),
        to=lambda into: reverse("committee:person", args=[into.pk]),
    )


def _person(pk: int) -> Person:
    return get_object_or_404(Person.objects.all(), pk=pk)


def _found(request: ActorRequest) -> tuple[PersonFilter, date, PersonQuerySet]:
    """The filter of the address, its day and what it finds; a filter that does not hold narrows nothing."""
    form, day = PersonFilter(request.GET), day_asked(request)
    found = Person.objects.current()
    order = ""
    if form.is_valid():
        order = form.cleaned_data["order"]
        if text := "".join(form.cleaned_data["q"].split()):
            found = found.filter(Q(name__contains=text) | Q(post_title__contains=text))
        if seat := form.cleaned_data["seat"]:
            found = found.filter(pk__in=Seat.objects.on(day).filter(kind=seat).values("person"))
    ways = {"pinyin": found.by_pinyin, "stroke": found.by_stroke}
    return form, day, ways.get(order, found.by_post)()


def _of_person(found: Person) -> dict[str, Any]:
    back = reverse("committee:person", args=[found.pk])
    return {"back": back, "crumbs": [("人员", reverse("committee:people")), (found.name, back)]}


def _rank(data: dict[str, Any]) -> dict[str, Any]:
    """Without a number the person comes last, as the model has it."""
    return {name: value for name, value in data.items() if name != "rank_order" or value}


def _has_namesakes(name: str) -> bool:
    return Person.objects.current().filter(name="".join(name.split())).exists()


def _namesakes(data: dict[str, Any]) -> Question:
    """Who has the name already, so that nobody is entered twice by accident."""
    known = Person.objects.current().filter(name="".join(data["name"].split())).by_post()
    return Question(
        f"已经登记了 {len(known)} 位「{data['name']}」。确是另一个人才继续登记；是同一个人的，请返回。",
        [(person.name, person.post_title or "没有写职务") for person in known],
    )


def _merging(duplicate: Person, into: Person) -> Question:
    """Both entries side by side."""
    today = clock.today()
    facts = []
    for what, line in zip(("并掉的", "保留的"), person_lines([duplicate, into], today), strict=False):
        words = "；".join(text for text in (line.person.post_title, line.seat_words, line.role_words) if text)
        facts.append((what, f"{line.person.name}（编号 {line.person.pk}）{words and '：'}{words}"))
    return Question(f"「{duplicate}」这一条将并入保留的一位，从此不再单独出现，不能恢复。", facts)
