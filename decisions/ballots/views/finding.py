"""Which ballot a page is about, and the one act with its answer."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from common.identity.models import Person
from common.web.request import ActorRequest
from decisions.ballots.models import Ballot
from decisions.ballots.policies import may_see
from decisions.hall.policies import is_closed_to, may_keep_hall


def ballot_or_404(request: ActorRequest, pk: int) -> Ballot:
    """For who may see it; to anybody else, and to who is recused from its matter, it is not there."""
    wanted = Ballot.objects.select_related(
        "entry__meeting__body", "entry__meeting__term_number", "sitting__chair", "rule"
    )
    ballot = get_object_or_404(wanted, pk=pk)
    if not may_see(request.actor, ballot) or is_closed_to(request.actor, ballot.entry):
        raise Http404
    return ballot


def prepared_ballot_or_404(request: ActorRequest, pk: int) -> Ballot:
    """For 秘书科, the chair and its officers: a voter's own page is another."""
    ballot = ballot_or_404(request, pk)
    if not works_on(request, ballot):
        raise Http404
    return ballot


def kept_ballot_or_404(request: ActorRequest, pk: int) -> Ballot:
    """For 秘书科."""
    if not may_keep_hall(request.actor):
        raise Http404
    return ballot_or_404(request, pk)


def works_on(request: ActorRequest, ballot: Ballot) -> bool:
    """Whether this person has more to do here than to vote."""
    person = request.actor.person
    return (
        may_keep_hall(request.actor)
        or ballot.sitting.chair_id == person.pk
        or ballot.officers.filter(person=person).exists()
    )


def named_person(request: ActorRequest) -> Person | None:
    """For whom 秘书科 enters what was done on paper; None for oneself."""
    given = request.POST.get("person", "")
    if not given:
        return None
    return get_object_or_404(Person.objects.current(), pk=int(given) if given.isdigit() else 0)


def done(request: ActorRequest, ballot: Ballot, act: Callable[[], object], words: str) -> HttpResponse:
    """One service, then the page of the ballot; a refusal becomes its own page, and nothing was written."""
    act()
    messages.success(request, words)
    return redirect("decisions:ballot", ballot.pk)
