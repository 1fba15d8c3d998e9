"""What holds: the matrix and the list of a day, one leader, all divisions ever, papers and Excel."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from committee.division.documents import LEADER, WHOLE, leader_payload, whole_payload
from committee.division.matrix import Matrix
from committee.division.models import Division
from committee.division.policies import may_draft_division, visible_to
from committee.division.questions import division_on, matrix_on
from committee.division.workflow import DivisionState
from common import clock
from common.identity.models import Person
from common.web.days import day_asked
from common.web.excel import workbook_response
from common.web.listing import page_of
from common.web.paper_answer import paper_answer
from common.web.request import ActorRequest
from common.web.sections import ORGANISATION, section_tabs

VIEWS = ("matrix", "list")
A_PAGE = 30


@require_GET
def division(request: ActorRequest) -> HttpResponse:
    """The division that held on a day."""
    day = day_asked(request)
    found = division_on(day)
    drafting = may_draft_division(request.actor)
    context = {
        "day": day,
        "may_draft": drafting,
        "drafts": Division.objects.filter(state=DivisionState.DRAFT).order_by("-pk") if drafting else [],
        "section": section_tabs(ORGANISATION, request.actor, day),
    }
    return render(request, "committee/division/division.html", context | _shown(request, found, day))


@require_GET
def detail(request: ActorRequest, pk: int) -> HttpResponse:
    """One division, whether it holds, held or is drafted; with the units of its first day."""
    found = get_object_or_404(visible_to(request.actor).select_related("record"), pk=pk)
    day = found.valid_from or clock.today()
    context = {
        "day": day,
        "may_draft": may_draft_division(request.actor),
        "changes": found.changes.all(),
        "drafted": found.state == DivisionState.DRAFT,
    }
    return render(request, "committee/division/detail.html", context | _shown(request, found, day))


@require_GET
def history(request: ActorRequest) -> HttpResponse:
    """All divisions that held, the newest first; drafts and those given up for who drafts."""
    found = visible_to(request.actor).select_related("supersedes").order_by("-valid_from", "-pk")
    page = page_of(request, found, A_PAGE)
    return render(request, "committee/division/history.html", {"page": page})


@require_GET
def leader(request: ActorRequest, pk: int) -> HttpResponse:
    """What one leader was in charge of on a day, with what is doubtful among it."""
    person = get_object_or_404(Person.objects.all(), pk=pk)
    day = day_asked(request)
    found = division_on(day)
    matrix = matrix_on(found, day) if found else Matrix([], [])
    place = next((place for place, line in enumerate(matrix.leaders) if line.person_id == pk), None)
    return render(
        request,
        "committee/division/leader.html",
        {
            "person": person,
            "day": day,
            "division": found,
            "line": matrix.leaders[place] if place is not None else None,
            "doubtful": [row for row in matrix.doubtful if place is not None and row.cells[place].marks],
            "stands_in_for": [line.person for line in matrix.leaders if line.backup_id == pk],
            "leaders": matrix.leaders,
            "earlier": _divisions_with(person),
        },
    )


@require_GET
def excel(request: ActorRequest, pk: int) -> HttpResponse:
    """The matrix as a workbook."""
    found = get_object_or_404(visible_to(request.actor), pk=pk)
    matrix = matrix_on(found, found.valid_from or clock.today())
    head = ["单位", *(line.person.name for line in matrix.leaders), "须核对"]
    rows = (
        [
            row.unit.short_name,
            *("、".join(mark.word for mark in cell.marks) for cell in row.cells),
            "；".join(row.findings),
        ]
        for row in matrix.rows
    )
    return workbook_response(f"分工{found.valid_from or '草案'}", head, rows)


def paper(request: ActorRequest, pk: int) -> HttpResponseBase:
    """The whole list as PDF, made from its frozen bytes."""
    found = get_object_or_404(visible_to(request.actor).select_related("record", "committee"), pk=pk)
    return paper_answer(
        request,
        kind=WHOLE,
        payload=whole_payload(found),
        name=f"{found.title}.pdf",
        back=reverse("committee:division_detail", args=[pk]),
    )


def leader_sheet(request: ActorRequest, pk: int, person_pk: int) -> HttpResponseBase:
    """One leader's sheet as PDF."""
    found = get_object_or_404(visible_to(request.actor).select_related("record", "committee"), pk=pk)
    line = found.lines.filter(person_id=person_pk).select_related("person").first()
    if line is None:
        raise Http404
    return paper_answer(
        request,
        kind=LEADER,
        payload=leader_payload(found, person_pk),
        name=f"领导分工（{line.person}）.pdf",
        back=reverse("committee:division_leader", args=[person_pk]),
    )


def _shown(request: ActorRequest, found: Division | None, day: date) -> dict[str, Any]:
    """The matrix of a division for the templates, whole or only what is doubtful."""
    matrix = matrix_on(found, day) if found else Matrix([], [])
    only = "doubtful" in request.GET
    asked = request.GET.get("view", VIEWS[0])
    return {
        "division": found,
        "matrix": matrix,
        "rows": matrix.doubtful if only else matrix.rows,
        "only": only,
        "view": asked if asked in VIEWS else VIEWS[0],
    }


def _divisions_with(person: Person) -> list[Division]:
    """All that ever held in which the person has a line, the newest first."""
    held = Division.objects.filter(state__in=[DivisionState.IN_FORCE, DivisionState.SUPERSEDED])
    return list(held.filter(lines__person=person).order_by("-valid_from"))
