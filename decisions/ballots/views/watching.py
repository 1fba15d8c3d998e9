"""Pages of those who watch: the ballot as it stands, codes shown once, slips, the count."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from common.services import Refused
from common.web.acts import tried, write_page
from common.web.paper_answer import paper_answer
from common.web.request import ActorRequest
from decisions.ballots.forms import CodesForm, PaperTotalsForm, SealForm
from decisions.ballots.models import Ballot, BallotVoter
from decisions.ballots.policies import demand_may_count, demand_may_seal, demand_scrutineer, demand_teller
from decisions.ballots.printing import PAPER_KIND, REPORT_KIND, paper_bytes, report_bytes
from decisions.ballots.questions import report_of, turnout
from decisions.ballots.services.count_ballot import count_ballot
from decisions.ballots.services.enter_paper_totals import enter_paper_totals
from decisions.ballots.services.give_slip import give_slip
from decisions.ballots.services.seal_paper import seal_paper
from decisions.ballots.services.take_code import take_code
from decisions.ballots.shown import load_page
from decisions.ballots.views.finding import ballot_or_404, named_person, prepared_ballot_or_404, works_on
from decisions.ballots.views.preparing import page_of, people_at_hand
from decisions.ballots.workflow import BallotState


@require_GET
def ballot(request: ActorRequest, pk: int) -> HttpResponse:
    """How far it is, what comes next and who does it; who only votes is led to his own page."""
    found = ballot_or_404(request, pk)
    if not works_on(request, found):
        return redirect("decisions:ballot_vote", pk)
    return render(request, "decisions/ballots/ballot.html", {"page": load_page(request.actor, found)})


@never_cache
@require_GET
def polled(request: ActorRequest, pk: int) -> HttpResponse:
    """已投 n / N, asked every two seconds; when it is no longer open the whole page is asked for."""
    found = prepared_ballot_or_404(request, pk)
    answer = render(request, "decisions/ballots/_turnout.html", {"ballot": found, "turnout": turnout(found)})
    if found.state != BallotState.ISSUED:
        answer["HX-Refresh"] = "true"
    return answer


@never_cache
@require_http_methods(["GET", "POST"])
def code(request: ActorRequest, pk: int) -> HttpResponse:
    """领取监票口令: shown once, in the answer to the POST alone."""
    found = prepared_ballot_or_404(request, pk)
    demand_scrutineer(request.actor, found, "领取监票口令")
    shown = take_code(actor=request.actor, ballot=found) if request.method == "POST" else ""
    return render(request, "decisions/ballots/code.html", {"ballot": found, "code": shown, "back": page_of(found)})


@never_cache
@require_http_methods(["GET", "POST"])
def slips(request: ActorRequest, pk: int) -> HttpResponse:
    """A slip for one voter at the shared tablet: shown once."""
    found = prepared_ballot_or_404(request, pk)
    demand_scrutineer(request.actor, found, "发放投票凭条")
    context = {"ballot": found, "back": page_of(found)}
    person = named_person(request) if request.method == "POST" else None
    if person:
        context |= {"slip": give_slip(actor=request.actor, ballot=found, person=person), "person": person}
    waiting = BallotVoter.objects.filter(ballot=found, eligible=True, cast=False).select_related("person")
    return render(request, "decisions/ballots/slips.html", context | {"voters": waiting})


@never_cache
@require_http_methods(["GET", "POST"])
def count(request: ActorRequest, pk: int) -> HttpResponse:
    """Two scrutineers enter their codes on one screen; what was typed is never shown again."""
    found = prepared_ballot_or_404(request, pk)
    demand_may_count(request.actor, found)
    form = CodesForm(request.POST or None, ballot=found)
    return write_page(
        request,
        form,
        lambda _: count_ballot(actor=request.actor, ballot=found, codes=form.codes),
        title="计票",
        note="任意两名监票人当场输入各自的监票口令，第三人留空",
        label="开启并计票",
        back=page_of(found),
        done="已计票，请监票人核对并签署报告单",
        template="decisions/ballots/count.html",
    )


@never_cache
@require_http_methods(["GET", "POST"])
def tally(request: ActorRequest, pk: int) -> HttpResponse:
    """One teller's own count; the other's is not shown."""
    found = prepared_ballot_or_404(request, pk)
    demand_teller(request.actor, found)
    form = PaperTotalsForm(request.POST or None, ballot=found)
    if (
        request.method == "POST"
        and form.is_valid()
        and tried(form, lambda: enter_paper_totals(actor=request.actor, ballot=found, **form.given))
    ):
        return redirect(page_of(found))
    context = {"ballot": found, "form": form, "back": page_of(found)}
    return render(request, "decisions/ballots/tally.html", context, status=409 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def seal(request: ActorRequest, pk: int) -> HttpResponse:
    """封存选票."""
    found = prepared_ballot_or_404(request, pk)
    demand_may_seal(request.actor, found)
    form = SealForm(request.POST or None, people=people_at_hand(found))
    return write_page(
        request,
        form,
        lambda _: seal_paper(actor=request.actor, ballot=found, **form.given),
        title="封存选票",
        label="登记封存",
        back=page_of(found),
        done="已登记封存",
    )


@require_http_methods(["GET", "POST"])
def paper(request: ActorRequest, pk: int) -> HttpResponseBase:
    """表决票, as many as there are voters; it carries no number. Once it is issued, of a paper ballot."""
    found = prepared_ballot_or_404(request, pk)
    if found.on_device or not found.issued_at:
        raise Refused("纸质票决发放以后，才印表决票。" if not found.on_device else "电子票不印表决票。")
    name = f"表决票（{_stem(found)}）.pdf"
    return paper_answer(request, kind=PAPER_KIND, payload=paper_bytes(found), name=name, back=page_of(found))


@require_http_methods(["GET", "POST"])
def report(request: ActorRequest, pk: int) -> HttpResponseBase:
    """票决结果报告单, on paper 计票单, once it is counted."""
    found = prepared_ballot_or_404(request, pk)
    counted = report_of(found)
    if counted is None:
        raise Refused("计票以后才有报告单。")
    name = f"{'票决结果报告单' if found.on_device else '计票单'}（{_stem(found)}）.pdf"
    return paper_answer(request, kind=REPORT_KIND, payload=report_bytes(counted), name=name, back=page_of(found))


def _stem(found: Ballot) -> str:
    return f"{found.entry.meeting}，第{found.no}次票决"
