"""Accept a filed item (受理): 秘书科 takes it into vetting."""

from agenda.items.deadlines import why_too_late
from agenda.items.models import Item
from agenda.items.policies import demand, may_accept
from agenda.items.services.advance_item import advance_item
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.outbox.registry import emit
from common.services import Refused, service
from common.workflow import demand_open, move


@service
def accept_item(*, actor: Actor, item: Item) -> Item:
    """A late item needs 书记's approval as urgent (rules.md §4); where no check is needed signing begins at once."""
    item = Item.objects.locked(item)
    demand(may_accept(actor))
    demand_open(item, "accept")
    if why_not := why_too_late(item, item.version.rule_set, clock.today()):
        raise Refused(f"「{item}」{why_not}")
    move(item, "accept", actor=actor, on_version=item.version.no)
    audit(actor, "accept_item", item, version=item.version.no)
    emit("item.accepted", item, actor=actor, version=item.version.no)
    return advance_item(actor=actor, item=item)
