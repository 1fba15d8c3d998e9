"""A version of the rules for filing as one value: what a form changes, and what two versions differ in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices

from agenda.rules.content import NUMBERS, number_label
from agenda.rules.defaults import CHECKS, CheckSpec, MatterSpec, RouteSpec, StepSpec
from agenda.rules.models import AgendaRuleSet, CheckKind, CheckRule, Handling, MatterKind, SignStep
from committee.bodies.models import Body
from committee.roles.models import Role
from committee.units.models import Unit
from common.web.rulebook import Change

NOT_ASKED = "不要求"
# The body that most matters go to stands first.
BODIES = [Body.Kind.STANDING, Body.Kind.PLENARY, Body.Kind.SECRETARY_MEETING, Body.Kind.CONGRESS]
# What a route may ask to be attached: values of the item's kinds of attachment.
PAPERS = {"": "", "government_minutes": "政府常务会议纪要"}


@dataclass(frozen=True)
class MatterDraft:
    """A kind of matter with the need of each check it needs, by the check's kind."""

    spec: MatterSpec
    checks: dict[str, str]


@dataclass(frozen=True)
class RulesDraft:
    """A whole version. `reviewers` name who concludes each check, for all matters alike."""

    numbers: dict[str, int]
    reviewers: dict[str, str]
    matters: tuple[MatterDraft, ...]
    routes: tuple[RouteSpec, ...]

    def check_specs(self, source: str) -> dict[str, list[CheckSpec]]:
        """The checks of each matter by its code, as the service takes them."""
        return {
            matter.spec.code: [
                CheckSpec(kind, need, self.reviewers[kind], source) for kind, need in matter.checks.items()
            ]
            for matter in self.matters
        }


def draft_of(rules: AgendaRuleSet, day: date) -> RulesDraft:
    """A version as a value, with the kinds of matter of a day; five queries."""
    by_matter: dict[int, dict[str, str]] = {}
    reviewers = {spec.kind: spec.reviewer for spec in CHECKS}
    for rule in rules.checks.order_by("pk"):
        by_matter.setdefault(rule.matter_kind_id, {})[rule.check_kind] = rule.need
        reviewers[rule.check_kind] = rule.reviewer
    return RulesDraft(
        numbers={name: getattr(rules, name) for name in NUMBERS},
        reviewers=reviewers,
        matters=tuple(
            MatterDraft(
                MatterSpec(matter.code, matter.name, matter.body_kind, matter.nature, matter.way),
                by_matter.get(matter.pk, {}),
            )
            for matter in sorted(
                MatterKind.objects.on(day).listed(), key=lambda each: BODIES.index(Body.Kind(each.body_kind))
            )
        ),
        routes=tuple(
            RouteSpec(
                code=route.code,
                name=route.name,
                steps=tuple(StepSpec(step.office, step.unit) for step in route.steps.all()),
                unit_kinds=tuple(route.unit_kinds),
                handlings=tuple(route.handlings),
                required_attachment=route.required_attachment,
            )
            for route in rules.routes.prefetch_related("steps__unit")
        ),
    )


def changes(old: RulesDraft, new: RulesDraft) -> list[Change]:
    """What the new version says otherwise, in the order of the page."""
    return [*_numbers(old, new), *_matters(old, new), *_checks(old, new), *_routes(old, new)]


def _numbers(old: RulesDraft, new: RulesDraft) -> Iterator[Change]:
    for name in NUMBERS:
        if old.numbers[name] != new.numbers[name]:
            yield Change(number_label(name), str(old.numbers[name]), str(new.numbers[name]))
    for kind in CheckKind:
        if old.reviewers[kind] != new.reviewers[kind]:
            words = (Role(reviewers[kind]).label for reviewers in (old.reviewers, new.reviewers))
            yield Change(f"{kind.label}的审核人", *words)


def _matters(old: RulesDraft, new: RulesDraft) -> Iterator[Change]:
    before, after = ({matter.spec.code: matter.spec for matter in each.matters} for each in (old, new))
    for code, spec in before.items():
        if code not in after:
            yield Change(f"议事范围：{Body.Kind(spec.body_kind).label}", spec.name, "")
    for code, spec in after.items():
        if code not in before:
            yield Change(f"议事范围：{Body.Kind(spec.body_kind).label}", "", spec.name)


def _checks(old: RulesDraft, new: RulesDraft) -> Iterator[Change]:
    before = {matter.spec.code: matter.checks for matter in old.matters}
    for matter in new.matters:
        for kind in CheckKind:
            was, now = _need(before.get(matter.spec.code, {}), kind), _need(matter.checks, kind)
            if was != now:
                yield Change(f"{matter.spec.name}：{kind.label}", was, now)


def _need(checks: dict[str, str], kind: str) -> str:
    return CheckRule.Need(checks[kind]).label if kind in checks else NOT_ASKED


def _routes(old: RulesDraft, new: RulesDraft) -> Iterator[Change]:
    before, after = ({route.code: route for route in each.routes} for each in (old, new))
    for code in dict.fromkeys([*before, *after]):
        was, now = (route_words(routes[code]) if code in routes else "" for routes in (before, after))
        if was != now:
            yield Change(f"签批路线：{(after.get(code) or before[code]).name}", was, now)
    if [*before] != [*after] and before.keys() == after.keys():
        yield Change("签批路线的先后", *("、".join(route.name for route in each.routes) for each in (old, new)))


def route_words(route: RouteSpec) -> str:
    """提出单位负责人 → 分管领导 → … with what it takes and asks for."""
    steps = " → ".join(step_words(step) for step in route.steps)
    return f"{steps}（{route_scope(route)}）"


def step_words(step: StepSpec) -> str:
    """会签单位负责人（财政局） or the office's name."""
    label = SignStep.Office(step.office).label
    return f"{label}（{step.unit.short_name}）" if step.unit else label


def route_scope(route: RouteSpec) -> str:
    """党委部门、政府部门；讨论决定、票决；附政府常务会议纪要."""
    units = "各类单位" if set(route.unit_kinds) == set(Unit.Kind.values) else _labels(Unit.Kind, route.unit_kinds)
    ways = "各种方式" if set(route.handlings) == set(Handling.values) else _labels(Handling, route.handlings)
    paper = PAPERS[route.required_attachment]
    return "；".join(words for words in (units, ways, paper and f"附{paper}") if words)


def _labels(choices: type[TextChoices], values: Iterable[str]) -> str:
    return "、".join(choices(value).label for value in values)
