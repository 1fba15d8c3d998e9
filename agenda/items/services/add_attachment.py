"""Add a paper to an item."""

from agenda.items.models import Attachment, Item
from agenda.items.policies import demand, may_edit
from agenda.items.services.save_draft import demand_editable
from common import clock
from common.audit.log import audit
from common.files.store import store_file
from common.identity.actor import Actor
from common.services import Refused, service


@service
def add_attachment(
    *, actor: Actor, item: Item, name: str, data: bytes, kind: str = Attachment.Kind.PAPER
) -> Attachment:
    """Keep the file with the item's working text; a version already filed does not get it."""
    item = Item.objects.locked(item)
    demand(may_edit(actor, item))
    demand_editable(item)
    if kind not in Attachment.Kind.values:
        raise Refused("请选择附件种类。", field="kind")
    stored = store_file(data, name, actor=actor)
    attachment = Attachment.objects.create(
        committee=actor.committee, item=item, file=stored, kind=kind, added_at=clock.now(), added_by=actor.person
    )
    audit(actor, "add_attachment", item, file=stored.sha256, name=stored.name, kind=str(kind))
    return attachment
