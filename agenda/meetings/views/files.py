"""What can be taken away: papers, the printed agenda and notice, the calendar entry."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from agenda.items.models import Attachment
from agenda.meetings.documents import (
    AGENDA_KIND,
    NOTICE_KIND,
    agenda_name,
    calendar_entry,
    draft_bytes,
    notice_bytes,
    notice_name,
)
from agenda.meetings.models import Meeting, MeetingNotice
from agenda.meetings.notice_content import differences, draft_notice, frozen
from agenda.meetings.programme import Programme, load_programme
from agenda.meetings.services.read_paper import read_paper
from agenda.meetings.sight import Sight, sight_of
from agenda.meetings.views.page import meeting_or_404
from common import clock
from common.files.store import serve
from common.web.paper_answer import paper_answer
from common.web.request import ActorRequest


@require_GET
def paper(request: ActorRequest, pk: int, attachment: int) -> HttpResponseBase:
    """A paper of an entry this person sees; reading is noted (rules.md §9)."""
    meeting, _, sight = _seen(request, pk)
    if attachment not in sight.paper_ids():
        raise Http404("not on this person's agenda")
    found = get_object_or_404(Attachment.objects.select_related("file"), pk=attachment)
    read_paper(actor=request.actor, meeting=meeting, attachment=found)
    return serve(found.file, inline=True)


@require_http_methods(["GET", "POST"])
def agenda_pdf(request: ActorRequest, pk: int) -> HttpResponseBase:
    """The agenda as it was last called; before that, or after a change, the office prints it as it stands."""
    meeting, programme, sight = _seen(request, pk)
    if not sight.whole:
        raise Http404("sees some entries only")
    notice = MeetingNotice.objects.filter(meeting=meeting).last()
    payload = notice_bytes(notice) if notice else None
    if sight.runs:
        content = frozen(draft_notice(programme), request.actor)
        if notice is None or differences(notice.content, content):
            payload = draft_bytes(content, clock.today())
    if payload is None:
        raise Http404("no notice yet")
    return paper_answer(
        request, kind=AGENDA_KIND, payload=payload, name=agenda_name(meeting.full_title), back=_back(meeting)
    )


@require_http_methods(["GET", "POST"])
def notice_pdf(request: ActorRequest, pk: int) -> HttpResponseBase:
    """The last notice as a letter."""
    meeting, _, sight = _seen(request, pk)
    notice = MeetingNotice.objects.filter(meeting=meeting).last()
    if notice is None or not sight.whole:
        raise Http404("no notice, or sees some entries only")
    return paper_answer(
        request,
        kind=NOTICE_KIND,
        payload=notice_bytes(notice),
        name=notice_name(meeting.full_title),
        back=_back(meeting),
    )


@require_GET
def calendar(request: ActorRequest, pk: int) -> HttpResponse:
    """The .ics of a meeting that was called."""
    meeting, programme, _ = _seen(request, pk)
    notices = MeetingNotice.objects.filter(meeting=meeting).count()
    if not notices:
        raise Http404("no notice yet")
    cancelled = meeting.state == meeting.WORKFLOW.by_verb("cancel").target
    data = calendar_entry(meeting, minutes=programme.minutes, sequence=notices - 1 + cancelled)
    response = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="meeting-{meeting.pk}.ics"'
    return response


def _seen(request: ActorRequest, pk: int) -> tuple[Meeting, Programme, Sight]:
    meeting = meeting_or_404(request, pk)
    programme = load_programme(meeting)
    return meeting, programme, sight_of(request.actor, programme)


def _back(meeting: Meeting) -> str:
    return reverse("agenda:meeting_detail", args=[meeting.pk])
