"""Working on the agenda: listing items for it, order, minutes and attendants, removal."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agenda.items.policies import visible_to as visible_items
from agenda.meetings.admission import Admission
from agenda.meetings.candidates import candidates_for
from agenda.meetings.forms import AttendantsForm, EntryForm, ReasonForm, names_of
from agenda.meetings.marks import attendants_mark, entry_mark
from agenda.meetings.models import AgendaEntry, Meeting
from agenda.meetings.order import moved
from agenda.meetings.policies import demand_office
from agenda.meetings.programme import load_programme
from agenda.meetings.services.join_items import join_items
from agenda.meetings.services.remove_entry import remove_entry
from agenda.meetings.services.reorder_entries import reorder_entries
from agenda.meetings.services.schedule_item import schedule_items
from agenda.meetings.services.set_attendants import set_attendants
from agenda.meetings.services.set_entry import set_entry
from agenda.meetings.sight import sight_of
from agenda.meetings.views.page import agenda_of, meeting_or_404
from committee.units.models import Unit
from common import clock
from common.services import Conflict, Refused
from common.web.request import ActorRequest


@require_http_methods(["GET", "POST"])
def schedule(request: ActorRequest, pk: int) -> HttpResponse:
    """Items ready to come up, with what forbids the others; ?entry= adds to an entry that stands."""
    meeting = meeting_or_404(request, pk)
    demand_office(request.actor)
    entry = _entry_of(meeting, request.GET.get("entry"))
    if request.method == "POST" and (answer := _schedule_chosen(request, meeting, entry)):
        return answer
    candidates = candidates_for(request.actor, meeting, request.GET.get("page"))
    return render(
        request,
        "agenda/meetings/schedule.html",
        {"meeting": meeting, "entry": entry, "candidates": candidates, "chosen": set(request.POST.getlist("item"))},
    )


def _schedule_chosen(request: ActorRequest, meeting: Meeting, entry: AgendaEntry | None) -> HttpResponse | None:
    """All of the chosen items or none; None where it was refused, with the sentence on the page."""
    chosen = [pk for pk in request.POST.getlist("item") if pk.isdecimal()]
    items = list(visible_items(request.actor).filter(pk__in=chosen).order_by("pk"))
    if not items:
        messages.error(request, "还没有选议题。请先勾选要列入的议题。")
        return None
    try:
        if entry or request.POST.get("as") == "joined":
            join_items(actor=request.actor, meeting=meeting, items=items, entry=entry)
        else:
            schedule_items(actor=request.actor, meeting=meeting, items=items)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return None
    messages.success(request, f"已列入 {len(items)} 个议题。")
    return redirect("agenda:meeting_detail", meeting.pk)


@require_GET
def why_not(request: ActorRequest, pk: int, item: int) -> HttpResponse:
    """One item's sentence: what is missing and who has it; opens in place."""
    meeting = meeting_or_404(request, pk)
    demand_office(request.actor)
    found = get_object_or_404(visible_items(request.actor).for_list(), pk=item)
    sentence = Admission(meeting, [found], clock.today()).why_not_in_full(found)
    page = "_why_not.html" if request.headers.get("HX-Request") else "why_not.html"
    context = {"sentence": sentence, "item": found, "meeting": meeting}
    return render(request, f"agenda/meetings/{page}", context)


@require_POST
def order(request: ActorRequest, pk: int) -> HttpResponse:
    """A new order: dragged (order=3,1,2, answered by the list) or by one step (up=, down=, answered by the page)."""
    meeting = meeting_or_404(request, pk)
    mark = request.POST.get("version", "")
    step = next((name for name in ("up", "down") if name in request.POST), None)
    try:
        ids = _ids(request.POST.get("order", ""))
        if step:
            ids = [line.entry.pk for line in load_programme(meeting).lines]
            ids = moved(ids, int(request.POST[step]), up=step == "up") if _is_one_of(request.POST[step], ids) else []
        reorder_entries(actor=request.actor, meeting=meeting, order=ids, mark=mark)
    except Conflict as conflict:
        if not request.headers.get("HX-Request"):
            messages.error(request, conflict.message)
            return redirect("agenda:meeting_detail", pk)
        return HttpResponse(conflict.message, status=409, content_type="text/plain; charset=utf-8")
    if not request.headers.get("HX-Request"):
        return redirect("agenda:meeting_detail", pk)
    programme = load_programme(meeting)
    sight = sight_of(request.actor, programme)
    return HttpResponse(agenda_of(request.actor, programme, sight, editable=True))


