"""Writing a 纪要: begin, the editor with its outline and preview, saving as one types, 取用, 送审."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from agenda.meetings.models import Meeting
from agenda.meetings.workflow import MeetingState
from common.services import Conflict, NotAllowed, Refused
from common.web.formats import cn_time
from common.web.request import ActorRequest
from decisions.minutes.drafting import draft_from_records
from decisions.minutes.editing import fields_of, with_fields
from decisions.minutes.forms import MinutesForm
from decisions.minutes.locks import demand_editable
from decisions.minutes.models import Minutes, MinutesDraft
from decisions.minutes.policies import demand_drafter, may_draft
from decisions.minutes.records import units_on
from decisions.minutes.services.refill_section import PEOPLE, refill_section, refilled
from decisions.minutes.services.save_minutes import save_minutes
from decisions.minutes.services.start_minutes import start_minutes
from decisions.minutes.services.submit_minutes import lacking, submit_minutes
from decisions.minutes.settling import known_leaders, matters_of
from decisions.minutes.text import MinutesText
from decisions.minutes.views.page import minutes_or_404


@dataclass(frozen=True)
class Outline:
    """One part of the records beside the text: what it says, and whether the text still says the same."""

    part: str
    anchor: str
    label: str
    facts: list[str]
    same: bool


@require_http_methods(["GET", "POST"])
def start(request: ActorRequest, pk: int) -> HttpResponse:
    """What the records would write, then begin; one that exists is opened instead."""
    if not may_draft(request.actor):
        raise Http404
    rows = Meeting.objects.with_names().select_related("committee", "recorder")
    meeting = get_object_or_404(rows, pk=pk)
    known = Minutes.objects.filter(meeting=meeting).order_by("pk").last()
    if known is not None:
        return redirect("decisions:minutes_detail", known.pk)
    if request.method == "POST":
        minutes = start_minutes(actor=request.actor, meeting=meeting)
        messages.success(request, "已按会议记录起草，请核对修改。")
        return redirect("decisions:minutes_edit", minutes.pk)
    closed = meeting.state == MeetingState.CLOSED
    context = {"meeting": meeting, "text": draft_from_records(meeting) if closed else None}
    return render(request, "decisions/minutes/minutes_start.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Left the records, in the middle the text, right the paper. Without scripts the form posts here."""
    minutes = _editable(request, pk)
    if request.method == "POST":
        return _save_and_go_on(request, minutes)
    draft = MinutesDraft.objects.select_related("saved_by").get(minutes=minutes)
    text = MinutesText.from_json(draft.content)
    meeting = Meeting.objects.with_names().select_related("committee", "recorder").get(pk=minutes.meeting_id)
    context = {
        "minutes": minutes,
        "draft": draft,
        "text": text,
        "form": MinutesForm(text, units=units_on(meeting), leaders=known_leaders(minutes, matters_of(text))),
        "outline": _outline(text, draft_from_records(meeting)),
        "lacking": lacking(minutes, draft),
        "returned": minutes.changes.filter(verb="reopen").last(),
    }
    return render(request, "decisions/minutes/minutes_edit.html", context)


@require_POST
def autosave(request: ActorRequest, pk: int) -> JsonResponse:
    """The text as it is typed; of two editors the second is shown both texts (static/autosave.js)."""
    minutes = minutes_or_404(request, pk)
    try:
        draft = save_minutes(
            actor=request.actor, minutes=minutes, fields=request.POST.dict(), revision=_revision(request)
        )
    except Conflict as conflict:
        theirs = conflict.theirs
        return JsonResponse(
            {
                "who": request.actor.first_editor(theirs.saved_by),
                "when": cn_time(theirs.saved_at),
                "version": theirs.revision,
                "theirs": fields_of(MinutesText.from_json(theirs.content)),
            },
            status=409,
        )
    except Refused as refusal:
        return JsonResponse({"errors": {refusal.field or "opening": [refusal.message]}}, status=400)
    return JsonResponse({"saved": cn_time(draft.saved_at), "version": draft.revision})


