"""督办 as the office's ledger has it: the list with its filters, each matter whole, the same rows as a workbook."""

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from committee.units.models import Unit
from common import clock
from common.identity.models import Person
from common.web.excel import workbook_response
from common.web.listing import page_of
from common.web.request import ActorRequest
from oversight.followups.forms import FollowUpFilter
from oversight.followups.models import DONE, LedgerFollowUp
from oversight.followups.policies import may_look, visible_to
from oversight.followups.questions import for_list

PER_PAGE = 50
MOST_ROWS = 20_000
HEAD = (
    "编号", "督办事项", "来源会议", "责任领导", "牵头单位", "配合单位", "立项日期", "办结时限", "进度（%）", "最新进展",
    "存在问题", "状态",
)  # fmt: skip


@require_GET
def follow_ups(request: ActorRequest) -> HttpResponse:
    """What this person may see, open ones first, the nearest deadline first; ?format=xlsx gives all filtered rows."""
    if not may_look(request.actor):
        raise Http404
    seen = visible_to(request.actor)
    form = FollowUpFilter(
        request.GET,
        units=Unit.objects.filter(pk__in=seen.values("lead_unit")).in_order(),
        leaders=Person.objects.filter(pk__in=seen.values("leader")).by_post(),
        statuses=seen.exclude(status="").order_by("status").values_list("status", flat=True).distinct(),
    )
    found = for_list(_filtered(seen, form))
    if request.GET.get("format") == "xlsx":
        return workbook_response("督办台账", HEAD, (_cells(one) for one in found[:MOST_ROWS]))
    page = page_of(request, found, PER_PAGE)
    return render(request, "oversight/followups/follow_ups.html", {"page": page, "filter": form})


@require_GET
def follow_up_detail(request: ActorRequest, pk: int) -> HttpResponse:
    """One matter with every cell of its row."""
    found = get_object_or_404(for_list(visible_to(request.actor)), pk=pk)
    return render(request, "oversight/followups/follow_up_detail.html", {"found": found})


def _filtered(found: QuerySet[LedgerFollowUp], form: FollowUpFilter) -> QuerySet[LedgerFollowUp]:
    """Only filters with a valid value narrow the list."""
    form.is_valid()
    wanted = getattr(form, "cleaned_data", {})
    if wanted.get("q"):
        found = found.filter(Q(title__icontains=wanted["q"]) | Q(number__icontains=wanted["q"]))
    if wanted.get("unit"):
        found = found.filter(lead_unit=wanted["unit"])
    if wanted.get("leader"):
        found = found.filter(leader=wanted["leader"])
    if wanted.get("status"):
        found = found.filter(status=wanted["status"])
    if wanted.get("late"):
        found = found.filter(due_on__lt=clock.today()).exclude(status__in=DONE)
    return found


def _cells(one: LedgerFollowUp) -> list[object]:
    return [
        one.number,
        one.title,
        one.source,
        one.leader.name if one.leader else "",
        one.lead_names,
        one.co_names,
        one.opened_on,
        one.due_on,
        one.progress,
        one.latest,
        one.problems,
        one.status,
    ]
