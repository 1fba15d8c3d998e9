"""Puts a new version of the rules for filing in force: 议事范围, checks, routes and numbers together."""

from datetime import date, timedelta

from agenda.rules.draft import RulesDraft
from agenda.rules.models import AgendaRuleSet, MatterKind
from agenda.rules.services.adopt_matters import enter_matters
from agenda.rules.services.adopt_rules import adopt_agenda_rules
from committee.register.policies import demand_keeper
from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Refused, service


@service
def revise_rules(*, actor: Actor, valid_from: date, source: str, draft: RulesDraft) -> AgendaRuleSet:
    """A new version as drafted. Kinds of matter that it leaves out end the day before, new ones begin on the day.

    Items filed before keep the version they were filed under.
    """
    demand_keeper(actor)
    kept = {matter.spec.code for matter in draft.matters}
    if len(kept) < len(draft.matters):
        raise Refused("有两个事项用了同一个代码，请核对。")
    if not kept:
        raise Refused("议事范围不能一项都没有。")
    present = {matter.code: matter for matter in MatterKind.objects.select_for_update().on(valid_from)}
    for code, matter in present.items():
        if code not in kept:
            _end(actor, matter, valid_from - timedelta(days=1))
    added = [matter.spec for matter in draft.matters if matter.spec.code not in present]
    rows = enter_matters(actor, added, valid_from, source)
    if rows:
        audit(actor, "adopt_matters", rows[0], label=f"议事范围 {len(rows)} 项", source=source)
    return adopt_agenda_rules(
        actor=actor,
        valid_from=valid_from,
        source=source,
        checks=(),
        routes=draft.routes,
        check_overrides=draft.check_specs(source),
        **draft.numbers,
    )


def _end(actor: Actor, matter: MatterKind, last_day: date) -> None:
    if last_day < matter.valid_from:
        raise Refused(f"「{matter}」自 {matter.valid_from} 起才列入议事范围，新规则须在其后施行。", field="valid_from")
    matter.valid_to = last_day
    matter.save(update_fields=["valid_to"])
    audit(actor, "end_matter", matter, last_day=last_day.isoformat())
