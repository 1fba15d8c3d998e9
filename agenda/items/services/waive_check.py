"""Say that a check does not apply (不适用), with a reason and by the one who has the authority."""

from agenda.items.binding import demand_seen
from agenda.items.models import CheckWaiver, Item
from agenda.items.policies import demand, may_waive
from agenda.items.services.advance_item import advance_item
from agenda.items.services.record_opinion import demand_checkable, rule_of
from agenda.rules.models import CheckRule
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.records.chain import seal
from common.services import Refused, service


@service
def waive_check(*, actor: Actor, item: Item, kind: str, digest: str, reason: str) -> CheckWaiver:
    """区委办主任, for this version only, and never in place of a conclusion that is already there (rules.md §3)."""
    item = Item.objects.locked(item)
    rule = rule_of(item, kind)
    demand(may_waive(actor))
    version = demand_seen(item, digest)
    demand_checkable(item)
    label = rule.get_check_kind_display()
    if rule.need != CheckRule.Need.WAIVABLE:
        raise Refused(f"{label}是必经程序，不能免除。依据：{rule.source}。")
    if not reason.strip():
        raise Refused(f"{label}不适用须写明理由。", field="reason")
    if version.opinions.filter(kind=kind).exists():
        raise Refused(f"{label}在{version}上已有结论，不能再说不适用。")
    if CheckWaiver.objects.filter(version=version, kind=kind).exists():
        raise Refused(f"{label}在{version}上已审定为不适用。")
    payload = {"kind": kind, "version": version.no, "digest": version.digest, "reason": reason.strip()}
    record = seal("check_waiver/1", version, payload, actor=actor)
    waiver = CheckWaiver.objects.create(
        committee=actor.committee,
        item=item,
        version=version,
        kind=kind,
        reason=reason.strip()[:500],
        granted_by=actor.person,
        recorded_at=clock.now(),
        record=record,
    )
    audit(actor, "waive_check", item, kind=kind, reason=waiver.reason, version=version.no)
    advance_item(actor=actor, item=item)
    return waiver
