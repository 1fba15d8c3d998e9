"""组织: who sits where on a day, and one body with its history."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from committee.bodies.models import Body, Seat
from committee.bodies.questions import bodies_on, body_on, term_on
from committee.register.policies import may_keep_register
from common.web.days import day_asked
from common.web.request import ActorRequest
from common.web.sections import ORGANISATION, section_tabs


@require_GET
def overview(request: ActorRequest) -> HttpResponse:
    """All bodies on a day."""
    day = day_asked(request)
    return render(
        request,
        "committee/register/overview.html",
        {
            "day": day,
            "bodies": bodies_on(day, _order(request)),
            "term": term_on(day),
            "order": _order(request),
            "may_keep": may_keep_register(request.actor),
            "section": section_tabs(ORGANISATION, request.actor, day),
        },
    )


@require_GET
def body(request: ActorRequest, pk: int) -> HttpResponse:
    """One body: its seats on the day in order, and all that began, ended or was voided at other times."""
    found = get_object_or_404(Body.objects.all(), pk=pk)
    day = day_asked(request)
    return render(
        request,
        "committee/register/body.html",
        {
            "day": day,
            "shown": body_on(found, day, _order(request)),
            "term": term_on(day),
            "order": _order(request),
            "others": _seats_of_other_days(found, day),
            "places": found.places.standing().order_by("-valid_from"),
            "may_keep": may_keep_register(request.actor),
        },
    )


def _seats_of_other_days(found: Body, day: date) -> list[Seat]:
    """Seats of the body that do not hold on the day, voided ones among them, the newest first."""
    present = Seat.objects.on(day).filter(body=found).values("pk")
    others = Seat.objects.filter(body=found).exclude(pk__in=present).select_related("person", "term")
    return list(others.order_by("-valid_from", "rank_order", "pk"))


def _order(request: ActorRequest) -> str:
    order = request.GET.get("order", "")
    return order if order in ("pinyin", "stroke") else "post"
