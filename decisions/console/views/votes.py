"""Voting on the console: orally, by hands, by name; announce, void."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from agenda.meetings.models import Meeting
from common.identity.models import Person
from common.services import Refused
from common.web.acts import tried
from common.web.request import ActorRequest
from decisions.console.answers import Panel, Said, asks_fragment, carry_out, entry_or_404, meeting_or_404, number, show
from decisions.console.ballot import BallotView
from decisions.console.forms import HandsForm, ReasonForm
from decisions.hall.policies import is_closed_to, may_keep_hall
from decisions.votes.models import Question, Round
from decisions.votes.questions import Ballot, ballot_of, choices_for, why_not_void
from decisions.votes.services.agree_orally import agree_orally
from decisions.votes.services.cast_rest import cast_rest
from decisions.votes.services.cast_vote import cast_vote
from decisions.votes.services.close_round import close_round
from decisions.votes.services.correct_vote import correct_vote
from decisions.votes.services.count_hands import count_hands
from decisions.votes.services.open_round import open_round
from decisions.votes.services.void_round import void_round


def _round_or_404(request: ActorRequest, pk: int) -> Round:
    """A round with its question and entry, for those who keep the hall and are not recused from it."""
    if not may_keep_hall(request.actor):
        raise Http404
    round_ = get_object_or_404(Round.objects.select_related("question__entry", "rule"), pk=pk)
    if is_closed_to(request.actor, round_.question.entry):
        raise Http404
    return round_


def _meeting_of(request: ActorRequest, round_: Round) -> Meeting:
    return meeting_or_404(request, round_.question.entry.meeting_id)


@require_POST
def agree(request: ActorRequest, pk: int) -> HttpResponse:
    """口头一致: opened, listed and closed in one act."""
    question = get_object_or_404(Question, pk=pk)
    entry = entry_or_404(request, question.entry_id)
    return carry_out(
        request,
        entry.meeting,
        lambda: agree_orally(actor=request.actor, question=question),
        lambda result: Said(result.sentence),
        chosen=entry.pk,
    )


@require_http_methods(["GET", "POST"])
def begin(request: ActorRequest, pk: int) -> HttpResponse:
    """Open a vote by hands or by name; with a reason where the question was voted on before."""
    question = get_object_or_404(Question, pk=pk)
    entry = entry_or_404(request, question.entry_id)
    if request.method == "GET":
        panel = Panel("decisions/console/_vote_again.html", ReasonForm(), question)
        return show(request, entry.meeting, chosen=entry.pk, panel=panel)
    form, reason = request.POST.get("way", ""), request.POST.get("reason", "")
    return carry_out(
        request,
        entry.meeting,
        lambda: open_round(actor=request.actor, question=question, form=form, reason=reason[:300]),
        lambda round_: Said("开始表决", reverse("decisions:round_undo", args=[round_.pk])),
        chosen=entry.pk,
    )


@require_POST
def undo(request: ActorRequest, pk: int) -> HttpResponse:
    """A vote opened by mistake is voided at once."""
    round_ = _round_or_404(request, pk)
    return carry_out(
        request,
        _meeting_of(request, round_),
        lambda: void_round(actor=request.actor, round_=round_, reason="误开，当即撤销"),
        lambda _: Said("这一轮表决已作废"),
        chosen=round_.question.entry_id,
    )


@require_POST
def vote(request: ActorRequest, pk: int) -> HttpResponse:
    """One member's vote: whom, what, and what the clerk saw, nothing yet or a vote that is to be corrected."""
    round_ = _round_or_404(request, pk)
    whom, choice, now = f"{request.POST.get('vote', '')}::".split(":")[:3]
    person = get_object_or_404(Person, pk=number(whom) or 0)
    service = correct_vote if now else cast_vote
    return _entered(request, round_, lambda: service(actor=request.actor, round_=round_, person=person, choice=choice))


@require_POST
def rest(request: ActorRequest, pk: int) -> HttpResponse:
    """其余都赞成."""
    round_ = _round_or_404(request, pk)
    choice = request.POST.get("choice", "")
    return _entered(request, round_, lambda: cast_rest(actor=request.actor, round_=round_, choice=choice))


@require_POST
def hands(request: ActorRequest, pk: int) -> HttpResponse:
    """How many hands were raised."""
    round_ = _round_or_404(request, pk)
    form = HandsForm(request.POST, choices=choices_for(round_.rule))
    if not form.is_valid():
        return _ballot(request, ballot_of(round_), "举手人数请填整数。")
    return _entered(request, round_, lambda: count_hands(actor=request.actor, round_=round_, **form.count))


def _entered(request: ActorRequest, round_: Round, enter: Callable[[], Ballot]) -> HttpResponse:
    """What was entered, or why it was not."""
    try:
        return _ballot(request, enter())
    except Refused as refused:
        return _ballot(request, ballot_of(round_), refused.message)


def _ballot(request: ActorRequest, ballot: Ballot, refusal: str = "") -> HttpResponse:
    """Only the ballot where htmx asks: a vote is entered every second or two."""
    if not asks_fragment(request):
        meeting = _meeting_of(request, ballot.round)
        return show(request, meeting, chosen=ballot.round.question.entry_id, refusal=refusal)
    context = {"ballot": BallotView(ballot, ballot.present), "refusal": refusal}
    return render(request, "decisions/console/_ballot.html", context, status=409 if refusal else 200)


@require_POST
def announce(request: ActorRequest, pk: int) -> HttpResponse:
    """宣布结果."""
    round_ = _round_or_404(request, pk)
    return carry_out(
        request,
        _meeting_of(request, round_),
        lambda: close_round(actor=request.actor, round_=round_),
        lambda result: Said(result.sentence),
        chosen=round_.question.entry_id,
    )


@require_http_methods(["GET", "POST"])
def void(request: ActorRequest, pk: int) -> HttpResponse:
    """作废, with its reason; where it is too late the reason stands instead of the form."""
    round_ = _round_or_404(request, pk)
    entry = round_.question.entry
    if words := why_not_void(round_):
        return show(request, _meeting_of(request, round_), chosen=entry.pk, refusal=words)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if tried(form, lambda: void_round(actor=request.actor, round_=round_, **given)):
            return show(request, _meeting_of(request, round_), chosen=entry.pk, said=Said("这一轮表决已作废"))
    panel = Panel("decisions/console/_void.html", form, round_)
    return show(request, _meeting_of(request, round_), chosen=entry.pk, panel=panel, status=422 if form.errors else 200)
