"""届: entered, and lengthened with its basis."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from committee.bodies.models import Term
from committee.bodies.questions import term_on
from committee.register.forms import ExtendForm, TermForm
from committee.register.policies import demand_keeper, may_keep_register
from committee.register.services.keep_terms import add_term, extend_term
from common import clock
from common.web.acts import Question, write_page
from common.web.formats import cn_full_date
from common.web.request import ActorRequest


@require_GET
def terms(request: ActorRequest) -> HttpResponse:
    """All terms, the newest first."""
    return render(
        request,
        "committee/register/terms.html",
        {
            "terms": Term.objects.order_by("-starts_on"),
            "present": term_on(clock.today()),
            "may_keep": may_keep_register(request.actor),
        },
    )


def add(request: ActorRequest) -> HttpResponse:
    """The next term."""
    demand_keeper(request.actor)
    return write_page(
        request,
        TermForm(request.POST or None),
        lambda data: add_term(actor=request.actor, **data),
        title="登记届次",
        label="登记届次",
        note="席位都在届内；上一届届满后，新一届的席位另行登记。",
        back=reverse("committee:terms"),
        crumbs=[("组织", reverse("committee:overview")), ("届次", reverse("committee:terms"))],
        done="届次已登记。",
    )


def extend(request: ActorRequest, pk: int) -> HttpResponse:
    """延期换届."""
    term = get_object_or_404(Term.objects.all(), pk=pk)
    demand_keeper(request.actor)
    return write_page(
        request,
        ExtendForm(request.POST or None),
        lambda data: extend_term(actor=request.actor, term=term, **data),
        title=f"{term}延期换届",
        label="延期",
        note=f"现届满日：{cn_full_date(term.last_day)}",
        back=reverse("committee:terms"),
        crumbs=[("组织", reverse("committee:overview")), ("届次", reverse("committee:terms"))],
        done="延期已登记。",
        ask=lambda data: Question(
            f"{term}延期至{cn_full_date(data['extended_to'])}；没有写止日的席位随之顺延。",
            [("原届满日", cn_full_date(term.last_day)), ("依据", data["basis"])],
        ),
    )
