"""How the hall answers: the page, or the fragment where htmx asks; what was done, and how to take it back."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from agenda.meetings.models import AgendaEntry, Meeting
from committee.roles.posts import own_persons
from common.services import Refused
from common.web.request import ActorRequest
from decisions.console.board import load_board
from decisions.console.roll import load_roll
from decisions.hall.models import Sitting
from decisions.hall.policies import is_closed_to, may_keep_hall

R = TypeVar("R")


@dataclass(frozen=True)
class Said:
    """What was done, in words; `undo` is the address that takes it back."""

    words: str
    undo: str = ""


@dataclass(frozen=True)
class Panel:
    """A form in the middle of the console: its template, what it takes."""

    template: str
    form: Any = None
    subject: Any = None


def meeting_or_404(request: ActorRequest, pk: int) -> Meeting:
    """The hall is there for those who keep it."""
    if not may_keep_hall(request.actor):
        raise Http404
    return get_object_or_404(Meeting.objects.with_names(), pk=pk)


def entry_or_404(request: ActorRequest, pk: int) -> AgendaEntry:
    """An entry with its meeting; none of its addresses is there for a clerk who is recused from it."""
    if not may_keep_hall(request.actor):
        raise Http404
    entries = AgendaEntry.objects.select_related("meeting__body", "meeting__term_number", "meeting__term")
    entry = get_object_or_404(entries, pk=pk)
    if is_closed_to(request.actor, entry):
        raise Http404
    return entry


def number(text: str | None) -> int | None:
    """An id in the address or a hidden field; None for anything else."""
    return int(text) if text and text.isdigit() else None


def asks_fragment(request: ActorRequest) -> bool:
    """htmx asks for a part of the page; when it restores history it asks for the whole."""
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers


def carry_out(
    request: ActorRequest,
    meeting: Meeting,
    act: Callable[[], R],
    done: Callable[[R], Said | None],
    *,
    chosen: int | None = None,
) -> HttpResponse:
    """One service, then the hall as it is now; a refusal stands above it and nothing was written."""
    try:
        result = act()
    except Refused as refusal:
        return show(request, meeting, chosen=chosen, refusal=refusal.message)
    return show(request, meeting, chosen=chosen, said=done(result))


def show(
    request: ActorRequest,
    meeting: Meeting,
    *,
    chosen: int | None = None,
    panel: Panel | None = None,
    refusal: str = "",
    said: Said | None = None,
    status: int = 200,
) -> HttpResponse:
    """The roll before the opening, the console in session. Without scripts a POST leads back to the page."""
    fragment = asks_fragment(request)
    if request.method == "POST" and not fragment and panel is None:
        return _lead_back(request, meeting, chosen, refusal, said)
    sitting = Sitting.objects.select_related("rule_set", "chair").filter(meeting=meeting).first()
    if sitting is None:
        return _rendered(request, "roll", {"roll": load_roll(meeting)}, fragment, refusal, said, status)
    sitting.meeting = meeting
    context = {"board": load_board(sitting, chosen, own_persons(request.actor)), "panel": panel}
    return _rendered(request, "console", context, fragment, refusal, said, status)


def _rendered(
    request: ActorRequest,
    name: str,
    context: dict[str, Any],
    fragment: bool,
    refusal: str,
    said: Said | None,
    status: int,
) -> HttpResponse:
    template = f"decisions/console/{'_' if fragment else ''}{name}.html"
    response = render(request, template, context | {"refusal": refusal}, status=409 if refusal else status)
    if fragment and request.method == "POST":
        response["HX-Retarget"], response["HX-Reswap"] = "#console", "outerHTML show:none"
    if said:
        speak(response, said)
    return response


def speak(response: HttpResponse, said: Said) -> None:
    """A toast in htmx's header, with its undo."""
    toast = {"words": said.words} | ({"undo": said.undo} if said.undo else {})
    response["HX-Trigger"] = json.dumps({"toast": toast})


def _lead_back(
    request: ActorRequest, meeting: Meeting, chosen: int | None, refusal: str, said: Said | None
) -> HttpResponse:
    if refusal:
        messages.error(request, refusal)
    elif said:
        messages.success(request, said.words, extra_tags=said.undo)
    query = f"?entry={chosen}" if chosen else ""
    return redirect(reverse("decisions:console", args=[meeting.pk]) + query)
