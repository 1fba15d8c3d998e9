"""A member's own page in the room, and the room's screen."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from agenda.meetings.models import AgendaEntry, Meeting
from agenda.meetings.policies import visible_to
from agenda.meetings.programme import load_programme
from agenda.meetings.sight import sight_of
from agenda.meetings.workflow import MeetingState
from committee.roles.posts import own_persons
from common.services import Refused
from common.web.request import ActorRequest
from decisions.floor.mine import Mine
from decisions.floor.now import load_now
from decisions.hall.models import Sitting
from decisions.hall.policies import may_keep_hall
from decisions.hall.pulse import token_of
from decisions.hall.services.state_view import state_view
from decisions.votes.models import Round
from decisions.votes.services.cast_own_vote import cast_own_vote
from decisions.votes.services.change_own_vote import change_own_vote

COMING = (MeetingState.NOTIFIED, MeetingState.IN_SESSION)


@require_GET
def floor(request: ActorRequest, pk: int) -> HttpResponse:
    """For members and those called in: what is being dealt with, and what one says and votes oneself."""
    meeting = _meeting_or_404(request, pk)
    if meeting.state not in COMING:
        return redirect("agenda:meeting_detail", pk)
    return _show(request, meeting)


@require_POST
def own_stance(request: ActorRequest, pk: int) -> HttpResponse:
    """逐一表态 by one's own tap."""
    entry = get_object_or_404(AgendaEntry, pk=pk)
    meeting = _meeting_or_404(request, entry.meeting_id)
    stance, text = request.POST.get("stance", ""), request.POST.get("text", "")[:4000]
    return _done(
        request,
        meeting,
        lambda: state_view(actor=request.actor, entry=entry, person=request.actor.person, stance=stance, text=text),
    )


@require_POST
def own_vote(request: ActorRequest, pk: int) -> HttpResponse:
    """记名 by one's own tap; `now`: what one had voted before, where it is changed."""
    round_ = get_object_or_404(Round.objects.select_related("question__entry", "rule"), pk=pk)
    meeting = _meeting_or_404(request, round_.question.entry.meeting_id)
    service = change_own_vote if request.POST.get("now") else cast_own_vote
    choice, reason = request.POST.get("choice", ""), request.POST.get("reason", "")[:500]
    return _done(request, meeting, lambda: service(actor=request.actor, round_=round_, choice=choice, reason=reason))


@require_GET
def screen(request: ActorRequest, pk: int) -> HttpResponse:
    """Opened by those who keep the hall, for the projector: nothing that not everybody in the room may read."""
    if not may_keep_hall(request.actor):
        raise Http404
    meeting = get_object_or_404(Meeting.objects.with_names(), pk=pk)
    if meeting.state not in COMING:
        return redirect("agenda:meeting_detail", pk)
    context: dict[str, Any] = {"meeting": meeting, "seen": token_of(pk)}
    if sitting := _sitting(meeting):
        now = context["now"] = load_now(sitting, load_programme(meeting))
        context["closed"] = now.line is not None and now.line.is_closed_to(own_persons(request.actor))
    return render(request, f"decisions/floor/{_whole_or_part(request)}screen.html", context)


def _meeting_or_404(request: ActorRequest, pk: int) -> Meeting:
    return get_object_or_404(visible_to(request.actor).with_names(), pk=pk)


def _sitting(meeting: Meeting) -> Sitting | None:
    sitting = Sitting.objects.select_related("rule_set", "chair").filter(meeting=meeting).first()
    if sitting:
        sitting.meeting = meeting
    return sitting


def _show(request: ActorRequest, meeting: Meeting, refusal: str = "") -> HttpResponse:
    context: dict[str, Any] = {"meeting": meeting, "seen": token_of(meeting.pk), "refusal": refusal}
    if sitting := _sitting(meeting):
        programme = load_programme(meeting)
        context["mine"] = Mine(load_now(sitting, programme), sight_of(request.actor, programme), request.actor)
    template = f"decisions/floor/{_whole_or_part(request)}floor.html"
    return render(request, template, context, status=409 if refusal else 200)


def _whole_or_part(request: ActorRequest) -> str:
    return "_" if "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers else ""


def _done(request: ActorRequest, meeting: Meeting, act: Callable[[], object]) -> HttpResponse:
    """One service, then the page as it is now; without scripts what was done leads back to it."""
    try:
        act()
    except Refused as refused:
        return _show(request, meeting, refused.message)
    return _show(request, meeting) if _whole_or_part(request) else redirect("decisions:floor", meeting.pk)
