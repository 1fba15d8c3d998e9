"""Enter a signature that was made on paper, with its scan."""

from agenda.items.models import Item, Signature
from agenda.items.policies import demand, may_enter_paper
from agenda.items.services.sign_item import APPROVE, demand_turn, write_signature
from common.audit.log import audit
from common.files.store import store_file
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import Refused, service


@service
def enter_paper_signature(
    *,
    actor: Actor,
    item: Item,
    digest: str,
    signer: Person,
    scan: tuple[str, bytes],
    verdict: str = APPROVE,
    opinion: str = "",
) -> Signature:
    """秘书科 enters what was written on the printed sheet of this version; turn and office count as ever."""
    item = Item.objects.locked(item)
    demand(may_enter_paper(actor))
    standing, line = demand_turn(item, digest)
    if signer not in (line.person, line.backup):
        raise Refused(f"「{item}」{line.sentence}扫描件上签字的不是这一步的签字人，不能补录。", field="signer")
    name, data = scan
    stored = store_file(data, name, actor=actor)
    audit(actor, "enter_paper_signature", item, signer=signer.name, scan=stored.sha256)
    return write_signature(actor, standing, line, signer, verdict, opinion, stored)