def _ids(text: str) -> list[int]:
    return [int(part) for part in text.split(",") if part.isdecimal()]


def _is_one_of(text: str, ids: list[int]) -> bool:
    return text.isdecimal() and int(text) in ids


@require_http_methods(["GET", "POST"])
def edit_entry(request: ActorRequest, pk: int, entry: int) -> HttpResponse:
    """Minutes and presenter; below it, in a form of its own, who attends."""
    meeting, found = _entry_or_404(request, pk, entry)
    demand_office(request.actor)
    posted = request.POST if "minutes" in request.POST else None
    form = EntryForm(posted, entry=found)
    if posted is not None and form.is_valid():
        try:
            set_entry(actor=request.actor, entry=found, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
            if isinstance(refusal, Conflict):
                form.now_seen(entry_mark(refusal.theirs))
        else:
            messages.success(request, "已存。")
            return redirect("agenda:meeting_detail", pk)
    attendants = AttendantsForm(initial=names_of(_attendants(meeting, found)), units=_units())
    return _entry_page(request, meeting, found, form, attendants)


@require_http_methods(["GET", "POST"])
def edit_attendants(request: ActorRequest, pk: int, entry: int | None = None) -> HttpResponse:
    """Who attends an entry, or the whole meeting."""
    meeting, found = _entry_or_404(request, pk, entry) if entry else (meeting_or_404(request, pk), None)
    demand_office(request.actor)
    posted = request.POST if request.method == "POST" else None
    attendants = AttendantsForm(posted, initial=names_of(_attendants(meeting, found)), units=_units())
    if posted is not None and attendants.is_valid():
        try:
            set_attendants(actor=request.actor, meeting=meeting, entry=found, **attendants.cleaned_data)
        except Refused as refusal:
            attendants.add_error(refusal.field if refusal.field in attendants.fields else None, refusal.message)
            if isinstance(refusal, Conflict):
                attendants.now_seen(attendants_mark(refusal.theirs))
        else:
            messages.success(request, "列席已存。")
            return redirect("agenda:meeting_detail", pk)
    form = EntryForm(entry=found) if found else None
    return _entry_page(request, meeting, found, form, attendants)


def _entry_page(
    request: ActorRequest,
    meeting: Meeting,
    entry: AgendaEntry | None,
    form: EntryForm | None,
    attendants: AttendantsForm,
) -> HttpResponse:
    context = {"meeting": meeting, "entry": entry, "form": form, "attendants": attendants}
    return render(request, "agenda/meetings/entry_edit.html", context)


@require_http_methods(["GET", "POST"])
def remove(request: ActorRequest, pk: int, entry: int) -> HttpResponse:
    """A page that repeats what is removed, and asks why."""
    meeting, found = _entry_or_404(request, pk, entry)
    demand_office(request.actor)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            remove_entry(actor=request.actor, entry=found, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"「{found}」已移出议程，回到待上会。")
            return redirect("agenda:meeting_detail", pk)
    return render(
        request,
        "common/confirm.html",
        {
            "title": "移出议程",
            "sentence": f"把「{found}」移出{meeting}的议程，后面各项依次提前；议题回到待上会，可以另列。",
            "facts": [],
            "label": "移出议程",
            "back": reverse("agenda:meeting_detail", args=[pk]),
            "kept": [],
            "form": form,
        },
    )


def _entry_or_404(request: ActorRequest, pk: int, entry: int) -> tuple[Meeting, AgendaEntry]:
    meeting = meeting_or_404(request, pk)
    return meeting, get_object_or_404(AgendaEntry.objects.on_agenda(), pk=entry, meeting=meeting)


def _entry_of(meeting: Meeting, pk: str | None) -> AgendaEntry | None:
    if not pk or not pk.isdecimal():
        return None
    return get_object_or_404(AgendaEntry.objects.on_agenda(), pk=int(pk), meeting=meeting)


def _attendants(meeting: Meeting, entry: AgendaEntry | None):
    return meeting.attendants.filter(entry=entry).select_related("person")


def _units():
    return Unit.objects.on(clock.today()).in_order()
