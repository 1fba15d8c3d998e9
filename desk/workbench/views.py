"""The front page of a person: what waits for me until when, my items, my meetings."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from agenda.items.models import Item
from agenda.items.policies import visible_to as visible_items
from agenda.items.workflow import UNDER_WAY, ItemState
from agenda.meetings.policies import sees_every
from agenda.meetings.reports import coming_for
from agenda.meetings.workflow import MeetingState
from committee.roles.posts import posts
from common import clock
from common.identity.actor import Actor
from common.web.request import ActorRequest
from common.web.tasks import Task
from desk.workbench.feeds import waiting_for

# What is shown before 更多; the rest of what waits stays on the page, folded.
MOST_TASKS, MOST_ITEMS, MOST_MEETINGS = 12, 6, 4
ON_THE_WAY = (ItemState.DRAFT, ItemState.RETURNED, *UNDER_WAY, ItemState.SCHEDULED)
LONG = 2


@dataclass(frozen=True)
class Line:
    """A task as its line reads: 签批「…」, who brought it and how long it has been lying."""

    task: Task
    note: str


@require_GET
def workbench(request: ActorRequest) -> HttpResponse:
    """Three lists, each line one sentence with one button; an empty one says what comes next."""
    actor, today = request.actor, clock.today()
    meetings = list(coming_for(actor, today).select_related("body", "year_number", "term_number")[:MOST_MEETINGS])
    lines = [_line(task, today, by_staff=actor.by_staff) for task in waiting_for(actor, today)]
    context = {
        "greeting": _greeting(clock.now().astimezone(clock.SHANGHAI).hour),
        "count": len(lines),
        "lines": lines[:MOST_TASKS],
        "folded": lines[MOST_TASKS:],
        "late": sum(1 for line in lines if line.task.due and line.task.due < today),
        "meetings": meetings,
        "sees_every": sees_every(actor),
        "next_meeting": next((one for one in meetings if one.state != MeetingState.CANCELLED), None),
        "items": _my_items(actor),
    }
    return render(request, "desk/workbench/workbench.html", context)


def _line(task: Task, today: date, *, by_staff: bool) -> Line:
    """To a delegate it says what only the person himself may do."""
    waited = (today - task.since).days if task.since else 0
    own = "须本人办理" if by_staff and task.in_person else ""
    return Line(task, " · ".join(filter(None, (task.note, own, f"已等 {waited} 天" if waited >= LONG else ""))))


def _greeting(hour: int) -> str:
    if hour < 12:
        return "上午好"
    return "下午好" if hour < 18 else "晚上好"


def _my_items(actor: Actor) -> list[Item]:
    """Items of my units or that I am in charge of, still on their way; the office sees all that are on their way."""
    held = posts(actor)
    items = visible_items(actor).filter(state__in=ON_THE_WAY)
    if not (held.in_office or held.is_secretary):
        items = items.filter(Q(unit__in=held.units) | Q(leader=actor.person))
    return list(items.for_list()[:MOST_ITEMS])
