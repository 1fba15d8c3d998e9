"""The list of meetings, and planning one."""

from django.contrib import messages
from django.db.models import Count, Q, Sum
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from agenda.meetings.forms import MeetingFilter, PlanForm
from agenda.meetings.models import Meeting
from agenda.meetings.policies import demand_office, may_run, visible_to
from agenda.meetings.querysets import MeetingQuerySet
from agenda.meetings.questions import chairs_on, still_noted
from agenda.meetings.services.plan_meeting import plan_meeting
from agenda.meetings.workflow import EntryState
from committee.roles.models import Role, RoleAssignment
from common import clock
from common.identity.models import Person
from common.services import Refused
from common.web.listing import page_of
from common.web.request import ActorRequest

PER_PAGE = 30
MOST_COMING = 30


@require_GET
def meetings(request: ActorRequest) -> HttpResponse:
    """Those to come, the next one first, and until its day what was cancelled; then those that were."""
    seen = visible_to(request.actor)
    years = [day.year for day in seen.dates("starts_at", "year", order="DESC")]
    form = MeetingFilter(request.GET, years=years)
    found = _filtered(seen, form).with_names().annotate(**_FIGURES)
    ahead = still_noted(clock.today())
    return render(
        request,
        "agenda/meetings/meetings.html",
        {
            "filter": form,
            "coming": found.filter(ahead).order_by("starts_at", "pk")[:MOST_COMING],
            "page": page_of(request, found.exclude(ahead).newest_first(), PER_PAGE),
            "may_run": may_run(request.actor),
        },
    )


_ON_AGENDA = ~Q(entries__state=EntryState.REMOVED) & Q(entries__isnull=False)
_FIGURES = {
    "entry_count": Count("entries", filter=_ON_AGENDA),
    "total_minutes": Sum("entries__minutes", filter=_ON_AGENDA),
}


def _filtered(found: MeetingQuerySet, form: MeetingFilter) -> MeetingQuerySet:
    """Only filters with a valid value narrow the list."""
    form.is_valid()
    wanted = getattr(form, "cleaned_data", {})
    if wanted.get("body"):
        found = found.filter(body__kind=wanted["body"])
    if wanted.get("year"):
        found = found.filter(starts_at__year=int(wanted["year"]))
    if wanted.get("state"):
        found = found.filter(state=wanted["state"])
    return found


@require_http_methods(["GET", "POST"])
def plan(request: ActorRequest) -> HttpResponse:
    """Plan a meeting; the numbers are given with it."""
    demand_office(request.actor)
    choices = people_to_choose()
    form = PlanForm(request.POST or None, **choices)
    if request.method == "POST" and form.is_valid():
        try:
            meeting = plan_meeting(actor=request.actor, **form.values())
        except Refused as refusal:
            refused_at(form, refusal)
        else:
            messages.success(request, f"已筹备{meeting}。现在可以列入议题。")
            return redirect("agenda:meeting_detail", meeting.pk)
    return render(request, "agenda/meetings/meeting_plan.html", {"form": form, "meeting": None})


def people_to_choose(meeting: Meeting | None = None) -> dict[str, list[Person]]:
    """Who may chair and who may record, with those already named."""
    today = clock.today()
    chairs = chairs_on(meeting.day if meeting else today)
    recording = (Role.SECRETARIAL_SECTION, Role.OFFICE_DIRECTOR)
    roles = RoleAssignment.objects.on(today).filter(role__in=recording).select_related("person")
    recorders = [role.person for role in roles]
    if meeting:
        chairs.append(meeting.chair)
        recorders += [meeting.recorder] if meeting.recorder else []
    return {"chairs": chairs, "recorders": recorders}


def refused_at(form: PlanForm, refusal: Refused) -> None:
    """A refusal stands at its field; what has no field stands on top."""
    field = {"starts_at": "day"}.get(refusal.field or "", refusal.field)
    form.add_error(field if field in form.fields else None, refusal.message)
