"""What was decided on an entry, written down and corrected on the console."""

from collections.abc import Callable

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from common.services import Refused
from common.web.request import ActorRequest
from decisions.console.answers import Panel, Said, entry_or_404, number, show
from decisions.console.forms import DecisionForm
from decisions.outcomes.matters import proposed_matters, standing_results, written_matters
from decisions.outcomes.models import Decision
from decisions.outcomes.services.correct_decision import correct_decision
from decisions.outcomes.services.decide_entry import decide_entry
from decisions.outcomes.writing import standing_questions

TEMPLATE = "decisions/console/_decide.html"


@require_http_methods(["GET", "POST"])
def decide(request: ActorRequest, pk: int) -> HttpResponse:
    """写下议定结果; the next entry comes into the middle."""
    entry = entry_or_404(request, pk)
    proposed = proposed_matters(entry, standing_questions(entry))
    form = DecisionForm(request.POST or None, entry, proposed, standing_results(entry))
    if request.method == "POST" and _tried(
        form,
        lambda: decide_entry(
            actor=request.actor,
            entry=entry,
            matters=[one.matter for one in form.matters],
            summary=form.whole.cleaned_data["summary"],
        ),
    ):
        return show(request, entry.meeting, said=Said(f"「{entry}」已议决"))
    return show(request, entry.meeting, chosen=pk, panel=Panel(TEMPLATE, form), status=422 if form.has_errors else 200)


@require_http_methods(["GET", "POST"])
def correct(request: ActorRequest, pk: int) -> HttpResponse:
    """更正: a further decision supersedes what was written."""
    entry = entry_or_404(request, pk)
    before = Decision.objects.filter(entry=entry, superseded_by__isnull=True).first()
    proposed = written_matters(before) if before else []
    form = DecisionForm(
        request.POST or None,
        entry,
        proposed,
        standing_results(entry),
        correcting=True,
        summary=before.summary if before else "",
    )
    if request.method == "POST" and _tried(
        form,
        lambda: correct_decision(
            actor=request.actor,
            entry=entry,
            seen=number(request.POST.get("seen")) or 0,
            matters=[one.matter for one in form.matters],
            summary=form.whole.cleaned_data["summary"],
            reason=form.whole.cleaned_data["reason"],
        ),
    ):
        return show(request, entry.meeting, chosen=pk, said=Said("已更正，原来的决定还在记录里"))
    panel = Panel(TEMPLATE, form, before)
    return show(request, entry.meeting, chosen=pk, panel=panel, status=422 if form.has_errors else 200)


def _tried(form: DecisionForm, act: Callable[[], object]) -> bool:
    if not form.is_valid():
        return False
    try:
        act()
    except Refused as refusal:
        form.add_error(refusal.field, refusal.message)
        return False
    return True
