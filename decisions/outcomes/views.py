"""What was decided: the list, one decision with what carried it, and what came of a meeting."""

from collections.abc import Iterable, Iterator

from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from agenda.items.policies import visible_to as visible_items
from agenda.meetings.models import Meeting
from agenda.meetings.policies import visible_to as visible_meetings
from agenda.meetings.workflow import MeetingState
from committee.bodies.models import Body
from committee.units.models import Unit
from common import clock
from common.web.excel import workbook_response
from common.web.formats import local_day
from common.web.listing import page_of
from common.web.request import ActorRequest
from common.web.slots import fillings
from decisions.hall.models import Sitting
from decisions.hall.policies import may_keep_hall
from decisions.outcomes.chain import items_of, votes_on
from decisions.outcomes.forms import DecisionFilter
from decisions.outcomes.models import DecidedMatter, Decision, MatterCoUnit
from decisions.outcomes.policies import may_see_votes, visible_to
from decisions.outcomes.querysets import MatterQuerySet
from decisions.outcomes.results import load_results

PER_PAGE = 50
MOST_ROWS = 20_000
HEAD = ("会议", "日期", "议程", "议定事项", "结果", "责任领导", "责任单位", "配合单位", "完成时限")


@require_GET
def decisions(request: ActorRequest) -> HttpResponse:
    """Matters this person may see, newest first; ?format=xlsx gives all filtered rows."""
    seen = visible_to(request.actor).current()
    form = DecisionFilter(
        request.GET,
        years=[day.year for day in seen.dates("decision__decided_at", "year", order="DESC")],
        bodies=Body.objects.order_by("pk"),
        units=Unit.objects.on(clock.today()).in_order(),
    )
    found = _filtered(seen, form).for_list()
    if request.GET.get("format") == "xlsx":
        return workbook_response("决定", HEAD, _rows(found[:MOST_ROWS].iterator(chunk_size=1000)))
    page = page_of(request, found, PER_PAGE)
    return render(request, "decisions/outcomes/decisions.html", {"page": page, "filter": form})


def _filtered(matters: MatterQuerySet, form: DecisionFilter) -> MatterQuerySet:
    """Only filters with a valid value narrow the list."""
    form.is_valid()
    wanted = form.cleaned_data
    if words := wanted.get("q"):
        matters = matters.filter(Q(text__icontains=words) | Q(decision__entry__title__icontains=words))
    if wanted.get("year"):
        matters = matters.filter(decision__decided_at__year=wanted["year"])
    if wanted.get("body"):
        matters = matters.filter(decision__entry__meeting__body__kind=wanted["body"])
    if unit := wanted.get("unit"):
        helping = MatterCoUnit.objects.filter(matter=OuterRef("pk"), unit=unit)
        matters = matters.filter(Q(lead_unit=unit) | Q(Exists(helping)))
    if wanted.get("outcome"):
        matters = matters.filter(outcome=wanted["outcome"])
    return matters


def _rows(matters: Iterable[DecidedMatter]) -> Iterator[tuple[object, ...]]:
    for matter in matters:
        entry = matter.decision.entry
        yield (
            str(entry.meeting),
            local_day(matter.decision.decided_at),
            entry.title,
            matter.text,
            matter.get_outcome_display(),
            matter.leader.name if matter.leader else "",
            matter.lead_unit.short_name if matter.lead_unit else "",
            "、".join(one.unit.short_name for one in matter.co_units.all()),
            matter.due_on,
        )


@require_GET
def decision(request: ActorRequest, pk: int) -> HttpResponse:
    """One decision, as far as this person may see it: item → vote → what was decided → notices."""
    actor = request.actor
    matters = list(visible_to(actor).filter(decision=pk).for_list().select_related("question"))
    if not matters:
        raise Http404
    found = get_object_or_404(Decision.objects.select_related("record", "supersedes"), pk=pk)
    entry = matters[0].decision.entry
    by_name = may_see_votes(actor, entry.meeting.body.kind)
    links = items_of([entry.pk])[entry.pk]
    readable = visible_items(actor).filter(pk__in=[link.item_id for link in links]).values_list("pk", flat=True)
    votes = votes_on(matters, by_name=by_name)
    context = {
        "decision": found,
        "entry": entry,
        "meeting": entry.meeting,
        "matters": [(matter, votes.get(matter.question_id or 0)) for matter in matters],
        "items": links,
        "readable": set(readable),
        "older": bool(found.supersedes_id) and visible_to(actor).filter(decision=found.supersedes_id).exists(),
        "newer": Decision.objects.filter(supersedes=found).first(),
        "notices": [link for filling in fillings("decision.notices", actor=actor, subject=found) for link in filling],
        "sees_meeting": visible_meetings(actor).filter(pk=entry.meeting_id).exists(),
    }
    return render(request, "decisions/outcomes/decision.html", context)


@require_GET
def meeting_results(request: ActorRequest, pk: int) -> HttpResponse:
    """What came of a meeting in session or closed, entry by entry, as far as this person may see it."""
    actor = request.actor
    meeting = Meeting.objects.with_names().filter(pk=pk).first()
    matters = visible_to(actor).current().filter(decision__entry__meeting=pk)
    sees_meeting = visible_meetings(actor).filter(pk=pk).exists()
    if meeting is None or not (sees_meeting or matters.exists()):
        raise Http404
    sitting = Sitting.objects.filter(meeting=meeting).select_related("chair", "rule_set").first()
    if sitting is None or meeting.state not in (MeetingState.IN_SESSION, MeetingState.CLOSED):
        raise Http404
    sitting.meeting = meeting
    results = load_results(actor, sitting, list(matters.for_list().select_related("question").order_by("position")))
    links = [link for filling in fillings("meeting.links", actor=actor, subject=meeting) for link in filling]
    context = {
        "meeting": meeting,
        "results": results,
        "sees_meeting": sees_meeting,
        "keeps": may_keep_hall(actor),
        "main": next((link for link in links if link.primary), None),
    }
    return render(request, "decisions/outcomes/meeting_results.html", context)
