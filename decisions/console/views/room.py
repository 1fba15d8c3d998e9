"""Coming and going, one tap each; recusal, which asks why."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from committee.roles.posts import own_persons
from common.identity.models import Person
from common.web.acts import tried
from common.web.request import ActorRequest
from decisions.console.answers import Panel, Said, carry_out, entry_or_404, meeting_or_404, number, show
from decisions.console.forms import RecusalForm
from decisions.console.roll import load_roll
from decisions.hall.models import Attendance, DueMember, EntryNote
from decisions.hall.services.arrive import arrive
from decisions.hall.services.depart import depart
from decisions.hall.services.recuse_member import recuse_member
from decisions.hall.services.sign_in import sign_in
from decisions.votes.services.undo_attendance import undo_attendance


def _person(request: ActorRequest) -> Person:
    return get_object_or_404(Person.objects.current(), pk=number(request.POST.get("person")) or 0)


def _undo(event: Attendance) -> str:
    return reverse("decisions:hall_undo", args=[event.meeting_id, event.pk])


@require_POST
def come(request: ActorRequest, pk: int) -> HttpResponse:
    """到会."""
    meeting, person, note = meeting_or_404(request, pk), _person(request), request.POST.get("note", "")
    return carry_out(
        request,
        meeting,
        lambda: arrive(actor=request.actor, meeting=meeting, person=person, note=note[:200]),
        lambda event: Said(f"{person.name}到会", _undo(event)),
        chosen=number(request.POST.get("entry")),
    )


@require_POST
def leave(request: ActorRequest, pk: int) -> HttpResponse:
    """离席."""
    meeting, person = meeting_or_404(request, pk), _person(request)
    return carry_out(
        request,
        meeting,
        lambda: depart(actor=request.actor, meeting=meeting, person=person),
        lambda event: Said(f"{person.name}离席", _undo(event)),
        chosen=number(request.POST.get("entry")),
    )


@require_POST
def sign_all(request: ActorRequest, pk: int) -> HttpResponse:
    """Everybody who did not ask for leave."""
    meeting = meeting_or_404(request, pk)
    people = list(Person.objects.filter(pk__in=[seat.person_id for seat in load_roll(meeting).expected]))
    return carry_out(
        request,
        meeting,
        lambda: sign_in(actor=request.actor, meeting=meeting, people=people),
        lambda events: Said(f"已为 {len(events)} 人签到。没有到的，请逐人撤销。"),
    )


@require_POST
def undo(request: ActorRequest, pk: int, event: int) -> HttpResponse:
    """The newest coming or going of a person, taken back."""
    meeting = meeting_or_404(request, pk)
    found = get_object_or_404(Attendance.objects.select_related("person"), pk=event, meeting=meeting)
    return carry_out(
        request,
        meeting,
        lambda: undo_attendance(actor=request.actor, event=found),
        lambda _: Said(f"已撤销{found.person.name}{found.get_kind_display()}的登记"),
        chosen=number(request.POST.get("entry")),
    )


@require_http_methods(["GET", "POST"])
def recuse(request: ActorRequest, pk: int) -> HttpResponse:
    """回避 from one entry, with its reason; lifted by correcting its line, one's own by another clerk.

    A seat's button comes with ?person=.
    """
    entry = entry_or_404(request, pk)
    due = DueMember.objects.filter(sitting__meeting=entry.meeting, counts=True).select_related("person")
    people = {one.person_id: one.person for one in due}
    form = RecusalForm(request.POST or None, people=people, initial={"person": request.GET.get("person")})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"person": people[form.cleaned_data["person"]]}
        made: list[EntryNote] = []
        if tried(form, lambda: made.append(recuse_member(actor=request.actor, entry=entry, **given))):
            own = made[0].person_id in own_persons(request.actor)
            lift = "" if own else reverse("decisions:recusal_lift", args=[made[0].pk])
            said = Said(f"{made[0].speaker}回避本项", lift)
            return show(request, entry.meeting, chosen=pk, said=said)
    panel = Panel("decisions/console/_recuse.html", form)
    return show(request, entry.meeting, chosen=pk, panel=panel, status=422 if form.errors else 200)
