"""The clerk's console itself, the sign-in sheet, and the pages that open and close a meeting."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from agenda.meetings.workflow import MeetingState
from common import clock
from common.services import Refused
from common.web.formats import cn_date, cn_time
from common.web.request import ActorRequest
from common.workflow import demand_open
from decisions.console.answers import meeting_or_404, number, show
from decisions.console.roll import load_roll
from decisions.hall.questions import open_entries_words
from decisions.hall.services.close_meeting import close_meeting
from decisions.hall.services.open_meeting import open_meeting


@require_GET
def console(request: ActorRequest, pk: int) -> HttpResponse:
    """Before the opening the roll, in session the console, afterwards what came of it."""
    meeting = meeting_or_404(request, pk)
    if meeting.state in (MeetingState.PLANNED, MeetingState.CANCELLED):
        return redirect("agenda:meeting_detail", pk)
    if meeting.state == MeetingState.CLOSED:
        return redirect("decisions:meeting_results", pk)
    return show(request, meeting, chosen=number(request.GET.get("entry")))


@require_GET
def sign_in_sheet(request: ActorRequest, pk: int) -> HttpResponse:
    """签到表, to be printed and signed by hand, or printed with the times afterwards."""
    meeting = meeting_or_404(request, pk)
    return render(request, "decisions/console/sign_in_sheet.html", {"roll": load_roll(meeting)})


@require_http_methods(["GET", "POST"])
def open_page(request: ActorRequest, pk: int) -> HttpResponse:
    """Repeats in words what opening means: 应到 and rules stay from then on."""
    meeting = meeting_or_404(request, pk)
    here = reverse("decisions:console", args=[pk])
    if request.method == "POST":
        try:
            open_meeting(actor=request.actor, meeting=meeting)
        except Refused as refusal:
            return show(request, meeting, refusal=refusal.message)
        return redirect(here)
    demand_open(meeting, "open")
    roll = load_roll(meeting)
    if roll.why_not:
        return show(request, meeting, refusal=roll.why_not)
    today = clock.today()
    facts = [
        ("会议", f"{meeting.full_title}，定于{cn_date(meeting.day, today)}"),
        ("主持人", meeting.chair.name),
        ("到会", roll.verdict.sentence if roll.verdict else "书记专题会不设法定人数，只酝酿、不表决。"),
        ("未到", "、".join(f"{seat.name}（{seat.mark[0]}）" for seat in roll.members if not seat.here) or "无"),
    ]
    page = {
        "title": f"{meeting}开会",
        "sentence": "开会以后，应到人数和表决规则以此刻为准，不再改变。",
        "facts": facts,
        "label": "开会",
        "back": here,
    }
    return render(request, "common/confirm.html", page)


@require_http_methods(["GET", "POST"])
def close_page(request: ActorRequest, pk: int) -> HttpResponse:
    """Closing ends all entering; what still has no outcome stands in its way."""
    meeting = meeting_or_404(request, pk)
    here = reverse("decisions:console", args=[pk])
    if request.method == "POST":
        try:
            close_meeting(actor=request.actor, meeting=meeting)
        except Refused as refusal:
            return show(request, meeting, refusal=refusal.message)
        return redirect("decisions:meeting_results", pk)
    demand_open(meeting, "close")
    if words := open_entries_words(meeting):
        return show(request, meeting, refusal=words)
    page = {
        "title": f"{meeting}散会",
        "sentence": "散会以后，到会、记录、表决和议定结果都不能再改；发现有误的，在纪要里更正。",
        "facts": [("会议", meeting.full_title), ("此刻", cn_time(clock.now()))],
        "label": "散会",
        "back": here,
    }
    return render(request, "common/confirm.html", page)
