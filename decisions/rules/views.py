"""表决规则: what each body needs in words and in numbers, all versions, and drafting the next."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from committee.bodies.questions import BodyOnDay, bodies_on
from committee.register.policies import demand_keeper, may_keep_register
from common import clock
from common.web.days import day_asked
from common.web.request import ActorRequest
from common.web.rulebook import Rulebook
from decisions.rules.forms import LINES, MORE_PARTS, PARTS, VotingRulesForm
from decisions.rules.models import VotingRule, VotingRuleSet, voting_rules_on
from decisions.rules.services.adopt_rules import VotingSpec, adopt_voting_rules
from decisions.rules.tally import Operator, Threshold, needed
from decisions.rules.words import LineShown, changes, specs_of

RULEBOOK = Rulebook(
    "表决规则", "decisions:voting_rules", "decisions/rules", VotingRuleSet.objects, "已经作出的决定仍按当时的规则"
)


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
    """A new version: drafted as a copy, compared, put in force."""
    demand_keeper(request.actor)
    last = RULEBOOK.last()
    before = specs_of(last)
    form = VotingRulesForm(request.POST or None, lines=before)
    return RULEBOOK.revise(
        request,
        form,
        last,
        changes=lambda: changes(before, form.lines()),
        adopt=lambda data: adopt_voting_rules(
            actor=request.actor, valid_from=data["valid_from"], source=data["source"], lines=form.lines()
        ),
        context={"lines": _fields(form)},
        means=lambda data: _in_numbers(form.lines(), data["valid_from"]),
    )


def _page(request: ActorRequest, found: VotingRuleSet | None, day: date, **more: Any) -> HttpResponse:
    bodies = _bodies(found, bodies_on(day)) if found else []
    return RULEBOOK.show(request, found, day, may_keep=may_keep_register(request.actor), bodies=bodies, **more)


def _bodies(found: VotingRuleSet, bodies: list[BodyOnDay]) -> list[tuple[BodyOnDay, list[LineShown]]]:
    """Every body that votes or prepares, with its lines."""
    rules = list(found.rules.order_by("pk"))
    return [
        (shown, [LineShown(rule, shown.due) for rule in rules if rule.body_kind == shown.body.kind]) for shown in bodies
    ]


def _fields(form: VotingRulesForm) -> list[dict[str, Any]]:
    """The form's fields line by line."""
    return [
        {"title": f"{body.label}　{matter.label}"}
        | {part: form[f"{body}-{matter}-{part}"] for part in (*PARTS, *MORE_PARTS)}
        for body, matter in LINES
    ]


def _in_numbers(lines: list[VotingSpec], valid_from: date) -> Iterator[tuple[str, str]]:
    """What the new rules mean for the bodies of the day they come into force."""
    due = {shown.body.kind: (shown.body.name, shown.due) for shown in bodies_on(max(valid_from, clock.today()))}
    for line in lines:
        name, members = due.get(line.body_kind, ("", 0))
        if members:
            least = [
                needed(Threshold(Operator(operator), top, bottom), members)
                for operator, top, bottom in (line.quorum, line.majority)
            ]
            label = f"{name}{VotingRule.Matter(line.matter).label}"
            yield label, f"应到 {members} 人：到会至少 {least[0]} 人，至少 {least[1]} 票通过"
