"""Enters the 议事范围 an office begins with."""

from collections.abc import Iterable
from datetime import date

from agenda.rules.defaults import MATTERS, MatterSpec
from agenda.rules.models import AgendaRuleSet, MatterKind
from committee.register.policies import demand_keeper
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Refused, nothing_to_do, service


@service
def adopt_matters(
    *, actor: Actor, valid_from: date, source: str, matters: Iterable[MatterSpec] = MATTERS
) -> list[MatterKind]:
    """Enter the kinds of matter that are not there yet on this day.

    Only before the first rule set: later a kind comes in with a new version, which says which checks it needs.
    """
    demand_keeper(actor)
    present = set(MatterKind.objects.on(valid_from).values_list("code", flat=True))
    missing = [spec for spec in matters if spec.code not in present]
    if missing and AgendaRuleSet.objects.standing().exists():
        raise Refused("已有上会规则，新增的事项请随新版规则一起增加，同时定明须经哪些前置程序。")
    rows = enter_matters(actor, missing, valid_from, source)
    if rows:
        audit(actor, "adopt_matters", rows[0], label=f"议事范围 {len(rows)} 项", source=source)
    else:
        nothing_to_do()
    return rows


def enter_matters(actor: Actor, specs: Iterable[MatterSpec], valid_from: date, source: str) -> list[MatterKind]:
    """Write kinds of matter behind those that are there; the caller has asked and logs."""
    last = MatterKind.objects.order_by("-position").values_list("position", flat=True).first() or 0
    return [
        MatterKind.objects.create(
            committee=actor.committee,
            code=spec.code,
            name=spec.name,
            body_kind=spec.body_kind,
            nature=spec.nature,
            way=spec.way,
            position=position,
            source=source,
            valid_from=valid_from,
            recorded_at=clock.now(),
        )
        for position, spec in enumerate(specs, start=last + 1)
    ]
