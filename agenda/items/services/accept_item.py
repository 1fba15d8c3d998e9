"""Accept a filed item (受理): 秘书科 takes it into vetting."""

from agenda.items.deadlines import coming_meeting_days, needs_urgent_approval
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
    _demand_in_time(item)
    move(item, "accept", actor=actor, on_version=item.version.no)
    audit(actor, "accept_item", item, version=item.version.no)
    emit("item.accepted", item, actor=actor, version=item.version.no)
    return advance_item(actor=actor, item=item)


def _demand_in_time(item: Item) -> None:
    today = clock.today()
    days = coming_meeting_days(today).get(item.target_body, [])
    found = needs_urgent_approval(item, days, item.version.rule_set)
    if found is None:
        return
    if item.urgent:
        todo = "急件理由已在呈报单上，等书记批准急件后即可受理。"
    else:
        todo = f"请{item.unit.short_name}在呈报单上选急件、写明理由并提交新稿，由书记批准；或者等下次会议排定后再受理。"
    raise Refused(f"「{item}」逾期呈报：{found.sentence(today)}。{todo}")
