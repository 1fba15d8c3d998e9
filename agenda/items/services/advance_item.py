"""The moves that nobody decides: they follow from the last passed check, an overturned one, the last signature."""

from agenda.items.models import Clearance, Item
from agenda.items.standing import Standing, standing_of
from agenda.items.workflow import ItemState
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.outbox.registry import emit
from common.records.chain import seal
from common.services import nothing_to_do, service
from common.workflow import move


@service
def advance_item(*, actor: Actor, item: Item, standing: Standing | None = None) -> Item:
    """Carry out what follows from the item's standing; called by the services that changed it.

    `item` is the row that the service has locked. Who knows its new standing already gives it.

    把关 → 签批 when all checks pass; back when one no longer does; 签批 → 待上会 with a clearance when all have
    signed. A check done anew on a cleared version renews the clearance with its new days.
    """
    standing = standing or standing_of(item)
    before = item.state
    if item.state == ItemState.VETTING and standing.checks_passed:
        _step(item, "pass_checks", actor)
    elif item.state in (ItemState.SIGNING, ItemState.READY) and not standing.checks_passed:
        _step(item, "recheck", actor, reason=standing.sentence[:500])
    if item.state == ItemState.SIGNING and standing.signed:
        _write_clearance(item, standing, actor)
        _step(item, "clear", actor)
        emit("item.cleared", item, actor=actor, version=item.version.no)
    elif item.state == ItemState.READY and clearance_of(item).valid_until != standing.valid_until:
        _write_clearance(item, standing, actor)
    if item.state == before:
        nothing_to_do()
    return item


def clearance_of(item: Item) -> Clearance:
    """The clearance that counts: the newest of the current version."""
    return Clearance.objects.filter(version_id=item.current_version_id).latest("pk")


def _step(item: Item, verb: str, actor: Actor, reason: str = "") -> None:
    move(item, verb, actor=actor, reason=reason, on_version=item.version.no)
    audit(actor, verb, item, version=item.version.no)


def _write_clearance(item: Item, standing: Standing, actor: Actor) -> None:
    """Seal what stood: the version, its digest, the rule set, every opinion, waiver and signature."""
    version = item.version
    payload = {
        "version": version.no,
        "digest": version.digest,
        "rule_set": version.rule_set.version,
        "checks": [
            {
                "kind": check.kind,
                "opinion": check.opinion.record_id if check.opinion else None,
                "waiver": check.waiver.record_id if check.waiver else None,
            }
            for check in standing.checks
        ],
        "signatures": [line.signature.record_id for line in standing.signatures if line.signature],
        "valid_until": standing.valid_until,
    }
    record = seal("clearance/1", item, payload, actor=actor)
    Clearance.objects.create(
        committee=actor.committee,
        item=item,
        version=version,
        digest=version.digest,
        rule_set=version.rule_set,
        valid_until=standing.valid_until,
        cleared_at=clock.now(),
        record=record,
    )
    audit(actor, "clear_item", item, version=version.no, clearance=record.seq)
