"""File a new version while the item is under way."""

from agenda.items.models import Item
from agenda.items.policies import demand, may_submit
from agenda.items.services.submit_item import freeze_version
from common.audit.log import audit
from common.identity.actor import Actor
from common.outbox.registry import emit
from common.services import Refused, service
from common.workflow import demand_open, move


@service
def revise_item(*, actor: Actor, item: Item, reason: str, seen: str | None = None) -> Item:
    """Seal the draft as the next version and begin again at 已呈报.

    All signatures are void by being on the older version; of the checks only those stand that their reviewers
    confirm on this one; waivers must be given again. The number and the filing day stay.
    """
    item = Item.objects.locked(item)
    demand(may_submit(actor, item))
    demand_open(item, "revise", because="列入会议的议题要改，请秘书科先移出议程。" if item.state == "scheduled" else "")
    if not reason.strip():
        raise Refused("提交新稿须写明改了什么、为什么改。", field="reason")
    version = freeze_version(item, seen, actor=actor)
    move(item, "revise", actor=actor, reason=reason.strip(), on_version=version.no)
    audit(actor, "revise_item", item, reason=reason.strip(), version=version.no, digest=version.digest)
    emit("item.submitted", item, actor=actor, version=version.no)
    return item
