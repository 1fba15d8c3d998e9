"""Adopts the rules for filing from a day; a new version ends the one before."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from django.core.exceptions import ValidationError

from agenda.rules.content import content_of
from agenda.rules.defaults import CHECKS, ROUTES, CheckSpec, RouteSpec
from agenda.rules.models import AgendaRuleSet, CheckRule, Handling, MatterKind, Nature, SignRoute, SignStep
from committee.register.policies import demand_keeper
from committee.units.models import Unit
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.records.chain import seal
from common.services import Refused, service
from common.web.formats import cn_full_date


@service
def adopt_agenda_rules(
    *,
    actor: Actor,
    valid_from: date,
    source: str,
    checks: Iterable[CheckSpec] = CHECKS,
    routes: Sequence[RouteSpec] = ROUTES,
    check_overrides: Mapping[str, Iterable[CheckSpec]] | None = None,
    **numbers: int,
) -> AgendaRuleSet:
    """Put a rule set in force from a day: which checks major matters need, the signing routes, the working days.

    `check_overrides` gives kinds of matter (by code) checks of their own; `numbers` are the fields of AgendaRuleSet.
    Items filed before keep the set of their version.
    """
    before = AgendaRuleSet.objects.select_for_update().standing().order_by("-version").first()
    demand_keeper(actor)
    if not source.strip():
        raise Refused("请写明规则的依据。", field="source")
    if before and valid_from <= before.valid_from:
        raise Refused(f"现行规则自 {cn_full_date(before.valid_from)} 起施行，新规则须在其后施行。", field="valid_from")
    _demand_routes(routes)
    if before:
        before.valid_to = valid_from - timedelta(days=1)
        before.save(update_fields=["valid_to"])
    rules = AgendaRuleSet(
        committee=actor.committee,
        version=before.version + 1 if before else 1,
        source=source.strip(),
        valid_from=valid_from,
        recorded_at=clock.now(),
        **numbers,
    )
    _demand_numbers(rules)
    rules.save()
    _write_checks(rules, list(checks), check_overrides or {})
    for position, spec in enumerate(routes, start=1):
        _write_route(rules, position, spec)
    rules.record = seal("agenda_rules/1", rules, content_of(rules), actor=actor)
    rules.save(update_fields=["record"])
    audit(actor, "adopt_agenda_rules", rules, source=rules.source)
    return rules


def _demand_routes(routes: Sequence[RouteSpec]) -> None:
    """Every kind of unit has a way of signatures for every handling, and no way is empty."""
    if empty := [route.name for route in routes if not route.steps]:
        raise Refused(f"签批路线「{'、'.join(empty)}」没有签字人，请补上或去掉这条路线。")
    for unit_kind in Unit.Kind:
        for handling in Handling:
            if not any(unit_kind in route.unit_kinds and handling in route.handlings for route in routes):
                raise Refused(f"{unit_kind.label}「{handling.label}」的议题没有签批路线可走，请让一条路线适用于它。")


def _demand_numbers(rules: AgendaRuleSet) -> None:
    """Filing closes before papers go out, papers go out before the notice."""
    try:
        rules.full_clean(exclude=["record"])
    except ValidationError as error:
        raise Refused("；".join(error.messages)) from error
    if not rules.file_days >= rules.papers_days >= rules.notice_days:
        raise Refused("呈报截止不能晚于分送材料，分送材料不能晚于发通知，请核对三个工作日数。", field="file_days")


def _write_checks(rules: AgendaRuleSet, checks: list[CheckSpec], overrides: Mapping[str, Iterable[CheckSpec]]) -> None:
    for matter in MatterKind.objects.on(rules.valid_from):
        wanted = overrides.get(matter.code, checks if matter.nature == Nature.MAJOR else ())
        CheckRule.objects.bulk_create(
            CheckRule(
                committee_id=rules.committee_id,
                rule_set=rules,
                matter_kind=matter,
                check_kind=spec.kind,
                need=spec.need,
                reviewer=spec.reviewer,
                source=spec.source,
            )
            for spec in wanted
        )


def _write_route(rules: AgendaRuleSet, position: int, spec: RouteSpec) -> None:
    route = SignRoute.objects.create(
        committee_id=rules.committee_id,
        rule_set=rules,
        code=spec.code,
        name=spec.name,
        unit_kinds=list(spec.unit_kinds),
        handlings=list(spec.handlings),
        required_attachment=spec.required_attachment,
        position=position,
    )
    SignStep.objects.bulk_create(
        SignStep(committee_id=rules.committee_id, route=route, position=place, office=step.office, unit=step.unit)
        for place, step in enumerate(spec.steps, start=1)
    )
