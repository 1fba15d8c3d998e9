"""The clerk's pages: draft, officers, early close, void; and the short acts of several people."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from agenda.meetings.models import AgendaEntry
from committee.roles.models import Role, RoleAssignment
from common import clock
from common.identity.models import Person
from common.services import NotAllowed
from common.web.acts import write_page
from common.web.request import ActorRequest
from decisions.ballots.forms import BallotReasonForm, DraftForm, OfficersForm
from decisions.ballots.models import Ballot
from decisions.ballots.policies import demand_may_void, may_close_early
from decisions.ballots.questions import live_ballot, next_round
from decisions.ballots.services.close_ballot import close_ballot
from decisions.ballots.services.confirm_ballot import confirm_ballot
from decisions.ballots.services.draft_ballot import draft_ballot
from decisions.ballots.services.issue_ballot import issue_ballot
from decisions.ballots.services.name_officers import name_officers
from decisions.ballots.services.sign_report import sign_report
from decisions.ballots.services.void_ballot import void_ballot
from decisions.ballots.views.finding import (
    done,
    kept_ballot_or_404,
    named_person,
    prepared_ballot_or_404,
)
from decisions.ballots.workflow import BallotState
from decisions.hall.models import Sitting
from decisions.hall.policies import is_closed_to, may_keep_hall
from decisions.hall.questions import present_ids
from decisions.votes.models import Question
from decisions.votes.workflow import RoundState


def page_of(ballot: Ballot) -> str:
    return reverse("decisions:ballot", args=[ballot.pk])


@require_http_methods(["GET", "POST"])
def draft(request: ActorRequest, pk: int) -> HttpResponse:
    """拟定票决; one that is not finished is shown instead."""
    if not may_keep_hall(request.actor):
        raise Http404
    entry = get_object_or_404(AgendaEntry.objects.select_related("meeting"), pk=pk)
    if is_closed_to(request.actor, entry):
        raise Http404
    if request.method == "GET" and (live := live_ballot(entry)):
        return redirect("decisions:ballot", live.pk)
    sitting = get_object_or_404(Sitting, meeting=entry.meeting_id)
    follows = _follows(request, entry)
    form = DraftForm(request.POST or None, entry=entry, sitting=sitting, initial=_initial(entry, follows))
    return write_page(
        request,
        form,
        lambda _: draft_ballot(actor=request.actor, entry=entry, follows=follows, **form.given),
        title="拟定无记名票决",
        note=str(entry),
        label="拟定",
        back=f"{reverse('decisions:console', args=[entry.meeting_id])}?entry={pk}",
        done="已拟定，请确定监票人",
        to=lambda ballot: reverse("decisions:ballot_officers", args=[ballot.pk]),
    )


def _follows(request: ActorRequest, entry: AgendaEntry) -> Ballot | None:
    """The election whose open places are filled, where the address names it."""
    given = request.GET.get("follows", "")
    return Ballot.objects.filter(entry=entry, pk=int(given)).first() if given.isdigit() else None


def _initial(entry: AgendaEntry, follows: Ballot | None) -> dict[str, Any]:
    if follows and follows.state in (BallotState.COUNTED, BallotState.REPORTED):
        slots, places = next_round(follows)
        return {"questions": [slot.question_id for slot in slots], "places": places or None, "way": follows.way}
    waiting = Question.objects.filter(entry=entry, dropped_at__isnull=True)
    return {
        "questions": list(waiting.exclude(rounds__state=RoundState.CLOSED).values_list("pk", flat=True)),
        "way": Ballot.Way.DEVICE,
    }


@require_http_methods(["GET", "POST"])
def officers(request: ActorRequest, pk: int) -> HttpResponse:
    """总监票人, 监票人, 计票人; whom it cannot be, the service says."""
    ballot = kept_ballot_or_404(request, pk)
    form = OfficersForm(request.POST or None, ballot=ballot, people=people_at_hand(ballot))
    return write_page(
        request,
        form,
        lambda _: name_officers(actor=request.actor, ballot=ballot, **form.given),
        title="确定监票人、计票人" if not ballot.on_device else "确定监票人",
        note="须在会场，不是候选人、不回避、不主持会议",
        label="确定",
        back=page_of(ballot),
        done="已确定，请监票人各自确认",
    )


def people_at_hand(ballot: Ballot) -> list[Person]:
    """Who is in the room, and the office that keeps it."""
    offices = RoleAssignment.objects.on(clock.today()).filter(role__in=(Role.SECRETARIAL_SECTION, Role.OFFICE_DIRECTOR))
    here = present_ids(ballot.sitting.meeting_id) | set(offices.values_list("person_id", flat=True))
    return list(Person.objects.filter(pk__in=here).by_post())


@require_POST
def confirm(request: ActorRequest, pk: int) -> HttpResponse:
    """A scrutineer confirms the draft."""
    ballot, person = prepared_ballot_or_404(request, pk), named_person(request)
    return done(
        request, ballot, lambda: confirm_ballot(actor=request.actor, ballot=ballot, person=person), "确认已记录"
    )


@require_POST
def issue(request: ActorRequest, pk: int) -> HttpResponse:
    """发放表决票; with the second it is issued."""
    ballot, person = prepared_ballot_or_404(request, pk), named_person(request)
    return done(request, ballot, lambda: issue_ballot(actor=request.actor, ballot=ballot, person=person), "发放已确认")


@require_POST
def collect(request: ActorRequest, pk: int) -> HttpResponse:
    """On paper: the box is brought in."""
    ballot, person = prepared_ballot_or_404(request, pk), named_person(request)
    return done(request, ballot, lambda: close_ballot(actor=request.actor, ballot=ballot, person=person), "已收票截止")


@require_POST
def sign(request: ActorRequest, pk: int) -> HttpResponse:
    """签署报告单."""
    ballot, person = prepared_ballot_or_404(request, pk), named_person(request)
    return done(request, ballot, lambda: sign_report(actor=request.actor, ballot=ballot, person=person), "签署已记录")


@require_http_methods(["GET", "POST"])
def close(request: ActorRequest, pk: int) -> HttpResponse:
    """提前截止: the chair and 总监票人, each with a reason."""
    ballot = prepared_ballot_or_404(request, pk)
    if not may_close_early(request.actor, ballot):
        raise NotAllowed("提前截止由主持人和总监票人共同确认。")
    form = BallotReasonForm(request.POST or None)
    return write_page(
        request,
        form,
        lambda given: close_ballot(actor=request.actor, ballot=ballot, **given),
        title="提前截止投票",
        note="主持人和总监票人都确认后截止；截止后不能再投，也不能重新开放",
        label="确认截止",
        back=page_of(ballot),
        done="截止已确认",
    )


@require_http_methods(["GET", "POST"])
def void(request: ActorRequest, pk: int) -> HttpResponse:
    """作废: nothing is opened."""
    ballot = prepared_ballot_or_404(request, pk)
    demand_may_void(request.actor, ballot)
    form = BallotReasonForm(request.POST or None)
    return write_page(
        request,
        form,
        lambda given: void_ballot(actor=request.actor, ballot=ballot, **given),
        title="作废这次票决",
        note="选票不开启，投过的也不计；作废后可以另拟票决",
        label="作废",
        back=page_of(ballot),
        done="这次票决已作废",
    )
