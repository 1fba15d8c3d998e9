"""The voter's page: quiet, large, and gone once the ballot is cast; his own tablet, or the shared one with a slip.

Nothing of a mark reaches these views: what is posted was sealed by the browser.
"""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from common.services import Refused, why_in_person
from common.web.request import ActorRequest
from decisions.ballots.casting import demand_open_for_votes
from decisions.ballots.models import Ballot, BallotVoter
from decisions.ballots.questions import voter_paper
from decisions.ballots.services.cast_at_booth import cast_at_booth, slip_of
from decisions.ballots.services.cast_ballot import cast_ballot
from decisions.ballots.views.finding import ballot_or_404
from decisions.ballots.workflow import BallotState


@never_cache
@require_http_methods(["GET", "POST"])
def vote(request: ActorRequest, pk: int) -> HttpResponse:
    """One's own ballot; after the cast the same address says 已投票 and no more."""
    ballot = ballot_or_404(request, pk)
    voter = BallotVoter.objects.filter(ballot=ballot, person=request.actor.person).first()
    if voter is None:
        raise Http404
    if request.method == "POST":
        try:
            cast_ballot(actor=request.actor, ballot=ballot, sealed=sealed_in(request))
        except Refused as refusal:
            return not_cast(request, refusal.message)
        return redirect("decisions:ballot_vote", pk)
    if voter.cast:
        return render(request, "decisions/ballots/cast.html")
    if words := _why_not(request, ballot, voter):
        return render(request, "decisions/ballots/no_vote.html", {"ballot": ballot, "words": words})
    return paper_page(request, ballot, voter)


def _why_not(request: ActorRequest, ballot: Ballot, voter: BallotVoter) -> str:
    """Why there is nothing to mark; who is in the room is asked when he casts."""
    if not ballot.on_device:
        return "这次票决用纸质票，请填写表决票投入票箱。"
    if not voter.eligible:
        return "您在发票时不在会场，或者在本项回避，不参加这次票决。"
    if ballot.state != BallotState.ISSUED:
        return f"这次票决{ballot.get_state_display()}，现在不能投票。"
    return why_in_person(request.actor, "无记名投票")


@never_cache
@require_http_methods(["GET", "POST"])
def booth(request: ActorRequest, pk: int) -> HttpResponse:
    """The shared tablet: the slip says whose ballot it is; after the cast it waits for the next slip."""
    ballot = ballot_or_404(request, pk)
    slip = request.POST.get("slip", "")
    if request.method == "GET":
        context = {"ballot": ballot, "cast": "cast" in request.GET}
        return render(request, "decisions/ballots/booth.html", context)
    try:
        if "sealed" in request.POST:
            cast_at_booth(actor=request.actor, ballot=ballot, slip=slip, sealed=sealed_in(request))
            return redirect(reverse("decisions:ballot_booth", args=[pk]) + "?cast")
        demand_open_for_votes(ballot)
        voter = slip_of(request.actor, ballot, slip).voter
    except Refused as refusal:
        context = {"ballot": ballot, "refusal": refusal.message}
        return render(request, "decisions/ballots/booth.html", context, status=409)
    return paper_page(request, ballot, voter, slip)


def paper_page(request: ActorRequest, ballot: Ballot, voter: BallotVoter, slip: str = "") -> HttpResponse:
    """The ballot to be marked; `slip` goes along on the shared tablet."""
    context = {"paper": voter_paper(ballot, voter.person), "slip": slip}
    return render(request, "decisions/ballots/vote.html", context)


def not_cast(request: ActorRequest, words: str) -> HttpResponse:
    return render(request, "decisions/ballots/not_cast.html", {"words": words}, status=409)


def sealed_in(request: ActorRequest) -> bytes:
    """What the browser sealed, in hex, which a form sends in one length always.

    Nothing where scripts are off or something was lost, which the service refuses.
    """
    try:
        return bytes.fromhex(request.POST.get("sealed", ""))
    except ValueError:
        return b""
