"""Take a paper out of an item's working text."""

from agenda.items.models import Attachment, Item
from agenda.items.policies import demand, may_edit
from agenda.items.services.save_draft import demand_editable
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.services import nothing_to_do, service


@service
def remove_attachment(*, actor: Actor, attachment: Attachment) -> Attachment:
    """Versions that had it keep it; the next one is filed without it."""
    item = Item.objects.locked(attachment.item)
    attachment = Attachment.objects.select_related("file").get(pk=attachment.pk)
    demand(may_edit(actor, item))
    demand_editable(item)
    if attachment.removed_at:
        nothing_to_do()
        return attachment
    attachment.removed_at = clock.now()
    attachment.save(update_fields=["removed_at"])
    audit(actor, "remove_attachment", item, file=attachment.file.sha256, name=attachment.file.name)
    return attachment
