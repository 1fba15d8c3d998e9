"""Adopts the 议事范围 and the rules for filing from a day; a new version ends the one before."""

from collections.abc import Iterable
from datetime import date, timedelta

from agenda.rules.defaults import CHECKS, MATTERS, ROUTES, CheckSpec, MatterSpec, RouteSpec
from agenda.rules.models import AgendaRuleSet, CheckRule, MatterKind, SignRoute, SignStep
from committee.register.policies import demand_keeper
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.records.chain import seal
from common.services import Refused, nothing_to_do, service


@service
def adopt_matters(
    *, actor: Actor, valid_from: date, source: str, matters: Iterable[MatterSpec] = MATTERS
) -> list[MatterKind]:
    """Enter the kinds of matter that are not there yet on this day."""
    demand_keeper(actor)
    present = set(MatterKind.objects.on(valid_from).values_list("code", flat=True))
    rows = [
        MatterKind.objects.create(
            committee=actor.committee,
            code=spec.code,
            name=spec.name,
            body_kind=spec.body_kind,
            nature=spec.nature,
            position=position,
            source=source,
            valid_from=valid_from,
            recorded_at=clock.now(),
        )
        for position, spec in enumerate(matters, start=1)
        if spec.code not in present
    ]
    if rows:
        audit(actor, "adopt_matters", rows[0], label=f"议事范围 {len(rows)} 项", source=source)
    else:
        nothing_to_do()
    return rows


@service
def adopt_agenda_rules(
    *,
    actor: Actor,
    valid_from: date,
    source: str,
    checks: Iterable[CheckSpec] = CHECKS,
    routes: Iterable[RouteSpec] = ROUTES,
    check_overrides: dict[str, Iterable[CheckSpec]] | None = None,
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
        raise Refused(f"现行规则自 {before.valid_from} 起施行，新规则须在其后施行。", field="valid_from")
    if before:
        before.valid_to = valid_from - timedelta(days=1)
        before.save(update_fields=["valid_to"])
    rules = AgendaRuleSet.objects.create(
        committee=actor.committee,
        version=before.version + 1 if before else 1,
        source=source.strip(),
        valid_from=valid_from,
        recorded_at=clock.now(),
        **numbers,
    )
    overrides = check_overrides or {}
    for matter in MatterKind.objects.on(valid_from):
        wanted = overrides.get(matter.code, checks if matter.nature == MatterKind.Nature.MAJOR else ())
        CheckRule.objects.bulk_create(
            CheckRule(
                committee=actor.committee,
                rule_set=rules,
                matter_kind=matter,
                check_kind=spec.kind,
                need=spec.need,
                reviewer=spec.reviewer,
                source=spec.source,
            )
            for spec in wanted
        )
    for position, spec in enumerate(routes, start=1):
        _write_route(rules, position, spec)
    rules.record = seal("agenda_rules/1", rules, content_of(rules), actor=actor)
    rules.save(update_fields=["record"])
    audit(actor, "adopt_agenda_rules", rules, source=source)
    return rules


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
        SignStep(committee_id=rules.committee_id, route=route, position=place, office=office)
        for place, office in enumerate(spec.steps, start=1)
    )


def content_of(rules: AgendaRuleSet) -> dict[str, object]:
    """The whole set as it is frozen."""
    numbers = (
        "file_days",
        "papers_days",
        "notice_days",
        "legal_days",
        "check_months",
        "report_minutes",
        "paper_characters",
    )
    return {
        "version": rules.version,
        "source": rules.source,
        "valid_from": rules.valid_from,
        "numbers": {name: getattr(rules, name) for name in numbers},
        "checks": [
            {"matter": rule.matter_kind.code, "check": rule.check_kind, "need": rule.need, "reviewer": rule.reviewer}
            for rule in rules.checks.select_related("matter_kind").order_by("pk")
        ],
        "routes": [
            {"code": route.code, "steps": [step.office for step in route.steps.all()]}
            for route in rules.routes.prefetch_related("steps")
        ],
    }
