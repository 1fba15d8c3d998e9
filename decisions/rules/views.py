"""表决规则: what each body needs in words and in numbers, all versions, and drafting the next."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from committee.bodies.questions import BodyOnDay, bodies_on
from committee.register.policies import demand_keeper, may_keep_register
from common import clock
from common.identity.actor import Actor
from common.records.models import ChainRecord
from common.web.acts import tried
from common.web.days import day_asked
from common.web.request import ActorRequest
from common.web.rulebook import Rulebook
from common.web.slots import fillings
from decisions.rules.forms import VotingRulesForm
from decisions.rules.models import VotingRulesDraft, VotingRuleSet, voting_rules_on
from decisions.rules.services.adopt_rules import adopt_voting_rules
from decisions.rules.services.drop_rules_draft import drop_rules_draft
from decisions.rules.services.save_rules_draft import save_rules_draft, stamp_of
from decisions.rules.words import LineShown, changes, in_numbers, specs_of

RULEBOOK = Rulebook(
    "表决规则", "decisions:voting_rules", "decisions/rules", VotingRuleSet.objects, "已经作出的决定仍按当时的规则"
)
NOT_TYPED = ("csrfmiddlewaretoken", "save", "seen")


@require_GET
def rules(request: ActorRequest) -> HttpResponse:
    """The version in force on a day, in numbers for the bodies of that day."""
    day = day_asked(request)
    return _page(request, voting_rules_on(day), day)


@require_GET
def version(request: ActorRequest, pk: int) -> HttpResponse:
    """One version, with what it changed."""
    found, earlier = RULEBOOK.version(pk)
    changed = changes(specs_of(earlier), specs_of(found)) if earlier else []
    return _page(request, found, found.valid_from, changed=changed, one=True)


def revise(request: ActorRequest) -> HttpResponse:
    """A new version: drafted as a copy, kept as a draft, compared, put in force."""
    demand_keeper(request.actor)
    last = RULEBOOK.last()
    before, draft = specs_of(last), VotingRulesDraft.objects.select_related("changed_by").first()
    form = VotingRulesForm(
        request.POST or None,
        lines=before,
        typed=draft.content if draft else None,
        decisions=_decisions(request.actor),
    )
    if request.method == "POST" and "save" in request.POST:
        content, seen = _typed(request.POST, form), request.POST.get("seen", "")
        if tried(form, lambda: save_rules_draft(actor=request.actor, content=content, seen=seen)):
            messages.success(request, "草稿已保存，还没有施行。")
            return redirect(request.path)
    return RULEBOOK.revise(
        request,
        form,
        last,
        changes=lambda: changes(before, form.lines()),
        adopt=lambda data: adopt_voting_rules(
            actor=request.actor,
            valid_from=data["valid_from"],
            source=data["source"],
            lines=form.lines(),
            adopted_by=_record(data["adopted_by"]),
        ),
        context={"lines": form.line_fields(), "draft": draft, "seen": stamp_of(draft)},
        means=lambda data: in_numbers(form.lines(), _as_they_stand(max(data["valid_from"], clock.today()))),
    )


@require_POST
def drop_draft(request: ActorRequest) -> HttpResponse:
    """The draft goes; what is in force stays."""
    drop_rules_draft(actor=request.actor)
    messages.success(request, "草稿已放弃，现行规则不变。")
    return redirect("decisions:voting_rules")


def _typed(sent: QueryDict, form: VotingRulesForm) -> dict[str, Any]:
    """The form's fields as sent: lists where several may be ticked, nothing for a box left open."""
    several = {
        name
        for name, field in form.fields.items()
        if hasattr(field, "choices") and field.widget.allow_multiple_selected
    }
    return {name: sent.getlist(name) if name in several else sent.get(name) for name in form.fields}


def _record(asked: str) -> ChainRecord | None:
    return ChainRecord.objects.filter(pk=asked).first() if asked else None


def _decisions(actor: Actor) -> list[tuple[str, str]]:
    """Decisions that may have adopted a rule, as the floors above know them."""
    return [one for filling in fillings("rules.decisions", actor=actor, subject=None) for one in filling]


def _page(request: ActorRequest, found: VotingRuleSet | None, day: date, **more: Any) -> HttpResponse:
    may_keep = may_keep_register(request.actor)
    adopted = fillings("rules.adopted", actor=request.actor, subject=found.adopted_by) if found else []
    return RULEBOOK.show(
        request,
        found,
        day,
        may_keep=may_keep,
        bodies=_bodies(found, bodies_on(day)) if found else [],
        adopted=next((link for link in adopted if link), None),
        draft=VotingRulesDraft.objects.select_related("changed_by").first() if may_keep else None,
        **more,
    )


def _bodies(found: VotingRuleSet, bodies: list[BodyOnDay]) -> list[tuple[BodyOnDay, list[LineShown]]]:
    """Every body that votes or prepares, with its lines."""
    lines = specs_of(found)
    return [
        (shown, [LineShown(line, shown.due) for line in lines if line.body_kind == shown.body.kind]) for shown in bodies
    ]


def _as_they_stand(day: date) -> list[tuple[Any, int]]:
    return [(shown.body, shown.due) for shown in bodies_on(day)]
