"""The front page of a person: what waits for me until when, my meetings, my items."""

from django.http import HttpResponse
from django.shortcuts import render

from agenda.items.policies import visible_to as visible_items
from agenda.items.workflow import ItemState
from agenda.meetings.policies import visible_to as visible_meetings
from committee.roles.posts import posts
from common import clock
from common.identity.actor import Actor
from common.web.request import ActorRequest
from desk.workbench.feeds import waiting_for

MOST = 6


def workbench(request: ActorRequest) -> HttpResponse:
    """Three lists, each line one sentence with one button; an empty one says what comes next."""
    actor, today = request.actor, clock.today()
    meetings = list(visible_meetings(actor).coming(today).select_related("body", "year_number")[:4])
    return render(
        request,
        "desk/workbench/workbench.html",
        {
            "greeting": _greeting(clock.now().hour),
            "tasks": waiting_for(actor, today),
            "meetings": meetings,
            "next_meeting": meetings[0] if meetings else None,
            "items": _my_items(actor),
        },
    )


def _greeting(hour: int) -> str:
    if hour < 12:
        return "上午好"
    return "下午好" if hour < 18 else "晚上好"


def _my_items(actor: Actor) -> list[object]:
    """Items of my units or that I am in charge of, still on their way; the office sees all that are on their way."""
    mine = posts(actor)
    items = visible_items(actor).exclude(state__in=[ItemState.WITHDRAWN, ItemState.DELIBERATED, ItemState.HEARD])
    if not (mine.in_office or mine.is_secretary):
        items = items.filter(unit_id__in=mine.units) | items.filter(leader=actor.person)
    return list(items.for_list()[:MOST])
