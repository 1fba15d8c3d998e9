"""One leader's line of a draft: typed, saved as one types, taken out; of two editors the second sees both."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from committee.division.forms import LineForm, initial_of
from committee.division.models import DivisionLine
from committee.division.policies import visible_to
from committee.division.questions import matrix_on
from committee.division.services.edit_line import remove_line, save_line
from committee.division.views.drafting import draft_of
from committee.units.models import Unit
from common import clock
from common.services import Conflict, Refused
from common.web.formats import cn_time
from common.web.request import ActorRequest


def line(request: ActorRequest, pk: int) -> HttpResponse:
    """One leader's line, typed and saved."""
    found = _line(request, pk)
    form = _line_form(request, found)
    theirs: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            save_line(actor=request.actor, line=found, **form.typed())
        except Conflict as conflict:
            theirs = _theirs(request, form, conflict.theirs)
            typed = request.POST.copy()
            typed["version"] = str(conflict.theirs.revision)
            form.data = typed
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"{found.person}的分工已保存。")
            return redirect(_next(request, found))
    return render(request, "committee/division/line.html", _line_page(found, form, theirs))


@require_POST
def save(request: ActorRequest, pk: int) -> JsonResponse:
    """The same as one types; answers what static/autosave.js asks for."""
    found = _line(request, pk)
    form = _line_form(request, found)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=400)
    try:
        saved = save_line(actor=request.actor, line=found, **form.typed())
    except Conflict as conflict:
        stands: DivisionLine = conflict.theirs
        return JsonResponse(
            {
                "who": request.actor.first_editor(stands.edited_by),
                "when": cn_time(stands.edited_at) if stands.edited_at else "",
                "version": stands.revision,
                "theirs": _values(form, stands),
            },
            status=409,
        )
    except Refused as refusal:
        return JsonResponse({"errors": {"work": [refusal.message]}}, status=400)
    return JsonResponse({"saved": cn_time(clock.now()), "version": saved.revision})


@require_POST
def remove(request: ActorRequest, pk: int) -> HttpResponse:
    """A leader out of the draft."""
    found = _line(request, pk)
    remove_line(actor=request.actor, line=found)
    messages.success(request, f"已把{found.person}移出草稿。")
    return redirect("committee:division_edit", found.division_id)


def _line(request: ActorRequest, pk: int) -> DivisionLine:
    lines = DivisionLine.objects.filter(division__in=visible_to(request.actor))
    found = get_object_or_404(lines.select_related("division", "person").prefetch_related("units__unit"), pk=pk)
    draft_of(request, found.division_id)
    return found


def _line_form(request: ActorRequest, found: DivisionLine) -> LineForm:
    units = list(Unit.objects.on(clock.today()).in_order())
    known = {unit.pk for unit in units}
    units += [row.unit for row in found.units.all() if row.unit_id not in known]
    others = [each.person for each in found.division.lines.select_related("person").exclude(pk=found.pk)]
    return LineForm(request.POST or None, line=found, units=units, others=others)


def _line_page(found: DivisionLine, form: LineForm, theirs: dict[str, Any]) -> dict[str, Any]:
    """The units with who else has them in this draft, so that 多头 is seen while one chooses."""
    matrix = matrix_on(found.division, clock.today())
    place = [each.pk for each in matrix.leaders].index(found.pk)
    elsewhere: dict[int, list[str]] = {
        row.unit.pk: [
            f"{cell.line.person.name}{mark.word}" for cell in row.cells if cell.line != found for mark in cell.marks
        ]
        for row in matrix.rows
    }
    return {
        "line": found,
        "form": form,
        "theirs": theirs,
        "units": [(form[name], unit, elsewhere.get(unit.pk, [])) for name, unit in form.units.items()],
        "before": matrix.leaders[place - 1] if place else None,
        "after": matrix.leaders[place + 1] if place + 1 < len(matrix.leaders) else None,
    }


def _values(form: LineForm, stands: DivisionLine) -> dict[str, str]:
    """The line as it stands, field by field; a unit it does not name is an empty one."""
    values = dict.fromkeys(form.fields, "") | {name: str(text) for name, text in initial_of(stands).items()}
    return {name: text for name, text in values.items() if name != "version" and name in form.fields}


def _theirs(request: ActorRequest, form: LineForm, stands: DivisionLine) -> dict[str, Any]:
    """What the other editor wrote where it differs from what was typed here, in words."""
    fields = [
        (form[name], _shown_value(form, name, text), _shown_value(form, name, str(form.cleaned_data.get(name) or "")))
        for name, text in _values(form, stands).items()
        if text != str(form.cleaned_data.get(name) or "")
    ]
    return {"who": request.actor.first_editor(stands.edited_by), "when": stands.edited_at, "fields": fields}


def _shown_value(form: LineForm, name: str, value: str) -> str:
    choices = dict(getattr(form.fields[name], "choices", []))
    return str(choices.get(value, value)) or "（空）"


def _next(request: ActorRequest, found: DivisionLine) -> str:
    """Back to the list, or on to the leader whose button was pressed."""
    following = request.POST.get("next", "")
    if following.isdecimal() and found.division.lines.filter(pk=following).exists():
        return reverse("committee:division_line", args=[following])
    return reverse("committee:division_edit", args=[found.division_id])
