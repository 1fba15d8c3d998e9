"""上会规则: 议事范围 with its checks, the signing routes, the working days; all versions, and drafting the next."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from agenda.rules.content import NUMBERS, number_label
from agenda.rules.draft import BODIES, RulesDraft, changes, draft_of, route_scope, step_words
from agenda.rules.forms import MOST_STEPS, RulesForm
from agenda.rules.models import PERSONNEL, AgendaRuleSet, CheckKind, CheckRule, Nature, Way, rules_on
from agenda.rules.services.revise_rules import revise_rules
from committee.bodies.models import Body
from committee.register.policies import demand_keeper, may_keep_register
from committee.roles.models import Role
from common import clock
from common.web.days import day_asked
from common.web.request import ActorRequest
from common.web.rulebook import Rulebook

UNITS_OF_NUMBERS = {"check_months": "个月", "report_minutes": "分钟", "paper_characters": "字"}


RULEBOOK = Rulebook("上会规则", "agenda:rules", "agenda/rules", AgendaRuleSet.objects, "已经呈报的议题仍按呈报时的规则")


@require_GET
def rules(request: ActorRequest) -> HttpResponse:
    """The version in force on a day."""
    day = day_asked(request)
    return _page(request, rules_on(day), day)


@require_GET
def version(request: ActorRequest, pk: int) -> HttpResponse:
    """One version, with what it changed."""
    found, earlier = RULEBOOK.version(pk)
    now = draft_of(found, found.valid_from)
    changed = changes(draft_of(earlier, earlier.valid_from), now) if earlier else []
    return _page(request, found, found.valid_from, changed=changed, one=True)


def revise(request: ActorRequest) -> HttpResponse:
    """A new version: drafted as a copy, compared, put in force."""
    demand_keeper(request.actor)
    last = RULEBOOK.last()
    before = draft_of(last, max(last.valid_from, clock.today()))
    form = RulesForm(request.POST or None, draft=before, version=last.version + 1)
    return RULEBOOK.revise(
        request,
        form,
        last,
        changes=lambda: changes(before, form.draft()),
        adopt=lambda data: revise_rules(
            actor=request.actor, valid_from=data["valid_from"], source=data["source"], draft=form.draft()
        ),
        context=_fields(form, before),
    )


def _page(request: ActorRequest, found: AgendaRuleSet | None, day: date, **more: Any) -> HttpResponse:
    shown = draft_of(found, day) if found else None
    parts: dict[str, Any] = {
        "numbers": _numbers(shown) if shown else [],
        "heads": _heads(shown) if shown else [],
        "bodies": _bodies(shown) if shown else [],
        "routes": _routes(shown) if shown else [],
    }
    return RULEBOOK.show(request, found, day, may_keep=may_keep_register(request.actor), **parts, **more)


def _numbers(shown: RulesDraft) -> list[tuple[str, str]]:
    return [(number_label(name), f"{shown.numbers[name]:,} {_unit(name)}") for name in NUMBERS]


def _unit(name: str) -> str:
    return UNITS_OF_NUMBERS.get(name, "个工作日")


def _heads(shown: RulesDraft) -> list[tuple[str, str]]:
    """The five checks and who concludes each."""
    return [(kind.label, Role(shown.reviewers[kind]).label) for kind in CheckKind]


def _bodies(shown: RulesDraft) -> list[tuple[str, list[dict[str, Any]]]]:
    """The kinds of matter by the body that decides them, each with its five needs in order."""
    found = []
    for kind in BODIES:
        rows = [
            {
                "name": matter.spec.name,
                "nature": Nature(matter.spec.nature).label,
                "way": Way(matter.spec.way).label if matter.spec.way != Way.DECIDE else "",
                "cadre": matter.spec.nature in PERSONNEL,
                "needs": [(check.label, matter.checks.get(check, "")) for check in CheckKind],
            }
            for matter in shown.matters
            if matter.spec.body_kind == kind
        ]
        if rows:
            found.append((kind.label, rows))
    return found


def _routes(shown: RulesDraft) -> list[dict[str, Any]]:
    return [
        {"name": route.name, "scope": route_scope(route), "steps": [step_words(step) for step in route.steps]}
        for route in shown.routes
    ]


def _fields(form: RulesForm, before: RulesDraft) -> dict[str, Any]:
    """The form's fields as the page sets them out."""

    def checks(code: str) -> list[Any]:
        return [form[f"check-{code}-{kind}"] for kind in CheckKind]

    names = ("name", "units", "handlings", "paper", "unit")
    return {
        "checks": [(kind.label, form[f"reviewer-{kind}"]) for kind in CheckKind],
        "numbers": [form[name] for name in NUMBERS],
        "matters": [
            (
                matter.spec,
                Body.Kind(matter.spec.body_kind).label,
                form[f"keep-{matter.spec.code}"],
                checks(matter.spec.code),
            )
            for matter in before.matters
        ],
        "new_matters": [
            ([form[f"{part}-{code}"] for part in ("name", "body", "nature", "way")], checks(code))
            for code in form.new_codes
        ],
        "routes": [
            {name: form[f"route-{place}-{name}"] for name in names}
            | {"steps": [form[f"route-{place}-step-{number}"] for number in range(MOST_STEPS)]}
            for place in range(len(form.routes))
        ],
        "needs": CheckRule.Need,
    }
