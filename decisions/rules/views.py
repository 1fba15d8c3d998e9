"""表决规则: what each body needs in words and in numbers, all versions, and drafting the next."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from committee.bodies.questions import BodyOnDay, bodies_on
from committee.register.policies import demand_keeper, may_keep_register
from common import clock
from common.services import Refused
from common.web.acts import Question, write_page
from common.web.days import day_asked
from common.web.formats import cn_full_date
from common.web.request import ActorRequest
from common.web.sections import RULES, section_tabs
from decisions.rules.forms import LINES, MORE_PARTS, PARTS, VotingRulesForm
from decisions.rules.models import VotingRule, VotingRuleSet, voting_rules_on
from decisions.rules.services.adopt_rules import VotingSpec, adopt_voting_rules
from decisions.rules.tally import Operator, Threshold, needed
from decisions.rules.words import Change, LineShown, changes, specs_of


@require_GET
def rules(request: ActorRequest) -> HttpResponse:
    """The version in force on a day, in numbers for the bodies of that day."""
    day = day_asked(request)
    return _page(request, voting_rules_on(day), day)


@require_GET
def version(request: ActorRequest, pk: int) -> HttpResponse:
    """One version, with what it changed."""
    found = get_object_or_404(VotingRuleSet.objects.select_related("record"), pk=pk)
    earlier = VotingRuleSet.objects.standing().filter(version=found.version - 1).first()
    changed = changes(specs_of(earlier), specs_of(found)) if earlier else []
    return _page(request, found, found.valid_from, changed=changed, one=True)


def revise(request: ActorRequest) -> HttpResponse:
    """A new version: drafted as a copy, compared, put in force."""
    demand_keeper(request.actor)
    last = VotingRuleSet.objects.standing().order_by("-version").first()
    if last is None:
        raise Refused("还没有表决规则。请先导入台账或由系统管理员建立本党委，规则随之建立。")
    before = specs_of(last)
    form = VotingRulesForm(request.POST or None, lines=before)
    if form.is_valid() and not changes(before, form.lines()):
        form.add_error(None, "与现行规则完全相同，不必另立新版本。")
    return write_page(
        request,
        form,
        lambda data: adopt_voting_rules(
            actor=request.actor, valid_from=data["valid_from"], source=data["source"], lines=form.lines()
        ),
        title=f"起草表决规则第 {last.version + 1} 版",
        label="核对并施行",
        note="从现行的抄起，只改要改的。已经作出的决定仍按当时的规则。",
        back=reverse("decisions:voting_rules"),
        crumbs=[("表决规则", reverse("decisions:voting_rules"))],
        done="新版规则已定，到施行日起用。",
        ask=lambda data: _adopting(last, before, form.lines(), data),
        to=lambda made: reverse("decisions:voting_rules_version", args=[made.pk]),
        template="decisions/rules/revise.html",
        context={"lines": _fields(form)},
    )


def _page(
    request: ActorRequest,
    found: VotingRuleSet | None,
    day: date,
    *,
    changed: list[Change] | None = None,
    one: bool = False,
) -> HttpResponse:
    return render(
        request,
        "decisions/rules/rules.html",
        {
            "rules": found,
            "day": day,
            "one": one,
            "changed": changed or [],
            "bodies": _bodies(found, bodies_on(day)) if found else [],
            "versions": VotingRuleSet.objects.standing().order_by("-version"),
            "may_keep": may_keep_register(request.actor),
            "section": section_tabs(RULES, request.actor, day),
        },
    )


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


def _adopting(last: VotingRuleSet, before: list[VotingSpec], after: list[VotingSpec], data: dict[str, Any]) -> Question:
    """Each change in words, and what the new rules mean in numbers for the bodies of the day."""
    due = {shown.body.kind: (shown.body.name, shown.due) for shown in bodies_on(max(data["valid_from"], clock.today()))}
    facts: list[tuple[str, Any]] = [("依据", data["source"])]
    facts += [(each.what, f"{each.before or '没有'} → {each.after or '去掉'}") for each in changes(before, after)]
    for line in after:
        name, members = due.get(line.body_kind, ("", 0))
        if members:
            least = [
                needed(Threshold(Operator(operator), top, bottom), members)
                for operator, top, bottom in (line.quorum, line.majority)
            ]
            label = f"{name}{VotingRule.Matter(line.matter).label}"
            facts.append((label, f"应到 {members} 人：到会至少 {least[0]} 人，至少 {least[1]} 票通过"))
    return Question(
        f"自{cn_full_date(data['valid_from'])}起施行第 {last.version + 1} 版，第 {last.version} 版到前一天为止。"
        "施行后存证，不能再改，只能另立新版本；已经作出的决定不受影响。",
        facts,
    )
