"""Start an item: an empty 呈报单 for a unit."""

from collections.abc import Mapping
from typing import Any

from agenda.items.models import Item, ItemDraft
from agenda.items.policies import demand, may_start, may_take_over
from agenda.items.services.save_draft import show_draft
from agenda.items.sheet import Sheet
from committee.units.models import Unit
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.services import service


@service
def start_item(*, actor: Actor, unit: Unit, content: Mapping[str, Any] | None = None, imported_key: str = "") -> Item:
    """A draft of the unit, with what is known already. `imported_key` names the ledger row it comes from, once."""
    demand(may_take_over(actor) if imported_key else may_start(actor, unit.pk))
    sheet = Sheet.from_json({**(content or {}), "unit": unit.pk})
    now = clock.now()
    item = Item(
        committee=actor.committee, unit=unit, created_by=actor.person, created_at=now, imported_key=imported_key
    )
    show_draft(item, sheet)
    item.save()
    ItemDraft.objects.create(
        committee=actor.committee, item=item, content=sheet.to_json(), saved_at=now, saved_by=actor.person
    )
    audit(actor, "start_item", item, imported_key=imported_key)
    return item
