"""The lists: 纪要 and 议定事项通知单, filtered by the address, also as workbooks."""

from collections.abc import Iterable, Iterator

from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from committee.bodies.models import Body
from common import clock
from common.web.excel import workbook_response
from common.web.formats import cn_full_date, local_day
from common.web.listing import page_of
from common.web.request import ActorRequest
from decisions.minutes.forms import MinutesFilter, NoticeFilter
from decisions.minutes.models import DecisionNotice, Minutes
from decisions.minutes.notices import notice_paper
from decisions.minutes.policies import may_draft, may_read, notices_visible_to, visible_to
from decisions.minutes.querysets import MinutesQuerySet, NoticeQuerySet
from decisions.minutes.reports import MOST_TO_BEGIN, closed_at, due_day, without_minutes
from decisions.minutes.workflow import MinutesState
from decisions.outcomes.models import DecidedMatter

PER_PAGE = 50
MOST_ROWS = 20000
TONES = {
    MinutesState.DRAFT: "draft",
    MinutesState.SUBMITTED: "wait",
    MinutesState.CHECKED: "wait",
    MinutesState.SIGNED: "good",
    MinutesState.SUPERSEDED: "neutral",
}
MINUTES_HEAD = ("纪要", "编号", "开会日期", "主持", "状态", "签发人", "签发日期", "通知单份数")
NOTICE_HEAD = (
    "编号",
    "单位",
    "议题",
    "职责",
    "议定事项",
    "责任领导",
    "完成时限",
    "依据纪要",
    "印发日期",
    "状态",
    "签收人",
    "签收日期",
)


@require_GET
def minutes_list(request: ActorRequest) -> HttpResponse:
    """What this person may read, newest first; the office also sees which closed meetings have none yet."""
    seen = visible_to(request.actor)
    years = [day.year for day in seen.dates("meeting__starts_at", "year", order="DESC")]
    drafts = may_draft(request.actor)
    form = MinutesFilter(request.GET, bodies=Body.objects.order_by("pk"), years=years, drafts=drafts)
    found = _filtered(seen, form).with_names(clock.today()).annotate(issued=Count("notices")).newest_first()
    if request.GET.get("format") == "xlsx":
        return workbook_response("会议纪要", MINUTES_HEAD, (_cells(row) for row in found[:MOST_ROWS]))
    page = page_of(request, found, PER_PAGE)
    for row in page.object_list:
        row.tone = TONES[MinutesState(row.state)]
    lacking = list(without_minutes()[: MOST_TO_BEGIN + 1]) if drafts else []
    context = {
        "page": page,
        "filter": form,
        "missing": [(meeting, due_day(closed_at(meeting))) for meeting in lacking[:MOST_TO_BEGIN]],
        "more_missing": len(lacking) > MOST_TO_BEGIN,
        "both": may_read(request.actor),
    }
    return render(request, "decisions/minutes/minutes_list.html", context)


@require_GET
def notices(request: ActorRequest) -> HttpResponse:
    """Notices this person may read: a unit's people see theirs."""
    form = NoticeFilter(request.GET)
    found = _filtered_notices(notices_visible_to(request.actor).for_list(), form).order_by("-issued_at", "-pk")
    found = found.select_related("record")
    if request.GET.get("format") == "xlsx":
        return workbook_response("议定事项通知单", NOTICE_HEAD, _notice_rows(found[:MOST_ROWS]))
    page = page_of(request, found, PER_PAGE)
    for row in page.object_list:
        row.paper = notice_paper(row)
    context = {"page": page, "filter": form, "both": may_read(request.actor)}
    return render(request, "decisions/minutes/notices.html", context)


def _filtered(rows: MinutesQuerySet, form: MinutesFilter) -> MinutesQuerySet:
    """Only filters with a valid value narrow the list."""
    form.is_valid()
    wanted = getattr(form, "cleaned_data", {})
    if wanted.get("body"):
        rows = rows.filter(meeting__body__kind=wanted["body"])
    if wanted.get("year"):
        rows = rows.filter(meeting__starts_at__year=wanted["year"])
    if wanted.get("state"):
        rows = rows.filter(state=wanted["state"])
    return rows


def _filtered_notices(rows: NoticeQuerySet, form: NoticeFilter) -> NoticeQuerySet:
    form.is_valid()
    wanted = getattr(form, "cleaned_data", {})
    if wanted.get("q"):
        texts = DecidedMatter.objects.filter(decision=OuterRef("decision"), text__icontains=wanted["q"])
        rows = rows.filter(Q(decision__entry__title__icontains=wanted["q"]) | Exists(texts))
    if wanted.get("state") == "waiting":
        rows = rows.not_received()
    elif wanted.get("state"):
        rows = rows.filter(superseded=wanted["state"] == "superseded")
    return rows


def _cells(row: Minutes) -> list[object]:
    return [
        str(row),
        str(row.number or ""),
        cn_full_date(row.meeting.day),
        row.meeting.sitting.chair.name,
        row.get_state_display(),
        row.signed_by.name if row.signed_by else "",
        local_day(row.signed_at) if row.signed_at else "",
        row.issued,
    ]


def _notice_rows(rows: Iterable[DecisionNotice]) -> Iterator[list[object]]:
    """One line a matter, so that a unit can work with the sheet."""
    for row in rows:
        paper = notice_paper(row)
        for matter in paper.matters:
            yield [
                str(row.number),
                row.unit.short_name,
                matter.item,
                matter.duty,
                matter.text,
                matter.leader,
                matter.deadline,
                str(row.minutes.number),
                paper.issued_on,
                "已被取代" if row.superseded else "现行",
                row.receipt.received_by.name if row.received else "",
                local_day(row.receipt.received_at) if row.received else "",
            ]
