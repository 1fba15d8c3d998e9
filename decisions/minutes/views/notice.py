"""One 议定事项通知单: as it was sealed, who has taken it over, its paper."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common import clock
from common.web.paper_answer import paper_answer
from common.web.request import ActorRequest
from decisions.minutes.models import DecisionNotice
from decisions.minutes.notices import NOTICE_KIND, notice_paper
from decisions.minutes.policies import notices_visible_to, receivers_of, receives, visible_to
from decisions.minutes.services.receive_notice import receive_notice


def notice_or_404(request: ActorRequest, pk: int) -> DecisionNotice:
    """What one may not see is not there."""
    rows = notices_visible_to(request.actor).for_list().select_related("record", "decision", "minutes__meeting__body")
    return get_object_or_404(rows, pk=pk)


@require_GET
def notice_detail(request: ActorRequest, pk: int) -> HttpResponse:
    """The sealed text; for its unit the button that takes it over, for all who see it who has."""
    notice = notice_or_404(request, pk)
    later = DecisionNotice.objects.filter(decision__entry=notice.decision.entry_id, minutes__gt=notice.minutes_id)
    renewed = notices_visible_to(request.actor).filter(pk__in=later).for_list().last() if notice.superseded else None
    context = {
        "notice": notice,
        "paper": notice_paper(notice),
        "may_read": visible_to(request.actor).filter(pk=notice.minutes_id).exists(),
        "renewed": renewed,
        "to_receive": notice.waits and receives(request.actor, notice),
        "receivers": receivers_of(notice, clock.today()) if notice.waits else [],
    }
    return render(request, "decisions/minutes/notice_detail.html", context)


@require_POST
def receive(request: ActorRequest, pk: int) -> HttpResponse:
    """签收."""
    notice = notice_or_404(request, pk)
    receive_notice(actor=request.actor, notice=notice)
    messages.success(request, f"已签收通知单{notice.number}。")
    return redirect("decisions:notice_detail", pk)


@require_http_methods(["GET", "POST"])
def notice_paper_pdf(request: ActorRequest, pk: int) -> HttpResponseBase:
    """The PDF of a notice."""
    rows = notices_visible_to(request.actor).select_related("record", "document")
    notice = get_object_or_404(rows, pk=pk)
    return paper_answer(
        request,
        kind=NOTICE_KIND,
        payload=bytes(notice.record.payload),
        name=notice.document.name,
        back=reverse("decisions:notice_detail", args=[pk]),
    )