@require_POST
def preview(request: ActorRequest, pk: int) -> HttpResponse:
    """The paper of what stands in the fields, saved or not; writes nothing."""
    minutes = _editable(request, pk)
    draft = MinutesDraft.objects.get(minutes=minutes)
    text = with_fields(MinutesText.from_json(draft.content), request.POST.dict())
    return render(request, "decisions/minutes/_paper.html", {"text": text})


@require_http_methods(["GET", "POST"])
def refill(request: ActorRequest, pk: int, part: str) -> HttpResponse:
    """取用: what the text says and what the records say, with the difference; then the records' words stand."""
    minutes = _editable(request, pk)
    if request.method == "POST":
        refill_section(actor=request.actor, minutes=minutes, part=part, revision=_revision(request))
        messages.success(request, "已按会议记录重新取用。")
        return redirect(f"{reverse('decisions:minutes_edit', args=[pk])}#{_anchor(part)}")
    draft = MinutesDraft.objects.select_related("saved_by").get(minutes=minutes)
    text = MinutesText.from_json(draft.content)
    meeting = Meeting.objects.with_names().select_related("committee", "recorder").get(pk=minutes.meeting_id)
    changed = refilled(text, draft_from_records(meeting), part)
    label = "开头和人员" if part == PEOPLE else f"「{_part(changed, part)[0]}」"
    context = {
        "minutes": minutes,
        "draft": draft,
        "label": label,
        "old": "\n".join(_part(text, part)),
        "new": "\n".join(_part(changed, part)),
        "back": f"{reverse('decisions:minutes_edit', args=[pk])}#{_anchor(part)}",
    }
    return render(request, "decisions/minutes/minutes_refill.html", context)


def _editable(request: ActorRequest, pk: int) -> Minutes:
    """For the office, as long as the text may be written on."""
    minutes = minutes_or_404(request, pk)
    demand_drafter(request.actor)
    demand_editable(minutes)
    return minutes


def _save_and_go_on(request: ActorRequest, minutes: Minutes) -> HttpResponse:
    """Save, and hand in for review where that was the button."""
    here = reverse("decisions:minutes_edit", args=[minutes.pk])
    try:
        draft = save_minutes(
            actor=request.actor, minutes=minutes, fields=request.POST.dict(), revision=_revision(request)
        )
        if request.POST.get("then") == "submit":
            submit_minutes(actor=request.actor, minutes=minutes, revision=draft.revision)
            messages.success(request, "已送审，等区委办主任审核。")
            return redirect("decisions:minutes_detail", minutes.pk)
        messages.success(request, "已保存。")
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect(here)


def _outline(text: MinutesText, records: MinutesText) -> list[Outline]:
    """What the records hold, part by part, beside what the text says."""
    people = [f"{label} {len(names)} 人" for label, names in records.rolls if label not in ("记录", "签发")]
    parts = [Outline(PEOPLE, PEOPLE, "开头和人员", people, _part(text, PEOPLE) == _part(records, PEOPLE))]
    for (heading, section), (_, recorded) in zip(text.chapters, records.chapters, strict=True):
        facts = [one.vote for one in recorded.resolutions if one.vote] or [
            "干部任免事项" if section.cadre else "没有表决"
        ]
        part = str(section.entry)
        parts.append(Outline(part, _anchor(part), heading, facts, section == recorded))
    return parts


def _part(text: MinutesText, part: str) -> list[str]:
    """One part as lines, for comparing."""
    if part == PEOPLE:
        people = [f"{label}：{'、'.join(names)}" for label, names in text.rolls if label != "签发"]
        return [*text.opening, *people]
    section = text.section(int(part)) if part.isdecimal() else None
    return [section.heading, *section.paragraphs] if section else []


def _anchor(part: str) -> str:
    return PEOPLE if part == PEOPLE else f"e{part}"


def _revision(request: ActorRequest) -> int:
    """The version the page began from; nonsense is never the current one."""
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() else -1
