"""Drafting the next division: started, ordered, compared, put in force or given up. One leader's line: lines.py."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from committee.bodies.models import Body, Seat
from committee.division.differences import differences
from committee.division.forms import AdoptForm, LeaderForm, ReasonForm, StartForm
from committee.division.models import Division
from committee.division.policies import demand_drafter, visible_to
from committee.division.questions import division_on, lines_with_units, matrix_on
from committee.division.services.draft_division import drop_division, start_division
from committee.division.services.edit_line import add_line, order_lines
from committee.division.services.put_in_force import put_in_force
from committee.division.workflow import DivisionState
from committee.roles.models import Role, RoleAssignment
from common import clock
from common.identity.models import Person
from common.services import Conflict, Refused
from common.web.acts import Question, tried, write_page
from common.web.formats import cn_full_date
from common.web.request import ActorRequest


def start(request: ActorRequest) -> HttpResponse:
    """A new draft."""
    demand_drafter(request.actor)
    present = division_on(clock.today())
    return write_page(
        request,
        StartForm(request.POST or None, initial={"title": present.title if present else "", "copy": bool(present)}),
        lambda data: start_division(
            actor=request.actor, title=data["title"], copy_from=present if data["copy"] else None
        ),
        title="起草分工",
        label="起草",
        note="草稿只有区委办看得到，生效前可以反复改。",
        back=reverse("committee:division"),
        crumbs=[("分工", reverse("committee:division"))],
        done="草稿已建好，逐位领导填写。",
        to=lambda made: reverse("committee:division_edit", args=[made.pk]),
    )


def edit(request: ActorRequest, pk: int) -> HttpResponse:
    """The draft: its leaders in order, what is doubtful, one more leader."""
    draft = draft_of(request, pk)
    lines = lines_with_units(draft)
    form = LeaderForm(request.POST or None, people=_candidates({line.person_id for line in lines}))
    if form.is_valid() and tried(form, lambda: add_line(actor=request.actor, division=draft, person=form.person())):
        messages.success(request, f"已加入{form.person()}。")
        return redirect("committee:division_edit", pk)
    return render(
        request,
        "committee/division/edit.html",
        {
            "division": draft,
            "lines": lines,
            "orders": _orders([line.pk for line in lines]),
            "matrix": matrix_on(draft, clock.today()),
            "form": form,
        },
    )


@require_POST
def order(request: ActorRequest, pk: int) -> HttpResponse:
    """The leaders in another order, by drag, by keys or by 上移."""
    draft = draft_of(request, pk)
    ids = [int(part) for part in request.POST.get("order", "").split(",") if part.isdecimal()]
    version = request.POST.get("version", "")
    revision = int(version) if version.isdecimal() else -1
    by_script = "HX-Request" in request.headers
    try:
        order_lines(actor=request.actor, division=draft, order=ids, revision=revision)
    except Conflict as conflict:
        if by_script:
            return HttpResponse(conflict.message, status=409, content_type="text/plain; charset=utf-8")
        raise
    return HttpResponse(status=204) if by_script else redirect("committee:division_edit", pk)


def compare(request: ActorRequest, pk: int) -> HttpResponse:
    """What the draft changes against the division in force."""
    draft = draft_of(request, pk)
    present = division_on(clock.today())
    changed = differences(lines_with_units(present) if present else [], lines_with_units(draft))
    return render(
        request,
        "committee/division/compare.html",
        {"division": draft, "present": present, "changed": [each for each in changed if each.changed]},
    )


def adopt(request: ActorRequest, pk: int) -> HttpResponse:
    """Put the draft in force."""
    draft = draft_of(request, pk)
    return write_page(
        request,
        AdoptForm(request.POST or None, initial={"valid_from": clock.today()}),
        lambda data: put_in_force(actor=request.actor, division=draft, **data),
        title=f"让「{draft}」生效",
        label="生效",
        note="生效后定稿存证，不能再改，只能起草新的分工取代。",
        back=reverse("committee:division_edit", args=[pk]),
        crumbs=[("分工", reverse("committee:division")), ("草稿", reverse("committee:division_edit", args=[pk]))],
        done="分工已生效。",
        ask=lambda data: _adopting(draft, data),
        to=lambda made: reverse("committee:division_detail", args=[made.pk]),
    )


def drop(request: ActorRequest, pk: int) -> HttpResponse:
    """Give the draft up."""
    draft = draft_of(request, pk)
    return write_page(
        request,
        ReasonForm(request.POST or None),
        lambda data: drop_division(actor=request.actor, division=draft, reason=data["reason"]),
        title="放弃这份草稿",
        label="放弃",
        note="现行分工不受影响；放弃的草稿还查得到，不能再改。",
        back=reverse("committee:division_edit", args=[pk]),
        crumbs=[("分工", reverse("committee:division")), ("草稿", reverse("committee:division_edit", args=[pk]))],
        done="草稿已放弃。",
        to=lambda _: reverse("committee:division_history"),
    )


def draft_of(request: ActorRequest, pk: int) -> Division:
    """A draft for who drafts; what has left the draft has a page of its own and is no more worked on."""
    found = get_object_or_404(visible_to(request.actor), pk=pk)
    demand_drafter(request.actor)
    if found.state != DivisionState.DRAFT:
        raise Refused(f"「{found}」{found.get_state_display()}，不能再改；请起草新的分工取代它。")
    return found


def _candidates(taken: set[int]) -> list[tuple[str, list[Person]]]:
    """Who may be added: leaders by their seats and roles first, then all others."""
    today = clock.today()
    seats = Seat.objects.of_body(Body.Kind.STANDING).on(today).values("person")
    posts = RoleAssignment.objects.on(today).filter(role__in=[Role.MAYOR, Role.DEPUTY_MAYOR]).values("person")
    leading = set(Person.objects.filter(pk__in=seats.union(posts)).values_list("pk", flat=True))
    people = [person for person in Person.objects.current().by_post() if person.pk not in taken]
    return [
        ("常委和政府领导", [person for person in people if person.pk in leading]),
        ("其他人员", [person for person in people if person.pk not in leading]),
    ]


def _orders(ids: list[int]) -> dict[int, str]:
    """For each line the order in which it stands one place higher."""
    return {
        pk: ",".join(map(str, [*ids[: place - 1], pk, ids[place - 1], *ids[place + 1 :]]))
        for place, pk in enumerate(ids)
        if place
    }


def _adopting(draft: Division, data: dict[str, Any]) -> Question:
    """How much changes, what is doubtful, and what becomes of the present one."""
    present = division_on(data["valid_from"])
    lines = lines_with_units(draft)
    changed = [each for each in differences(lines_with_units(present) if present else [], lines) if each.changed]
    doubtful = matrix_on(draft, data["valid_from"]).doubtful
    facts = [("依据", data["basis"]), ("领导", f"{len(lines)} 位")]
    if present:
        names = "、".join(each.person.name for each in changed)
        facts.append(("与现行相比", f"{len(changed)} 位有变动：{names}" if changed else "没有变动"))
    facts += [(row.unit.short_name, "；".join(row.findings)) for row in doubtful]
    ending = f"现行的「{present}」到前一天为止。" if present else ""
    return Question(
        f"自{cn_full_date(data['valid_from'])}起，分工按这份执行，定稿存证，不能再改。{ending}"
        + (f"还有 {len(doubtful)} 个单位须核对，列在下面；不妨碍生效。" if doubtful else ""),
        facts,
    )
